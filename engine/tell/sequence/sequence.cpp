#include "engine/tell/sequence/sequence.h"
#include "engine/feed/summary.h"
#include "engine/journal/layers.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/tell/arguments.h"
#include "engine/tell/in_words.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

using enum SequenceLane;

SequenceLane laneOf(const FunctionInfo& f) {
  switch (sockwalk::layerOf(f)) {
  case Layer::User: // none of the kernel's functions is there
  case Layer::Vfs: return Vfs;
  case Layer::Socket: return Socket;
  case Layer::Inet:
  case Layer::Transport: return Protocol;
  case Layer::Ip: return Ip;
  case Layer::Link:
  case Layer::Device: return Device;
  }
  return Socket;
}

class Builder {
public:
  Builder(const Journal& journal, const Hosts& hosts, const SequenceWish& wish)
      : m_journal(journal), m_hosts(hosts), m_wish(wish) {}

  // The stimuli [first, last]; those that do not fit are left out.
  Sequence build(int first, int last) {
    m_out.firstStimulus = first;
    for (int s = first; s <= last; ++s) {
      if (m_out.messages.size() > m_wish.most) {
        m_out.more = true;
        break;
      }
      stimulus(s);
      m_out.lastStimulus = s;
    }
    placeColumns();
    return std::move(m_out);
  }

private:
  struct Open {
    EventIndex call;
    int column;
    int message;  // -1: none was drawn
    bool answers; // something was drawn within it
  };

  void stimulus(int index) {
    const auto& all = m_journal.stimuli();
    const EventIndex begin = index < 0 ? 0 : all[size_t(index)].event;
    const EventIndex end = index + 1 < static_cast<int>(all.size()) ? all[size_t(index) + 1].event : m_journal.size();
    if (index >= 0) heading(index);
    for (EventIndex i = begin; i < end && m_out.messages.size() <= 2 * m_wish.most; ++i) read(i, index);
    for (const Open& open : m_open)
      if (open.message >= 0) m_out.messages[size_t(open.message)].open = true;
    m_open.clear();
    if (index >= 0 && m_called) answer(index);
  }

  void read(EventIndex i, int stimulus) {
    const Event& e = m_journal[i];
    switch (e.type) {
    case EventType::Call: enter(i, e, stimulus); break;
    case EventType::Return: leave(i, e); break;
    case EventType::PacketOut:
    case EventType::PacketIn: frame(i, e); break;
    default: break;
    }
  }

  // ---- the program's side
  void heading(int stimulus) {
    const Stimulus& s = m_journal.stimuli()[size_t(stimulus)];
    m_out.messages.push_back({.kind = SequenceMessage::Heading, .event = s.event, .words = stimulusText(s.text)});
    m_called = false;
  }
  // The first call of a task in its system call: the program called the library, and the library the kernel.
  void callProgram(EventIndex i, int stimulus) {
    const Stimulus& s = m_journal.stimuli()[size_t(stimulus)];
    const std::string& host = m_hosts.of(i);
    const std::string name = s.text.substr(0, s.text.find('(')) + "()";
    put({.kind = SequenceMessage::Call,
         .from = column(Application, host),
         .to = column(Library, host),
         .event = i,
         .words = Text(name)});
    m_called = true;
    m_program = {column(Application, host), column(Library, host)};
  }
  void answer(int stimulus) {
    const Stimulus& s = m_journal.stimuli()[size_t(stimulus)];
    if (!s.finished) return;
    const EventIndex last = stimulus + 1 < static_cast<int>(m_journal.stimuli().size())
                                ? m_journal.stimuli()[size_t(stimulus) + 1].event - 1
                                : m_journal.size() - 1;
    put({.kind = SequenceMessage::Return,
         .from = m_program.second,
         .to = m_program.first,
         .event = last,
         .words = "= " + systemResult(s.result)});
  }

