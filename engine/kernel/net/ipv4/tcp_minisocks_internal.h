// What the parts of tcp_minisocks.c share.
// Source: net/ipv4/tcp_minisocks.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

bool tcp_in_window(u32 seq, u32 end_seq, u32 s_win, u32 e_win); // tcp_minisocks.cpp

} // namespace sockwalk::kernel
