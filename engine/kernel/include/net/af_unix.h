// Local sockets (AF_UNIX). There is no protocol below them: a sender puts its sk_buff straight into the receive queue of
// its peer. So everything is in struct unix_sock: the peer, the name, who waits for room in the queue, and what of the
// queue are passed descriptors. Source: include/net/af_unix.h.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/scm.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

inline const unix_sock* unix_sk(const sock* sk) { return reinterpret_cast<const unix_sock*>(sk); }
inline const sock* unix_peer(const sock* sk) { return unix_sk(sk)->peer; }
inline const wait_queue_head* peer_wait(const sock* sk) { return &unix_sk(sk)->peer_wq.wait; }
// In a packet's control block: who sent it, the descriptors that it carries, how much of it has been read.
inline const unix_skb_parms* UNIXCB(const sk_buff* skb) { return controlBlock<unix_skb_parms>(skb); }
inline u32 unix_skb_len(const sk_buff* skb) { return skb->len - UNIXCB(skb)->consumed; } // what is left to read

// ---- net/unix/garbage.cpp: sockets that are on their way as descriptors
extern Global<u32> unix_tot_inflight;
const unix_sock* unix_get_socket(const file* filp); // nullptr: the file is something else
void unix_add_edges(const scm_fp_list* fpl, const unix_sock* receiver);
void unix_del_edges(const scm_fp_list* fpl);
void unix_update_edges(const unix_sock* receiver);
int unix_prepare_fpl(const scm_fp_list* fpl);
void unix_destroy_fpl(const scm_fp_list* fpl);
void unix_peek_fpl(const scm_fp_list* fpl);
void unix_gc();
void wait_for_unix_gc(const scm_fp_list* fpl);

} // namespace sockwalk::kernel
