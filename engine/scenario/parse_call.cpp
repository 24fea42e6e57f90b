// System calls and expressions: `connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)`.
#include "engine/scenario/constants.h"
#include "engine/scenario/parser_state.h"

#include <charconv>

namespace sockwalk::scenario {

namespace {

bool isConversion(std::string_view name) {
  return name == "htons" || name == "htonl" || name == "ntohs" || name == "ntohl" || name == "inet_addr" ||
         name == "inet6_addr";
}

// Counts one level of nesting while it lives.
class Depth {
public:
  explicit Depth(int& depth) : m_depth(depth) { ++m_depth; }
  ~Depth() { --m_depth; }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;

private:
  int& m_depth;
};

} // namespace

SystemCall Parser::parseSystemCall() {
  SystemCall call;
  if (at(TokenKind::Ellipsis)) {
    take();
    call.end = parseSeconds();
  }
  const Token name = expect(TokenKind::Word, "the name of a system call");
  call.position = name.position;
  call.name = name.text;
  expectSymbol('(', "after the name of a system call");
  call.arguments = parseExpressions(')', "to close the arguments");
  expectSymbol('=', "and the result of the call");
  call.result = parseExpression();
  if (at(TokenKind::Word)) {
    const Token error = take();
    if (!errnoValue(error.text))
      fail(error.position,
           "expected an error name such as EAGAIN, found '" + std::string(error.text.substr(0, 40)) + "'");
    call.errorName = error.text;
  }
  if (atSymbol('(')) call.note = parseNote();
  return call;
}

// The text as it stands, with runs of blanks as one; it may hold anything but ')'.
std::string Parser::parseNote() {
  const Position open = take().position;
  std::string_view raw;
  if (!m_lexer.textUntil(')', raw)) fail(open, "note opened here is not closed by ')'");
  std::string note;
  for (char c : raw) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) note += c;
    else if (!note.empty() && note.back() != ' ') note += ' ';
  }
  if (!note.empty() && note.back() == ' ') note.pop_back();
  return note;
}

std::vector<Expression> Parser::parseExpressions(char close, const char* where) {
  std::vector<Expression> expressions;
  if (acceptSymbol(close)) return expressions;
  do {
    expressions.push_back(parseExpression());
  } while (acceptSymbol(','));
  if (!atSymbol(close)) expected(std::string("',' or '") + close + "' " + where);
  take();
  return expressions;
}

Expression Parser::parseExpression() {
  const Depth level(m_depth);
  if (m_depth > kMaxDepth) fail(token().position, "nested more than " + std::to_string(kMaxDepth) + " deep");
  Expression first = parseOperand();
  if (!atSymbol('|')) return first;
  BitOr both;
  const Position where = first.position;
  both.operands.push_back(std::move(first));
  while (acceptSymbol('|')) both.operands.push_back(parseOperand());
  return {where, std::move(both)};
}

Expression Parser::parseOperand() {
  const Position where = token().position;
  switch (token().kind) {
  case TokenKind::Ellipsis: take(); return {where, Ellipsis{}};
  case TokenKind::Integer: return {where, Integer{integerOf(take()), false}};
  case TokenKind::Hex: return {where, Integer{integerOf(take()), true}};
  case TokenKind::Float: return {where, Float{floatOf(take())}};
  case TokenKind::String: return parseText();
  case TokenKind::Word: return parseWordOrConversion();
  default: break;
  }
  if (acceptSymbol('[')) return {where, List{parseExpressions(']', "to close the list")}};
  if (atSymbol('{')) return parseBraces();
  expected("a value");
}

double Parser::floatOf(const Token& number) const {
  double value = 0;
  if (std::from_chars(number.text.data(), number.text.data() + number.text.size(), value).ec != std::errc())
    fail(number.position, "number is too large or too small");
  return value;
}

Expression Parser::parseText() {
  const Position where = token().position;
  Text text;
  while (at(TokenKind::String)) text.bytes += unescape(take());
  if (at(TokenKind::Ellipsis)) {
    take();
    text.andMore = true;
  }
  return {where, std::move(text)};
}

Expression Parser::parseWordOrConversion() {
  const Token word = take();
  if (isConversion(word.text) && acceptSymbol('(')) {
    Conversion conversion{std::string(word.text), {}};
    const Position inside = token().position;
    conversion.arguments = parseExpressions(')', "to close the argument");
    if (conversion.arguments.size() != 1) fail(inside, "expected one argument for " + conversion.function + "()");
    const auto* text = std::get_if<Text>(&conversion.arguments[0].value);
    if (conversion.function == "inet_addr" && text && !ipv4Address(text->bytes))
      fail(inside, "expected an IPv4 address such as \"192.0.2.1\"");
    return {word.position, std::move(conversion)};
  }
  if (!acceptSymbol('=')) return {word.position, Word{std::string(word.text)}};
  Assignment assignment{std::string(word.text), {}};
  assignment.value.push_back(parseExpression());
  return {word.position, std::move(assignment)};
}

ConsoleCall Parser::parseConsoleCall() {
  ConsoleCall call;
  Token name = expect(TokenKind::Word, "a call such as fd = socket(AF_INET, SOCK_STREAM, 0)");
  if (acceptSymbol('=')) {
    call.variable = name.text;
    name = expect(TokenKind::Word, "the name of a system call");
  }
  call.name = name.text;
  expectSymbol('(', "after the name of a system call");
  call.arguments = parseExpressions(')', "to close the arguments");
  acceptSymbol(';');
  if (!at(TokenKind::End)) expected("nothing after the call");
  return call;
}

} // namespace sockwalk::scenario
