// A copy of a socket: how a listener's child begins. Everything is inherited but what belongs to one socket alone: its
// place in tables, its lock, its queues and its accounts.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/net/core/sock_internal.h"

namespace sockwalk::kernel {

static void sock_copy(const sock* nsk, const sock* osk) {
  KFUNC(sock_copy, nsk, osk);
  INLINED();
  const u64 label = nsk->sk_security.value; // its own, not the parent's
  const auto* from = reinterpret_cast<const u8*>(osk);
  const auto* to = reinterpret_cast<const u8*>(nsk);
  constexpr u32 begin = offsetof(sock_common, skc_dontcopy_begin), end = offsetof(sock_common, skc_dontcopy_end);
  setBytes(to, from, begin);
  setBytes(to + end, from + end, osk->sk_prot->obj_size - end);
  setBytes(&nsk->sk_security, &label, 8);
  security_sk_clone(osk, nsk);
}

static void ownQueues(const sock* sk) {
  set(sk->sk_lock.owned, 0);
  init_waitqueue_head(&sk->sk_lock.wq);
  set(sk->sk_backlog.head, nullptr);
  set(sk->sk_backlog.tail, nullptr);
  set(sk->sk_backlog.len, 0);
  skb_queue_head_init(&sk->sk_receive_queue);
  skb_queue_head_init(&sk->sk_write_queue);
  skb_queue_head_init(&sk->sk_error_queue);
}
static void ownAccounts(const sock* sk) {
  atomic_set(&sk->sk_backlog.rmem_alloc, 0);
  refcount_set(&sk->sk_wmem_alloc, 1);
  atomic_set(&sk->sk_omem_alloc, 0);
  set(sk->sk_dst_cache, nullptr);
  set(sk->sk_dst_pending_confirm, 0);
  set(sk->sk_wmem_queued, 0);
  set(sk->sk_forward_alloc, 0);
  set(sk->sk_reserved_mem, 0);
  atomic_set(&sk->sk_drops, 0);
  set(sk->sk_send_head, nullptr);
}

// An error of the parent's, or the priority of its packets, is not the child's.
static void ownState(const sock* sk) {
  set(sk->sk_err, 0);
  set(sk->sk_err_soft, 0);
  set(sk->sk_priority, 0);
  set(sk->sk_incoming_cpu, 0);
}

// The copy is given up while it still has what is the parent's alone: no destructor of the protocol's may see it.
void sk_free_unlock_clone(const sock* sk) {
  KFUNC(sk_free_unlock_clone, sk);
  set(sk->sk_destruct, nullptr);
  sk_free(sk);
}

// Parent and child have one filter, which each of them pays for. False: the child cannot.
static bool inheritFilter(const sock* child) {
  const sk_filter* filter = child->sk_filter;
  return !filter || sk_filter_charge(child, filter);
}

// nullptr: no memory. The copy has two references: the table's that it is about to enter, and the caller's.
const sock* sk_clone_lock(const sock* sk, u32 priority) {
  KFUNC(sk_clone_lock, sk, priority);
  const sock* child = sk_prot_alloc(sk->sk_prot, priority | __GFP_ZERO, sk->sk_family);
  if (!child) return call.result(child);
  sock_copy(child, sk);
  set(child->sk_prot_creator, sk->sk_prot);
  if (child->__sk_common.skc_net_refcnt) sock_inuse_add(sock_net(child), 1);
  ownQueues(child);
  ownAccounts(child);
  set(child, sock::bit::sk_userlocks, sk->sk_userlocks & ~SOCK_BINDPORT_LOCK); // its port is the listener's
  atomic_set(&child->sk_zckey, 0);
  sock_reset_flag(child, SOCK_DONE);
  if (!inheritFilter(child)) {
    set(child->sk_filter, nullptr);
    sk_free_unlock_clone(child);
    return call.result<const sock*>(nullptr);
  }
  set(child->sk_reuseport_cb, nullptr);
  ownState(child);
  refcount_set(&child->sk_refcnt, 2);
  sk_set_socket(child, nullptr); // until accept() gives it one
  sk_tx_queue_clear(child);
  set(child->sk_wq, nullptr);
  NOTE("sock.cloned", sk, child);
  return call.result(child);
}

} // namespace sockwalk::kernel
