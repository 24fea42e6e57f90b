// Which cards are parts of one allocation.
#pragma once
#include "engine/tell/objects/objects.h"

namespace sockwalk::tell {

std::vector<ObjectHolder> holdersIn(const ObjectGraph& graph, const Playhead& at);

} // namespace sockwalk::tell
