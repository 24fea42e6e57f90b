#pragma once
#include "engine/base/types.h"

namespace sockwalk::kernel {

constexpr u32 INADDR_ANY = 0, INADDR_LOOPBACK = 0x7f000001, INADDR_BROADCAST = 0xffffffff; // host byte order

} // namespace sockwalk::kernel
