#include "engine/tell/packets/packet_rows.h"
#include "engine/tell/relive/judge.h"
#include <algorithm>

namespace sockwalk::tell {

using scenario::HostFrame;
using scenario::Relived;
using scenario::Way;

void PacketRows::open(const scenario::Session& session) {
  open(session.journal());
  m_session = &session;
  m_relived = session.relived();
  if (m_relived) addFrames();
}

void PacketRows::open(const Journal& journal) {
  clear();
  m_journal = &journal;
}

void PacketRows::addFrames() {
  for (const HostFrame& f : m_relived->plan.frames) {
    Row row;
    row.frame = static_cast<int>(f.number);
    row.time = f.time;
    if (f.headers.ipv4 && f.headers.tcp) row.tcp = m_bases.relative(*f.headers.ipv4, *f.headers.tcp);
    row.analysed = m_streams.add(f.bytes, f.headers, f.time);
    m_rows.push_back(row);
  }
}

bool PacketRows::update(EventIndex until) {
  if (!m_journal) return false;
  const int known = m_list.size();
  m_list.update(*m_journal, until);
  m_rowOf.resize(size_t(m_list.size()), -1);
  if (!m_relived) return addPackets(known), false;
  if (m_judged) return addPackets(known), false;
  playedFrames();
  if (!willJudge() || m_list.seen() < m_journal->size()) return false;
  judgeAll();
  return true;
}

void PacketRows::analyse(Row& row) {
  const Event& e = (*m_journal)[m_list.eventOf(row.packet)];
  const ByteView bytes = m_journal->frame(e);
  const FrameHeaders h = parseHeaders(bytes);
  if (!h.tcp) return;
  if (!m_relived) row.analysed = m_byDevice[Journal::deviceOf(e)].add(bytes, h, row.time);
  const TcpAnalysed inFile = m_streams.add(bytes, h, row.time);
  if (m_relived) row.analysed.window = inFile.window;
  row.analysed.stream = inFile.stream;
}

void PacketRows::addPacket(int packet, int judged) {
  Row row;
  row.packet = packet;
  row.judged = judged;
  row.time = m_journal->timeAt(m_list.eventOf(packet)) - (m_relived ? m_relived->start : 0);
  row.tcp = m_list.tcpNumbers(packet);
  analyse(row);
  m_rows.push_back(row);
}

// What belongs to no frame of a file stands where it came or went.
void PacketRows::addPackets(int from) {
  for (int p = from; p < m_list.size(); ++p) {
    if (m_rowOf[size_t(p)] >= 0) continue;
    m_rowOf[size_t(p)] = size();
    addPacket(p);
  }
}

// Frames that have arrived since: each is the first packet of its stimulus.
void PacketRows::playedFrames() {
  const auto& stimuli = m_journal->stimuli();
  const auto& stimulusOf = m_relived->stimulusOf;
  const s64 now = m_journal->size() ? m_journal->timeAt(m_journal->size() - 1) - m_relived->start : 0;
  for (size_t frame = m_unplayed; frame < stimulusOf.size() && at(int(frame)).time <= now; ++frame) {
    const u32 stimulus = stimulusOf[frame];
    if (stimulus == Relived::NoStimulus) continue;
    m_unplayed = frame + 1;
    const int packet = m_list.before(stimuli[stimulus].event) + 1;
    if (packet >= m_list.size() || m_journal->stimulusAt(m_list.eventOf(packet)) != int(stimulus)) continue;
    m_rows[frame].packet = packet;
    m_rowOf[size_t(packet)] = int(frame);
  }
}

void PacketRows::judgeAll() {
  m_judgements = judge(*m_journal, m_list, *m_relived);
  m_judged = true;
  m_outcomes = std::make_shared<Outcomes>(*m_journal);
  for (size_t i = 0; i < m_judgements.size(); ++i) {
    const Judged& judged = m_judgements[i];
    ++m_verdicts[size_t(judged.verdict)];
    if (judged.frame != Judged::NoFrame) m_rows[judged.frame].judged = int(i);
    for (const EventIndex event : judged.sent) {
      const int packet = m_list.before(event + 1), row = judged.frame == Judged::NoFrame ? size() : int(judged.frame);
      if (row == size()) addPacket(packet, int(i));
      if (at(row).packet < 0) m_rows[size_t(row)].packet = packet;
      m_rowOf[size_t(packet)] = row;
    }
  }
  addPackets(0);
  number();
}

// In the order of time; of those at the same time, the file's first.
void PacketRows::number() {
  std::vector<int> order(m_rows.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = int(i);
  std::ranges::stable_sort(order, {}, [&](int row) { return at(row).time; });
  std::vector<Row> sorted;
  std::vector<int> place(m_rows.size());
  for (const int row : order) {
    place[size_t(row)] = int(sorted.size());
    sorted.push_back(at(row));
  }
  m_rows = std::move(sorted);
  for (int& row : m_rowOf)
    if (row >= 0) row = place[size_t(row)];
}

int PacketRows::rowOf(int packet) const {
  return packet >= 0 && size_t(packet) < m_rowOf.size() ? m_rowOf[size_t(packet)] : -1;
}

int PacketRows::before(EventIndex position) const {
  for (int packet = m_list.before(position); packet >= 0; --packet)
    if (const int row = rowOf(packet); row >= 0) return row;
  return -1;
}

u32 PacketRows::number(int row) const {
  const Row& r = at(row);
  return r.frame >= 0 ? u32(r.frame) + 1 : m_relived ? 0 : u32(row) + 1;
}

bool PacketRows::passesLoopback(const HostFrame& f) const {
  return m_relived->plan.capture.host.loopback && f.way == Way::Out; // there leaving and arriving are one moment
}

bool PacketRows::comesIn(int row) const {
  const Row& r = at(row);
  if (r.frame >= 0) return frameOf(r).way == Way::In || passesLoopback(frameOf(r));
  return m_list.cameIn(r.packet) || m_list.onLoopback(*m_journal, r.packet);
}
bool PacketRows::goesOut(int row) const {
  const Row& r = at(row);
  if (r.frame >= 0) return frameOf(r).way == Way::Out;
  return !m_list.cameIn(r.packet) || m_list.onLoopback(*m_journal, r.packet);
}

ByteView PacketRows::bytes(int row) const {
  const Row& r = at(row);
  return r.frame >= 0 ? frameOf(r).bytes : ByteView(m_journal->frame((*m_journal)[m_list.eventOf(r.packet)]));
}

const std::string& PacketRows::device(int row) const {
  static const std::string none;
  const int packet = packetOf(row);
  return packet < 0 ? none : m_list.device(*m_journal, packet);
}

EventIndex PacketRows::eventOf(int row) const {
  const Row& r = at(row);
  if (r.packet >= 0) return m_list.eventOf(r.packet);
  const s64 time = r.time + m_relived->start;
  EventIndex first = m_relived->firstEvent, end = m_journal->size();
  while (first < end) {
    const EventIndex middle = first + (end - first) / 2;
    if (m_journal->timeAt(middle) < time) first = middle + 1;
    else end = middle;
  }
  return first ? first - 1 : 0;
}

PacketFate PacketRows::fate(int row) const {
  const int packet = packetOf(row);
  return packet < 0 ? PacketFate() : m_list.fate(packet);
}

const Judged* PacketRows::judged(int row) const {
  const int judged = at(row).judged;
  return judged < 0 ? nullptr : &m_judgements[size_t(judged)];
}
Verdict PacketRows::verdict(int row) const {
  const Judged* j = judged(row);
  return j ? j->verdict : Verdict::None;
}

} // namespace sockwalk::tell
