#include "views/theme/paint.h"

#include "views/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace sockwalk {
namespace {

QFont pillFont(Tense tense) { return theme().mono(12, tense == Tense::Running ? QFont::Bold : QFont::Normal); }

struct EdgeLook {
  QColor color;
  double width;
  double head;
};

EdgeLook edgeLook(Tense tense) {
  switch (tense) {
  case Tense::Running:
  case Tense::Active: return {theme().color(Role::Accent), 2.4, 8.5};
  case Tense::Past: return {theme().color(Role::PathEdge), 1.6, 7};
  case Tense::Future: break;
  }
  return {theme().color(Role::FutureEdge), 1.3, 6.5};
}

// The line stops inside the head, so that its blunt end does not show at the tip.
QPolygonF shortened(QPolygonF points, double by) {
  const qsizetype last = points.size() - 1;
  const QLineF tangent(points[last - 1], points[last]);
  if (tangent.length() < 0.01) return points;
  const QPointF back = (tangent.p2() - tangent.p1()) * (by / tangent.length());
  points[last] -= back;
  points[last - 1] -= back;
  return points;
}

} // namespace

QSizeF pillSize(const QString& name) {
  // Measured bold, so that a pill keeps its size while its function runs.
  const QFontMetricsF metrics(pillFont(Tense::Running));
  return {std::ceil(metrics.horizontalAdvance(name)) + theme().scaled(24), std::ceil(theme().scaled(26))};
}

void drawPill(QPainter& painter, const QRectF& rect, Layer layer, Tense tense, const QString& name) {
  const LayerColors& colors = theme().layer(layer);
  const bool running = tense == Tense::Running;
  const double pen = running || tense == Tense::Active ? 2 : tense == Tense::Past ? 1.4 : 1;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(running ? colors.fill : theme().color(Role::Card));
  painter.setPen(QPen(tense == Tense::Future ? colors.faintLine : colors.line, pen));
  const QRectF inner = rect.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2);
  const double radius = std::min(inner.height() / 2, theme().scaled(13));
  painter.drawRoundedRect(inner, radius, radius);
  painter.restore();
  const double round = theme().scaled(6);
  drawPillName(painter, rect.adjusted(round, 0, -round, 0), layer, tense, name);
}

void drawPillName(QPainter& painter, const QRectF& rect, Layer layer, Tense tense, const QString& name) {
  painter.save();
  painter.setFont(pillFont(tense));
  const QColor plain = theme().color(tense == Tense::Future ? Role::Muted : Role::Text);
  painter.setPen(tense == Tense::Running ? theme().layer(layer).textOnFill : plain);
  // In a pill that had to be narrower than its name.
  painter.drawText(rect, Qt::AlignCenter, QFontMetricsF(painter.font()).elidedText(name, Qt::ElideRight, rect.width()));
  painter.restore();
}

void drawBand(QPainter& painter, const QRectF& rect, Layer layer, const QString& name) {
  const LayerColors& colors = theme().layer(layer);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colors.band);
  painter.drawRoundedRect(rect, 4, 4);
  painter.setFont(theme().sans(11, QFont::Bold));
  painter.setPen(colors.text);
  painter.drawText(rect.adjusted(8, 5, -8, -4), Qt::AlignLeft | Qt::AlignTop, name);
  painter.restore();
}

QPainterPath bezierPath(const QPolygonF& points) {
  QPainterPath path;
  if (points.size() < 4) return path;
  path.moveTo(points[0]);
  for (qsizetype i = 1; i + 2 < points.size(); i += 3) path.cubicTo(points[i], points[i + 1], points[i + 2]);
  return path;
}

void drawEdge(QPainter& painter, const QPolygonF& points, Tense tense) {
  if (points.size() < 4) return;
  const EdgeLook look = edgeLook(tense);
  const QPointF tip = points.last();
  QLineF tangent(points[points.size() - 2], tip);
  if (tangent.length() < 0.01) tangent = QLineF(points.first(), tip);
  const double angle = std::atan2(tangent.dy(), tangent.dx());
  const auto corner = [&](double turn) {
    return tip - look.head * QPointF(std::cos(angle + turn), std::sin(angle + turn));
  };
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  QPen pen(look.color, look.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
  if (tense == Tense::Future) pen.setDashPattern({3, 3});
  painter.strokePath(bezierPath(shortened(points, look.head * 0.7)), pen);
  painter.setPen(Qt::NoPen);
  painter.setBrush(look.color);
  painter.drawPolygon(QPolygonF({tip, corner(0.42), corner(-0.42)}));
  painter.restore();
}

} // namespace sockwalk
