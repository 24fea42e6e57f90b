// What a row of the packet list says.
#include "engine/tell/marks.h"
#include "engine/tell/packets/packet_list.h"
#include <cstdio>
#include <numeric>

namespace sockwalk::tell {

namespace {

constexpr u16 LoopbackIndex = 1; // of lo, in every namespace

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

FrameSummary PacketList::summary(const Journal& j, int packet) const {
  const ByteView bytes = j.frame(j[eventOf(packet)]);
  const FrameHeaders h = parseHeaders(bytes);
  TcpBases bases;
  if (h.ipv4 && h.tcp) bases = basesFor(h, m_packets[size_t(packet)].tcp);
  return summarize(bytes, u32(bytes.size()), &bases);
}

bool PacketList::onLoopback(const Journal& j, int packet) const { return j[eventOf(packet)].b == LoopbackIndex; }

const std::string& PacketList::device(const Journal& j, int packet) const {
  const EventIndex event = eventOf(packet);
  std::string& name = m_devices[Journal::deviceOf(j[event])];
  if (name.empty()) {
    Playhead then(j);
    then.seek(event);
    name = deviceName(then, j[event]);
  }
  return name;
}

PacketRow PacketList::row(const Journal& j, int packet) const { return row(j, packet, summary(j, packet)); }
PacketRow PacketList::row(const Journal& j, int packet, const FrameSummary& s) const {
  PacketRow r;
  r.number = packet + 1;
  r.time = j.timeAt(eventOf(packet));
  r.way = onLoopback(j, packet) ? say("↓↑") : cameIn(packet) ? say("↓ in") : say("↑ out");
  r.device = device(j, packet);
  r.protocol = s.protocol;
  r.source = endText(s.source, s.sourcePort);
  r.destination = endText(s.destination, s.destinationPort);
  r.length = s.length;
  r.info = s.info;
  r.fate = fateText(j, packet, s);
  return r;
}

// Without a task that asked for it, something that arrived or fell due made the kernel send.
Text PacketList::sentText(const Journal& j, int packet, const PacketFate& fate) const {
  const Packet& p = m_packets[size_t(packet)];
  if (p.carried) return say("forwarded, it came as packet %1", fate.packet + 1);
  if (fate.packet >= 0) return say("caused by packet %1", fate.packet + 1);
  const int s = j.stimulusAt(p.event);
  if (s < 0) return say("sent");
  const Stimulus& why = j.stimuli()[size_t(s)];
  return j.contextAt(why.event).kind == Context::Task ? say("sent by %1", why.text) : say("sent by the kernel");
}

static Text wentIntoText(const PacketFate& f) {
  const Text other = f.packet >= 0 ? say("packet %1", f.packet + 1) : say("another packet");
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

Text PacketList::fateText(const Journal& j, int packet, const FrameSummary& s) const {
  const PacketFate f = fate(packet);
  switch (f.kind) {
  case PacketFate::Sent: return sentText(j, packet, f);
  case PacketFate::Handled:
  case PacketFate::Delivered: return deliveredText(f, s);
  case PacketFate::Answered: return say("answered by the kernel");
  case PacketFate::Forwarded: return say("forwarded");
  case PacketFate::Learned: return say("taught the neighbour table");
  case PacketFate::Merged:
  case PacketFate::Joined:
  case PacketFate::Reassembled: {
    // What became of the other one; where that went on into a third, it says so itself.
    const bool follow = f.packet >= 0 && (f.packet < packet || !wentInto(fate(f.packet).kind));
    return follow ? say("%1: %2", wentIntoText(f), fateText(j, f.packet, summary(j, f.packet))) : wentIntoText(f);
  }
  case PacketFate::Dropped: return droppedText(f);
  case PacketFate::Refused: return say("not taken by the device: %1", refusal(f.reason));
  case PacketFate::Lost: return say("lost in the device, which was taken down");
  case PacketFate::Consumed: return say("used up by the kernel");
  case PacketFate::Unknown: break;
  }
  return say("under way");
}

Packets readPackets(const Journal& j, const PacketList& list, const std::vector<int>& packets) {
  Packets out;
  for (const int p : packets) out.all.push_back({list.row(j, p), list.fate(p), list.eventOf(p), list.cameIn(p)});
  return out;
}

Packets readPackets(const Playhead& at) {
  PacketList list;
  list.update(at.journal(), at.position());
  std::vector<int> all(static_cast<size_t>(list.size()));
  std::iota(all.begin(), all.end(), 0);
  return readPackets(at.journal(), list, all);
}

std::vector<std::string> lines(const Packets& packets) {
  std::vector<std::string> out;
  for (const Packets::One& one : packets.all) {
    const PacketRow& r = one.row;
    char time[32];
    std::snprintf(time, sizeof time, "%.6f", double(r.time) / 1e9);
    std::string line = std::to_string(r.number) + "  " + time + "  " + english(r.way) + "  " + r.device + "  " +
                       r.protocol + "  " + r.source + " > " + r.destination + "  ";
    out.push_back(line + std::to_string(r.length) + " bytes  " + r.info + "  | " + english(r.fate));
  }
  return out;
}

} // namespace sockwalk::tell
