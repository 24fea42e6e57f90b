// TIME_WAIT: after a connection its two ends stay taken for a minute, so that late segments of it do no harm. What is
// kept is a small socket (264 bytes for TCP) in place of the full one. Source: include/net/inet_timewait_sock.h.
#pragma once
#include "engine/kernel/include/linux/timer.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

#define tw_family __tw_common.skc_family
#define tw_state __tw_common.skc_state
#define tw_bound_dev_if __tw_common.skc_bound_dev_if
#define tw_node __tw_common.skc_nulls_node
#define tw_bind_node __tw_common.skc_bind_node
#define tw_refcnt __tw_common.skc_refcnt
#define tw_hash __tw_common.skc_hash
#define tw_prot __tw_common.skc_prot
#define tw_net __tw_common.skc_net
#define tw_daddr __tw_common.skc_daddr
#define tw_rcv_saddr __tw_common.skc_rcv_saddr
#define tw_dport __tw_common.skc_dport
#define tw_num __tw_common.skc_num
#define tw_cookie __tw_common.skc_cookie
#define tw_dr __tw_common.skc_tw_dr
// Of a struct tcp_timewait_sock.
#define tw_rcv_nxt tw_sk.__tw_common.skc_tw_rcv_nxt
#define tw_snd_nxt tw_sk.__tw_common.skc_tw_snd_nxt

inline const net* twsk_net(const inet_timewait_sock* tw) { return tw->tw_net.net; }
const inet_timewait_sock* inet_twsk_alloc(const sock* sk, const inet_timewait_death_row* dr, int state);
void inet_twsk_free(const inet_timewait_sock* tw);
void inet_twsk_put(const inet_timewait_sock* tw);
void inet_twsk_bind_unhash(const inet_timewait_sock* tw, const inet_hashinfo* hashinfo);
void inet_twsk_hashdance(const inet_timewait_sock* tw, const sock* sk, const inet_hashinfo* hashinfo);
void __inet_twsk_schedule(const inet_timewait_sock* tw, int timeo, bool rearm);
inline void inet_twsk_schedule(const inet_timewait_sock* tw, int timeo) { __inet_twsk_schedule(tw, timeo, false); }
inline void inet_twsk_reschedule(const inet_timewait_sock* tw, int timeo) { __inet_twsk_schedule(tw, timeo, true); }
void inet_twsk_deschedule_put(const inet_timewait_sock* tw);

// ---- buffers in a tree
inline const inet_timewait_sock* inet_twsk(const sock* sk) { return skCast<inet_timewait_sock>(sk); }

} // namespace sockwalk::kernel
