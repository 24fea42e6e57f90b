// What gets lost on its way out, as the congestion control sees it.
#include "engine/memory/constants/tcp.h"
#include "engine/tell/happenings/reader.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cerrno>

namespace sockwalk::tell::happenings {

namespace {

using enum HappeningKind;
using enum HappeningLevel;

const kernel::tcp_sock& tcpSock(Reader& r, u64 socket, EventIndex event) {
  return r.object<kernel::tcp_sock>(socket, event);
}

Text segmentsLost(int count) { return count == 1 ? say("1 segment lost") : say("%1 segments lost", count); }

// ---- fast retransmit
Text recoveryWords(const Happening& h, const Connection& c, const Text& end) {
  const auto& rec = c.recovery;
  const int lost = std::max({rec.lost, rec.resent, 1});
  const Text what = say("%1: fast retransmit, cwnd %2 → %3", segmentsLost(lost), rec.before, rec.after);
  const Text whole = end.empty() ? what : say("%1, %2", what, end);
  return h.count == 1 ? whole : say("%1 recoveries within %2, the last: %3", h.count, spanOf(h), whole);
}

void fastRetransmit(Reader& r, const Moment& m) { // socket, lost, ssthresh
  const u64 socket = m.values[0];
  Happening& h = r.tell(FastRetransmit, Warning, m, socket, About::Departure);
  Connection& c = r.connection(socket);
  const auto& tp = tcpSock(r, socket, m.event);
  const s64 trip = s64{tp.srtt_us >> 3} * 1000;
  c.recovery = {m.time, trip, tp.snd_cwnd, static_cast<u32>(m.values[2]), static_cast<int>(m.values[1]), 0};
  h.words = recoveryWords(h, c, {});
}

void segmentAgain(Reader& r, const Moment& m) { // socket, seq, length
  Connection& c = r.connection(m.values[0]);
  if (c.recovery.begun != Never) ++c.recovery.resent;
}

Text roundTrips(s64 time, s64 trip) {
  const s64 count = trip ? (time + trip / 2) / trip : 0;
  if (count < 1) return {};
  return count == 1 ? say("1 round trip") : say("%1 round trips", count);
}

void recoveryEnds(Reader& r, const Moment& m, bool byTimeout) {
  const u64 socket = m.values[0];
  Connection& c = r.connection(socket);
  if (c.recovery.begun == Never) return;
  const s64 took = m.time - c.recovery.begun;
  const Text end =
      byTimeout ? say("and the timer fired before it was repaired")
                : say("recovered after %1", Text::list(", ", {duration(took), roundTrips(took, c.recovery.trip)}));
  if (Happening* h = r.told(FastRetransmit, socket)) h->words = recoveryWords(*h, c, end);
  c.recovery.begun = Never;
}

// ---- timeouts
Text timeoutWords(const Happening& h, const Connection& c) {
  const Text fired = onceOrMore(h, say("no ACK came in time: the retransmission timer fires"),
                                "no ACK came in time: the retransmission timer fires %1 times within %2");
  return say("%1, cwnd %2 → %3", fired, c.windowBefore, c.windowAfter);
}

void sentAgain(Reader& r, const Moment& m, u64 socket) {
  const bool taken = m.values[0] == 0, waits = r.neighbourQueued > r.journal()[m.event].where;
  Connection& c = r.connection(socket);
  c.refused = !taken || waits;
  if (c.refused) c.againError = taken ? -EBUSY : static_cast<int>(static_cast<s64>(m.values[0]));
}
void neighbourQueued(Reader& r, const Moment& m) { r.neighbourQueued = m.event; }
void sendsAgain(Reader& r, const Moment& m) { r.await(m.event, m.values[0], sentAgain); } // socket, buffer, segments

Text synWords(const Happening& h, const Connection& c) {
  if (c.synsAgain == h.count)
    return onceOrMore(h, say("the SYN got no answer and goes again"),
                      "the SYN got no answer and was sent %1 times more, within %2");
  const Text fired = onceOrMore(h, say("the SYN got no answer"),
                                "%1 times within %2 the timer of the SYN fires, for want of an answer");
  const Text went = !c.synsAgain       ? say("it does not go again")
                    : c.synsAgain == 1 ? say("it goes again once only")
                                       : say("it goes again %1 times only", c.synsAgain);
  const bool waits = c.againError == -EBUSY;
  const Text why = waits ? say("the one before has not left this host") : constantName("errno", u64(-c.againError));
  return say("%1; %2: %3", fired, went, why);
}

void timeout(Reader& r, const Moment& m) { // socket, ms, backoff
  const u64 socket = m.values[0];
  const auto& tp = tcpSock(r, socket, m.event);
  const Text next = duration(static_cast<s64>(m.values[1]) * 1'000'000);
  if (tp.inet_conn.icsk_inet.sk.__sk_common.skc_state == kernel::TCP_SYN_SENT) {
    Connection& c = r.connection(socket);
    const bool went = !c.refused;
    Happening& h = r.tell(SynUnanswered, Warning, m, socket, went ? About::Departure : About::Nothing);
    c.synsAgain += went;
    h.words = say("%1; the next timeout is in %2", synWords(h, c), next);
    return;
  }
  const u32 before = tp.prior_cwnd, after = tp.snd_cwnd;
  Happening& h = r.tell(Timeout, Warning, m, socket, About::Departure);
  Connection& c = r.connection(socket);
  c.windowBefore = before;
  c.windowAfter = after;
  if (c.timedOut == Never) c.timedOut = m.time;
  h.words = say("%1; the next timeout is in %2 (backoff %3)", timeoutWords(h, c), next, m.values[2]);
}

void lossEnds(Reader& r, const Moment& m) {
  const u64 socket = m.values[0];
  Connection& c = r.connection(socket);
  if (c.timedOut == Never) return;
  if (Happening* h = r.told(Timeout, socket))
    h->words = say("%1; recovered after %2", timeoutWords(*h, c), duration(m.time - c.timedOut));
  c.timedOut = Never;
}

void stateOfControl(Reader& r, const Moment& m) { // socket, from, to
  if (m.values[2] == kernel::TCP_CA_Recovery) return;
  if (m.values[1] == kernel::TCP_CA_Recovery) recoveryEnds(r, m, m.values[2] == kernel::TCP_CA_Loss);
  if (m.values[1] == kernel::TCP_CA_Loss) lossEnds(r, m);
}

// ---- less than a loss
void lossProbe(Reader& r, const Moment& m) { // socket, seq
  Happening& h = r.tell(LossProbe, Notice, m, m.values[0], About::Departure);
  h.words = onceOrMore(h, say("no ACK came for the end of the flight: a tail loss probe asks whether it arrived"),
                       "%1 tail loss probes within %2: no ACK came for the end of a flight");
}

void undone(Reader& r, const Moment& m) { // socket, cwnd, ssthresh, back
  Happening& h = r.tell(Needless, Notice, m, m.values[0], About::Arrival);
  const Text once = say("nothing was lost after all: the retransmission was needless");
  h.words = onceOrMore(h, once, "%1 times within %2 nothing was lost after all: the retransmissions were needless");
  h.words =
      m.values[3] ? say("%1, cwnd is %2 again", h.words, m.values[1]) : say("%1, cwnd stays %2", h.words, m.values[1]);
}

void reportedTwice(Reader& r, const Moment& m) { // socket, from, to
  Happening& h = r.tell(ReportedTwice, Notice, m, m.values[0], About::Arrival);
  h.words =
      onceOrMore(h, say("the peer reports by D-SACK that it got %1 twice", bytes(s64(u32(m.values[2] - m.values[1])))),
                 "the peer reports by D-SACK %1 times within %2 that it got something twice");
}

void duplicateAck(Reader& r, const Moment& m) { // socket, ack
  Happening& h = r.tell(DuplicateAcks, Notice, m, m.values[0], About::Arrival);
  h.words = onceOrMore(h, say("1 duplicate ACK: something after what it acknowledges arrived"),
                       "%1 duplicate ACKs within %2: something after what they acknowledge arrived");
}

} // namespace

std::span<const Rule> lossRules() {
  static constexpr Rule rules[] = {
      {Rule::Note, "tcp.fast_retransmit", fastRetransmit},
      {Rule::Note, "tcp.retransmit", segmentAgain},
      {Rule::Note, "neigh.queued", neighbourQueued},
      {Rule::Call, "tcp_retransmit_skb", sendsAgain},
      {Rule::Note, "tcp.ca_state", stateOfControl},
      {Rule::Note, "tcp.rto", timeout},
      {Rule::Note, "tcp.loss_probe", lossProbe},
      {Rule::Note, "tcp.undo", undone},
      {Rule::Note, "tcp.dsack", reportedTwice},
      {Rule::Note, "tcp.duplicate_ack", duplicateAck},
  };
  return rules;
}

} // namespace sockwalk::tell::happenings
