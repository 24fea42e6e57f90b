// What a teacher's window tells those who follow it: where the walk stands, and what the room is asked. It travels as a
// line of JSON.
#pragma once
#include "engine/base/result.h"
#include "engine/base/types.h"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sockwalk::share {

struct AskedQuestion {
  int id = 0; // the same as long as it is the same question
  std::string text;
  std::vector<std::string> choices; // none: nothing can be chosen
  int right = -1;                   // index of a choice, once it is revealed
  std::string answer;               // in words, once it is revealed
  bool operator==(const AskedQuestion&) const = default;
};
struct RoomState {
  u64 position = 0; // events that have happened
  std::string view; // the picture before the class: "buffer"
  std::optional<AskedQuestion> question;
  bool operator==(const RoomState&) const = default;
};

std::string toLine(const RoomState& state);
// Bytes of a stranger: what does not hold is an error, and nothing else comes of it.
Result<RoomState> fromLine(std::string_view line);

} // namespace sockwalk::share
