#include "engine/tell/expression/literals.h"
#include <algorithm>
#include <utility>

namespace sockwalk::tell::expression {

namespace {

constexpr int DeepestNesting = 100;
using Part = std::shared_ptr<const Node>;

std::optional<Relation> relationOf(const Token& token) {
  constexpr std::pair<std::string_view, Relation> Relations[] = {{"==", Relation::Equal},  {"!=", Relation::Differs},
                                                                 {"<", Relation::Less},    {">", Relation::Greater},
                                                                 {"<=", Relation::AtMost}, {">=", Relation::AtLeast}};
  for (const auto& [sign, relation] : Relations)
    if (token.is(sign)) return relation;
  return {};
}

// As it is seen from the other side: 80 < tcp.port is tcp.port > 80.
Relation turned(Relation relation) {
  switch (relation) {
  case Relation::Less: return Relation::Greater;
  case Relation::Greater: return Relation::Less;
  case Relation::AtMost: return Relation::AtLeast;
  case Relation::AtLeast: return Relation::AtMost;
  default: return relation;
  }
}

bool hasEquality(Relation relation) { return relation == Relation::Equal || relation == Relation::Differs; }

std::vector<Range> rangesOf(Relation relation, Range value) {
  switch (relation) {
  case Relation::Less:
    return value.first == Least ? std::vector<Range>{} : std::vector<Range>{{Least, value.first - 1}};
  case Relation::Greater: return value.last == Most ? std::vector<Range>{} : std::vector<Range>{{value.last + 1, Most}};
  case Relation::AtMost: return {{Least, value.first}};
  case Relation::AtLeast: return {{value.last, Most}};
  default: return {value};
  }
}

class Parser {
public:
  Parser(std::string_view text, const Vocabulary& vocabulary)
      : m_tokens(tokens(text)), m_vocabulary(vocabulary), m_literals(vocabulary) {}

  Part whole() {
    if (m_tokens.size() == 1) return nullptr;
    for (const Token& t : m_tokens)
      if (t.kind == Token::Bad) stop(t, t.trouble);
    Part all = either();
    if (peek().kind != Token::End) unexpected();
    return all;
  }

private:
  const Token& peek(size_t ahead = 0) const { return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)]; }
  const Token& take() {
    const Token& token = peek();
    m_at = std::min(m_at + 1, m_tokens.size() - 1);
    return token;
  }
  bool takes(std::string_view symbol) { return peek().is(symbol) && (take(), true); }

  [[noreturn]] void unexpected() {
    if (relationOf(peek())) stop(peek(), say("a comparison has two sides; && joins two comparisons"));
    if (peek().is(")")) stop(peek(), say("there is no ( for this )"));
    if (m_bare.empty()) stop(peek(), say("expected && or ||"));
    stop(peek(), say("expected an operator such as == after %1, or && or ||", m_bare));
  }

  // ---- what joins comparisons
  template <class Inner> Part joined(std::string_view sign, Node::Kind kind, Inner inner) {
    Part first = inner();
    if (!peek().is(sign)) return first;
    auto node = std::make_shared<Node>();
    node->kind = kind;
    node->parts = {first};
    while (takes(sign)) node->parts.push_back(inner());
    return node;
  }
  Part either() {
    return joined("||", Node::Or, [this] { return both(); });
  }
  Part both() {
    return joined("&&", Node::And, [this] { return single(); });
  }

  Part single() {
    if (++m_depth > DeepestNesting) stop(peek(), say("this is nested too deep"));
    Part part = peek().is("!") ? negated() : peek().is("(") ? bracketed() : comparison();
    --m_depth;
    return part;
  }

  Part negated() {
    take();
    auto node = std::make_shared<Node>();
    node->kind = Node::Not;
    node->parts = {single()};
    return node;
  }

  Part bracketed() {
    const Token open = take();
    Part inside = either();
    if (peek().kind == Token::End) stop(open, say("there is no ) for this ("));
    if (!takes(")")) unexpected();
    m_bare.clear();
    return inside;
  }

  // ---- comparisons
  Part comparison() {
    m_bare.clear();
    if (const auto relation = relationOf(peek(1)); relation && isNameAt(2) && !isNameAt(0)) {
      const Token literal = take();
      take();
      auto node = std::make_shared<Node>();
      node->name = name();
      mask(*node);
      compareLiteral(*node, turned(*relation), literal);
      return node;
    }
    auto node = std::make_shared<Node>();
    node->name = name();
    mask(*node);
    if (const auto relation = relationOf(peek())) compare(*node, *relation);
    else if (takes("in")) among(*node);
    else if (peek().is("contains") || peek().is("matches")) has(*node, take().is("matches"));
    else alone(*node);
    return node;
  }

  bool isNameAt(size_t ahead) const {
    return peek(ahead).kind == Token::Word && m_vocabulary.find(peek(ahead).text).has_value();
  }

  Name name() {
    const Token word = take();
    if (word.kind == Token::End) stop(word, say("expected a name such as %1", example()));
    if (word.kind != Token::Word) stop(word, say("expected a name such as %1 here", example()));
    auto known = m_vocabulary.find(word.text);
    if (!known) m_literals.unknown(word);
    if (known->takes) argument(*known, word);
    else if (peek().is("(")) stop(peek(), say("%1 takes nothing in parentheses", word.text));
    return *known;
  }
  std::string example() const {
    const auto all = m_vocabulary.names();
    return all.empty() ? "" : all.front().word;
  }

