// The names by which packets are asked for: the familiar ones of display filters ("tcp.port", "ip.addr") and those of what
// only this program knows ("outcome", "drop.reason", "func").
//
//   PacketItem item(rows, functions);
//   item.show(12);
//   expression.holds(item)
#pragma once
#include "engine/feed/headers.h"
#include "engine/tell/expression/expression.h"
#include "engine/tell/packets/packet_functions.h"
#include "engine/tell/packets/packet_rows.h"
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
  PacketItem(const PacketRows& rows, const PacketFunctions& functions) : m_rows(rows), m_functions(functions) {}
  void show(int row);
  void show(int row, ByteView bytes); // as they are at another moment than when the packet came or went
  void values(const expression::Name& name, expression::Values& out) const override;

  // ---- for the table of names
  const PacketRows& rows() const { return m_rows; }
  const FrameHeaders& headers() const { return m_headers; }
  ByteView bytes() const { return m_bytes; }
  int row() const { return m_row; }
  int packet() const { return m_rows.packetOf(m_row); } // -1: nothing came or went for it
  EventIndex event() const { return m_rows.eventOf(m_row); }
  void functions(std::vector<u16>& out) const;
  int stimulus() const { return m_rows.journal().stimulusAt(event()); }
  int step() const; // of its stimulus, counted in calls

private:
  const PacketRows& m_rows;
  const PacketFunctions& m_functions;
  int m_row = 0;
  ByteView m_bytes;
  FrameHeaders m_headers;
  mutable StepCounter m_steps; // packets are asked in their order
};

} // namespace sockwalk::tell
