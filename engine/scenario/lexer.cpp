#include "engine/scenario/lexer.h"

namespace sockwalk::scenario {

namespace {

// The C locale's classes, whatever the locale of the program.
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isWordCharacter(char c) { return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isHexDigit(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

} // namespace

char Lexer::at(std::size_t ahead) const {
  return m_offset + ahead < m_source.size() ? m_source[m_offset + ahead] : '\0';
}

void Lexer::advance(std::size_t count) {
  for (; count > 0 && m_offset < m_source.size(); --count, ++m_offset) {
    const unsigned char c = static_cast<unsigned char>(m_source[m_offset]);
    if (c == '\n') {
      ++m_position.line;
      m_position.column = 1;
    } else if ((c & 0xc0) != 0x80) { // the following bytes of a UTF-8 character are the same column
      ++m_position.column;
    }
  }
}

bool Lexer::skipBlanks() {
  for (;;) {
    if (isBlank(at(0))) {
      advance(1);
    } else if (startsWith("//") && !startsWith("//@")) {
      const std::size_t end = m_source.find('\n', m_offset);
      advance((end == std::string_view::npos ? m_source.size() : end) - m_offset);
    } else if (startsWith("/*")) {
      const std::size_t end = m_source.find("*/", m_offset + 2);
      if (end == std::string_view::npos) return false;
      advance(end + 2 - m_offset);
    } else {
      return true;
    }
  }
}

Token Lexer::make(TokenKind kind, std::size_t length) {
  Token token{kind, m_source.substr(m_offset, length), m_position};
  advance(length);
  return token;
}

Token Lexer::invalid(const char* problem) {
  Token token{TokenKind::Invalid, m_source.substr(m_offset, 1), m_position, problem};
  m_offset = m_source.size();
  return token;
}

Token Lexer::enclosed(TokenKind kind, std::string_view close, bool escapes, const char* problem) {
  std::size_t i = kind == TokenKind::Code ? 2 : 1;
  for (; m_offset + i < m_source.size(); ++i) {
    if (escapes && at(i) == '\\') {
      ++i;
      continue;
    }
    if (m_source.substr(m_offset + i).starts_with(close)) return make(kind, i + close.size());
  }
  return invalid(problem);
}

Token Lexer::directive() {
  std::size_t end = m_source.find('\n', m_offset);
  if (end == std::string_view::npos) end = m_source.size();
  const char first = at(3);
  const bool continues = m_offset + 3 >= end || isBlank(first);
  Token token{continues ? TokenKind::Continuation : TokenKind::Directive, {}, m_position};
  token.text = m_source.substr(m_offset + 3, end - m_offset - 3);
  advance(end - m_offset);
  return token;
}

Token Lexer::number() {
  std::size_t i = at(0) == '-' ? 1 : 0;
  while (isDigit(at(i))) ++i;
  if (at(i) != '.' || !isDigit(at(i + 1))) return make(TokenKind::Integer, i);
  int dots = 0;
  std::size_t afterFirstFraction = 0;
  while (at(i) == '.' && isDigit(at(i + 1)) && dots < 3) {
    ++i;
    while (isDigit(at(i))) ++i;
    if (++dots == 1) afterFirstFraction = i;
  }
  if (dots == 3 && isDigit(at(0))) return make(TokenKind::Ipv4, i);
  return make(TokenKind::Float, afterFirstFraction);
}

Token Lexer::next() {
  if (!skipBlanks()) return invalid("comment opened here is not closed by '*/'");
  if (m_offset >= m_source.size()) return Token{TokenKind::End, {}, m_position};
  if (startsWith("//@")) return directive();
  const char c = at(0);
  if (c == '"') return enclosed(TokenKind::String, "\"", true, "string opened here is not closed by '\"'");
  if (c == '`') return enclosed(TokenKind::BackQuoted, "`", true, "command opened here is not closed by '`'");
  if (startsWith("%{")) return enclosed(TokenKind::Code, "}%", false, "code opened here is not closed by '}%'");
  if (startsWith("...")) return make(TokenKind::Ellipsis, 3);
  if (startsWith("--") && isWordCharacter(at(2))) {
    advance(2);
    std::size_t n = 0;
    while (isWordCharacter(at(n))) ++n;
    Token token = make(TokenKind::OptionName, n);
    token.position.column -= 2;
    return token;
  }
  if ((c == '-' || c == '.') && (isDigit(at(1)) || (c == '-' && at(1) == '.' && isDigit(at(2))))) return number();
  if (!isWordCharacter(c)) return make(TokenKind::Symbol, 1);

  std::size_t n = 0, digits = 0, hex = 0;
  while (isWordCharacter(at(n))) ++n;
  while (digits < n && isDigit(at(digits))) ++digits;
  if (digits == n) return number();
  if (c == '0' && at(1) == 'x')
    while (2 + hex < n && isHexDigit(at(2 + hex))) ++hex;
  return make(hex > 0 && 2 + hex == n ? TokenKind::Hex : TokenKind::Word, n);
}

char Lexer::peekCharacter() {
  if (!skipBlanks()) return '\0';
  return at(0);
}

bool Lexer::textUntil(char end, std::string_view& text) {
  const std::size_t found = m_source.find(end, m_offset);
  if (found == std::string_view::npos) return false;
  text = m_source.substr(m_offset, found - m_offset);
  advance(found + 1 - m_offset);
  return true;
}

std::string_view Lexer::rest() {
  const std::string_view text = m_source.substr(m_offset);
  advance(text.size());
  return text;
}

std::string_view Lexer::bareText() {
  const std::size_t begin = m_offset;
  std::size_t n = 0;
  while (m_offset + n < m_source.size() && !isBlank(at(n)) && !(at(n) == '/' && (at(n + 1) == '/' || at(n + 1) == '*')))
    ++n;
  advance(n);
  return m_source.substr(begin, n);
}

} // namespace sockwalk::scenario
