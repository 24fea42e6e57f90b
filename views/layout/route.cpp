#include "views/layout/route.h"

#include <algorithm>
#include <cmath>

namespace sockwalk {
namespace {

// Appends the curve from the last point to `to`: leaves and arrives vertically.
void curveTo(QPolygonF& points, QPointF to) {
  const QPointF from = points.last();
  const double half = (to.y() - from.y()) / 2;
  points << QPointF(from.x(), from.y() + half) << QPointF(to.x(), to.y() - half) << to;
}

// A straight run is joined to the one before it if both stand on the same vertical.
void straightTo(QPolygonF& points, double y) {
  const QPointF from = points.last();
  if (std::abs(from.y() - y) < 0.01) return;
  const qsizetype n = points.size();
  if (n >= 4 && std::abs(points[n - 4].x() - from.x()) < 0.5) {
    points.resize(n - 3);
    curveTo(points, {points.last().x(), y});
    return;
  }
  curveTo(points, {from.x(), y});
}

// Small sideways steps between passages only make an edge restless.
void bendTo(QPolygonF& points, QPointF to) {
  if (std::abs(points.last().x() - to.x()) < 0.5) straightTo(points, to.y());
  else curveTo(points, to);
}

} // namespace

QPolygonF routeAlong(QPointF start, double rowEdgeStart, const std::vector<Passage>& passages, double rowEdgeEnd,
                     QPointF end) {
  const bool down = rowEdgeEnd >= rowEdgeStart;
  QPolygonF points{start};
  straightTo(points, rowEdgeStart);
  for (const Passage& p : passages) {
    bendTo(points, {p.x, down ? p.top : p.bottom});
    straightTo(points, down ? p.bottom : p.top);
  }
  bendTo(points, {end.x(), rowEdgeEnd});
  straightTo(points, end.y());
  // The tip is exact, whatever was joined on the way.
  points.last() = end;
  return points;
}

QPolygonF routeLoop(const QRectF& node, double reach) {
  const double side = node.right(), step = std::min(node.height() / 4, 9.0), y = node.center().y();
  return {{side, y - step}, {side + reach, y - step - 5}, {side + reach, y + step + 5}, {side, y + step}};
}

QPolygonF routeBelow(QPointF start, QPointF end, double depth) {
  return {start, {start.x(), start.y() + depth}, {end.x(), end.y() + depth}, end};
}

QPointF routeMiddle(const QPolygonF& points) {
  if (points.size() < 4) return {};
  const qsizetype curves = (points.size() - 1) / 3, at = (curves / 2) * 3;
  return (points[at] + 3 * points[at + 1] + 3 * points[at + 2] + points[at + 3]) / 8;
}

} // namespace sockwalk
