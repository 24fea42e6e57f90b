#include "views/call_path/call_path_items.h"

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

PillItem::PillItem(int node, const QRectF& rect, Layer layer, QString name, bool simplified)
    : m_node(node), m_rect(rect), m_layer(layer), m_name(std::move(name)), m_simplified(simplified) {
  setZValue(10);
  setCursor(Qt::PointingHandCursor);
}

QSizeF PillItem::sizeFor(const QString& name) { return pillSize(name); }

void PillItem::setTense(Tense tense) {
  if (m_tense == tense) return;
  m_tense = tense;
  setZValue(10 + heightOf(tense));
  update();
}

void PillItem::setRect(const QRectF& rect) {
  prepareGeometryChange();
  m_rect = rect;
}

void PillItem::setFolded(int functions) {
  m_folded = functions;
  update();
}

void PillItem::setSelectedPill(bool selected) {
  m_selected = selected;
  update();
}

void PillItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  drawPill(*painter, m_rect, m_layer, m_tense, m_name);
  painter->setRenderHint(QPainter::Antialiasing);
  if (m_selected) {
    painter->setPen(QPen(theme().color(Role::Accent), 1.5, Qt::DotLine));
    painter->setBrush(Qt::NoBrush);
    const QRectF ring = m_rect.adjusted(-3, -3, 3, 3);
    painter->drawRoundedRect(ring, ring.height() / 2, ring.height() / 2);
  }
  if (m_folded) {
    const QString text = QStringLiteral("+%1").arg(m_folded);
    const QFont font = theme().mono(9.5, QFont::Bold);
    const double width = QFontMetricsF(font).horizontalAdvance(text) + 8, height = theme().scaled(13);
    const QRectF tag(m_rect.right() - width * 0.7, m_rect.bottom() - height * 0.55, width, height);
    const LayerColors& colors = theme().layer(m_layer);
    painter->setPen(QPen(m_tense == Tense::Future ? colors.faintLine : colors.line, 1));
    painter->setBrush(colors.band);
    painter->drawRoundedRect(tag, height / 2, height / 2);
    painter->setFont(font);
    painter->setPen(colors.text);
    painter->drawText(tag, Qt::AlignCenter, text);
  }
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

TokenItem::TokenItem() {
  setZValue(30);
  setAcceptedMouseButtons(Qt::NoButton);
}

void TokenItem::setLayer(Layer layer) {
  m_layer = layer;
  update();
}

void TokenItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(theme().color(Role::Card), 2));
  painter->setBrush(theme().color(Role::Accent));
  painter->drawEllipse(QPointF(0, 0), 6.5, 6.5);
}

} // namespace sockwalk
