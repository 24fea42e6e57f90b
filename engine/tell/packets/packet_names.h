// The names by which packets are asked for: the familiar ones of display filters ("tcp.port", "ip.addr") and those of what
// only this program knows ("outcome", "drop.reason", "func").
//
//   PacketItem item(journal, list, functions);
//   item.show(12);
//   expression.holds(item)
#pragma once
#include "engine/feed/headers.h"
#include "engine/tell/expression/expression.h"
#include "engine/tell/packets/packet_functions.h"
#include "engine/tell/position.h"

namespace sockwalk::tell {

class PacketVocabulary final : public expression::Vocabulary {
public:
  std::optional<expression::Name> find(std::string_view word) const override;
  std::vector<expression::Name> names() const override;
  std::vector<expression::Constant> constants(const expression::Name& name) const override;
  static bool asksForFunctions(const expression::Expression& expression);
  static bool asksForFate(const expression::Expression& expression); // which may still change
};

class PacketItem final : public expression::Item {
public:
  PacketItem(const Journal& journal, const PacketList& list, const PacketFunctions& functions)
      : m_journal(journal), m_list(list), m_functions(functions) {}
  void show(int packet);
  void values(const expression::Name& name, expression::Values& out) const override;

  // ---- for the table of names
  const Journal& journal() const { return m_journal; }
  const PacketList& list() const { return m_list; }
  const FrameHeaders& headers() const { return m_headers; }
  ByteView bytes() const { return m_bytes; }
  int packet() const { return m_packet; }
  EventIndex event() const { return m_list.eventOf(m_packet); }
  void functions(std::vector<u16>& out) const { m_functions.of(m_list, m_packet, out); }
  int stimulus() const { return m_journal.stimulusAt(event()); }
  int step() const; // of its stimulus, counted in calls
  std::string_view device() const;

private:
  const Journal& m_journal;
  const PacketList& m_list;
  const PacketFunctions& m_functions;
  int m_packet = 0;
  ByteView m_bytes;
  FrameHeaders m_headers;
  mutable StepCounter m_steps; // packets are asked in their order
};

} // namespace sockwalk::tell
