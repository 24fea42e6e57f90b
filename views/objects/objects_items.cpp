#include "views/objects/objects_items.h"
#include "engine/journal/reflection.h"

#include "engine/tell/values.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"

#include <QCursor>
#include <QFontMetricsF>
#include <QGraphicsSceneHoverEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sockwalk {

using tell::ObjectCard, tell::ObjectRow;

namespace {

double titleHeight() { return theme().scaled(27); }
double rowHeight() { return theme().scaled(18); }
constexpr double stripe = 5, pad = 10;
QFont rowFont(bool bold) { return theme().mono(11, bold ? QFont::Bold : QFont::Normal); }
QFont titleFont() { return theme().mono(12, QFont::Bold); }

// Enough to tell two objects apart; the whole address is in the tool tip.
QString shortAddress(u64 address) { return QStringLiteral("…%1").arg(address & 0xffffff, 6, 16, QLatin1Char('0')); }

double labelWidth(const ObjectCard& card) {
  const QFontMetricsF metrics(rowFont(false));
  double width = 0;
  for (const ObjectRow& row : card.rows) width = std::max(width, metrics.horizontalAdvance(shown(row.label)));
  return width + 12;
}

} // namespace

ObjectItem::ObjectItem(const ObjectCard& card) {
  setAcceptHoverEvents(true);
  setCursor(Qt::PointingHandCursor);
  setZValue(10);
  setCard(card);
}

QSizeF ObjectItem::sizeFor(const ObjectCard& card) {
  const QFontMetricsF row(rowFont(true)), title(titleFont()), small(theme().mono(10));
  double value = theme().scaled(60);
  for (const ObjectRow& r : card.rows)
    value = std::max(value, row.horizontalAdvance(shown(r.value)) + (r.table ? 12 : 0));
  const double rows = labelWidth(card) + std::min(value, theme().scaled(170));
  const double head =
      title.horizontalAdvance(text(card.title)) + small.horizontalAdvance(shortAddress(card.address)) + 14;
  // In steps of 24: a value that grows by a digit moves nothing.
  const double width = std::ceil((std::max(rows, head) + 2 * pad + stripe) / 24) * 24;
  return {width, std::ceil(titleHeight() + static_cast<double>(card.rows.size()) * rowHeight() + 6)};
}

double ObjectItem::rowMiddle(int row) { return titleHeight() + (row + 0.5) * rowHeight(); }

void ObjectItem::setCard(const ObjectCard& card) {
  prepareGeometryChange();
  m_card = card;
  m_size = sizeFor(card).expandedTo({m_leastWidth, 0});
  m_labelWidth = labelWidth(card);
  m_labels.clear();
  m_values.clear();
  for (const ObjectRow& row : card.rows) {
    m_labels.push_back(shown(row.label));
    m_values.push_back(shown(row.value));
  }
  update();
}

void ObjectItem::setLeastWidth(double width) {
  if (m_leastWidth == width) return;
  prepareGeometryChange();
  m_leastWidth = width;
  m_size = sizeFor(m_card).expandedTo({m_leastWidth, 0});
  update();
}

void ObjectItem::setSelectedCard(bool selected) {
  m_selected = selected;
  update();
}

void ObjectItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  const LayerColors& colors = theme().layer(m_card.layer);
  const QRectF rect(QPointF(), m_size);
  painter->setRenderHint(QPainter::Antialiasing);
  QPainterPath outline;
  outline.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  painter->fillPath(outline, theme().color(Role::Card));
  painter->save();
  painter->setClipPath(outline);
  painter->fillRect(QRectF(0, 0, m_size.width(), titleHeight()), colors.band);
  painter->fillRect(QRectF(0, 0, stripe, m_size.height()), colors.fill);
  painter->restore();
  const bool lit = m_card.focused || m_card.born;
  const QColor border = m_card.focused ? theme().color(Role::Accent)
                        : m_card.born  ? theme().color(Role::Changed)
                                       : theme().color(Role::Hairline);
  painter->setBrush(Qt::NoBrush);
  painter->setPen(QPen(border, lit ? 2 : 1));
  painter->drawPath(outline);
  if (m_selected) {
    painter->setPen(QPen(theme().color(Role::Focus), 2));
    painter->drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 8, 8);
  }
  const QRectF head(stripe + pad, 0, m_size.width() - stripe - 2 * pad, titleHeight());
  painter->setFont(titleFont());
  painter->setPen(theme().color(Role::Title));
  painter->drawText(head, Qt::AlignLeft | Qt::AlignVCenter, text(m_card.title));
  painter->setFont(theme().mono(10));
  painter->setPen(theme().color(m_card.born ? Role::Changed : Role::Muted));
  painter->drawText(head, Qt::AlignRight | Qt::AlignVCenter,
                    m_card.born ? QObject::tr("new") : shortAddress(m_card.address));
  double y = titleHeight();
  for (std::size_t row = 0; row < m_card.rows.size(); ++row) {
    paintRow(*painter, row, y);
    y += rowHeight();
  }
}

