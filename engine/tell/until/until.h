// The next moment of a record at which a condition holds, or the last before: "run until".
//
//   call == tcp_v4_rcv                         a function is entered; `returns` it
//   line == "tcp_ipv4.cpp:120"
//   sock.sk_state == TCP_ESTABLISHED           a member of any object becomes so
//   tcp_sock#1.snd_cwnd > 10                   ... of one
//   tcp_sock.snd_cwnd == 2 && tcp_sock.srtt_us > 0     ... members without numbers: of one object, whichever
//   tcp_sock#1.snd_cwnd                        ... becomes another, whatever
//   tcp.dstport == 80 && tcp.flags.syn == 1    a packet comes or goes: the whole filter of packets
//   drop.reason == NO_SOCKET, drop, sleeps, time > 0.5
//   call == tcp_v4_rcv && tcp.port == 80       a function is handed a packet of that kind
//
// It is a condition that begins to hold: what holds already before the event is no reason to stop. The record is looked
// through in pieces, so that a window stays alive however long it is.
//
//   Until until(session);
//   if (auto problem = until.set("sleeps")) ...
//   until.begin(position, true);
//   while (until.advance(100'000) == Until::State::Looking) ...
#pragma once
#include "engine/tell/until/moment_names.h"

namespace sockwalk::tell {

class Until {
public:
  explicit Until(const scenario::Session& session);
  const MomentVocabulary& vocabulary() const { return m_vocabulary; }

  // What is wrong with the condition, if something is; the one before stays in force then.
  std::optional<expression::Problem> set(std::string_view text);

  enum class State : u8 { Looking, Found, Never };
  void begin(EventIndex from, bool forward);          // the event that led to `from` is none that is looked for
  State advance(EventIndex events);                   // looks at so many more
  EventIndex position() const { return m_found + 1; } // Found: right after it
  double progress() const;                            // 0 to 1
  Text reason() const; // Found: the sentence of the event; Never: that it does not happen

private:
  struct Alternative {
    expression::Expression expression;
    u32 events = 0;             // types with which it can begin to hold
    bool anyChange = false;     // a member's name alone
    expression::Name changes{}; // that name
  };
  static u32 eventsOf(const expression::Expression& expression);
  // Members of one object each, of which none can have both.
  std::optional<expression::Problem> apart(const expression::Expression& one, std::string_view text) const;
  bool holds(const Alternative& alternative, EventIndex event);
  bool holdsAny(EventIndex event);

  const scenario::Session& m_session;
  const Journal& m_journal;
  MomentVocabulary m_vocabulary;
  std::unique_ptr<PacketsOfMoments> m_packets; // once a condition asks for packets
  std::unique_ptr<MomentItem> m_item;
  std::vector<Alternative> m_alternatives;
  u32 m_events = 0; // of all alternatives
  EventIndex m_from = 0, m_next = 0, m_found = NoEvent;
  bool m_forward = true, m_asksForPackets = false, m_together = false;
  State m_state = State::Never;
};

// All at once: the first moment behind `from` at which it begins to hold. Errors say what is wrong with the condition, or
// that it does not happen.
Result<EventIndex> momentWhen(const scenario::Session& session, EventIndex from, std::string_view condition);

} // namespace sockwalk::tell
