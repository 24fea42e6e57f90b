#include "engine/tell/relive/relive.h"
#include "engine/feed/summary.h"
#include "engine/tell/relive/judge.h"
#include "engine/tell/relive/outcome.h"
#include <algorithm>

namespace sockwalk::tell {

using scenario::HostFrame;
using scenario::Relived;
using scenario::RelivedConnection;
using scenario::Way;

namespace {

class Teller {
public:
  Teller(const scenario::Session& session, const Relived& relived)
      : m_journal(session.journal()), m_relived(relived), m_plan(relived.plan), m_outcomes(m_journal) {}
  RelivedCapture tell(const ShownFrames& shown);

private:
  void frameRows();
  void arrived(RelivedFrame& row, const HostFrame& frame) const;
  void add(Judged&& judged);
  void hide(const ShownFrames& shown);
  void count();
  void flows();

  const Journal& m_journal;
  const Relived& m_relived;
  const scenario::RelivePlan& m_plan;
  const Outcomes m_outcomes;
  RelivedCapture m_told;
  std::vector<RelivedFrame> m_extra;
};

<<<<<<< HEAD
RelivedFrame rowOf(ByteView bytes, s64 time) {
  const FrameSummary s = summarize(bytes, static_cast<u32>(bytes.size()));
=======
// ---- what ours sent

void Teller::collectOurs() {
  // On lo leaving and arriving are one moment.
  const EventType left = m_plan.capture.host.loopback ? EventType::PacketIn : EventType::PacketOut;
  const s64 last = m_plan.frames.empty() ? 0 : m_plan.frames.back().time;
  for (EventIndex i = m_relived.firstEvent; i < m_journal.size(); ++i) {
    if (m_journal[i].type != left) continue;
    const s64 time = m_journal.timeAt(i) - m_relived.start;
    const ByteView bytes = m_journal.frame(m_journal[i]);
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
s32 Teller::connectionOf(const OurFrame& ours) const {
  if (!ours.frame.headers.tcp || ours.frame.headers.ipv4->isFragment()) return -1;
  const scenario::FlowEnds ends = scenario::endsOf(ours.frame);
  s32 found = -1;
  for (size_t i = 0; i < m_plan.connections.size(); ++i)
    if (m_plan.connections[i].ends == ends &&
        (found < 0 || m_plan.frames[m_plan.connections[i].firstFrame].time <= ours.frame.time))
      found = static_cast<s32>(i);
  return found;
}

Teller::Flow& Teller::flowOf(const HostFrame& f, s32 connection) {
  if (connection >= 0) return m_tcp[connection];
  const FrameHeaders& h = f.headers;
  if (h.arp) return m_others[{0, h.arp->target, h.arp->operation, 0}];
  const u32 other = f.way == Way::Out ? h.ipv4->destination : h.ipv4->source;
  if (h.ipv4->isFragment()) return m_others[{-1 - h.ipv4->protocol, other, 0, 0}];
  if (h.icmp) return m_others[{h.ipv4->protocol, other, h.icmp->type, h.icmp->code}];
  if (h.udp) return m_others[{h.ipv4->protocol, other, h.udp->source, h.udp->destination}];
  return m_others[{h.ipv4->protocol, other, 0, 0}];
}

// ---- rows

void Teller::name(RelivedFrame& row, const HostFrame& f) const {
  const FrameSummary s = summarize(f.bytes, static_cast<u32>(f.bytes.size()));
>>>>>>> 829aa98 (scenario, tell: captures of loopback are relived by the one player, and compared)
  const auto end = [](const std::string& address, const std::optional<u16>& port) {
    return port ? address + ":" + std::to_string(*port) : address;
  };
  RelivedFrame row;
  row.from = end(s.source, s.sourcePort);
  row.to = end(s.destination, s.destinationPort);
  row.summary = s.info;
  row.time = time;
  return row;
}

void Teller::arrived(RelivedFrame& row, const HostFrame& f) const {
  const u32 stimulus = m_relived.stimulusOf[f.number];
  if (stimulus == Relived::NoStimulus) return;
  Outcome o = m_outcomes.of(stimulus);
  row.events = {m_journal.stimuli()[stimulus].event};
  row.function = std::move(o.function);
  row.outcome = std::move(o.text);
}

void Teller::frameRows() {
  for (const HostFrame& f : m_plan.frames) {
    RelivedFrame row = rowOf(f.bytes, f.time);
    row.number = f.number + 1;
    row.in = f.way == Way::In;
    row.out = f.way == Way::Out;
    if (row.in) arrived(row, f);
    if (row.outcome.empty()) row.outcome = withoutVerdict(f);
    m_told.frames.push_back(std::move(row));
  }
}

<<<<<<< HEAD
void Teller::add(Judged&& judged) {
  const bool extra = judged.frame == Judged::NoFrame;
  const auto ours = [&] {
    const EventIndex event = judged.sent[0];
    RelivedFrame row = rowOf(m_journal.frame(m_journal[event]), m_journal.timeAt(event) - m_relived.start);
    row.out = true;
    return row;
  };
  RelivedFrame& row = extra ? m_extra.emplace_back(ours()) : m_told.frames[judged.frame];
  row.verdict = judged.verdict;
  row.late = judged.late;
  if (!judged.sent.empty()) row.function = senderOf(m_journal, judged.sent[0]);
  row.outcome = verdictWords(m_journal, judged);
  row.differences = std::move(judged.differences);
  row.events = std::move(judged.sent);
=======
// ---- verdicts

Text wordsFor(const RelivedFrame& row) {
  if (row.differences.empty()) return say("sent by %1", row.function + "()");
  std::vector<Text> parts;
  for (const FieldDifference& d : row.differences)
    parts.push_back(say("%1 is %2 here, %3 there", d.field, d.ours, d.captured));
  return say("sent by %1: %2", row.function + "()", Text::list("; ", std::move(parts)));
}

void Teller::judgeMissing(const Matched& match, RelivedFrame& row) {
  row.verdict = match.covered ? Verdict::Equivalent : Verdict::Different;
  row.differences.push_back({"sent", "yes", "no"});
  row.outcome =
      match.covered ? say("not sent by itself: acknowledged with another segment") : say("not sent by our kernel");
}

void Teller::judge(const Matched& match, std::optional<u16>& shift) {
  RelivedFrame& row = m_told.frames[match.captured->number];
  if (match.ours.empty()) return judgeMissing(match, row);
  const bool cut =
      match.ours.size() > 1 || (match.ours[0]->data() && match.captured->headers.tcp &&
                                match.ours[0]->end - match.ours[0]->seq !=
                                    scenario::segmentOf(*match.captured).end - match.captured->headers.tcp->sequence);
  for (const OurFrame* o : match.ours) row.events.push_back(o->event);
  Comparison c = compare(*match.captured, *match.ours[0], shift, cut);
  row.verdict = c.verdict;
  row.differences = std::move(c.differences);
  row.late = match.ours[0]->frame.time - match.captured->time;
  row.function = senderOf(m_journal, match.ours[0]->event);
  // Several segments in one frame are what the device was left to cut.
  const bool offloaded = match.captured->headers.ipv4 && match.captured->bytes.size() > m_plan.mtu + 14;
  if (cut && !offloaded) {
    row.verdict = std::max(row.verdict, Verdict::Equivalent);
    row.differences.push_back({"segments", "1", std::to_string(match.ours.size())});
  }
  if (std::abs(row.late) > SameTime) {
    row.verdict = std::max(row.verdict, Verdict::Equivalent);
    row.differences.push_back({"time", "0 ms", std::to_string(row.late / Millisecond) + " ms"});
  }
  row.outcome = wordsFor(row);
}

// What the file has of a connection: the bytes that the host sent, and how far they were acknowledged.
Teller::Shown Teller::shownOf(const RelivedConnection& c) const {
  Shown shown;
  bool begun = false;
  for (const u32 n : c.frames) {
    const auto s = scenario::segmentOf(m_plan.frames[n], c.ends);
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
bool Teller::wasMissed(const OurFrame& o) {
  const s32 connection = o.data() ? connectionOf(o) : -1;
  if (connection < 0) return false;
  const auto [known, fresh] = m_shown.try_emplace(connection);
  if (fresh) known->second = shownOf(m_plan.connections[size_t(connection)]);
  const Shown& shown = known->second;
  return shown.acknowledged && !before(*shown.acknowledged, o.end) && !shown.bytes.touches(o.seq, o.end);
}

// Only ours sent it: one acknowledgement more says nothing new, and what was acknowledged was sent; anything else does.
void Teller::judgeExtra(const OurFrame& o) {
  RelivedFrame row;
  row.out = true;
  name(row, o.frame);
  row.events = {o.event};
  row.function = senderOf(m_journal, o.event);
  const bool bare = o.frame.headers.tcp && !o.data() && !(o.frame.headers.tcp->flags & TcpRst);
  const bool missed = !bare && wasMissed(o);
  row.verdict = bare || missed ? Verdict::Equivalent : Verdict::Different;
  row.differences.push_back({"sent", "no", "yes"});
  row.outcome = missed ? say("sent by %1; the capture missed it, but it was acknowledged", row.function + "()")
                       : say("sent by %1, and not by the captured host", row.function + "()");
  m_extra.push_back(std::move(row));
>>>>>>> 829aa98 (scenario, tell: captures of loopback are relived by the one player, and compared)
}

void Teller::hide(const ShownFrames& shown) {
  std::erase_if(m_told.frames, [&](const RelivedFrame& f) { return !shown(m_plan.frames[f.number - 1].bytes); });
  std::erase_if(m_extra, [&](const RelivedFrame& f) { return !shown(m_journal.frame(m_journal[f.events[0]])); });
}

void Teller::count() {
  RelivedTotals& t = m_told.totals;
  for (const RelivedFrame& f : m_told.frames) {
    ++t.frames;
    t.received += f.in;
    t.sent += f.out;
    if (!f.out) continue;
    t.same += f.verdict == Verdict::Same;
    t.equivalent += f.verdict == Verdict::Equivalent;
    t.different += f.verdict == Verdict::Different;
    t.notRelived += f.verdict == Verdict::None;
  }
  for (const RelivedFrame& f : m_extra) {
    ++t.extra;
    t.extraDifferent += f.verdict == Verdict::Different;
  }
}

void Teller::flows() {
  for (const RelivedConnection& c : m_plan.connections) {
    const std::string local = ipv4Text(c.ends.local) + ":" + std::to_string(c.ends.localPort),
                      remote = ipv4Text(c.ends.remote) + ":" + std::to_string(c.ends.remotePort);
    switch (c.role) {
    case RelivedConnection::Server: m_told.flows.push_back(say("%1 is accepted at %2", remote, local)); break;
    case RelivedConnection::Client: m_told.flows.push_back(say("%1 connects to %2", local, remote)); break;
    case RelivedConnection::Adopted:
      m_told.flows.push_back(
          say("%1 and %2 are in the middle of a connection: it is adopted, as TCP_REPAIR does it", local, remote));
      break;
    case RelivedConnection::Refused: m_told.flows.push_back(say("%1 finds nobody at %2", remote, local)); break;
    case RelivedConnection::Foreign:
      m_told.flows.push_back(say("%1 speaks to %2, which is no address of the host", remote, local));
      break;
    default:
      m_told.flows.push_back(say("%1 gets no answer from %2: a rule throws its segments away", remote, local));
      break;
    }
  }
}

RelivedCapture Teller::tell(const ShownFrames& shown) {
  m_told.file = m_plan.capture.file.path();
  const CaptureHost& host = m_plan.capture.host;
  m_told.host = ipv4Text(host.loopback ? host.addresses.front().address : m_plan.capture.options.address);
  frameRows();
  for (Judged& judged : judge(m_journal, m_relived)) add(std::move(judged));
  if (shown) hide(shown);
  count();
  flows();
  std::move(m_extra.begin(), m_extra.end(), std::back_inserter(m_told.frames));
  std::stable_sort(m_told.frames.begin(), m_told.frames.end(),
                   [](const RelivedFrame& a, const RelivedFrame& b) { return a.time < b.time; });
  return std::move(m_told);
}

} // namespace

std::optional<RelivedCapture> relivedCapture(const scenario::Session& session, const ShownFrames& shown) {
  if (!session.relived()) return std::nullopt;
  return Teller(session, *session.relived()).tell(shown);
}

} // namespace sockwalk::tell
