// The parser's frame: options, events and their times. See parser_state.h.
#include "engine/scenario/parser_state.h"

#include <algorithm>
#include <fstream>
#include <new>
#include <stdexcept>

namespace sockwalk::scenario {

namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

// The original's options, which may stand at the head of any of its scripts; true: takes a value.
const std::map<std::string_view, bool> kOptions = {{"bind_port", true},
                                                   {"code_command", true},
                                                   {"code_format", true},
                                                   {"code_sockopt", true},
                                                   {"connect_port", true},
                                                   {"debug", false},
                                                   {"define", true},
                                                   {"dry_run", false},
                                                   {"gateway_ip", true},
                                                   {"init_scripts", true},
                                                   {"ip_version", true},
                                                   {"is_anyip", false},
                                                   {"local_ip", true},
                                                   {"mss", true},
                                                   {"mtu", true},
                                                   {"netmask_ip", true},
                                                   {"non_fatal", true},
                                                   {"psp_udp_port", true},
                                                   {"remote_ip", true},
                                                   {"send_omit_free", false},
                                                   {"so_filename", true},
                                                   {"so_flags", true},
                                                   {"speed", true},
                                                   {"strict_segments", false},
                                                   {"tcp_ts_ecr_scaled", false},
                                                   {"tcp_ts_tick_usecs", true},
                                                   {"tolerance_percent", true},
                                                   {"tolerance_usecs", true},
                                                   {"verbose", false},
                                                   {"wire_client", false},
                                                   {"wire_client_dev", true},
                                                   {"wire_server", false},
                                                   {"wire_server_at", true},
                                                   {"wire_server_dev", true},
                                                   {"wire_server_ip", true},
                                                   {"wire_server_port", true}};

} // namespace

// ---- options ----------------------------------------------------------------------------------------------

Option Parser::parseOption() {
  const Token name = take();
  const auto known = kOptions.find(name.text);
  if (known == kOptions.end()) fail(name.position, "unknown option --" + std::string(name.text.substr(0, 40)));
  Option option{name.position, std::string(name.text), {}, {}, 0};
  const bool given = m_lexer.peekCharacter() == '=';
  if (given != known->second)
    fail(name.position,
         "option --" + option.name + (given ? " takes no value" : " needs a value: --" + option.name + "=..."));
  if (!given) return option;
  take();
  if (option.name == "define") {
    const Token symbol = m_lexer.next(); // not replaced by an earlier definition
    if (symbol.kind != TokenKind::Word)
      fail(symbol.position, "expected a symbol after --define=, found " + quotedForMessage(symbol.text));
    option.symbol = std::string(symbol.text);
    expectSymbol('=', "and a value after --define=SYMBOL");
  }
  const char first = m_lexer.peekCharacter();
  if (first == '"' || first == '`') {
    const Token text = take();
    option.quote = first;
    option.value = first == '"' ? unescape(text) : std::string(text.text.substr(1, text.text.size() - 2));
    if (!option.symbol.empty()) m_defines[option.symbol] = std::string(text.text);
    return option;
  }
  const Position where = m_lexer.position();
  option.value = std::string(m_lexer.bareText());
  if (option.value->empty()) fail(where, "expected a value for --" + option.name);
  if (!option.symbol.empty()) m_defines[option.symbol] = *option.value;
  else if (auto it = m_defines.find(*option.value); it != m_defines.end()) option.value = it->second;
  if (option.name == "ip_version") {
    if (*option.value != "ipv4" && *option.value != "ipv6" && *option.value != "ipv4-mapped-ipv6")
      fail(where, "expected ipv4, ipv6 or ipv4-mapped-ipv6, found " + quotedForMessage(*option.value));
    m_ipv6 = *option.value == "ipv6";
  }
  return option;
}

void Parser::parseHeader(Script& script) {
  for (;;) {
    if (at(TokenKind::OptionName)) script.options.push_back(parseOption());
    else if (!at(TokenKind::Directive) || !parseSetting(script)) return;
  }
}

// ---- events -----------------------------------------------------------------------------------------------

