// Sending: from a program into a buffer, and the buffer to the kernel, to another program, or to all of a group. A socket
// pays for what waits in its queue with its receive buffer; whose queue is full makes single senders wait, and loses what
// goes to groups.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/net/core/skbuff_internal.h"
#include "engine/kernel/net/netlink/af_netlink.h"
#include <bit>

namespace sockwalk::kernel {

// ---- a buffer in a socket's account
// The bytes of a large message are pages from all over the memory, which only look like one piece: what kmalloc() gives
// must be one. Behind them is a page that nobody may touch, and so they never end where an object of kmalloc() would.
static bool is_vmalloc_addr(const sk_buff* skb) { return skb->end != SKB_WITH_OVERHEAD(ksize(skb->head)); }
static const u8* vmalloc(u64 size) {
  KFUNC(vmalloc, size);
  return call.result(kmallocBuffer(static_cast<u32>(size + PAGE_SIZE), GFP_KERNEL));
}

static void netlink_skb_destructor(const sk_buff* skb) {
  KFUNC(netlink_skb_destructor, skb);
  if (is_vmalloc_addr(skb)) {
    const bool shared = skb->cloned && atomic_add_return(-1, &skb_shinfo(skb)->dataref);
    if (!shared) kfree(skb->head);
    set(skb->head, nullptr);
  }
  if (skb->sk) sock_rfree(skb);
}

void netlink_skb_set_owner_r(const sk_buff* skb, const sock* sk) {
  BUG_ON(skb->sk);
  set(skb->sk, sk);
  set(skb->destructor, fn<netlink_skb_destructor>);
  sk_mem_charge(sk, static_cast<int>(skb->truesize));
}

static const sk_buff* netlink_alloc_large_skb(u32 size, bool broadcast) {
  KFUNC(netlink_alloc_large_skb, size, broadcast);
  INLINED();
  if (size <= NLMSG_GOODSIZE || broadcast) return call.result(alloc_skb(size, GFP_KERNEL));
  const u32 whole = SKB_HEAD_ALIGN(size);
  const u8* data = vmalloc(whole);
  const sk_buff* skb = data ? __build_skb(data, whole) : nullptr;
  if (skb) set(skb->destructor, fn<netlink_skb_destructor>);
  return call.result(skb);
}

// A buffer that is more than half empty is made as small as its message: it may lie in a queue for long.
static const sk_buff* netlink_trim(const sk_buff* skb, u32 allocation) {
  KFUNC(netlink_trim, skb, allocation);
  const u32 spare = skb->end - skb->tail;
  if (is_vmalloc_addr(skb) || spare * 2 < skb->truesize) return call.result(skb);
  if (skb_shared(skb)) {
    const sk_buff* own = skb_clone(skb, allocation);
    if (!own) return call.result(skb);
    consume_skb(skb);
    skb = own;
  }
  pskb_expand_head(skb, 0, -static_cast<int>(spare), allocation);
  return call.result(skb);
}

// ---- into a queue
int __netlink_sendskb(const sock* sk, const sk_buff* skb) {
  KFUNC(__netlink_sendskb, sk, skb);
  SIMPLIFIED("there are no nlmon devices, to which a copy would go");
  const int len = static_cast<int>(skb->len);
  mark(BufferMark::Delivered, skb, sk);
  skb_queue_tail(&sk->sk_receive_queue, skb);
  sk->sk_data_ready(sk);
  return call.result(len);
}

// The first message is always taken, however large: else nobody could ever send it.
static bool takeIntoAccount(const sock* sk, const sk_buff* skb, int& held) {
  const int size = static_cast<int>(skb->truesize);
  held = atomic_add_return(size, &sk->sk_backlog.rmem_alloc);
  const bool fits = held == size || held <= sk->sk_rcvbuf;
  if (fits && !congested(nlk_sk(sk))) return true;
  atomic_add_return(-size, &sk->sk_backlog.rmem_alloc);
  return false;
}

// Something was lost on the way to this socket. It is told once, by the error ENOBUFS, and then no more until it has read
// all that is there: what it knows is incomplete anyway, and it has to ask for everything anew.
void netlink_overrun(const sock* sk) {
  KFUNC(netlink_overrun, sk);
  const netlink_sock* nlk = nlk_sk(sk);
  if (!nlk_test_bit(NETLINK_F_RECV_NO_ENOBUFS, sk) && !congested(nlk)) {
    set(nlk->state, nlk->state | 1ull << NETLINK_S_CONGESTED);
    set(sk->sk_err, ENOBUFS);
    sk_error_report(sk);
    NOTE("netlink.overrun", sk, sk_rmem_alloc_get(sk), sk->sk_rcvbuf);
  }
  atomic_inc(&sk->sk_drops);
}

// The sender sleeps until the reader has made room. Gives 1: look again, for the reader may be gone by now.
static int waitForRoom(const sock* sk, const sk_buff* skb, s64* timeo) {
  const netlink_sock* nlk = nlk_sk(sk);
  OnStack<wait_queue_entry> wait;
  init_wait(wait);
  prepare_to_wait(&nlk->wait, wait, TASK_INTERRUPTIBLE);
  const int held = sk_rmem_alloc_get(sk);
  const bool full = held && held + static_cast<int>(skb->truesize) > sk->sk_rcvbuf;
  if ((full || congested(nlk)) && !sock_flag(sk, SOCK_DEAD)) {
    NOTE("task.sleeps", get_current()->pid, sk);
    *timeo = schedule_timeout(*timeo);
  }
  finish_wait(&nlk->wait, wait);
  sock_put(sk);
  if (!signal_pending(get_current())) return 1;
  kfree_skb(skb);
  return sock_intr_errno(*timeo);
}

// 0: the buffer is in the socket's account; 1: look for the socket again; else the buffer and the reference are gone.
static int netlink_attachskb(const sock* sk, const sk_buff* skb, s64* timeo, const sock* ssk) {
  KFUNC(netlink_attachskb, sk, skb, ssk);
  int held = 0;
  if (takeIntoAccount(sk, skb, held)) {
    netlink_skb_set_owner_r(skb, sk);
    return call.result(0);
  }
  if (*timeo) return call.result(waitForRoom(sk, skb, timeo));
  if (!ssk || netlink_is_kernel(ssk)) netlink_overrun(sk);
  sock_put(sk);
  kfree_skb(skb);
  return call.result(-EAGAIN);
}

// ---- to one
// Who has the port; not if that socket is connected to somebody else.
static const sock* netlink_getsockbyportid(const sock* ssk, u32 portid) {
  KFUNC(netlink_getsockbyportid, ssk, portid);
  INLINED();
  const sock* found = netlink_lookup(sock_net(ssk), ssk->sk_protocol, portid);
  const bool elsewhere =
      found && found->sk_state == NETLINK_CONNECTED && nlk_sk(found)->dst_portid != nlk_sk(ssk)->portid;
  if (elsewhere) sock_put(found);
  return call.result(found && !elsewhere ? found : ERR_PTR<sock>(-ECONNREFUSED));
}

// The kernel's own socket has no queue: its part of the kernel reads the message at once, in the sender's task.
static int netlink_unicast_kernel(const sock* sk, const sk_buff* skb, const sock* ssk) {
  KFUNC(netlink_unicast_kernel, sk, skb, ssk);
  INLINED();
  int result = -ECONNREFUSED;
  if (nlk_sk(sk)->netlink_rcv) {
    result = static_cast<int>(skb->len);
    atomic_add_return(static_cast<int>(skb->truesize), &sk->sk_backlog.rmem_alloc);
    netlink_skb_set_owner_r(skb, sk);
    set(NETLINK_CB(skb)->sk, ssk);
    mark(BufferMark::Delivered, skb, sk);
    nlk_sk(sk)->netlink_rcv(skb);
    consume_skb(skb);
  } else {
    kfree_skb(skb);
  }
  sock_put(sk);
  return call.result(result);
}

int netlink_unicast(const sock* ssk, const sk_buff* skb, u32 portid, int nonblock) {
  KFUNC(netlink_unicast, ssk, skb, portid, nonblock);
  skb = netlink_trim(skb, GFP_KERNEL);
  s64 patience = sock_sndtimeo(ssk, nonblock);
  for (;;) {
    const sock* to = netlink_getsockbyportid(ssk, portid);
    if (IS_ERR(to)) return kfree_skb(skb), call.result(static_cast<int>(PTR_ERR(to)));
    if (netlink_is_kernel(to)) return call.result(netlink_unicast_kernel(to, skb, ssk));
    const int bytes = static_cast<int>(skb->len);
    if (sk_filter_trim_cap(to, skb, 1)) { // the receiver's filter does not want it; the sender need not know
      kfree_skb(skb);
      sock_put(to);
      return call.result(bytes);
    }
    const int failed = netlink_attachskb(to, skb, &patience, ssk);
    if (failed == 1) continue;
    if (failed) return call.result(failed);
    __netlink_sendskb(to, skb);
    sock_put(to);
    return call.result(bytes);
  }
}

// ---- from a program
static int security_netlink_send(const sock* sk, const sk_buff* skb) {
  KFUNC(security_netlink_send, sk, skb);
  return call.result(0);
}

// To whom, as the call says, or as connect() said.
static int destinationOf(const socket* sock, const msghdr* msg, u32* portid, u32* group, u32* flags) {
  const netlink_sock* nlk = nlk_sk(sock->sk);
  *portid = nlk->dst_portid, *group = nlk->dst_group, *flags = 0;
  if (!msg->msg_namelen) return 0;
  const auto* to = static_cast<const sockaddr_nl*>(msg->msg_name.get());
  const bool readable = msg->msg_namelen >= static_cast<int>(sizeof *to) && to->nl_family == AF_NETLINK;
  if (!readable) return -EINVAL;
  *portid = to->nl_pid;
  *group = to->nl_groups ? static_cast<u32>(std::countr_zero(to->nl_groups)) + 1 : 0; // of several, the first
  *flags = NETLINK_SKB_DST;
  return (*group || *portid) && !netlink_allowed(sock, NL_CFG_F_NONROOT_SEND) ? -EPERM : 0;
}

// Who sends it stands beside the message, so that the receiver can ask.
static void sign(const sk_buff* skb, const netlink_sock* sender, u32 group, u32 flags) {
  const netlink_skb_parms* parms = NETLINK_CB(skb);
  set(parms->portid, sender->portid);
  set(parms->dst_group, group);
  set(parms->creds.pid, get_current()->tgid);
  set(parms->creds.uid.val, current_cred()->uid.val);
  set(parms->creds.gid.val, current_cred()->gid.val);
  set(parms->flags, flags);
}

s32 netlink_sendmsg(const socket* sock, const msghdr* msg, u64 len) {
  KFUNC(netlink_sendmsg, sock, msg, len);
  SIMPLIFIED("control messages of the sender are not read");
  const struct sock* sk = sock->sk;
  u32 portid, group, flags;
  if (msg->msg_flags & MSG_OOB) return call.result(-EOPNOTSUPP);
  if (!len) return call.result(-ENODATA);
  security_socket_getpeersec_dgram(sock);
  if (const int bad = destinationOf(sock, msg, &portid, &group, &flags)) return call.result(bad);
  if (const int failed = nlk_sk(sk)->bound ? 0 : netlink_autobind(sock)) return call.result(failed);
  if (len > static_cast<u64>(sk->sk_sndbuf) - 32) return call.result(-EMSGSIZE);
  const sk_buff* skb = netlink_alloc_large_skb(static_cast<u32>(len), group != 0);
  if (!skb) return call.result(-ENOBUFS);
  sign(skb, nlk_sk(sk), group, flags);
  int failed = copy_from_iter_full(skb_put(skb, static_cast<u32>(len)), static_cast<u32>(len), &msg->msg_iter)
                   ? security_netlink_send(sk, skb)
                   : -EFAULT;
  if (failed) return kfree_skb(skb), call.result(failed);
  if (group) { // to the group, and to the port as well: that is 0, the kernel, if nobody was named
    skb_get(skb);
    netlink_broadcast(sk, skb, portid, group, GFP_KERNEL);
  }
  return call.result(netlink_unicast(sk, skb, portid, msg->msg_flags & MSG_DONTWAIT));
}

// ---- to a group
namespace {
struct Broadcast {
  const sock* from;
  u32 portid, group, allocation;
  const sk_buff *skb, *copy = nullptr; // the copy that the next member is to get
  bool lost = false, deliveryFailed = false, delivered = false;
};
} // namespace

// A member that has an error of its own does not keep the others from hearing.
static void deliver(Broadcast& b, const sock* sk) {
  int held = 0;
  if (!takeIntoAccount(sk, b.copy, held)) {
    netlink_overrun(sk);
    b.deliveryFailed |= nlk_test_bit(NETLINK_F_BROADCAST_SEND_ERROR, sk);
    return; // the copy is still there, for the next
  }
  netlink_skb_set_owner_r(b.copy, sk);
  __netlink_sendskb(sk, b.copy);
  b.delivered = true;
  b.copy = nullptr;
}

static void do_one_broadcast(const sock* sk, Broadcast& b) {
  const netlink_sock* nlk = nlk_sk(sk);
  const bool concerned = sk != b.from && nlk->portid != b.portid && inGroup(nlk, b.group);
  if (!concerned || sock_net(sk) != sock_net(b.from)) return;
  if (b.lost) return netlink_overrun(sk);
  sock_hold(sk);
  if (!b.copy && skb_shared(b.skb)) {
    b.copy = skb_clone(b.skb, b.allocation);
  } else if (!b.copy) { // nobody else needs it: the message itself can go
    b.copy = skb_get(b.skb);
    skb_orphan(b.copy);
  }
  if (!b.copy) {
    netlink_overrun(sk);
    b.lost = true;
    b.deliveryFailed |= nlk_test_bit(NETLINK_F_BROADCAST_SEND_ERROR, sk);
  } else if (sk_filter_trim_cap(sk, b.copy, 1)) {
    kfree_skb(b.copy);
    b.copy = nullptr;
  } else {
    set(NETLINK_CB(b.copy)->nsid_is_set, false);
    deliver(b, sk);
  }
  sock_put(sk);
}

int netlink_broadcast(const sock* ssk, const sk_buff* skb, u32 portid, u32 group, u32 allocation) {
  KFUNC(netlink_broadcast, ssk, skb, portid, group, allocation);
  SIMPLIFIED("members in other namespaces (NETLINK_LISTEN_ALL_NSID) do not hear it");
  Broadcast b{ssk, portid, group, allocation, netlink_trim(skb, allocation)};
  for (const sock* member = firstMember(tableOf(ssk)); member; member = nextMember(member)) do_one_broadcast(member, b);
  consume_skb(b.skb);
  if (b.deliveryFailed) kfree_skb(b.copy);
  else consume_skb(b.copy);
  return call.result(b.deliveryFailed ? -ENOBUFS : b.delivered ? 0 : -ESRCH);
}

// For those whom a message could not even be written: they have missed something.
int netlink_set_err(const sock* ssk, u32 portid, u32 group, int code) {
  KFUNC(netlink_set_err, ssk, portid, group, code);
  int unconcerned = 0;
  for (const sock* sk = firstMember(tableOf(ssk)); sk; sk = nextMember(sk)) {
    const bool concerned = sk != ssk && sock_net(sk) == sock_net(ssk) && nlk_sk(sk)->portid != portid;
    if (!concerned || !inGroup(nlk_sk(sk), group)) continue;
    if (code == -ENOBUFS && nlk_test_bit(NETLINK_F_RECV_NO_ENOBUFS, sk)) {
      ++unconcerned;
      continue;
    }
    set(sk->sk_err, -code);
    sk_error_report(sk);
  }
  return call.result(unconcerned);
}

} // namespace sockwalk::kernel
