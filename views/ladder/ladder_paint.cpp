// How the ladder is painted.
#include "engine/tell/values.h"
#include "views/ladder/ladder_canvas.h"
#include "views/theme/theme.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QPainter>

namespace sockwalk {

using tell::LadderRung;

void LadderCanvas::paint(QPainter& p) {
  if (m_ladder.empty()) return;
  p.save();
  p.setClipRect(QRectF(0, headHeight(), room().width(), room().height()));
  const auto [from, to] = seenItems();
  paintNow(p);
  paintLanes(p);
  for (int i = from; i < to; ++i) paintMarked(p, m_ladder.rungs[size_t(i)]);
  for (int i = from; i < to; ++i) paintRung(p, m_ladder.rungs[size_t(i)]);
  for (int i = from; i < to; ++i) paintNumbers(p, m_ladder.rungs[size_t(i)]); // over every arrow
  p.restore();
  paintHeads(p);
}

static QString elided(const QFont& font, const QString& words, double width) {
  return QFontMetricsF(font).elidedText(words, Qt::ElideRight, width);
}

void LadderCanvas::paintHeads(QPainter& p) const {
  p.fillRect(QRectF(0, 0, room().width(), headHeight()), theme().color(Role::Card));
  for (int end : {0, 1}) {
    const tell::LadderEnd& e = m_ladder.ends[end];
    const QRectF box = headRect(end);
    const bool chosen = marked() && socketOf(end) == marked();
    p.setPen(QPen(theme().layer(Layer::Transport).line, chosen ? 2.6 : 1.5));
    p.setBrush(theme().color(chosen ? Role::AccentTint : Role::Card));
    p.drawRoundedRect(box, 6, 6);
    const QString name = e.host.empty() ? text(e.address) : text(e.host) + "  " + text(e.address);
    const QRectF top(box.left() + 6, box.top(), box.width() - 12, box.height() / 2);
    p.setFont(theme().mono(11.5, QFont::Bold));
    p.setPen(theme().color(Role::Title));
    p.drawText(top, Qt::AlignHCenter | Qt::AlignBottom, elided(p.font(), name, top.width()));
    p.setFont(theme().mono(11));
    p.setPen(theme().layer(Layer::Transport).text);
    const QString socket = shown(tell::endAt(m_ladder, end, m_reader.record(), m_position));
    p.drawText(top.translated(0, top.height()), Qt::AlignHCenter | Qt::AlignTop, elided(p.font(), socket, top.width()));
  }
}

void LadderCanvas::paintLanes(QPainter& p) const {
  p.setPen(QPen(theme().color(Role::PathEdge), 1.6));
  for (int end : {0, 1}) p.drawLine(QPointF(laneX(end), headHeight() - 6), QPointF(laneX(end), y(m_ladder.ticks)));
}

// Green answers, blue data, red what is lost: and always a word with it.
QColor LadderCanvas::colourOf(const LadderRung& r) const {
  if (r.event() >= m_position) return theme().color(Role::Muted);
  if (r.lost || r.kind == LadderRung::Rst) return theme().color(Role::Danger);
  if (r.again) return theme().color(Role::Changed);
  if (r.kind == LadderRung::Ack) return theme().layer(Layer::Transport).text;
  return theme().layer(Layer::Socket).text;
}

void LadderCanvas::paintNow(QPainter& p) const {
  if (m_now < 0) return;
  p.setPen(QPen(theme().color(Role::AccentLine), 1));
  p.setBrush(theme().color(Role::AccentTint));
  p.drawRoundedRect(rectOfItem(m_now), 4, 4);
}

// Its buffer is what the person looks at.
void LadderCanvas::paintMarked(QPainter& p, const LadderRung& r) const {
  if (!marked() || bufferOf(r) != marked()) return;
  p.setPen(QPen(theme().color(Role::AccentLine), theme().scaled(6), Qt::SolidLine, Qt::RoundCap));
  p.drawLine(arrowOf(r));
}

void LadderCanvas::paintRung(QPainter& p, const LadderRung& r) const {
  const QColor colour = colourOf(r);
  p.setFont(theme().mono(10.5));
  p.setPen(theme().color(Role::Muted));
  const QRectF clock(theme().scaled(6) - scrolled().x(), y(r.tickLeft) - rowHeight() / 2, theme().scaled(50),
                     rowHeight());
  p.drawText(clock, Qt::AlignLeft | Qt::AlignVCenter,
             QString::number(double(m_walk.journal().timeAt(r.event())) / 1e9, 'f', 3));
  paintSide(p, r, true, colour);
  if (r.kind == LadderRung::Read) return;
  paintArrow(p, r, colour);
  if (isArrivalTold(r)) paintSide(p, r, false, colour);
}

static void paintHead(QPainter& p, const QLineF& line, double size) {
  const QLineF unit = line.unitVector();
  const QPointF along(unit.dx() * size, unit.dy() * size), across(-unit.dy() * size * 0.45, unit.dx() * size * 0.45);
  p.drawPolygon(QPolygonF({line.p2(), line.p2() - along + across, line.p2() - along - across}));
}

QLineF LadderCanvas::arrowOf(const LadderRung& r) const {
  const double y0 = y(r.tickLeft), y1 = std::max(y(r.tickArrived), y0 + rowHeight() * 0.5);
  QLineF line(laneX(r.forward ? 0 : 1), y0, laneX(r.forward ? 1 : 0), y1);
  if (r.lost && r.arrived == NoEvent) line.setP2(line.pointAt(0.72)); // it falls short
  return line;
}

void LadderCanvas::paintArrow(QPainter& p, const LadderRung& r, const QColor& colour) const {
  const QLineF line = arrowOf(r);
  const bool ahead = r.event() >= m_position;
  p.setPen(QPen(colour, 1.6, ahead || r.lost ? Qt::DashLine : Qt::SolidLine));
  p.drawLine(line);
  p.setPen(Qt::NoPen);
  p.setBrush(colour);
  if (isArrivalTold(r) && (!r.lost || r.arrived != NoEvent)) paintHead(p, line, theme().scaled(8));
}

static void putOver(QPainter& p, const QRectF& where, const QString& words) {
  p.save();
  p.setPen(Qt::NoPen);
  p.setBrush(theme().color(Role::Card));
  p.setOpacity(0.86);
  p.drawRect(where.adjusted(0, 2, 0, -2));
  p.restore();
  p.drawText(where, Qt::AlignCenter, elided(p.font(), words, where.width()));
}

void LadderCanvas::paintNumbers(QPainter& p, const LadderRung& r) const {
  if (r.kind == LadderRung::Read) return;
  p.setPen(colourOf(r));
  p.setFont(theme().mono(11));
  putOver(p, labelRect(r), text(r.numbers));
  if (!isArrivalTold(r)) return;
  if (const QString remark = shown(tell::remarkOn(r, m_reader.record())); !remark.isEmpty()) {
    p.setFont(theme().sans(11, QFont::DemiBold));
    if (const QRectF where = remarkRect(r, remark); where.width() > 0) putOver(p, where, remark);
  }
}

// Behind the numbers, or where the arrow falls short; nowhere if there is no room: the tooltip and the table have it.
QRectF LadderCanvas::remarkRect(const LadderRung& r, const QString& remark) const {
  const QRectF label = labelRect(r);
  const QLineF line = arrowOf(r);
  const double wide = QFontMetricsF(theme().sans(11, QFont::DemiBold)).horizontalAdvance(remark) + 4;
  const double gap = theme().scaled(8), far = laneX(r.forward ? 1 : 0);
  const double begin = r.lost && r.arrived == NoEvent ? line.x2() : r.forward ? label.right() : label.left();
  if (wide + 2 * gap > std::abs(far - begin)) return {};
  const double left = r.forward ? begin + gap : begin - gap - wide;
  const double along = (left + wide / 2 - line.x1()) / (far - line.x1());
  const double middle = line.y1() + (line.dy() / line.dx()) * (far - line.x1()) * along;
  return {left, middle - rowHeight() / 2 - liftOf(r), wide, rowHeight()};
}

void LadderCanvas::paintSide(QPainter& p, const LadderRung& r, bool sender, const QColor& colour) const {
  const tell::Record& record = m_reader.record();
  const tell::Text told = sender ? tell::atSender(m_ladder, r, m_walk.journal(), record)
                                 : tell::atReceiver(m_ladder, r, m_walk.journal(), record);
  if (told.empty()) return;
  const QRectF where = sideRect(r, sender);
  const bool left = where.left() < laneX(0);
  const bool still = r.event() < m_position;
  p.setFont(theme().sans(11));
  p.setPen(!still ? colour : sender ? theme().color(Role::Text) : r.lost ? colour : theme().color(Role::Text));
  p.drawText(where, (left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
             elided(p.font(), shown(told), where.width()));
}

} // namespace sockwalk
