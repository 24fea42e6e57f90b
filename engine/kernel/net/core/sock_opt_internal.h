#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

struct Timeval {
  s64 sec, usec;
}; // struct timeval of a 64-bit program

// ---- sock_opt_get.cpp, for sock_diag as well
u64 __sock_gen_cookie(const sock* sk);
u32 sk_get_meminfo(const sock* sk, u8* out); // nine numbers; bytes

} // namespace sockwalk::kernel
