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
      : m_journal(session.journal()), m_relived(relived), m_plan(relived.plan), m_outcomes(m_journal) {
    m_packets.update(m_journal);
  }
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
  PacketList m_packets;
  RelivedCapture m_told;
  std::vector<RelivedFrame> m_extra;
};

RelivedFrame rowOf(ByteView bytes, s64 time) {
  const FrameSummary s = summarize(bytes, static_cast<u32>(bytes.size()));
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
  Outcome o = m_outcomes.of(stimulus, m_packets);
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
  PacketList packets;
  packets.update(m_journal);
  for (Judged& judged : judge(m_journal, packets, m_relived)) add(std::move(judged));
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
