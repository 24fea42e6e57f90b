#include "engine/kernel/include/net/tcp.h"
// TCP Fast Open: data in the SYN. Not simulated; what closing a socket asks of it is here.

namespace sockwalk::kernel {

void tcp_fastopen_active_disable_ofo_check(const sock* sk) { KFUNC(tcp_fastopen_active_disable_ofo_check, sk); }
void tcp_fastopen_destroy_cipher(const sock* sk) {
  KFUNC(tcp_fastopen_destroy_cipher, sk);
  kfree(inet_csk(sk)->icsk_accept_queue.fastopenq.ctx.get());
}

// The keys that cookies are made with: one, or one and the one before it. Kept for the socket, and told when asked for.
int tcp_fastopen_reset_cipher(const net* net, const sock* sk, const u8* keys, u32 size) {
  KFUNC(tcp_fastopen_reset_cipher, net, sk, size);
  const auto* made = kmalloc<tcp_fastopen_context>(GFP_KERNEL);
  if (!made) return call.result(-ENOMEM);
  setBytes(made->key, keys, size);
  set(made->num, static_cast<s32>(size / TCP_FASTOPEN_KEY_LENGTH));
  const fastopen_queue* queue = &inet_csk(sk)->icsk_accept_queue.fastopenq;
  const tcp_fastopen_context* before = queue->ctx;
  set(queue->ctx, made);
  if (before) kfree(before);
  return call.result(0);
}
u32 tcp_fastopen_get_cipher(const sock* sk, u8* keys) {
  KFUNC(tcp_fastopen_get_cipher, sk);
  const tcp_fastopen_context* held = inet_csk(sk)->icsk_accept_queue.fastopenq.ctx;
  if (!held) return call.result(0u);
  const u32 size = static_cast<u32>(held->num) * TCP_FASTOPEN_KEY_LENGTH;
  std::memcpy(keys, held->key, size);
  return call.result(size);
}

// A middle box that swallows segments after a Fast Open: then it is not tried again for a while.
void tcp_fastopen_active_detect_blackhole(const sock* sk, bool expired) {
  KFUNC(tcp_fastopen_active_detect_blackhole, sk, expired);
  SIMPLIFIED("Fast Open is not simulated, so it is not switched off either");
}

bool tcp_fastopen_defer_connect(const sock* sk, int* err) {
  KFUNC(tcp_fastopen_defer_connect, sk);
  SIMPLIFIED("TCP_FASTOPEN_CONNECT is not known: the SYN goes out at once");
  *err = 0;
  return call.result(false);
}
const sock* tcp_try_fastopen(const sock* sk, const sk_buff* skb, const request_sock* req,
                             const tcp_fastopen_cookie* foc, const dst_entry* dst) {
  KFUNC(tcp_try_fastopen, sk, skb, req, foc, dst);
  SIMPLIFIED("servers do not offer Fast Open: a cookie in a SYN is not looked at");
  return call.result<const struct sock*>(nullptr);
}

} // namespace sockwalk::kernel
