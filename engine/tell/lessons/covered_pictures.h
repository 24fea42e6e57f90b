// Pictures in which the form would give away what a lesson's open question asks for: how many wait in a queue, where a
// pointer leads. What is asked for is taken out, whether it is there or not, so that nothing follows from its absence.
#pragma once
#include "engine/tell/classes/nesting.h"
#include "engine/tell/lessons/covers.h"
#include "engine/tell/objects/objects.h"
#include "engine/tell/tables/tables.h"

namespace sockwalk::tell {

void cover(std::vector<KernelTable>& tables, const Covers& covers);
void cover(ObjectGraph& graph, const Covers& covers);
void cover(Nesting& nesting, const Covers& covers);

} // namespace sockwalk::tell
