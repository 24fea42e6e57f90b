// What the names of an expression mean. The language (expression.h) knows names, constants and their types only through a
// vocabulary, and an item's values only through Item: there is one of packets, and there may be one of anything.
//
//   tcp.port == 80 && ip.addr == 10.0.0.0/8        of a packet
//   sk.sk_state == TCP_ESTABLISHED                 of a moment of the walk
//   count(retransmit) == 1 && count(rto) == 0      of a run
#pragma once
#include "engine/tell/text.h"
#include <optional>

namespace sockwalk::tell::expression {

enum class Type : u8 {
  Presence, // it is there or it is not, and has no value: a protocol
  Flag,     // 0 or 1
  Number,   // some of its values may have names
  Named,    // one of the vocabulary's constants and nothing else
  Time,
  Text,
  Address, // IPv4
  Mac,
  Bytes
};

struct Value {
  s64 number = 0;        // a Time: ns; an Address: 10.0.0.1 is 0x0a000001; a Mac: its 48 bits
  std::string_view text; // of Text and Bytes; lives as long as the item
};
using Values = std::vector<Value>;

struct Name {
  std::string word; // as it is written: "tcp.port"
  Type type = Type::Presence;
  tell::Text about;   // a few words for whoever chooses among names
  bool takes = false; // what it means depends on a word in parentheses: count(retransmit)
  u32 id = 0;         // the vocabulary's own, as is `argument`
  s64 argument = 0;
};

struct Constant {
  std::string word;
  s64 value = 0;
};

class Vocabulary {
public:
  virtual ~Vocabulary() = default;
  virtual std::optional<Name> find(std::string_view word) const = 0;
  // All that could be written, for completion and to find the nearest of a mistyped one.
  virtual std::vector<Name> names() const = 0;
  // What the values of a Number or a Named are called; of two words for a value the usual one stands first.
  virtual std::vector<Constant> constants(const Name&) const { return {}; }
  // Of a name that takes a word: what these may be, and the name with one of them. The value of a constant is `argument`.
  virtual std::vector<Constant> arguments(const Name&) const { return {}; }
};

class Item {
public:
  virtual ~Item() = default;
  // Adds what the item has under the name: nothing, a value, or several (both ports of a segment). Of a Presence that is
  // there: any value.
  virtual void values(const Name& name, Values& out) const = 0;
};

} // namespace sockwalk::tell::expression
