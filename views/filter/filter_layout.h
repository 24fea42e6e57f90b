// Where a filter's instructions, registers and packet lie, in px from the top left of the picture. The program is a list of
// rows; what it computes with stands at its right or, with little room, below it.
#pragma once
#include "engine/base/tense.h"
#include "engine/tell/filters/filters.h"
#include <QPolygonF>
#include <QRectF>
#include <QStringList>
#include <vector>

namespace sockwalk {

// A filter and the packet that its latest run is about.
struct FilterPicture {
  tell::FilterTold told;
  std::vector<u8> packet;
};

struct FilterJump {
  QPolygonF corners; // the arrow is at the last
  Tense tense = Tense::Past;
};
struct FilterBytes { // a row of the packet
  QRectF rect;
  u32 from = 0, count = 0;
  double left = 0, pitch = 0; // of the first byte, and from one to the next
  QRectF cell(u32 byte) const { return {left + (byte - from) * pitch, rect.top(), pitch, rect.height()}; }
};
struct FilterBlock {
  QRectF heading, run;
  std::vector<QRectF> rows;                // as the instructions
  QStringList listing;                     // what stands in them, its columns no wider than they must be
  double order = 0, text = 0, outcome = 0; // where their parts begin
  std::vector<FilterJump> jumps;
  QRectF a, x;
  std::vector<QRectF> words; // M[0] ... M[15]; none: the program uses none
  QRectF packetTitle;
  std::vector<FilterBytes> bytes;
};

class FilterLayout {
public:
  FilterLayout() = default;
  FilterLayout(const std::vector<FilterPicture>& filters, double width);
  const std::vector<FilterBlock>& blocks() const { return m_blocks; }
  double height() const { return m_height; }
  // What came of each instruction stands beside it where there is room; else the registers and its tip say it.
  bool hasOutcomes() const { return m_hasOutcomes; }
  static double leastWidth(const std::vector<FilterPicture>& filters);
  static double leastWidthWithOutcomes(const std::vector<FilterPicture>& filters);

private:
  void put(const FilterPicture& filter, double width);
  double putProgram(FilterBlock& block, const tell::FilterTold& told, double top);
  double putRegisters(FilterBlock& block, const FilterPicture& filter, QRectF room);
  double putPacket(FilterBlock& block, const FilterPicture& filter, QRectF room);
  void putJumps(FilterBlock& block, const tell::FilterTold& told);

  std::vector<FilterBlock> m_blocks;
  bool m_hasOutcomes = true;
  double m_height = 0;
};

} // namespace sockwalk
