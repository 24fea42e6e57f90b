// bind() of a TCP socket: may it have this port, given who has it already and what both agreed to share?
#include "engine/kernel/include/linux/random.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

static bool inet_use_hash2_on_bind(const sock* sk) { return sk->sk_rcv_saddr != INADDR_ANY; }

// Two sockets on one port: fine if both set SO_REUSEADDR and the other does not listen, or both SO_REUSEPORT of one
// user. `relax` false: the kernel chooses, and rather takes a port that is not shared by SO_REUSEADDR at all.
static bool inet_bind_conflict(const sock* sk, const sock* sk2, u32 sk_uid, bool relax, bool reuseport_ok) {
  KFUNC(inet_bind_conflict, sk, sk2, sk_uid, relax, reuseport_ok);
  const int own = sk->sk_bound_dev_if, others = sk2->sk_bound_dev_if;
  const bool apart = own && others && own != others; // each on a device of its own
  if (apart || sk == sk2) return call.result(false);
  const auto oneGroup = [&] {
    const bool both = sk2->sk_reuseport && sk->sk_reuseport, ownerless = sk2->sk_state == TCP_TIME_WAIT;
    return both && (ownerless || sk_uid == sock_i_uid(sk2));
  };
  const bool listens = sk2->sk_state == TCP_LISTEN, addressShared = sk2->sk_reuse && sk->sk_reuse && !listens;
  if (addressShared) return call.result(!relax || (!reuseport_ok && oneGroup()));
  return call.result(!reuseport_ok || !oneGroup());
}

static bool inet_bhash2_conflict(const sock* sk, const inet_bind2_bucket* tb2, u32 uid, bool relax, bool reuseport_ok) {
  KFUNC(inet_bhash2_conflict, sk, tb2, uid, relax, reuseport_ok);
  for (auto* owner = sockOfBind2Node(tb2->owners.first); owner; owner = sockOfBind2Node(owner->sk_bind2_node.next))
    if (inet_bind_conflict(sk, owner, uid, relax, reuseport_ok)) return call.result(true);
  for (auto* tw = twOfBind2Node(tb2->deathrow.first); tw; tw = twOfBind2Node(tw->tw_bind2_node.next))
    if (inet_bind_conflict(sk, skCast<sock>(tw), uid, relax, reuseport_ok)) return call.result(true);
  return call.result(false);
}

// With an address of its own the socket has rivals in one bucket of bhash2; without, in all that are on the port.
static bool inet_csk_bind_conflict(const sock* sk, const inet_bind_bucket* tb, const inet_bind2_bucket* tb2, bool relax,
                                   bool reuseport_ok) {
  KFUNC(inet_csk_bind_conflict, sk, tb, tb2, relax, reuseport_ok);
  const u32 user = sock_i_uid(sk);
  bool conflict = false;
  if (inet_use_hash2_on_bind(sk)) {
    conflict = tb2 && inet_bhash2_conflict(sk, tb2, user, relax, reuseport_ok);
  } else {
    const auto rivals = [&](const sock* other) {
      return inet_bind_conflict(sk, other, user, relax, reuseport_ok) && inet_rcv_saddr_equal(sk, other, true);
    };
    for (auto* at = tb->owners.first.get(); at && !conflict; at = at->next) conflict = rivals(sockOfBindNode(at));
  }
  return call.result(conflict);
}

// A socket bound to every address stands in another bucket of bhash2 than one bound to a single address.
static bool inet_bhash2_addr_any_conflict(const sock* sk, u16 port, bool relax, bool reuseport_ok) {
  KFUNC(inet_bhash2_addr_any_conflict, sk, port, relax, reuseport_ok);
  const u32 user = sock_i_uid(sk);
  const net* net = sock_net(sk);
  const hlist_head* chain = inet_bhash2_addr_any_hashbucket(sk, net, port);
  for (auto* any = bucketOf<inet_bind2_bucket>(chain->first); any; any = bucketOf<inet_bind2_bucket>(any->node.next))
    if (any->ib_net.net == net && any->port == port && any->rcv_saddr == INADDR_ANY &&
        inet_bhash2_conflict(sk, any, user, relax, reuseport_ok))
      return call.result(true);
  return call.result(false);
}

// All on the port share it by SO_REUSEPORT, of one user: does this socket fit among them without asking each?
static bool sk_reuseport_match(const inet_bind_bucket* tb, const sock* sk) {
  const u32 user = sock_i_uid(sk);
  const bool oneUser = sk->sk_reuseport && tb->fastreuseport > 0 && tb->fastuid.val == user;
  const u32 theirs = tb->fast_rcv_saddr, own = sk->sk_rcv_saddr;
  return oneUser && (tb->fastreuseport == 1 || !theirs || !own || theirs == own);
}

