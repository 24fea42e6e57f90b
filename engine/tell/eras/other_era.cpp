#include "engine/tell/eras/other_era.h"
#include "engine/tell/messages.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {
bool needsDevice(const scenario::SessionStimulus& s) {
  return std::holds_alternative<scenario::CaptureStimulus>(s) || std::holds_alternative<scenario::TapStimulus>(s) ||
         std::holds_alternative<scenario::FrameStimulus>(s);
}
} // namespace

Result<std::unique_ptr<scenario::Session>> sessionOfOtherEra(scenario::Session& open) {
  if (std::ranges::any_of(open.stimuli(), needsDevice))
    return Error{
        "both kernels play scripts; the Linux of 2.6 is here without devices, so it plays no packets of a file "
        "or a wire"};
  scenario::MachineSetup setup = open.setup();
  setup.era = otherEra(open.machine().era());
  return scenario::Session::open(open.stimuli(), setup);
}

// What a script expects of results need not hold on the other kernel: of its failures only those are told that come with
// calls which that kernel has never made.
ErasOfWalk compareEras(scenario::Session& open, const scenario::Session& other) {
  const bool openIsThen = open.machine().era() == Era::Linux26;
  const Journal &mine = open.journal(), &others = other.journal();
  ErasOfWalk out{openIsThen ? compareWalks(mine, others) : compareWalks(others, mine), open.machine().era(), {}};
  if (out.compared.unpaired && !other.failures().empty()) out.refused = other.failures().front().message;
  return out;
}

Text refusedText(const ErasOfWalk& both) {
  if (both.refused.empty()) return {};
  return say("Linux %1 does not play all of it: %2", nameOf(otherEra(both.open)), spokenMessage(both.refused));
}

std::vector<std::string> lines(const ErasOfWalk& both) {
  std::vector<std::string> out = lines(both.compared);
  if (!both.refused.empty()) out.push_back(spoken(refusedText(both)));
  return out;
}

nlohmann::json json(const ErasOfWalk& both) {
  nlohmann::json out = json(both.compared);
  out["open"] = nameOf(both.open);
  if (!both.refused.empty()) out["refused"] = both.refused;
  return out;
}

} // namespace sockwalk::tell