void ObjectItem::paintRow(QPainter& painter, std::size_t index, double y) const {
  const ObjectRow& row = m_card.rows[index];
  const QRectF line(stripe + 4, y + 1, m_size.width() - stripe - 8, rowHeight() - 2);
  // A new object is new as a whole: its rows need no marks of their own.
  const bool marked = row.changed && !m_card.born;
  if (marked) {
    painter.setPen(QPen(theme().color(Role::ChangedLine), 1));
    painter.setBrush(theme().color(Role::ChangedFill));
    painter.drawRoundedRect(line, 3, 3);
  }
  painter.setFont(rowFont(false));
  painter.setPen(theme().color(marked ? Role::Text : Role::Muted));
  const double x = stripe + pad;
  painter.drawText(QRectF(x, y, m_labelWidth, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter, m_labels[index]);
  const QFont font = rowFont(marked);
  painter.setFont(font);
  QRectF value(x + m_labelWidth, y, m_size.width() - x - m_labelWidth - pad + 4, rowHeight());
  const QFontMetricsF metrics(font);
  const QString words = metrics.elidedText(m_values[index], Qt::ElideRight, value.width() - (row.table ? 10 : 0));
  if (row.table) { // a small tag: a table of the kernel image, shared by all objects of its kind
    const LayerColors& colors = theme().layer(m_card.layer);
    const QRectF tag(value.left() - 2, y + 1.5, metrics.horizontalAdvance(words) + 11, rowHeight() - 3);
    painter.setPen(QPen(colors.line, 1));
    painter.setBrush(colors.band);
    painter.drawRoundedRect(tag, tag.height() / 2, tag.height() / 2);
    value.adjust(3.5, 0, 0, 0);
  }
  const bool nothing = m_values[index] == "NULL" || m_values[index] == "0";
  painter.setPen(marked ? theme().color(Role::Changed) : theme().color(nothing ? Role::Muted : Role::Text));
  painter.drawText(value, Qt::AlignLeft | Qt::AlignVCenter, words);
}

void ObjectItem::hoverMoveEvent(QGraphicsSceneHoverEvent* event) {
  const int row = static_cast<int>(std::floor((event->pos().y() - titleHeight()) / rowHeight()));
  const QString title = text(m_card.title);
  if (row < 0 || row >= static_cast<int>(m_card.rows.size())) {
    setToolTip(QStringLiteral("%1\n%2").arg(title, text(addressText(m_card.address))));
    return;
  }
  const ObjectRow& r = m_card.rows[static_cast<std::size_t>(row)];
  QString tip = QStringLiteral("%1.%2 = %3").arg(title, text(r.path), m_values[static_cast<std::size_t>(row)]);
  if (r.target) tip += "\n" + text(addressText(r.target));
  setToolTip(tip);
}

// ---- the frame of an allocation

static QFont subtractionFont() { return theme().mono(10); }

HolderItem::HolderItem(const QRectF& rect, const tell::ObjectHolder& holder)
    : m_rect(rect), m_title(text(holder.title)), m_subtraction(shown(holder.subtraction)) {
  setAcceptedMouseButtons(Qt::NoButton);
  setZValue(0.5);
  setToolTip(words());
}

double HolderItem::above() { return theme().scaled(20); }
double HolderItem::below() { return theme().scaled(20); }
double HolderItem::leastWidth(const tell::ObjectHolder& holder) {
  return QFontMetricsF(subtractionFont()).horizontalAdvance(shown(holder.subtraction)) + 2;
}

void HolderItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(theme().color(Role::Muted), 1, Qt::DashLine));
  painter->setBrush(theme().color(Role::Raised));
  painter->drawRoundedRect(m_rect.adjusted(-Margin, 0, Margin, 0), 6, 6);
  painter->setPen(theme().color(Role::Muted));
  painter->setFont(theme().mono(11, QFont::Bold));
  painter->drawText(QRectF(m_rect.left(), m_rect.top(), m_rect.width(), above()), Qt::AlignLeft | Qt::AlignVCenter,
                    m_title);
  painter->setFont(subtractionFont());
  painter->drawText(QRectF(m_rect.left(), m_rect.bottom() - below(), m_rect.width() + Margin, below()),
                    Qt::AlignLeft | Qt::AlignVCenter, m_subtraction);
}

PointerItem::PointerItem(QPolygonF points, const QString& text, bool back, bool changed)
    : m_points(std::move(points)), m_path(bezierPath(m_points)), m_back(back), m_changed(changed) {
  QPainterPathStroker stroker;
  stroker.setWidth(9);
  m_shape = stroker.createStroke(m_path);
  m_bounds = m_path.boundingRect().adjusted(-9, -9, 9, 9);
  setToolTip(text);
  setAcceptHoverEvents(true);
  setAcceptedMouseButtons(Qt::NoButton);
  setZValue(changed ? 4 : back ? 1 : 2);
}

void PointerItem::hoverEnterEvent(QGraphicsSceneHoverEvent*) {
  m_hovered = true;
  update();
}
void PointerItem::hoverLeaveEvent(QGraphicsSceneHoverEvent*) {
  m_hovered = false;
  update();
}

void PointerItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  if (m_points.size() < 4) return;
  const bool strong = m_hovered || m_changed;
  QColor color = theme().color(m_hovered ? Role::Accent : m_changed ? Role::Changed : Role::PathEdge);
  if (m_back && !strong && theme().shade() != Shade::Contrast)
    color.setAlphaF(0.42F); // the way back is there, but does not lead the eye
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setBrush(Qt::NoBrush);
  painter->setPen(QPen(color, strong ? 2.2 : m_back ? 1.1 : 1.5));
  painter->drawPath(m_path);
  painter->setPen(Qt::NoPen);
  painter->setBrush(color);
  painter->drawEllipse(m_points.first(), 2.6, 2.6); // it starts in a member
  const QPointF tip = m_points.last(), before = m_points[m_points.size() - 2];
  const QLineF along(before, tip);
  const double angle = along.length() < 0.01 ? 0 : std::atan2(along.dy(), along.dx());
  const double head = strong ? 8 : 6.5;
  const auto corner = [&](double turn) { return tip - head * QPointF(std::cos(angle + turn), std::sin(angle + turn)); };
  painter->drawPolygon(QPolygonF({tip, corner(0.42), corner(-0.42)}));
}

} // namespace sockwalk