// What the bucket remembers so that the next bind() need not look at every socket on the port.
void inet_csk_update_fastreuse(const inet_bind_bucket* tb, const sock* sk) {
  KFUNC(inet_csk_update_fastreuse, tb, sk);
  const u32 user = sock_i_uid(sk);
  const bool shares = sk->sk_reuse && sk->sk_state != TCP_LISTEN, first = hlist_empty(&tb->owners);
  if (first) set(tb->fastreuse, shares);
  else if (!shares) set(tb->fastreuse, 0);
  if (!sk->sk_reuseport) {
    set(tb->fastreuseport, 0);
  } else if (first || !sk_reuseport_match(tb, sk)) {
    set(tb->fastreuseport, first ? 1 : 2); // any; strict: look at the address too
    set(tb->fastuid.val, user);
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

namespace {
struct Port {
  u16 number = 0; // 0: none is free
  const inet_bind_bucket* tb = nullptr;
  const inet_bind2_bucket* tb2 = nullptr;
};
} // namespace

static bool portIsFree(const sock* sk, u16 number, bool relax, Port& port) {
  if (inet_use_hash2_on_bind(sk) && inet_bhash2_addr_any_conflict(sk, number, relax, false)) return false;
  const inet_hashinfo* h = sk->sk_prot->h.hashinfo;
  const hlist_head* chain2 = inet_bhash2(h, sock_net(sk), sk->sk_rcv_saddr, number);
  port = {number, nullptr, inet_bind2_bucket_find(chain2, sock_net(sk), number, sk)};
  port.tb = findBucket(h, sock_net(sk), number);
  return !port.tb || !inet_csk_bind_conflict(sk, port.tb, port.tb2, relax, false);
}

// From a place by chance on: the odd ports first, since connect() prefers the even.
static bool scanPorts(const sock* sk, int low, int high, bool relax, Port& port) {
  u32 remaining = static_cast<u32>(high - low);
  if (remaining > 1) remaining &= ~1u;
  u32 offset = __get_random_u32_below(remaining) | 1;
  for (int parity = 0; parity < 2; ++parity, --offset)
    for (u32 i = 0; i < remaining; i += 2)
      if (portIsFree(sk, static_cast<u16>(static_cast<u32>(low) + (offset + i) % remaining), relax, port)) return true;
  return false;
}

// With SO_REUSEADDR the lower half of the range is searched first: those ports are then shared rather than all used up.
static bool scanRange(const sock* sk, bool relaxed, Port& port) {
  bool lowerHalf = sk->sk_reuse == SK_CAN_REUSE, upperHalf = false;
  for (;;) {
    int low, high;
    inet_sk_get_local_port_range(sk, &low, &high);
    ++high;
    if (high - low < 4) lowerHalf = false; // too few to be halved
    const int middle = low + ((high - low) >> 2 << 1);
    if (scanPorts(sk, upperHalf ? middle : low, lowerHalf ? middle : high, relaxed, port)) return true;
    if (!lowerHalf) return false;
    lowerHalf = false;
    upperHalf = true;
  }
}

// ip_autobind_reuse: if every port is taken, one may be shared after all.
static Port inet_csk_find_open_port(const sock* sk) {
  Port port;
  const bool found =
      scanRange(sk, false, port) || (sock_net(sk)->ipv4.sysctl_ip_autobind_reuse && scanRange(sk, true, port));
  return found ? port : Port{};
}

// The socket goes on both buckets, which may be new. `asked`: bind() named the port; `check`: others are on it.
static int takePort(const sock* sk, const Port& port, bool asked, bool check) {
  const inet_hashinfo* h = sk->sk_prot->h.hashinfo;
  const net* net = sock_net(sk);
  if (asked && check && inet_use_hash2_on_bind(sk) && inet_bhash2_addr_any_conflict(sk, port.number, true, true))
    return -EADDRINUSE;
  const hlist_head* chain2 = inet_bhash2(h, net, sk->sk_rcv_saddr, port.number);
  const inet_bind2_bucket* tb2 = asked ? inet_bind2_bucket_find(chain2, net, port.number, sk) : port.tb2;
  const bool made = !tb2;
  if (made) tb2 = inet_bind2_bucket_create(h->bind2_bucket_cachep, net, chain2, port.number, sk);
  if (!tb2) return -EADDRINUSE;
  if (asked && check && inet_csk_bind_conflict(sk, port.tb, tb2, true, true)) {
    if (made) inet_bind2_bucket_destroy(tb2);
    return -EADDRINUSE;
  }
  inet_csk_update_fastreuse(port.tb, sk);
  if (!inet_csk(sk)->icsk_bind_hash.get()) inet_bind_hash(sk, port.tb, tb2, port.number);
  return 0;
}

// Everybody on the port agreed to share it, and so does this socket: no need to ask each of them.
static bool sharedByAll(const inet_bind_bucket* tb, const sock* sk) {
  if (hlist_empty(&tb->owners)) return false;
  if (sk->sk_reuse == SK_FORCE_REUSE) return true; // under TCP_REPAIR: the connection was there before the listener
  const bool byAddress = tb->fastreuse > 0 && sk->sk_reuse && sk->sk_state != TCP_LISTEN;
  return byAddress || sk_reuseport_match(tb, sk);
}

int inet_csk_get_port(const sock* sk, u16 snum) {
  KFUNC(inet_csk_get_port, sk, snum);
  const inet_hashinfo* h = sk->sk_prot->h.hashinfo;
  const net* net = sock_net(sk);
  Port port = snum ? Port{snum, findBucket(h, net, snum), nullptr} : inet_csk_find_open_port(sk);
  if (!port.number) return call.result(-EADDRINUSE);
  const bool made = !port.tb;
  if (made) port.tb = inet_bind_bucket_create(h->bind_bucket_cachep, net, inet_bhash(h, net, port.number), port.number);
  if (!port.tb) return call.result(-EADDRINUSE);
  const bool mustAsk = !snum || !sharedByAll(port.tb, sk);
  const int refused = takePort(sk, port, snum != 0, mustAsk);
  if (refused) NOTE("tcp.port_in_use", port.number);
  if (refused && made) inet_bind_bucket_destroy(port.tb);
  return call.result(refused);
}

} // namespace sockwalk::kernel
