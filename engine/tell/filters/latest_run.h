// What the notes of the kernel say of a filter's latest run.
#pragma once
#include "engine/tell/filters/filters.h"

namespace sockwalk::tell {

// Of the program at filter.address, with its lines; `since`: it lives from there on.
void readLatestRun(const Playhead& at, EventIndex since, FilterTold& filter);

} // namespace sockwalk::tell
