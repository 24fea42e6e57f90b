#include "views/buffer/strip_scale.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QFontMetricsF>

namespace sockwalk {

OffsetScale stripScale(u32 from, u32 to, const std::vector<tell::BufferBand>& bands, double left, double width) {
  std::vector<OffsetScale::Stretch> stretches;
  const QFontMetricsF bold(theme().sans(12, QFont::Bold));
  u32 at = from;
  for (const tell::BufferBand& b : bands) {
    if (b.from > at) stretches.push_back({at, b.from, theme().scaled(20)});
    stretches.push_back({b.from, b.to, std::max(bold.horizontalAdvance(shown(b.name)) + 14, theme().scaled(58))});
    at = b.to;
  }
  if (to > at) stretches.push_back({at, to, theme().scaled(bands.empty() ? 20 : 64)});
  return OffsetScale(stretches, left, width);
}

} // namespace sockwalk
