#include "engine/tell/expression/node.h"
#include <algorithm>

namespace sockwalk::tell::expression {

namespace {

bool within(const Node& node, const Value& value) {
  const s64 number = node.mask ? value.number & *node.mask : value.number;
  return std::any_of(node.ranges.begin(), node.ranges.end(),
                     [&](const Range& r) { return number >= r.first && number <= r.last; });
}

bool among(const Node& node, const Value& value) {
  return std::find(node.texts.begin(), node.texts.end(), value.text) != node.texts.end();
}

template <class T> bool related(const T& a, Relation relation, const T& b) {
  switch (relation) {
  case Relation::Equal: return a == b;
  case Relation::Differs: return a != b;
  case Relation::Less: return a < b;
  case Relation::Greater: return a > b;
  case Relation::AtMost: return a <= b;
  case Relation::AtLeast: return a >= b;
  }
  return false;
}

bool compared(const Node& node, const Item& item, const Values& values) {
  Values others;
  item.values(node.other, others);
  if (values.empty() || others.empty()) return false;
  const auto fits = [&](const Value& a, const Value& b) {
    return hasText(node.name.type) ? related(a.text, node.relation, b.text)
                                   : related(node.mask ? a.number & *node.mask : a.number, node.relation, b.number);
  };
  const bool all = node.relation == Relation::Differs;
  for (const Value& a : values)
    for (const Value& b : others)
      if (fits(a, b) != all) return !all;
  return all;
}

template <class Fits> bool any(const Values& values, Fits fits) {
  return std::any_of(values.begin(), values.end(), fits);
}
template <class Fits> bool none(const Values& values, Fits fits) {
  return !values.empty() && std::none_of(values.begin(), values.end(), fits);
}

bool test(const Node& node, const Item& item) {
  Values values;
  item.values(node.name, values);
  const auto isWithin = [&](const Value& v) { return within(node, v); };
  const auto isAmong = [&](const Value& v) { return among(node, v); };
  switch (node.kind) {
  case Node::Within: return any(values, isWithin);
  case Node::Outside: return none(values, isWithin);
  case Node::OneOf: return any(values, isAmong);
  case Node::NoneOf: return none(values, isAmong);
  case Node::Contains:
    return any(values, [&](const Value& v) { return v.text.find(node.texts.front()) != v.text.npos; });
  case Node::Matches:
    return any(values, [&](const Value& v) { return std::regex_search(v.text.begin(), v.text.end(), node.pattern); });
  case Node::Compared: return compared(node, item, values);
  default: return !values.empty();
  }
}

bool holdsOf(const Node& node, const Item& item) {
  const auto holds = [&](const std::shared_ptr<const Node>& part) { return holdsOf(*part, item); };
  switch (node.kind) {
  case Node::And: return std::all_of(node.parts.begin(), node.parts.end(), holds);
  case Node::Or: return std::any_of(node.parts.begin(), node.parts.end(), holds);
  case Node::Not: return !holds(node.parts.front());
  default: return test(node, item);
  }
}

void collect(const Node& node, std::vector<Name>& out) {
  for (const auto& part : node.parts) collect(*part, out);
  for (const Name& name : {node.name, node.other})
    if (!name.word.empty()) out.push_back(name);
}

} // namespace

bool Expression::holds(const Item& item) const { return !m_root || holdsOf(*m_root, item); }

std::vector<Name> Expression::names() const {
  std::vector<Name> out;
  if (m_root) collect(*m_root, out);
  return out;
}

std::vector<Expression> Expression::alternatives() const {
  if (!m_root || m_root->kind != Node::Or) return {*this};
  return {m_root->parts.begin(), m_root->parts.end()};
}

std::vector<Expression> Expression::conjuncts() const {
  if (!m_root || m_root->kind != Node::And) return {*this};
  return {m_root->parts.begin(), m_root->parts.end()};
}

bool Expression::isName() const { return m_root && m_root->kind == Node::Exists; }

} // namespace sockwalk::tell::expression
