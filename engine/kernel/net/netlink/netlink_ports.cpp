// Netlink's ports: a number for each socket of a protocol, by which others reach it. Port 0 is the kernel's own. A program
// that does not care gets the number of its process, and if that is taken, one that no process can have.
#include "engine/kernel/include/linux/pid.h"
#include "engine/kernel/include/linux/random.h"
#include "engine/kernel/net/netlink/af_netlink.h"

namespace sockwalk::kernel {

static constexpr u32 PortBuckets = 64;
using Bucket = kptr<rhash_head>;

static const netlink_sock* socketAt(const rhash_head* node) {
  return node ? container_of(node, netlink_sock, node) : nullptr;
}
// The chain on which a port of the namespace stands; nullptr: nobody of the protocol ever had a port.
static const Bucket* chainOf(const netlink_table* table, u32 portid, const net* net) {
  const bucket_table* buckets = table->hash.tbl;
  if (!buckets) return nullptr;
  const u32 mixed = (portid ^ static_cast<u32>(net->net_cookie)) * 0x61c88647u;
  return reinterpret_cast<const Bucket*>(buckets->buckets) + mixed / (0x100000000ull / PortBuckets);
}

static const netlink_sock* holderOf(const netlink_table* table, u32 portid, const net* net) {
  const Bucket* chain = chainOf(table, portid, net);
  const netlink_sock* at = chain ? socketAt(*chain) : nullptr;
  while (at && !(at->portid == portid && sock_net(&at->sk) == net)) at = socketAt(at->node.next);
  return at;
}
const sock* __netlink_lookup(const netlink_table* table, u32 portid, const net* net) {
  KFUNC(__netlink_lookup, table, portid, net);
  SIMPLIFIED("the hash table of ports does not grow");
  const netlink_sock* holder = holderOf(table, portid, net);
  return call.result(holder ? &holder->sk : nullptr);
}

const sock* netlink_lookup(const net* net, int protocol, u32 portid) {
  KFUNC(netlink_lookup, net, protocol, portid);
  INLINED();
  const sock* found = __netlink_lookup(&nl_table[static_cast<u32>(protocol)], portid, net);
  if (found) sock_hold(found);
  return call.result(found);
}

static bool makeBuckets(const netlink_table* table) {
  if (table->hash.tbl) return true;
  const auto* made = kzalloc<bucket_table>(GFP_KERNEL, PortBuckets * sizeof(Bucket));
  if (!made) return false;
  set(made->size, PortBuckets);
  set(table->hash.tbl, made);
  return true;
}

static int __netlink_insert(const netlink_table* table, const sock* sk) {
  KFUNC(__netlink_insert, table, sk);
  INLINED();
  const netlink_sock* own = nlk_sk(sk);
  if (!makeBuckets(table)) return call.result(-ENOMEM);
  const Bucket* chain = chainOf(table, own->portid, sock_net(sk));
  if (holderOf(table, own->portid, sock_net(sk))) return call.result(-EEXIST);
  set(own->node.next, chain->get());
  set(*chain, &own->node);
  atomic_inc(&table->hash.nelems);
  return call.result(0);
}

// The socket gets its port, for good: nobody changes it before the socket is closed.
int netlink_insert(const sock* sk, u32 portid) {
  KFUNC(netlink_insert, sk, portid);
  const netlink_sock* nlk = nlk_sk(sk);
  lock_sock(sk);
  int failed = nlk->portid == portid ? 0 : -EBUSY;
  if (!nlk->bound) {
    set(nlk->portid, portid);
    sock_hold(sk); // by the table
    failed = __netlink_insert(tableOf(sk), sk);
    if (failed == -EEXIST) failed = -EADDRINUSE;
    if (failed) sock_put(sk);
    else set(nlk->bound, portid != 0);
  }
  release_sock(sk);
  return call.result(failed);
}

// The process's own number is easiest to recognise. Processes have several sockets, though: from the second on, numbers
// are taken that are negative to a process's eyes.
int netlink_autobind(const socket* sock) {
  KFUNC(netlink_autobind, sock);
  const struct sock* sk = sock->sk;
  constexpr u32 FirstNegative = 0x80000000u, LastNegative = static_cast<u32>(-4097);
  u32 port = static_cast<u32>(__task_pid_nr_ns(get_current())), next = 0;
  int failed = -EADDRINUSE;
  while (failed == -EADDRINUSE) {
    while (holderOf(tableOf(sk), port, sock_net(sk))) {
      if (!next) next = FirstNegative + __get_random_u32_below(LastNegative - FirstNegative + 1);
      port = next--;
      if (next < FirstNegative) next = LastNegative;
    }
    failed = netlink_insert(sk, port);
  }
  NOTE("netlink.port", sk, nlk_sk(sk)->portid);
  return call.result(failed == -EBUSY ? 0 : failed); // -EBUSY: another thread was quicker, and its port serves
}

static void leavePort(const sock* sk) {
  const netlink_sock* leaving = nlk_sk(sk);
  const Bucket* slot = chainOf(tableOf(sk), leaving->portid, sock_net(sk));
  for (; slot && *slot; slot = &(*slot)->next) {
    if (slot->get() != &leaving->node) continue;
    set(*slot, leaving->node.next.get());
    add(tableOf(sk)->hash.nelems.counter, -1);
    BUG_ON(refcount_dec_and_test(&sk->sk_refcnt)); // whoever closes it holds another reference
    return;
  }
}

void netlink_remove(const sock* sk) {
  KFUNC(netlink_remove, sk);
  INLINED();
  leavePort(sk);
  if (!nlk_sk(sk)->subscriptions) return;
  hlist_del_init(&sk->sk_bind_node);
  netlink_update_listeners(sk);
}

} // namespace sockwalk::kernel
