// Groups of sockets that share a port with SO_REUSEPORT, so that several processes each have a listener of their own
// and the connections are spread over them.
#include "engine/kernel/include/net/sock_reuseport.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

static Global<u32> reuseport_ida{"reuseport_ida"}; // the number of the next group

static const sock_reuseport* __reuseport_alloc(u32 max_socks) {
  KFUNC(__reuseport_alloc, max_socks);
  const auto* group = kzalloc<sock_reuseport>(GFP_ATOMIC, max_socks * u32(sizeof(kptr<sock>)));
  if (group) set(group->max_socks, max_socks);
  return call.result(group);
}

static void addSock(const sock* sk, const sock_reuseport* group) {
  set(group->socks[group->num_socks], sk);
  add(group->num_socks, 1);
  if (sk->sk_incoming_cpu >= 0) add(group->incoming_cpu, 1);
  set(sk->sk_reuseport_cb, group);
}

int reuseport_alloc(const sock* sk, bool bind_inany) {
  KFUNC(reuseport_alloc, sk, bind_inany);
  if (const sock_reuseport* own = sk->sk_reuseport_cb) {
    if (bind_inany) set(own, sock_reuseport::bit::bind_inany, 1);
    return call.result(0);
  }
  const sock_reuseport* group = __reuseport_alloc(INIT_SOCKS);
  if (!group) return call.result(-ENOMEM);
  set(group->reuseport_id, add(*reuseport_ida, 1u) - 1);
  set(group, sock_reuseport::bit::bind_inany, bind_inany);
  addSock(sk, group);
  return call.result(0);
}

// Twice the room, and every socket of the group learns where it is now.
static const sock_reuseport* reuseport_grow(const sock_reuseport* reuse) {
  KFUNC(reuseport_grow, reuse);
  const u32 most = reuse->max_socks * 2u;
  const sock_reuseport* more = most > 0xffff ? nullptr : __reuseport_alloc(most);
  if (!more) return call.result(more);
  set(more->num_socks, reuse->num_socks);
  set(more->incoming_cpu, reuse->incoming_cpu);
  set(more->reuseport_id, reuse->reuseport_id);
  set(more->synq_overflow_ts, reuse->synq_overflow_ts);
  set(more, sock_reuseport::bit::bind_inany, reuse->bind_inany);
  set(more, sock_reuseport::bit::has_conns, reuse->has_conns);
  for (u32 i = 0; i < reuse->num_socks; ++i) {
    set(more->socks[i], reuse->socks[i]);
    set(reuse->socks[i]->sk_reuseport_cb, more);
  }
  kfree_rcu(reuse, &reuse->rcu);
  return call.result(more);
}

// `sk` joins the group of `sk2`, which is made if there is none. A group that `sk` had to itself goes.
int reuseport_add_sock(const sock* sk, const sock* sk2, bool bind_inany) {
  KFUNC(reuseport_add_sock, sk, sk2, bind_inany);
  if (!sk2->sk_reuseport_cb.get())
    if (const int err = reuseport_alloc(sk2, bind_inany)) return call.result(err);
  const sock_reuseport *group = sk2->sk_reuseport_cb, *left = sk->sk_reuseport_cb;
  const bool hasCompany = left && left->num_socks != 1;
  if (hasCompany) return call.result(-EBUSY);
  const bool full = group->num_socks == group->max_socks;
  if (full) group = reuseport_grow(group);
  if (!group) return call.result(-ENOMEM);
  addSock(sk, group);
  NOTE("reuseport.added", sk, group, static_cast<u32>(group->num_socks));
  if (left) kfree_rcu(left, &left->rcu);
  return call.result(0);
}

// The last of the group takes the free place.
static bool __reuseport_detach_sock(const sock* sk, const sock_reuseport* reuse) {
  KFUNC(__reuseport_detach_sock, sk, reuse);
  for (u32 i = 0; i < reuse->num_socks; ++i) {
    if (reuse->socks[i] != sk) continue;
    set(reuse->socks[i], reuse->socks[reuse->num_socks - 1u]);
    sub(reuse->num_socks, 1);
    if (sk->sk_incoming_cpu >= 0) sub(reuse->incoming_cpu, 1);
    return call.result(true);
  }
  return call.result(false);
}
static bool __reuseport_detach_closed_sock(const sock* sk, const sock_reuseport* reuse) {
  KFUNC(__reuseport_detach_closed_sock, sk, reuse);
  return call.result(false); // sockets that were shut down stay only where requests may move to others
}

void reuseport_detach_sock(const sock* sk) {
  KFUNC(reuseport_detach_sock, sk);
  const sock_reuseport* group = sk->sk_reuseport_cb;
  if (!group) return;
  set(sk->sk_reuseport_cb, nullptr);
  const bool wasClosed = __reuseport_detach_closed_sock(sk, group);
  if (!wasClosed) __reuseport_detach_sock(sk, group);
  const bool empty = group->num_socks == 0;
  if (empty) kfree_rcu(group, &group->rcu); // readers may be choosing among its sockets right now
}
void reuseport_stop_listen_sock(const sock* sk) {
  KFUNC(reuseport_stop_listen_sock, sk);
  SIMPLIFIED("net.ipv4.tcp_migrate_req is not known: requests of a listener that ends do not move to another");
  reuseport_detach_sock(sk);
}

static const sock* reuseport_select_sock_by_hash(const sock_reuseport* reuse, u32 hash, u32 num_socks) {
  KFUNC(reuseport_select_sock_by_hash, reuse, hash, num_socks);
  const u32 first = static_cast<u32>(u64(hash) * num_socks >> 32);
  const sock* valid = nullptr;
  for (u32 k = 0; k < num_socks; ++k) {
    const sock* sk = reuse->socks[(first + k) % num_socks];
    if (sk->sk_state == TCP_ESTABLISHED) continue; // a connected UDP socket takes only what is for it
    if (!reuse->incoming_cpu || sk->sk_incoming_cpu == 0) return call.result(sk);
    if (!valid) valid = sk;
  }
  return call.result(valid);
}

const sock* reuseport_select_sock(const sock* sk, u32 hash, const sk_buff* skb, int hdr_len) {
  KFUNC(reuseport_select_sock, sk, hash, skb, hdr_len);
  const sock_reuseport* group = sk->sk_reuseport_cb;
  const u32 members = group ? group->num_socks : 0;
  if (!members) return call.result<const sock*>(nullptr);
  const sock* chosen = reuseport_select_sock_by_hash(group, hash, members);
  NOTE("reuseport.selected", chosen, members);
  return call.result(chosen);
}

const sock* reuseport_migrate_sock(const sock* sk, const sock* migrating_sk, const sk_buff* skb) {
  KFUNC(reuseport_migrate_sock, sk, migrating_sk, skb);
  return call.result<const sock*>(nullptr);
}

void reuseport_has_conns_set(const sock* sk) {
  KFUNC(reuseport_has_conns_set, sk);
  if (const sock_reuseport* group = sk->sk_reuseport_cb) set(group, sock_reuseport::bit::has_conns, 1);
}

} // namespace sockwalk::kernel
