// The few shapes that several stages share, so that a function looks the same wherever it is drawn.
// All take scene coordinates in px and paint with the current theme.
#pragma once

#include "engine/base/layer.h"
#include "engine/base/tense.h"

#include <QRectF>
#include <QString>

class QPainter;
class QPainterPath;
class QPolygonF;

namespace sockwalk {

// By tense (base/tense.h) a thing is drawn filled (Running), with a strong line (Active), a thin one (Past), faint (Future).

// Width and height of the pill that fits this name.
QSizeF pillSize(const QString& name);
void drawPill(QPainter& painter, const QRectF& rect, Layer layer, Tense tense, const QString& name);
// The name alone, in a part of the pill.
void drawPillName(QPainter& painter, const QRectF& rect, Layer layer, Tense tense, const QString& name);

// The tinted background of a layer, its name in the top left corner.
void drawBand(QPainter& painter, const QRectF& rect, Layer layer, const QString& name);

// Cubic Bezier control points (p0 c1 c2 p1 c1 c2 p2 ...) as a path; empty if there are fewer than four.
QPainterPath bezierPath(const QPolygonF& points);

// An edge with its arrow head at the end. Active edges are heavy and in the accent, future ones dashed.
void drawEdge(QPainter& painter, const QPolygonF& points, Tense tense);

} // namespace sockwalk
