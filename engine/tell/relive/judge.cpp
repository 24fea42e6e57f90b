#include "engine/tell/relive/judge.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/scenario/relive_coverage.h"
#include "engine/tell/relive/match.h"
#include <algorithm>
#include <deque>
#include <map>

namespace sockwalk::tell {

using scenario::after;
using scenario::before;
using scenario::HostFrame;
using scenario::Relived;
using scenario::RelivedConnection;
using scenario::Way;

namespace {

constexpr s64 Millisecond = 1'000'000; // ns
// Timers of two kernels fire at steps of their own (4 ms each): an acknowledgement within these is at the same time.
constexpr s64 SameTime = 10 * Millisecond;

// A flow of frames other than TCP: kind, the other end, ports.
using FlowKey = std::tuple<int, u32, u16, u16>;

class Judge {
public:
  Judge(const Journal& journal, const PacketList& packets, const Relived& relived)
      : m_journal(journal), m_packets(packets), m_relived(relived), m_plan(relived.plan) {}
  std::vector<Judged> all();

private:
  struct Flow {
    std::vector<const HostFrame*> captured;
    std::vector<OurFrame*> ours;
  };
  void collectCaptured();
  void collectOurs();
  s32 connectionOf(const OurFrame& ours) const;
  Flow& flowOf(const HostFrame& frame, s32 connection);
  void judge(const Matched& match, std::optional<u16>& shift);
  struct Shown { // by the file, of a connection
    scenario::Coverage bytes;
    std::optional<u32> acknowledged;
  };
  Shown shownOf(const RelivedConnection& connection) const;
  bool wasMissed(const OurFrame& ours);
  void judgeExtra(const OurFrame& ours);

