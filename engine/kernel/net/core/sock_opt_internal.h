#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

struct Timeval {
  s64 sec, usec;
}; // struct timeval of a 64-bit program

} // namespace sockwalk::kernel