  // ---- calls
  void enter(EventIndex i, const Event& e, int stimulus) {
    const FunctionInfo& f = m_journal.function(e);
    const bool byProgram = m_open.empty() && entersKernel(f) && stimulus >= 0 && !m_called;
    if (byProgram) callProgram(i, stimulus);
    const int from = m_open.empty() ? byProgram ? m_program.second : -1 : m_open.back().column;
    const SequenceLane lane = laneOf(f);
    const int to = m_wish.folded.contains(lane) ? from : column(lane, m_hosts.of(i));
    int message = -1;
    if (from >= 0 && to >= 0 && from != to) {
      message = put({.kind = SequenceMessage::Call,
                     .from = from,
                     .to = to,
                     .event = i,
                     .depth = static_cast<int>(m_open.size()),
                     .words = Text(std::string(f.name) + "()")});
      for (Open& open : m_open) open.answers = true;
    }
    m_open.push_back({i, to, message, false});
  }

  void leave(EventIndex i, const Event& e) {
    const auto found = std::find_if(m_open.rbegin(), m_open.rend(), [&](const Open& o) { return o.call == e.where; });
    if (found == m_open.rend()) return;
    const Open open = *found;
    m_open.erase(std::prev(found.base()), m_open.end());
    if (open.message < 0 || open.message >= static_cast<int>(m_out.messages.size())) return;
    SequenceMessage& call = m_out.messages[size_t(open.message)];
    if (call.event == open.call) call.until = i;
    // Of a call that was but itself the answer is not drawn.
    if (!open.answers) return;
    const bool value = e.a;
    const int from = call.to, to = call.from;
    put({.kind = SequenceMessage::Return,
         .from = from,
         .to = to,
         .event = i,
         .words = value ? Text("= " + result(e)) : Text()});
  }
  std::string result(const Event& e) const {
    if (isAddress(e.data)) return "…"; // named by who stands there
    const s64 value = static_cast<s64>(e.data);
    return value < 0 && value > -4096 ? "-" + constantName("errno", u64(-value)) : std::to_string(value);
  }

  // ---- the wire
  void frame(EventIndex i, const Event& e) {
    if (e.b == kernel::LOOPBACK_IFINDEX) return;
    const ByteView bytes = m_journal.frame(e);
    const int device = column(Device, m_hosts.of(i)), wire = column(Wire, "");
    const bool out = e.type == EventType::PacketOut;
    put({.kind = SequenceMessage::Frame,
         .from = out ? device : wire,
         .to = out ? wire : device,
         .event = i,
         .words = summarize(bytes, static_cast<u32>(bytes.size())).info});
  }

  // ---- columns and messages
  int column(SequenceLane lane, const std::string& host) {
    const auto same = [&](const SequenceColumn& c) { return c.lane == lane && c.host == host; };
    const auto found = std::ranges::find_if(m_out.columns, same);
    if (found != m_out.columns.end()) return static_cast<int>(found - m_out.columns.begin());
    m_out.columns.push_back({lane, host});
    return static_cast<int>(m_out.columns.size()) - 1;
  }
  // The same once more, directly after: counted.
  int put(SequenceMessage message) {
    auto& all = m_out.messages;
    if (message.kind == SequenceMessage::Call && !all.empty()) {
      SequenceMessage& last = all.back();
      if (last.kind == message.kind && last.from == message.from && last.to == message.to &&
          last.words == message.words && last.until != NoEvent) {
        ++last.count;
        last.until = NoEvent;
        last.event = message.event; // its answer is that of the last one
        return static_cast<int>(all.size()) - 1;
      }
    }
    all.push_back(std::move(message));
    return static_cast<int>(all.size()) - 1;
  }

  // From the program down to the wire; of a second host, from the wire up to its program.
  void placeColumns() {
    std::vector<std::string> hosts;
    std::set<int> used;
    for (const SequenceMessage& m : m_out.messages)
      if (m.kind != SequenceMessage::Heading) used.insert({m.from, m.to});
    for (const int c : used)
      if (const auto& column = m_out.columns[size_t(c)];
          column.lane != Wire && std::ranges::find(hosts, column.host) == hosts.end())
        hosts.push_back(column.host);
    const auto rank = [&](int c) {
      const SequenceColumn& column = m_out.columns[size_t(c)];
      const int lane = static_cast<int>(column.lane), lanes = static_cast<int>(sequenceLanes);
      if (column.lane == Wire) return lanes;
      const auto host = static_cast<int>(std::ranges::find(hosts, column.host) - hosts.begin());
      return host == 0 ? lane : host * 2 * lanes + lanes - lane;
    };
    std::vector<int> order(used.begin(), used.end());
    std::ranges::sort(order, {}, rank);
    std::vector<int> place(m_out.columns.size(), 0);
    std::vector<SequenceColumn> columns;
    for (const int c : order) {
      place[size_t(c)] = static_cast<int>(columns.size());
      columns.push_back(m_out.columns[size_t(c)]);
    }
    for (SequenceMessage& m : m_out.messages)
      if (m.kind != SequenceMessage::Heading) m.from = place[size_t(m.from)], m.to = place[size_t(m.to)];
    m_out.columns = std::move(columns);
  }

