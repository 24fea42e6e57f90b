#include "engine/scenario/describe.h"

#include "engine/scenario/constants.h"

#include <charconv>
#include <type_traits>

namespace sockwalk::scenario {

namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr std::size_t kFrameBytesPerLine = 16;

template <class... F> struct Overloaded : F... { using F::operator()...; };
template <class... F> Overloaded(F...) -> Overloaded<F...>;

std::string hexByte(std::uint8_t byte) {
  static constexpr char kDigits[] = "0123456789abcdef";
  return {kDigits[byte >> 4], kDigits[byte & 15]};
}

std::string hexBlob(const std::vector<std::uint8_t>& bytes) {
  std::string text;
  for (std::uint8_t b : bytes) text += hexByte(b);
  return text;
}

std::string hexNumber(std::uint64_t value) {
  char buffer[20];
  return "0x" + std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, 16).ptr);
}

std::string quotedText(const std::string& bytes) {
  std::string text = "\"";
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') (text += '\\') += c;
    else if (c == '\n') text += "\\n";
    else if (byte < 0x20 || byte >= 0x7f) (text += "\\x") += hexByte(byte);
    else text += c;
  }
  return text + '"';
}

std::string floatText(double value) {
  char buffer[512];
  const auto printed = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  std::string text(buffer, printed.ec == std::errc() ? printed.ptr : buffer);
  return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string joined(const std::vector<Expression>& expressions, const char* separator) {
  std::string text;
  for (const Expression& e : expressions) (text += text.empty() ? "" : separator) += describe(e);
  return text;
}

std::string fieldText(const Field& field) {
  return field.name + (field.length ? "(" + describe(*field.length) + ")" : "") + "=" + describe(field.value);
}

std::string structText(const Struct& s) {
  std::string text;
  for (const Field& field : s.fields) (text += text.empty() ? "{" : ", ") += fieldText(field);
  return text + "}";
}

std::string secondsText(std::int64_t nanoseconds) {
  std::string text = std::to_string(nanoseconds / kNanosecondsPerSecond);
  if (nanoseconds % kNanosecondsPerSecond == 0) return text;
  std::string fraction = std::to_string(kNanosecondsPerSecond + nanoseconds % kNanosecondsPerSecond).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return text + "." + fraction;
}

std::string sequenceText(const SequenceRange& s) {
  return std::to_string(s.start) + ":" + std::to_string(s.end) + "(" + std::to_string(s.length) + ")";
}

std::string portsText(const std::optional<Ports>& ports) {
  if (!ports) return {};
  return std::to_string(ports->source) + " > " + std::to_string(ports->destination) + " ";
}

std::string ipInfoText(const IpInfo& ip) {
  static constexpr const char* kEcn[] = {"noecn", "ect1", "ect0", "ce", "ect01"};
  std::string text;
  auto item = [&](const std::string& one) { (text += text.empty() ? "(" : ", ") += one; };
  if (ip.ecn) item(kEcn[static_cast<std::size_t>(*ip.ecn)]);
  if (ip.tos) item("tos " + hexNumber(*ip.tos));
  if (ip.ttl) item("ttl " + std::to_string(*ip.ttl));
  if (ip.flowLabel) item("flowlabel " + hexNumber(*ip.flowLabel));
  return text.empty() ? text : text + ") ";
}

std::string tcpText(const TcpPacket& tcp) {
  std::string text = portsText(tcp.ports) + describeFlags(tcp.flags) + " " + sequenceText(tcp.sequence);
  if (tcp.ack) text += " ack " + std::to_string(*tcp.ack);
  if (tcp.window) text += " win " + std::to_string(*tcp.window);
  if (tcp.urgent) text += " urg " + std::to_string(*tcp.urgent);
  if (tcp.anyOptions) return text + " <...>";
  std::string options;
  for (const TcpOption& option : tcp.options) (options += options.empty() ? " <" : ",") += describe(option);
  return options.empty() ? text : text + options + ">";
}

std::string icmpText(const IcmpPacket& icmp) {
  const std::string_view type = icmpTypeName(icmp.type, icmp.version6);
  const std::string_view code = icmpCodeName(icmp.type, icmp.code, icmp.version6);
  std::string text = "icmp " + (type.empty() ? "type_" + std::to_string(icmp.type) : std::string(type));
  if (!code.empty() || icmp.code != 0)
    text += " " + (code.empty() ? "code_" + std::to_string(icmp.code) : std::string(code));
  if (icmp.mtu) text += " mtu " + std::to_string(*icmp.mtu);
  if (icmp.id) text += " id " + std::to_string(*icmp.id);
  if (const auto* s = std::get_if<SequenceRange>(&icmp.quoted)) text += " [" + sequenceText(*s) + "]";
  if (const auto* u = std::get_if<QuotedUdp>(&icmp.quoted)) text += " [udp (" + std::to_string(u->payload) + ")]";
  if (const auto* r = std::get_if<QuotedRaw>(&icmp.quoted)) text += " [raw (" + std::to_string(r->payload) + ")]";
  return text;
}

std::string frameText(const Frame& frame) {
  std::string text = frame.direction == Direction::Inbound ? "<" : ">";
  for (std::size_t i = 0; i < frame.bytes.size(); ++i) {
    if (i > 0 && i % kFrameBytesPerLine == 0) text += "\n//@     ";
    text += " " + hexByte(frame.bytes[i]);
  }
  return text;
}

std::string optionText(const Option& option) {
  std::string text = "--" + option.name;
  if (!option.symbol.empty()) text += "=" + option.symbol;
  if (!option.value) return text;
  if (option.quote == '"') return text + "=" + quotedText(*option.value);
  if (option.quote == '`') return text + "=`" + *option.value + "`";
  return text + "=" + *option.value;
}

std::string limitsText(const LimitChange& change) {
  std::string text = "limit";
  for (const auto& [name, value] : change.limits) text += " " + name + "=" + std::to_string(value);
  return text;
}

std::string capabilitiesText(const CapabilityChange& change) {
  std::string text = "capability";
  for (const auto& [name, granted] : change.capabilities) text += std::string(granted ? " +" : " -") + name;
  return text;
}

// The part of a `//@` line after those three characters and, for a frame, after its time; "" for other
// actions.
std::string directiveText(const Action& action) {
  return std::visit(
      Overloaded{
          [](const CaseMark& m) { return "case " + m.name; }, [](const NoteMark& m) { return "note " + m.text; },
          [](const LimitChange& c) { return limitsText(c); },
          [](const FailureOrder& f) {
            return "fail " + f.function + (f.nth == 1 ? std::string() : " " + std::to_string(f.nth));
          },
          [](const CapabilityChange& c) { return capabilitiesText(c); },
          [](const TaskSwitch& t) {
            return "task " + t.name + (t.parent.empty() ? "" : (t.shares ? " shares " : " forks ") + t.parent);
          },
          [](const SignalSend& s) { return "signal " + s.task + " " + s.signal; },
          [](const PeerService& p) { return "peer " + p.service + (p.port ? " " + std::to_string(p.port) : ""); },
          [](const Idle& i) { return "idle " + secondsText(i.duration); }, [](const auto&) { return std::string(); }},
      action);
}

std::string callText(const std::string& name, const std::vector<Expression>& arguments) {
  return name + "(" + joined(arguments, ", ") + ")";
}

} // namespace

