// A value by its kind: the names behind valueName().
#include "engine/feed/summary.h"
#include "engine/memory/constants.h"
#include "engine/scenario/constants.h"
#include "engine/tell/filters/instruction_text.h"
#include "engine/tell/values.h"
#include <cstdio>
#include <cstring>
#include <limits>

namespace sockwalk::tell {
namespace {

using Kind = kernel::NoteKind;
constexpr s64 Forever = std::numeric_limits<s64>::max(); // KTIME_MAX, MAX_SCHEDULE_TIMEOUT

std::string octal(u64 value) {
  char text[28];
  std::snprintf(text, sizeof text, "%#llo", static_cast<unsigned long long>(value));
  return text;
}
std::string number(u64 value) { return std::to_string(s64(value)); }

// "ETIMEDOUT (110)"; a number that is none stays one.
std::string errnoName(u64 value) {
  const std::string_view name = value && value <= 4095 ? scenario::errnoName(int(value)) : std::string_view();
  return name.empty() ? number(value) : std::string(name) + " (" + number(value) + ')';
}

// Some times have no length: -1 is none, and the largest of all is for ever.
std::string lengthOfTime(u64 value, s64 unit) {
  const s64 v = s64(value);
  if (v == Forever) return "KTIME_MAX";
  return v < 0 || v > Forever / unit ? number(value) : duration(v * unit);
}
std::string ticks(u64 value) {
  if (s64(value) == Forever) return "MAX_SCHEDULE_TIMEOUT";
  return number(value) + (value == 1 ? " jiffy" : " jiffies");
}
std::string moment(u64 value) {
  return s64(value) <= 0 || s64(value) == Forever ? lengthOfTime(value, 1) : time(s64(value));
}

// "server (pid 101)"; a task without a name of its own is called by its number.
std::string taskName(const Playhead& at, u64 pid) {
  const Context* known = nullptr;
  for (const Context& c : at.journal().contexts()) {
    if (known && c.event >= at.position()) break; // numbers serve again: the one that has it now
    if (c.kind == Context::Task && c.task == pid) known = &c;
  }
  const std::string usual = "task " + number(pid);
  return !known || known->name == usual ? usual : known->name + " (pid " + number(pid) + ')';
}

std::string icmpCode(u64 type, u64 code) {
  constexpr u64 Unreachable = 3, Redirect = 5, Exceeded = 11; // have codes with names
  if (type == Unreachable) return constantName("icmp_unreach", code);
  if (type == Redirect) return constantName("icmp_redirect|icmp_redirect_more", code);
  return type == Exceeded ? constantName("icmp_exceeded", code) : number(code);
}

std::string controlMessage(u64 level, u64 type) {
  const std::string of = constantText("levels", level);
  const std::string_view group = of == "SOL_SOCKET" ? "control_messages|socket_options"
                                 : of == "SOL_IP"   ? "ip_options_of_sockets"
                                 : of == "SOL_TCP"  ? "tcp_options_of_sockets"
                                 : of == "SOL_UDP"  ? "udp_options"
                                                    : "";
  return constantName(group, type);
}

std::string socketType(u64 value) {
  constexpr u64 Mask = 0xf; // SOCK_TYPE_MASK
  const std::string type = constantName("socket_types", value & Mask);
  return value & ~Mask ? type + '|' + constantText("socket_type_flags", value & ~Mask) : type;
}

// "net-pf-38", as it stands in the kernel's memory at this moment.
std::string textIn(const Playhead& at, u64 address) {
  constexpr size_t Longest = 80;
  if (!address) return "NULL";
  const auto* from = at.object<char>(address);
  return '"' + std::string(from, strnlen(from, Longest)) + '"';
}

Text verdict(u64 value) {
  if (s64(value) >= 0) return say("on to the rule at offset %1", value);
  const std::string name = constantText("verdicts", u64(-s64(value) - 1));
  return name.empty() ? number(value) : name;
}

// Kinds whose names are of the number alone.
std::string plainName(const kernel::NoteArgument& kind, u64 v) {
  switch (kind.kind) {
  case Kind::Constant: return constantName(kind.group, v);
  case Kind::Hex: return hexText(v);
  case Kind::Octal: return octal(v);
  case Kind::Boolean: return v > 1 ? number(v) : v ? "true" : "false";
  case Kind::User: return v ? hexText(v) : "NULL";
  case Kind::Address: return ipv4(u32(v));
  case Kind::Port: return std::to_string(__builtin_bswap16(u16(v)));
  case Kind::NetworkNumber: return std::to_string(__builtin_bswap32(u32(v)));
  case Kind::EtherType: return etherType(v);
  case Kind::NetworkEtherType: return etherType(__builtin_bswap16(u16(v)));
  case Kind::Errno: return errnoName(v);
  case Kind::IcmpType: return constantName("icmp_types|icmp_types_more", v);
  case Kind::DropResult: return s64(v) < 0 ? '-' + dropReason(u32(-s64(v))) : number(v);
  case Kind::SocketType: return socketType(v);
  case Kind::Instruction: return instructionText(v);
  case Kind::OpenFlags: return openFlagsText(v);
  case Kind::OpenBits: return v ? constantText("open", v) : "0";
  case Kind::Nanoseconds: return lengthOfTime(v, 1);
  case Kind::Microseconds: return lengthOfTime(v, 1000);
  case Kind::Milliseconds: return lengthOfTime(v, 1000000);
  case Kind::Seconds: return lengthOfTime(v, 1000000000);
  case Kind::Ticks: return ticks(v);
  case Kind::Moment: return moment(v);
  default: return number(v);
  }
}

} // namespace

std::string etherType(u64 value) {
  const std::string name = constantText("ether_types", value);
  return name.empty() ? hexText(value, 4) : name;
}

Text valueName(const Playhead& at, const kernel::NoteArgument& kind, std::span<const u64> values, size_t index) {
  const u64 v = values[index], before = index ? values[index - 1] : 0;
  switch (kind.kind) {
  case Kind::Object: return addressName(at, v);
  case Kind::Text: return textIn(at, v);
  case Kind::Error: return resultName(at, v);
  case Kind::Task: return taskName(at, v);
  case Kind::Icmp: return icmpName(u8(v), index + 1 < values.size() ? u8(values[index + 1]) : u8(0));
  case Kind::IcmpCode: return icmpCode(before, v);
  case Kind::ControlMessage: return controlMessage(before, v);
  case Kind::Verdict: return verdict(v);
  case Kind::Bytes: return bytes(s64(v));
  case Kind::Packets: return v == 1 ? say("1 packet") : say("%1 packets", v);
  default: return plainName(kind, v);
  }
}

} // namespace sockwalk::tell
