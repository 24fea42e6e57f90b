#include "engine/scenario/peer_tcp.h"
#include "engine/scenario/frame_builder.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {
constexpr u8 Fin = tcpflag::Fin, Syn = tcpflag::Syn, Rst = tcpflag::Rst, Psh = tcpflag::Psh, Ack = tcpflag::Ack;

bool before(u32 a, u32 b) { return static_cast<s32>(a - b) < 0; }

PeerTcp::Segment make(const Endpoint& from, const Endpoint& to, u32 seq, u32 ack, u8 flags, u16 window,
                      ByteView payload, u16 mss = 0) {
  PeerTcp::Segment segment{from, to, {}};
  std::vector<u8>& s = segment.bytes;
  putBe16(s, from.port);
  putBe16(s, to.port);
  putBe32(s, seq);
  putBe32(s, ack);
  s.push_back(mss ? 0x60 : 0x50);
  s.push_back(flags);
  putBe16(s, window);
  putBe32(s, 0);
  if (mss) s.insert(s.end(), {2, 4, static_cast<u8>(mss >> 8), static_cast<u8>(mss)});
  s.insert(s.end(), payload.begin(), payload.end());
  const u16 sum = transportChecksum(s, from.address, to.address, 6);
  s[16] = static_cast<u8>(sum >> 8);
  s[17] = static_cast<u8>(sum);
  return segment;
}
} // namespace

PeerTcp::Segments PeerTcp::answer(const Endpoint& from, const Endpoint& to, ByteView s, bool echoes) {
  if (s.size() < 20) return {};
  const size_t header = (s[12] >> 4) * 4u;
  const Arrived in{loadBe32(s, 4), loadBe32(s, 8), loadBe16(s, 14), s[13],
                   header < 20 || header > s.size() ? ByteView() : s.subspan(header)};
  const auto key = std::make_pair(from.address, static_cast<u32>(from.port) << 16 | to.port);
  Segments out;
  if (in.flags & Rst) {
    m_connections.erase(key);
    return out;
  }
  if ((in.flags & (Syn | Ack)) == Syn && echoes) {
    Connection& c = m_connections[key] = {};
    c.here = to, c.there = from;
    c.received = in.seq + 1;
    c.unacknowledged = m_nextInitial;
    c.next = c.most = m_nextInitial + 1;
    c.window = in.window, c.windowSeq = in.seq;
    m_nextInitial += 64000;
    out.push_back(make(to, from, c.unacknowledged, c.received, Syn | Ack, Window, {}, Mss));
    return out;
  }
  const auto known = m_connections.find(key);
  if (known == m_connections.end()) { // RFC 9293 section 3.10.7.1
    const u32 next = in.seq + static_cast<u32>(in.payload.size()) + (in.flags & (Syn | Fin) ? 1 : 0);
    out.push_back(in.flags & Ack ? make(to, from, in.ack, 0, Rst, 0, {}) : make(to, from, 0, next, Rst | Ack, 0, {}));
    return out;
  }
  Connection& c = known->second;
  take(c, in, out);
  if (c.closing && c.unacknowledged == c.most) m_connections.erase(known);
  return out;
}

PeerTcp::Segments PeerTcp::serve() {
  Segments out;
  for (auto& [key, c] : m_connections) {
    if (!c.opened || c.closing) continue;
    if (!c.echo.empty()) {
      c.buffer.insert(c.buffer.end(), c.echo.begin(), c.echo.end());
      c.echo.clear();
      send(c, out);
    }
    if (c.finished) {
      c.closing = true;
      send(c, out);
    }
    // A delayed acknowledgement would be due within 200 ms, if nothing took it along.
    if (c.ackLater) c.ackNow = true, send(c, out);
  }
  return out;
}

void PeerTcp::take(Connection& c, const Arrived& s, Segments& out) {
  const bool plain = (s.flags & (Syn | Fin | Ack)) == Ack, inOrder = s.seq == c.received;
  if (c.opened && !c.finished && plain && inOrder && s.window && s.window == c.window && c.next == c.most) {
    if (!s.payload.empty() && s.ack == c.unacknowledged) { // the case that a receiver expects: acknowledged at once
      takeData(c, s);
      c.ackNow = true;
      return send(c, out);
    }
  }
  if (!inOrder) { // nothing is lost on this wire: it is an old one again, or a probe
    c.ackNow = true;
    if (takeAck(c, s, out)) send(c, out);
    return;
  }
  if (!takeAck(c, s, out)) return;
  const bool tell = takeWindow(c, s) || c.most == c.unacknowledged;
  if (!s.payload.empty()) takeData(c, s), c.ackLater = true;
  if (s.flags & Fin && !c.finished) {
    c.finished = true;
    ++c.received;
    c.ackNow = true;
  }
  if (tell || c.ackNow) send(c, out);
}