std::string describe(const Expression& expression) {
  return std::visit(Overloaded{[](const Ellipsis&) { return std::string("..."); },
                               [](const Integer& i) {
                                 return i.hex ? hexNumber(static_cast<std::uint64_t>(i.value))
                                              : std::to_string(i.value);
                               },
                               [](const Float& f) { return floatText(f.value); }, [](const Word& w) { return w.name; },
                               [](const Text& t) { return quotedText(t.bytes) + (t.andMore ? "..." : ""); },
                               [](const BitOr& b) { return joined(b.operands, "|"); },
                               [](const Assignment& a) { return a.name + "=" + joined(a.value, ""); },
                               [](const Conversion& c) { return callText(c.function, c.arguments); },
                               [](const List& l) { return "[" + joined(l.items, ", ") + "]"; },
                               [](const Braces& b) { return "{" + joined(b.items, ", ") + "}"; },
                               [](const Struct& s) { return structText(s); }},
                    expression.value);
}

std::string describe(const TcpOption& option) {
  return std::visit(Overloaded{[](const OptionNop&) { return std::string("nop"); },
                               [](const OptionEol&) { return std::string("eol"); },
                               [](const OptionMss& o) { return "mss " + std::to_string(o.value); },
                               [](const OptionWindowScale& o) { return "wscale " + std::to_string(o.shift); },
                               [](const OptionSackPermitted&) { return std::string("sackOK"); },
                               [](const OptionSack& o) {
                                 std::string text = "sack";
                                 for (const auto& [left, right] : o.blocks)
                                   text += " " + std::to_string(left) + ":" + std::to_string(right);
                                 return text;
                               },
                               [](const OptionTimestamp& o) {
                                 return "TS val " + std::to_string(o.value) + " ecr " + std::to_string(o.echo);
                               },
                               [](const OptionMd5& o) { return "md5 " + hexBlob(o.digest); },
                               [](const OptionFastOpen& o) {
                                 return std::string(o.experimental ? "FOEXP" : "FO") + (o.cookie.empty() ? "" : " ") +
                                        hexBlob(o.cookie);
                               },
                               [](const OptionAccEcn& o) {
                                 std::string text = "ECN";
                                 for (const auto& [name, value] : o.counters)
                                   text += " " + name + " " + std::to_string(value);
                                 return text;
                               }},
                    option);
}

