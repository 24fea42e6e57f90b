// Receiving: the first message of the queue, as far as there is room for it. If the socket has a dump under way, the kernel
// writes the next part of it now: never more than the reader has room for, so a table of any size can be read.
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/net/netlink/af_netlink.h"

namespace sockwalk::kernel {

// The queue may have room again: whoever waits to send is woken. With it empty, all that was lost is behind the reader.
static void netlink_rcv_wake(const sock* sk) {
  KFUNC(netlink_rcv_wake, sk);
  INLINED();
  const netlink_sock* nlk = nlk_sk(sk);
  if (skb_queue_empty(&sk->sk_receive_queue) && congested(nlk))
    set(nlk->state, nlk->state & ~(1ull << NETLINK_S_CONGESTED));
  if (!congested(nlk) && waitqueue_active(&nlk->wait)) __wake_up(&nlk->wait, TASK_INTERRUPTIBLE, 1, 0);
}

static void nameSender(const msghdr* msg, const sk_buff* skb) {
  const auto* from = static_cast<const sockaddr_nl*>(msg->msg_name.get());
  if (!from) return;
  set(from->nl_family, AF_NETLINK);
  set(from->nl_pad, 0);
  set(from->nl_pid, NETLINK_CB(skb)->portid);
  set(from->nl_groups, netlink_group_mask(NETLINK_CB(skb)->dst_group));
  set(msg->msg_namelen, sizeof *from);
}

// Later dumps use the room that this reader has, up to what one buffer can be.
static void rememberRoom(const netlink_sock* nlk, u64 len) {
  const u64 most = SKB_WITH_OVERHEAD(32768);
  const u64 room = std::min(std::max<u64>(nlk->max_recvmsg_len, len), most);
  if (room != nlk->max_recvmsg_len) set(nlk->max_recvmsg_len, room);
}

// Not while much is unread: the socket pays for what waits.
static void goOnWithDump(const sock* sk) {
  if (!nlk_sk(sk)->cb_running || sk_rmem_alloc_get(sk) > sk->sk_rcvbuf / 2) return;
  if (const int failed = netlink_dump(sk, false)) {
    set(sk->sk_err, -failed);
    sk_error_report(sk);
  }
}

s32 netlink_recvmsg(const socket* sock, const msghdr* msg, u64 len, s32 flags) {
  KFUNC(netlink_recvmsg, sock, msg, len, flags);
  SIMPLIFIED("the sender's identity is not given as a control message (SO_PASSCRED)");
  const struct sock* sk = sock->sk;
  if (flags & MSG_OOB) return call.result(-EOPNOTSUPP);
  int failed = 0;
  u64 copied = 0;
  if (const sk_buff* skb = skb_recv_datagram(sk, static_cast<u32>(flags), &failed)) {
    rememberRoom(nlk_sk(sk), len);
    const u64 whole = skb->len;
    copied = std::min(whole, len);
    if (copied < whole) set(msg->msg_flags, msg->msg_flags | MSG_TRUNC);
    failed = skb_copy_datagram_msg(skb, 0, msg, static_cast<int>(copied));
    nameSender(msg, skb);
    const u32 group = NETLINK_CB(skb)->dst_group;
    if (nlk_test_bit(NETLINK_F_RECV_PKTINFO, sk)) put_cmsg(msg, SOL_NETLINK, NETLINK_PKTINFO, sizeof group, &group);
    if (flags & MSG_TRUNC) copied = whole; // how long it was, however much was read of it
    skb_free_datagram(sk, skb);
    goOnWithDump(sk);
  }
  netlink_rcv_wake(sk);
  return call.result(failed ? failed : static_cast<s32>(copied));
}

} // namespace sockwalk::kernel
