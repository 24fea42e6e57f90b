// TCP Fast Open, as far as opening a connection asks of it.
#pragma once
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

// true: the SYN waits for the first data. *err: why it cannot be sent at all.
bool tcp_fastopen_defer_connect(const sock* sk, int* err);
void tcp_fastopen_active_detect_blackhole(const sock* sk, bool expired);
// The child that the data of this SYN may already be given to; nullptr: only a usual handshake.
const sock* tcp_try_fastopen(const sock* sk, const sk_buff* skb, const request_sock* req,
                             const tcp_fastopen_cookie* foc, const dst_entry* dst);

} // namespace sockwalk::kernel
