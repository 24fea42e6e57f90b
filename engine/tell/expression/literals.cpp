#include "engine/tell/expression/literals.h"
#include "engine/base/nearest.h"
#include <algorithm>

namespace sockwalk::tell::expression {

namespace {

constexpr size_t LongestPattern = 500, MacBytes = 6;

// What a value of the type looks like.
tell::Text example(Type type) {
  switch (type) {
  case Type::Flag: return say("0 or 1");
  case Type::Number: return say("a number");
  case Type::Named: return say("a name");
  case Type::Time: return say("a time such as 10ms, or a number of seconds");
  case Type::Text: return say("a text in quotation marks");
  case Type::Address: return say("an address such as 10.0.0.1 or 10.0.0.0/8");
  case Type::Mac: return say("an address such as 02:00:00:00:00:01");
  case Type::Bytes: return say("a text in quotation marks, or bytes such as 47:45:54");
  case Type::Presence: break;
  }
  return {};
}

std::vector<std::string> wordsOf(const std::vector<Constant>& constants) {
  std::vector<std::string> words;
  words.reserve(constants.size());
  for (const Constant& c : constants) words.push_back(c.word);
  return words;
}

bool mayNameAConstant(const Token& token) {
  return token.kind == Token::Word || token.kind == Token::Quoted || token.is("in");
}

} // namespace

void stop(const Token& at, tell::Text sentence) { throw Stop{{at.from, at.to, std::move(sentence)}}; }

void Literals::unknown(const Token& token) const {
  std::vector<std::string> words;
  for (const Name& name : m_vocabulary.names()) words.push_back(name.word);
  const std::string near = nearest(token.text, words);
  stop(token,
       near.empty() ? say("there is no %1", token.text) : say("there is no %1; the nearest is %2", token.text, near));
}

void Literals::unknownArgument(const Name& name, const Token& token) const {
  const std::string near = nearest(token.text, wordsOf(m_vocabulary.arguments(name)));
  stop(token, near.empty() ? say("%1 knows no %2", name.word, token.text)
                           : say("%1 knows no %2; the nearest is %3", name.word, token.text, near));
}

void Literals::unfit(const Name& name, const Token& token) const {
  stop(token, say("%1 is compared with %2", name.word, example(name.type)));
}

bool Literals::isConstant(const Name& name, const std::string& word) const {
  const auto all = m_vocabulary.constants(name);
  return std::any_of(all.begin(), all.end(), [&](const Constant& c) { return c.word == word; });
}

Range Literals::flag(const Name& name, const Token& token) const {
  if (token.kind == Token::Word && (token.text == "true" || token.text == "false"))
    return token.text == "true" ? Range{1, 1} : Range{0, 0};
  if (token.kind != Token::Number || (token.number != 0 && token.number != 1)) unfit(name, token);
  return {token.number, token.number};
}

Range Literals::number(const Name& name, const Token& token) const {
  if (token.kind == Token::Number && name.type == Type::Number) return {token.number, token.number};
  const auto constants = m_vocabulary.constants(name);
  if (constants.empty() || !mayNameAConstant(token)) unfit(name, token);
  for (const Constant& c : constants)
    if (c.word == token.text) return {c.value, c.value};
  const std::string near = nearest(token.text, wordsOf(constants));
  stop(token, near.empty() ? say("%1 is never %2", name.word, token.text)
                           : say("%1 is never %2; the nearest is %3", name.word, token.text, near));
}

Range Literals::range(const Name& name, const Token& token) const {
  switch (name.type) {
  case Type::Flag: return flag(name, token);
  case Type::Number:
  case Type::Named: return number(name, token);
  case Type::Time: {
    constexpr s64 Second = 1'000'000'000, MostSeconds = Most / Second;
    if (token.kind == Token::Time) return {token.number, token.number};
    if (token.kind != Token::Number || token.number > MostSeconds || token.number < -MostSeconds) unfit(name, token);
    return {token.number * Second, token.number * Second};
  }
  case Type::Address:
    if (token.kind != Token::Address) unfit(name, token);
    return {token.number, token.last};
  case Type::Mac: {
    if (token.kind != Token::Pairs || token.text.size() != MacBytes) unfit(name, token);
    s64 value = 0;
    for (const char c : token.text) value = value << 8 | static_cast<u8>(c);
    return {value, value};
  }
  default: unfit(name, token);
  }
}

std::string Literals::text(const Name& name, const Token& token) const {
  const bool bytes = name.type == Type::Bytes;
  if (token.kind == Token::Quoted || (bytes && token.kind == Token::Pairs) || (!bytes && token.kind == Token::Word))
    return token.text;
  unfit(name, token);
}

// Of the two ways in which the library matches, the one whose time does not explode with the text.
std::regex Literals::pattern(const Token& token) const {
  if (token.kind != Token::Quoted) stop(token, say("expected a regular expression in quotation marks"));
  if (token.text.size() > LongestPattern)
    stop(token, say("the regular expression is longer than %1 letters", LongestPattern));
  try {
    return std::regex(token.text, std::regex::ECMAScript | std::regex::icase | std::regex_constants::__polynomial);
  } catch (const std::regex_error& error) {
    stop(token, say("this is no regular expression: %1", error.what()));
  }
}

std::vector<Range> Literals::constantsWith(const Name& name, const Token& token, bool matching) const {
  const std::regex pattern = matching ? this->pattern(token) : std::regex();
  if (token.kind != Token::Quoted && token.kind != Token::Word) unfit(name, token);
  std::vector<Range> out;
  for (const Constant& c : m_vocabulary.constants(name))
    if (matching ? std::regex_search(c.word, pattern) : c.word.find(token.text) != c.word.npos)
      out.push_back({c.value, c.value});
  if (out.empty()) stop(token, say("%1 is never like that", name.word));
  return out;
}

} // namespace sockwalk::tell::expression
