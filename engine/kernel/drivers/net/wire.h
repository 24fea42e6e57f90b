// The hardware's side of eth0: what comes in over the wire is written to memory as the device would (DMA), and the
// interrupt line is raised. The driver's side is drivers/net/ethernet/intel/e1000/.
#pragma once
#include "engine/kernel/machine/machine.h"
#include <span>
#include <string>

namespace sockwalk::kernel {

// A frame (destination address first, without its checksum) arrives at interface `ifindex`: a stimulus of its own,
// which runs the interrupt and the softirq. A device that is down, a frame that is too short for an Ethernet header or
// too long, a frame for another address, or a full ring: the device drops it, counts it, and a note says why.
void receiveFrame(Machine& machine, u32 ifindex, std::span<const u8> frame, std::string text,
                  std::string caseName = "");
// The same for somebody who is inside a stimulus already: the answer of a simulated peer, for instance.
void deliverFrame(u32 ifindex, std::span<const u8> frame);
// Several that are in the ring before the interrupt comes. None: nothing will come for what was sent just now, so the
// device need not wait with telling that it was sent.
void deliverBurst(u32 ifindex, const std::vector<std::vector<u8>>& frames);
void receiveFrame(const u8* frame, u32 size); // at eth0, inside a stimulus
// Several frames that are in the ring before the interrupt comes.
void receiveBurst(Machine& machine, u32 ifindex, const std::vector<std::vector<u8>>& frames, std::string text,
                  std::string caseName = "");

// The card or tun with this interface index; nullptr: there is none.
const struct net_device* deviceAt(u32 ifindex);

// For the e1000's own parts: the device wants an interrupt for `cause` (ICR bits); it comes now if it is not masked.
void e1000_hw_interrupt(const struct e1000_adapter* adapter, u32 cause);
// Runs the driver's handler if a cause is pending and not masked.
void e1000_hw_update(const struct e1000_adapter* adapter);
// While a frame leaves: it is one of several that the device cut out of one buffer, and the next follows at once.
bool moreFramesFollow();
void setMoreFramesFollow(bool more);

} // namespace sockwalk::kernel
