// IP options on reception: found, checked, and filled in where they ask this host to leave its mark.
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

// One option at `p` with its length already checked; `at`: its place from the header's start. False: it is malformed.
static bool compileSourceRoute(const ip_options* opt, const u8* p, u8 at) {
  if (p[1] < 3 || p[2] < 4 || opt->srr) return false;
  set(opt, ip_options::bit::is_strictroute, p[0] == IPOPT_SSRR);
  set(opt->srr, at);
  return true;
}
static bool compileRecordRoute(const ip_options* opt, const sk_buff* skb, const u8* p, u8 at) {
  if (opt->rr || p[1] < 3 || p[2] < 4) return false;
  if (p[2] <= p[1]) { // room for one more address: ours, which a packet to send gets later
    if (p[2] + 3 > p[1]) return false;
    if (skb) {
      const u32 own = fib_compute_spec_dst(skb);
      setBytes(p + p[2] - 1, &own, 4);
      set(opt, ip_options::bit::is_changed, 1);
    }
    set(p[2], p[2] + 4);
    set(opt, ip_options::bit::rr_needaddr, 1);
  }
  set(opt->rr, at);
  return true;
}
static bool compileTimestamp(const ip_options* opt, const sk_buff* skb, const u8* p, u8 at) {
  if (opt->ts || p[1] < 4 || p[2] < 5) return false;
  const u8 kind = p[3] & 15;
  if (p[2] <= p[1]) {
    const u32 size = kind == 0 ? 4 : 8;
    if (p[2] + size - 1 > p[1]) return false;
    const u8* slot = p + p[2] - 1;
    if (kind == 1 && skb) {
      const u32 own = fib_compute_spec_dst(skb);
      setBytes(slot, &own, 4);
    }
    if (kind == 1) set(opt, ip_options::bit::ts_needaddr, 1);
    if (skb) { // a packet to send gets its time when it leaves
      const u32 now = htonl(static_cast<u32>(machine().now() / 1000000 % 86400000));
      setBytes(slot + size - 4, &now, 4);
      set(opt, ip_options::bit::is_changed, 1);
    }
    set(p[2], p[2] + size);
    set(opt, ip_options::bit::ts_needtime, 1);
  } else if (kind != 3) { // no room: count the overflow
    if (p[3] >> 4 == 15) return false;
    set(p[3], kind | ((p[3] >> 4) + 1) << 4);
    set(opt, ip_options::bit::is_changed, 1);
  }
  set(opt->ts, at);
  return true;
}

int __ip_options_compile(const net* net, const ip_options* opt, const sk_buff* skb) {
  KFUNC(__ip_options_compile, net, opt, skb);
  SIMPLIFIED("CIPSO labels are passed over");
  // Of a packet the options stand behind its header; those that a socket will send, where it keeps them.
  const u8* p = skb ? skb_network_header(skb) + sizeof(iphdr) : opt->__data;
  const u8* start = p - sizeof(iphdr);
  for (int left = opt->optlen; left > 0;) {
    if (*p == IPOPT_END) {
      for (++p, --left; left > 0; ++p, --left)
        if (*p != IPOPT_END) {
          set(*p, static_cast<u8>(IPOPT_END));
          set(opt, ip_options::bit::is_changed, 1);
        }
      break;
    }
    if (*p == IPOPT_NOOP) {
      --left;
      ++p;
      continue;
    }
    if (left < 2 || p[1] < 2 || p[1] > left) return call.result(-EINVAL);
    const u8 at = static_cast<u8>(p - start);
    bool good = true;
    switch (*p) {
    case IPOPT_SSRR:
    case IPOPT_LSRR: good = compileSourceRoute(opt, p, at); break;
    case IPOPT_RR: good = compileRecordRoute(opt, skb, p, at); break;
    case IPOPT_TIMESTAMP: good = compileTimestamp(opt, skb, p, at); break;
    case IPOPT_RA:
      good = p[1] >= 4;
      if (good && !p[2] && !p[3]) set(opt->router_alert, at);
      break;
    default: break;
    }
    if (!good) return call.result(-EINVAL);
    left -= p[1];
    p += p[1];
  }
  return call.result(0);
}

int ip_options_compile(const net* net, const ip_options* opt, const sk_buff* skb) {
  KFUNC(ip_options_compile, net, opt, skb);
  const int ret = __ip_options_compile(net, opt, skb);
  if (ret) {
    NOTE("ip.bad_option", opt->optlen);
    icmp_send(skb, 12 /* ICMP_PARAMETERPROB */, 0, 0);
  }
  return call.result(ret);
}

} // namespace sockwalk::kernel
