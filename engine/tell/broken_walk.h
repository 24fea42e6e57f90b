// A walk in which something goes wrong, as an operator meets it: what is seen from outside stands in its first line, and the
// person looks for where it dies. The answers stand in the script as well (`//@answer`), as places of the record.
#pragma once
#include "engine/scenario/session.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace sockwalk::tell {

// "// Queue overflow: clients time out." of a script; what it does not have is empty.
struct HeadLine {
  std::string title, sentence;
};
HeadLine headLineOf(std::string_view script);

struct BrokenWalkAnswer {
  std::string place;             // as written: "note tcp.accept_queue_full"
  std::string words;             // what there is to see, in English: spokenWords() has others
  EventIndex position = NoEvent; // NoEvent: `missing` says why
  Text name;                     // "step 57 of connect()"
  std::string missing;
};
struct BrokenWalk {
  std::string title, symptom;
  std::vector<BrokenWalkAnswer> answers; // each looked for from the one before
};
// None: the session plays no such script.
std::optional<BrokenWalk> brokenWalk(const scenario::Session& session);

Text question(const BrokenWalk& walk); // the symptom, and what is asked
std::vector<std::string> lines(const BrokenWalk& walk);
nlohmann::json json(const BrokenWalk& walk);

} // namespace sockwalk::tell
