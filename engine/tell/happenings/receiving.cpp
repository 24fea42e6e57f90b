// What comes in another order than it was sent, twice, or where there is no room.
#include "engine/memory/constants/skbuff.h"
#include "engine/tell/happenings/reader.h"
#include "engine/tell/values.h"
#include <algorithm>

namespace sockwalk::tell::happenings {

namespace {

using enum HappeningKind;
using enum HappeningLevel;

// ---- holes
void outOfOrder(Reader& r, const Moment& m) { // skb, gap
  const u64 socket = r.argumentAround(m.event, "sock");
  if (!socket) return;
  Happening& h = r.tell(OutOfOrder, Notice, m, socket, About::Arrival);
  Connection& c = r.connection(socket);
  if (c.hole == Never) c.hole = m.time;
  h.words = onceOrMore(
      h, say("a segment waits in the %1: %2 before it are missing", "out_of_order_queue", bytes(s64(m.values[1]))),
      "%1 segments within %2 wait, since something before them is missing");
}

void holeFilled(Reader& r, const Moment& m) { // socket, from, to
  Connection& c = r.connection(m.values[0]);
  Happening* h = r.told(OutOfOrder, m.values[0]);
  if (c.hole == Never || !h) return;
  c.longestHole = std::max(c.longestHole, m.time - c.hole);
  c.hole = Never;
  const Text what = onceOrMore(*h, say("a segment came out of order and waited in the %1", "out_of_order_queue"),
                               "%1 segments within %2 came out of order and waited");
  h->words = say("%1, at most %2 until the hole before was filled", what, duration(c.longestHole));
}

// ---- twice, or beyond
void cameTwice(Reader& r, const Moment& m, u64 socket) {
  Happening& h = r.tell(CameTwice, Notice, m, socket, About::Arrival);
  h.words = onceOrMore(h, say("data came that was here already: it is acknowledged again"),
                       "data came %1 times within %2 that was here already: it is acknowledged again");
}

void beyondWindow(Reader& r, const Moment& m, u64 socket, const Text& why) {
  Happening& h = r.tell(BeyondWindow, Warning, m, socket, About::Arrival);
  h.words = onceOrMore(h, say("a segment is refused"), "%1 segments are refused, within %2");
  h.words = say("%1: %2", h.words, why);
}

void dataRefused(Reader& r, const Moment& m) { // skb, reason
  const u64 socket = r.argumentAround(m.event, "sock");
  if (!socket) return;
  switch (m.values[1]) {
  case kernel::SKB_DROP_REASON_TCP_OLD_DATA: return cameTwice(r, m, socket);
  case kernel::SKB_DROP_REASON_TCP_ZEROWINDOW: return beyondWindow(r, m, socket, say("the window is 0"));
  case kernel::SKB_DROP_REASON_TCP_OVERWINDOW: return beyondWindow(r, m, socket, say("it lies beyond the window"));
  default: return;
  }
}

// As long as our window is 0 it asks whether there is room again.
void windowAskedFor(Reader& r, const Moment& m, u64 socket) {
  Happening& h = r.tell(ProbeReceived, Notice, m, socket, About::Arrival);
  h.words = onceOrMore(h, say("the peer asks whether there is room again (window probe): an ACK answers"),
                       "the peer asks %1 times within %2 whether there is room again (window probes): ACKs answer");
}

void keepaliveCame(Reader& r, const Moment& m, u64 socket) {
  Happening& h = r.tell(KeepaliveReceived, Notice, m, socket, About::Arrival);
  h.words =
      onceOrMore(h, say("the peer asks for a sign of life (keepalive, or a window probe): an ACK answers"),
                 "the peer asks %1 times within %2 for a sign of life (keepalives, or window probes): ACKs answer");
}

// Below the window: data that was here, or the empty segment by which a peer asks for a sign of life.
void tooOld(Reader& r, const Moment& m) { // skb, distance
  const u64 socket = r.argumentAround(m.event, "sock");
  const FrameHeaders h = r.headersOf(r.arrivalOf(m.values[0]));
  if (!socket || !h.tcp) return;
  const bool empty = !h.wirePayloadLength && !(h.tcp->flags & (TcpSyn | TcpFin | TcpRst));
  if (!empty) return cameTwice(r, m, socket);
  if (r.connection(socket).closed != Never) windowAskedFor(r, m, socket);
  else if (m.values[1] == 1) keepaliveCame(r, m, socket);
}

void outOfWindow(Reader& r, const Moment& m) { // skb, distance, window
  if (const u64 socket = r.argumentAround(m.event, "sock"))
    beyondWindow(r, m, socket,
                 say("it starts %1 after what is expected, and the window is %2", bytes(s64(m.values[1])),
                     bytes(s64(m.values[2]))));
}

void fromThePast(Reader& r, const Moment& m) { // socket, theirs, ours
  Happening& h = r.tell(FromThePast, Warning, m, m.values[0], About::Arrival);
  h.words = onceOrMore(h, say("a segment is refused"), "%1 segments are refused, within %2");
  h.words = say("%1: its timestamp is from the past (PAWS)", h.words);
}

void challengeAck(Reader& r, const Moment& m) { // socket
  Happening& h = r.tell(ChallengeAck, Warning, m, m.values[0], About::Arrival);
  h.words = onceOrMore(h, say("a segment does not fit the connection: a challenge ACK says what is expected"),
                       "%1 segments within %2 do not fit the connection: challenge ACKs say what is expected");
}

// ---- our window
Text closedWords(const Happening& h, const Connection& c) {
  if (h.count > 1)
    return say("the reader stopped %1 times: window 0, the longest time for %2", h.count, duration(c.longestClosed));
  return say("the reader stopped: window 0 for %1", duration(c.longestClosed));
}

void windowClosed(Reader& r, const Moment& m) { // socket
  Happening& h = r.tell(WindowClosed, Warning, m, m.values[0], About::Departure);
  Connection& c = r.connection(m.values[0]);
  r.closedWindows += c.closed == Never;
  c.closed = m.time;
  h.words = h.count == 1 ? say("the reader stopped: the receive buffer has no room, so window 0 is sent")
                         : say("%1; now it is 0 again", closedWords(h, c));
}

void windowSelected(Reader& r, const Moment& m, u64 socket) { // the window
  Connection& c = r.connection(socket);
  Happening* h = r.told(WindowClosed, socket);
  if (!m.values[0] || c.closed == Never || !h) return;
  c.longestClosed = std::max(c.longestClosed, m.time - c.closed);
  c.closed = Never;
  --r.closedWindows;
  h->words = closedWords(*h, c);
}

void windowIsSelected(Reader& r, const Moment& m) { // socket
  if (r.closedWindows && r.connection(m.values[0]).closed != Never) r.await(m.event, m.values[0], windowSelected);
}

// ---- the peer's
Text probesSent(int count) { return count == 1 ? say("1 probe was sent") : say("%1 probes were sent", count); }

Text shutWords(const Happening& h, const Connection& c) {
  Text told = h.count == 1 ? say("the peer's window is 0") : say("the peer's window is 0, %1 times", h.count);
  if (c.shut != Never) told = say("%1: the persist timer waits until it opens", told);
  else
    told = h.count == 1 ? say("%1 for %2", told, duration(c.longestShut))
                        : say("%1, for %2 at most", told, duration(c.longestShut));
  return c.probes ? say("%1; %2", told, probesSent(c.probes)) : told;
}

void sendWindow(Reader& r, const Moment& m) { // socket, before, after
  const u64 socket = m.values[0];
  if (!m.values[2]) {
    Happening& h = r.tell(WindowShut, Warning, m, socket, About::Arrival);
    Connection& c = r.connection(socket);
    if (c.shut == Never) c.shut = m.time;
    h.words = shutWords(h, c);
    return;
  }
  Connection& c = r.connection(socket);
  Happening* h = c.shut == Never ? nullptr : r.told(WindowShut, socket);
  if (!h) return;
  c.longestShut = std::max(c.longestShut, m.time - c.shut);
  c.shut = Never;
  h->words = shutWords(*h, c);
}

void windowProbed(Reader& r, const Moment& m) { // socket
  Connection& c = r.connection(m.values[0]);
  Happening* h = r.told(WindowShut, m.values[0]);
  if (!h || c.shut == Never) return;
  ++c.probes;
  h->words = shutWords(*h, c);
}

// ---- memory
void pruned(Reader& r, const Moment& m) { // socket, held, allowed
  Happening& h = r.tell(MemoryShort, Warning, m, m.values[0], About::Arrival);
  h.words = onceOrMore(h, say("the receive queues are pruned"), "the receive queues are pruned %1 times within %2");
  h.words = say("%1: they hold %2, and %3 are allowed", h.words, bytes(s64(m.values[1])), bytes(s64(m.values[2])));
}

void memoryRefused(Reader& r, const Moment& m) { // socket, pages, limit
  Happening& h = r.tell(MemoryShort, Bad, m, m.values[0], About::Arrival, 1);
  h.words = onceOrMore(h, say("the socket gets no memory"), "the socket gets no memory, %1 times within %2");
  h.words = say("%1: its protocol holds %2 pages of %3", h.words, m.values[1], m.values[2]);
}

void orphanDropped(Reader& r, const Moment& m) { // socket, orphans
  Happening& h = r.tell(MemoryShort, Bad, m, m.values[0], About::Nothing, 2);
  h.words = m.values[1] ? say("a connection without an owner is given up: there are too many of them")
                        : say("a connection without an owner is given up: TCP has too little memory");
}

void receiveBufferFull(Reader& r, const Moment& m) { // socket, used, limit
  Happening& h = r.tell(ReceiveBufferFull, Bad, m, m.values[0], About::Arrival);
  h.words = onceOrMore(h, say("1 datagram is dropped"), "%1 datagrams are dropped within %2");
  h.words = say("%1: the receive buffer is full, %2 wait where %3 may", h.words, bytes(s64(m.values[1])),
                bytes(s64(m.values[2])));
}

} // namespace

std::span<const Rule> receivingRules() {
  static constexpr Rule rules[] = {
      {Rule::Note, "tcp.out_of_order", outOfOrder},
      {Rule::Note, "tcp.hole_filled", holeFilled},
      {Rule::Note, "tcp.data_refused", dataRefused},
      {Rule::Note, "tcp.too_old", tooOld},
      {Rule::Note, "tcp.out_of_window", outOfWindow},
      {Rule::Note, "tcp.paws", fromThePast},
      {Rule::Note, "tcp.challenge_ack", challengeAck},
      {Rule::Note, "tcp.window_closed", windowClosed},
      {Rule::Call, "tcp_select_window", windowIsSelected},
      {Rule::Note, "tcp.send_window", sendWindow},
      {Rule::Call, "tcp_send_probe0", windowProbed},
      {Rule::Note, "tcp.prune", pruned},
      {Rule::Note, "tcp.orphan_dropped", orphanDropped},
      {Rule::Note, "sock.memory_refused", memoryRefused},
      {Rule::Note, "sock.receive_buffer_full", receiveBufferFull},
  };
  return rules;
}

} // namespace sockwalk::tell::happenings
