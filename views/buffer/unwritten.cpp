#include "views/buffer/unwritten.h"
#include "views/theme/theme.h"

namespace sockwalk {

static void hatch(QPainter& p, const QRectF& place, const QColor& line, Qt::BrushStyle style) {
  p.fillRect(place, theme().color(Role::Card));
  p.fillRect(place, QBrush(mix(line, theme().color(Role::Card), 0.35), style));
}

void paintUnwritten(QPainter& p, const QRectF& place) { hatch(p, place, theme().color(Role::Muted), Qt::BDiagPattern); }
void paintForeign(QPainter& p, const QRectF& place) {
  hatch(p, place, theme().color(Role::Danger), Qt::DiagCrossPattern);
}

} // namespace sockwalk
