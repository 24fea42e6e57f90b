// What a frame of a capture was when it arrived at its host. A capture is made inside a host, between kernel and card, so
// that a frame in it may be more, or less, than what was on the wire:
//
// - A buffer of several segments (GRO joined it behind the card, or TSO was to cut it) arrives as those segments, all of
//   them in the card's ring before it interrupts: the receiver's GRO makes the same buffer of them again.
// - A checksum that was left to the card is completed, as the card does.
// - What a snapshot length cut off is zeros, and the checksum fits these: the headers are what the stack acts on.
// - A VLAN tag is taken off: eth0 stands for the interface of that VLAN.
#pragma once
#include "engine/feed/capture_file.h"
#include "engine/scenario/peer.h"

namespace sockwalk::scenario {

// The frames that arrive at once; none if it cannot be played.
std::vector<Bytes> arrivalsOf(const CapturedFrame& frame);

} // namespace sockwalk::scenario
