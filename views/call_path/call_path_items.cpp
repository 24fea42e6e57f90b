#include "views/call_path/call_path_items.h"

#include "engine/tell/lessons/covers.h"
#include "views/theme/theme.h"

#include <QCursor>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

namespace sockwalk {

namespace {
// Later ones are drawn over earlier ones: what has not happened lies lowest.
double heightOf(Tense tense) {
  switch (tense) {
  case Tense::Future: return 0;
  case Tense::Past: return 1;
  case Tense::Active: return 2;
  case Tense::Running: return 3;
  }
  return 0;
}
} // namespace

PillItem::PillItem(int node, const QRectF& rect, Layer layer, QString name, QString times, bool simplified)
    : m_node(node), m_rect(rect), m_layer(layer), m_name(std::move(name)), m_times(std::move(times)),
      m_simplified(simplified) {
  setZValue(10);
  setCursor(Qt::PointingHandCursor);
}

static QFont tagFont() { return theme().mono(9.5, QFont::Bold); }
static double tagWidth(const QString& text) { return QFontMetricsF(tagFont()).horizontalAdvance(text) + 8; }

QSizeF PillItem::sizeFor(const QString& name, const QString& times) {
  QSizeF size = pillSize(name);
  if (!times.isEmpty()) size.rwidth() += std::ceil(tagWidth(times) - theme().scaled(4));
  return size;
}

QRectF PillItem::timesRect() const {
  if (m_times.isEmpty()) return {};
  const double width = tagWidth(m_times), height = theme().scaled(15);
  return {m_rect.right() - width - theme().scaled(8), m_rect.center().y() - height / 2, width, height};
}

QRectF PillItem::foldRect() const {
  if (!m_folded) return {};
  const double width = tagWidth(QStringLiteral("+%1").arg(m_folded)), height = theme().scaled(13);
  return {m_rect.right() - width * 0.7, m_rect.bottom() - height * 0.35, width, height};
}

PillItem::Part PillItem::partAt(const QPointF& at) const {
  if (foldRect().adjusted(-1, -1, 1, 1).contains(at)) return Part::Fold;
  if (timesRect().contains(at)) return Part::Times;
  return m_rect.contains(at) ? Part::Name : Part::None;
}

void PillItem::setTense(Tense tense) {
  if (m_tense == tense) return;
  m_tense = tense;
  setZValue(10 + heightOf(tense));
  update();
}

void PillItem::setCovered(bool covered) {
  if (m_covered == covered) return;
  m_covered = covered;
  if (covered) m_tip = toolTip();
  setToolTip(covered ? QString() : m_tip);
  update();
}

void PillItem::setFolded(int functions) {
  m_folded = functions;
  update();
}

void PillItem::setSelectedPill(bool selected) {
  m_selected = selected;
  update();
}

// What can be pressed for itself: how often, how many more.
void PillItem::paintTag(QPainter& painter, const QRectF& tag, const QString& text) const {
  const LayerColors& colors = theme().layer(m_layer);
  painter.setPen(QPen(m_tense == Tense::Future ? colors.faintLine : colors.line, 1));
  painter.setBrush(colors.band);
  painter.drawRoundedRect(tag, tag.height() / 2, tag.height() / 2);
  painter.setFont(tagFont());
  painter.setPen(colors.text);
  painter.drawText(tag, Qt::AlignCenter, text);
}

void PillItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  drawPill(*painter, m_rect, m_layer, m_tense, {});
  const QRectF times = timesRect();
  const double right = times.isEmpty() ? m_rect.right() : times.left() + theme().scaled(6);
  drawPillName(*painter, QRectF(m_rect.topLeft(), QPointF(right, m_rect.bottom())), m_layer, m_tense,
               m_covered ? QString(tell::Covers::Hatch) : m_name);
  painter->setRenderHint(QPainter::Antialiasing);
  if (m_selected) {
    painter->setPen(QPen(theme().color(Role::Focus), 2));
    painter->setBrush(Qt::NoBrush);
    const QRectF ring = m_rect.adjusted(-3, -3, 3, 3);
    painter->drawRoundedRect(ring, ring.height() / 2, ring.height() / 2);
  }
  if (!times.isEmpty()) paintTag(*painter, times, m_times);
  if (m_folded) paintTag(*painter, foldRect(), QStringLiteral("+%1").arg(m_folded));
  if (!m_simplified) return;
  // A small "≈" on the corner: this function leaves something out.
  const double size = theme().scaled(13);
  const QRectF mark(m_rect.right() - size * 0.75, m_rect.top() - size * 0.4, size, size);
  painter->setPen(QPen(theme().color(Role::Hairline), 1));
  painter->setBrush(theme().color(Role::Card));
  painter->drawEllipse(mark);
  painter->setPen(theme().color(m_tense == Tense::Future ? Role::Muted : Role::Text));
  painter->setFont(theme().sans(10, QFont::Bold));
  painter->drawText(mark.adjusted(-2, -2, 2, 1), Qt::AlignCenter, QStringLiteral("≈"));
}

CallEdgeItem::CallEdgeItem(QPolygonF points) : m_points(std::move(points)) {
  m_bounds = m_points.boundingRect().adjusted(-10, -10, 10, 10);
  setZValue(1);
  setAcceptedMouseButtons(Qt::NoButton);
}

void CallEdgeItem::setTense(Tense tense) {
  if (m_tense == tense) return;
  m_tense = tense;
  setZValue(1 + heightOf(tense));
  update();
}

void CallEdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  drawEdge(*painter, m_points, m_tense);
}

JumpItem::JumpItem(int to, const QRectF& rect, Layer layer, QString name)
    : m_to(to), m_rect(rect), m_layer(layer), m_name(std::move(name)) {
  setZValue(10);
  setCursor(Qt::PointingHandCursor);
}

QString JumpItem::words(const QString& name, const QString& times) {
  return QStringLiteral("→ ") + name + (times.isEmpty() ? QString() : QStringLiteral(" ") + times);
}

QSizeF JumpItem::sizeFor(const QString& name, const QString& times) {
  const QFontMetricsF metrics(theme().mono(11));
  return {std::ceil(metrics.horizontalAdvance(words(name, times))) + 14, std::ceil(theme().scaled(20))};
}

void JumpItem::setTense(Tense tense) {
  if (m_tense == tense) return;
  m_tense = tense;
  update();
}

void JumpItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  const LayerColors& colors = theme().layer(m_layer);
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(m_tense == Tense::Future ? colors.faintLine : colors.line, 1, Qt::DashLine));
  painter->setBrush(theme().color(Role::Card));
  painter->drawRoundedRect(m_rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
  painter->setFont(theme().mono(11));
  painter->setPen(m_tense == Tense::Future ? theme().color(Role::Muted) : colors.text);
  painter->drawText(m_rect, Qt::AlignCenter, m_name);
}

TokenItem::TokenItem() {
  setZValue(30);
  setAcceptedMouseButtons(Qt::NoButton);
}

void TokenItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(theme().color(Role::Card), 1.6));
  painter->setBrush(theme().color(Role::Accent));
  painter->drawEllipse(QPointF(0, 0), radius, radius);
}

} // namespace sockwalk
