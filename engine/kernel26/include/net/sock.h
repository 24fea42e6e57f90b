// The network's half of a socket. Source: include/net/sock.h.
#pragma once
#include "engine/kernel26/include/linux/net.h"
#include "engine/kernel26/include/linux/slab.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel26 {

constexpr s32 MaxScheduleTimeout = 0x7fffffff; // a LONG_MAX of then
constexpr u32 TimerMagic = 0x4b87ad6e;         // says of a timer that it was set up
constexpr u32 DeadBit = 1;                     // 1 << SOCK_DEAD, in sk_flags

void sk_init();
int sk_alloc_slab(const proto* prot, const char* name);
void sk_free_slab(const proto* prot);
// `zero_it`: bytes to be zeroed; 1 stands for a struct sock.
const sock* sk_alloc(int family, u32 priority, int zero_it, const kmem_cache_s* slab);
void sk_free(const sock* sk);
void sock_init_data(const socket* sock, const struct sock* sk);
void sk_set_owner(const sock* sk, const module* owner);
void sk_common_release(const sock* sk);
void lock_sock(const sock* sk);
void release_sock(const sock* sk);
void sock_orphan(const sock* sk);
void sk_stream_write_space(const sock* sk);

inline void sock_hold(const sock* sk) { atomic_inc(&sk->__sk_common.skc_refcnt); }
void sock_put(const sock* sk);
void init_timer(const timer_list* timer);
void skb_queue_head_init(const sk_buff_head* list);

} // namespace sockwalk::kernel26
