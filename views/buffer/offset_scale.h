// Where an offset of the buffer stands on the magnified strip. In proportion as far as that can be read: a
// stretch too narrow for its name is widened and the long ones give way, so a 14-byte header beside 1,400
// bytes keeps its words.
#pragma once
#include "engine/base/types.h"
#include <vector>

namespace sockwalk {

class OffsetScale {
public:
  struct Stretch {
    u32 from, to;
    double least; // px
  };
  OffsetScale() = default;
  // Neighbouring stretches in order, without gaps.
  OffsetScale(const std::vector<Stretch>& stretches, double left, double width);
  double x(double offset) const; // px; clamped to the ends
  double offset(double x) const;
  bool inProportion() const { return m_inProportion; }

private:
  std::vector<std::pair<double, double>> m_points; // offset, px
  bool m_inProportion = true;
};

} // namespace sockwalk
