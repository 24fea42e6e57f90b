// Sockwalk's own lines, `//@case ...`, each read by a parser of its own over that one line.
#include "engine/scenario/parser_state.h"

#include <charconv>

namespace sockwalk::scenario {

namespace {

constexpr std::size_t kMaxFrameBytes = 65535;
constexpr const char* kNames =
    "case, note, link, hz, machine, era, answer, frame, limit, fail, skb, capability, task, signal, peer, idle or wire";

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  return text;
}

// The word a line begins with, which ends at a blank, and what follows it with its position.
struct Line {
  std::string_view name;
  std::string_view rest;
  Position restPosition;
};

Line split(const Token& directive) {
  const std::size_t end = std::min(directive.text.find_first_of(" \t\r"), directive.text.size());
  Position position = directive.position;
  position.column += 3 + static_cast<std::uint32_t>(end);
  return {directive.text.substr(0, end), directive.text.substr(end), position};
}

} // namespace

bool Parser::parseSetting(Script& script) {
  const Line line = split(token());
  if (line.name == "answer") return parseAnswer(), true;
  if (line.name != "link" && line.name != "hz" && line.name != "machine" && line.name != "era") return false;
  const Token directive = take();
  Parser inner(line.rest, m_file, {}, line.restPosition);
  if (line.name == "hz") {
    if (script.hz) fail(directive.position, "//@hz may stand only once");
    script.hz = static_cast<std::uint32_t>(inner.expectNumber("ticks per second", 1, 10000));
  } else if (line.name == "era") {
    if (script.era) fail(directive.position, "//@era may stand only once");
    script.era = eraNamed(inner.directiveWord("2.6 or 6.1"));
    if (!script.era) fail(line.restPosition, "expected 2.6 or 6.1 after //@era");
  } else if (line.name == "machine") {
    if (script.machine) fail(directive.position, "//@machine may stand only once");
    for (std::size_t i = 0; i < std::size(MachineNames) && !script.machine; ++i)
      if (inner.acceptWord(MachineNames[i])) script.machine = static_cast<MachineKind>(i);
    if (!script.machine) inner.expected("plain or recorded");
  } else {
    if (script.link) fail(directive.position, "//@link may stand only once");
    for (std::size_t i = 0; i < std::size(LinkNames) && !script.link; ++i)
      if (inner.acceptWord(LinkNames[i])) script.link = static_cast<Link>(i);
    if (!script.link) inner.expected("e1000, veth, wire, lo or tun");
  }
  inner.endDirective(std::string(line.name).c_str());
  return true;
}

void Parser::parseAnswer() {
  const Token directive = take();
  const Line line = split(directive);
  AnswerLine answer{line.restPosition, std::string(trimmed(line.rest)), {}};
  if (answer.place.empty()) fail(directive.position, "expected a place after //@answer, event drop for instance");
  answer.position.column += static_cast<std::uint32_t>(line.rest.find_first_not_of(" \t\r"));
  while (at(TokenKind::Continuation)) {
    const std::string_view more = trimmed(take().text);
    if (!answer.words.empty() && !more.empty()) answer.words += ' ';
    answer.words += more;
  }
  if (answer.words.empty())
    fail(directive.position, "expected below this //@answer, after '//@ ', what there is to see");
  m_answers.push_back(std::move(answer));
}

Event Parser::parseDirective() {
  const Token directive = take();
  const Line line = split(directive);
  Event event{directive.position, {}, {}};
  Parser inner(line.rest, m_file, {}, line.restPosition);
  if (line.name == "frame") {
    event.action = inner.parseFrame(event.time);
    auto& bytes = std::get<Frame>(event.action).bytes;
    while (at(TokenKind::Continuation)) {
      const Token more = take();
      appendFrameBytes(more.text, {more.position.line, more.position.column + 3}, bytes);
    }
    if (bytes.empty()) fail(directive.position, "expected the bytes of the frame in hex");
    checkTime(event);
  } else if (line.name == "wire") { // the command of that name, see net_commands.h
    event.action = Command{"wire " + std::string(trimmed(line.rest))};
  } else if (line.name == "skb") {
    event.action = inner.skbOrder();
  } else if (line.name == "note") {
    NoteMark note{std::string(trimmed(line.rest))};
    while (at(TokenKind::Continuation)) (note.text += ' ') += trimmed(take().text);
    if (trimmed(note.text).empty()) fail(directive.position, "expected a text after //@note");
    event.action = NoteMark{std::string(trimmed(note.text))};
  } else {
    event.action = inner.directiveAction(std::string(line.name));
  }
  return event;
}

