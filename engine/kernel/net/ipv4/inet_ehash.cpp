// Where a segment finds its socket. ehash holds everything that has two ends - connections, connection requests,
// TIME_WAIT - by a keyed hash of the four-tuple; lhash2 holds the listeners by local address and port.
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/include/net/secure_seq.h"
#include "engine/kernel/include/net/sock_reuseport.h"

namespace sockwalk::kernel {

static Global<u32> inet_ehash_secret{"inet_ehash_secret"}, inet_ehash_secret_done{"inet_ehash_secret_done"};

// ---- chains with "nulls" ends
static void hlist_nulls_add_head(const hlist_nulls_node* n, const hlist_nulls_head* h) {
  const u64 first = h->first.value; // a node, or the odd number that ends the chain
  setBytes(&n->next, &first, 8);
  setAddress(&n->pprev, &h->first);
  set(h->first, n);
  if (!is_a_nulls(first)) setAddress(&n->next.get()->pprev, &n->next);
}
void __sk_nulls_add_node_rcu(const sock* sk, const hlist_nulls_head* list) {
  hlist_nulls_add_head(&sk->sk_nulls_node, list);
}
bool __sk_nulls_del_node_init_rcu(const sock* sk) {
  if (sk_unhashed(sk)) return false;
  const hlist_nulls_node* n = &sk->sk_nulls_node;
  u64 pprev;
  std::memcpy(&pprev, &n->pprev, 8);
  const u64 next = n->next.value, none = 0;
  setBytes(t_arena->object<u8>(pprev), &next, 8);
  if (!is_a_nulls(next)) setBytes(&n->next.get()->pprev, &pprev, 8);
  setBytes(&n->pprev, &none, 8);
  return true;
}
bool sk_nulls_del_node_init_rcu(const sock* sk) {
  if (!__sk_nulls_del_node_init_rcu(sk)) return false;
  BUG_ON(refcount_dec_and_test(&sk->sk_refcnt));
  return true;
}
// `fresh` takes the place of `old`; nobody who walks the chain sees neither.
static bool sk_nulls_replace_node_init_rcu(const sock* old, const sock* fresh) {
  if (sk_unhashed(old)) return false;
  u64 pprev;
  std::memcpy(&pprev, &old->sk_nulls_node.pprev, 8);
  const u64 next = old->sk_nulls_node.next.value, none = 0;
  setBytes(&fresh->sk_nulls_node.next, &next, 8);
  setBytes(&fresh->sk_nulls_node.pprev, &pprev, 8);
  setAddress(t_arena->object<u8>(pprev), &fresh->sk_nulls_node);
  if (!is_a_nulls(next)) setAddress(&fresh->sk_nulls_node.next.get()->pprev, &fresh->sk_nulls_node.next);
  setBytes(&old->sk_nulls_node.pprev, &none, 8);
  sub(old->sk_refcnt.refs.counter, 1); // the chain's
  return true;
}

// ---- connections
u32 inet_ehashfn(const net* net, u32 laddr, u16 lport, u32 faddr, u16 fport) {
  KFUNC(inet_ehashfn, net, laddr, lport, faddr, fport);
  net_get_random_once(inet_ehash_secret.get(), sizeof(u32), *inet_ehash_secret_done);
  const u32 ports = u32(lport) << 16 | fport;
  return call.result(jhash_3words(laddr, faddr, ports, *inet_ehash_secret + net_hash_mix(net), 3));
}
static u32 sk_ehashfn(const sock* sk) {
  return inet_ehashfn(sock_net(sk), sk->sk_rcv_saddr, sk->sk_num, sk->sk_daddr, sk->sk_dport);
}

static bool inet_sk_bound_dev_eq(const net* net, int bound_dev_if, int dif, int sdif) {
  if (!bound_dev_if) return !sdif || net->ipv4.sysctl_tcp_l3mdev_accept;
  return bound_dev_if == dif || bound_dev_if == sdif;
}
// Both addresses and both ports are compared as one word each: that is why they stand together in sock_common.
bool inet_match(const net* net, const sock* sk, u64 cookie, u32 ports, int dif, int sdif) {
  return sock_net(sk) == net && sk->__sk_common.skc_portpair == ports && sk->__sk_common.skc_addrpair == cookie &&
         inet_sk_bound_dev_eq(net, sk->sk_bound_dev_if, dif, sdif);
}

const sock* __inet_lookup_established(const net* net, const inet_hashinfo* hashinfo, u32 saddr, u16 sport, u32 daddr,
                                      u16 hnum, int dif, int sdif) {
  KFUNC(__inet_lookup_established, net, hashinfo, saddr, sport, daddr, hnum, dif, sdif);
  const u64 cookie = INET_ADDR_COOKIE(saddr, daddr);
  const u32 ports = INET_COMBINED_PORTS(sport, hnum), hash = inet_ehashfn(net, daddr, hnum, saddr, sport);
  for (const sock* sk = firstOnChain(&ehashBucket(hashinfo, hash)->chain); sk; sk = nextOnChain(sk)) {
    if (sk->sk_hash != hash || !inet_match(net, sk, cookie, ports, dif, sdif)) continue;
    refcount_inc(&sk->sk_refcnt);
    NOTE("tcp.lookup_established", sk, static_cast<u32>(sk->sk_state));
    return call.result(sk);
  }
  return call.result<const sock*>(nullptr);
}

static bool inet_ehash_lookup_by_sk(const sock* sk, const hlist_nulls_head* list) {
  const u64 cookie = INET_ADDR_COOKIE(sk->sk_daddr, sk->sk_rcv_saddr);
  const u32 ports = INET_COMBINED_PORTS(sk->sk_dport, sk->sk_num);
  const int dif = sk->sk_bound_dev_if;
  for (const sock* esk = firstOnChain(list); esk; esk = nextOnChain(esk))
    if (esk->sk_hash == sk->sk_hash && inet_match(sock_net(sk), esk, cookie, ports, dif, dif)) return true;
  return false;
}

// `osk`: the request or TIME_WAIT socket whose place `sk` takes. false: it was not there any more, or (if the caller
// asks) somebody has these two ends already.
bool inet_ehash_insert(const sock* sk, const sock* osk, bool* found_dup_sk) {
  KFUNC(inet_ehash_insert, sk, osk);
  BUG_ON(sk_hashed(sk));
  set(sk->sk_hash, sk_ehashfn(sk));
  const hlist_nulls_head* list = &ehashBucket(tcp_or_dccp_get_hashinfo(sk), sk->sk_hash)->chain;
  if (osk) {
    BUG_ON(sk->sk_hash != osk->sk_hash);
    return call.result(sk_nulls_replace_node_init_rcu(osk, sk));
  }
  if (found_dup_sk && (*found_dup_sk = inet_ehash_lookup_by_sk(sk, list))) return call.result(false);
  __sk_nulls_add_node_rcu(sk, list);
  return call.result(true);
}

bool inet_ehash_nolisten(const sock* sk, const sock* osk, bool* found_dup_sk) {
  KFUNC(inet_ehash_nolisten, sk, osk);
  const bool ok = inet_ehash_insert(sk, osk, found_dup_sk);
  if (ok) {
    sock_prot_inuse_add(sock_net(sk), sk->sk_prot, 1);
  } else { // a new socket that nobody can reach: it ends here
    add(*sk->sk_prot->orphan_count.get(), 1u);
    inet_sk_set_state(sk, TCP_CLOSE);
    sock_set_flag(sk, SOCK_DEAD);
    inet_csk_destroy_sock(sk);
  }
  return call.result(ok);
}

// ---- listeners
static const inet_listen_hashbucket* inet_lhash2_bucket(const inet_hashinfo* h, u32 hash) {
  return h->lhash2.get() + (hash & h->lhash2_mask);
}
static const inet_listen_hashbucket* inet_lhash2_bucket_sk(const inet_hashinfo* h, const sock* sk) {
  KFUNC(inet_lhash2_bucket_sk, h, sk);
  return call.result(inet_lhash2_bucket(h, ipv4_portaddr_hash(sock_net(sk), sk->sk_rcv_saddr, sk->sk_num)));
}

// How well a listener fits: -1 not at all; one that is bound to the device beats one that is not.
static int compute_score(const sock* sk, const net* net, u16 hnum, u32 daddr, int dif, int sdif) {
  if (sock_net(sk) != net || sk->sk_num != hnum || sk->sk_rcv_saddr != daddr) return -1;
  if (!inet_sk_bound_dev_eq(net, sk->sk_bound_dev_if, dif, sdif)) return -1;
  return (sk->sk_bound_dev_if ? 2 : 1) + (sk->sk_family == AF_INET) + (sk->sk_incoming_cpu == 0);
}

namespace {
struct Wanted { // what a SYN is for
  const struct net* net;
  const sk_buff* skb;
  int doff;
  u32 saddr;
  u16 sport, hnum;
  int dif, sdif;
};
} // namespace

// Of listeners that share the port, the connection's hash chooses one: always the same for the same peer.
static const sock* inet_lookup_reuseport(const sock* sk, const Wanted& w, u32 daddr) {
  if (!sk->sk_reuseport) return nullptr;
  const u32 phash = inet_ehashfn(w.net, daddr, w.hnum, w.saddr, w.sport);
  return reuseport_select_sock(sk, phash, w.skb, w.doff);
}

static const sock* inet_lhash2_lookup(const Wanted& w, const inet_listen_hashbucket* ilb2, u32 daddr) {
  KFUNC(inet_lhash2_lookup, w.net, ilb2, w.skb, w.doff, w.saddr, w.sport, daddr, w.hnum, w.dif, w.sdif);
  const sock* result = nullptr;
  int hiscore = 0;
  for (const sock* sk = firstOnChain(&ilb2->nulls_head); sk; sk = nextOnChain(sk)) {
    const int score = compute_score(sk, w.net, w.hnum, daddr, w.dif, w.sdif);
    if (score <= hiscore) continue;
    if (const sock* chosen = inet_lookup_reuseport(sk, w, daddr)) return call.result(chosen);
    result = sk, hiscore = score;
  }
  return call.result(result);
}

const sock* __inet_lookup_listener(const net* net, const inet_hashinfo* hashinfo, const sk_buff* skb, int doff,
                                   u32 saddr, u16 sport, u32 daddr, u16 hnum, int dif, int sdif) {
  KFUNC(__inet_lookup_listener, net, hashinfo, skb, doff, saddr, sport, daddr, hnum, dif, sdif);
  const Wanted w{net, skb, doff, saddr, sport, hnum, dif, sdif};
  for (const u32 address : {daddr, INADDR_ANY}) { // a listener on this address, or else one on all of them
    const auto* ilb2 = inet_lhash2_bucket(hashinfo, ipv4_portaddr_hash(net, address, hnum));
    const sock* sk = inet_lhash2_lookup(w, ilb2, address);
    if (!sk) continue;
    NOTE("tcp.lookup_listener", sk, hnum);
    return call.result(sk);
  }
  NOTE("tcp.lookup_none", daddr, hnum);
  return call.result<const sock*>(nullptr);
}

static bool inet_rcv_saddr_any(const sock* sk) {
  KFUNC(inet_rcv_saddr_any, sk);
  return call.result(sk->sk_rcv_saddr == INADDR_ANY);
}
// Joins the group of another listener of the same user on the same port, or begins one.
static int inet_reuseport_add_sock(const sock* sk, const inet_listen_hashbucket* ilb) {
  const u32 uid = sock_i_uid(sk);
  const inet_bind_bucket* tb = inet_csk(sk)->icsk_bind_hash;
  for (const sock* sk2 = firstOnChain(&ilb->nulls_head); sk2; sk2 = nextOnChain(sk2))
    if (sk2 != sk && sk2->sk_family == sk->sk_family && sk2->sk_bound_dev_if == sk->sk_bound_dev_if &&
        inet_csk(sk2)->icsk_bind_hash == tb && sk2->sk_reuseport && uid == sock_i_uid(sk2) &&
        inet_rcv_saddr_equal(sk, sk2, false))
      return reuseport_add_sock(sk, sk2, inet_rcv_saddr_any(sk));
  return reuseport_alloc(sk, inet_rcv_saddr_any(sk));
}

int __inet_hash(const sock* sk, const sock* osk) {
  KFUNC(__inet_hash, sk, osk);
  if (sk->sk_state != TCP_LISTEN) {
    inet_ehash_nolisten(sk, osk, nullptr);
    return call.result(0);
  }
  BUG_ON(sk_hashed(sk));
  const inet_listen_hashbucket* ilb2 = inet_lhash2_bucket_sk(tcp_or_dccp_get_hashinfo(sk), sk);
  if (sk->sk_reuseport)
    if (const int err = inet_reuseport_add_sock(sk, ilb2)) return call.result(err);
  sock_set_flag(sk, SOCK_RCU_FREE); // found without a count, so freed a grace period late
  __sk_nulls_add_node_rcu(sk, &ilb2->nulls_head);
  sock_prot_inuse_add(sock_net(sk), sk->sk_prot, 1);
  return call.result(0);
}
int inet_hash(const sock* sk) {
  KFUNC(inet_hash, sk);
  return call.result(sk->sk_state != TCP_CLOSE ? __inet_hash(sk, nullptr) : 0);
}

void inet_unhash(const sock* sk) {
  KFUNC(inet_unhash, sk);
  if (sk_unhashed(sk)) return;
  if (sk->sk_state == TCP_LISTEN) {
    inet_lhash2_bucket_sk(tcp_or_dccp_get_hashinfo(sk), sk);
    if (sk->sk_reuseport_cb.get()) reuseport_stop_listen_sock(sk);
  }
  __sk_nulls_del_node_init_rcu(sk);
  sock_prot_inuse_add(sock_net(sk), sk->sk_prot, -1);
}

// ---- the end of a reference
// Full sockets, requests and TIME_WAIT sockets stand in one table and share the counter, but not the end.
void sock_gen_put(const sock* sk) {
  KFUNC(sock_gen_put, sk);
  if (!refcount_dec_and_test(&sk->sk_refcnt)) return;
  if (sk->sk_state == TCP_TIME_WAIT) inet_twsk_free(inet_twsk(sk));
  else if (sk->sk_state == TCP_NEW_SYN_RECV) reqsk_free(inet_reqsk(sk));
  else sk_free(sk);
}
void sock_edemux(const sk_buff* skb) {
  KFUNC(sock_edemux, skb);
  sock_gen_put(skb->sk);
}

} // namespace sockwalk::kernel
