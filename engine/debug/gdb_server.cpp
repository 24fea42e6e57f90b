#include "engine/debug/gdb_server.h"
#include "engine/base/bytes.h"
#include "engine/base/whole_number.h"
#include "engine/debug/symbol_file.h"
#include <array>

namespace sockwalk::debug {

namespace {

constexpr std::string_view SymbolsPath = "/sockwalk.types";
constexpr const char* Error = "E01";
constexpr int Opened = 5; // the one descriptor that gdb is given

std::string hexOf(std::string_view bytes) { return toHex({reinterpret_cast<const u8*>(bytes.data()), bytes.size()}); }
std::string hexOf(u64 number) {
  char digits[17];
  return {digits, std::to_chars(digits, digits + sizeof digits, number, 16).ptr};
}
std::string textOf(std::string_view hex) {
  std::string out;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(wholeNumber<u8>(hex.substr(i, 2), 16).value_or('?'));
  return out;
}
// "ffff888001002000,40": numbers in hex, with commas between; 0 where there is none.
std::vector<u64> numbersIn(std::string_view list) {
  std::vector<u64> out;
  while (!list.empty()) {
    const size_t comma = std::min(list.find_first_of(",;:"), list.size());
    out.push_back(wholeNumber<u64>(list.substr(0, comma), 16).value_or(0));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  out.resize(std::max<size_t>(out.size(), 4));
  return out;
}

// A struct stat as the protocol has it: 64 bytes, most significant first; all but kind and size is 0.
std::string statusOf(u64 size) {
  std::string out(64, '\0');
  const auto put = [&](size_t at, u64 value, int bytes) {
    for (int i = bytes; i-- > 0; value >>= 8) out[at + static_cast<size_t>(i)] = static_cast<char>(value);
  };
  put(8, 0100444, 4); // a file that may be read
  put(28, size, 8);
  return out;
}

} // namespace

// What gdb may say, by how it begins; the longer beginnings first.
struct GdbServer::Command {
  std::string_view begins;
  std::string (*answer)(GdbServer& server, std::string_view rest);
};
const GdbServer::Command GdbServer::commands[] = {
    {"qSupported",
     [](GdbServer&, std::string_view) -> std::string {
       return "PacketSize=4000;QStartNoAckMode+;ReverseStep+;ReverseContinue+;swbreak+;hwbreak+;qXfer:features:read+;"
              "qXfer:exec-file:read+";
     }},
    {"qXfer:features:read:target.xml:",
     [](GdbServer& s, std::string_view rest) {
       return s.document(rest, "<target version=\"1.0\"><architecture>i386:x86-64</architecture></target>");
     }},
    {"qXfer:exec-file:read:",
     [](GdbServer& s, std::string_view rest) {
       return s.document(rest.substr(rest.find(':') + 1), std::string(SymbolsPath));
     }},
    {"vFile:", [](GdbServer& s, std::string_view rest) { return s.symbols(rest); }},
    {"qfThreadInfo", [](GdbServer&, std::string_view) -> std::string { return "m1"; }},
    {"qsThreadInfo", [](GdbServer&, std::string_view) -> std::string { return "l"; }},
    {"qThreadExtraInfo,", [](GdbServer& s, std::string_view rest) { return s.threadWords(rest); }},
    {"qAttached", [](GdbServer&, std::string_view) -> std::string { return "1"; }},
    {"qC", [](GdbServer&, std::string_view) -> std::string { return "QC1"; }},
    {"?", [](GdbServer& s, std::string_view) { return s.m_stopped; }},
    {"g", [](GdbServer& s, std::string_view rest) { return s.registers(rest); }},
    {"m", [](GdbServer& s, std::string_view rest) { return s.memory(rest); }},
    {"H", [](GdbServer&, std::string_view) -> std::string { return "OK"; }},
    {"T", [](GdbServer&, std::string_view) -> std::string { return "OK"; }},
    {"c", [](GdbServer& s, std::string_view) { return s.moved(s.m_walk.run(true)); }},
    {"s", [](GdbServer& s, std::string_view) { return s.moved(s.m_walk.step(true)); }},
    {"bc", [](GdbServer& s, std::string_view) { return s.moved(s.m_walk.run(false)); }},
    {"bs", [](GdbServer& s, std::string_view) { return s.moved(s.m_walk.step(false)); }},
    {"Z", [](GdbServer& s, std::string_view rest) { return s.changePoint(rest, true); }},
    {"z", [](GdbServer& s, std::string_view rest) { return s.changePoint(rest, false); }},
    {"G", [](GdbServer&, std::string_view) -> std::string { return Error; }}, // nothing can be written
    {"M", [](GdbServer&, std::string_view) -> std::string { return Error; }},
    {"P", [](GdbServer&, std::string_view) -> std::string { return Error; }},
};

GdbServer::GdbServer(DebuggedWalk& walk)
    : m_walk(walk), m_symbols(symbolFile(walk.functions(), globals(Era::Linux61))) {}

std::optional<std::string> GdbServer::answer(std::string_view packet) {
  if (packet.starts_with('k')) return std::nullopt;
  for (const Command& command : commands)
    if (packet.starts_with(command.begins)) return command.answer(*this, packet.substr(command.begins.size()));
  return packet == "D" || packet.starts_with("D;") || packet == "QStartNoAckMode" ? "OK" : "";
}

void GdbServer::serve(GdbPackets& packets) {
  while (const auto packet = packets.next()) {
    const auto said = answer(*packet);
    if (!said || !packets.send(*said) || packet->starts_with('D')) return;
    if (*packet == "QStartNoAckMode") packets.withoutAcknowledgement();
  }
}

std::string GdbServer::moved(DebuggedWalk::Stop stop) {
  using Why = DebuggedWalk::Why;
  m_stopped = "T05thread:1;";
  if (stop.why == Why::Breakpoint) m_stopped += "swbreak:;";
  if (stop.why == Why::Written) m_stopped += "watch:" + hexOf(stop.address) + ";";
  if (stop.why == Why::Begin) m_stopped += "replaylog:begin;";
  if (stop.why == Why::End) m_stopped += "replaylog:end;";
  return m_stopped;
}

// As gdb counts those of x86-64: rax is 0, rbp 6, rsp 7, rip 16; then the flags and six segments of 4.
std::string GdbServer::registers(std::string_view) const {
  const CallStack& stack = m_walk.stack();
  std::array<u64, 17> numbers{};
  numbers[0] = stack.result;
  numbers[6] = stack.frame;
  numbers[7] = stack.stack;
  numbers[16] = stack.instruction;
  std::string out;
  for (const u64 number : numbers) putBytes(out, number, 8);
  for (const u64 value : {0x2, 0x10, 0x18, 0, 0, 0, 0}) putBytes(out, value, 4);
  return hexOf(out);
}

std::string GdbServer::memory(std::string_view where) const {
  constexpr u64 Most = 0x1000;
  const auto numbers = numbersIn(where);
  const auto bytes = m_walk.read(numbers[0], std::min(numbers[1], Most));
  return bytes ? hexOf(*bytes) : Error;
}

// "0,ADDRESS,KIND": breakpoints are 0 and 1; 2 waits for a write. Reads are not in the record.
std::string GdbServer::changePoint(std::string_view point, bool set) {
  const auto numbers = numbersIn(point);
  const u64 address = numbers[1];
  const u32 size = static_cast<u32>(numbers[2]);
  switch (numbers[0]) {
  case 0:
  case 1: set ? m_walk.addBreakpoint(address) : m_walk.removeBreakpoint(address); return "OK";
  case 2: set ? m_walk.addWatch(address, size) : m_walk.removeWatch(address, size); return "OK";
  default: return "";
  }
}

// "OFFSET,LENGTH" of a text; "m" before what has more behind it.
std::string GdbServer::document(std::string_view wish, const std::string& text) const {
  const auto numbers = numbersIn(wish);
  const size_t from = std::min<size_t>(numbers[0], text.size());
  const std::string part = text.substr(from, numbers[1]);
  return (from + part.size() < text.size() ? "m" : "l") + gdbEscaped(part);
}

// gdb reads the file of the symbols as it reads a program from the machine that it runs on.
std::string GdbServer::symbols(std::string_view wish) const {
  constexpr size_t Most = 0x1800; // of what may have to be escaped, in a packet
  const std::string_view what = wish.substr(0, wish.find(':'));
  const std::string_view rest = wish.substr(std::min(what.size() + 1, wish.size()));
  if (what == "setfs" || what == "close") return "F0";
  if (what == "open") return textOf(rest.substr(0, rest.find(','))) == SymbolsPath ? "F" + hexOf(u64{Opened}) : "F-1,2";
  if (what == "fstat") return "F40;" + gdbEscaped(statusOf(m_symbols.size()));
  if (what != "pread") return "";
  const auto numbers = numbersIn(rest);
  const size_t from = std::min<size_t>(numbers[2], m_symbols.size());
  const std::string part = m_symbols.substr(from, std::min<size_t>(numbers[1], Most));
  return "F" + hexOf(u64{part.size()}) + ";" + gdbEscaped(part);
}

std::string GdbServer::threadWords(std::string_view) const {
  const Journal& journal = m_walk.at().journal();
  return hexOf(m_walk.at().position() ? journal.contextAt(m_walk.at().current()).name : std::string("-"));
}

} // namespace sockwalk::debug
