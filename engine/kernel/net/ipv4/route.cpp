// Routing decisions: a packet (input) or a flow (output) gets an rtable. The FIB says where it goes; the answer, once
// made into an rtable, is kept in the next hop that it came from, so that the next packet finds it ready.
#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/include/net/xfrm.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/route_internal.h"

namespace sockwalk::kernel {

Global<dst_ops> ipv4_dst_ops{"ipv4_dst_ops"};
static Global<uncached_list> rt_uncached_list{"rt_uncached_list"};

static bool rt_is_expired(const rtable* rt) {
  return rt->rt_genid != atomic_read(&dev_net(rt->dst.dev)->ipv4.rt_genid);
}

// Every cached route carries the generation it was made in: one increment, and all of them are out of date.
void rt_cache_flush(const net* net) {
  KFUNC(rt_cache_flush, net);
  atomic_inc(&net->ipv4.rt_genid);
}

const dst_entry* ipv4_dst_check(const dst_entry* dst, u32 cookie) {
  KFUNC(ipv4_dst_check, dst, cookie);
  const bool stale = dst->obsolete != DST_OBSOLETE_FORCE_CHK || rt_is_expired(reinterpret_cast<const rtable*>(dst));
  return call.result<const dst_entry*>(stale ? nullptr : dst);
}

// The largest packet this destination takes: what a router told us, the route's own, or the device's.
u32 ipv4_mtu(const dst_entry* dst) {
  KFUNC(ipv4_mtu, dst);
  return call.result(ip_dst_mtu_maybe_forward(dst, false));
}

// The neighbour that a packet with this route goes to, with a reference: the gateway, else whom the packet is for, or,
// where there is no packet, whom the caller says.
const neighbour* ipv4_neigh_lookup(const dst_entry* dst, const sk_buff* skb, const void* daddr) {
  KFUNC(ipv4_neigh_lookup, dst, skb, daddr);
  const auto* rt = reinterpret_cast<const rtable*>(dst);
  u32 nextHop = rt->rt_gw4;
  if (rt->rt_gw_family != AF_INET) {
    if (skb) nextHop = ip_hdr(skb)->daddr;
    else std::memcpy(&nextHop, daddr, 4);
  }
  const neighbour* n = ip_neigh_gw4(dst->dev, nextHop);
  if (!IS_ERR(n)) neigh_hold(n);
  return call.result(n);
}

// The next hop of this route is known to be alive. Nobody is looked for who is not known as a neighbour already.
static void ipv4_confirm_neigh(const dst_entry* dst, const void* daddr) {
  KFUNC(ipv4_confirm_neigh, dst, daddr);
  constexpr u32 WithoutNeighbour = RTCF_MULTICAST | RTCF_BROADCAST | RTCF_LOCAL;
  const auto* rt = reinterpret_cast<const rtable*>(dst);
  u32 nextHop = rt->rt_gw4;
  if (rt->rt_gw_family != AF_INET) {
    if (!daddr || rt->rt_flags & WithoutNeighbour) return;
    std::memcpy(&nextHop, daddr, 4);
  }
  neigh_confirm(__ipv4_neigh_lookup_noref(dst->dev, nextHop));
}
// A program that knows its peer to be alive may say so without sending anything.
void confirmIfProbed(const msghdr* msg, const rtable* rt, const u32* daddr) {
  constexpr u32 Both = MSG_CONFIRM | MSG_PROBE;
  if ((msg->msg_flags & Both) == Both) dst_confirm_neigh(&rt->dst, daddr);
}

int ip4_dst_hoplimit(const dst_entry* dst) {
  if (const u32 ofRoute = dst_metric_raw(dst, RTAX_HOPLIMIT)) return static_cast<int>(ofRoute);
  const int ofHost = dev_net(dst->dev)->ipv4.sysctl_ip_default_ttl;
  return ofHost ? ofHost : 64;
}

static void ipv4_dst_destroy(const dst_entry* dst) {
  const auto* rt = reinterpret_cast<const rtable*>(dst);
  if (!list_empty(&rt->rt_uncached)) list_del_init(&rt->rt_uncached);
}

void image_ipv4_dst_ops() {
  const dst_ops* ops = ipv4_dst_ops;
  set(ops->family, 2); // AF_INET
  set(ops->check, fn<ipv4_dst_check>);
  set(ops->default_advmss, fn<ipv4_default_advmss>);
  set(ops->mtu, fn<ipv4_mtu>);
  set(ops->cow_metrics, unbuilt<"ipv4_cow_metrics">);
  set(ops->destroy, fn<ipv4_dst_destroy>);
  set(ops->negative_advice, fn<ipv4_negative_advice>);
  set(ops->link_failure, fn<ipv4_link_failure>);
  set(ops->update_pmtu, fn<ip_rt_update_pmtu>);
  set(ops->redirect, fn<ip_do_redirect>);
  set(ops->local_out, fn<__ip_local_out>);
  set(ops->neigh_lookup, fn<ipv4_neigh_lookup>);
  set(ops->confirm_neigh, fn<ipv4_confirm_neigh>);
}

int ip_rt_init() {
  KFUNC(ip_rt_init);
  set(ipv4_dst_ops->kmem_cachep, kmem_cache_create("ip_dst_cache", sizeof(rtable), 64));
  INIT_LIST_HEAD(&rt_uncached_list->head);
  INIT_LIST_HEAD(&rt_uncached_list->quarantine);
  devinet_init();
  ip_fib_init();
  return call.result(0);
}

namespace {
// What tells one route from another, before its next hop is known.
struct RouteKind {
  u32 flags; // RTCF_*
  u16 type;  // RTN_*
  u8 isInput = 0;
  s32 iif = 0;
  u32 pmtu = 0;
  bool mtuLocked = false;
  u8 gatewayFamily = 0;
  u32 gateway = 0;
};

const rtable* newRoute(const net_device* dev, u16 dstFlags, const RouteKind& kind) {
  const auto* rt = static_cast<const rtable*>(dst_alloc(ipv4_dst_ops, dev, 1, DST_OBSOLETE_FORCE_CHK, dstFlags));
  if (!rt) return nullptr;
  set(rt->rt_genid, atomic_read(&dev_net(dev)->ipv4.rt_genid));
  set(rt->rt_flags, kind.flags);
  set(rt->rt_type, kind.type);
  set(rt->rt_is_input, kind.isInput);
  set(rt->rt_iif, kind.iif);
  set(rt, rtable::bit::rt_pmtu, kind.pmtu);
  set(rt, rtable::bit::rt_mtu_locked, kind.mtuLocked);
  set(rt->rt_uses_gateway, 0);
  set(rt->rt_gw_family, kind.gatewayFamily);
  set(rt->rt_gw4, kind.gateway);
  INIT_LIST_HEAD(&rt->rt_uncached);
  return rt;
}
} // namespace

const rtable* rt_dst_alloc(const net_device* dev, u32 flags, u16 type, bool noxfrm) {
  KFUNC(rt_dst_alloc, dev, flags, type, noxfrm);
  const rtable* rt = newRoute(dev, noxfrm ? DST_NOXFRM : 0, {flags, type});
  if (!rt) return call.result(rt);
  set(rt->dst.output, fn<ip_output>);
  if (flags & RTCF_LOCAL) set(rt->dst.input, fn<ip_local_deliver>);
  return call.result(rt);
}

// The same way on another device: for a copy of a packet, which is looped back.
const rtable* rt_dst_clone(const net_device* dev, const rtable* rt) {
  KFUNC(rt_dst_clone, dev, rt);
  const rtable* twin = newRoute(dev, rt->dst.flags,
                                {rt->rt_flags, rt->rt_type, u8(rt->rt_is_input), rt->rt_iif, rt->rt_pmtu,
                                 rt->rt_mtu_locked != 0, u8(rt->rt_gw_family), rt->rt_gw4});
  if (!twin) return call.result(twin);
  copy(&twin->dst.input, &rt->dst.input);
  copy(&twin->dst.output, &rt->dst.output);
  set(twin->dst.error, rt->dst.error);
  return call.result(twin);
}

void rt_add_uncached_list(const rtable* rt) { list_add_tail(&rt->rt_uncached, &rt_uncached_list->head); }

bool rt_cache_valid(const rtable* rt) { return rt && rt->dst.obsolete == DST_OBSOLETE_FORCE_CHK && !rt_is_expired(rt); }

const kptr<rtable>* rt_cache_slot(const fib_nh_common* nhc, bool input) {
  return input ? &nhc->nhc_rth_input : t_arena->object<kptr<rtable>>(nhc->nhc_pcpu_rth_output.value);
}

// Keeps the route in its next hop; what was there before is let go.
static bool rt_cache_route(const fib_nh_common* nhc, const rtable* rt) {
  KFUNC(rt_cache_route, nhc, rt);
  const kptr<rtable>* slot = rt_cache_slot(nhc, rt_is_input_route(rt));
  const rtable* before = *slot;
  dst_hold(&rt->dst);
  set(*slot, rt);
  if (before) {
    rt_add_uncached_list(before);
    dst_release(&before->dst);
  }
  return call.result(true);
}

// A next hop of scope "link" is a router that stands on the link itself.
static void leadThroughGateway(const rtable* rt, const fib_nh_common* hop) {
  if (!hop->nhc_gw_family || hop->nhc_scope != RT_SCOPE_LINK) return;
  set(rt->rt_uses_gateway, 1);
  set(rt->rt_gw_family, hop->nhc_gw_family);
  set(rt->rt_gw4, hop->nhc_gw.ipv4);
}

// Completes a route with what the FIB said, and keeps it where the next packet will look: with the exception for its
// destination, or in the next hop. `fi` is nullptr where no entry of the FIB stands behind it.
void rt_set_nexthop(const rtable* rt, u32 daddr, const fib_result* res, const fib_nh_exception* fnhe,
                    const fib_info* fi, u16 type, bool do_cache) {
  KFUNC(rt_set_nexthop, rt, daddr, res, fnhe, fi, type, do_cache);
  if (!fi) return rt_add_uncached_list(rt);
  leadThroughGateway(rt, res->nhc);
  set(rt->dst._metrics, Arena::address(fi->fib_metrics) | DST_METRICS_READ_ONLY);
  const bool kept = fnhe ? rt_bind_exception(rt, fnhe, daddr, do_cache) : do_cache && rt_cache_route(res->nhc, rt);
  if (kept) return;
  if (!rt->rt_gw4) { // it serves this one destination only, which may then be its own next hop
    set(rt->rt_gw_family, AF_INET);
    set(rt->rt_gw4, daddr);
  }
  rt_add_uncached_list(rt);
}

// ---- input

// A destination for packets that end here: delivered to the protocols, or (RTN_UNREACHABLE) answered with an error.
static const rtable* makeLocalInput(const net_device* dev, u32 flags, int error, const fib_result* res) {
  const rtable* made = rt_dst_alloc(dev, flags | RTCF_LOCAL, res->type, false);
  if (!made) return nullptr;
  set(made->dst.output, fn<ip_rt_bug>);
  set(made->rt_is_input, 1);
  if (res->type == RTN_UNREACHABLE) {
    set(made->dst.input, fn<ip_error>);
    set(made->dst.error, -error);
    set(made->rt_flags, made->rt_flags & ~RTCF_LOCAL);
  }
  return made;
}

static int localInput(const sk_buff* skb, const net_device* dev, const in_device* in_dev, const fib_result* res,
                      u32 flags, int error, bool do_cache) {
  if (IN_DEV_ORCONF(in_dev, IPV4_DEVCONF_NOPOLICY)) set(IPCB(skb)->flags, IPCB(skb)->flags | IPSKB_NOPOLICY);
  do_cache &= res->fi != nullptr;
  if (do_cache) {
    const rtable* cached = res->nhc->nhc_rth_input;
    if (rt_cache_valid(cached)) {
      NOTE("route.input_cached", cached);
      skb_dst_set_noref(skb, &cached->dst);
      return 0;
    }
  }
  const rtable* made = makeLocalInput(dev_net(dev)->loopback_dev, flags, error, res);
  if (!made) return -ENOBUFS;
  if (do_cache && !rt_cache_route(res->nhc, made)) rt_add_uncached_list(made);
  skb_dst_set(skb, &made->dst);
  return 0;
}

static int broadcastInput(const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev,
                          const in_device* in_dev, const fib_result* res) {
  OnStack<u32> realm;
  if (skb->protocol != htons(ETH_P_IP)) return -EINVAL;
  if (!ipv4_is_zeronet(saddr)) {
    const int err = fib_validate_source(skb, saddr, 0, tos, 0, dev, in_dev, realm);
    if (err < 0) return ip_handle_martian_source(dev, skb, daddr, saddr), err;
  }
  set(res->type, RTN_BROADCAST);
  return localInput(skb, dev, in_dev, res, RTCF_BROADCAST, 0, true);
}

static void fillInputFlow(const flowi4* fl4, const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev) {
  set(fl4->__fl_common.flowic_iif, dev->ifindex);
  set(fl4->__fl_common.flowic_mark, skb->mark);
  set(fl4->__fl_common.flowic_tos, tos);
  set(fl4->__fl_common.flowic_scope, RT_SCOPE_UNIVERSE);
  set(fl4->daddr, daddr);
  set(fl4->saddr, saddr);
}

// Asks the FIB about a packet that arrived: is it for us, a broadcast, to be forwarded, or impossible (martian)?
static int ip_route_input_slow(const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev,
                               const fib_result* res) {
  KFUNC(ip_route_input_slow, skb, daddr, saddr, tos, dev, res);
  const in_device* in_dev = __in_dev_get_rcu(dev);
  if (!in_dev) return call.result(-EINVAL);
  skb_dst_drop(skb);
  const auto martianSource = [&](int err) { return ip_handle_martian_source(dev, skb, daddr, saddr), err; };
  if (ipv4_is_multicast(saddr) || ipv4_is_lbcast(saddr)) return call.result(martianSource(-EINVAL));
  if (ipv4_is_lbcast(daddr) || (saddr == 0 && daddr == 0))
    return call.result(broadcastInput(skb, daddr, saddr, tos, dev, in_dev, res));
  if (ipv4_is_zeronet(saddr)) return call.result(martianSource(-EINVAL));
  const bool loopbackMayPass = IN_DEV_ROUTE_LOCALNET(in_dev);
  if (ipv4_is_zeronet(daddr) || (ipv4_is_loopback(daddr) && !loopbackMayPass)) {
    NOTE("route.martian_destination", daddr, saddr, dev);
    return call.result(-EINVAL);
  }
  if (ipv4_is_loopback(saddr) && !loopbackMayPass) return call.result(martianSource(-EINVAL));

  OnStack<flowi4> question;
  fillInputFlow(question, skb, daddr, saddr, tos, dev);
  int err = fib_lookup(dev_net(dev), question, res, 0);
  if (!err && res->type == RTN_BROADCAST) return call.result(broadcastInput(skb, daddr, saddr, tos, dev, in_dev, res));
  if (!err && res->type == RTN_LOCAL) {
    OnStack<u32> realm;
    err = fib_validate_source(skb, saddr, daddr, tos, 0, dev, in_dev, realm);
    if (err < 0) return call.result(martianSource(err));
    return call.result(localInput(skb, dev, in_dev, res, 0, 0, !*realm));
  }
  if (!err && IN_DEV_FORWARD(in_dev) && res->type == RTN_UNICAST)
    return call.result(ip_mkroute_input(skb, res, in_dev, daddr, saddr, tos));
  if (!err && IN_DEV_FORWARD(in_dev)) return call.result(-EINVAL);
  if (IN_DEV_FORWARD(in_dev)) {
    NOTE("route.no_way_on", daddr, dev, err);
  } else {
    err = -EHOSTUNREACH;
    NOTE("route.not_for_us", daddr, dev);
  }
  set(res->type, RTN_UNREACHABLE);
  set(res->fi, nullptr);
  set(res->table, nullptr);
  return call.result(localInput(skb, dev, in_dev, res, 0, err, false));
}

// An address that nobody on a link can have: a group's, everybody's, or, coming from outside, one of this host's inside.
static bool nobodysAddress(u32 saddr, const in_device* in_dev) {
  if (ipv4_is_loopback(saddr)) return !IN_DEV_ROUTE_LOCALNET(in_dev);
  return ipv4_is_lbcast(saddr) || ipv4_is_multicast(saddr);
}

// May a packet to a group come from there? The source is one address, and the way back leads to it.
int ip_mc_validate_source(const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev,
                          const in_device* in_dev) {
  KFUNC(ip_mc_validate_source, skb, daddr, saddr, tos, dev, in_dev);
  const bool possible = in_dev && skb->protocol == htons(ETH_P_IP) && !nobodysAddress(saddr, in_dev);
  if (!possible) return call.result(-EINVAL);
  if (ipv4_is_zeronet(saddr)) { // who has no address yet may speak to his own link, and tell routers of his groups
    const bool allowed = ip_hdr(skb)->protocol == IPPROTO_IGMP || ipv4_is_local_multicast(daddr);
    return call.result(allowed ? 0 : -EINVAL);
  }
  OnStack<u32> realm;
  const int wayBack = fib_validate_source(skb, saddr, 0, tos, 0, dev, in_dev, realm);
  return call.result(std::min(wayBack, 0));
}

// Multicast is decided by group membership and not by the FIB.
static int multicastInput(const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev) {
  const in_device* in_dev = __in_dev_get_rcu(dev);
  if (!in_dev || !ip_check_mc_rcu(in_dev, daddr, saddr, ip_hdr(skb)->protocol)) return -EINVAL;
  if (const int err = ip_mc_validate_source(skb, daddr, saddr, tos, dev, in_dev)) return err;
  if (IN_DEV_ORCONF(in_dev, IPV4_DEVCONF_NOPOLICY)) set(IPCB(skb)->flags, IPCB(skb)->flags | IPSKB_NOPOLICY);
  const rtable* made = rt_dst_alloc(dev_net(dev)->loopback_dev, RTCF_MULTICAST | RTCF_LOCAL, RTN_MULTICAST, false);
  if (!made) return -ENOBUFS;
  set(made->dst.output, fn<ip_rt_bug>);
  set(made->rt_is_input, 1);
  skb_dst_drop(skb);
  skb_dst_set(skb, &made->dst);
  return 0;
}

int ip_route_input_noref(const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev) {
  KFUNC(ip_route_input_noref, skb, daddr, saddr, tos, dev);
  OnStack<fib_result> answer;
  tos &= IPTOS_RT_MASK;
  return call.result(ipv4_is_multicast(daddr) ? multicastInput(skb, daddr, saddr, tos, dev)
                                              : ip_route_input_slow(skb, daddr, saddr, tos, dev, answer));
}

// The route of the packet before, without a look-up; only the source is this packet's own, and is checked.
int ip_route_use_hint(const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev, const sk_buff* hint) {
  KFUNC(ip_route_use_hint, skb, daddr, saddr, tos, dev, hint);
  const in_device* in_dev = __in_dev_get_rcu(dev);
  if (!in_dev) return call.result(-EINVAL);
  int err = -EINVAL;
  if (!ipv4_is_zeronet(saddr) && !nobodysAddress(saddr, in_dev)) {
    OnStack<u32> realm;
    const bool endsHere = skb_rtable(hint)->rt_type == RTN_LOCAL;
    err = endsHere ? fib_validate_source(skb, saddr, daddr, tos & IPTOS_RT_MASK, 0, dev, in_dev, realm) : 0;
  }
  if (err < 0) return ip_handle_martian_source(dev, skb, daddr, saddr), call.result(err);
  const u64 shared = hint->_skb_refdst; // skb_dst_copy()
  set(skb->_skb_refdst, shared);
  if (!(shared & SKB_DST_NOREF)) dst_hold(skb_dst(skb));
  return call.result(0);
}

int ip_rt_bug(const net*, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_rt_bug, sk, skb);
  panic("a packet that came in was sent out on its input route");
}

} // namespace sockwalk::kernel
