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
void __sk_nulls_add_node_rcu(const sock* sk, const hlist_nulls_head* list) {
  hlist_nulls_add_head(&sk->sk_nulls_node, list);
}
bool __sk_nulls_del_node_init_rcu(const sock* sk) {
  if (sk_unhashed(sk)) return false;
  hlist_nulls_del(&sk->sk_nulls_node);
  setLink(&sk->sk_nulls_node.pprev, 0); // on no chain
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
  const hlist_nulls_node *leaving = &old->sk_nulls_node, *entering = &fresh->sk_nulls_node;
  const u64 follower = leaving->next.value, place = linkedFrom(leaving);
  setLink(&entering->next, follower);
  setLink(&entering->pprev, place);
  setAddress(t_arena->object<u8>(place), entering);
  if (!is_a_nulls(follower)) setAddress(&entering->next->pprev, &entering->next);
  setLink(&leaving->pprev, 0);
  sub(old->sk_refcnt.refs.counter, 1); // the chain's
  return true;
}

// ---- connections
u32 inet_ehashfn(const net* net, u32 laddr, u16 lport, u32 faddr, u16 fport) {
  KFUNC(inet_ehashfn, net, laddr, lport, faddr, fport);
  // The secret keeps an attacker from choosing ends that all fall on one chain.
  net_get_random_once(inet_ehash_secret.get(), sizeof(u32), *inet_ehash_secret_done);
  const u32 seed = *inet_ehash_secret + net_hash_mix(net), bothPorts = u32(lport) << 16 | fport;
  return call.result(jhash_3words(laddr, faddr, bothPorts, seed, 3));
}
static u32 sk_ehashfn(const sock* sk) {
  const sock_common& ends = sk->__sk_common;
  return inet_ehashfn(sock_net(sk), ends.skc_rcv_saddr, ends.skc_num, ends.skc_daddr, ends.skc_dport);
}

// Did the packet come by the device that the socket is bound to, or by one that belongs to it (sdif, a VRF's)?
static bool inet_sk_bound_dev_eq(const net* net, int bound_dev_if, int dif, int sdif) {
  const bool bound = bound_dev_if != 0;
  return bound ? bound_dev_if == dif || bound_dev_if == sdif : !sdif || net->ipv4.sysctl_tcp_l3mdev_accept;
}
// Both addresses and both ports are compared as one word each: that is why they stand together in sock_common.
bool inet_match(const net* net, const sock* sk, u64 cookie, u32 ports, int dif, int sdif) {
  return sock_net(sk) == net && sk->__sk_common.skc_portpair == ports && sk->__sk_common.skc_addrpair == cookie &&
         inet_sk_bound_dev_eq(net, sk->sk_bound_dev_if, dif, sdif);
}

namespace {
// A pair of ends, in the words under which the table has them.
struct Ends {
  const struct net* net;
  u64 addresses;
  u32 bothPorts, place;
  int dif, sdif;
};

// Whatever on the chain has these ends: a connection, a request for one, a TIME_WAIT socket. The hash of the whole is
// compared first: it differs for nearly everything else that is on the chain.
const sock* findOnChain(const hlist_nulls_head* chain, const Ends& ends) {
  const sock* sk = firstOnChain(chain);
  while (sk &&
         !(sk->sk_hash == ends.place && inet_match(ends.net, sk, ends.addresses, ends.bothPorts, ends.dif, ends.sdif)))
    sk = nextOnChain(sk);
  return sk;
}
} // namespace

const sock* __inet_lookup_established(const net* net, const inet_hashinfo* hashinfo, u32 saddr, u16 sport, u32 daddr,
                                      u16 hnum, int dif, int sdif) {
  KFUNC(__inet_lookup_established, net, hashinfo, saddr, sport, daddr, hnum, dif, sdif);
  const u32 place = inet_ehashfn(net, daddr, hnum, saddr, sport);
  const Ends ends{net, INET_ADDR_COOKIE(saddr, daddr), INET_COMBINED_PORTS(sport, hnum), place, dif, sdif};
  const sock* found = findOnChain(&ehashBucket(hashinfo, place)->chain, ends);
  if (found) {
    refcount_inc(&found->sk_refcnt);
    NOTE("tcp.lookup_established", found, static_cast<u32>(found->sk_state));
  }
  return call.result(found);
}

