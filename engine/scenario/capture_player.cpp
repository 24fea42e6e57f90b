#include "engine/scenario/capture_player.h"
#include "engine/scenario/relive_player.h"

namespace sockwalk::scenario {

std::unique_ptr<Player> capturePlayer(CapturePlan plan, Stage& stage, UdpReaders::Received received) {
  return std::make_unique<RelivePlayer>(relivePlan(std::move(plan)), stage, std::move(received));
}

} // namespace sockwalk::scenario
