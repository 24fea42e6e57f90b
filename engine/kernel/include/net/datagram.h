// Taking datagrams off a socket's queue, waiting for them, and copying them to user memory.
// Source: include/linux/skbuff.h, net/core/datagram.c.
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

// The first datagram of sk_receive_queue, waiting for it if there is none (and `flags` allow); nullptr: *err.
const sk_buff* skb_recv_datagram(const sock* sk, u32 flags, int* err);
const sk_buff* __skb_try_recv_from_queue(const sock* sk, const sk_buff_head* queue, u32 flags, int* off, int* err,
                                         const sk_buff** last);
int __skb_wait_for_more_packets(const sock* sk, const sk_buff_head* queue, int* err, s64* timeo_p, const sk_buff* skb);
void skb_free_datagram(const sock* sk, const sk_buff* skb);
// `len` bytes of the packet from `offset` on into what msg->msg_iter describes; 0 or -EFAULT.
int skb_copy_datagram_iter(const sk_buff* skb, int offset, const iov_iter* to, int len);
inline int skb_copy_datagram_msg(const sk_buff* skb, int offset, const msghdr* msg, int size) {
  return skb_copy_datagram_iter(skb, offset, &msg->msg_iter, size);
}
// All of the packet behind `hlen`, verifying its checksum: -EINVAL if it is wrong.
int skb_copy_and_csum_datagram_msg(const sk_buff* skb, int hlen, const msghdr* msg);
u64 copy_to_iter(const void* from, u64 bytes, const iov_iter* to);
void sock_rfree(const sk_buff* skb);

} // namespace sockwalk::kernel
