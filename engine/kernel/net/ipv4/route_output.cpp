#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/xfrm.h"
#include "engine/kernel/net/ipv4/route_internal.h"

namespace sockwalk::kernel {

static void fillEnds(const flowi4* flow, u32 daddr, u32 saddr) {
  set(flow->daddr, daddr);
  set(flow->saddr, saddr);
}

// By which device, and into whose tables: what leaves did not come in by any, and counts as lo's.
static void fillDevices(const flowi_common& c, int oif) {
  set(c.flowic_oif, oif);
  set(c.flowic_iif, LOOPBACK_IFINDEX);
  set(c.flowic_l3mdev, 0);
}
// What rules and routes may go by, besides the addresses.
static void fillTreatment(const flowi_common& c, u32 mark, u8 tos, u8 scope, u8 proto, u8 flags) {
  set(c.flowic_mark, mark);
  set(c.flowic_tos, tos);
  set(c.flowic_scope, scope);
  set(c.flowic_proto, proto);
  set(c.flowic_flags, flags);
}

// The question that a sender puts to routing.
void flowi4_init_output(const flowi4* fl4, int oif, u32 mark, u8 tos, u8 scope, u8 proto, u8 flags, u32 daddr,
                        u32 saddr, u16 dport, u16 sport, u32 uid) {
  const flowi_common& c = fl4->__fl_common;
  fillDevices(c, oif);
  fillTreatment(c, mark, tos, scope, proto, flags);
  set(c.flowic_secid, 0);
  set(c.flowic_uid.val, uid);
  set(c.flowic_multipath_hash, 0);
  fillEnds(fl4, daddr, saddr);
  set(fl4->uli.ports.dport, dport);
  set(fl4->uli.ports.sport, sport);
}

void flowi4_update_output(const flowi4* fl4, int oif, u8 tos, u32 daddr, u32 saddr) {
  set(fl4->__fl_common.flowic_oif, oif);
  set(fl4->__fl_common.flowic_tos, tos);
  fillEnds(fl4, daddr, saddr);
}

namespace {
const rtable* noRoute(int error) { return ERR_PTR<rtable>(error); }

struct OutputKind {
  u16 type;
  u32 flags;
  bool useInfo = true, cache = true;
};
// Broadcast and multicast are not what the FIB's entry says, and we hear some of them ourselves.
OutputKind outputKind(const flowi4* fl4, const fib_result* res, int orig_oif, const net_device* dev, u32 flags) {
  OutputKind k{res->type, flags};
  if (ipv4_is_lbcast(fl4->daddr)) k.type = RTN_BROADCAST;
  else if (ipv4_is_multicast(fl4->daddr)) k.type = RTN_MULTICAST;
  if (dev->flags & IFF_LOOPBACK) k.flags |= RTCF_LOCAL;
  if (k.type == RTN_BROADCAST) {
    k.flags |= RTCF_BROADCAST | RTCF_LOCAL;
    k.useInfo = !ipv4_is_lbcast(fl4->daddr); // that one has no route: nobody is to resolve a gateway
  } else if (k.type == RTN_MULTICAST) {
    k.flags |= RTCF_MULTICAST | RTCF_LOCAL;
    if (ip_check_mc_rcu(__in_dev_get_rcu(dev), fl4->daddr, fl4->saddr, fl4->__fl_common.flowic_proto)) k.cache = false;
    else k.flags &= ~RTCF_LOCAL; // we are not in that group: nothing comes back to us
    k.useInfo = res->prefixlen >= 4;
  } else if (k.type == RTN_LOCAL && orig_oif && orig_oif != dev->ifindex) {
    k.cache = false; // the answer depends on the interface that was asked for
  }
  return k;
}
} // namespace

// Addresses of lo stay inside, and nobody is called 0.
static bool possibleFlow(const flowi4* fl4, const net_device* dev_out, const in_device* in_dev) {
  const bool loopbackLeaves = ipv4_is_loopback(fl4->saddr) && !(dev_out->flags & IFF_LOOPBACK);
  if (loopbackLeaves && !IN_DEV_ROUTE_LOCALNET(in_dev)) return false;
  return !ipv4_is_zeronet(fl4->daddr);
}

// A route that was made for an earlier packet, with a reference: nullptr if there is none, or none that still holds.
static const rtable* keptRoute(const fib_nh_common* hop, const fib_nh_exception* exception) {
  const rtable* kept = exception ? exception->fnhe_rth_output.get() : rt_cache_slot(hop, false)->get();
  return rt_cache_valid(kept) && dst_hold_safe(&kept->dst) ? kept : nullptr;
}

// The sender has a next hop of its own in mind (a raw socket that writes its own header): unless a gateway stands there
// anyway, that is nobody else's route.
static bool ownNextHop(const flowi4* fl4, const fib_nh_common* hop) {
  const bool gateway = hop->nhc_gw_family && hop->nhc_scope == RT_SCOPE_LINK;
  return !gateway && fl4->__fl_common.flowic_flags & FLOWI_FLAG_KNOWN_NH;
}

// The rtable of an outgoing flow: the one cached in the next hop, or a new one.
static const rtable* __mkroute_output(const fib_result* res, const flowi4* fl4, int orig_oif, const net_device* dev_out,
                                      u32 flags) {
  KFUNC(__mkroute_output, res, fl4, orig_oif, dev_out, flags);
  INLINED();
  const in_device* in_dev = __in_dev_get_rcu(dev_out);
  if (!in_dev || !possibleFlow(fl4, dev_out, in_dev)) return call.result(noRoute(-EINVAL));
  const OutputKind kind = outputKind(fl4, res, orig_oif, dev_out, flags);
  const fib_info* entry = kind.useInfo ? res->fi.get() : nullptr;
  const fib_nh_exception* exception = entry ? find_exception(res->nhc, fl4->daddr) : nullptr;
  const bool cacheable = kind.cache && entry && (exception || !ownNextHop(fl4, res->nhc));
  if (cacheable)
    if (const rtable* kept = keptRoute(res->nhc, exception)) {
      NOTE("route.output_cached", kept);
      return call.result(kept);
    }
  const rtable* made = rt_dst_alloc(dev_out, kind.flags, kind.type, IN_DEV_ORCONF(in_dev, IPV4_DEVCONF_NOXFRM));
  if (!made) return call.result(noRoute(-ENOBUFS));
  set(made->rt_iif, orig_oif);
  const bool toMany = kind.flags & (RTCF_BROADCAST | RTCF_MULTICAST), alsoToUs = kind.flags & RTCF_LOCAL;
  if (toMany && alsoToUs && !(dev_out->flags & IFF_LOOPBACK)) set(made->dst.output, fn<ip_mc_output>);
  rt_set_nexthop(made, fl4->daddr, res, exception, entry, kind.type, cacheable);
  return call.result(made);
}

// What the sender fixed is checked: its source address must be ours, its device must be up. <0: an error; 1: the
// device alone decides (multicast, broadcast).
static int outputDevice(const net* net, const flowi4* fl4, const net_device*& dev_out) {
  if (fl4->saddr) {
    if (ipv4_is_multicast(fl4->saddr) || ipv4_is_lbcast(fl4->saddr) || ipv4_is_zeronet(fl4->saddr)) return -EINVAL;
    const bool group = ipv4_is_multicast(fl4->daddr) || ipv4_is_lbcast(fl4->daddr);
    if (!fl4->__fl_common.flowic_oif && group) {
      dev_out = __ip_dev_find(net, fl4->saddr, false);
      if (!dev_out) return -ENETUNREACH;
      set(fl4->__fl_common.flowic_oif, dev_out->ifindex);
      return 1;
    }
    if (!(fl4->__fl_common.flowic_flags & FLOWI_FLAG_ANYSRC) && !__ip_dev_find(net, fl4->saddr, false))
      return -ENETUNREACH;
  }
  if (!fl4->__fl_common.flowic_oif) return 0;
  dev_out = dev_get_by_index_rcu(net, fl4->__fl_common.flowic_oif);
  if (!dev_out) return -ENODEV;
  if (!(dev_out->flags & IFF_UP) || !__in_dev_get_rcu(dev_out)) return -ENETUNREACH;
  if (ipv4_is_local_multicast(fl4->daddr) || ipv4_is_lbcast(fl4->daddr)) {
    if (!fl4->saddr) set(fl4->saddr, inet_select_addr(dev_out, 0, RT_SCOPE_LINK));
    return 1;
  }
  if (!fl4->saddr && ipv4_is_multicast(fl4->daddr))
    set(fl4->saddr, inet_select_addr(dev_out, 0, fl4->__fl_common.flowic_scope));
  else if (!fl4->saddr && !fl4->daddr) set(fl4->saddr, inet_select_addr(dev_out, 0, RT_SCOPE_HOST));
  return 0;
}

// To ourselves: through lo, whatever device the address belongs to.
static const rtable* localOutput(const net* net, const flowi4* fl4, const fib_result* res) {
  if (!fl4->saddr) set(fl4->saddr, res->fi->fib_prefsrc ? res->fi->fib_prefsrc : fl4->daddr);
  const net_device* dev_out = net->loopback_dev;
  const int orig_oif = res->nhc->nhc_oif;
  set(fl4->__fl_common.flowic_oif, dev_out->ifindex);
  return __mkroute_output(res, fl4, orig_oif, dev_out, RTCF_LOCAL);
}

// To nobody means to ourselves.
static const rtable* outputToNobody(const net* net, const flowi4* fl4, const fib_result* res, int asked) {
  set(fl4->daddr, fl4->saddr);
  if (!fl4->daddr) {
    set(fl4->daddr, htonl(INADDR_LOOPBACK));
    set(fl4->saddr, htonl(INADDR_LOOPBACK));
  }
  set(fl4->__fl_common.flowic_oif, LOOPBACK_IFINDEX);
  set(res->type, RTN_LOCAL);
  return __mkroute_output(res, fl4, asked, net->loopback_dev, RTCF_LOCAL);
}

// The FIB knows no way. If the sender named a device, the destination is taken to be on its link.
static const rtable* outputWithoutEntry(const flowi4* fl4, const fib_result* res, int asked, const net_device* named,
                                        int err) {
  set(res->fi, nullptr);
  set(res->table, nullptr);
  if (!fl4->__fl_common.flowic_oif) {
    NOTE("route.none", fl4->daddr, err);
    return noRoute(err);
  }
  if (!fl4->saddr) set(fl4->saddr, inet_select_addr(named, 0, RT_SCOPE_LINK));
  set(res->type, RTN_UNICAST);
  return __mkroute_output(res, fl4, asked, named, 0);
}

const rtable* ip_route_output_key_hash_rcu(const net* net, const flowi4* fl4, const fib_result* res,
                                           const sk_buff* skb) {
  KFUNC(ip_route_output_key_hash_rcu, net, fl4, res, skb);
  const int asked = fl4->__fl_common.flowic_oif;
  const net_device* leaveBy = nullptr;
  const int given = outputDevice(net, fl4, leaveBy);
  if (given < 0) return call.result(noRoute(given));
  if (given > 0) return call.result(__mkroute_output(res, fl4, asked, leaveBy, 0));
  if (!fl4->daddr) return call.result(outputToNobody(net, fl4, res, asked));
  if (const int err = fib_lookup(net, fl4, res, 0))
    return call.result(outputWithoutEntry(fl4, res, asked, leaveBy, err));
  if (res->type == RTN_LOCAL) return call.result(localOutput(net, fl4, res));
  fib_select_path(net, res, fl4, skb);
  leaveBy = res->nhc->nhc_dev;
  set(fl4->__fl_common.flowic_oif, leaveBy->ifindex);
  return call.result(__mkroute_output(res, fl4, asked, leaveBy, 0));
}

static const rtable* askForKey(const net* net, const flowi4* fl4, const sk_buff* skb) {
  const u8 tos = fl4->__fl_common.flowic_tos;
  OnStack<fib_result> res;
  set(res->type, RTN_UNSPEC);
  set(fl4->__fl_common.flowic_iif, LOOPBACK_IFINDEX);
  set(fl4->__fl_common.flowic_tos, tos & IPTOS_RT_MASK);
  set(fl4->__fl_common.flowic_scope, tos & RTO_ONLINK ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE);
  return ip_route_output_key_hash_rcu(net, fl4, res, skb);
}
const rtable* ip_route_output_key_hash(const net* net, const flowi4* fl4, const sk_buff* skb) {
  KFUNC(ip_route_output_key_hash, net, fl4, skb);
  return call.result(askForKey(net, fl4, skb));
}
const rtable* __ip_route_output_key(const net* net, const flowi4* fl4) {
  return ip_route_output_key_hash(net, fl4, nullptr);
}

// The route for a sender's flow, after IPsec had its say.
const rtable* ip_route_output_flow(const net* net, const flowi4* fl4, const sock* sk) {
  KFUNC(ip_route_output_flow, net, fl4, sk);
  const rtable* plain = askForKey(net, fl4, nullptr);
  const bool policyMayApply = !IS_ERR(plain) && fl4->__fl_common.flowic_proto;
  if (!policyMayApply) return call.result(plain);
  set(fl4->__fl_common.flowic_oif, plain->dst.dev->ifindex);
  const dst_entry* agreed = xfrm_lookup_route(net, &plain->dst, fl4, sk, 0);
  return call.result(reinterpret_cast<const rtable*>(agreed));
}
const rtable* ip_route_output_key(const net* net, const flowi4* fl4) { return ip_route_output_flow(net, fl4, nullptr); }

} // namespace sockwalk::kernel