  const Journal& m_journal;
  const PacketList& m_packets;
  const Relived& m_relived;
  const scenario::RelivePlan& m_plan;
  std::vector<Judged> m_judged;
  std::deque<OurFrame> m_ours;
  std::map<s32, Flow> m_tcp; // by connection
  std::map<FlowKey, Flow> m_others;
  std::map<s32, Shown> m_shown; // by connection
};

// ---- what ours sent

void Judge::collectOurs() {
  const bool loopback = m_plan.capture.host.loopback; // there leaving and arriving are one moment
  const EventType left = loopback ? EventType::PacketIn : EventType::PacketOut;
  const s64 last = m_plan.frames.empty() ? 0 : m_plan.frames.back().time;
  for (int packet = m_packets.before(m_relived.firstEvent) + 1; packet < m_packets.size(); ++packet) {
    const EventIndex i = m_packets.eventOf(packet);
    const Event& e = m_journal[i];
    const bool onLo = e.b == kernel::LOOPBACK_IFINDEX; // what goes there, no capture of the wire shows
    if (e.type != left || onLo != loopback) continue;
    const s64 time = m_journal.timeAt(i) - m_relived.start;
    const ByteView bytes = m_journal.frame(e);
    HostFrame frame{0, time, Way::Out, bytes, parseHeaders(bytes)};
    const bool late = time > last + Millisecond; // nobody captured that long
    if (late || (!frame.headers.ipv4 && !frame.headers.arp)) continue;
    OurFrame& o = m_ours.emplace_back(OurFrame{i, frame, {}, 0, 0, 0, false});
    if (frame.headers.tcp && !frame.headers.ipv4->isFragment()) {
      const auto s = scenario::segmentOf(o.frame);
      o.options = s.options;
      o.seq = o.cursor = s.seq;
      o.end = s.end;
    }
    flowOf(o.frame, connectionOf(o)).ours.push_back(&o);
  }
}

// Of those with the same ends the latest that had begun.
s32 Judge::connectionOf(const OurFrame& ours) const {
  if (!ours.frame.headers.tcp || ours.frame.headers.ipv4->isFragment()) return -1;
  const scenario::FlowEnds ends = scenario::endsOf(ours.frame);
  s32 found = -1;
  for (size_t i = 0; i < m_plan.connections.size(); ++i)
    if (m_plan.connections[i].ends == ends &&
        (found < 0 || m_plan.frames[m_plan.connections[i].firstFrame].time <= ours.frame.time))
      found = static_cast<s32>(i);
  return found;
}

Judge::Flow& Judge::flowOf(const HostFrame& f, s32 connection) {
  if (connection >= 0) return m_tcp[connection];
  const FrameHeaders& h = f.headers;
  if (h.arp) return m_others[{0, h.arp->target, h.arp->operation, 0}];
  const u32 other = f.way == Way::Out ? h.ipv4->destination : h.ipv4->source;
  if (h.ipv4->isFragment()) return m_others[{-1 - h.ipv4->protocol, other, 0, 0}];
  if (h.icmp) return m_others[{h.ipv4->protocol, other, h.icmp->type, h.icmp->code}];
  if (h.udp) return m_others[{h.ipv4->protocol, other, h.udp->source, h.udp->destination}];
  return m_others[{h.ipv4->protocol, other, 0, 0}];
}

void Judge::collectCaptured() {
  for (const HostFrame& f : m_plan.frames)
    if (f.way == Way::Out && (f.headers.ipv4 || f.headers.arp))
      flowOf(f, m_plan.connectionOf[f.number]).captured.push_back(&f);
}

// ---- verdicts

// Is only some of the captured frame in the first of ours, or the other way round?
bool isCut(const Matched& match) {
  const OurFrame& ours = *match.ours[0];
  if (match.ours.size() > 1) return true;
  if (!ours.data() || !match.captured->headers.tcp) return false;
  return ours.end - ours.seq != scenario::segmentOf(*match.captured).end - match.captured->headers.tcp->sequence;
}

void atLeastEquivalent(Judged& judged, FieldDifference difference) {
  judged.verdict = std::max(judged.verdict, Verdict::Equivalent);
  judged.differences.push_back(std::move(difference));
}

void Judge::judge(const Matched& match, std::optional<u16>& shift) {
  Judged& judged = m_judged.emplace_back();
  judged.frame = match.captured->number;
  if (match.ours.empty()) {
    judged.covered = match.covered;
    judged.verdict = match.covered ? Verdict::Equivalent : Verdict::Different;
    return judged.differences.push_back({"sent", "yes", "no"});
  }
  const bool cut = isCut(match);
  for (const OurFrame* o : match.ours) judged.sent.push_back(o->event);
  Comparison c = compare(*match.captured, *match.ours[0], shift, cut);
  judged.verdict = c.verdict;
  judged.differences = std::move(c.differences);
  judged.late = match.ours[0]->frame.time - match.captured->time;
  // Several segments in one frame are what the device was left to cut.
  const bool offloaded = match.captured->headers.ipv4 && match.captured->bytes.size() > m_plan.mtu + 14;
  if (cut && !offloaded) atLeastEquivalent(judged, {"segments", "1", std::to_string(match.ours.size())});
  if (std::abs(judged.late) > SameTime)
    atLeastEquivalent(judged, {"time", "0 ms", std::to_string(judged.late / Millisecond) + " ms"});
}

// What the file has of a connection: the bytes that the host sent, and how far they were acknowledged.
Judge::Shown Judge::shownOf(const RelivedConnection& c) const {
  Shown shown;
  bool begun = false;
  for (const auto& s : scenario::segmentsOf(m_plan, c)) {
    if (s.has(TcpRst)) continue;
    if (s.out) {
      if (!begun) shown.bytes = scenario::Coverage(s.seq);
      begun = true;
      shown.bytes.add(s.seq, s.end);
    } else if (s.has(TcpAck) && (!shown.acknowledged || after(s.tcp().acknowledgement, *shown.acknowledged))) {
      shown.acknowledged = s.tcp().acknowledgement;
    }
  }
  return shown;
}

// The file has an acknowledgement of it, but no frame that shows it.
bool Judge::wasMissed(const OurFrame& o) {
  const s32 connection = o.data() ? connectionOf(o) : -1;
  if (connection < 0) return false;
  const auto [known, fresh] = m_shown.try_emplace(connection);
  if (fresh) known->second = shownOf(m_plan.connections[size_t(connection)]);
  const Shown& shown = known->second;
  return shown.acknowledged && !before(*shown.acknowledged, o.end) && !shown.bytes.touches(o.seq, o.end);
}

// Only ours sent it: one acknowledgement more says nothing new, and what was acknowledged was sent; anything else does.
void Judge::judgeExtra(const OurFrame& o) {
  const bool bare = o.frame.headers.tcp && !o.data() && !(o.frame.headers.tcp->flags & TcpRst);
  Judged& judged = m_judged.emplace_back();
  judged.sent = {o.event};
  judged.missed = !bare && wasMissed(o);
  judged.verdict = bare || judged.missed ? Verdict::Equivalent : Verdict::Different;
  judged.differences.push_back({"sent", "no", "yes"});
}

std::vector<Judged> Judge::all() {
  collectCaptured();
  collectOurs();
  for (auto& [connection, flow] : m_tcp) {
    std::optional<u16> shift;
    for (const Matched& m : matchTcp(flow.captured, flow.ours)) judge(m, shift);
  }
  for (auto& [key, flow] : m_others) {
    std::optional<u16> shift;
    for (const Matched& m : matchOther(flow.captured, flow.ours)) judge(m, shift);
  }
  for (const OurFrame& o : m_ours)
    if (!o.taken && (!o.data() || o.cursor != o.end)) judgeExtra(o);
  std::ranges::stable_sort(m_judged, {}, &Judged::frame); // none is more than any
  return std::move(m_judged);
}

} // namespace

Text withoutVerdict(const HostFrame& f) {
  if (f.bytes.empty()) return say("left out: the filter of the session, or the kind of its link");
  if (f.leftOut == scenario::LeftOut::Copy) return say("not played: the packet of a frame before, further on its way");
  if (f.leftOut == scenario::LeftOut::Handshake)
    return say("not played: the handshake is not whole; its connection is adopted behind it");
  if (f.way == Way::In) return say("not played: the kernel had stopped");
  return f.way == Way::Out ? say("not relived: neither IPv4 nor ARP") : say("between others");
}

std::vector<Judged> judge(const Journal& journal, const PacketList& packets, const Relived& relived) {
  return Judge(journal, packets, relived).all();
}

} // namespace sockwalk::tell