Action Parser::directiveAction(const std::string& name) {
  Action action;
  if (name == "case") {
    action = CaseMark{directiveWord("a name for the case")};
  } else if (name == "task") {
    TaskSwitch change{directiveWord("the name of a task"), {}, false};
    if (!at(TokenKind::End)) {
      change.shares = acceptWord("shares");
      if (!change.shares && !acceptWord("forks")) expected("shares TASK, forks TASK, or nothing");
      change.parent = directiveWord("the name of the task that it comes from");
    }
    action = std::move(change);
  } else if (name == "signal") {
    SignalSend send{directiveWord("the name of a task"), {}};
    send.signal = directiveWord("the name of a signal such as SIGUSR1");
    action = std::move(send);
  } else if (name == "limit") {
    LimitChange change;
    do {
      std::string limit(expect(TokenKind::Word, "NAME=N, nofile=3 for instance").text);
      expectSymbol('=', "after the name of a limit");
      change.limits.emplace_back(std::move(limit), expectNumber("a limit", 0, INT64_MAX));
    } while (at(TokenKind::Word));
    action = std::move(change);
  } else if (name == "fail") {
    FailureOrder order;
    order.function = expect(TokenKind::Word, "the name of a kernel function such as sk_alloc").text;
    if (!at(TokenKind::End))
      order.nth = static_cast<std::uint32_t>(expectNumber("which allocation is to fail", 1, 1'000'000));
    action = std::move(order);
  } else if (name == "capability") {
    CapabilityChange change;
    do {
      const bool grant = acceptSymbol('+');
      if (!grant) expectSymbol('-', "or '+' before a capability, -net_raw for instance");
      change.capabilities.emplace_back(expect(TokenKind::Word, "a capability such as net_raw").text, grant);
    } while (!at(TokenKind::End));
    action = std::move(change);
  } else if (name == "peer") {
    if (acceptWord("alone")) { // no other host is on its wire
      action = PeerService{"alone", 0};
    } else {
      if (!acceptWord("echo")) expected("echo or alone");
      action = PeerService{"echo", static_cast<std::uint16_t>(expectNumber("the port", 1, 0xffff))};
    }
  } else if (name == "idle") {
    action = Idle{parseSeconds()};
  } else {
    Position where = m_lexer.position();
    where.column -= static_cast<std::uint32_t>(name.size());
    fail(where, "unknown directive //@" + name.substr(0, 40) + "; expected " + kNames);
  }
  endDirective(name.c_str());
  return action;
}

// A command as well, see skb_order.h.
Action Parser::skbOrder() {
  const char* call = acceptWord("push") ? "push" : acceptWord("put") ? "put" : acceptWord("pull") ? "pull" : nullptr;
  if (!call) expected("push, put or pull");
  std::string text = std::string("skb ") + call + ' ' + std::to_string(expectNumber("the length", 1, 0xffff));
  if (!at(TokenKind::End))
    text +=
        ' ' + std::string(expect(TokenKind::Word, "the name of a kernel function such as dev_hard_start_xmit").text);
  endDirective("skb");
  return Command{text};
}

Action Parser::parseFrame(EventTime& time) {
  time = parseTime();
  if (!atSymbol('<') && !atSymbol('>')) expected("'<' (injected) or '>' (expected) after the time of a frame");
  Frame frame;
  frame.direction = take().isSymbol('<') ? Direction::Inbound : Direction::Outbound;
  const Position where = m_lexer.position();
  appendFrameBytes(m_lexer.rest(), where, frame.bytes);
  return frame;
}

void Parser::appendFrameBytes(std::string_view text, Position position, std::vector<std::uint8_t>& bytes) const {
  const std::uint32_t column = position.column;
  for (std::size_t i = 0; i < text.size() && text[i] != '#'; ++i) {
    if (isBlank(text[i])) continue;
    unsigned byte = 0;
    const char* begin = text.data() + i;
    if (text.size() - i < 2 || std::from_chars(begin, begin + 2, byte, 16).ptr != begin + 2) {
      position.column = column + static_cast<std::uint32_t>(i);
      fail(position, "expected two hex digits for each byte of the frame");
    }
    if (bytes.size() == kMaxFrameBytes) fail(position, "a frame has 65535 bytes at most");
    bytes.push_back(static_cast<std::uint8_t>(byte));
    ++i;
  }
}

// One word that may hold any characters but blanks: case names hold '/' and '-'.
std::string Parser::directiveWord(const char* what) {
  m_lexer.peekCharacter();
  const Position where = m_lexer.position();
  std::string word(m_lexer.bareText());
  if (word.empty()) fail(where, std::string("expected ") + what);
  return word;
}

void Parser::endDirective(const char* name) {
  if (!at(TokenKind::End)) expected("nothing more after //@" + std::string(name));
}

} // namespace sockwalk::scenario
