// Connections that begin, and those that do not.
#include "engine/memory/constants/tcp.h"
#include "engine/tell/happenings/reader.h"
#include "engine/tell/values.h"

namespace sockwalk::tell::happenings {

namespace {

using enum HappeningKind;
using enum HappeningLevel;

// ---- from here
void stateChanged(Reader& r, const Moment& m) { // socket, from, to
  const u64 socket = m.values[0], from = m.values[1], to = m.values[2];
  if (to == kernel::TCP_SYN_SENT) {
    r.newConnection(socket).asked = m.time;
  } else if (from == kernel::TCP_SYN_SENT && to == kernel::TCP_ESTABLISHED) {
    const s64 asked = r.connection(socket).asked;
    Happening& h = r.tell(Connected, Good, m, socket, About::Arrival);
    h.words =
        asked == Never ? say("connected") : say("connected: the SYN was answered after %1", duration(m.time - asked));
  } else if (to == kernel::TCP_LISTEN) {
    r.newConnection(socket);
  }
}

void refusedThere(Reader& r, const Moment& m) { // socket, error
  Happening& h = r.tell(Refused, Bad, m, m.values[0], About::Arrival);
  h.words =
      say("refused: the peer answers the SYN by a RST, and the program gets %1", constantName("errno", m.values[1]));
}

// ---- to here
void requestQueued(Reader& r, const Moment& m) { // listener, request, length
  r.newConnection(m.values[1]).asked = m.time;
}

void childCreated(Reader& r, const Moment& m) { // child, request, hashed
  const s64 asked = r.connection(m.values[1]).asked;
  r.newConnection(m.values[0]).asked = asked;
}

void acceptQueued(Reader& r, const Moment& m) { // listener, child, waiting
  Connection& c = r.connection(m.values[1]);
  c.queued = m.time;
  c.handshake = r.arrivalAround(m.event);
}

void accepted(Reader& r, const Moment& m) { // listener, child, waiting
  const u64 child = m.values[1], waiting = m.values[2];
  const Connection& c = r.connection(child);
  Happening& h = r.tell(Accepted, Good, m, child, About::Nothing);
  r.isAbout(h, c.handshake);
  if (c.queued == Never) h.words = say("accepted");
  else h.words = say("accepted after %1 in the accept queue", duration(m.time - c.queued));
  if (c.asked != Never) h.words = say("%1, %2 after its SYN", h.words, duration(m.time - c.asked));
  if (waiting) h.words = say("%1; %2 more wait there", h.words, waiting);
}

void synAckAgain(Reader& r, const Moment& m) { // listener, request
  const bool timer = r.callerOf(m.event) == "reqsk_timer_handler";
  Happening& h = r.tell(SynAckUnanswered, Warning, m, m.values[1], About::Departure);
  const Text once =
      timer ? say("the SYN-ACK got no answer and goes again") : say("the SYN came again, and so goes the SYN-ACK");
  h.words = onceOrMore(h, once, "the SYN-ACK got no answer and was sent %1 times more, within %2");
}

void requestExpired(Reader& r, const Moment& m) { // request, timeouts
  Happening& h = r.tell(GaveUp, Bad, m, m.values[0], About::Nothing);
  h.words = say("the handshake is given up: the SYN-ACK was due %1 times more, and nothing came", m.values[1]);
}

// ---- no room
void acceptQueueFull(Reader& r, const Moment& m) { // listener, waiting, most
  Happening& h = r.tell(AcceptQueueFull, Bad, m, m.values[0], About::Arrival);
  const Text full = say("the accept queue is full, %1 wait where %2 may", m.values[1], m.values[2]);
  h.words = onceOrMore(h, say("one who asks is turned away"), "%1 times somebody who asks is turned away, within %2");
  h.words = say("%1: %2", full, h.words);
}

void synQueueFull(Reader& r, const Moment& m) { // listener, length, cookie
  const bool cookie = m.values[2];
  Happening& h = r.tell(SynQueueFull, cookie ? Warning : Bad, m, m.values[0], About::Arrival);
  const Text full = say("%1 requests wait, as many as may", m.values[1]);
  if (cookie)
    h.words = onceOrMore(h, say("the answer is a SYN cookie"), "%1 SYNs within %2 are answered by SYN cookies");
  else h.words = onceOrMore(h, say("the SYN is dropped"), "%1 SYNs within %2 are dropped");
  h.words = say("%1: %2", full, h.words);
}

} // namespace

std::span<const Rule> openingRules() {
  static constexpr Rule rules[] = {
      {Rule::Note, "tcp.state", stateChanged},
      {Rule::Note, "tcp.refused", refusedThere},
      {Rule::Note, "tcp.request_queued", requestQueued},
      {Rule::Note, "tcp.child_created", childCreated},
      {Rule::Note, "tcp.accept_queued", acceptQueued},
      {Rule::Note, "tcp.accepted", accepted},
      {Rule::Note, "tcp.request_expired", requestExpired},
      {Rule::Note, "tcp.accept_queue_full", acceptQueueFull},
      {Rule::Note, "tcp.syn_flood", synQueueFull},
      {Rule::Call, "tcp_rtx_synack", synAckAgain},
  };
  return rules;
}

} // namespace sockwalk::tell::happenings
