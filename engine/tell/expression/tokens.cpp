#include "engine/tell/expression/tokens.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

namespace sockwalk::tell::expression {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isHexDigit(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isNonAscii(char c) { return static_cast<unsigned char>(c) >= 0x80; } // the µ of µs
bool isPartOfWord(char c) { return isLetter(c) || isDigit(c) || c == '.' || c == ':' || isNonAscii(c); }

constexpr std::pair<std::string_view, std::string_view> Spelled[] = {{"eq", "=="},
                                                                     {"ne", "!="},
                                                                     {"lt", "<"},
                                                                     {"gt", ">"},
                                                                     {"le", "<="},
                                                                     {"ge", ">="},
                                                                     {"and", "&&"},
                                                                     {"or", "||"},
                                                                     {"not", "!"},
                                                                     {"in", "in"},
                                                                     {"contains", "contains"},
                                                                     {"matches", "matches"}};
constexpr std::string_view Signs[] = {"==", "!=", "<=", ">=", "&&", "||", "..", "<", ">",
                                      "!",  "&",  "(",  ")",  "{",  "}",  ",",  "~"};
constexpr std::pair<std::string_view, s64> Units[] = {{"ns", 1},         {"us", 1'000},        {"µs", 1'000},
                                                      {"ms", 1'000'000}, {"s", 1'000'000'000}, {"min", 60'000'000'000}};

// A whole number of an unsigned base, or nothing.
std::optional<u64> digits(std::string_view text, int base) {
  u64 value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

class Lexer {
public:
  explicit Lexer(std::string_view text) : m_text(text) {}

  std::vector<Token> all() {
    while (skipSpace()) m_tokens.push_back(next());
    Token end;
    end.from = end.to = m_text.size();
    m_tokens.push_back(end);
    return std::move(m_tokens);
  }

private:
  bool skipSpace() {
    while (m_at < m_text.size() && (m_text[m_at] == ' ' || (m_text[m_at] >= '\t' && m_text[m_at] <= '\r'))) ++m_at;
    return m_at < m_text.size();
  }

  Token next() {
    Token token;
    token.from = m_at;
    const char c = m_text[m_at];
    const bool negative = c == '-' && m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1]);
    if (c == '"' || c == '\'') quoted(token, c);
    else if (negative || (isPartOfWord(c) && !m_text.substr(m_at).starts_with(".."))) word(token);
    else sign(token);
    token.to = m_at;
    return token;
  }

  void bad(Token& token, tell::Text why) {
    token.kind = Token::Bad;
    token.trouble = std::move(why);
  }

  void sign(Token& token) {
    const std::string_view rest = m_text.substr(m_at);
    for (const std::string_view sign : Signs)
      if (rest.starts_with(sign)) {
        m_at += sign.size();
        token.kind = Token::Symbol;
        token.text = sign == "~" ? "matches" : sign;
        return;
      }
    ++m_at;
    token.text = rest.substr(0, 1);
    if (rest[0] == '=') return bad(token, say("one = means nothing here: == compares"));
    if (rest[0] == '|') return bad(token, say("one | means nothing here: || is \"or\""));
    bad(token, say("%1 means nothing here", token.text));
  }

  void quoted(Token& token, char quote) {
    token.kind = Token::Quoted;
    for (++m_at; m_at < m_text.size(); ++m_at) {
      if (m_text[m_at] == quote) return static_cast<void>(++m_at);
      const bool escapes =
          m_text[m_at] == '\\' && m_at + 1 < m_text.size() && (m_text[m_at + 1] == quote || m_text[m_at + 1] == '\\');
      if (escapes) ++m_at; // other backslashes are for the regular expression
      token.text += m_text[m_at];
    }
    bad(token, say("the text that begins here has no end: expected %1", std::string(1, quote)));
  }

  void run() {
    while (m_at < m_text.size() && isPartOfWord(m_text[m_at]) && !m_text.substr(m_at).starts_with("..")) ++m_at;
  }

  // A run of letters, digits, points and colons, and what it is.
  void word(Token& token) {
    if (m_text[m_at] == '-') ++m_at;
    run();
    token.text = m_text.substr(token.from, m_at - token.from);
    if (spelled(token) || pairs(token)) return;
    object(token);
    const char first = token.text[0];
    if (isLetter(first) && token.text.find(':') == std::string::npos &&
        std::none_of(token.text.begin(), token.text.end(), isNonAscii)) {
      token.kind = Token::Word;
      return;
    }
    if (isDigit(first) || first == '-') return number(token);
    bad(token, say("%1 is no name, number or address", token.text));
  }

  // The number of an object belongs to its name, as it is shown: "tcp_sock #1.snd_cwnd" is tcp_sock#1.snd_cwnd.
  void object(Token& token) {
    const size_t hash = std::min(m_text.find_first_not_of(' ', m_at), m_text.size());
    const bool numbered = hash + 1 < m_text.size() && m_text[hash] == '#' && isDigit(m_text[hash + 1]);
    if (!numbered || !isLetter(token.text[0])) return;
    m_at = hash + 1;
    run();
    token.text += m_text.substr(hash, m_at - hash);
  }

  static bool spelled(Token& token) {
    for (const auto& [letters, sign] : Spelled)
      if (token.text == letters) {
        token.kind = Token::Symbol;
        token.text = sign;
        return true;
      }
    return false;
  }

  // Two hexadecimal digits, colon, two ...
  static bool pairs(Token& token) {
    const std::string& t = token.text;
    if (t.size() < 5 || t.size() % 3 != 2) return false;
    std::string bytes;
    for (size_t i = 0; i < t.size(); i += 3) {
      if (!isHexDigit(t[i]) || !isHexDigit(t[i + 1]) || (i + 2 < t.size() && t[i + 2] != ':')) return false;
      bytes += static_cast<char>(*digits(t.substr(i, 2), 16));
    }
    token.kind = Token::Pairs;
    token.text = bytes;
    return true;
  }

  void number(Token& token) {
    const std::string& t = token.text;
    if (std::count(t.begin(), t.end(), '.') == 3) return address(token);
    const bool negative = t[0] == '-';
    const std::string_view whole = std::string_view(t).substr(negative);
    const bool hex = whole.starts_with("0x") || whole.starts_with("0X");
    const auto value = hex ? digits(whole.substr(2), 16) : digits(whole, 10);
    if (!value && !hex) return time(token);
    const bool tooLarge = value && !hex && *value > u64{std::numeric_limits<s64>::max()};
    if (!value || tooLarge) return bad(token, say("%1 is no number, or too large", t));
    token.kind = Token::Number;
    token.number = negative ? -static_cast<s64>(*value) : static_cast<s64>(*value);
  }

  // 10ms, 1.5, 0.25s: digits, perhaps a point and digits, perhaps a unit.
  void time(Token& token) {
    const std::string& t = token.text;
    const size_t unitAt = std::min(t.find_first_not_of("-.0123456789"), t.size());
    const std::string_view unit = std::string_view(t).substr(unitAt);
    const auto* known =
        std::find_if(std::begin(Units), std::end(Units), [&](const auto& u) { return u.first == unit; });
    double amount = 0;
    const auto [end, error] = std::from_chars(t.data(), t.data() + unitAt, amount);
    const bool isNumber = error == std::errc() && end == t.data() + unitAt && t[unitAt - 1] != '.';
    const double ns = amount * static_cast<double>(unit.empty()               ? 1'000'000'000
                                                   : known == std::end(Units) ? 0
                                                                              : known->second);
    if (!isNumber || (!unit.empty() && known == std::end(Units)) || ns > 9e18 || ns < -9e18)
      return bad(token, say("%1 is no number, time or address", t));
    token.kind = Token::Time;
    token.number = static_cast<s64>(ns + (ns < 0 ? -0.5 : 0.5));
  }

  void address(Token& token) {
    u64 value = 0;
    for (size_t at = 0, part = 0; part < 4; ++part) {
      const size_t end = std::min(token.text.find('.', at), token.text.size());
      const auto byte = digits(std::string_view(token.text).substr(at, end - at), 10);
      if (!byte || *byte > 255)
        return bad(token, say("%1 is no address: each of its four numbers is 0 to 255", token.text));
      value = value << 8 | *byte;
      at = end + 1;
    }
    token.kind = Token::Address;
    token.number = token.last = static_cast<s64>(value);
    if (m_at < m_text.size() && m_text[m_at] == '/') prefix(token);
  }

  void prefix(Token& token) {
    const size_t from = ++m_at;
    while (m_at < m_text.size() && isDigit(m_text[m_at])) ++m_at;
    const auto length = digits(m_text.substr(from, m_at - from), 10);
    token.text = m_text.substr(token.from, m_at - token.from);
    if (!length || *length > 32) return bad(token, say("%1: a prefix is 0 to 32 bits long", token.text));
    const s64 others = (s64{1} << (32 - *length)) - 1;
    token.number &= ~others;
    token.last = token.number | others;
  }

  std::string_view m_text;
  size_t m_at = 0;
  std::vector<Token> m_tokens;
};

} // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::vector<Token> tokens(std::string_view text) { return Lexer(text).all(); }

} // namespace sockwalk::tell::expression