std::string describeFlags(std::uint16_t flags) {
  static constexpr std::pair<char, std::uint16_t> kLetters[] = {
      {'F', tcpflag::Fin}, {'S', tcpflag::Syn}, {'R', tcpflag::Rst}, {'P', tcpflag::Psh}, {'E', tcpflag::Ece},
      {'W', tcpflag::Cwr}, {'A', tcpflag::Ae},  {'U', tcpflag::Urg}, {'.', tcpflag::Ack}};
  std::string text;
  for (const auto& [letter, bit] : kLetters)
    if (flags & bit) text += letter;
  return text.empty() ? "-" : text;
}

std::string describeTime(const EventTime& time) {
  switch (time.kind) {
  case TimeKind::Unspecified: return {};
  case TimeKind::Absolute: return secondsText(time.from);
  case TimeKind::Relative: return "+" + secondsText(time.from);
  case TimeKind::Any: return "*";
  case TimeKind::AbsoluteRange: return secondsText(time.from) + "~" + secondsText(time.to);
  case TimeKind::RelativeRange: return "+" + secondsText(time.from) + "~+" + secondsText(time.to);
  }
  return {};
}

std::string describe(const Packet& packet) {
  const std::string head = (packet.direction == Direction::Inbound ? "< " : "> ") + ipInfoText(packet.ip);
  return head + std::visit(Overloaded{[](const TcpPacket& t) { return tcpText(t); },
                                      [](const UdpPacket& u) {
                                        return "udp " + portsText(u.ports) + "(" + std::to_string(u.payload) + ")";
                                      },
                                      [](const IcmpPacket& i) { return icmpText(i); }},
                           packet.body);
}

std::string describe(const SystemCall& call) {
  return callText(call.name, call.arguments) + " = " + describe(call.result) +
         (call.errorName.empty() ? "" : " " + call.errorName) + (call.note.empty() ? "" : " (" + call.note + ")");
}

std::string describe(const ConsoleCall& call) {
  return (call.variable.empty() ? "" : call.variable + " = ") + callText(call.name, call.arguments);
}

std::string describe(const Action& action) {
  return std::visit(
      Overloaded{[](const SystemCall& c) { return describe(c); }, [](const Packet& p) { return describe(p); },
                 [](const Command& c) { return "`" + c.text + "`"; },
                 [](const Code& c) { return "%{ " + c.text + " }%"; }, [](const Frame& f) { return frameText(f); },
                 [&](const auto&) { return directiveText(action); }},
      action);
}

std::string describe(const Event& event) {
  const std::string time = describeTime(event.time);
  if (std::holds_alternative<Frame>(event.action)) return "//@frame " + time + " " + describe(event.action);
  if (event.time.kind == TimeKind::Unspecified) {
    const auto* wire = std::get_if<Command>(&event.action); // the one command that is a directive as well
    return "//@" + (wire ? wire->text : describe(event.action));
  }
  const auto* call = std::get_if<SystemCall>(&event.action);
  return time + (call && call->end ? "..." + secondsText(*call->end) : "") + " " + describe(event.action);
}

std::string describe(const Script& script) {
  std::string text;
  for (const Option& option : script.options) text += optionText(option) + "\n";
  if (script.link) text += std::string("//@link ") + LinkNames[static_cast<std::size_t>(*script.link)] + "\n";
  if (script.hz) text += "//@hz " + std::to_string(*script.hz) + "\n";
  if (script.machine)
    text += std::string("//@machine ") + MachineNames[static_cast<std::size_t>(*script.machine)] + "\n";
  if (script.era) text += std::string("//@era ").append(nameOf(*script.era)) + "\n";
  if (script.init) text += "`" + script.init->text + "`\n";
  for (const Event& event : script.events) text += describe(event) + "\n";
  if (script.cleanup) text += "`" + script.cleanup->text + "`\n";
  return text;
}

} // namespace sockwalk::scenario
