// IP options: found and checked, in a packet that came in as in what a program wants to send; and filled in where they
// ask this host to leave its mark.
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/net/cipso_ipv4.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/route.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

namespace {

// The byte of an option that is at fault, counted from its first: the sender is told of it (ICMP parameter problem).
constexpr int Fine = -1, Kind = 0, Length = 1, Pointer = 2, Flags = 3;

// One option, its length already known to fit. Without a packet it is one that a program wants to send.
struct Option {
  const struct net* net;
  const ip_options* opt;
  const sk_buff* skb;
  const u8* p;
  u8 at; // where it begins, counted from the header's first byte

  u8 length() const { return p[1]; }
  u8 next() const { return p[2]; } // its first free place, counted from one
  void reserve(u8 bytes) const { set(p[2], next() + bytes); }
  void changed() const { set(opt, ip_options::bit::is_changed, 1); }
  void markAddress() const { // this host's, where the packet came in
    if (!skb) return;
    const u32 own = fib_compute_spec_dst(skb);
    setBytes(p + next() - 1, &own, 4);
    changed();
  }
  void markTime(u8 behind) const {
    if (!skb) return; // a packet to send gets it when it leaves
    const u32 now = htonl(static_cast<u32>(machine().now() / 1000000 % 86400000));
    setBytes(p + next() - 1 + behind, &now, 4);
    changed();
  }
};

bool mayMakeRaw(const Option& o) { return o.skb || ns_capable(o.net->user_ns, CAP_NET_RAW); }

int compileSourceRoute(const Option& o) {
  if (o.length() < 3) return Length;
  if (o.next() < 4) return Pointer;
  if (o.opt->srr) return Kind;
  if (!o.skb) { // its first hop is where packets are sent to; the others move up
    if (o.next() != 4 || o.length() < 7 || (o.length() - 3) & 3) return Length;
    setBytes(&o.opt->faddr, o.p + 3, 4);
    u8 rest[40];
    const u32 more = o.length() - 7u;
    std::memcpy(rest, o.p + 7, more);
    if (more) setBytes(o.p + 3, rest, more);
  }
  set(o.opt, ip_options::bit::is_strictroute, o.p[0] == IPOPT_SSRR);
  set(o.opt->srr, o.at);
  return Fine;
}

int compileRecordRoute(const Option& o) {
  if (o.opt->rr) return Kind;
  if (o.length() < 3) return Length;
  if (o.next() < 4) return Pointer;
  if (o.next() <= o.length()) { // room for one more address: ours, which a packet to send gets later
    if (o.next() + 3 > o.length()) return Pointer;
    o.markAddress();
    o.reserve(4);
    set(o.opt, ip_options::bit::rr_needaddr, 1);
  }
  set(o.opt->rr, o.at);
  return Fine;
}

// A time, behind an address or not. Who is to write one may be named: then nobody else does.
int stamp(const Option& o) {
  const u8 kind = o.p[3] & 15;
  if (kind != IPOPT_TS_TSONLY && kind != IPOPT_TS_TSANDADDR && kind != IPOPT_TS_PRESPEC)
    return mayMakeRaw(o) ? Fine : Flags;
  const u8 size = kind == IPOPT_TS_TSONLY ? 4 : 8;
  if (o.next() + size - 1 > o.length()) return Pointer;
  if (kind == IPOPT_TS_PRESPEC) {
    u32 who;
    std::memcpy(&who, o.p + o.next() - 1, 4);
    if (inet_addr_type(o.net, who) == RTN_UNICAST) return Fine; // another host
  } else if (kind == IPOPT_TS_TSANDADDR) {
    o.markAddress();
    set(o.opt, ip_options::bit::ts_needaddr, 1);
  }
  o.markTime(size - 4);
  o.reserve(size);
  set(o.opt, ip_options::bit::ts_needtime, 1);
  return Fine;
}
int compileTimestamp(const Option& o) {
  if (o.opt->ts) return Kind;
  if (o.length() < 4) return Length;
  if (o.next() < 5) return Pointer;
  const bool room = o.next() <= o.length();
  if (room) {
    if (o.next() + 3 > o.length()) return Pointer;
    if (const int fault = stamp(o); fault != Fine) return fault;
  } else if ((o.p[3] & 15) != IPOPT_TS_PRESPEC) { // no room: count the hosts that found none
    if (o.p[3] >> 4 == 15) return Flags;
    if (o.skb) set(o.p[3], o.p[3] + 16), o.changed();
  }
  set(o.opt->ts, o.at);
  return Fine;
}

int compileRouterAlert(const Option& o) {
  if (o.length() < 4) return Length;
  if (!o.p[2] && !o.p[3]) set(o.opt->router_alert, o.at);
  return Fine;
}
int compileLabel(const Option& o) { // CIPSO
  if (!mayMakeRaw(o) || o.opt->cipso) return Kind;
  set(o.opt->cipso, o.at);
  return cipso_v4_validate(o.skb, o.p);
}

int compileOption(const Option& o) {
  switch (*o.p) {
  case IPOPT_SSRR:
  case IPOPT_LSRR: return compileSourceRoute(o);
  case IPOPT_RR: return compileRecordRoute(o);
  case IPOPT_TIMESTAMP: return compileTimestamp(o);
  case IPOPT_RA: return compileRouterAlert(o);
  case IPOPT_CIPSO: return compileLabel(o);
  default: return mayMakeRaw(o) ? Fine : Kind; // nobody reads it
  }
}

// Behind the end of the list there is nothing but zeros.
void clearRest(const ip_options* opt, const u8* p, int left) {
  for (; left > 0; ++p, --left) {
    if (*p == IPOPT_END) continue;
    set(*p, static_cast<u8>(IPOPT_END));
    set(opt, ip_options::bit::is_changed, 1);
  }
}

} // namespace

int __ip_options_compile(const net* net, const ip_options* opt, const sk_buff* skb, u32* info) {
  KFUNC(__ip_options_compile, net, opt, skb);
  // Of a packet the options stand behind its header; those that a socket will send, where it keeps them.
  const u8* p = skb ? skb_network_header(skb) + sizeof(iphdr) : opt->__data;
  const u8* start = p - sizeof(iphdr);
  for (int left = opt->optlen; left > 0;) {
    if (*p == IPOPT_END) {
      clearRest(opt, p + 1, left - 1);
      break;
    }
    if (*p == IPOPT_NOOP) {
      --left, ++p;
      continue;
    }
    const bool fits = left >= 2 && p[1] >= 2 && p[1] <= left;
    const int fault = fits ? compileOption({net, opt, skb, p, static_cast<u8>(p - start)}) : Kind;
    if (fault != Fine) {
      if (info) *info = htonl(static_cast<u32>(p - start + fault) << 24);
      return call.result(-EINVAL);
    }
    left -= p[1];
    p += p[1];
  }
  return call.result(0);
}

int ip_options_compile(const net* net, const ip_options* opt, const sk_buff* skb) {
  KFUNC(ip_options_compile, net, opt, skb);
  u32 pointer = 0; // to the byte at fault
  const int ret = __ip_options_compile(net, opt, skb, &pointer);
  if (ret) {
    NOTE("ip.bad_option", opt->optlen);
    icmp_send(skb, ICMP_PARAMETERPROB, 0, pointer);
  }
  return call.result(ret);
}

} // namespace sockwalk::kernel
