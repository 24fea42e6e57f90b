// What the notes say: the sentences of engine/kernel/notes.tsv. A front end puts the arguments of a Note event in their
// places, each named as its kind says, and may translate the sentence; nobody has words of his own for a note.
#pragma once
#include "engine/base/types.h"
#include <span>
#include <string_view>

namespace sockwalk::kernel {

// What a note's argument is, so that it can be named: 2 is AF_INET for a Family and SOCK_DGRAM for a Type.
enum class NoteKind : u8 {
  Number,
  Object,       // a kernel address
  ObjectOrNone, // the same; if it is 0, the note says its `otherwise`
  Whether,      // not shown: 0 chooses `otherwise`
  Family,
  Type,
  Protocol,
  Address, // IPv4, in network byte order
  Capability,
  Route, // RTN_UNICAST ...
  EtherType,
  TcpState,
  DropReason,
  IcmpType,
  GroResult,
  Neighbour, // NUD_REACHABLE ...
  Error,     // negative errno
};

struct NoteText {
  std::string_view id;
  NoteKind kinds[5]; // of the first `arguments` values
  u8 arguments;
  const char* sentence; // %1, %2 ... stand for the arguments
  const char* otherwise = nullptr;

  // Which of the two sentences these values ask for.
  const char* chosen(std::span<const u64> values) const;
};

std::span<const NoteText> noteTable(); // sorted by id
// Of a registered note: NOTE() takes no id that is not in the table.
const NoteText& noteText(std::string_view id);

} // namespace sockwalk::kernel
