// The language of conditions, of the filter of packets for one; the same whatever the names mean:
//
//   tcp.port == 80 && ip.src != 10.0.0.0/8     == != < > <= >= (eq ne lt gt le ge), && || ! (and or not)
//   icmp                                       a name alone: it is there
//   tcp.flags & SYN                            one of these bits is set; (tcp.flags & 0x12) == 0x12 without the brackets
//   udp.port in {53, 5000..6000}               one of these
//   frame contains "GET"                       matches: the same with a regular expression, upper and lower case alike
//   drop.reason == NO_SOCKET                   constants by their names, in quotation marks or without
//
// Of a name with several values (tcp.port) one must fit; for != all must differ. An item without the name fits neither.
// && binds stronger than ||, as ! does than both.
//
//   const Parsed parsed = parse("tcp.port == 80", vocabulary);
//   if (!parsed.problem) parsed.expression.holds(item);
#pragma once
#include "engine/tell/expression/vocabulary.h"
#include <memory>

namespace sockwalk::tell::expression {

struct Node;

class Expression {
public:
  Expression() = default; // holds of everything
  explicit Expression(std::shared_ptr<const Node> root) : m_root(std::move(root)) {}
  bool holds(const Item& item) const;
  std::vector<Name> names() const; // that it asks for
  // What stands between the outermost ||, each for itself; only itself if there are none.
  std::vector<Expression> alternatives() const;
  std::vector<Expression> conjuncts() const; // the same of &&
  bool isName() const;                       // and nothing else: that it is there is all that is asked

private:
  std::shared_ptr<const Node> m_root;
};

// What is wrong with the text, and which part of it.
struct Problem {
  size_t from = 0, to = 0; // bytes
  tell::Text sentence;     // says what was expected, and the nearest name of a mistyped one
};

struct Parsed {
  Expression expression;
  std::optional<Problem> problem;
};
Parsed parse(std::string_view text, const Vocabulary& vocabulary);

// For an error message: "column 5: there is no tcp.prt; the nearest is tcp.port".
std::string spoken(const Problem& problem, std::string_view text);

} // namespace sockwalk::tell::expression
