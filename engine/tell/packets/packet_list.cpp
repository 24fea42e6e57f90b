#include "engine/tell/packets/packet_list.h"
#include "engine/journal/queries.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/memory/constants/skbuff.h"
#include <algorithm>
#include <utility>

namespace sockwalk::tell {

// ---- one pass over the journal
void PacketList::update(const Journal& j, EventIndex until) {
  for (const EventIndex end = std::min(until, j.size()); m_seen < end; ++m_seen) {
    const EventIndex i = m_seen;
    switch (const Event& e = j[i]; e.type) {
    case EventType::PacketIn:
    case EventType::PacketOut: arriveOrLeave(j, i); break;
    case EventType::Alloc:
    case EventType::Free: m_lives.read(j, i); break;
    case EventType::Mark:
      m_lives.read(j, i);
      mark(j, i);
      break;
    case EventType::Drop: drop(e, i); break;
    default: break;
    }
  }
}

static bool isIcmpError(u8 type) { // RFC 792: unreachable, time exceeded, parameter problem
  return type == 3 || type == 11 || type == 12;
}

void PacketList::arriveOrLeave(const Journal& j, EventIndex i) {
  const Event& e = j[i];
  Packet packet{};
  packet.event = i;
  packet.in = e.type == EventType::PacketIn;
  const FrameHeaders h = parseHeaders(j.frame(e));
  if (h.ipv4 && h.tcp) packet.tcp = m_bases.relative(*h.ipv4, *h.tcp);
  packet.empty = h.tcp && !h.payloadLength;
  packet.rejects = (h.tcp && h.tcp->flags & TcpRst) || (h.icmp && isIcmpError(h.icmp->type));
  if (packet.in) m_waiting[Journal::deviceOf(e)].push_back(size());
  else m_left = size();
  m_packets.push_back(packet);
}

void PacketList::mark(const Journal& j, EventIndex i) {
  const Event& e = j[i];
  switch (static_cast<BufferMark>(e.a)) {
  case BufferMark::Taken:
  case BufferMark::Refused:
  case BufferMark::Flushed:
  case BufferMark::Sent: return deviceMark(j, e, i);
  default: return bufferMark(e, i);
  }
}

// A device's frames are taken in the order in which they came.
void PacketList::deviceMark(const Journal& j, const Event& e, EventIndex i) {
  auto& waiting = m_waiting[static_cast<u32>(e.data)];
  const auto decideNow = [&](int packet, PacketFate::Kind kind, u32 reason) {
    m_packets[size_t(packet)].own = {kind, i, reason, -1};
  };
  const int life = m_lives.latest(Arena::addressOf(e.where));
  switch (static_cast<BufferMark>(e.a)) {
  case BufferMark::Refused: // the one that has just come
    if (waiting.empty()) return;
    decideNow(waiting.back(), PacketFate::Refused, e.where);
    return waiting.pop_back();
  case BufferMark::Flushed:
    for (const int packet : waiting) decideNow(packet, PacketFate::Lost, 0);
    return waiting.clear();
  case BufferMark::Taken: {
    if (waiting.empty() || life < 0) return;
    const int packet = waiting.front();
    waiting.pop_front();
    m_packets[size_t(packet)].life = life;
    caused(j, i, packet); // on lo, what arrives is what was sent
    m_arrivals.resize(m_lives.all().size(), -1);
    m_arrivals[size_t(life)] = packet;
    return;
  }
  default:
    if (m_left < 0 || life < 0) return;
    m_packets[size_t(m_left)].life = life;
    return caused(j, i, m_left);
  }
}

void PacketList::bufferMark(const Event& e, EventIndex i) {
  const int life = m_lives.latest(Arena::addressOf(e.where));
  if (life < 0) return;
  switch (static_cast<BufferMark>(e.a)) {
  case BufferMark::Cloned:
  case BufferMark::Copied:
  case BufferMark::Segment:
  case BufferMark::Fragment:
  case BufferMark::Split: return inherit(life, m_lives.life(life).from);
  case BufferMark::Merged: return decide(life, PacketFate::Merged, i, 0, arrivalOf(m_lives.latest(e.data)));
  case BufferMark::Joined: return decide(life, PacketFate::Joined, i, 0, arrivalOf(m_lives.latest(e.data)));
  case BufferMark::Reassembled: return decide(life, PacketFate::Reassembled, i, 0, arrivalOf(m_lives.latest(e.data)));
  case BufferMark::Delivered: return decide(life, PacketFate::Delivered, i);
  case BufferMark::Handled: return decide(life, PacketFate::Handled, i);
  case BufferMark::Forwarded: return decide(life, PacketFate::Forwarded, i);
  case BufferMark::Learned: return decide(life, PacketFate::Learned, i);
  case BufferMark::Answered: return answer(e);
  case BufferMark::Released:
    if (const int packet = arrivalOf(life); packet >= 0 && m_packets[size_t(packet)].life == life)
      m_packets[size_t(packet)].consumed = true, m_packets[size_t(packet)].end = i;
    return;
  default: return;
  }
}

void PacketList::answer(const Event& e) {
  const int packet = arrivalOf(m_lives.latest(Arena::addressOf(e.where)));
  if (packet < 0) return;
  m_packets[size_t(packet)].answered = true;
  if (const int reply = m_lives.latest(e.data); reply >= 0) m_because[m_lives.rootOf(reply)] = packet;
}

int PacketList::arrivalOf(int life) const {
  return life >= 0 && size_t(life) < m_arrivals.size() ? m_arrivals[size_t(life)] : -1;
}
void PacketList::inherit(int life, int from) {
  const int packet = arrivalOf(from);
  if (packet < 0) return;
  m_arrivals.resize(m_lives.all().size(), -1);
  m_arrivals[size_t(life)] = packet;
}

// The later kinds of the enum outweigh the earlier ones: a segment that a socket has handled may still be put into its
// queue, and what was forwarded may be dropped on its way out.
void PacketList::decide(int life, PacketFate::Kind kind, EventIndex event, u32 reason, int into) {
  const int index = arrivalOf(life);
  if (index < 0) return;
  Packet& packet = m_packets[size_t(index)];
  if (kind == PacketFate::Delivered || kind == PacketFate::Handled) {
    m_counted.resize(m_lives.all().size(), -1);
    packet.sockets = static_cast<u16>(packet.sockets + (std::exchange(m_counted[size_t(life)], index) != index));
  }
  Decision& d = packet.life == life ? packet.own : packet.copies;
  if (into == index) return; // its own other half
  if (kind > d.kind) d = {kind, event, reason, into};
}

void PacketList::drop(const Event& e, EventIndex i) {
  const int life = m_lives.latest(Arena::addressOf(e.where)), packet = arrivalOf(life);
  if (packet < 0) return;
  Packet& p = m_packets[size_t(packet)];
  const Decision& d = p.life == life ? p.own : p.copies;
  const bool noReason = e.b == kernel::SKB_DROP_REASON_NOT_SPECIFIED;
  // Who lets go of a packet that has served says no reason: it waited in a queue that goes with its socket, or hangs in
  // another packet, or has told a socket all that was in it. Unless its sender hears that it was not wanted.
  const bool served = d.kind == PacketFate::Delivered || wentInto(d.kind) || d.kind == PacketFate::Handled;
  if (!noReason || !served || p.rejected) return decide(life, PacketFate::Dropped, i, e.b);
  if (d.kind == PacketFate::Delivered && !p.empty) p.unread = true;
}

// Because of which packet something is sent: the innermost call that was handed one that had arrived.
int PacketList::causeOf(const Journal& j, EventIndex event, int life) const {
  const int family = m_lives.rootOf(life);
  if (const auto answered = m_because.find(family); answered != m_because.end()) return answered->second;
  for (EventIndex c = j.callAround(event); c != NoEvent; c = j.callerOf(c)) {
    const u64 buffer = bufferOf(j, j[c]);
    const int handed = buffer ? m_lives.at(buffer, c) : -1;
    const int packet = arrivalOf(handed);
    if (packet >= 0 && m_lives.rootOf(handed) != family) return packet;
  }
  return -1;
}

int PacketList::arrivalAround(const Journal& j, EventIndex event) const {
  for (EventIndex c = j.callAround(event); c != NoEvent; c = j.callerOf(c))
    if (const u64 buffer = bufferOf(j, j[c]))
      if (const int packet = arrivalOf(m_lives.at(buffer, c)); packet >= 0) return packet;
  return -1;
}

void PacketList::caused(const Journal& j, EventIndex event, int packet) {
  Packet& sent = m_packets[size_t(packet)];
  if (const int carried = arrivalOf(sent.life); carried >= 0 && carried != packet) {
    sent.cause = carried; // it is the one that came in
    sent.carried = true;
    return;
  }
  sent.cause = causeOf(j, event, sent.life);
  if (sent.cause < 0) return;
  // What had only waited to be sent is no answer.
  Packet& cause = m_packets[size_t(sent.cause)];
  if (m_lives.life(m_lives.rootOf(sent.life)).born > cause.event) {
    cause.answered = true;
    cause.rejected |= sent.rejects;
  } else {
    sent.cause = -1;
  }
}

int PacketList::before(EventIndex position) const {
  const auto it =
      std::partition_point(m_packets.begin(), m_packets.end(), [&](const Packet& p) { return p.event < position; });
  return static_cast<int>(it - m_packets.begin()) - 1;
}

bool PacketList::onLoopback(const Journal& j, int packet) const {
  return j[eventOf(packet)].b == kernel::LOOPBACK_IFINDEX;
}

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

PacketFate PacketList::fate(int index) const {
  const Packet& p = m_packets[size_t(index)];
  PacketFate fate;
  fate.answered = p.answered;
  fate.rejected = p.rejected;
  fate.unread = p.unread;
  fate.sockets = p.sockets;
  if (!p.in) {
    fate.kind = PacketFate::Sent;
    fate.event = p.event;
    fate.packet = p.cause;
    return fate;
  }
  const Decision& d = p.own.kind != PacketFate::Unknown ? p.own : p.copies;
  fate.kind = d.kind;
  fate.event = d.event;
  fate.reason = d.reason;
  fate.packet = d.into;
  fate.copyDelivered = p.own.kind != PacketFate::Unknown && p.copies.kind == PacketFate::Delivered;
  if (d.kind > PacketFate::Learned) return fate;
  if (p.answered) fate.kind = PacketFate::Answered;
  else if (d.kind == PacketFate::Unknown && p.consumed) fate.kind = PacketFate::Consumed;
  if (fate.event == NoEvent) fate.event = p.end;
  return fate;
}

} // namespace sockwalk::tell
