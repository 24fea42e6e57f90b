// What a listener on a device would capture: frames go on the journal as they come in or leave. No kernel function.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include <span>

namespace sockwalk::kernel {

// `in`: the frame arrives at `dev`; otherwise it leaves by it. On lo, where both are one moment, it arrives.
void recordFrame(bool in, const net_device* dev, std::span<const u8> frame);
// The same of a buffer's bytes from skb->data on, with all its fragments.
void recordFrame(bool in, const net_device* dev, const sk_buff* skb);
// The frame recorded last gets no sk_buff: the device does not take it.
void refuseFrame(Refusal why, const net_device* dev, int line = __builtin_LINE());
// The device loses the frames that it has taken and nobody has fetched.
void flushFrames(const net_device* dev, int line = __builtin_LINE());

} // namespace sockwalk::kernel
