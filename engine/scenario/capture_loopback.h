// A capture of lo, relived: nothing arrives at a card there, since both ends are on the host. So a socket stands for each
// end; what one end was captured sending, its program sends at that time, and the other end's reads.
#pragma once
#include "engine/scenario/capture_plan.h"
#include "engine/scenario/values.h"
#include <optional>

namespace sockwalk::scenario {

// Is it an address of the machine? `ours`: that of its eth0; 0: it has none.
bool hasAddress(u32 address, u32 ours);
// What of a frame of lo can be played so: a whole UDP datagram between addresses that the machine has.
struct LoopbackDatagram {
  Endpoint from, to;
  ByteView payload;
  size_t size = 0; // of the payload as it was; more than is here if it was captured in part
};
std::optional<LoopbackDatagram> loopbackDatagram(const CapturedFrame& frame, u32 address);
// The ends that have a socket: whoever sends, and whoever receives without refusing.
std::vector<Endpoint> loopbackEnds(const CapturePlan& plan);
// What of the file is not played, as a sentence; "": all of it is.
std::string loopbackLeftOut(const CapturePlan& plan);

} // namespace sockwalk::scenario
