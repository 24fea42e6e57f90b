// The groups in which a person thinks of the members of a large structure: who it is, its queues, its memory, its timers, whom
// it calls back. The kernel has no such groups: they are a reader's.
#pragma once
#include "engine/memory/layout.h"
#include "engine/tell/text.h"

namespace sockwalk::tell {

struct MemberGroup {
  const char* title;                         // of Words: "identity"
  std::span<const std::string_view> members; // by their paths, as fieldAt() takes them
  Text name() const { return say(TableWords{title}); }
};
// In the order in which they are shown; nothing for a structure that has none.
std::span<const MemberGroup> memberGroups(std::string_view structure);
std::span<const std::string_view> groupedStructures();

// All members of a structure, each in one group: those of its own, and, where it begins with a smaller structure that has
// groups (a tcp_sock with a sock), those of that one too, in the groups of the same names.
struct GroupedMember {
  const LayoutInfo* layout = nullptr; // that the member stands in
  size_t index = 0;                   // among layout->members
  u32 layoutOffset = 0;               // where `layout` begins in the structure
  std::string holder;                 // by which members one comes there: "icsk_inet.sk.__sk_common"
  bool inUnion = false;
};
struct WholeGroup {
  const char* title = nullptr;
  std::vector<GroupedMember> members; // in the order of memory
  Text name() const { return say(TableWords{title}); }
};
bool hasWholeGroups(const LayoutInfo& structure);
// In the order in which they are shown. What has no group of its own comes last, as "others".
std::vector<WholeGroup> wholeGroups(const LayoutInfo& structure);
// The members that a group's table names, and that the structure has not: none, says a test.
std::vector<std::string> unknownMembers(std::string_view structure);
std::span<const std::string_view> wholeGroupedStructures(); // that have a table of their own
// "sk_wmem_alloc" for "sk_wmem_alloc.refs.counter": a structure that is one number bears its own name.
std::string memberShort(std::string_view path);
// The same without the smaller sockets that a socket begins with: "skc_state" for "icsk_inet.sk.__sk_common.skc_state".
std::string memberOwn(std::string_view path);

} // namespace sockwalk::tell
