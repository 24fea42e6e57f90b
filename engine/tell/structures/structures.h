// The structures of the kernel at a moment: which there are, and one of them with all its members.
//
//   tell::liveStructures(at)                    every object of known layout that lives at the playhead
//   tell::structureNamed(at, "tcp_sock #1")     the one of that name; a global ("inet_stream_ops"), an address ("0x…")
//   tell::readStructure(at, subject, from)      its members, with their values, and what changed since `from`
#pragma once
#include "engine/base/result.h"
#include "engine/tell/structures/rows.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

struct LiveStructure {
  std::string id;   // "tcp_sock #1": what pointers to it read as, and what structureNamed() takes
  std::string type; // "tcp_sock"
  u64 address = 0;
  u32 size = 0;
  std::string cache;   // slab cache
  EventIndex born = 0; // the event of its allocation
};
std::vector<LiveStructure> liveStructures(const Playhead& at); // oldest first

// An Error says what lives there instead.
Result<StructureSubject> structureNamed(const Playhead& at, const std::string& name);

struct StructureMember {
  RowKind kind = RowKind::Member;
  int depth = 0;
  Text name;
  std::string path, type;
  u32 offset = 0, size = 0; // from the structure's beginning; of a bit-field, its storage unit's
  u8 bit = 0, bits = 0;
  std::string place; // "126:0–2"
  bool inUnion = false;
  std::vector<std::string_view> macros; // what the kernel's source calls it as well
  Text value;                           // empty: what is in it has values
  u64 pointer = 0;                      // that it holds
  RowChange change = RowChange::Untouched;
  bool isMember() const { return kind == RowKind::Member || kind == RowKind::Group; }
};
struct StructureAt {
  std::string id, title; // "tcp_sock #1", "struct tcp_sock"
  Text details, fate;    // see subject.h
  StructureSubject subject;
  std::vector<StructureMember> members; // in the order of memory, what is in a member after it and one deeper
};
StructureAt readStructure(const Playhead& at, const StructureSubject& subject, EventIndex from,
                          RowOrder order = RowOrder::Memory);

std::vector<std::string> lines(const std::vector<LiveStructure>& structures);
std::vector<std::string> lines(const StructureAt& structure);
nlohmann::json json(const std::vector<LiveStructure>& structures);
nlohmann::json json(const StructureAt& structure);

} // namespace sockwalk::tell
