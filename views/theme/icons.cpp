#include "views/theme/icons.h"

#include "views/theme/theme.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <cmath>

namespace sockwalk {
namespace {

// A drawing on a 16 by 16 grid: what is filled and what is stroked.
struct Drawing {
  QPainterPath fill;
  QPainterPath stroke;
};

// A triangle with its base at x and its point `width` further on (to the left if negative).
void triangle(QPainterPath& path, double x, double width, double half = 4.5, double y = 8) {
  path.moveTo(x, y - half);
  path.lineTo(x + width, y);
  path.lineTo(x, y + half);
  path.closeSubpath();
}

void bar(QPainterPath& path, double x, double y = 3.5, double w = 1.6, double h = 9) { path.addRect(x, y, w, h); }

void dot(QPainterPath& path, double x, double y, double r = 1.7) { path.addEllipse(QPointF(x, y), r, r); }

void head(QPainterPath& path, QPointF tip, double angle, double size = 3.6) {
  path.moveTo(tip + size * QPointF(std::cos(angle + 2.5), std::sin(angle + 2.5)));
  path.lineTo(tip);
  path.lineTo(tip + size * QPointF(std::cos(angle - 2.5), std::sin(angle - 2.5)));
}

// An arrow down to a dot: into the callee.
void into(Drawing& d) {
  d.stroke.moveTo(8, 1.8);
  d.stroke.lineTo(8, 9.2);
  head(d.stroke, {8, 9.4}, M_PI / 2);
  dot(d.fill, 8, 13.2);
}

// An arc above a dot: over the callee, at the level of the caller.
void over(Drawing& d) {
  d.stroke.moveTo(2.2, 9);
  d.stroke.cubicTo(3, 2.2, 11.5, 1.6, 13.4, 8.2);
  head(d.stroke, {13.6, 8.6}, 1.25);
  dot(d.fill, 8, 12.6);
}

// An arrow up from a dot: out to the caller.
void out(Drawing& d) {
  d.stroke.moveTo(8, 9.6);
  d.stroke.lineTo(8, 2);
  head(d.stroke, {8, 1.8}, -M_PI / 2);
  dot(d.fill, 8, 13.2);
}

void mirror(Drawing& d) {
  const QTransform flip(-1, 0, 0, 1, 16, 0);
  d.fill = flip.map(d.fill);
  d.stroke = flip.map(d.stroke);
}

// The straight arrows look alike in a mirror; a small triangle that points left says "backward".
void markBackward(Drawing& d) {
  d.fill.translate(2, 0);
  d.stroke.translate(2, 0);
  triangle(d.fill, 4.4, -4, 2.8);
}

void openFolder(QPainterPath& p) {
  p.addPolygon(QPolygonF({{1.8, 13}, {1.8, 3.4}, {6, 3.4}, {7.6, 5.4}, {14.2, 5.4}, {14.2, 13}, {1.8, 13}}));
}

void save(QPainterPath& p) {
  p.addRoundedRect(2.2, 2.2, 11.6, 11.6, 1.4, 1.4);
  p.addRect(5, 8.6, 6, 5.2);
  p.addPolygon(QPolygonF({{5.2, 2.2}, {5.2, 5.4}, {10.4, 5.4}, {10.4, 2.2}}));
}

void corners(QPainterPath& p) {
  p.addPolygon(QPolygonF({{2.2, 5.6}, {2.2, 2.2}, {5.6, 2.2}}));
  p.addPolygon(QPolygonF({{10.4, 2.2}, {13.8, 2.2}, {13.8, 5.6}}));
  p.addPolygon(QPolygonF({{13.8, 10.4}, {13.8, 13.8}, {10.4, 13.8}}));
  p.addPolygon(QPolygonF({{5.6, 13.8}, {2.2, 13.8}, {2.2, 10.4}}));
}

void sun(Drawing& d) {
  dot(d.fill, 8, 8, 3);
  for (int i = 0; i < 8; ++i) {
    const QPointF ray(std::cos(i * M_PI / 4), std::sin(i * M_PI / 4));
    d.stroke.moveTo(QPointF(8, 8) + 5 * ray);
    d.stroke.lineTo(QPointF(8, 8) + 6.6 * ray);
  }
}

void moon(QPainterPath& p) {
  QPainterPath disc, bite;
  disc.addEllipse(QPointF(8, 8), 5.8, 5.8);
  bite.addEllipse(QPointF(10.8, 6), 5, 5);
  p = disc.subtracted(bite);
}

Drawing drawTransport(Icon icon) {
  Drawing d;
  switch (icon) {
  case Icon::ToStart:
  case Icon::ToEnd:
    triangle(d.fill, 3, 7.4);
    bar(d.fill, 11.2);
    break;
  case Icon::Run:
  case Icon::RunBack: triangle(d.fill, 4.2, 9, 5.2); break;
  case Icon::Pause:
    bar(d.fill, 4.2, 3.2, 2.6, 9.6);
    bar(d.fill, 9.2, 3.2, 2.6, 9.6);
    break;
  case Icon::StepInto:
  case Icon::BackInto: into(d); break;
  case Icon::StepOver:
  case Icon::BackOver: over(d); break;
  case Icon::StepOut:
  case Icon::BackOut: out(d); break;
  default: break;
  }
  if (icon == Icon::ToStart || icon == Icon::RunBack || icon == Icon::BackOver) mirror(d);
  if (icon == Icon::BackInto || icon == Icon::BackOut) markBackward(d);
  return d;
}

Drawing draw(Icon icon) {
  Drawing d;
  switch (icon) {
  case Icon::NextCall:
    triangle(d.fill, 2, 6.6, 4.2);
    d.stroke.addEllipse(QPointF(12, 8), 2.4, 2.4);
    break;
  case Icon::NextWrite:
    triangle(d.fill, 2, 6.6, 4.2);
    d.stroke.moveTo(10, 12.4);
    d.stroke.lineTo(14.2, 4);
    break;
  case Icon::Open: openFolder(d.stroke); break;
  case Icon::Save: save(d.stroke); break;
  case Icon::Search:
    d.stroke.addEllipse(QPointF(7, 7), 4.4, 4.4);
    d.stroke.moveTo(10.2, 10.2);
    d.stroke.lineTo(14, 14);
    break;
  case Icon::Fit: corners(d.stroke); break;
  case Icon::Follow:
    d.stroke.addEllipse(QPointF(8, 8), 5.4, 5.4);
    dot(d.fill, 8, 8, 2.2);
    break;
  case Icon::Split:
    d.stroke.addRoundedRect(1.8, 3, 12.4, 10, 1.4, 1.4);
    d.stroke.moveTo(8, 3);
    d.stroke.lineTo(8, 13);
    break;
  case Icon::Close:
    d.stroke.moveTo(4, 4);
    d.stroke.lineTo(12, 12);
    d.stroke.moveTo(12, 4);
    d.stroke.lineTo(4, 12);
    break;
  case Icon::Sun: sun(d); break;
  case Icon::Moon: moon(d.fill); break;
  default: return drawTransport(icon);
  }
  return d;
}

QColor toneColor(IconTone tone, QIcon::Mode mode) {
  if (mode == QIcon::Disabled) return theme().color(Role::Faint);
  switch (tone) {
  case IconTone::OnAccent: return theme().color(Role::OnAccent);
  case IconTone::Muted: return theme().color(Role::Muted);
  case IconTone::Normal: break;
  }
  return theme().color(Role::Text);
}

class ThemedIconEngine final : public QIconEngine {
public:
  ThemedIconEngine(Icon icon, IconTone tone) : m_icon(icon), m_tone(tone) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    const double side = std::min(rect.width(), rect.height());
    const Drawing drawing = draw(m_icon);
    const QColor color = toneColor(m_tone, mode);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(QRectF(rect).center() - QPointF(side / 2, side / 2));
    painter->scale(side / 16, side / 16);
    painter->fillPath(drawing.fill, color);
    painter->strokePath(drawing.stroke, QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->restore();
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap picture(size);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    return picture;
  }

  QIconEngine* clone() const override { return new ThemedIconEngine(m_icon, m_tone); }
  QString key() const override { return QStringLiteral("sockwalk"); }

private:
  Icon m_icon;
  IconTone m_tone;
};

} // namespace

QIcon makeIcon(Icon icon, IconTone tone) { return QIcon(new ThemedIconEngine(icon, tone)); }

} // namespace sockwalk
