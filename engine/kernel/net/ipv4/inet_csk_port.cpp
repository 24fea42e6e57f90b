// bind() of a TCP socket: may it have this port, given who has it already and what both agreed to share?
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"

namespace sockwalk::kernel {

static bool inet_use_hash2_on_bind(const sock* sk) { return sk->sk_rcv_saddr != INADDR_ANY; }

// Two sockets on one port: fine if both set SO_REUSEADDR and the other does not listen, or both SO_REUSEPORT of one user.
static bool inet_bind_conflict(const sock* sk, const sock* sk2, u32 sk_uid, bool relax, bool reuseport_ok) {
  KFUNC(inet_bind_conflict, sk, sk2, sk_uid, relax, reuseport_ok);
  if (sk == sk2) return call.result(false);
  const int dev = sk->sk_bound_dev_if, dev2 = sk2->sk_bound_dev_if;
  if (dev && dev2 && dev != dev2) return call.result(false);
  const bool bothReuseport = sk->sk_reuseport && sk2->sk_reuseport;
  const bool timeWait = sk2->sk_state == TCP_TIME_WAIT; // has no owner any more
  if (sk->sk_reuse && sk2->sk_reuse && sk2->sk_state != TCP_LISTEN)
    return call.result(!relax || (!reuseport_ok && bothReuseport && (timeWait || sk_uid == sock_i_uid(sk2))));
  return call.result(!reuseport_ok || !bothReuseport || (!timeWait && sk_uid != sock_i_uid(sk2)));
}

static bool inet_bhash2_conflict(const sock* sk, const inet_bind2_bucket* tb2, u32 uid, bool relax, bool reuseport_ok) {
  KFUNC(inet_bhash2_conflict, sk, tb2, uid, relax, reuseport_ok);
  for (const sock* sk2 = sockOfBind2Node(tb2->owners.first); sk2; sk2 = sockOfBind2Node(sk2->sk_bind2_node.next))
    if (inet_bind_conflict(sk, sk2, uid, relax, reuseport_ok)) return call.result(true);
  for (auto* tw = twOfBind2Node(tb2->deathrow.first); tw; tw = twOfBind2Node(tw->tw_bind2_node.next))
    if (inet_bind_conflict(sk, skCast<sock>(tw), uid, relax, reuseport_ok)) return call.result(true);
  return call.result(false);
}

static bool inet_csk_bind_conflict(const sock* sk, const inet_bind_bucket* tb, const inet_bind2_bucket* tb2, bool relax,
                                   bool reuseport_ok) {
  KFUNC(inet_csk_bind_conflict, sk, tb, tb2, relax, reuseport_ok);
  const u32 uid = sock_i_uid(sk);
  if (inet_use_hash2_on_bind(sk)) return call.result(tb2 && inet_bhash2_conflict(sk, tb2, uid, relax, reuseport_ok));
  for (const sock* sk2 = sockOfBindNode(tb->owners.first); sk2; sk2 = sockOfBindNode(sk2->sk_bind_node.next))
    if (inet_bind_conflict(sk, sk2, uid, relax, reuseport_ok) && inet_rcv_saddr_equal(sk, sk2, true))
      return call.result(true);
  return call.result(false);
}

// A socket bound to every address stands in another bucket of bhash2 than one bound to a single address.
static bool inet_bhash2_addr_any_conflict(const sock* sk, u16 port, bool relax, bool reuseport_ok) {
  KFUNC(inet_bhash2_addr_any_conflict, sk, port, relax, reuseport_ok);
  const u32 uid = sock_i_uid(sk);
  const hlist_head* chain = inet_bhash2_addr_any_hashbucket(sk, sock_net(sk), port);
  for (auto* tb2 = bucketOf<inet_bind2_bucket>(chain->first); tb2; tb2 = bucketOf<inet_bind2_bucket>(tb2->node.next))
    if (tb2->ib_net.net == sock_net(sk) && tb2->port == port && tb2->rcv_saddr == INADDR_ANY &&
        inet_bhash2_conflict(sk, tb2, uid, relax, reuseport_ok))
      return call.result(true);
  return call.result(false);
}

static bool sk_reuseport_match(const inet_bind_bucket* tb, const sock* sk) {
  const u32 uid = sock_i_uid(sk);
  if (tb->fastreuseport <= 0 || !sk->sk_reuseport || tb->fastuid.val != uid) return false;
  return tb->fastreuseport == 1 || !tb->fast_rcv_saddr || !sk->sk_rcv_saddr || tb->fast_rcv_saddr == sk->sk_rcv_saddr;
}

void inet_csk_update_fastreuse(const inet_bind_bucket* tb, const sock* sk) {
  KFUNC(inet_csk_update_fastreuse, tb, sk);
  const u32 uid = sock_i_uid(sk);
  const bool reuse = sk->sk_reuse && sk->sk_state != TCP_LISTEN, first = hlist_empty(&tb->owners);
  if (first) set(tb->fastreuse, reuse);
  else if (!reuse) set(tb->fastreuse, 0);
  if (!sk->sk_reuseport) {
    set(tb->fastreuseport, 0);
  } else if (first || !sk_reuseport_match(tb, sk)) {
    set(tb->fastreuseport, first ? 1 : 2); // any; strict: look at the address too
    set(tb->fastuid.val, uid);
    set(tb->fast_rcv_saddr, sk->sk_rcv_saddr);
    set(tb->fast_sk_family, sk->sk_family);
  }
}

static const inet_bind_bucket* findBucket(const inet_hashinfo* h, const net* net, u16 port) {
  auto* tb = bucketOf<inet_bind_bucket>(inet_bhash(h, net, port)->first);
  while (tb && !inet_bind_bucket_match(tb, net, port, 0)) tb = bucketOf<inet_bind_bucket>(tb->node.next);
  return tb;
}

void inet_sk_get_local_port_range(const sock* sk, int* low, int* high) {
  KFUNC(inet_sk_get_local_port_range, sk);
  inet_get_local_port_range(sock_net(sk), low, high);
}

// A free port of the local range: the odd ones first, since connect() prefers the even. 0: none.
static u16 inet_csk_find_open_port(const sock* sk) {
  int low, high;
  inet_sk_get_local_port_range(sk, &low, &high);
  const u32 remaining = static_cast<u32>(high + 1 - low) & ~1u;
  u32 offset = static_cast<u32>((machine().random() & 0xffffffff) * remaining >> 32) | 1;
  for (int parity = 0; parity < 2; ++parity, --offset) {
    for (u32 i = 0; i < remaining; i += 2) {
      const u16 port = static_cast<u16>(static_cast<u32>(low) + (offset + i) % remaining);
      if (inet_use_hash2_on_bind(sk) && inet_bhash2_addr_any_conflict(sk, port, false, false)) continue;
      const hlist_head* chain2 = inet_bhash2(sk->sk_prot->h.hashinfo, sock_net(sk), sk->sk_rcv_saddr, port);
      const inet_bind2_bucket* tb2 = inet_bind2_bucket_find(chain2, sock_net(sk), port, sk);
      const inet_bind_bucket* tb = findBucket(sk->sk_prot->h.hashinfo, sock_net(sk), port);
      if (!tb || !inet_csk_bind_conflict(sk, tb, tb2, false, false)) return port;
    }
  }
  return 0;
}

// Both buckets exist (tb, tb2 may be new): is there a conflict? If not, the socket goes on them.
static int takePort(const sock* sk, u16 port, const inet_bind_bucket* tb, bool check, bool asked) {
  const inet_hashinfo* h = sk->sk_prot->h.hashinfo;
  if (asked && check && inet_use_hash2_on_bind(sk) && inet_bhash2_addr_any_conflict(sk, port, true, true))
    return -EADDRINUSE;
  const hlist_head* chain2 = inet_bhash2(h, sock_net(sk), sk->sk_rcv_saddr, port);
  const inet_bind2_bucket* tb2 = inet_bind2_bucket_find(chain2, sock_net(sk), port, sk);
  const bool made = !tb2;
  if (!tb2) tb2 = inet_bind2_bucket_create(h->bind2_bucket_cachep, sock_net(sk), chain2, port, sk);
  if (!tb2) return -EADDRINUSE;
  if (asked && check && inet_csk_bind_conflict(sk, tb, tb2, true, true)) {
    if (made) inet_bind2_bucket_destroy(tb2);
    return -EADDRINUSE;
  }
  inet_csk_update_fastreuse(tb, sk);
  if (!inet_csk(sk)->icsk_bind_hash.get()) inet_bind_hash(sk, tb, tb2, port);
  return 0;
}

int inet_csk_get_port(const sock* sk, u16 snum) {
  KFUNC(inet_csk_get_port, sk, snum);
  const inet_hashinfo* h = sk->sk_prot->h.hashinfo;
  const u16 port = snum ? snum : inet_csk_find_open_port(sk);
  if (!port) return call.result(-EADDRINUSE);
  const inet_bind_bucket* tb = findBucket(h, sock_net(sk), port);
  const bool made = !tb;
  if (!tb) tb = inet_bind_bucket_create(h->bind_bucket_cachep, sock_net(sk), inet_bhash(h, sock_net(sk), port), port);
  if (!tb) return call.result(-EADDRINUSE);
  const bool reuse = sk->sk_reuse && sk->sk_state != TCP_LISTEN;
  const bool shared = !hlist_empty(&tb->owners) && ((tb->fastreuse > 0 && reuse) || sk_reuseport_match(tb, sk));
  const int ret = takePort(sk, port, tb, !shared, snum != 0);
  if (ret) NOTE("tcp.port_in_use", port);
  if (ret && made) inet_bind_bucket_destroy(tb);
  return call.result(ret);
}

} // namespace sockwalk::kernel
