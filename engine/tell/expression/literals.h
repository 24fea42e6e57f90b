// What stands beside a name in a comparison, as values of the name's type.
#pragma once
#include "engine/tell/expression/node.h"
#include "engine/tell/expression/tokens.h"

namespace sockwalk::tell::expression {

// The parser's own: thrown where it stops, caught in parse().
struct Stop {
  Problem problem;
};
[[noreturn]] void stop(const Token& at, tell::Text sentence);

class Literals {
public:
  explicit Literals(const Vocabulary& vocabulary) : m_vocabulary(vocabulary) {}
  Range range(const Name& name, const Token& token) const;      // of a type that is a number
  std::string text(const Name& name, const Token& token) const; // of Text and Bytes
  std::regex pattern(const Token& token) const;
  // The constants of a Named whose words contain a text, or match.
  std::vector<Range> constantsWith(const Name& name, const Token& token, bool matching) const;
  bool isConstant(const Name& name, const std::string& word) const;
  // Says that there is no such word, and which is the nearest.
  [[noreturn]] void unknown(const Token& token) const;
  [[noreturn]] void unknownArgument(const Name& name, const Token& token) const;

private:
  Range flag(const Name& name, const Token& token) const;
  Range number(const Name& name, const Token& token) const;
  [[noreturn]] void unfit(const Name& name, const Token& token) const;
  const Vocabulary& m_vocabulary;
};

} // namespace sockwalk::tell::expression