Script Parser::parseScript() {
  Script script;
  script.file = m_file;
  parseHeader(script);
  parseEvents(script);
  if (script.events.empty()) fail({1, 1}, "expected at least one event, found none");
  resolveMarks(script);
  return script;
}

void Parser::parseEvents(Script& script) {
  bool timed = false;
  while (!at(TokenKind::End)) {
    if (script.cleanup) expected("nothing after the clean-up command");
    if (at(TokenKind::Directive)) {
      const Position where = token().position;
      if (!parseSetting(script)) {
        script.events.push_back(parseDirective());
        timed |= script.events.back().time.kind != TimeKind::Unspecified;
      } else if (timed) {
        fail(where, "//@link, //@hz, //@machine, //@era and //@answer must stand before the first event");
      }
    } else if (at(TokenKind::BackQuoted)) {
      const std::string_view text = take().text;
      const Command command{std::string(text.substr(1, text.size() - 2))};
      if (!timed && !script.init) script.init = command;
      else script.cleanup = command;
    } else if (at(TokenKind::OptionName)) {
      fail(token().position, "options must stand at the top, before commands and events");
    } else if (at(TokenKind::Continuation)) {
      fail(token().position,
           "'//@' and a blank carries on a //@frame, //@note or //@answer, but none stands right above");
    } else {
      script.events.push_back(parseTimedEvent());
      timed = true;
    }
  }
}

Event Parser::parseTimedEvent() {
  Event event;
  event.position = token().position;
  event.time = parseTime();
  if (atSymbol('<') || atSymbol('>')) {
    event.action = parsePacket();
  } else if (at(TokenKind::BackQuoted)) {
    const std::string_view text = take().text;
    event.action = Command{std::string(text.substr(1, text.size() - 2))};
  } else if (at(TokenKind::Code)) {
    const Token code = take();
    std::string_view text = code.text.substr(2, code.text.size() - 4);
    const std::size_t first = std::min(text.find_first_not_of(" \t"), text.size());
    const std::size_t last = text.find_last_not_of(" \t");
    text = last == std::string_view::npos ? std::string_view() : text.substr(first, last + 1 - first);
    event.action =
        Code{{code.position.line, code.position.column + 2 + static_cast<std::uint32_t>(first)}, std::string(text)};
  } else if (at(TokenKind::Word) || at(TokenKind::Ellipsis)) {
    SystemCall call = parseSystemCall();
    if (call.end && *call.end < event.time.from)
      fail(event.position, "the call " + call.name + "() ends before it begins");
    event.action = std::move(call);
  } else {
    expected("a packet ('<' or '>'), a system call, a `command` or %{ code }% after the time");
  }
  checkTime(event);
  return event;
}

void Parser::checkTime(const Event& event) {
  const Packet* packet = std::get_if<Packet>(&event.action);
  const Frame* frame = std::get_if<Frame>(&event.action);
  const bool outbound =
      (packet && packet->direction == Direction::Outbound) || (frame && frame->direction == Direction::Outbound);
  const TimeKind kind = event.time.kind;
  if (outbound || kind == TimeKind::Absolute || kind == TimeKind::Relative) return;
  fail(event.position, std::string(kind == TimeKind::Any ? "the time '*'" : "a range of times") +
                           " may stand only before an outbound packet");
}

EventTime Parser::parseTime() {
  EventTime time;
  if (acceptSymbol('*')) {
    time.kind = TimeKind::Any;
    return time;
  }
  const bool relative = acceptSymbol('+');
  if (!at(TokenKind::Integer) && !at(TokenKind::Float))
    expected(relative ? "seconds after '+'" : "an event: a time such as 0.1, +0.1 or *");
  time.kind = relative ? TimeKind::Relative : TimeKind::Absolute;
  time.from = time.to = parseSeconds();
  if (!acceptSymbol('~')) return time;
  time.kind = relative ? TimeKind::RelativeRange : TimeKind::AbsoluteRange;
  if (relative) expectSymbol('+', "before the second time of a relative range");
  if (!at(TokenKind::Integer) && !at(TokenKind::Float)) expected("the second time of the range");
  const Position second = token().position;
  time.to = parseSeconds();
  if (time.to < time.from) fail(second, "the range of times ends before it begins");
  return time;
}

