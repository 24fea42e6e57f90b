#include "app/cli_command.h"
#include "engine/feed/headers.h"
#include "engine/feed/summary.h"
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include "engine/kernel/note_table.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/truth_format.h"
#include <cstdio>
#include <unordered_map>

namespace sockwalk::cli {

namespace {

constexpr const char* Help = R"(usage: sockwalk print FILE [--boot] [--plain] [options]

Runs a script, a capture or a saved session, and prints the walk: every stimulus, under it the calls that it caused,
indented, with arguments and results, what is worth noting at each moment, and the geometry of a buffer where a
function is handed one (offsets from skb->head).

  --boot     from the very start: how the kernel fills its tables
  --plain    calls only

%s
Exit code: 0 done, 1 the run did not go as its script says, 2 bad usage or input.
)";

class Printer {
public:
  Printer(const scenario::Session& session, bool plain)
      : m_journal(session.journal()), m_at(m_journal), m_plain(plain) {}
  void print(EventIndex from);

private:
  void findResults(EventIndex from);
  void stimulus(EventIndex i);
  void call(EventIndex i);
  void buffer(EventIndex i, int depth);
  void note(EventIndex i);
  void line(int depth, const std::string& text) { std::printf("%*s%s\n", 2 * depth, "", text.c_str()); }
  int depthIn(EventIndex call) const { // of what happens directly in `call`
    auto it = m_depth.find(call);
    return it == m_depth.end() ? 1 : it->second + 1;
  }
  std::string valueText(u64 value, bool result) const;
  std::string noteArgument(kernel::NoteKind kind, u64 value) const;
  std::string argument(const FunctionInfo& f, size_t index, std::string_view name, u64 value) const;