  void argument(Name& name, const Token& word) {
    if (!takes("(")) stop(word, say("expected parentheses: %1(...)", word.text));
    const Token what = take();
    const auto known = m_vocabulary.arguments(name);
    const auto found = std::find_if(known.begin(), known.end(), [&](const Constant& c) { return c.word == what.text; });
    if (what.kind != Token::Word && what.kind != Token::Quoted) stop(what, say("expected a name in the parentheses"));
    if (found == known.end()) m_literals.unknownArgument(name, what);
    name.argument = found->value;
    if (!takes(")")) stop(peek(), say("expected )"));
  }

  void mask(Node& node) {
    if (!peek().is("&")) return;
    const Token sign = take();
    if (node.name.type != Type::Number) stop(sign, say("& tests bits, and %1 is no number", node.name.word));
    node.mask = m_literals.range(node.name, operand()).first;
  }

  Token operand() {
    if (peek().kind == Token::End) stop(peek(), say("expected a value"));
    return take();
  }

  // A name alone is there; with a mask one of the bits is set.
  void alone(Node& node) {
    m_bare = node.name.word;
    if (node.mask) {
      node.kind = Node::Within;
      node.ranges = {{Least, -1}, {1, Most}};
    } else if (node.name.takes) {
      stop(peek(), say("expected an operator such as == after %1(...)", node.name.word));
    }
  }

  void compare(Node& node, Relation relation) {
    const Token& sign = take();
    if (!isNameAt(0) || m_literals.isConstant(node.name, peek().text)) {
      checkRelation(node, relation, sign);
      return compareLiteral(node, relation, operand());
    }
    const Token at = peek();
    node.other = name();
    const bool alike = node.other.type == node.name.type && node.name.type != Type::Presence;
    if (!alike) stop(at, say("%1 and %2 are not of one kind", node.name.word, node.other.word));
    if (peek().is("&")) stop(peek(), say("the bits stand on the left side"));
    checkRelation(node, relation, sign);
    node.kind = Node::Compared;
    node.relation = relation;
  }

  void checkRelation(const Node& node, Relation relation, const Token& sign) {
    checkHasValue(node, sign);
    if (!hasEquality(relation) && !hasOrder(node.name.type))
      stop(sign, say("%1 has no greater and less: expected == or !=", node.name.word));
  }
  void checkHasValue(const Node& node, const Token& sign) {
    if (node.name.type == Type::Presence)
      stop(sign, say("%1 is there or it is not: it has no value to compare", node.name.word));
  }

  void compareLiteral(Node& node, Relation relation, const Token& literal) {
    checkRelation(node, relation, literal);
    if (hasText(node.name.type)) {
      node.kind = relation == Relation::Equal ? Node::OneOf : Node::NoneOf;
      node.texts = {m_literals.text(node.name, literal)};
      return;
    }
    const Range value = m_literals.range(node.name, literal);
    if (!hasEquality(relation) && value.first != value.last)
      stop(literal, say("a prefix is many addresses: expected == or !="));
    node.kind = relation == Relation::Differs ? Node::Outside : Node::Within;
    node.ranges = rangesOf(relation, value);
  }

  void among(Node& node) {
    checkHasValue(node, peek());
    node.kind = hasText(node.name.type) ? Node::OneOf : Node::Within;
    if (!takes("{")) stop(peek(), say("expected { and the values, such as {1, 2, 5..9}"));
    do element(node);
    while (takes(","));
    if (!takes("}")) stop(peek(), say("expected , or }"));
  }

  void element(Node& node) {
    const Token value = operand();
    if (hasText(node.name.type)) return node.texts.push_back(m_literals.text(node.name, value));
    Range range = m_literals.range(node.name, value);
    if (peek().is("..")) {
      const Token dots = take();
      if (!hasOrder(node.name.type)) stop(dots, say("%1 has no greater and less", node.name.word));
      const Token last = operand();
      range.last = m_literals.range(node.name, last).last;
      if (range.last < range.first) stop(last, say("the range ends before it begins"));
    }
    node.ranges.push_back(range);
  }

  void has(Node& node, bool matching) {
    const Token value = operand();
    if (node.name.type == Type::Named) {
      node.kind = Node::Within;
      node.ranges = m_literals.constantsWith(node.name, value, matching);
      return;
    }
    if (!hasText(node.name.type)) stop(value, say("%1 is no text: expected == or another comparison", node.name.word));
    node.kind = matching ? Node::Matches : Node::Contains;
    if (matching) node.pattern = m_literals.pattern(value);
    else node.texts = {m_literals.text(node.name, value)};
  }

  std::vector<Token> m_tokens;
  const Vocabulary& m_vocabulary;
  Literals m_literals;
  size_t m_at = 0;
  int m_depth = 0;
  std::string m_bare; // the name that stood alone just now
};

} // namespace

Parsed parse(std::string_view text, const Vocabulary& vocabulary) {
  Parsed parsed;
  try {
    parsed.expression = Expression(Parser(text, vocabulary).whole());
  } catch (const Stop& stopped) {
    parsed.problem = stopped.problem;
  }
  return parsed;
}

std::string spoken(const Problem& problem, std::string_view text) {
  const bool atEnd = problem.from >= text.size();
  const tell::Text where = atEnd ? tell::say("at the end") : tell::say("column %1", problem.from + 1);
  return tell::spoken(where) + ": " + tell::spoken(problem.sentence);
}

} // namespace sockwalk::tell::expression
