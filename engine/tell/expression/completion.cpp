#include "engine/tell/expression/completion.h"
#include "engine/tell/expression/tokens.h"
#include <algorithm>

namespace sockwalk::tell::expression {

namespace {

bool isComparison(const Token& token) {
  for (const auto* sign : {"==", "!=", "<", ">", "<=", ">=", "contains"})
    if (token.is(sign)) return true;
  return false;
}

// What may stand where the typed word ends: told from the tokens before it.
class Place {
public:
  Place(const std::vector<Token>& before, const Vocabulary& vocabulary) : m_before(before), m_vocabulary(vocabulary) {}

  std::vector<Candidate> all() const {
    if (const auto compared = comparedName()) return constants(m_vocabulary.constants(*compared));
    if (const auto called = calledName()) return constants(m_vocabulary.arguments(*called));
    if (m_before.empty() || begins(m_before.back())) return names();
    return operators();
  }

private:
  static bool begins(const Token& token) {
    return token.is("&&") || token.is("||") || token.is("!") || token.is("(") || isComparison(token);
  }

  std::optional<Name> nameAt(size_t back) const {
    if (back >= m_before.size()) return {};
    const Token& token = m_before[m_before.size() - 1 - back];
    return token.kind == Token::Word ? m_vocabulary.find(token.text) : std::optional<Name>();
  }
  const Token* at(size_t back) const {
    return back < m_before.size() ? &m_before[m_before.size() - 1 - back] : nullptr;
  }

  // The name to whose values the place belongs: of `tcp.flags &`, `outcome ==`, `way in {`.
  std::optional<Name> comparedName() const {
    size_t back = 0;
    if (at(0) && (at(0)->is("{") || at(0)->is(",") || at(0)->is(".."))) {
      while (at(back) && !at(back)->is("{")) ++back;
      if (!at(back + 1) || !at(back + 1)->is("in")) return {};
      ++back;
    } else if (!at(0) || !(isComparison(*at(0)) || at(0)->is("&"))) {
      return {};
    }
    if (const Token* mask = at(back + 2); mask && mask->is("&")) back += 2;
    return nameAt(back + 1);
  }

  std::optional<Name> calledName() const {
    if (!at(0) || !at(0)->is("(")) return {};
    const auto name = nameAt(1);
    return name && name->takes ? name : std::optional<Name>();
  }

  static std::vector<Candidate> constants(const std::vector<Constant>& all) {
    std::vector<Candidate> out;
    out.reserve(all.size());
    for (const Constant& c : all) out.push_back({c.word, {}});
    return out;
  }
  std::vector<Candidate> names() const {
    std::vector<Candidate> out;
    for (const Name& name : m_vocabulary.names()) out.push_back({name.word, name.about});
    return out;
  }
  std::vector<Candidate> operators() const {
    std::vector<Candidate> out;
    const auto name = nameAt(0);
    const bool compared = at(1) && isComparison(*at(1));
    if (name && !compared && name->type != Type::Presence)
      for (const char* sign : {"==", "!=", "in", "contains", "matches"}) out.push_back({sign, {}});
    for (const char* sign : {"and", "or"}) out.push_back({sign, {}});
    return out;
  }

  const std::vector<Token>& m_before;
  const Vocabulary& m_vocabulary;
};

bool isTyped(const Token& token) {
  return token.kind == Token::Word || token.is("in") || (token.kind == Token::Symbol && token.text.size() > 2);
}

} // namespace

Completion complete(std::string_view text, size_t cursor, const Vocabulary& vocabulary, size_t limit) {
  Completion out;
  out.from = out.to = std::min(cursor, text.size());
  std::vector<Token> before = tokens(text.substr(0, out.to));
  before.pop_back();                                                   // the end
  if (!before.empty() && before.back().kind == Token::Bad) return out; // within quotation marks, say
  const bool typing = !before.empty() && before.back().to == out.to && isTyped(before.back());
  if (typing) {
    out.from = before.back().from;
    before.pop_back();
  }
  const std::string typed = lower(text.substr(out.from, out.to - out.from));
  std::vector<Candidate> all = Place(before, vocabulary).all();
  std::erase_if(all, [&](const Candidate& c) { return lower(c.word).find(typed) == std::string::npos; });
  std::stable_partition(all.begin(), all.end(), [&](const Candidate& c) { return lower(c.word).starts_with(typed); });
  if (all.size() > limit) all.resize(limit);
  out.candidates = std::move(all);
  return out;
}

} // namespace sockwalk::tell::expression
