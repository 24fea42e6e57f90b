// What `sockwalk tell` says of something that has a name: a structure, its heat, what differs from another, who holds a value,
// single tables.
#pragma once
#include "engine/journal/playhead.h"
#include <string>

namespace sockwalk::cli {

struct StructureWish {
  std::string topic, name, other;
  bool groups = false, all = false, json = false;
};
// `with`: the other moment of a comparison; without one it is `at`. Gives the exit code.
int tellStructure(const Playhead& at, const StructureWish& wish, const Playhead* with = nullptr);

} // namespace sockwalk::cli