  const Journal& m_journal;
  const Hosts& m_hosts;
  const SequenceWish& m_wish;
  Sequence m_out;
  std::vector<Open> m_open;
  bool m_called = false; // the program's call of this stimulus is drawn
  std::pair<int, int> m_program;
};

} // namespace

Text laneName(SequenceLane lane) {
  switch (lane) {
  case Application: return say("application");
  case Library: return say("C library");
  case Vfs: return "VFS";
  case Socket: return say("socket");
  case Protocol: return say("protocol");
  case Ip: return "IP";
  case Device: return say("device");
  case Wire: return say("wire, peer");
  case SequenceLane::Count: break;
  }
  return {};
}
const char* laneId(SequenceLane lane) {
  static constexpr const char* Ids[] = {"application", "library", "vfs", "socket", "protocol", "ip", "device", "wire"};
  return Ids[size_t(lane)];
}
Layer layerOf(SequenceLane lane) {
  static constexpr Layer Layers[] = {Layer::User,      Layer::User, Layer::Vfs,    Layer::Socket,
                                     Layer::Transport, Layer::Ip,   Layer::Device, Layer::Link};
  return Layers[size_t(lane)];
}

Sequence readSequence(const Journal& journal, const Hosts& hosts, EventIndex position, const SequenceWish& wish) {
  const int now = position ? journal.stimulusAt(position - 1) : -1;
  const int last = static_cast<int>(journal.stimuli().size()) - 1;
  if (!wish.whole) return Builder(journal, hosts, wish).build(now, now);
  // What leads to the moment, if the whole does not fit.
  int first = 0;
  if (now > 0 && !journal.stimuli().empty() && journal.stimuli().front().name == "boot") first = 1;
  Sequence all = Builder(journal, hosts, wish).build(first, last);
  while (all.more && all.lastStimulus < now) {
    first = std::min(now, std::max(all.lastStimulus, first + 1));
    all = Builder(journal, hosts, wish).build(first, last);
    all.more = true;
  }
  return all;
}

// ---- as words
std::vector<std::string> lines(const SequenceAt& at) {
  std::vector<std::string> out;
  const auto name = [&](int c) {
    const SequenceColumn& column = at.sequence.columns[size_t(c)];
    return (column.host.empty() ? "" : column.host + " ") + spoken(laneName(column.lane));
  };
  for (const SequenceMessage& m : at.sequence.messages) {
    const std::string mark = m.event < at.position ? "● " : "○ ";
    if (m.kind == SequenceMessage::Heading) out.push_back(spoken(m.words));
    else
      out.push_back("  " + mark + name(m.from) + (m.kind == SequenceMessage::Return ? " ⇠ " : " → ") + name(m.to) +
                    "  " + spoken(m.words) + (m.count > 1 ? " ×" + std::to_string(m.count) : ""));
  }
  return out;
}

nlohmann::json json(const SequenceAt& at) {
  static constexpr const char* Kinds[] = {"call", "return", "frame", "heading"};
  nlohmann::json columns = nlohmann::json::array(), messages = nlohmann::json::array();
  for (const SequenceColumn& c : at.sequence.columns) columns.push_back({{"lane", laneId(c.lane)}, {"host", c.host}});
  for (const SequenceMessage& m : at.sequence.messages)
    messages.push_back({{"kind", Kinds[m.kind]},
                        {"from", m.from},
                        {"to", m.to},
                        {"event", m.event},
                        {"count", m.count},
                        {"words", english(m.words)}});
  return {{"columns", columns}, {"messages", messages}, {"more", at.sequence.more}};
}

} // namespace sockwalk::tell
