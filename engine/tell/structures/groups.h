// The groups in which a person thinks of the members of a large structure: who it is, its queues, its memory, its timers, whom
// it calls back. The kernel has no such groups: they are a reader's.
#pragma once
#include "engine/tell/text.h"
#include <span>

namespace sockwalk::tell {

struct MemberGroup {
  const char* title;                         // of Words: "identity"
  std::span<const std::string_view> members; // by their paths, as fieldAt() takes them
  Text name() const { return say(TableWords{title}); }
};
// In the order in which they are shown; nothing for a structure that has none.
std::span<const MemberGroup> memberGroups(std::string_view structure);
std::span<const std::string_view> groupedStructures();
// "sk_wmem_alloc" for "sk_wmem_alloc.refs.counter": a structure that is one number bears its own name.
std::string memberShort(std::string_view path);

} // namespace sockwalk::tell
