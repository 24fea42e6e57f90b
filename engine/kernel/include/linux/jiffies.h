// Ticks and other units of time. A jiffy is 1/HZ s; machine().jiffies() counts them. Source: include/linux/jiffies.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/machine/machine.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

u64 __usecs_to_jiffies(u32 u); // rounds up, as the next
u64 __msecs_to_jiffies(u32 m); // of a number that no compiler knows
inline u64 usecs_to_jiffies(u32 u) { return __usecs_to_jiffies(u); }
inline u32 jiffies_to_usecs(u64 j) { return static_cast<u32>(j * (USEC_PER_SEC / machine().options().hz)); }
inline u32 jiffies_to_msecs(u64 j) { return static_cast<u32>(j * 1000 / machine().options().hz); }
inline u64 msecs_to_jiffies(u32 m) { return (u64(m) * machine().options().hz + 999) / 1000; }
inline u64 nsecs_to_jiffies(u64 n) { return n / (NSEC_PER_SEC / machine().options().hz); }
inline u64 ktime_get_ns() { return static_cast<u64>(machine().now()); }
inline s64 ktime_get_seconds() { return machine().now() / s64(NSEC_PER_SEC) + 1; } // 0 means "never" to its users
constexpr bool time_after32(u32 a, u32 b) { return static_cast<s32>(b - a) < 0; }
constexpr bool time_before32(u32 a, u32 b) { return time_after32(b, a); }

inline u32 HZ() { return machine().options().hz; }

} // namespace sockwalk::kernel
