// Last step of a layout: edges as smooth curves that run straight along past the rows and bend between them.
#pragma once

#include <QPolygonF>
#include <QRectF>

#include <vector>

namespace sockwalk {

// A place through which an edge passes a row: straight from one end to the other.
struct Passage {
  double x = 0;
  double top = 0;
  double bottom = 0;
};

// From `start` (on the lower border of a node, or the upper one for an edge that goes up) through the passages
// to `end`. rowEdgeStart / rowEdgeEnd: the borders of the rows of start and end that face each other; between
// node and row border the edge runs straight, clear of higher neighbours.
QPolygonF routeAlong(QPointF start, double rowEdgeStart, const std::vector<Passage>& passages, double rowEdgeEnd,
                     QPointF end);

// Out of the right side of a node and back into it.
QPolygonF routeLoop(const QRectF& node, double reach);

// Between two points on the lower borders of nodes in one row, `depth` below them.
QPolygonF routeBelow(QPointF start, QPointF end, double depth);

// The point at t = 0.5 of the middle-most curve: where a label goes.
QPointF routeMiddle(const QPolygonF& points);

} // namespace sockwalk
