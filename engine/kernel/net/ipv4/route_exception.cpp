// What routers tell us of single hosts: that only so many bytes pass on the way there (path MTU, RFC 1191), or that
// another gateway is nearer (redirect). Each next hop keeps such exceptions in a hash table by destination; a route to
// that destination is then one of its own.
#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/net/inet_send.h"
#include "engine/kernel/include/net/ip_forward.h"
#include "engine/kernel/include/net/neighbour.h"
#include "engine/kernel/net/ipv4/route_internal.h"

namespace sockwalk::kernel {

static constexpr u32 FNHE_HASH_SHIFT = 11, FNHE_RECLAIM_DEPTH = 5;

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
  const kptr<fib_nh_exception>* p = &nhc->nhc_exceptions.get()[fnhe_hashfun(daddr)].chain;
  for (; p->get(); p = &(*p)->fnhe_next) {
    const fib_nh_exception* fnhe = *p;
    if (fnhe->fnhe_daddr != daddr) continue;
    set(*p, fnhe->fnhe_next.get());
    set(fnhe->fnhe_daddr, 0);
    fnhe_flush_routes(fnhe);
    kfree(fnhe);
    return;
  }
}

// What a router has told us about one host behind this next hop (a smaller MTU, a better gateway), if it is not too old.
const fib_nh_exception* find_exception(const fib_nh_common* nhc, u32 daddr) {
  KFUNC(find_exception, nhc, daddr);
  const fnhe_hash_bucket* hash = nhc->nhc_exceptions;
  if (!hash) return call.result<const fib_nh_exception*>(nullptr);
  for (const fib_nh_exception* fnhe = hash[fnhe_hashfun(daddr)].chain; fnhe; fnhe = fnhe->fnhe_next) {
    if (fnhe->fnhe_daddr != daddr) continue;
    if (fnhe->fnhe_expires && jiffiesAfter(machine().jiffies(), fnhe->fnhe_expires)) {
      NOTE("route.exception_expired", daddr);
      ip_del_fnhe(nhc, daddr);
      break;
    }
    NOTE("route.exception", daddr, fnhe->fnhe_pmtu);
    return call.result(fnhe);
  }
  return call.result<const fib_nh_exception*>(nullptr);
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

static void update_or_create_fnhe(const fib_nh_common* nhc, u32 daddr, u32 gw, u32 pmtu, bool lock, u64 expires) {
  KFUNC(update_or_create_fnhe, nhc, daddr, gw, pmtu, lock, expires);
  const int genid = fnhe_genid(dev_net(nhc->nhc_dev));
  const u32 hval = fnhe_hashfun(daddr);
  if (!nhc->nhc_exceptions.get()) {
    const u8* table = kmallocBuffer(FNHE_HASH_SIZE * u32(sizeof(fnhe_hash_bucket)), GFP_ATOMIC | __GFP_ZERO);
    if (!table) return;
    set(nhc->nhc_exceptions, reinterpret_cast<const fnhe_hash_bucket*>(table));
  }
  const fnhe_hash_bucket* bucket = nhc->nhc_exceptions.get() + hval;
  u32 depth = 0;
  const fib_nh_exception* fnhe = bucket->chain;
  for (; fnhe && fnhe->fnhe_daddr != daddr; fnhe = fnhe->fnhe_next) ++depth;
  if (fnhe) {
    updateException(fnhe, gw, pmtu, lock, expires);
  } else {
    for (; depth > FNHE_RECLAIM_DEPTH; --depth) fnhe_remove_oldest(bucket);
    fnhe = createException(bucket, daddr, gw, pmtu, lock, expires);
    if (!fnhe) return;
    markStale(nhc->nhc_rth_input);
    markStale(rt_cache_slot(nhc, false)->get());
    NOTE("route.exception_learnt", daddr, pmtu, gw);
  }
  set(fnhe->fnhe_genid, genid);
  set(fnhe->fnhe_stamp, machine().jiffies());
}

// The route becomes that of the exception, and is kept there instead of in the next hop.
bool rt_bind_exception(const rtable* rt, const fib_nh_exception* fnhe, u32 daddr, bool do_cache) {
  if (daddr != fnhe->fnhe_daddr) return false;
  const kptr<rtable>& slot = rt_is_input_route(rt) ? fnhe->fnhe_rth_input : fnhe->fnhe_rth_output;
  const int genid = fnhe_genid(dev_net(rt->dst.dev));
  if (fnhe->fnhe_genid != genid) { // the routes have changed since: what was learnt is not valid any more
    set(fnhe->fnhe_genid, genid);
    set(fnhe->fnhe_gw, 0);
    set(fnhe->fnhe_pmtu, 0);
    set(fnhe->fnhe_expires, 0);
    set(fnhe->fnhe_mtu_locked, false);
    fnhe_flush_routes(fnhe);
  }
  fill_route_from_fnhe(rt, fnhe);
  if (!rt->rt_gw4) {
    set(rt->rt_gw4, daddr);
    set(rt->rt_gw_family, AF_INET);
  }
  if (do_cache) {
    const rtable* orig = slot;
    dst_hold(&rt->dst);
    set(slot, rt);
    if (orig) dst_release(&orig->dst);
  }
  set(fnhe->fnhe_stamp, machine().jiffies());
  return do_cache;
}

void free_nh_exceptions(const fib_nh_common* nhc) {
  const fnhe_hash_bucket* hash = nhc->nhc_exceptions;
  if (!hash) return;
  for (u32 i = 0; i < FNHE_HASH_SIZE; ++i)
    while (const fib_nh_exception* fnhe = hash[i].chain) {
      set(hash[i].chain, fnhe->fnhe_next.get());
      fnhe_flush_routes(fnhe);
      kfree(fnhe);
    }
  kfree(hash);
}

// ---- path MTU
static void __ip_rt_update_pmtu(const rtable* rt, const flowi4* fl4, u32 mtu) {
  KFUNC(__ip_rt_update_pmtu, rt, fl4, mtu);
  const dst_entry* dst = &rt->dst;
  if (ip_mtu_locked(dst)) return;
  const u32 old_mtu = ip_dst_mtu_maybe_forward(dst, false);
  if (old_mtu < mtu) return;
  const net* net = dev_net(dst->dev);
  const u32 least = net->ipv4.ip_rt_min_pmtu;
  const bool lock = mtu < least; // nobody honest says so: believed as far as the least, and then left alone
  if (lock) mtu = std::min(old_mtu, least);
  const u64 now = machine().jiffies(), lasts = static_cast<u64>(net->ipv4.ip_rt_mtu_expires);
  if (rt->rt_pmtu == mtu && !lock && jiffiesAfter(dst->expires - lasts / 2, now)) return;
  OnStack<fib_result> res;
  if (fib_lookup(net, fl4, res, 0)) return;
  fib_select_path(net, res, fl4, nullptr);
  update_or_create_fnhe(res->nhc, fl4->daddr, 0, mtu, lock, now + lasts);
}

// The flow of the packet that the error quotes: what we would look up to send it again.
static void flowKey(const net* net, const flowi4* fl4, const sock* sk, const iphdr* iph, int oif, u8 tos, u8 prot,
                    u32 mark) {
  u8 scope = RT_SCOPE_UNIVERSE;
  if (sk) {
    oif = sk->sk_bound_dev_if;
    mark = sk->sk_mark;
    tos = inet_sk(sk)->tos & IPTOS_RT_MASK;
    if (sock_flag(sk, SOCK_LOCALROUTE)) scope = RT_SCOPE_LINK;
    prot = inet_sk(sk)->hdrincl ? u8(IPPROTO_RAW) : u8(sk->sk_protocol);
  }
  flowi4_init_output(fl4, oif, mark, tos & IPTOS_RT_MASK, scope, prot, 0, iph->daddr, iph->saddr, 0, 0,
                     sk ? u32(sk->sk_uid.val) : 0);
}

static void __build_flow_key(const net* net, const flowi4* fl4, const sock* sk, const iphdr* iph) {
  KFUNC(__build_flow_key, net, fl4, sk, iph);
  flowKey(net, fl4, sk, iph, 0, 0, 0, 0);
}

void ip_rt_update_pmtu(const dst_entry* dst, const sock* sk, const sk_buff* skb, u32 mtu, bool confirm_neigh) {
  KFUNC(ip_rt_update_pmtu, dst, sk, skb, mtu, confirm_neigh);
  const auto* rt = reinterpret_cast<const rtable*>(dst);
  OnStack<flowi4> fl4;
  if (skb) {
    flowKey(dev_net(dst->dev), fl4, sk, ip_hdr(skb), skb->dev ? skb->dev->ifindex : 0, ip_hdr(skb)->tos,
            ip_hdr(skb)->protocol, skb->mark);
  } else {
    const inet_sock* inet = inet_sk(sk);
    flowi4_init_output(fl4, sk->sk_bound_dev_if, sk->sk_mark, inet->tos & IPTOS_RT_MASK, RT_SCOPE_UNIVERSE,
                       inet->hdrincl ? u8(IPPROTO_RAW) : u8(sk->sk_protocol), inet_sk_flowi_flags(sk), inet->inet_daddr,
                       inet->inet_saddr, 0, 0, sk->sk_uid.val);
  }
  __ip_rt_update_pmtu(rt, fl4, mtu);
}

static const iphdr* quoted(const sk_buff* skb) { return reinterpret_cast<const iphdr*>(skb->data.get()); }

void ipv4_update_pmtu(const sk_buff* skb, const net* net, u32 mtu, int oif, u8 protocol) {
  KFUNC(ipv4_update_pmtu, skb, net, mtu, oif, protocol);
  OnStack<flowi4> fl4;
  flowKey(net, fl4, nullptr, quoted(skb), oif, quoted(skb)->tos, protocol, 0);
  const rtable* rt = __ip_route_output_key(net, fl4);
  if (IS_ERR(rt)) return;
  __ip_rt_update_pmtu(rt, fl4, mtu);
  ip_rt_put(rt);
}

static void __ipv4_sk_update_pmtu(const sk_buff* skb, const sock* sk, u32 mtu) {
  KFUNC(__ipv4_sk_update_pmtu, skb, sk, mtu);
  OnStack<flowi4> fl4;
  __build_flow_key(sock_net(sk), fl4, sk, quoted(skb));
  const rtable* rt = __ip_route_output_key(sock_net(sk), fl4);
  if (IS_ERR(rt)) return;
  __ip_rt_update_pmtu(rt, fl4, mtu);
  ip_rt_put(rt);
}

void ipv4_sk_update_pmtu(const sk_buff* skb, const sock* sk, u32 mtu) {
  KFUNC(ipv4_sk_update_pmtu, skb, sk, mtu);
  if (!ip_sk_accept_pmtu(sk)) return dst_release(nullptr);
  const dst_entry* odst = sk->sk_dst_cache;
  if (odst) dst_hold(odst);
  if (sock_owned_by_user(sk) || !odst) {
    __ipv4_sk_update_pmtu(skb, sk, mtu);
    return dst_release(odst);
  }
  OnStack<flowi4> fl4;
  __build_flow_key(sock_net(sk), fl4, sk, quoted(skb));
  const auto* rt = reinterpret_cast<const rtable*>(odst);
  bool fresh = false;
  if (odst->obsolete && !odst->ops->check(odst, 0)) {
    rt = ip_route_output_flow(sock_net(sk), fl4, sk);
    if (IS_ERR(rt)) return dst_release(odst);
    fresh = true;
  }
  __ip_rt_update_pmtu(rt, fl4, mtu);
  if (rt->dst.obsolete && !rt->dst.ops->check(&rt->dst, 0)) { // what was just learnt makes the route stale
    if (fresh) dst_release(&rt->dst);
    rt = ip_route_output_flow(sock_net(sk), fl4, sk);
    if (IS_ERR(rt)) return dst_release(odst);
    fresh = true;
  }
  if (fresh) sk_dst_set(sk, &rt->dst);
  dst_release(odst);
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
  const u32 new_gw = icmp_hdr(skb)->un.gateway, old_gw = ip_hdr(skb)->saddr;
  if (icmp_hdr(skb)->code > 3 || rt->rt_gw_family != AF_INET || rt->rt_gw4 != old_gw) return;
  const in_device* in_dev = __in_dev_get_rcu(skb->dev);
  const net* net = dev_net(skb->dev);
  if (!in_dev || !redirectBelievable(net, in_dev, old_gw, new_gw)) {
    NOTE("route.redirect_ignored", old_gw, new_gw);
    return;
  }
  const neighbour* n = __ipv4_neigh_lookup_noref(rt->dst.dev, new_gw);
  if (!n) n = __neigh_create(arp_tbl, &new_gw, rt->dst.dev, false);
  if (IS_ERR(n)) return;
  if (!(n->nud_state & NUD_VALID)) {
    neigh_event_send(n, nullptr);
    return;
  }
  OnStack<fib_result> res;
  if (!fib_lookup(net, fl4, res, 0)) {
    fib_select_path(net, res, fl4, skb);
    update_or_create_fnhe(res->nhc, fl4->daddr, new_gw, 0, false,
                          machine().jiffies() + static_cast<u64>(net->ipv4.ip_rt_mtu_expires));
  }
  if (kill_route) set(rt->dst.obsolete, DST_OBSOLETE_KILL);
}

void ip_do_redirect(const dst_entry* dst, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_do_redirect, dst, sk, skb);
  OnStack<flowi4> fl4;
  flowKey(dev_net(skb->dev), fl4, sk, quoted(skb), skb->dev->ifindex, quoted(skb)->tos, quoted(skb)->protocol,
          skb->mark);
  __ip_do_redirect(reinterpret_cast<const rtable*>(dst), skb, fl4, true);
}

static void redirectFlow(const net* net, const flowi4* fl4, const sk_buff* skb) {
  const rtable* rt = __ip_route_output_key(net, fl4);
  if (IS_ERR(rt)) return;
  __ip_do_redirect(rt, skb, fl4, false);
  ip_rt_put(rt);
}
void ipv4_redirect(const sk_buff* skb, const net* net, int oif, u8 protocol) {
  KFUNC(ipv4_redirect, skb, net, oif, protocol);
  OnStack<flowi4> fl4;
  flowKey(net, fl4, nullptr, quoted(skb), oif, quoted(skb)->tos, protocol, 0);
  redirectFlow(net, fl4, skb);
}
void ipv4_sk_redirect(const sk_buff* skb, const sock* sk) {
  KFUNC(ipv4_sk_redirect, skb, sk);
  OnStack<flowi4> fl4;
  __build_flow_key(sock_net(sk), fl4, sk, quoted(skb));
  redirectFlow(sock_net(sk), fl4, skb);
}

} // namespace sockwalk::kernel
