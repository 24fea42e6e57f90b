// A connection request: what a listener remembers of a SYN until the handshake is done. It begins like every socket,
// so that it stands in the same hash table (state TCP_NEW_SYN_RECV), but is an eighth of one in size.
// Source: include/net/request_sock.h, include/net/inet_sock.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/timer.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

#define rsk_refcnt __req_common.skc_refcnt
#define rsk_hash __req_common.skc_hash
#define rsk_listener __req_common.skc_listener
#define rsk_window_clamp __req_common.skc_window_clamp
#define rsk_rcv_wnd __req_common.skc_rcv_wnd
// Of a struct inet_request_sock: the two ends of the connection to be.
#define ir_loc_addr req.__req_common.skc_rcv_saddr
#define ir_rmt_addr req.__req_common.skc_daddr
#define ir_num req.__req_common.skc_num
#define ir_rmt_port req.__req_common.skc_dport
#define ir_cookie req.__req_common.skc_cookie
#define ireq_net req.__req_common.skc_net
#define ireq_state req.__req_common.skc_state
#define ireq_family req.__req_common.skc_family
#define ir_iif req.__req_common.skc_bound_dev_if

// ---- net/core/request_sock.cpp, net/ipv4/inet_reqsk.cpp
void reqsk_queue_alloc(const request_sock_queue* queue);
const request_sock* inet_reqsk_alloc(const request_sock_ops* ops, const sock* sk_listener, bool attach_listener);
void __reqsk_free(const request_sock* req);
void reqsk_free(const request_sock* req);
void reqsk_put(const request_sock* req);
// Sends the SYN-ACK again, and counts it. 0 or -errno.
int inet_rtx_syn_ack(const sock* parent, const request_sock* req);

// ---- the listener's two queues: requests that wait for an ACK (only counted; they stand in the hash table), and
// established connections that wait for accept()
inline bool reqsk_queue_empty(const request_sock_queue* q) { return !q->rskq_accept_head.value; }
inline int reqsk_queue_len(const request_sock_queue* q) { return atomic_read(&q->qlen); }
inline int reqsk_queue_len_young(const request_sock_queue* q) { return atomic_read(&q->young); }
inline void reqsk_queue_added(const request_sock_queue* q, int line = __builtin_LINE()) {
  atomic_inc(&q->young, line);
  atomic_inc(&q->qlen, line);
}
inline void reqsk_queue_removed(const request_sock_queue* q, const request_sock* req, int line = __builtin_LINE()) {
  if (req->num_timeout == 0) sub(q->young.counter, 1, line);
  sub(q->qlen.counter, 1, line);
}
const request_sock* reqsk_queue_remove(const request_sock_queue* queue, const sock* parent);

// ---- the same object, seen as a socket
inline const request_sock* inet_reqsk(const sock* sk) { return skCast<request_sock>(sk); }
inline const sock* req_to_sk(const request_sock* req) { return skCast<sock>(req); }

} // namespace sockwalk::kernel
