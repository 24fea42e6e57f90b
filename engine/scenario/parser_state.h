// The recursive-descent parser behind parser.h, shared by its parse_*.cpp files, one per area of the grammar.
// Inside, a failure travels as a thrown ScriptError; the functions of parser.h catch it.
#pragma once

#include "engine/scenario/lexer.h"
#include "engine/scenario/parser.h"

namespace sockwalk::scenario {

/// At most 40 characters of `text` in single quotes, on one line.
std::string quotedForMessage(std::string_view text);

class Parser {
public:
  Parser(std::string_view source, std::string file, const Definitions& defines, Position start = {})
      : m_lexer(source, start), m_file(std::move(file)), m_defines(defines) {}

  Script parseScript();                                         // parser.cpp
  ConsoleCall parseConsoleCall();                               // parse_call.cpp
  Packet parseConsolePacket();                                  // parse_packet.cpp
  std::vector<AnswerLine> answers() const { return m_answers; } // of the script that was parsed

private:
  // The token stream (parser_tokens.cpp). The current token is read only when it is looked at, so that an
  // option's value can be taken raw and its definition already holds for the next word.
  const Token& token();
  Token take();
  bool at(TokenKind kind) { return token().kind == kind; }
  bool atSymbol(char c) { return token().isSymbol(c); }
  bool atWord(std::string_view word) { return token().isWord(word); }
  bool acceptSymbol(char c);
  bool acceptWord(std::string_view word);
  void expectSymbol(char c, const char* where);
  Token expect(TokenKind kind, const char* what);
  std::int64_t expectNumber(const char* what, std::int64_t low, std::int64_t high); // decimal or hex
  std::int64_t integerOf(const Token& number) const;
  double floatOf(const Token& number) const;
  std::string unescape(const Token& string) const;
  [[noreturn]] void fail(Position where, std::string what) const;
  [[noreturn]] void expected(const std::string& what); // "expected WHAT, found ..."

  // Options, events and their times (parser.cpp)
  void parseHeader(Script& script);
  Option parseOption();
  void parseEvents(Script& script);
  Event parseTimedEvent();
  EventTime parseTime();
  std::int64_t parseSeconds();
  void resolveMarks(Script& script);
  void checkTime(const Event& event);
  bool runsOverIpv6() const { return m_ipv6; }

  // Calls and expressions (parse_call.cpp, parse_struct.cpp)
  SystemCall parseSystemCall();
  std::string parseNote();
  std::vector<Expression> parseExpressions(char close, const char* where);
  Expression parseExpression();
  Expression parseOperand();
  Expression parseText();
  Expression parseWordOrConversion();
  Expression parseBraces();
  Struct parseStruct(StructKind kind, Token firstName);
  Field parseField(Token name, bool withLength);

  // Packets (parse_packet.cpp, parse_tcp_option.cpp)
  Packet parsePacket();
  IpInfo parseIpInfo(Direction direction);
  void parseIpInfoItem(IpInfo& info, Direction direction);
  std::optional<Ports> parsePorts();
  TcpPacket parseTcp(Direction direction);
  std::uint16_t parseTcpFlags();
  std::uint16_t tcpFlagLetters(const Token& word) const;
  SequenceRange parseSequence();
  UdpPacket parseUdp();
  IcmpPacket parseIcmp();
  void parseQuoted(IcmpPacket& icmp);
  void parseTcpOptions(TcpPacket& tcp, Direction direction);
  TcpOption parseTcpOption();
  TcpOption parseFastOpen(bool experimental);
  TcpOption parseSack();
  TcpOption parseAccEcn();
  std::vector<std::uint8_t> parseHexBlob(const char* what);

  // `//@` lines (parse_directive.cpp)
  bool parseSetting(Script& script); // what stands before the first event; false: another directive
  void parseAnswer();
  Event parseDirective();
  Action directiveAction(const std::string& name);
  Action skbOrder();
  Action parseFrame(EventTime& time);
  void appendFrameBytes(std::string_view text, Position position, std::vector<std::uint8_t>& bytes) const;
  std::string directiveWord(const char* what);
  void endDirective(const char* name);

  Lexer m_lexer;
  std::string m_file;
  Definitions m_defines;
  std::vector<AnswerLine> m_answers;
  Token m_token;
  bool m_haveToken = false;
  bool m_replaceWords = true;
  bool m_ipv6 = false;
  int m_depth = 0;
};

} // namespace sockwalk::scenario
