// A machine that will stop in the middle of its next reception: a tap on all frames whose function nobody simulates.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/slab.h"

namespace sockwalk::kernel {

inline void stopWithNextFrame(Machine& machine) {
  machine.interrupt("a tap that is not simulated", [] {
    const auto* tap = kzalloc<packet_type>(GFP_KERNEL);
    set(tap->type, htons(0x0003));   // ETH_P_ALL
    set(tap->ignore_outgoing, true); // who sends is in a call, and would only hear that it failed
    set(tap->func, unbuilt<"unsimulated_tap">);
    dev_add_pack(tap);
  });
}

} // namespace sockwalk::kernel