// Exactly, digit by digit: a floating-point second would not hold nanoseconds.
std::int64_t Parser::parseSeconds() {
  if (!at(TokenKind::Integer) && !at(TokenKind::Float)) expected("a time in seconds");
  const Token number = take();
  if (number.text.starts_with('-')) fail(number.position, "a time must not be negative");
  const std::size_t dot = std::min(number.text.find('.'), number.text.size());
  std::int64_t seconds = 0, fraction = 0, unit = kNanosecondsPerSecond;
  for (char c : number.text.substr(0, dot)) {
    seconds = seconds * 10 + (c - '0');
    if (seconds > kNanosecondsPerSecond) fail(number.position, "a time must be below 1000000000 seconds");
  }
  for (std::size_t i = dot + 1; i < number.text.size() && unit > 1; ++i) {
    unit /= 10;
    fraction += (number.text[i] - '0') * unit;
  }
  return seconds * kNanosecondsPerSecond + fraction;
}

static bool isInbound(const Action& action) {
  if (const auto* packet = std::get_if<Packet>(&action)) return packet->direction == Direction::Inbound;
  const auto* frame = std::get_if<Frame>(&action);
  return frame && frame->direction == Direction::Inbound;
}

// Tells each call which case it records and which task makes it.
void Parser::resolveMarks(Script& script) {
  const Event* pending = nullptr;
  std::string task;
  for (Event& event : script.events) {
    if (std::holds_alternative<CaseMark>(event.action)) {
      if (pending) fail(event.position, "two //@case lines before one call or frame");
      pending = &event;
    } else if (const auto* change = std::get_if<TaskSwitch>(&event.action)) {
      task = change->name;
    } else if (auto* call = std::get_if<SystemCall>(&event.action)) {
      call->task = task;
      if (pending) call->caseName = std::get<CaseMark>(pending->action).name;
      pending = nullptr;
    } else if (isInbound(event.action) ||
               std::holds_alternative<Idle>(event.action)) { // what a frame or timer sets off
      pending = nullptr;
    }
  }
  if (pending) fail(pending->position, "expected a call after this //@case, found none");
}

// ---- the public face --------------------------------------------------------------------------------------

namespace {

template <class T, class Parse> ScriptResult<T> guarded(const std::string& file, std::size_t size, Parse parse) {
  try {
    if (size > kMaxSourceBytes) return ScriptError(file, {1, 1}, "longer than 4 MiB, which no script is");
    return parse();
  } catch (const ScriptError& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return ScriptError(file, {1, 1}, "not enough memory to read it");
  } catch (const std::length_error&) {
    return ScriptError(file, {1, 1}, "too long to read");
  }
}

} // namespace

ScriptResult<Script> parseScript(std::string_view source, const std::string& file, const Definitions& defines) {
  return guarded<Script>(file, source.size(), [&] { return Parser(source, file, defines).parseScript(); });
}

ScriptResult<std::vector<AnswerLine>> parseAnswers(std::string_view source, const std::string& file,
                                                   const Definitions& defines) {
  return guarded<std::vector<AnswerLine>>(file, source.size(), [&] {
    Parser parser(source, file, defines);
    parser.parseScript();
    return parser.answers();
  });
}

ScriptResult<Script> parseScriptFile(const std::string& path, const Definitions& defines) {
  std::ifstream in(path, std::ios::binary);
  std::string source(kMaxSourceBytes + 1, '\0');
  in.read(source.data(), static_cast<std::streamsize>(source.size()));
  source.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  if (!in.is_open() || in.bad() || (source.empty() && !in.eof()))
    return ScriptError(path, {1, 1}, "cannot read this file");
  return parseScript(source, path, defines);
}

ScriptResult<ConsoleCall> parseConsoleCall(std::string_view line) {
  return guarded<ConsoleCall>({}, line.size(), [&] { return Parser(line, {}, {}).parseConsoleCall(); });
}

ScriptResult<Packet> parseConsolePacket(std::string_view line) {
  return guarded<Packet>({}, line.size(), [&] { return Parser(line, {}, {}).parseConsolePacket(); });
}

} // namespace sockwalk::scenario
