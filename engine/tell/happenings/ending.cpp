// Connections that are cut off, and peers that are silent.
#include "engine/feed/summary.h"
#include "engine/memory/constants/skbuff.h"
#include "engine/tell/happenings/reader.h"
#include "engine/tell/values.h"
#include <utility>

namespace sockwalk::tell::happenings {

namespace {

using enum HappeningKind;
using enum HappeningLevel;

u32 unreadOf(Reader& r, u64 socket, EventIndex event) {
  const auto& tp = r.object<kernel::tcp_sock>(socket, event);
  return tp.rcv_nxt - tp.copied_seq;
}

// ---- received
void resetReceived(Reader& r, const Moment& m) { // socket, error, held
  const u64 socket = m.values[0];
  const u32 unread = unreadOf(r, socket, m.event);
  Happening& h = r.tell(ResetReceived, Bad, m, socket, About::Arrival);
  h.words = unread ? say("the peer resets the connection with %1 unread", bytes(unread))
                   : say("the peer resets the connection");
  if (!m.values[2]) {
    h.words = say("%1; no program held it any more", h.words);
    return;
  }
  h.words = say("%1: the program gets %2", h.words, constantName("errno", m.values[1]));
  r.connection(socket).unheard = static_cast<int>(m.values[1]);
  r.awaitError(socket);
}

void requestReset(Reader& r, const Moment& m) { // request, reset
  const bool byPeer = m.values[1];
  Happening& h = r.tell(byPeer ? ResetReceived : ResetSent, Warning, m, m.values[0], About::Arrival);
  h.words =
      byPeer ? say("the peer takes its SYN back by a RST") : say("a second SYN within the window: the peer gets a RST");
}

// ---- sent
Happening& resetTold(Reader& r, const Moment& m, u64 socket, const Text& why) {
  Happening& h = r.tell(ResetSent, Bad, m, socket, About::Departure);
  h.words = onceOrMore(h, say("a RST is sent"), "%1 RSTs are sent within %2");
  h.words = say("%1: %2", h.words, why);
  r.connection(socket).resetTold = true;
  return h;
}

void closedUnread(Reader& r, const Moment& m) { // socket
  const u32 unread = unreadOf(r, m.values[0], m.event);
  resetTold(r, m, m.values[0],
            unread ? say("the program closes with %1 unread, and a FIN would hide that", bytes(unread))
                   : say("the program closes with data unread, and a FIN would hide that"));
}

void dataUnread(Reader& r, const Moment& m) { // socket, error, held
  resetTold(r, m, m.values[0],
            m.values[2] ? say("data came after the program said that it reads no more")
                        : say("data came, and no program holds the connection any more"));
}

void lingerOver(Reader& r, const Moment& m) { // socket
  resetTold(r, m, m.values[0], say("it is not to wait for the peer's FIN (TCP_LINGER2)"));
}

// Nobody listens. Who tries it again and again from one port does one thing.
void refusedHere(Reader& r, const Moment& m, const FrameHeaders& h) {
  Happening& told = r.tellFlow(Refused, Bad, m, flowName(h), About::Arrival);
  const Text once = say("refused: nobody listens on port %1 (%2), so a RST goes back", h.tcp->destination,
                        shortReason(kernel::SKB_DROP_REASON_NO_SOCKET));
  told.words = onceOrMore(told, once, "refused %1 times within %2: nobody listens on that port, so a RST goes back");
}

void noSocket(Reader& r, const Moment& m, const FrameHeaders& h) {
  Happening& told = r.tellFlow(ResetSent, Warning, m, flowName(h), About::Arrival);
  const Text once = say("a segment (%1) belongs to no connection: a RST answers", tcpFlagNames(h.tcp->flags));
  told.words = onceOrMore(told, once, "%1 segments within %2 belong to no connection: RSTs answer");
}

// A RST answers a segment: there is no socket for it, or the socket cannot take it.
void resetAnswers(Reader& r, const Moment& m) { // skb, socket?, port
  const FrameHeaders h = r.headersOf(r.arrivalOf(m.values[0]));
  const u64 socket = m.values[1];
  if (!h.ipv4 || !h.tcp) return;
  if (!socket) return (h.tcp->flags & (TcpSyn | TcpAck)) == TcpSyn ? refusedHere(r, m, h) : noSocket(r, m, h);
  if (std::exchange(r.connection(socket).resetTold, false)) return;
  Happening& told = r.tellFlow(ResetSent, Warning, m, flowName(h), About::Arrival, 1);
  const Text once = say("the socket cannot take a segment (%1): a RST answers", tcpFlagNames(h.tcp->flags));
  told.words = onceOrMore(told, once, "%1 segments within %2 cannot be taken by the socket: RSTs answer");
}

bool within(const Reader& r, EventIndex call, std::string_view function) {
  const Journal& j = r.journal();
  for (EventIndex c = j.callerOf(call); c != NoEvent; c = j.callerOf(c))
    if (j.function(j[c]).name == function) return true;
  return false;
}

// A RST of our own accord, for which no note has told the reason.
void activeReset(Reader& r, const Moment& m) { // socket, priority
  const u64 socket = m.values[0];
  if (r.connection(socket).resetTold) {
    r.connection(socket).resetTold = false;
    return;
  }
  const bool closes = within(r, m.event, "__tcp_close");
  Text why = say("%1() ends the connection", r.callerOf(m.event));
  if (within(r, m.event, "tcp_keepalive_timer")) why = say("the peer answers no keepalive probes");
  else if (within(r, m.event, "inet_csk_listen_stop")) why = say("the listener closes, and no program had accepted it");
  else if (within(r, m.event, "tcp_disconnect"))
    why =
        closes ? say("the program closes and does not want to wait (SO_LINGER of 0)") : say("the program disconnects");
  resetTold(r, m, socket, why);
  r.connection(socket).resetTold = false;
}

// ---- silence
void keepaliveSent(Reader& r, const Moment& m) { // socket, probes
  Happening& h = r.tell(KeepaliveSent, Notice, m, m.values[0], About::Departure);
  h.words = onceOrMore(h, say("the connection was silent for long: a keepalive probe asks whether the peer is there"),
                       "%1 keepalive probes within %2 ask whether the peer is there");
  if (m.values[1]) h.words = say("%1; %2 of them have got no answer", h.words, m.values[1]);
}

void gaveUp(Reader& r, const Moment& m) { // socket, errno
  Happening& h = r.tell(GaveUp, Bad, m, m.values[0], About::Nothing);
  h.words = say("the peer is given up: the program gets %1", constantName("errno", m.values[1]));
}

} // namespace

std::span<const Rule> endingRules() {
  static constexpr Rule rules[] = {
      {Rule::Note, "tcp.reset", resetReceived},
      {Rule::Note, "tcp.request_reset", requestReset},
      {Rule::Note, "tcp.close_unread", closedUnread},
      {Rule::Note, "tcp.data_unread", dataUnread},
      {Rule::Note, "tcp.linger_over", lingerOver},
      {Rule::Note, "tcp.reset_sent", resetAnswers},
      {Rule::Call, "tcp_send_active_reset", activeReset},
      {Rule::Note, "tcp.keepalive", keepaliveSent},
      {Rule::Note, "tcp.gave_up", gaveUp},
  };
  return rules;
}

} // namespace sockwalk::tell::happenings