// False: what is left to do for this segment has been done.
bool PeerTcp::takeAck(Connection& c, const Arrived& s, Segments& out) {
  if (!(s.flags & Ack)) return false;
  c.opened = true;
  if (!before(c.unacknowledged, s.ack)) {
    if (!s.payload.empty() || s.window != c.window) {
      c.duplicates = 0;
      return true;
    }
    if (c.most == c.unacknowledged || s.ack != c.unacknowledged) c.duplicates = 0;
    else if (++c.duplicates == Duplicates) return resend(c, out), false;
    else if (c.duplicates > Duplicates) return c.congestion += Largest, send(c, out), false;
    return true;
  }
  if (c.duplicates > Duplicates && c.congestion > c.threshold) c.congestion = c.threshold;
  c.duplicates = 0;
  if (before(c.most, s.ack)) return c.ackNow = true, send(c, out), false;
  const u32 more = c.congestion > c.threshold ? Largest * Largest / c.congestion : Largest;
  c.congestion = std::min(c.congestion + more, MostWindow);
  const u32 taken = std::min(s.ack - c.unacknowledged, static_cast<u32>(c.buffer.size()));
  c.window -= std::min(c.window, taken);
  c.buffer.erase(c.buffer.begin(), c.buffer.begin() + taken);
  c.unacknowledged = s.ack;
  if (before(c.next, s.ack)) c.next = s.ack;
  return true;
}

bool PeerTcp::takeWindow(Connection& c, const Arrived& s) {
  const bool newer =
      before(c.windowSeq, s.seq) ||
      (c.windowSeq == s.seq && (before(c.windowAck, s.ack) || (c.windowAck == s.ack && s.window > c.window)));
  if (!newer) return false;
  c.window = s.window;
  c.windowSeq = s.seq;
  c.windowAck = s.ack;
  return true;
}

void PeerTcp::takeData(Connection& c, const Arrived& s) {
  if (c.finished) return;
  c.echo.insert(c.echo.end(), s.payload.begin(), s.payload.end());
  c.received += static_cast<u32>(s.payload.size());
}

// Fast retransmission: the first segment again, and half of the window from now on.
void PeerTcp::resend(Connection& c, Segments& out) {
  const u32 next = c.next;
  c.threshold = std::max(std::min(c.window, c.congestion) / 2 / Largest, 2u) * Largest;
  c.congestion = Largest;
  c.next = c.unacknowledged;
  send(c, out);
  c.congestion = c.threshold + Largest * c.duplicates;
  if (before(c.next, next)) c.next = next;
}

void PeerTcp::send(Connection& c, Segments& out) {
  while (sendOne(c, out)) {}
}

// One segment, if there is reason for one. True: there is more to send.
bool PeerTcp::sendOne(Connection& c, Segments& out) {
  if (!c.opened) return false;
  const u32 offset = c.next - c.unacknowledged, have = static_cast<u32>(c.buffer.size());
  const u32 window = std::min(c.window, c.congestion), usable = std::min(have, window);
  u32 length = usable > offset ? usable - offset : 0;
  const bool again = length > Largest;
  if (again) length = Largest;
  const bool last = offset + length >= have;
  const bool fin = c.closing && last && (!c.finSent || before(c.next, c.most));
  const bool worth = length == Largest || last || length >= c.window / 2 || before(c.next, c.most);
  if (!(length && worth) && !c.ackNow && !fin) return false;
  const u8 flags = static_cast<u8>(Ack | (length && last ? Psh : 0) | (fin ? Fin : 0));
  const ByteView payload = length ? ByteView(c.buffer).subspan(offset, length) : ByteView();
  out.push_back(make(c.here, c.there, c.next, c.received, flags, Window, payload));
  c.finSent |= fin;
  c.next += length + fin;
  if (before(c.most, c.next)) c.most = c.next;
  c.ackNow = c.ackLater = false;
  return again;
}

} // namespace sockwalk::scenario
