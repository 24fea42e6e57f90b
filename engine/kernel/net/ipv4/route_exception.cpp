// What routers tell us of single hosts: that only so many bytes pass on the way there (path MTU, RFC 1191), or that
// another gateway is nearer (redirect). Each next hop keeps such exceptions in a hash table by destination; a route to
// that destination is then one of its own.
#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/neighbour.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/net/ipv4/fib_semantics_internal.h"
#include "engine/kernel/net/ipv4/route_internal.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/neighbour.h"

namespace sockwalk::kernel {

static bool jiffiesAfter(u64 a, u64 b) { return s64(a - b) > 0; }
static int fnhe_genid(const net* net) { return atomic_read(&net->fnhe_genid); }

static u32 fnhe_hashfun(u32 daddr) {
  KFUNC(fnhe_hashfun, daddr);
  SIMPLIFIED("a fixed hash; the kernel's has a secret key");
  return call.result(static_cast<u32>((u64(daddr) * 0x9e3779b97f4a7c15ull) >> (64 - FNHE_HASH_SHIFT)));
}

static void letGo(const kptr<rtable>& slot) {
  const rtable* rt = slot;
  if (!rt) return;
  set(slot, nullptr);
  dst_release(&rt->dst);
}
static void fnhe_flush_routes(const fib_nh_exception* fnhe) {
  letGo(fnhe->fnhe_rth_input);
  letGo(fnhe->fnhe_rth_output);
}

static void fnhe_remove_oldest(const fnhe_hash_bucket* hash) {
  const kptr<fib_nh_exception>* oldest = &hash->chain;
  for (const kptr<fib_nh_exception>* p = oldest; p->get(); p = &(*p)->fnhe_next)
    if (jiffiesAfter((*oldest)->fnhe_stamp, (*p)->fnhe_stamp)) oldest = p;
  const fib_nh_exception* gone = *oldest;
  fnhe_flush_routes(gone);
  set(*oldest, gone->fnhe_next.get());
  kfree(gone);
}

static void fill_route_from_fnhe(const rtable* rt, const fib_nh_exception* fnhe) {
  set(rt, rtable::bit::rt_pmtu, fnhe->fnhe_pmtu);
  set(rt, rtable::bit::rt_mtu_locked, fnhe->fnhe_mtu_locked);
  set(rt->dst.expires, fnhe->fnhe_expires);
  if (!fnhe->fnhe_gw) return;
  set(rt->rt_flags, rt->rt_flags | RTCF_REDIRECTED);
  set(rt->rt_uses_gateway, 1);
  set(rt->rt_gw_family, AF_INET);
  set(rt->rt_gw4, fnhe->fnhe_gw);
}

static void ip_del_fnhe(const fib_nh_common* nhc, u32 daddr) {
  KFUNC(ip_del_fnhe, nhc, daddr);
  INLINED();
  const kptr<fib_nh_exception>* link = &nhc->nhc_exceptions.get()[fnhe_hashfun(daddr)].chain;
  for (; link->get(); link = &(*link)->fnhe_next) {
    const fib_nh_exception* forgotten = *link;
    if (forgotten->fnhe_daddr != daddr) continue;
    set(*link, forgotten->fnhe_next.get());
    set(forgotten->fnhe_daddr, 0);
    fnhe_flush_routes(forgotten);
    kfree(forgotten);
    return;
  }
}

// What a router has told us about one host behind this next hop (a smaller MTU, a better gateway), if it is not too old.
const fib_nh_exception* find_exception(const fib_nh_common* nhc, u32 daddr) {
  KFUNC(find_exception, nhc, daddr);
  const fnhe_hash_bucket* table = nhc->nhc_exceptions;
  const fib_nh_exception* known = table ? table[fnhe_hashfun(daddr)].chain.get() : nullptr;
  while (known && known->fnhe_daddr != daddr) known = known->fnhe_next;
  if (!known) return call.result(known);
  if (known->fnhe_expires && jiffiesAfter(machine().jiffies(), known->fnhe_expires)) {
    NOTE("route.exception_expired", daddr);
    ip_del_fnhe(nhc, daddr);
    return call.result<const fib_nh_exception*>(nullptr);
  }
  NOTE("route.exception", daddr, known->fnhe_pmtu);
  return call.result(known);
}

// The routes that were made before the exception was known must be asked for again.
static void markStale(const rtable* rt) {
  if (rt) set(rt->dst.obsolete, DST_OBSOLETE_KILL);
}

static void updateException(const fib_nh_exception* fnhe, u32 gw, u32 pmtu, bool lock, u64 expires) {
  if (gw) set(fnhe->fnhe_gw, gw);
  if (pmtu) {
    set(fnhe->fnhe_pmtu, pmtu);
    set(fnhe->fnhe_mtu_locked, lock);
  }
  set(fnhe->fnhe_expires, std::max<u64>(1, expires));
  for (const rtable* rt : {fnhe->fnhe_rth_input.get(), fnhe->fnhe_rth_output.get()})
    if (rt) fill_route_from_fnhe(rt, fnhe);
}

static const fib_nh_exception* createException(const fnhe_hash_bucket* bucket, u32 daddr, u32 gw, u32 pmtu, bool lock,
                                               u64 expires) {
  const auto* fnhe = kzalloc<fib_nh_exception>(GFP_ATOMIC);
  if (!fnhe) return nullptr;
  set(fnhe->fnhe_next, bucket->chain.get());
  set(fnhe->fnhe_daddr, daddr);
  set(fnhe->fnhe_gw, gw);
  set(fnhe->fnhe_pmtu, pmtu);
  set(fnhe->fnhe_mtu_locked, lock);
  set(fnhe->fnhe_expires, std::max<u64>(1, expires));
  set(bucket->chain, fnhe);
  return fnhe;
}

// The table of a next hop is made when there is something to put into it.
static const fnhe_hash_bucket* exceptionTable(const fib_nh_common* nhc) {
  if (!nhc->nhc_exceptions.get()) {
    const u8* bytes = kmallocBuffer(FNHE_HASH_SIZE * u32(sizeof(fnhe_hash_bucket)), GFP_ATOMIC | __GFP_ZERO);
    if (!bytes) return nullptr;
    set(nhc->nhc_exceptions, reinterpret_cast<const fnhe_hash_bucket*>(bytes));
  }
  return nhc->nhc_exceptions;
}

static void update_or_create_fnhe(const fib_nh_common* nhc, u32 daddr, u32 gw, u32 pmtu, bool lock, u64 expires) {
  KFUNC(update_or_create_fnhe, nhc, daddr, gw, pmtu, lock, expires);
  const int generation = fnhe_genid(dev_net(nhc->nhc_dev));
  const u32 slot = fnhe_hashfun(daddr);
  const fnhe_hash_bucket* table = exceptionTable(nhc);
  if (!table) return;
  const fnhe_hash_bucket* bucket = table + slot;
  u32 passed = 0;
  const fib_nh_exception* learnt = bucket->chain;
  for (; learnt && learnt->fnhe_daddr != daddr; learnt = learnt->fnhe_next) ++passed;
  if (learnt) {
    updateException(learnt, gw, pmtu, lock, expires);
  } else { // a chain has room for a few; whoever makes us learn much makes us forget the oldest
    for (; passed > FNHE_RECLAIM_DEPTH; --passed) fnhe_remove_oldest(bucket);
    learnt = createException(bucket, daddr, gw, pmtu, lock, expires);
    if (!learnt) return;
    markStale(nhc->nhc_rth_input);
    markStale(rt_cache_slot(nhc, false)->get());
    NOTE("route.exception_learnt", daddr, pmtu, gw);
  }
  set(learnt->fnhe_genid, generation);
  set(learnt->fnhe_stamp, machine().jiffies());
}

// Since it was learnt the routing table has changed: it is not valid any more.
static void unlearn(const fib_nh_exception* fnhe, int generation) {
  set(fnhe->fnhe_genid, generation);
  set(fnhe->fnhe_gw, 0);
  set(fnhe->fnhe_pmtu, 0);
  set(fnhe->fnhe_expires, 0);
  set(fnhe->fnhe_mtu_locked, false);
  fnhe_flush_routes(fnhe);
}

static void keepWithException(const kptr<rtable>& slot, const rtable* rt) {
  const rtable* before = slot;
  dst_hold(&rt->dst);
  set(slot, rt);
  if (before) dst_release(&before->dst);
}

// The route becomes that of the exception, and is kept there instead of in the next hop.
bool rt_bind_exception(const rtable* rt, const fib_nh_exception* fnhe, u32 daddr, bool do_cache) {
  if (fnhe->fnhe_daddr != daddr) return false; // it became another host's while we were on our way here
  const int generation = fnhe_genid(dev_net(rt->dst.dev));
  if (fnhe->fnhe_genid != generation) unlearn(fnhe, generation);
  fill_route_from_fnhe(rt, fnhe);
  if (!rt->rt_gw4) {
    set(rt->rt_gw4, daddr);
    set(rt->rt_gw_family, AF_INET);
  }
  if (do_cache) keepWithException(rt_is_input_route(rt) ? fnhe->fnhe_rth_input : fnhe->fnhe_rth_output, rt);
  set(fnhe->fnhe_stamp, machine().jiffies());
  return do_cache;
}

void free_nh_exceptions(const fib_nh_common* nhc) {
  const fnhe_hash_bucket* table = nhc->nhc_exceptions;
  if (!table) return;
  for (const fnhe_hash_bucket* bucket = table; bucket != table + FNHE_HASH_SIZE; ++bucket)
    while (const fib_nh_exception* gone = bucket->chain) {
      set(bucket->chain, gone->fnhe_next.get());
      fnhe_flush_routes(gone);
      kfree(gone);
    }
  kfree(table);
}

// ---- path MTU
static void __ip_rt_update_pmtu(const rtable* rt, const flowi4* fl4, u32 mtu) {
  KFUNC(__ip_rt_update_pmtu, rt, fl4, mtu);
  const dst_entry* dst = &rt->dst;
  if (ip_mtu_locked(dst)) return;
  const u32 known = ip_dst_mtu_maybe_forward(dst, false);
  if (known < mtu) return;
  const net* net = dev_net(dst->dev);
  const u32 least = net->ipv4.ip_rt_min_pmtu;
  const bool belowLeast = mtu < least; // nobody honest says so: believed as far as the least, and then left alone
  if (belowLeast) mtu = std::min(known, least);
  const u64 now = machine().jiffies(), lasts = static_cast<u64>(net->ipv4.ip_rt_mtu_expires);
  if (rt->rt_pmtu == mtu && !belowLeast && jiffiesAfter(dst->expires - lasts / 2, now)) return;
  OnStack<fib_result> answer;
  if (fib_lookup(net, fl4, answer, 0)) return;
  fib_select_path(net, answer, fl4, nullptr);
  update_or_create_fnhe(answer->nhc, fl4->daddr, 0, mtu, belowLeast, now + lasts);
}

// The flow of the packet that the error quotes: what we would look up to send it again.
namespace {
// What, besides the addresses, decides the way of a flow.
struct FlowTraits {
  int device;
  u32 mark;
  u8 tos, protocol;
  u8 scope = RT_SCOPE_UNIVERSE;
  u32 uid = 0;
};

FlowTraits traitsOf(const sock* sk) {
  const inet_sock* inet = inet_sk(sk);
  FlowTraits own{sk->sk_bound_dev_if, sk->sk_mark, inet->tos, u8(sk->sk_protocol)};
  if (inet->hdrincl) own.protocol = IPPROTO_RAW; // its program writes headers itself
  if (sock_flag(sk, SOCK_LOCALROUTE)) own.scope = RT_SCOPE_LINK;
  own.uid = sk->sk_uid.val;
  return own;
}
} // namespace

// The flow of the packet that the error quotes: what we would look up to send it again.
static void flowKey(const flowi4* flow, const iphdr* quoted, const FlowTraits& traits) {
  flowi4_init_output(flow, traits.device, traits.mark, traits.tos & IPTOS_RT_MASK, traits.scope, traits.protocol, 0,
                     quoted->daddr, quoted->saddr, 0, 0, traits.uid);
}

static void __build_flow_key(const net* net, const flowi4* fl4, const sock* sk, const iphdr* iph) {
  KFUNC(__build_flow_key, net, fl4, sk, iph);
  flowKey(fl4, iph, traitsOf(sk));
}

void ip_rt_update_pmtu(const dst_entry* dst, const sock* sk, const sk_buff* skb, u32 mtu, bool confirm_neigh) {
  KFUNC(ip_rt_update_pmtu, dst, sk, skb, mtu, confirm_neigh);
  OnStack<flowi4> flow;
  if (skb) {
    const iphdr* iph = ip_hdr(skb);
    flowKey(flow, iph,
            sk ? traitsOf(sk)
               : FlowTraits{skb->dev ? skb->dev->ifindex : 0, skb->mark, u8(iph->tos), u8(iph->protocol)});
  } else { // the socket itself found out: TCP's search for the path's MTU
    const inet_sock* inet = inet_sk(sk);
    const FlowTraits own = traitsOf(sk);
    flowi4_init_output(flow, own.device, own.mark, own.tos & IPTOS_RT_MASK, RT_SCOPE_UNIVERSE, own.protocol,
                       inet_sk_flowi_flags(sk), inet->inet_daddr, inet->inet_saddr, 0, 0, own.uid);
  }
  __ip_rt_update_pmtu(reinterpret_cast<const rtable*>(dst), flow, mtu);
}

static const iphdr* quoted(const sk_buff* skb) { return reinterpret_cast<const iphdr*>(skb->data.get()); }

void ipv4_update_pmtu(const sk_buff* skb, const net* net, u32 mtu, int oif, u8 protocol) {
  KFUNC(ipv4_update_pmtu, skb, net, mtu, oif, protocol);
  OnStack<flowi4> flow;
  flowKey(flow, quoted(skb), {oif, 0, u8(quoted(skb)->tos), protocol});
  const rtable* rt = __ip_route_output_key(net, flow);
  if (IS_ERR(rt)) return;
  __ip_rt_update_pmtu(rt, flow, mtu);
  ip_rt_put(rt);
}

static void __ipv4_sk_update_pmtu(const sk_buff* skb, const sock* sk, u32 mtu) {
  KFUNC(__ipv4_sk_update_pmtu, skb, sk, mtu);
  OnStack<flowi4> flow;
  __build_flow_key(sock_net(sk), flow, sk, quoted(skb));
  const rtable* rt = __ip_route_output_key(sock_net(sk), flow);
  if (IS_ERR(rt)) return;
  __ip_rt_update_pmtu(rt, flow, mtu);
  ip_rt_put(rt);
}

namespace {
struct RouteInUse {
  const rtable* rt;
  bool fresh; // looked up here, with a reference of ours; else the socket's own
};
// Looks the route up again if it no longer holds. False: there is no way any more.
bool renewIfStale(RouteInUse& use, const sock* sk, const flowi4* flow) {
  const dst_entry* dst = &use.rt->dst;
  if (!dst->obsolete || dst->ops->check(dst, 0)) return true;
  if (use.fresh) dst_release(dst);
  use = {ip_route_output_flow(sock_net(sk), flow, sk), true};
  return !IS_ERR(use.rt);
}
} // namespace

// The flow is a socket's: it shall have a route that knows what was learnt, unless its program is using it just now.
void ipv4_sk_update_pmtu(const sk_buff* skb, const sock* sk, u32 mtu) {
  KFUNC(ipv4_sk_update_pmtu, skb, sk, mtu);
  if (!ip_sk_accept_pmtu(sk)) return dst_release(nullptr);
  const dst_entry* remembered = sk->sk_dst_cache;
  if (remembered) dst_hold(remembered);
  if (!remembered || sock_owned_by_user(sk)) {
    __ipv4_sk_update_pmtu(skb, sk, mtu);
    return dst_release(remembered);
  }
  OnStack<flowi4> flow;
  __build_flow_key(sock_net(sk), flow, sk, quoted(skb));
  RouteInUse use{reinterpret_cast<const rtable*>(remembered), false};
  if (renewIfStale(use, sk, flow)) {
    __ip_rt_update_pmtu(use.rt, flow, mtu); // which makes that route stale in its turn
    if (renewIfStale(use, sk, flow) && use.fresh) sk_dst_set(sk, &use.rt->dst);
  }
  dst_release(remembered);
}

// ---- redirects
static bool redirectBelievable(const net* net, const in_device* in_dev, u32 old_gw, u32 new_gw) {
  if (new_gw == old_gw || ipv4_is_multicast(new_gw) || ipv4_is_lbcast(new_gw) || ipv4_is_zeronet(new_gw)) return false;
  const int accept = IN_DEV_FORWARD(in_dev) ? IN_DEV_ANDCONF(in_dev, IPV4_DEVCONF_ACCEPT_REDIRECTS)
                                            : IN_DEV_ORCONF(in_dev, IPV4_DEVCONF_ACCEPT_REDIRECTS);
  if (!accept) return false;
  return inet_addr_type(net, new_gw) == RTN_UNICAST;
}

// Only the gateway that we used may send us to another one, and only to one on the same link (RFC 1122 3.2.2.2).
static void __ip_do_redirect(const rtable* rt, const sk_buff* skb, const flowi4* fl4, bool kill_route) {
  const u32 sender = ip_hdr(skb)->saddr, better = icmp_hdr(skb)->un.gateway;
  const bool fromOurGateway = rt->rt_gw_family == AF_INET && rt->rt_gw4 == sender;
  if (!fromOurGateway || icmp_hdr(skb)->code > 3) return;
  const in_device* in_dev = __in_dev_get_rcu(skb->dev);
  const net* net = dev_net(skb->dev);
  if (!in_dev || !redirectBelievable(net, in_dev, sender, better)) {
    NOTE("route.redirect_ignored", sender, better);
    return;
  }
  const neighbour* n = __ipv4_neigh_lookup_noref(rt->dst.dev, better);
  if (!n) n = __neigh_create(arp_tbl, &better, rt->dst.dev, false);
  if (IS_ERR(n)) return;
  if (!(n->nud_state & NUD_VALID)) { // whether it is there is asked first; a later redirect will count
    neigh_event_send(n, nullptr);
    return;
  }
  OnStack<fib_result> answer;
  if (!fib_lookup(net, fl4, answer, 0)) {
    const u64 lease = static_cast<u64>(net->ipv4.ip_rt_mtu_expires);
    fib_select_path(net, answer, fl4, skb);
    update_or_create_fnhe(answer->nhc, fl4->daddr, better, 0, false, machine().jiffies() + lease);
  }
  if (kill_route) markStale(rt);
}

void ip_do_redirect(const dst_entry* dst, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_do_redirect, dst, sk, skb);
  OnStack<flowi4> flow;
  const iphdr* iph = quoted(skb);
  flowKey(flow, iph, sk ? traitsOf(sk) : FlowTraits{skb->dev->ifindex, skb->mark, u8(iph->tos), u8(iph->protocol)});
  __ip_do_redirect(reinterpret_cast<const rtable*>(dst), skb, flow, true);
}

static void redirectFlow(const net* net, const flowi4* fl4, const sk_buff* skb) {
  const rtable* rt = __ip_route_output_key(net, fl4);
  if (IS_ERR(rt)) return;
  __ip_do_redirect(rt, skb, fl4, false);
  ip_rt_put(rt);
}
void ipv4_redirect(const sk_buff* skb, const net* net, int oif, u8 protocol) {
  KFUNC(ipv4_redirect, skb, net, oif, protocol);
  OnStack<flowi4> flow;
  flowKey(flow, quoted(skb), {oif, 0, u8(quoted(skb)->tos), protocol});
  redirectFlow(net, flow, skb);
}
void ipv4_sk_redirect(const sk_buff* skb, const sock* sk) {
  KFUNC(ipv4_sk_redirect, skb, sk);
  OnStack<flowi4> flow;
  __build_flow_key(sock_net(sk), flow, sk, quoted(skb));
  redirectFlow(sock_net(sk), flow, skb);
}

} // namespace sockwalk::kernel
