// The sender's account: bytes in flight are charged to the socket (sk_wmem_alloc) until the device has sent them.
// Source: net/core/sock.c, lib/iov_iter.c.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

// A buffer charged to `sk`; waits for room in its send buffer unless noblock. nullptr: *errcode.
const sk_buff* sock_alloc_send_pskb(const sock* sk, u64 header_len, u64 data_len, bool noblock, int* errcode,
                                    int max_page_order);
inline const sk_buff* sock_alloc_send_skb(const sock* sk, u64 size, bool noblock, int* errcode) {
  return sock_alloc_send_pskb(sk, size, 0, noblock, errcode, 0);
}
const sk_buff* sock_wmalloc(const sock* sk, u64 size, bool force, u32 priority);
void skb_set_owner_w(const sk_buff* skb, const sock* sk);
void sock_wfree(const sk_buff* skb);
void __sock_wfree(const sk_buff* skb); // without waking a writer: TCP decides that itself
void __sk_free(const sock* sk);        // net/core/sock.cpp: the last reference of any kind is gone
const page_frag* sk_page_frag(const sock* sk);
bool sk_page_frag_refill(const sock* sk, const page_frag* pfrag);

// Copies the next `bytes` of a sender's data; false if it has not so many.
bool copy_from_iter_full(const u8* to, u32 bytes, const iov_iter* iter);
bool csum_and_copy_from_iter_full(const u8* to, u32 bytes, u32& csum, const iov_iter* iter);

} // namespace sockwalk::kernel
