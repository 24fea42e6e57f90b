// What a row of the packet list says.
#include "engine/tell/marks.h"
#include "engine/tell/packets/packet_rows.h"
#include "engine/tell/relive/judge.h"
#include <cstdio>
#include <numeric>

namespace sockwalk::tell {

namespace {

// Bases that make this one frame's numbers come out as they were counted when the list was built.
TcpBases basesFor(const FrameHeaders& h, const TcpBases::Relative& shown) {
  TcpBases bases;
  TcpHeader first = *h.tcp;
  first.flags = TcpSyn;
  first.sequence = h.tcp->sequence - shown.sequence;
  bases.relative(*h.ipv4, first);
  Ipv4Header back = *h.ipv4;
  std::swap(back.source, back.destination);
  std::swap(first.source, first.destination);
  first.sequence = h.tcp->acknowledgement - shown.acknowledgement;
  bases.relative(back, first);
  return bases;
}

std::string endText(const std::string& address, const std::optional<u16>& port) {
  return port ? address + ":" + std::to_string(*port) : address;
}

Text receiver(const PacketFate& fate, const FrameSummary& s) {
  const bool several = fate.sockets > 1;
  if (s.destinationPort && several)
    return say("delivered to %1 sockets at %2 port %3", fate.sockets, s.protocol, *s.destinationPort);
  if (s.destinationPort) return say("delivered to %1 port %2", s.protocol, *s.destinationPort);
  if (several) return say("delivered to %1 sockets (%2)", fate.sockets, s.protocol);
  return fate.kind == PacketFate::Handled ? say("told to the socket that it concerns")
                                          : say("delivered to a socket for %1", s.protocol);
}

Text deliveredText(const PacketFate& fate, const FrameSummary& s) {
  const Text to = receiver(fate, s);
  if (fate.unread) return say("%1, thrown away unread", to);
  return fate.answered ? say("%1, answered", to) : to;
}

} // namespace

FrameSummary summaryOf(ByteView bytes, const TcpBases::Relative& tcp) {
  const FrameHeaders h = parseHeaders(bytes);
  TcpBases bases;
  if (h.ipv4 && h.tcp) bases = basesFor(h, tcp);
  return summarize(bytes, u32(bytes.size()), &bases);
}
FrameSummary PacketRows::summary(int row) const { return summaryOf(bytes(row), tcpNumbers(row)); }
FrameSummary PacketRows::packetSummary(int packet) const {
  return summaryOf(m_journal->frame((*m_journal)[m_list.eventOf(packet)]), m_list.tcpNumbers(packet));
}

static Text wayText(bool in, bool out) {
  return in && out ? say("↓↑") : in ? say("↓ in") : out ? say("↑ out") : say("others");
}

PacketRow PacketRows::row(int row, const FrameSummary& s) const {
  PacketRow r;
  r.number = int(number(row));
  r.time = time(row);
  r.way = wayText(comesIn(row), goesOut(row));
  r.device = device(row);
  r.protocol = s.protocol;
  r.source = endText(s.source, s.sourcePort);
  r.destination = endText(s.destination, s.destinationPort);
  r.length = s.length;
  r.info = s.info;
  r.verdict = verdict(row);
  r.fate = fateText(row, s);
  return r;
}

// ---- what became of it

Text PacketRows::packetText(int packet) const {
  const int row = rowOf(packet);
  const u32 n = row < 0 ? 0 : number(row);
  return n ? say("packet %1", n) : say("a packet that only our kernel sent");
}

// Without a task that asked for it, something that arrived or fell due made the kernel send.
Text PacketRows::sentText(int packet, const PacketFate& fate) const {
  if (m_list.carried(packet)) return say("forwarded, it came as %1", packetText(fate.packet));
  if (fate.packet >= 0) return say("caused by %1", packetText(fate.packet));
  const EventIndex event = m_list.eventOf(packet);
  const int s = m_journal->stimulusAt(event);
  if (s < 0) return say("sent");
  const Stimulus& why = m_journal->stimuli()[size_t(s)];
  const bool byTask = m_journal->contextAt(why.event).kind == Context::Task;
  return byTask ? say("sent by %1", why.text) : say("sent by the kernel");
}

Text PacketRows::wentIntoText(const PacketFate& f) const {
  const Text other = f.packet >= 0 ? packetText(f.packet) : say("another packet");
  if (f.kind == PacketFate::Merged) return say("merged into %1 (GRO)", other);
  if (f.kind == PacketFate::Joined) return say("joined to %1, which waited", other);
  return say("put together with %1, a fragment of the same datagram", other);
}

static Text droppedText(const PacketFate& f) {
  const std::string reason = dropReason(f.reason);
  if (f.copyDelivered) return say("dropped: %1, but a copy was delivered to a socket", reason);
  if (f.rejected) return say("dropped: %1, and its sender is told", reason);
  return f.answered ? say("dropped: %1, answered", reason) : say("dropped: %1", reason);
}

Text PacketRows::packetFate(int packet, const FrameSummary& s) const {
  const PacketFate f = m_list.fate(packet);
  switch (f.kind) {
  case PacketFate::Sent: return sentText(packet, f);
  case PacketFate::Handled:
  case PacketFate::Delivered: return deliveredText(f, s);
  case PacketFate::Answered: return say("answered by the kernel");
  case PacketFate::Forwarded: return say("forwarded");
  case PacketFate::Learned: return say("taught the neighbour table");
  case PacketFate::Merged:
  case PacketFate::Joined:
  case PacketFate::Reassembled: {
    // What became of the other one; where that went on into a third, it says so itself.
    const bool follow = f.packet >= 0 && (f.packet < packet || !wentInto(m_list.fate(f.packet).kind));
    return follow ? say("%1: %2", wentIntoText(f), packetFate(f.packet, packetSummary(f.packet))) : wentIntoText(f);
  }
  case PacketFate::Dropped: return droppedText(f);
  case PacketFate::Refused: return say("not taken by the device: %1", refusal(f.reason));
  case PacketFate::Lost: return say("lost in the device, which was taken down");
  case PacketFate::Consumed: return say("used up by the kernel");
  case PacketFate::Unknown: break;
  }
  return say("under way");
}

// An arrival of a capture is told with the function and the socket, unless what became of it was decided later.
Text PacketRows::arrivalText(int row, const FrameSummary& s) const {
  const PacketFate f = fate(row);
  const bool later = wentInto(f.kind) || f.kind == PacketFate::Refused || f.kind == PacketFate::Lost || f.unread;
  if (m_outcomes && !later) {
    Outcome told = m_outcomes->of(m_relived->stimulusOf[size_t(at(row).frame)], m_list);
    if (told.dropped == (f.kind == PacketFate::Dropped)) return std::move(told.text);
  }
  return packetFate(packetOf(row), s);
}

Text PacketRows::fateText(int row, const FrameSummary& s) const {
  const Row& r = at(row);
  if (const Judged* j = judged(row)) return verdictWords(*m_journal, *j);
  if (r.packet >= 0) return r.frame >= 0 && comesIn(row) ? arrivalText(row, s) : packetFate(r.packet, s);
  const scenario::HostFrame& f = frameOf(r);
  return m_judged || f.way == scenario::Way::Others ? withoutVerdict(f) : say("not played yet");
}

Packets readPackets(const PacketRows& rows, const std::vector<int>& chosen) {
  Packets out;
  for (const int row : chosen) {
    const PacketFate fate = rows.fate(row);
    const int other = rows.rowOf(fate.packet);
    out.all.push_back(
        {rows.row(row), fate, rows.eventOf(row), rows.comesIn(row), other < 0 ? 0 : int(rows.number(other))});
  }
  return out;
}

Packets readPackets(const Playhead& at) {
  PacketRows rows;
  rows.open(at.journal());
  rows.update(at.position());
  std::vector<int> all(static_cast<size_t>(rows.size()));
  std::iota(all.begin(), all.end(), 0);
  return readPackets(rows, all);
}

std::vector<std::string> lines(const Packets& packets) {
  std::vector<std::string> out;
  for (const Packets::One& one : packets.all) {
    const PacketRow& r = one.row;
    char time[32];
    std::snprintf(time, sizeof time, "%.6f", double(r.time) / 1e9);
    std::string line = std::to_string(r.number) + "  " + time + "  " + spoken(r.way) + "  " + r.device + "  " +
                       r.protocol + "  " + r.source + " > " + r.destination + "  ";
    out.push_back(line + spoken(bytes(r.length)) + "  " + r.info + "  | " + spoken(r.fate));
  }
  return out;
}

} // namespace sockwalk::tell
