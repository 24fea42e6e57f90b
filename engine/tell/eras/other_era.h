// A walk, and the same stimuli played by the kernel of the other era.
//
//   auto other = sessionOfOtherEra(open);        an Error says why that kernel takes no such session
//   (*other)->runAll();
//   ErasOfWalk both = compareEras(open, **other);
#pragma once
#include "engine/base/era.h"
#include "engine/base/result.h"
#include "engine/scenario/session.h"
#include "engine/tell/eras/walks.h"
#include <memory>

namespace sockwalk::tell {

constexpr Era otherEra(Era era) { return era == Era::Linux61 ? Era::Linux26 : Era::Linux61; }
// Nothing of it has run yet.
Result<std::unique_ptr<scenario::Session>> sessionOfOtherEra(scenario::Session& open);

struct ErasOfWalk {
  ErasCompared compared;
  Era open = Era::Linux61; // of the walk that is open
  std::string refused;     // what the other kernel did not take, and why; "": it took all of it
};
ErasOfWalk compareEras(scenario::Session& open, const scenario::Session& other);

// "2.6 does not play all of it: ..."; empty if it does.
Text refusedText(const ErasOfWalk& both);
std::vector<std::string> lines(const ErasOfWalk& both);
nlohmann::json json(const ErasOfWalk& both);

} // namespace sockwalk::tell
