// Which parts of the arena are memory of the simulated machine at a moment, and not what the arena keeps about it.
#pragma once
#include "engine/journal/playhead.h"
#include <optional>
#include <string>
#include <vector>

namespace sockwalk::debug {

// The offsets of its pages, ascending: those that slabs have, the kernel's data, and what is ever written elsewhere.
std::vector<u32> memoryPages(const Playhead& at);
// The bytes at a kernel address, as far as there is memory; nothing where there is none.
std::optional<std::string> readMemory(const Playhead& at, u64 address, u64 size);

} // namespace sockwalk::debug
