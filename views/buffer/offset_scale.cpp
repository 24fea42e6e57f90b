#include "views/buffer/offset_scale.h"
#include <algorithm>

namespace sockwalk {

OffsetScale::OffsetScale(const std::vector<Stretch>& stretches, double left, double width) {
  double least = 0;
  for (const Stretch& s : stretches) least += s.least;
  const double squeeze = least > width && least > 0 ? width / least : 1; // not even the least fits
  std::vector<double> widths(stretches.size(), -1);
  double room = width, bytes = 0;
  for (const Stretch& s : stretches) bytes += s.to - s.from;
  for (bool again = true; again;) { // whoever falls below its least gets that, the others share the rest
    again = false;
    for (size_t i = 0; i < stretches.size(); ++i) {
      const Stretch& s = stretches[i];
      if (widths[i] >= 0 || s.to <= s.from) continue;
      if (bytes <= 0 || room * (s.to - s.from) / bytes >= s.least * squeeze - 0.01) continue;
      widths[i] = s.least * squeeze;
      room -= widths[i];
      bytes -= s.to - s.from;
      m_inProportion = false;
      again = true;
    }
  }
  double x = left;
  for (size_t i = 0; i < stretches.size(); ++i) {
    const Stretch& s = stretches[i];
    if (m_points.empty()) m_points.push_back({s.from, x});
    if (s.to <= s.from) continue;
    x += widths[i] >= 0 ? widths[i] : bytes > 0 ? room * (s.to - s.from) / bytes : 0;
    m_points.push_back({s.to, x});
  }
}

double OffsetScale::x(double offset) const {
  if (m_points.empty()) return 0;
  if (offset <= m_points.front().first) return m_points.front().second;
  for (size_t i = 1; i < m_points.size(); ++i) {
    const auto& [o1, x1] = m_points[i - 1];
    const auto& [o2, x2] = m_points[i];
    if (offset <= o2) return x1 + (x2 - x1) * (offset - o1) / (o2 - o1);
  }
  return m_points.back().second;
}

double OffsetScale::offset(double x) const {
  if (m_points.empty()) return 0;
  if (x <= m_points.front().second) return m_points.front().first;
  for (size_t i = 1; i < m_points.size(); ++i) {
    const auto& [o1, x1] = m_points[i - 1];
    const auto& [o2, x2] = m_points[i];
    if (x <= x2 && x2 > x1) return o1 + (o2 - o1) * (x - x1) / (x2 - x1);
  }
  return m_points.back().first;
}

} // namespace sockwalk
