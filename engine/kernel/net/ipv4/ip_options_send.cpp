// IP options on the way out: taken from a program, written behind the header, blanked in fragments; and those of a
// packet that came in, turned round so that an answer can carry them (IP_RETOPTS).
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static u32 inet_current_timestamp() { return htonl(static_cast<u32>(machine().now() / 1000000 % 86400000)); }

// 0: `*opt` is a checked copy of the `optlen` bytes at `data` (nullptr: not readable), padded to words.
int ip_options_get(const net* net, const ip_options_rcu** opt, const u8* data, u32 optlen) {
  KFUNC(ip_options_get, net, data, optlen);
  const u32 padded = (optlen + 3) & ~3u;
  const auto* made = kzalloc<ip_options_rcu>(GFP_KERNEL, 40);
  if (!made) return call.result(-ENOMEM);
  if (optlen && !data) return kfree(made), call.result(-EFAULT);
  if (optlen) setBytes(made->opt.__data, data, optlen);
  set(made->opt.optlen, padded);
  if (padded && __ip_options_compile(net, &made->opt, nullptr)) return kfree(made), call.result(-EINVAL);
  *opt = made;
  return call.result(0);
}

// Where in the packet an option has its next free place. All count from one, and the pointer, the option's third byte,
// is already past the place that __ip_options_compile() reserved.
static const u8* reservedPlace(const u8* header, u8 option, u8 size) {
  return header + option + header[option + 2] - 1 - size;
}

// Writes them into the packet; those that record the way get this host's mark.
void ip_options_build(const sk_buff* skb, const ip_options* opt, u32 daddr, const rtable* rt) {
  KFUNC(ip_options_build, skb, opt, daddr, rt);
  const u8* header = skb->head + skb->network_header;
  u8 bytes[40];
  std::memcpy(bytes, opt->__data, opt->optlen);
  setBytes(header + sizeof(iphdr), bytes, opt->optlen);
  const ip_options* own = &IPCB(skb)->opt;
  setBytes(own, opt, sizeof(ip_options));
  // A source route: the last of its hops is where the packet goes in the end.
  if (const u8 route = own->srr) setBytes(header + route + header[route + 1] - 4, &daddr, 4);
  if (own->rr_needaddr) ip_rt_get_source(reservedPlace(header, own->rr, 4), skb, rt);
  if (own->ts_needaddr) ip_rt_get_source(reservedPlace(header, own->ts, 8), skb, rt); // the time stands behind it
  if (!own->ts_needtime) return;
  const u32 now = inet_current_timestamp();
  setBytes(reservedPlace(header, own->ts, 4), &now, 4);
}

// How far it is from one option to the next; 0: the list ends here, or says of itself what cannot be.
static u32 optionLength(const u8* at, const u8* end) {
  if (*at == IPOPT_END) return 0;
  if (*at == IPOPT_NOOP) return 1;
  const u32 length = at[1];
  return length >= 2 && length <= static_cast<u32>(end - at) ? length : 0;
}

// Options without the copy bit belong to the first fragment alone (RFC 791 3.1). In the header that the others are made
// from they become fillers, so that the rest keeps its place.
void ip_options_fragment(const sk_buff* skb) {
  KFUNC(ip_options_fragment, skb);
  const ip_options* parsed = &IPCB(skb)->opt;
  const u8 *at = skb_network_header(skb) + sizeof(iphdr), *end = at + parsed->optlen;
  while (at < end) {
    const u32 length = optionLength(at, end);
    if (!length) return;
    if (!(*at & IPOPT_COPY) && *at != IPOPT_NOOP) fillBytes(at, IPOPT_NOOP, length);
    at += length;
  }
  // None of the options that gather something on their way has the bit: nobody is to write into them any more.
  set(parsed->ts, 0);
  set(parsed->rr, 0);
  set(parsed, ip_options::bit::rr_needaddr, 0);
  set(parsed, ip_options::bit::ts_needaddr, 0);
  set(parsed, ip_options::bit::ts_needtime, 0);
}

// ---- of a packet that came in, for an answer. `dopt` has 40 bytes behind it.
int __ip_options_echo(const net* net, const ip_options* dopt, const sk_buff* skb, const ip_options* sopt) {
  KFUNC(__ip_options_echo, net, dopt, skb, sopt);
  SIMPLIFIED("source routes are not turned round: packets with one are dropped");
  fillBytes(dopt, 0, sizeof(ip_options));
  const u8 *from = skb_network_header(skb), *to = dopt->__data;
  const auto take = [&](u8 at) { // gives its length; `to` is behind it then
    const u8 len = from[at + 1];
    setBytes(to, from + at, len);
    to += len;
    add(dopt->optlen, len);
    return len;
  };
  if (sopt->rr) {
    set(dopt->rr, dopt->optlen + sizeof(iphdr));
    const u8 slot = from[sopt->rr + 2], len = take(sopt->rr);
    if (sopt->rr_needaddr && slot <= len) {
      if (slot + 3 > len) return call.result(-EINVAL);
      set(to[2 - len], slot + 4);
      set(dopt, ip_options::bit::rr_needaddr, 1);
    }
  }
  if (sopt->ts) {
    set(dopt->ts, dopt->optlen + sizeof(iphdr));
    u8 slot = from[sopt->ts + 2];
    const u8 len = take(sopt->ts);
    if (slot <= len) {
      if ((sopt->ts_needaddr || sopt->ts_needtime) && slot + 3 > len) return call.result(-EINVAL);
      if (sopt->ts_needaddr) set(dopt, ip_options::bit::ts_needaddr, 1), slot += 4;
      if (sopt->ts_needtime) set(dopt, ip_options::bit::ts_needtime, 1), slot += 4;
      set(to[2 - len], slot);
    }
  }
  if (sopt->cipso) { // the label goes back as it came
    set(dopt->cipso, dopt->optlen + sizeof(iphdr));
    take(sopt->cipso);
  }
  while (dopt->optlen & 3) {
    set(*to++, u8(IPOPT_END));
    add(dopt->optlen, 1);
  }
  return call.result(0);
}

// Takes back what __ip_options_compile() and the echo reserved for this host's own mark: the pointer goes back by one
// place of four bytes, and the place is blank again.
void ip_options_undo(const ip_options* opt) {
  KFUNC(ip_options_undo, opt);
  const auto takeBackPlace = [opt](u8 option) {
    const u8 *bytes = opt->__data + (option - sizeof(iphdr)), *pointer = bytes + 2;
    set(*pointer, *pointer - 4);
    fillBytes(bytes + *pointer - 1, 0, 4);
  };
  if (opt->rr_needaddr) takeBackPlace(opt->rr);
  // A timestamp may have two: the address, and the time behind it.
  const int ofTimestamp = opt->ts ? opt->ts_needtime + opt->ts_needaddr : 0;
  for (int i = 0; i < ofTimestamp; ++i) takeBackPlace(opt->ts);
}

} // namespace sockwalk::kernel
