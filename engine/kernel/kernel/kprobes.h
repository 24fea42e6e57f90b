// Probes at the entry of functions. Here for one purpose: a scenario may have a function find a mistake made with the next
// sk_buff that it is handed, as a driver makes it that asks for more headroom than there is.
#pragma once
#include "engine/memory/structures.h"

namespace sockwalk::kernel {

enum class SkbCall : u32 { Push = 1, Put, Pull }; // skb_push(), skb_put(), skb_pull()

// The next sk_buff that `function` is handed gets this call with `len`, once. -EBUSY: a probe waits already; -EINVAL: that
// function is handed no sk_buff.
int register_kprobe(const FunctionInfo& function, SkbCall what, u32 len);
bool kprobeWaits(); // nobody has come by yet

} // namespace sockwalk::kernel
