// "Drag the pointers": where head, data, tail and end of a buffer will stand, in bytes from head. Right is what the record
// has of the newest sk_buff at the moment that is asked for.
#pragma once
#include "engine/base/result.h"
#include "engine/journal/playhead.h"
#include <optional>
#include <string>
#include <vector>

namespace sockwalk::tell {

const std::vector<std::string>& pointerNames(); // head, data, tail, end

struct Pointer {
  std::string name;
  u32 at = 0;
};
// The bar on which they are dragged.
struct PointerBoard {
  std::vector<Pointer> asked; // where they stand at the stop, and begin
  std::vector<Pointer> known; // the others, as they stand at the stop
  u32 range = 0;              // bytes that the bar has
  bool living = false;        // there is such a buffer at the stop
};

// Of the newest buffer that lives there; an error: there is none.
Result<std::vector<Pointer>> pointersAt(const Playhead& at, const std::vector<std::string>& names,
                                        u64* buffer = nullptr);
// `stop`: where the question stands; `right`: the pointers that are asked for, of `buffer`, as they will be.
PointerBoard pointerBoard(const Playhead& stop, u64 buffer, const std::vector<Pointer>& right);

std::string saidOf(const std::vector<Pointer>& pointers); // "data 2, tail 49"
// "data 2": true where data stands at 2, wherever the others do. Nothing: these are no pointers.
std::optional<bool> standAs(const std::string& said, const std::vector<Pointer>& pointers);

} // namespace sockwalk::tell
