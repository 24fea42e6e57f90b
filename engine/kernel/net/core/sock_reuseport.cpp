#include "engine/kernel/include/net/sock_reuseport.h"
#include "engine/kernel/include/linux/rcupdate.h"

namespace sockwalk::kernel {

static Global<u32> reuseport_ida{"reuseport_ida"}; // the next group's number

static const sock_reuseport* __reuseport_alloc(u32 max_socks) {
  KFUNC(__reuseport_alloc, max_socks);
  const auto* reuse = kzalloc<sock_reuseport>(GFP_ATOMIC, max_socks * 8);
  if (reuse) set(reuse->max_socks, max_socks);
  return call.result(reuse);
}

int reuseport_alloc(const sock* sk, bool bind_inany) {
  KFUNC(reuseport_alloc, sk, bind_inany);
  SIMPLIFIED("no BPF program chooses among the sockets");
  const sock_reuseport* reuse = sk->sk_reuseport_cb;
  if (reuse) {
    if (bind_inany) set(reuse, sock_reuseport::bit::bind_inany, 1);
    return call.result(0);
  }
  reuse = __reuseport_alloc(INIT_SOCKS);
  if (!reuse) return call.result(-ENOMEM);
  set(reuse->reuseport_id, add(*reuseport_ida, 1) - 1);
  set(reuse, sock_reuseport::bit::bind_inany, bind_inany);
  set(reuse->socks[0], sk);
  set(reuse->num_socks, 1);
  set(sk->sk_reuseport_cb, reuse);
  return call.result(0);
}

static void reuseport_free_rcu(const callback_head* head) {
  KFUNC(reuseport_free_rcu, head);
  kfree(container_of(head, sock_reuseport, rcu));
}

// No room for one more: the group moves to a table twice as large, and its sockets are told.
static const sock_reuseport* reuseport_grow(const sock_reuseport* reuse) {
  KFUNC(reuseport_grow, reuse);
  const u32 more = reuse->max_socks * 2u;
  if (more > 0xffff) return call.result<const sock_reuseport*>(nullptr);
  const sock_reuseport* grown = __reuseport_alloc(more);
  if (!grown) return call.result(grown);
  set(grown->num_socks, reuse->num_socks);
  set(grown->reuseport_id, reuse->reuseport_id);
  set(grown, sock_reuseport::bit::bind_inany, reuse->bind_inany);
  set(grown, sock_reuseport::bit::has_conns, reuse->has_conns);
  for (u32 i = 0; i < reuse->num_socks; ++i) {
    set(grown->socks[i], reuse->socks[i].get());
    set(reuse->socks[i]->sk_reuseport_cb, grown);
  }
  call_rcu(&reuse->rcu, fn<reuseport_free_rcu>);
  return call.result(grown);
}

int reuseport_add_sock(const sock* sk, const sock* sk2, bool bind_inany) {
  KFUNC(reuseport_add_sock, sk, sk2, bind_inany);
  if (!sk2->sk_reuseport_cb.get())
    if (const int err = reuseport_alloc(sk2, bind_inany)) return call.result(err);
  const sock_reuseport *reuse = sk2->sk_reuseport_cb, *old_reuse = sk->sk_reuseport_cb;
  if (old_reuse && old_reuse->num_socks != 1) return call.result(-EBUSY);
  if (reuse->num_socks + reuse->num_closed_socks == reuse->max_socks) {
    reuse = reuseport_grow(reuse);
    if (!reuse) return call.result(-ENOMEM);
  }
  set(reuse->socks[reuse->num_socks], sk); // __reuseport_add_sock()
  add(reuse->num_socks, 1);
  set(sk->sk_reuseport_cb, reuse);
  if (old_reuse) call_rcu(&old_reuse->rcu, fn<reuseport_free_rcu>);
  NOTE("reuseport.joined", sk, reuse, reuse->num_socks);
  return call.result(0);
}

void reuseport_detach_sock(const sock* sk) {
  KFUNC(reuseport_detach_sock, sk);
  const sock_reuseport* reuse = sk->sk_reuseport_cb;
  if (!reuse) return;
  set(sk->sk_reuseport_cb, nullptr);
  u32 i = 0;
  while (i < reuse->num_socks && reuse->socks[i].get() != sk) ++i;
  if (i < reuse->num_socks) { // the last one takes its place
    sub(reuse->num_socks, 1);
    set(reuse->socks[i], reuse->socks[reuse->num_socks].get());
  }
  if (reuse->num_socks + reuse->num_closed_socks == 0) call_rcu(&reuse->rcu, fn<reuseport_free_rcu>);
}

// One of the group, the same for the same hash; those that are connected to somebody have their own way in.
static const sock* reuseport_select_sock_by_hash(const sock_reuseport* reuse, u32 hash, u32 num_socks) {
  KFUNC(reuseport_select_sock_by_hash, reuse, hash, num_socks);
  const u32 first = static_cast<u32>(u64(hash) * num_socks >> 32);
  u32 i = first;
  while (reuse->socks[i]->sk_state == TCP_ESTABLISHED) {
    if (++i >= num_socks) i = 0;
    if (i == first) return call.result<const sock*>(nullptr);
  }
  return call.result(reuse->socks[i].get());
}

const sock* reuseport_select_sock(const sock* sk, u32 hash, const sk_buff* skb, int hdr_len) {
  KFUNC(reuseport_select_sock, sk, hash, skb, hdr_len);
  const sock_reuseport* reuse = sk->sk_reuseport_cb;
  if (!reuse || !reuse->num_socks) return call.result<const sock*>(nullptr);
  const sock* chosen = reuseport_select_sock_by_hash(reuse, hash, reuse->num_socks);
  NOTE("reuseport.selected", chosen, reuse->num_socks);
  return call.result(chosen);
}

void reuseport_has_conns_set(const sock* sk) {
  KFUNC(reuseport_has_conns_set, sk);
  if (const sock_reuseport* reuse = sk->sk_reuseport_cb) set(reuse, sock_reuseport::bit::has_conns, 1);
}
bool reuseport_has_conns(const sock* sk) {
  const sock_reuseport* reuse = sk->sk_reuseport_cb;
  return reuse && reuse->has_conns;
}

} // namespace sockwalk::kernel
