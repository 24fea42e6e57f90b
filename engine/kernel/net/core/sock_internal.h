// What the parts of net/core/sock.c share.
// Source: net/core/sock.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// ---- net/core/sock.cpp
void sock_disable_timestamp(const sock* sk, u64 flags);

// ---- buffers and pages of what is sent
void __sk_free(const sock* sk); // net/core/sock.cpp: the last reference of any kind is gone

// ---- net/core/sock.cpp: what a socket tells its owner
void sock_def_wakeup(const sock* sk);
void sock_def_error_report(const sock* sk);
void sock_def_write_space(const sock* sk);
void sock_ofree(const sk_buff* skb);

const sock* sk_prot_alloc(const proto* prot, u32 priority, int family); // sock.cpp

} // namespace sockwalk::kernel
