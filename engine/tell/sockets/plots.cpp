#include "engine/tell/sockets/plots.h"
#include "engine/journal/queries.h"
#include "engine/memory/constants/tcp.h"
#include <algorithm>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

namespace sockwalk::tell {

namespace {

using enum SocketMember;
using namespace kernel;

class Reader {
public:
  Reader(const Journal& journal, const SocketLife& life) : m_journal(journal), m_life(life) {}

  // Of one member, in another unit; `shown`: the others are left out.
  PlotLine line(
      const char* name, Text meaning, SocketMember m, double scale = 1,
      bool (*shown)(u64) = [](u64) { return true; }) const {
    PlotLine out{name, std::move(meaning), {}};
    for (const SocketChange& c : m_life.of(m))
      if (shown(c.value)) out.points.push_back({c.event, m_journal.timeAt(c.event), double(c.value) * scale});
    return out;
  }
  // Of several members: a point wherever one of them changes.
  PlotLine worked(const char* name, Text meaning, std::initializer_list<SocketMember> members,
                  const std::function<double(EventIndex)>& value) const {
    std::set<EventIndex> events;
    for (const SocketMember m : members)
      for (const SocketChange& c : m_life.of(m)) events.insert(c.event);
    PlotLine out{name, std::move(meaning), {}};
    for (const EventIndex e : events) {
      const double now = value(e + 1);
      if (out.points.empty() || out.points.back().value != now) out.points.push_back({e, m_journal.timeAt(e), now});
    }
    return out;
  }
  // What is in flight follows from four counts, and while an acknowledgement is worked off they do not fit together:
  // segments are no longer counted as sacked, and still as out. Only what holds in the end is drawn.
  PlotLine settled(PlotLine line) const {
    std::vector<PlotPoint> kept;
    EventIndex before = NoEvent;
    for (const PlotPoint& p : line.points) {
      const EventIndex ack = acknowledgementAround(p.event);
      if (ack != NoEvent && ack == before) kept.back() = p;
      else kept.push_back(p);
      before = ack;
    }
    line.points = std::move(kept);
    return line;
  }
  double at(SocketMember m, EventIndex position) const { return double(m_life.valueAt(m, position)); }

private:
  EventIndex acknowledgementAround(EventIndex event) const {
    static const FunctionInfo* const handler = Symbols::get().functionNamed("tcp_ack");
    EventIndex call = m_journal.callAround(event);
    while (call != NoEvent && handler && m_journal[call].b != handler->id) call = m_journal.callerOf(call);
    return call;
  }

