// TIME_WAIT sockets: a small stand-in takes the place of a connection that ended, in the table of connections and on
// its port, and a timer ends it.
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/net/inet_hashtables.h"

namespace sockwalk::kernel {

// Frees its port. Its counted place there is given back, so the caller holds another.
void inet_twsk_bind_unhash(const inet_timewait_sock* tw, const inet_hashinfo*) {
  KFUNC(inet_twsk_bind_unhash, tw);
  const inet_bind_bucket* byPort = tw->tw_tb;
  if (!byPort) return;
  const inet_bind2_bucket* byAddress = tw->tw_tb2;
  hlist_del_init(&tw->tw_bind_node);
  set(tw->tw_tb, nullptr);
  inet_bind_bucket_destroy(byPort);
  hlist_del_init(&tw->tw_bind2_node);
  set(tw->tw_tb2, nullptr);
  inet_bind2_bucket_destroy(byAddress);
  sub(tw->tw_refcnt.refs.counter, 1);
}

static void inet_twsk_kill(const inet_timewait_sock* tw) {
  KFUNC(inet_twsk_kill, tw);
  const inet_timewait_death_row* dr = tw->tw_dr;
  sk_nulls_del_node_init_rcu(skCast<sock>(tw));
  inet_twsk_bind_unhash(tw, dr->hashinfo);
  sub(dr->tw_refcount.refs.counter, 1);
  inet_twsk_put(tw);
}

void inet_twsk_free(const inet_timewait_sock* tw) {
  KFUNC(inet_twsk_free, tw);
  const timewait_sock_ops* ops = tw->tw_prot->twsk_prot;
  if (ops->twsk_destructor) ops->twsk_destructor(skCast<sock>(tw));
  kmem_cache_free(tw);
}
void inet_twsk_put(const inet_timewait_sock* tw) {
  KFUNC(inet_twsk_put, tw);
  if (refcount_dec_and_test(&tw->tw_refcnt)) inet_twsk_free(tw);
}

// The stand-in goes in; the socket goes out of the table of connections. It is left with three references: its port's,
// the table's, the timer's. The caller's own is gone.
void inet_twsk_hashdance(const inet_timewait_sock* tw, const sock* sk, const inet_hashinfo* hashinfo) {
  KFUNC(inet_twsk_hashdance, tw, sk, hashinfo);
  constexpr int References = 3;
  const inet_connection_sock* icsk = inet_csk(sk);
  set(tw->tw_tb, icsk->icsk_bind_hash);
  BUG_ON(!icsk->icsk_bind_hash.get());
  hlist_add_head(&tw->tw_bind_node, &icsk->icsk_bind_hash->owners);
  set(tw->tw_tb2, icsk->icsk_bind2_hash);
  hlist_add_head(&tw->tw_bind2_node, &icsk->icsk_bind2_hash->deathrow);
  const hlist_nulls_head* chain = &ehashBucket(hashinfo, sk->sk_hash)->chain;
  __sk_nulls_add_node_rcu(skCast<sock>(tw), chain); // first in, then out: who looks finds one of the two
  if (__sk_nulls_del_node_init_rcu(sk)) sock_prot_inuse_add(sock_net(sk), sk->sk_prot, -1);
  refcount_set(&tw->tw_refcnt, References);
  NOTE("tcp.time_wait", sk, tw);
}

static void tw_timer_handler(const timer_list* t) {
  KFUNC(tw_timer_handler, t);
  inet_twsk_kill(container_of(t, inet_timewait_sock, tw_timer));
}

static void giveIdentity(const inet_timewait_sock* tw, const sock* sk) {
  const inet_sock* inet = inet_sk(sk);
  const sock_common* c = &tw->__tw_common;
  set(tw->tw_daddr, inet->inet_daddr);
  set(tw->tw_rcv_saddr, inet->inet_rcv_saddr);
  set(tw->tw_bound_dev_if, sk->sk_bound_dev_if);
  set(tw, inet_timewait_sock::bit::tw_tos, inet->tos);
  set(tw->tw_num, inet->inet_num);
  set(tw->tw_sport, inet->inet_sport);
  set(tw->tw_dport, inet->inet_dport);
  set(tw->tw_family, sk->sk_family);
  set(c, sock_common::bit::skc_reuse, sk->sk_reuse);
  set(c, sock_common::bit::skc_reuseport, sk->sk_reuseport);
  set(tw->tw_hash, sk->sk_hash);
  set(tw, inet_timewait_sock::bit::tw_transparent, inet->transparent);
  set(tw->tw_prot, sk->sk_prot_creator);
  set(tw->tw_cookie.counter, sk->__sk_common.skc_cookie.counter);
  set(tw->tw_net.net, sock_net(sk));
}

// nullptr: no memory, or too many of them (tcp_max_tw_buckets).
const inet_timewait_sock* inet_twsk_alloc(const sock* sk, const inet_timewait_death_row* dr, int state) {
  KFUNC(inet_twsk_alloc, sk, dr, state);
  const int alive = refcount_read(&dr->tw_refcount) - 1; // one is the row's own
  const kmem_cache* cache = sk->sk_prot_creator->twsk_prot->twsk_slab;
  const inet_timewait_sock* tw = nullptr;
  if (alive < dr->sysctl_max_tw_buckets)
    tw = static_cast<const inet_timewait_sock*>(
        allocateFrom(cache, TypeName<tcp_timewait_sock>::index, GFP_ATOMIC | __GFP_ZERO, __LINE__));
  if (!tw) return call.result(tw);
  set(tw->tw_dr, dr);
  set(tw->tw_state, TCP_TIME_WAIT);
  set(tw->tw_substate, state);
  giveIdentity(tw, sk);
  timer_setup(&tw->tw_timer, fn<tw_timer_handler>);
  refcount_set(&tw->tw_refcnt, 0); // nobody may find it yet
  __module_get(tw->tw_prot->owner.get());
  return call.result(tw);
}

// It ends before its time. Takes the caller's reference.
void inet_twsk_deschedule_put(const inet_timewait_sock* tw) {
  KFUNC(inet_twsk_deschedule_put, tw);
  if (del_timer(&tw->tw_timer)) inet_twsk_kill(tw);
  inet_twsk_put(tw);
}

// `timeo` in jiffies from now. Again, if `rearm`: something of the old connection came by.
void __inet_twsk_schedule(const inet_timewait_sock* tw, int timeo, bool rearm) {
  KFUNC(__inet_twsk_schedule, tw, timeo, rearm);
  const u64 expires = machine().jiffies() + static_cast<u64>(timeo);
  if (rearm) {
    if (timer_pending(&tw->tw_timer)) mod_timer(&tw->tw_timer, expires);
    return;
  }
  BUG_ON(mod_timer(&tw->tw_timer, expires));
  add(tw->tw_dr->tw_refcount.refs.counter, 1);
}

} // namespace sockwalk::kernel
