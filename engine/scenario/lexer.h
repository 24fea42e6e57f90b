// Splits a scenario script into tokens, one at a time, so that memory stays bounded whatever the input.
// Blanks, new lines and comments separate tokens and mean nothing else; `//@` comments are tokens.
#pragma once

#include "engine/scenario/script.h"

#include <string_view>

namespace sockwalk::scenario {

enum class TokenKind : std::uint8_t {
  End,
  Word,         ///< letters, digits, _ ; not a number
  Integer,      ///< [-]digits
  Hex,          ///< 0x digits
  Float,        ///< [-][digits].digits
  Ipv4,         ///< digits.digits.digits.digits
  String,       ///< "..." ; text includes the quotes, escapes unresolved
  BackQuoted,   ///< `...` ; text includes the quotes
  Code,         ///< %{ ... }% ; text includes the brackets
  OptionName,   ///< --name ; text is the name
  Ellipsis,     ///< ...
  Symbol,       ///< any other single character
  Directive,    ///< //@word ... to the end of the line; text without the //@
  Continuation, ///< //@ and a blank: carries the directive before it on; text without the //@
  Invalid,      ///< `problem` says why
};

struct Token {
  TokenKind kind = TokenKind::End;
  std::string_view text; ///< part of the source, or of a definition that replaced a word
  Position position;
  const char* problem = "";

  bool isSymbol(char c) const { return kind == TokenKind::Symbol && text.size() == 1 && text[0] == c; }
  bool isWord(std::string_view w) const { return kind == TokenKind::Word && text == w; }
};

class Lexer {
public:
  /// `start` is the position of the first character, for sources that are part of another one.
  explicit Lexer(std::string_view source, Position start = {}) : m_source(source), m_position(start) {}

  Token next();

  /// The raw characters up to a blank or a comment; for option values, where `::1` and `a/b` are plain text.
  std::string_view bareText();
  /// The raw characters up to `end`, which is consumed too; false: there is no such character.
  bool textUntil(char end, std::string_view& text);
  /// All the raw characters that are left.
  std::string_view rest();
  /// Skips blanks and comments and gives the next character without consuming it, or '\0' at the end.
  char peekCharacter();
  Position position() const { return m_position; }

private:
  bool startsWith(std::string_view prefix) const { return m_source.substr(m_offset).starts_with(prefix); }
  char at(std::size_t ahead) const;
  void advance(std::size_t count);
  bool skipBlanks(); ///< false: a comment does not end
  Token make(TokenKind kind, std::size_t length);
  Token invalid(const char* problem);
  Token enclosed(TokenKind kind, std::string_view close, bool escapes, const char* problem);
  Token directive();
  Token number();

  std::string_view m_source;
  std::size_t m_offset = 0;
  Position m_position;
};

} // namespace sockwalk::scenario
