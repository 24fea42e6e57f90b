// Data that was written with MSG_MORE and never sent: the socket closes, and the fragments are dropped.
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"

namespace sockwalk::kernel {

static void __ip_flush_pending_frames(const sock* sk, const sk_buff_head* queue, const inet_cork* cork) {
  KFUNC(__ip_flush_pending_frames, sk, queue, cork);
  while (const sk_buff* skb = __skb_dequeue(queue)) kfree_skb(skb);
  set(cork->flags, cork->flags & ~1u); // IPCORK_OPT
  kfree(cork->opt.get());
  set(cork->opt, nullptr);
  const dst_entry* dst = cork->dst;
  set(cork->dst, nullptr);
  dst_release(dst);
}

[[gnu::weak]] void ip_flush_pending_frames(const sock* sk) {
  KFUNC(ip_flush_pending_frames, sk);
  __ip_flush_pending_frames(sk, &sk->sk_write_queue, &inet_sk(sk)->cork.base);
}

} // namespace sockwalk::kernel
