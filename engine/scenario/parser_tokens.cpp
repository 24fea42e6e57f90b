// The parser's view of the token stream: definitions, numbers, strings and the words of "expected ...".
#include "engine/scenario/parser_state.h"

#include <charconv>

namespace sockwalk::scenario {

namespace {

constexpr std::string_view kDigits = "0123456789";

bool isAllOf(std::string_view text, std::string_view set) {
  return !text.empty() && text.find_first_not_of(set) == std::string_view::npos;
}

bool isFloat(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || !isAllOf(text.substr(dot + 1), kDigits)) return false;
  return dot == 0 || isAllOf(text.substr(0, dot), kDigits);
}

// What a definition's value becomes where its symbol stands; false: it is no token.
bool replaceBy(const std::string& value, Token& token) {
  const std::string_view text = value;
  token.text = text;
  const bool negative = text.size() > 1 && text[0] == '-';
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') token.kind = TokenKind::String;
  else if (text.size() >= 2 && text.front() == '`' && text.back() == '`') token.kind = TokenKind::BackQuoted;
  else if (isAllOf(text.substr(negative ? 1 : 0), kDigits)) token.kind = TokenKind::Integer;
  else if (text.starts_with("0x") && isAllOf(text.substr(2), "0123456789abcdefABCDEF")) token.kind = TokenKind::Hex;
  else if (isFloat(text)) token.kind = TokenKind::Float;
  else return isAllOf(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
  return true;
}

std::string found(const Token& token) {
  switch (token.kind) {
  case TokenKind::End: return "the end";
  case TokenKind::OptionName: return "option --" + std::string(token.text);
  case TokenKind::Directive: return quotedForMessage("//@" + std::string(token.text));
  case TokenKind::Continuation: return "'//@'";
  default: return quotedForMessage(token.text);
  }
}

} // namespace

std::string quotedForMessage(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  std::string shown;
  for (char c : text.substr(0, kLongest)) shown += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return "'" + shown + (text.size() > kLongest ? "...'" : "'");
}

const Token& Parser::token() {
  if (m_haveToken) return m_token;
  m_token = m_lexer.next();
  if (m_token.kind == TokenKind::Invalid) fail(m_token.position, m_token.problem);
  if (m_token.kind == TokenKind::Word)
    if (auto it = m_defines.find(m_token.text); it != m_defines.end())
      if (!replaceBy(it->second, m_token))
        fail(m_token.position,
             "the definition of " + it->first + " is neither a word, a number, \"text\" nor `command`");
  m_haveToken = true;
  return m_token;
}

Token Parser::take() {
  token();
  m_haveToken = false;
  return m_token;
}

bool Parser::acceptSymbol(char c) {
  if (!atSymbol(c)) return false;
  take();
  return true;
}

bool Parser::acceptWord(std::string_view word) {
  if (!atWord(word)) return false;
  take();
  return true;
}

void Parser::expectSymbol(char c, const char* where) {
  if (!acceptSymbol(c)) expected(std::string("'") + c + "' " + where);
}

Token Parser::expect(TokenKind kind, const char* what) {
  if (!at(kind)) expected(what);
  return take();
}

std::int64_t Parser::integerOf(const Token& number) const {
  std::string_view digits = number.text;
  const bool hex = number.kind == TokenKind::Hex;
  if (hex) digits.remove_prefix(2);
  std::int64_t value = 0;
  std::uint64_t large = 0;
  const char* end = digits.data() + digits.size();
  if (!hex && std::from_chars(digits.data(), end, value).ec == std::errc()) return value;
  const auto parsed = std::from_chars(digits.data(), end, large, hex ? 16 : 10);
  if (parsed.ec != std::errc() || parsed.ptr != end) fail(number.position, "number does not fit in 64 bits");
  return static_cast<std::int64_t>(large);
}

std::int64_t Parser::expectNumber(const char* what, std::int64_t low, std::int64_t high) {
  if (!at(TokenKind::Integer) && !at(TokenKind::Hex)) expected(std::string(what) + " (a number)");
  const Token number = take();
  const std::int64_t value = integerOf(number);
  if (value < low || value > high)
    fail(number.position, std::string(what) + " must be from " + std::to_string(low) + " to " + std::to_string(high) +
                              ", found " + std::string(number.text.substr(0, 40)));
  return value;
}

std::string Parser::unescape(const Token& string) const {
  const std::string_view raw = string.text.substr(1, string.text.size() - 2);
  static constexpr std::string_view kLetters = "fnrtv\\\"", kBytes = "\f\n\r\t\v\\\"";
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\') {
      out += raw[i];
      continue;
    }
    const char letter = ++i < raw.size() ? raw[i] : '\0';
    if (letter == 'x') {
      unsigned byte = 0;
      const char* begin = raw.data() + i + 1;
      if (raw.size() - i < 3 || std::from_chars(begin, begin + 2, byte, 16).ptr != begin + 2)
        fail(string.position, "expected two hex digits after \\x in this string");
      out += static_cast<char>(byte);
      i += 2;
    } else if (const auto n = kLetters.find(letter); letter != '\0' && n != std::string_view::npos) {
      out += kBytes[n];
    } else {
      fail(string.position, "unknown escape in this string; expected \\f \\n \\r \\t \\v \\\\ \\\" or \\xHH");
    }
  }
  return out;
}

void Parser::fail(Position where, std::string what) const { throw ScriptError(m_file, where, std::move(what)); }

void Parser::expected(const std::string& what) {
  const Token& t = token();
  fail(t.position, "expected " + what + ", found " + found(t));
}

} // namespace sockwalk::scenario
