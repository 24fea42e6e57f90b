#include "engine/scenario/peer_tcp.h"
#include "engine/scenario/frame_builder.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {
constexpr u8 Fin = tcpflag::Fin, Syn = tcpflag::Syn, Rst = tcpflag::Rst, Psh = tcpflag::Psh, Ack = tcpflag::Ack;
}

PeerTcp::Segment PeerTcp::make(const Way& way, u32 seq, u32 ack, u8 flags, ByteView payload, bool syn) {
  Segment s;
  putBe16(s, way.from.port);
  putBe16(s, way.to.port);
  putBe32(s, seq);
  putBe32(s, ack);
  s.push_back(syn ? 0x60 : 0x50);
  s.push_back(flags);
  putBe16(s, flags & Rst ? 0 : Window);
  putBe32(s, 0);
  if (syn) s.insert(s.end(), {2, 4, Mss >> 8, Mss & 255});
  s.insert(s.end(), payload.begin(), payload.end());
  const u16 sum = transportChecksum(s, way.from.address, way.to.address, 6);
  s[16] = static_cast<u8>(sum >> 8);
  s[17] = static_cast<u8>(sum);
  return s;
}

std::vector<PeerTcp::Segment> PeerTcp::answer(const Endpoint& from, const Endpoint& to, ByteView s, bool echoes,
                                              bool more) {
  if (s.size() < 20) return {};
  const Way way{to, from};
  const u8 flags = s[13];
  const u32 seq = loadBe32(s, 4), ack = loadBe32(s, 8);
  const auto key = std::make_pair(from.address, static_cast<u32>(from.port) << 16 | to.port);
  if (flags & Rst) {
    m_connections.erase(key);
    return {};
  }
  if ((flags & (Syn | Ack)) == Syn && echoes) {
    Connection c;
    c.received = seq + 1;
    c.acknowledged = m_nextInitial;
    c.sent = m_nextInitial + 1;
    c.window = loadBe16(s, 14);
    m_nextInitial += 64000;
    m_connections[key] = c;
    return {make(way, c.sent - 1, c.received, Syn | Ack, {}, true)};
  }
  const auto known = m_connections.find(key);
  if (known == m_connections.end()) { // RFC 9293 section 3.10.7.1
    if (flags & Ack) return {make(way, ack, 0, Rst, {})};
    return {make(way, 0, seq + static_cast<u32>(s.size() - (s[12] >> 4) * 4u) + (flags & Syn ? 1 : 0), Rst | Ack, {})};
  }
  std::vector<Segment> out;
  take(known->second, way, s, more, out);
  const Connection& c = known->second;
  if (c.finishing && c.acknowledged == c.sent) m_connections.erase(known);
  return out;
}

void PeerTcp::take(Connection& c, const Way& way, ByteView s, bool more, std::vector<Segment>& out) {
  const size_t header = (s[12] >> 4) * 4u;
  if (header < 20 || header > s.size()) return;
  const ByteView payload = s.subspan(header);
  const u32 seq = loadBe32(s, 4);
  c.acknowledged = loadBe32(s, 8);
  c.window = loadBe16(s, 14);
  const bool fin = s[13] & Fin, inOrder = seq == c.received;
  if (inOrder && !c.finished) {
    c.waiting.insert(c.waiting.end(), payload.begin(), payload.end());
    c.received += static_cast<u32>(payload.size()) + fin;
    c.finished = fin;
  }
  if (!payload.empty() || fin) out.push_back(make(way, c.sent, c.received, Ack, {}));
  if (!more) flush(c, way, out);
}

void PeerTcp::flush(Connection& c, const Way& way, std::vector<Segment>& out) {
  while (!c.waiting.empty()) {
    const u32 inFlight = c.sent - c.acknowledged;
    const size_t room = c.window > inFlight ? c.window - inFlight : 0;
    const size_t n = std::min({c.waiting.size(), Largest, room});
    if (!n) return;
    const u8 flags = static_cast<u8>(n == c.waiting.size() ? Ack | Psh : Ack);
    out.push_back(make(way, c.sent, c.received, flags, ByteView(c.waiting).first(n)));
    c.sent += static_cast<u32>(n);
    c.waiting.erase(c.waiting.begin(), c.waiting.begin() + static_cast<long>(n));
  }
  if (!c.finished || c.finishing) return;
  out.push_back(make(way, c.sent, c.received, Fin | Ack, {}));
  c.sent += 1;
  c.finishing = true;
}

} // namespace sockwalk::scenario