  const Journal& m_journal;
  const SocketLife& m_life;
};

PlotPanel panel(Text title, Text unit, std::vector<PlotLine> lines) {
  PlotPanel out{std::move(title), std::move(unit), std::move(lines), 0};
  for (const PlotLine& line : out.lines)
    for (const PlotPoint& p : line.points) out.most = std::max(out.most, p.value);
  return out;
}

PlotPanel congestion(const Reader& r) {
  const auto inFlight = [&](EventIndex e) { return r.at(Out, e) - r.at(Sacked, e) - r.at(Lost, e) + r.at(Resent, e); };
  const auto known = [](u64 threshold) { return threshold < kernel::TCP_INFINITE_SSTHRESH; };
  return panel(say("Congestion"), say("segments"),
               {r.line("snd_cwnd", say("how many segments may be in flight"), Window),
                r.line("snd_ssthresh", say("where slow start ends"), Threshold, 1, known),
                r.settled(r.worked("in flight", "packets_out - sacked_out - lost_out + retrans_out",
                                   {Out, Sacked, Lost, Resent}, inFlight))});
}
PlotPanel roundTrip(const Reader& r, u32 hz) {
  constexpr double EighthOfMicro = 1.0 / 8000, QuarterOfMicro = 1.0 / 4000; // ms
  return panel(say("Round trip"), "ms",
               {r.line("srtt_us", say("smoothed; the member holds eighths of a microsecond"), RoundTrip, EighthOfMicro),
                r.line("rttvar_us", say("its variance; the member holds quarters"), Variance, QuarterOfMicro),
                r.line("icsk_rto", say("when what is not acknowledged goes again"), Timeout, 1000.0 / hz)});
}
PlotPanel windows(const Reader& r) {
  return panel(say("Windows"), say("bytes"),
               {r.line("snd_wnd", say("what the peer has room for"), PeerWindow),
                r.line("rcv_wnd", say("what was promised to the peer"), OwnWindow)});
}
PlotPanel queues(const Reader& r) {
  // Sequence numbers wrap; and while a socket is being made, its members are written one after another.
  const auto between = [&](SocketMember to, SocketMember from) {
    return [&r, to, from](EventIndex e) {
      const u64 state = u64(r.at(State, e));
      const bool connected = state && state != TCP_LISTEN && state != TCP_CLOSE && state != TCP_SYN_RECV;
      return connected ? double(static_cast<u32>(u64(r.at(to, e)) - u64(r.at(from, e)))) : 0.0;
    };
  };
  return panel(say("Queues"), say("bytes"),
               {r.worked("unread", "rcv_nxt - copied_seq", {Expected, Copied, State}, between(Expected, Copied)),
                r.worked("unacknowledged", "write_seq - snd_una", {Written, Unacked, State}, between(Written, Unacked)),
                r.line("sk_rmem_alloc", say("memory of what waits to be read"), ReceiveUsed),
                r.line("sk_wmem_queued", say("memory of what was written and is not acknowledged"), SendUsed)});
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, value == double(s64(value)) ? "%.0f" : "%.3f", value);
  return text;
}

} // namespace

double PlotLine::valueAt(EventIndex position) const {
  const auto after = std::ranges::partition_point(points, [&](const PlotPoint& p) { return p.event < position; });
  return after == points.begin() ? 0 : std::prev(after)->value;
}

Plots readPlots(const Journal& journal, const SocketLife& life, u32 hz) {
  const Reader r(journal, life);
  Plots plots{life.name(), journal.timeAt(life.born), 0, {}};
  const EventIndex end = life.died == NoEvent ? journal.size() - 1 : life.died;
  plots.to = std::max(plots.from + 1, journal.timeAt(end));
  for (PlotPanel& p : std::vector{congestion(r), roundTrip(r, hz), windows(r), queues(r)})
    if (p.most > 0) plots.panels.push_back(std::move(p));
  return plots;
}

EventIndex eventAt(const Journal& journal, s64 time) {
  EventIndex low = 0, high = journal.size();
  while (low < high) {
    const EventIndex middle = low + (high - low) / 2;
    if (journal.timeAt(middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

std::vector<std::string> lines(const PlotsAt& at) {
  std::vector<std::string> out = {at.plots.socket};
  for (const PlotPanel& p : at.plots.panels) {
    out.push_back(spoken(p.title) + " (" + spoken(p.unit) + ")");
    for (const PlotLine& line : p.lines)
      out.push_back("  " + std::string(line.name) + " = " + number(line.valueAt(at.position)) + "  " +
                    spoken(say("%1 changes", line.points.size())) + "  " + spoken(line.meaning));
  }
  return out;
}

nlohmann::json json(const PlotsAt& at) {
  nlohmann::json panels = nlohmann::json::array();
  for (const PlotPanel& p : at.plots.panels) {
    nlohmann::json all = nlohmann::json::array();
    for (const PlotLine& line : p.lines) {
      nlohmann::json points = nlohmann::json::array();
      for (const PlotPoint& point : line.points) points.push_back({point.event, point.time, point.value});
      all.push_back({{"name", line.name}, {"now", line.valueAt(at.position)}, {"points", points}});
    }
    panels.push_back({{"title", english(p.title)}, {"unit", english(p.unit)}, {"lines", all}});
  }
  return {{"socket", at.plots.socket}, {"from_ns", at.plots.from}, {"to_ns", at.plots.to}, {"panels", panels}};
}

} // namespace sockwalk::tell
