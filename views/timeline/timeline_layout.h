// Where the timeline's bars lie on the screen: time to x, rows to y. Plain geometry, without a widget.
#pragma once
#include "engine/tell/lanes.h"
#include <optional>
#include <QRectF>

namespace sockwalk {

// What part of the walk is on the screen, in events. Fractions, so that zooming is smooth.
struct TimelineRange {
  double from = 0, to = 1;
  double length() const { return to - from; }
};

struct TimelineRow {
  u32 lane, row;
  double y;
};
struct TimelineLabel {
  u32 lane;
  double y, height;
};

class TimelineLayout {
public:
  // Lays out the rows that have a call in the range; the others take no room.
  void arrange(const tell::Lanes& model, TimelineRange range, QRectF area, double scale);

  const TimelineRange& range() const { return m_range; }
  const QRectF& area() const { return m_area; } // of the bars, left gutter excluded
  const std::vector<TimelineRow>& rows() const { return m_rows; }
  const std::vector<TimelineLabel>& labels() const { return m_labels; } // empty where one lane is all
  double barHeight() const { return m_barHeight; }
  double contentHeight() const { return m_contentHeight; } // of all rows; more than the area's: scroll

  double x(double event) const { return m_area.left() + (event - m_range.from) / m_range.length() * m_area.width(); }
  double eventAt(double x) const { return m_range.from + (x - m_area.left()) / m_area.width() * m_range.length(); }
  // Row under y (in content coordinates, scrolling not counted), nullptr between rows.
  const TimelineRow* rowAt(double y) const;
  const TimelineRow* find(u32 lane, u32 row) const;

private:
  TimelineRange m_range;
  QRectF m_area;
  std::vector<TimelineRow> m_rows;
  std::vector<TimelineLabel> m_labels;
  double m_barHeight = 18, m_pitch = 22, m_contentHeight = 0;
};

} // namespace sockwalk
