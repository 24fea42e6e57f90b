// Which packets are listed. What is typed is an expression of packet_names.h, or else plain words that must stand somewhere
// in the row: "udp 7777", "10.0.2.2", "in", "dropped". It is evaluated in pieces, so that a list of any length does not
// keep a person waiting: who filters asks for a piece whenever there is time.
//
//   filter.set("tcp.port == 80");
//   while (!filter.advance(rows, 1000)) ...        filter.matches() grows
#pragma once
#include "engine/tell/packets/packet_names.h"

namespace sockwalk::tell {

class PacketFilter {
public:
  enum class Kind : u8 {
    All, // nothing was typed
    Words,
    Expression,
    Wrong // neither; problem() says why, and what was typed before stays in force
  };
  // As it is typed.
  void set(std::string_view text);
  Kind kind() const { return m_kind; }
  const std::optional<expression::Problem>& problem() const { return m_problem; }

  // Looks at so many rows more (and so many events, if functions are asked for). True: at all there are.
  bool advance(const PacketRows& rows, int count, EventIndex events = NoEvent);
  const std::vector<int>& matches() const { return m_matches; } // of those that have been looked at; ascending
  int lookedAt() const { return m_next; }
  // What is known of packets may have changed since: begins anew.
  bool mayChange() const; // it depends on what became of them
  void restart();
  void clear(); // another journal

private:
  bool hasWords(const PacketRows& rows, int row) const;

  Kind m_kind = Kind::All;
  expression::Expression m_expression;
  std::optional<expression::Problem> m_problem;
  std::vector<std::string> m_words;
  PacketFunctions m_functions;
  std::vector<int> m_matches;
  int m_next = 0;
};

// All at once.
Packets readPackets(const Playhead& at, const expression::Expression& where);
std::vector<int> packetsThatFit(const PacketRows& rows, const expression::Expression& expression);

} // namespace sockwalk::tell