  const Journal& m_journal;
  Playhead m_at;
  bool m_plain;
  std::unordered_map<EventIndex, std::string> m_results; // by call
  std::unordered_map<EventIndex, int> m_depth;
};

std::string reasonName(u16 reason) {
  if (const EnumInfo* reasons = enumNamed("skb_drop_reason"))
    for (const EnumValue& v : reasons->values)
      if (v.value == reason) return std::string(v.name);
  return "reason " + std::to_string(reason);
}

bool isKernelAddress(u64 v) { return v >> 47 == 0x1ffff && v < 0xfffffffff0000000ull; }

std::string Printer::valueText(u64 value, bool result) const {
  const s64 number = static_cast<s64>(value);
  if (result && number < 0 && number >= -4095)
    if (const auto name = scenario::errnoName(static_cast<int>(number)); !name.empty()) return "-" + std::string(name);
  return isKernelAddress(value) ? pointerText(m_at, value) : std::to_string(number);
}

// "family=AF_INET", "daddr=10.0.2.15", "skb=sk_buff #3": numbers that have a usual spelling get it.
std::string Printer::argument(const FunctionInfo& f, size_t index, std::string_view name, u64 value) const {
  std::string text = argumentText(m_at, f, index, value);
  if (name == "family")
    if (const auto constant = scenario::constantName("AF_", static_cast<s64>(value)); !constant.empty())
      text = constant;
  const bool address = name == "saddr" || name == "daddr" || name == "src" || name == "dst";
  if (address && value == static_cast<u32>(value)) text = ipv4Text(__builtin_bswap32(static_cast<u32>(value)));
  return std::string(name) + "=" + text;
}

// What a call returned, named as it was at that moment; the calls are printed with it later.
void Printer::findResults(EventIndex from) {
  for (EventIndex i = from; i < m_journal.size(); ++i) {
    const Event& e = m_journal[i];
    if (e.type != EventType::Return || !e.a) continue;
    m_at.seek(i + 1);
    m_results[e.where] = valueText(e.data, true);
  }
}

void Printer::print(EventIndex from) {
  findResults(from);
  for (EventIndex i = from; i < m_journal.size(); ++i) {
    const Event& e = m_journal[i];
    switch (e.type) {
    case EventType::Stimulus: stimulus(i); break;
    case EventType::Call: call(i); break;
    case EventType::Note: note(i); break;
    case EventType::Drop:
      m_at.seek(i + 1);
      line(depthIn(m_journal.callAround(i)), "! dropped: " + reasonName(e.b));
      break;
    case EventType::PacketIn: line(1, "> " + std::to_string(u32(e.data)) + " bytes arrive"); break;
    case EventType::PacketOut:
      line(depthIn(m_journal.callAround(i)), "< " + std::to_string(u32(e.data)) + " bytes leave");
      break;
    case EventType::Panic:
      line(depthIn(m_journal.callAround(i)),
           "! " + std::string(reinterpret_cast<const char*>(m_journal.payload(e.where)), e.data));
      break;
    default: break;
    }
  }
}

void Printer::stimulus(EventIndex i) {
  const Stimulus& s = m_journal.stimuli()[m_journal[i].where];
  const Context& context = m_journal.contextAt(i);
  std::string text = context.kind == Context::Task ? context.name + ": " + s.text : s.text;
  if (context.kind == Context::Task)
    text += !s.finished ? " sleeps" : " = " + valueText(static_cast<u64>(s.result), true);
  if (!s.name.empty()) text += "   [" + s.name + "]";
  std::printf("\n%.6f  %s\n", double(m_journal.timeAt(i)) / 1e9, text.c_str());
}

void Printer::call(EventIndex i) {
  const Event& e = m_journal[i];
  const int depth = e.where == NoEvent ? 1 : depthIn(e.where);
  m_depth[i] = depth;
  m_at.seek(i + 1);
  const FunctionInfo& f = m_journal.function(e);
  std::string text(f.name);
  text += "(";
  const auto values = m_journal.arguments(e);
  std::string_view names = f.argumentNames;
  for (size_t a = 0; a < values.size(); ++a) {
    const size_t comma = std::min(names.find(','), names.size());
    text += std::string(a ? ", " : "") + argument(f, a, names.substr(0, comma), values[a]);
    names.remove_prefix(std::min(comma + 1, names.size()));
    while (names.starts_with(' ')) names.remove_prefix(1);
  }
  text += ")";
  if (auto it = m_results.find(i); it != m_results.end()) text += " = " + it->second;
  line(depth, text);
  if (!m_plain) buffer(i, depth + 1);
}

void Printer::buffer(EventIndex i, int depth) {
  int argument;
  const auto values = m_journal.arguments(m_journal[i]);
  if (!takesBuffer(m_journal.function(m_journal[i]), argument) || argument >= int(values.size()) || !values[argument])
    return;
  const scenario::BufferGeometry g = scenario::geometryOf(m_at, values[argument]);
  if (!g.valid) return;
  const auto offset = [](int v) { return v < 0 ? std::string("-") : std::to_string(v); };
  char text[200];
  std::snprintf(text, sizeof text,
                "skb data %u tail %u end %u, len %u (%u paged), mac %s net %s transport %s, truesize %u, users %d%s",
                g.data, g.tail, g.end, g.len, g.dataLen, offset(g.mac).c_str(), offset(g.network).c_str(),
                offset(g.transport).c_str(), g.truesize, g.users, g.cloned ? ", cloned" : "");
  line(depth, text);
}

std::string Printer::noteArgument(kernel::NoteKind kind, u64 value) const {
  using Kind = kernel::NoteKind;
  const auto named = [value](std::string_view prefix) {
    const auto name = scenario::constantName(prefix, static_cast<s64>(value));
    return name.empty() ? std::to_string(static_cast<s64>(value)) : std::string(name);
  };
  switch (kind) {
  case Kind::Family: return named("AF_");
  case Kind::Type: return named("SOCK_");
  case Kind::Protocol: return named("IPPROTO_");
  case Kind::TcpState: return memberConstant("sock_common", "skc_state", static_cast<s64>(value)).value_or("?");
  case Kind::Neighbour: return memberConstant("neighbour", "nud_state", static_cast<s64>(value)).value_or("?");
  case Kind::Address: return ipv4Text(__builtin_bswap32(static_cast<u32>(value)));
  case Kind::DropReason: return reasonName(static_cast<u16>(value));
  case Kind::Error: return valueText(value, true);
  case Kind::IcmpType: return icmpName(static_cast<u8>(value), 0);
  default: return valueText(value, false);
  }
}

void Printer::note(EventIndex i) {
  if (m_plain) return;
  m_at.seek(i + 1);
  const kernel::NoteText& note = kernel::noteText(Symbols::get().notes()[m_journal[i].b]->name);
  const auto values = m_journal.arguments(m_journal[i]);
  std::string text = note.chosen(values);
  for (size_t a = 0; a < note.arguments; ++a) {
    const std::string mark = "%" + std::to_string(a + 1), name = noteArgument(note.kinds[a], values[a]);
    for (size_t at; (at = text.find(mark)) != std::string::npos;) text.replace(at, mark.size(), name);
  }
  line(depthIn(m_journal.callAround(i)), "* " + text);
}

} // namespace

int print(const std::vector<std::string>& words) {
  const Arguments arguments(words, withOpening({}), {"--help", "-h", "--boot", "--plain"});
  if (arguments.flag("--help") || arguments.flag("-h")) return std::printf(Help, OpeningHelp), Done;
  if (!arguments.problem().empty()) return misuse("print", arguments.problem());
  if (arguments.rest().size() != 1) return misuse("print", "name one script, capture or session");
  const auto options = opening(arguments);
  if (!options) return misuse("print", options.error().message);
  int code = Done;
  const auto session = run(arguments.rest()[0], *options, code);
  if (!session) return code;
  const auto& stimuli = session->journal().stimuli(); // the first is the boot
  const EventIndex from = arguments.flag("--boot") || stimuli.size() < 2 ? 0 : stimuli[1].event;
  Printer(*session, arguments.flag("--plain")).print(from);
  if (session->machine().panicked())
    std::printf("\n! the kernel has stopped: %s\n", session->machine().panicText().c_str());
  return code;
}

} // namespace sockwalk::cli
