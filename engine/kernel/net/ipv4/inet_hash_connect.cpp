// connect() without bind(): a local port such that the four-tuple is new. One port may serve many connections, as long
// as their other ends differ.
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/include/net/secure_seq.h"

namespace sockwalk::kernel {

constexpr u32 PerturbSize = 256;
static Global<u32[PerturbSize]> table_perturb{"table_perturb"};
static Global<u32> table_perturb_done{"table_perturb_done"};

// The socket is new with `lport`, or takes over a TIME_WAIT socket's place. 0 or -EADDRNOTAVAIL. twp: whether the
// caller ends that TIME_WAIT socket.
static int __inet_check_established(const inet_timewait_death_row* death_row, const sock* sk, u16 lport,
                                    const inet_timewait_sock** twp) {
  KFUNC(__inet_check_established, death_row, sk, lport);
  const inet_sock* inet = inet_sk(sk);
  const net* net = sock_net(sk);
  const u32 place = inet_ehashfn(net, inet->inet_rcv_saddr, lport, inet->inet_daddr, inet->inet_dport);
  const hlist_nulls_head* chain = &ehashBucket(death_row->hashinfo, place)->chain;
  const u64 addresses = INET_ADDR_COOKIE(inet->inet_daddr, inet->inet_rcv_saddr);
  const u32 bothPorts = INET_COMBINED_PORTS(inet->inet_dport, lport);
  const auto sameEnds = [&](const sock* other) {
    return other->sk_hash == place && inet_match(net, other, addresses, bothPorts, sk->sk_bound_dev_if, 0);
  };
  const sock* rival = firstOnChain(chain);
  while (rival && !sameEnds(rival)) rival = nextOnChain(rival);
  const bool old = rival && rival->sk_state == TCP_TIME_WAIT; // ended, and perhaps safe to follow (RFC 6191)
  if (rival && !(old && tcp_twsk_unique(sk, rival, twp))) return call.result(-EADDRNOTAVAIL);

  set(inet->inet_num, lport); // before anybody can find it
  set(inet->inet_sport, htons(lport));
  set(sk->sk_hash, place);
  BUG_ON(sk_hashed(sk));
  __sk_nulls_add_node_rcu(sk, chain);
  if (rival) sk_nulls_del_node_init_rcu(rival);
  sock_prot_inuse_add(net, sk->sk_prot, 1);
  const inet_timewait_sock* tw = rival ? inet_twsk(rival) : nullptr;
  if (twp) *twp = tw;
  else if (tw) inet_twsk_deschedule_put(tw);
  return call.result(0);
}

namespace {
struct PortChoice {
  const inet_bind_bucket* tb = nullptr;
  const inet_timewait_sock* tw = nullptr;
  bool created = false;
  u16 port = 0;
  u32 tries = 0;
};
enum class Verdict { Taken, Ok, NoMemory };
} // namespace

// Only a port that connect() itself chose (fastreuse -1) is shared between connections.
static Verdict tryPort(const inet_timewait_death_row* death_row, const sock* sk, u16 port, PortChoice& choice) {
  const inet_hashinfo* h = death_row->hashinfo;
  const net* net = sock_net(sk);
  const hlist_head* head = inet_bhash(h, net, port);
  choice.port = port;
  for (auto* tb = bucketOf<inet_bind_bucket>(head->first); tb; tb = bucketOf<inet_bind_bucket>(tb->node.next)) {
    if (!inet_bind_bucket_match(tb, net, port, 0)) continue;
    if (tb->fastreuse >= 0 || tb->fastreuseport >= 0) return Verdict::Taken;
    choice.tb = tb;
    return __inet_check_established(death_row, sk, port, &choice.tw) ? Verdict::Taken : Verdict::Ok;
  }
  choice.tb = makeBindBucket(h->bind_bucket_cachep, net, head, port);
  if (!choice.tb) return Verdict::NoMemory;
  choice.created = true;
  set(choice.tb->fastreuse, -1);
  set(choice.tb->fastreuseport, -1);
  return Verdict::Ok;
}

// From a secret place on through the range, the ports of low's parity first: bind() prefers the others.
static int choosePort(const inet_timewait_death_row* death_row, const sock* sk, u64 port_offset, PortChoice& choice) {
  int low, high;
  inet_sk_get_local_port_range(sk, &low, &high);
  u32 remaining = static_cast<u32>(high + 1 - low);
  if (remaining > 1) remaining &= ~1u;
  net_get_random_once(table_perturb.get(), PerturbSize * sizeof(u32), *table_perturb_done);
  const u32& perturb = table_perturb[port_offset & (PerturbSize - 1)];
  u32 offset = static_cast<u32>(perturb + (port_offset >> 32)) % remaining & ~1u;
  for (int pass = 0; pass < (remaining > 1 ? 2 : 1); ++pass, ++offset) {
    for (u32 i = 0; i < remaining; i += 2) {
      const u16 port = static_cast<u16>(static_cast<u32>(low) + (offset + i) % remaining);
      const Verdict v = tryPort(death_row, sk, port, choice);
      if (v == Verdict::NoMemory) return -ENOMEM;
      if (v == Verdict::Taken) continue;
      choice.tries = i;
      return 0;
    }
  }
  return -EADDRNOTAVAIL;
}

static int takeChosen(const inet_hashinfo* h, const sock* sk, const PortChoice& choice) {
  const net* net = sock_net(sk);
  const hlist_head* head2 = inet_bhash2(h, net, sk->sk_rcv_saddr, choice.port);
  const inet_bind2_bucket* tb2 = inet_bind2_bucket_find(head2, net, choice.port, sk);
  if (!tb2) tb2 = makeBind2Bucket(h->bind2_bucket_cachep, net, head2, choice.port, sk);
  if (!tb2) return -ENOMEM;
  bindHash(sk, choice.tb, tb2, choice.port);
  if (sk_unhashed(sk)) {
    set(inet_sk(sk)->inet_sport, htons(choice.port));
    inet_ehash_nolisten(sk, skCast<sock>(choice.tw), nullptr);
  }
  if (choice.tw) {
    inet_twsk_bind_unhash(choice.tw, h);
    inet_twsk_deschedule_put(choice.tw);
  }
  return 0;
}

static void undoChosen(const inet_hashinfo* h, const sock* sk, const PortChoice& choice) {
  if (sk_hashed(sk)) {
    sock_prot_inuse_add(sock_net(sk), sk->sk_prot, -1);
    __sk_nulls_del_node_init_rcu(sk);
    set(sk->sk_hash, 0);
    set(inet_sk(sk)->inet_sport, 0);
    set(inet_sk(sk)->inet_num, 0);
    if (choice.tw) inet_twsk_bind_unhash(choice.tw, h);
  }
  if (choice.created && hlist_empty(&choice.tb->owners)) {
    hlist_del_init(&choice.tb->node);
    kmem_cache_free(choice.tb);
  }
  if (choice.tw) inet_twsk_deschedule_put(choice.tw);
}

static int __inet_hash_connect(const inet_timewait_death_row* death_row, const sock* sk, u64 port_offset) {
  KFUNC(__inet_hash_connect, death_row, sk, port_offset);
  SIMPLIFIED("the table that makes the next port unpredictable has 256 entries in place of 65,536");
  if (const u16 bound = inet_sk(sk)->inet_num)
    return call.result(__inet_check_established(death_row, sk, bound, nullptr));
  PortChoice choice;
  if (const int none = choosePort(death_row, sk, port_offset, choice)) {
    if (none == -EADDRNOTAVAIL) NOTE("tcp.no_port_left", sk);
    return call.result(none);
  }
  const u32& perturb = table_perturb[port_offset & (PerturbSize - 1)];
  add(perturb, std::max(choice.tries, static_cast<u32>(machine().random() % 8) * 2) + 2);
  const int refused = takeChosen(death_row->hashinfo, sk, choice);
  if (refused) undoChosen(death_row->hashinfo, sk, choice);
  return call.result(refused);
}

int inet_hash_connect(const inet_timewait_death_row* death_row, const sock* sk) {
  KFUNC(inet_hash_connect, death_row, sk);
  const inet_sock* inet = inet_sk(sk);
  const bool bound = inet->inet_num;
  const u64 start = bound ? 0 : secure_ipv4_port_ephemeral(inet->inet_rcv_saddr, inet->inet_daddr, inet->inet_dport);
  return call.result(__inet_hash_connect(death_row, sk, start));
}

} // namespace sockwalk::kernel
