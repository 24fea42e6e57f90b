// An expression as a tree. What is compared has been made into numbers and texts when it was parsed: the value of a name is
// within some ranges, or among some texts.
#pragma once
#include "engine/tell/expression/expression.h"
#include <limits>
#include <regex>

namespace sockwalk::tell::expression {

inline bool hasText(Type type) { return type == Type::Text || type == Type::Bytes; }
inline bool hasOrder(Type type) { return type == Type::Number || type == Type::Time || type == Type::Address; }

struct Range {
  s64 first, last;
};
constexpr s64 Least = std::numeric_limits<s64>::min(), Most = std::numeric_limits<s64>::max();

enum class Relation : u8 { Equal, Differs, Less, Greater, AtMost, AtLeast };

struct Node {
  enum Kind : u8 {
    And,
    Or,
    Not,
    Exists,
    Within,  // a value is in one of the ranges
    Outside, // there are values, and none is in a range
    OneOf,   // the same with texts
    NoneOf,
    Contains,
    Matches,
    Compared // with a second name
  } kind = Exists;
  std::vector<std::shared_ptr<const Node>> parts; // And, Or: two and more; Not: one
  Name name, other;
  std::optional<s64> mask; // bits of the value that count
  std::vector<Range> ranges;
  std::vector<std::string> texts;
  std::regex pattern;
  Relation relation = Relation::Equal; // Compared
};

} // namespace sockwalk::tell::expression
