// Plays a packet file on the machine that its plan describes: the host's connections are relived (relive_player.h), of a
// capture of loopback at both ends.
#pragma once
#include "engine/scenario/capture_plan.h"
#include "engine/scenario/player.h"
#include "engine/scenario/udp_readers.h"

namespace sockwalk::scenario {

std::unique_ptr<Player> capturePlayer(CapturePlan plan, Stage& stage, UdpReaders::Received received);

} // namespace sockwalk::scenario
