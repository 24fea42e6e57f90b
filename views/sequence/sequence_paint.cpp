// How the sequence is painted.
#include "views/sequence/sequence_canvas.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <cmath>
#include <QPainter>

namespace sockwalk {

using tell::SequenceMessage;

static QString elided(const QFont& font, const QString& words, double width) {
  return QFontMetricsF(font).elidedText(words, Qt::ElideRight, width);
}

void SequenceCanvas::paint(QPainter& p) {
  if (m_sequence.columns.empty()) return;
  const auto [first, last] = seenItems();
  p.save();
  p.setClipRect(QRectF(0, headHeight(), room().width(), room().height()));
  if (m_now >= first && m_now < last) p.fillRect(rowRect(m_now), theme().color(Role::AccentTint));
  p.setPen(QPen(theme().color(Role::Hairline), 1.2));
  for (int c = 0; c < static_cast<int>(m_sequence.columns.size()); ++c)
    p.drawLine(QPointF(columnX(c), headHeight()), QPointF(columnX(c), room().height()));
  for (int m = 0; m < last; ++m)
    if (m >= first || m_untilRow[size_t(m)] >= first) paintActive(p, m);
  for (int m = first; m < last; ++m) paintMessage(p, m);
  p.restore();
  paintHeads(p);
}

void SequenceCanvas::paintHeads(QPainter& p) const {
  p.fillRect(QRectF(0, 0, room().width(), headHeight()), theme().color(Role::Card));
  for (int c = 0; c < static_cast<int>(m_sequence.columns.size()); ++c) {
    const tell::SequenceColumn& column = m_sequence.columns[size_t(c)];
    const LayerColors& colours = theme().layer(tell::layerOf(column.lane));
    const QRectF box = headRect(c);
    p.setPen(QPen(colours.line, 1.3));
    p.setBrush(colours.band);
    p.drawRoundedRect(box, 6, 6);
    const bool two = !column.host.empty();
    const QRectF upper = two ? QRectF(box.left(), box.top(), box.width(), box.height() / 2) : box;
    p.setFont(theme().sans(11.5, QFont::DemiBold));
    p.setPen(theme().color(Role::Title));
    const QString name = shown(tell::laneName(column.lane));
    p.drawText(two ? upper.translated(0, upper.height()) : upper, Qt::AlignCenter,
               elided(p.font(), name, box.width() - 6));
    if (!two) continue;
    p.setFont(theme().mono(10.5));
    p.setPen(colours.text);
    p.drawText(upper, Qt::AlignCenter, elided(p.font(), text(column.host), box.width() - 6));
  }
}

// From the call to its return the column is awake.
void SequenceCanvas::paintActive(QPainter& p, int message) const {
  const SequenceMessage& m = m_sequence.messages[size_t(message)];
  if (m.kind != SequenceMessage::Call) return;
  const LayerColors& colours = theme().layer(tell::layerOf(m_sequence.columns[size_t(m.to)].lane));
  const double wide = theme().scaled(7), x = columnX(m.to) - wide / 2 + (m.depth % 3) * 1.5;
  const double top = y(message), bottom = std::max(y(m_untilRow[size_t(message)]), top + rowHeight() * 0.35);
  const bool ahead = m.event >= m_position, running = !ahead && (m.until == NoEvent || m.until >= m_position);
  p.setPen(QPen(ahead ? colours.faintLine : colours.line, 1));
  p.setBrush(running ? colours.fill : ahead ? theme().color(Role::Card) : colours.band);
  p.drawRect(QRectF(x, top, wide, bottom - top));
}

void SequenceCanvas::paintHeading(QPainter& p, int message) const {
  const SequenceMessage& m = m_sequence.messages[size_t(message)];
  const QRectF row(4, y(message) - rowHeight() * 0.5, room().width() - 8, rowHeight() * 0.85);
  p.setPen(Qt::NoPen);
  p.setBrush(theme().color(Role::Raised));
  p.drawRoundedRect(row, 4, 4);
  p.setFont(theme().mono(11.5, QFont::DemiBold));
  p.setPen(theme().color(m.event < m_position ? Role::Title : Role::Muted));
  p.drawText(row.adjusted(8, 0, -8, 0), Qt::AlignLeft | Qt::AlignVCenter,
             elided(p.font(), shown(m.words), row.width() - 16));
}

static void paintHead(QPainter& p, const QLineF& line, double size, bool open) {
  const QLineF unit = line.unitVector();
  const QPointF along(unit.dx() * size, unit.dy() * size), across(-unit.dy() * size * 0.45, unit.dx() * size * 0.45);
  const QPolygonF head({line.p2() - along + across, line.p2(), line.p2() - along - across});
  if (open) p.drawPolyline(head);
  else p.drawPolygon(head);
}

void SequenceCanvas::paintMessage(QPainter& p, int message) const {
  const SequenceMessage& m = m_sequence.messages[size_t(message)];
  if (m.kind == SequenceMessage::Heading) return paintHeading(p, message);
  const bool ahead = m.event >= m_position, back = m.kind == SequenceMessage::Return;
  const tell::SequenceLane lane = m_sequence.columns[size_t(back ? m.from : m.to)].lane;
  const QColor colour = ahead  ? theme().color(Role::Muted)
                        : back ? theme().color(Role::PathEdge)
                               : theme().layer(tell::layerOf(lane)).text;
  const double side = m.to > m.from ? 4 : -4;
  const QLineF line(columnX(m.from) + side, y(message), columnX(m.to) - side, y(message));
  p.setPen(QPen(colour, message == m_now ? 2.2 : 1.4, back || ahead ? Qt::DashLine : Qt::SolidLine));
  p.setBrush(Qt::NoBrush);
  p.drawLine(line);
  p.setPen(QPen(colour, 1.4));
  p.setBrush(colour);
  paintHead(p, line, theme().scaled(8), back);
  const QRectF where = wordsRect(m, message);
  const QString words = shown(m.words) + (m.count > 1 ? QString(" ×%1").arg(m.count) : QString());
  if (words.isEmpty()) return;
  p.save();
  p.setPen(Qt::NoPen);
  p.setOpacity(0.85);
  p.setBrush(theme().color(message == m_now ? Role::AccentTint : Role::Card));
  p.drawRect(where);
  p.restore();
  p.setFont(theme().mono(11, message == m_now ? QFont::Bold : QFont::Normal));
  p.setPen(colour);
  p.drawText(where, Qt::AlignCenter, elided(p.font(), words, where.width()));
}

} // namespace sockwalk
