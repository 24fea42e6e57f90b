// Which kinds of objects the object graph shows, and which of their members matter there. A table, so that adding a
// kind or a member is a line.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/reflection.h"

#include <optional>
#include <span>
#include <string>

namespace sockwalk {

// One line of a card.
struct RowSpec {
  enum Form : u8 {
    Value,    // as reflection reads it
    Number,   // the integer at that place (reference counts lie in structures of their own)
    Mode,     // a file's mode, octal
    Flags,    // open flags
    Queue,    // a list of sk_buffs: its length, and an arrow to the first
    Port,     // a port in host byte order, "0" not shown
  };
  const char* label;
  const char* path;      // members from the structure on, by dots
  Form form = Value;
  bool back = false;     // points to where one came from: drawn faintly
};

// A kind of object, or a part of one that has a card of its own (the socket and the inode in a socket_alloc).
struct CardSpec {
  const char* type;      // structure whose members the rows name
  const char* holder;    // structure that it is a part of; nullptr: it stands alone
  const char* part;      // its member there
  Layer layer;
  int column;            // where it stands, left to right: a kind keeps its place whoever is born beside it
  std::span<const RowSpec> rows;
};
std::span<const CardSpec> cardSpecs();

// The cards that an object of this type is shown as; empty: none. A tcp_sock is shown as a sock.
std::vector<const CardSpec*> specsFor(TypeId type);

// A member found by its path: its layout, itself, and where it lies from the beginning of the structure.
struct Field {
  const LayoutInfo* layout = nullptr;
  const MemberInfo* member = nullptr;
  u32 base = 0; // offset of `layout` in the outer structure
  u32 offset() const { return base + member->offset; }
  explicit operator bool() const { return member != nullptr; }
};
Field fieldAt(std::string_view structure, std::string_view path);

} // namespace sockwalk