static bool inet_ehash_lookup_by_sk(const sock* sk, const hlist_nulls_head* list) {
  const int device = sk->sk_bound_dev_if;
  const Ends own{sock_net(sk),
                 INET_ADDR_COOKIE(sk->sk_daddr, sk->sk_rcv_saddr),
                 INET_COMBINED_PORTS(sk->sk_dport, sk->sk_num),
                 sk->sk_hash,
                 device,
                 device};
  return findOnChain(list, own) != nullptr;
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

// A new socket that nobody can reach: it ends before anybody knew it.
static void abandon(const sock* sk) {
  add(*sk->sk_prot->orphan_count.get(), 1u);
  inet_sk_set_state(sk, TCP_CLOSE);
  sock_set_flag(sk, SOCK_DEAD);
  inet_csk_destroy_sock(sk);
}

bool inet_ehash_nolisten(const sock* sk, const sock* osk, bool* found_dup_sk) {
  KFUNC(inet_ehash_nolisten, sk, osk);
  const bool placed = inet_ehash_insert(sk, osk, found_dup_sk);
  placed ? sock_prot_inuse_add(sock_net(sk), sk->sk_prot, 1) : abandon(sk);
  return call.result(placed);
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
  const bool listensThere = sk->sk_rcv_saddr == daddr && sk->sk_num == hnum && sock_net(sk) == net;
  if (!listensThere || !inet_sk_bound_dev_eq(net, sk->sk_bound_dev_if, dif, sdif)) return -1;
  const bool onDevice = sk->sk_bound_dev_if, ipv4Only = sk->sk_family == AF_INET, here = sk->sk_incoming_cpu == 0;
  return 1 + onDevice + ipv4Only + here;
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
  const u32 flow = inet_ehashfn(w.net, daddr, w.hnum, w.saddr, w.sport);
  return reuseport_select_sock(sk, flow, w.skb, w.doff);
}

static const sock* inet_lhash2_lookup(const Wanted& w, const inet_listen_hashbucket* ilb2, u32 daddr) {
  KFUNC(inet_lhash2_lookup, w.net, ilb2, w.skb, w.doff, w.saddr, w.sport, daddr, w.hnum, w.dif, w.sdif);
  const sock* best = nullptr;
  int bestFit = 0;
  for (const sock* sk = firstOnChain(&ilb2->nulls_head); sk; sk = nextOnChain(sk)) {
    const int fit = compute_score(sk, w.net, w.hnum, daddr, w.dif, w.sdif);
    if (fit <= bestFit) continue;
    if (const sock* chosen = inet_lookup_reuseport(sk, w, daddr)) return call.result(chosen);
    best = sk;
    bestFit = fit;
  }
  return call.result(best);
}

const sock* __inet_lookup_listener(const net* net, const inet_hashinfo* hashinfo, const sk_buff* skb, int doff,
                                   u32 saddr, u16 sport, u32 daddr, u16 hnum, int dif, int sdif) {
  KFUNC(__inet_lookup_listener, net, hashinfo, skb, doff, saddr, sport, daddr, hnum, dif, sdif);
  const Wanted w{net, skb, doff, saddr, sport, hnum, dif, sdif};
  for (const u32 address : {daddr, INADDR_ANY}) { // a listener on this address, or else one on all of them
    const auto* listeners = inet_lhash2_bucket(hashinfo, ipv4_portaddr_hash(net, address, hnum));
    const sock* sk = inet_lhash2_lookup(w, listeners, address);
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
// Another listener in the same place, of the same user, and both with SO_REUSEPORT: the two can form a group.
static bool canFormGroup(const sock* sk, const sock* other, u32 user) {
  const bool samePort = inet_csk(other)->icsk_bind_hash == inet_csk(sk)->icsk_bind_hash.get();
  const bool sameDevice = other->sk_bound_dev_if == sk->sk_bound_dev_if;
  if (other == sk || !samePort || !sameDevice || other->sk_family != sk->sk_family || !other->sk_reuseport)
    return false;
  return sock_i_uid(other) == user && inet_rcv_saddr_equal(sk, other, false);
}
// Joins the group of another listener, or begins one.
static int inet_reuseport_add_sock(const sock* sk, const inet_listen_hashbucket* ilb) {
  const u32 user = sock_i_uid(sk);
  const sock* member = firstOnChain(&ilb->nulls_head);
  while (member && !canFormGroup(sk, member, user)) member = nextOnChain(member);
  const bool anyAddress = inet_rcv_saddr_any(sk);
  return member ? reuseport_add_sock(sk, member, anyAddress) : reuseport_alloc(sk, anyAddress);
}

static int hashListener(const sock* sk) {
  BUG_ON(sk_hashed(sk));
  const inet_listen_hashbucket* bucket = inet_lhash2_bucket_sk(tcp_or_dccp_get_hashinfo(sk), sk);
  if (sk->sk_reuseport)
    if (const int err = inet_reuseport_add_sock(sk, bucket)) return err;
  sock_set_flag(sk, SOCK_RCU_FREE); // found without a count, so freed a grace period late
  __sk_nulls_add_node_rcu(sk, &bucket->nulls_head);
  sock_prot_inuse_add(sock_net(sk), sk->sk_prot, 1);
  return 0;
}

int __inet_hash(const sock* sk, const sock* osk) {
  KFUNC(__inet_hash, sk, osk);
  if (sk->sk_state == TCP_LISTEN) return call.result(hashListener(sk));
  inet_ehash_nolisten(sk, osk, nullptr);
  return call.result(0);
}
int inet_hash(const sock* sk) {
  KFUNC(inet_hash, sk);
  return call.result(sk->sk_state != TCP_CLOSE ? __inet_hash(sk, nullptr) : 0);
}

void inet_unhash(const sock* sk) {
  KFUNC(inet_unhash, sk);
  if (sk_unhashed(sk)) return;
  const bool listening = sk->sk_state == TCP_LISTEN;
  if (listening) inet_lhash2_bucket_sk(tcp_or_dccp_get_hashinfo(sk), sk); // whose lock is taken meanwhile
  if (listening && sk->sk_reuseport_cb.get()) reuseport_stop_listen_sock(sk);
  __sk_nulls_del_node_init_rcu(sk);
  sock_prot_inuse_add(sock_net(sk), sk->sk_prot, -1);
}

// ---- the end of a reference
// Full sockets, requests and TIME_WAIT sockets stand in one table and share the counter, but not the end.
static void freeByKind(const sock* sk) {
  switch (sk->sk_state) {
  case TCP_NEW_SYN_RECV: return reqsk_free(inet_reqsk(sk));
  case TCP_TIME_WAIT: return inet_twsk_free(inet_twsk(sk));
  default: return sk_free(sk);
  }
}
void sock_gen_put(const sock* sk) {
  KFUNC(sock_gen_put, sk);
  const bool lastReference = refcount_dec_and_test(&sk->sk_refcnt);
  if (lastReference) freeByKind(sk);
}
void sock_edemux(const sk_buff* skb) {
  KFUNC(sock_edemux, skb);
  sock_gen_put(skb->sk);
}

} // namespace sockwalk::kernel
