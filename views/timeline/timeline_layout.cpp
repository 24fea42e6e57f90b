#include "views/timeline/timeline_layout.h"
#include <algorithm>
#include <cmath>

namespace sockwalk {

void TimelineLayout::arrange(const tell::Lanes& model, TimelineRange range, QRectF area, double scale) {
  m_range = range;
  m_area = area;
  m_rows.clear();
  m_labels.clear();
  const EventIndex from = EventIndex(std::max(0.0, std::floor(range.from))), to = EventIndex(std::ceil(range.to));
  std::vector<u32> seen;
  for (u32 lane = 0; lane < model.lanes().size(); ++lane) {
    const auto& rows = model.lanes()[lane].rows;
    for (u32 row = 0; row < rows.size(); ++row) {
      if (!tell::Lanes::touches(rows[row], from, to)) continue;
      if (seen.empty() || seen.back() != lane) seen.push_back(lane);
      m_rows.push_back({lane, row, 0});
    }
  }
  // Many rows are drawn closer, as long as their names can be read.
  const double between = seen.size() > 1 ? 6 * scale : 0;
  const double wanted =
      m_rows.empty() ? 0 : (area.height() - between * double(seen.size() - 1)) / double(m_rows.size());
  m_pitch = std::clamp(wanted, 15.0 * scale, 22.0 * scale);
  m_barHeight = m_pitch - (m_pitch > 20 * scale ? 4 : 2);
  double y = area.top();
  for (size_t i = 0; i < m_rows.size(); ++i) {
    if (i && m_rows[i].lane != m_rows[i - 1].lane) y += between;
    m_rows[i].y = y;
    if (seen.size() > 1 && (!i || m_rows[i].lane != m_rows[i - 1].lane)) m_labels.push_back({m_rows[i].lane, y, 0});
    if (!m_labels.empty()) m_labels.back().height = y + m_pitch - m_labels.back().y;
    y += m_pitch;
  }
  m_contentHeight = y - area.top();
}

const TimelineRow* TimelineLayout::rowAt(double y) const {
  for (const TimelineRow& r : m_rows)
    if (y >= r.y && y < r.y + m_barHeight) return &r;
  return nullptr;
}

const TimelineRow* TimelineLayout::find(u32 lane, u32 row) const {
  for (const TimelineRow& r : m_rows)
    if (r.lane == lane && r.row == row) return &r;
  return nullptr;
}

} // namespace sockwalk
