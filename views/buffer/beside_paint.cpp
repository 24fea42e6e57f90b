#include "views/buffer/beside_canvas.h"
#include "views/buffer/unwritten.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <QPainter>

namespace sockwalk {

using tell::BesideJoint, tell::BesideRow;

namespace {
void centred(QPainter& p, const QRectF& r, const QString& words) {
  if (QFontMetricsF(p.font()).horizontalAdvance(words) <= r.width() - 4) p.drawText(r, Qt::AlignCenter, words);
}
} // namespace

void BesideCanvas::paint(QPainter& p) {
  p.translate(-scrolled());
  for (size_t i = 0; i < m_rows.joints.size(); ++i) {
    if (m_rows.joints[i].kind == BesideJoint::Moved) paintMoves(p, i);
    else paintJoint(p, i);
  }
  for (size_t i = 0; i < m_places.size(); ++i) paintRow(p, i);
  p.translate(scrolled());
}

// ---- between two rows
void BesideCanvas::paintJoint(QPainter& p, size_t upper) const {
  const BesideJoint& joined = m_rows.joints[upper];
  if (joined.kind == BesideJoint::None) return;
  const Theme& t = theme();
  QRectF area = joint(upper);
  const Row &above = m_places[upper], &below = m_places[upper + 1];
  if (joined.kind == BesideJoint::SamePage) {
    for (const Page& one : above.pages)
      for (const Page& other : below.pages)
        if (one.page == other.page && area.isEmpty())
          area = QRectF(other.rect.left(), one.rect.bottom(), other.rect.width(), other.rect.top() - one.rect.bottom());
  }
  p.fillRect(area, t.color(Role::InfoFill));
  p.setPen(QPen(t.color(Role::Info), 1.2, Qt::DashLine));
  const bool both = joined.to > joined.from; // the bytes that both describe, within the area
  const double left = both ? m_scale.x(joined.from) : area.left(), right = both ? m_scale.x(joined.to) : area.right();
  p.drawLine(QPointF(left, area.top()), QPointF(left, area.bottom()));
  p.drawLine(QPointF(right, area.top()), QPointF(right, area.bottom()));
  p.setFont(t.sans(11));
  const QString words = told(shown(joined.words));
  const QFontMetricsF type(p.font());
  const double wide = std::min(type.horizontalAdvance(words) + 12, contentWidth() - 8), high = type.height() + 2;
  const double middle = std::clamp((left + right) / 2 - wide / 2, 4.0, contentWidth() - wide - 4);
  const QRectF pill(middle, area.top() + t.scaled(4), wide, high);
  p.setPen(QPen(t.color(Role::Info), 1));
  p.setBrush(t.color(Role::Card));
  p.drawRoundedRect(pill, high / 2, high / 2);
  p.drawText(pill, Qt::AlignCenter, type.elidedText(words, Qt::ElideRight, wide - 10));
}

// The same sk_buff later: where data and tail went.
void BesideCanvas::paintMoves(QPainter& p, size_t upper) const {
  const Theme& t = theme();
  const tell::BufferShape &before = m_rows.rows[upper].picture.shape, &after = m_rows.rows[upper + 1].picture.shape;
  const double top = m_places[upper].strip.bottom(), bottom = m_places[upper + 1].strip.top();
  const auto move = [&](u32 from, u32 to, Role role) {
    p.setPen(QPen(t.color(from == to ? Role::PathEdge : role), from == to ? 1 : 1.6, Qt::DashLine));
    p.drawLine(QPointF(m_scale.x(from), top), QPointF(m_scale.x(to), bottom));
  };
  move(before.data, after.data, Role::Accent);
  move(before.tail, after.tail, Role::Danger);
  p.setFont(t.mono(11));
  const QString words = told(shown(m_rows.joints[upper].words));
  const QFontMetricsF type(p.font());
  const double wide = std::min(type.horizontalAdvance(words) + 12, contentWidth() - 20);
  const QRectF pill((contentWidth() - wide) / 2, top + t.scaled(4), wide, type.height() + 2);
  p.setPen(Qt::NoPen);
  p.setBrush(t.color(Role::Card));
  p.drawRoundedRect(pill, 4, 4);
  p.setPen(t.color(Role::Muted));
  p.drawText(pill, Qt::AlignCenter, type.elidedText(words, Qt::ElideRight, wide - 4));
}

// Over what leads from row to row.
void BesideCanvas::paintWords(QPainter& p, const QRectF& room, Qt::Alignment side, const QString& words) const {
  const QFontMetricsF type(p.font());
  const QString fits = type.elidedText(words, Qt::ElideRight, room.width());
  const double wide = type.horizontalAdvance(fits), high = type.height();
  const double left = side == Qt::AlignRight ? room.right() - wide : room.left();
  p.fillRect(QRectF(left - 2, room.center().y() - high / 2, wide + 4, high), theme().color(Role::Card));
  p.drawText(room, int(side | Qt::AlignVCenter), fits);
}

// ---- a row
void BesideCanvas::paintRow(QPainter& p, size_t index) const {
  const Theme& t = theme();
  const Row& place = m_places[index];
  const BesideRow& row = m_rows.rows[index];
  paintCaption(p, index);
  QPen border(t.color(int(index) == m_lit ? Role::Accent : Role::PathEdge), int(index) == m_lit ? 2 : 1.2);
  if (!row.there() || row.gone()) border.setDashPattern({3, 3});
  p.setPen(border);
  p.setBrush(t.color(row.there() && !row.gone() ? Role::Card : Role::Page));
  p.drawRoundedRect(place.strip, 4, 4);
  if (!row.there()) {
    p.setPen(t.color(Role::Muted));
    p.setFont(t.sans(11.5));
    return p.drawText(place.strip, Qt::AlignCenter, stateOf(row));
  }
  paintBands(p, index);
  if (row.gone()) return;
  paintFlags(p, index);
  paintPages(p, index);
}

void BesideCanvas::paintCaption(QPainter& p, size_t index) const {
  const Theme& t = theme();
  const Row& place = m_places[index];
  const BesideRow& row = m_rows.rows[index];
  const QFont bold = t.mono(12, QFont::Bold), small = t.sans(11.5), numbers = t.mono(11);
  const QString name = text(row.name), right = row.there() && !row.gone() ? told(numbersOf(row)) : QString();
  const double nameWide = QFontMetricsF(bold).horizontalAdvance(name) + 10;
  const double rightWide = QFontMetricsF(numbers).horizontalAdvance(right) + 8;
  p.setFont(bold);
  p.setPen(t.color(int(index) == m_lit ? Role::Accent : Role::Title));
  paintWords(p, place.caption, Qt::AlignLeft, name);
  p.setFont(numbers);
  p.setPen(t.color(Role::Text));
  paintWords(p, place.caption.adjusted(0, 0, -6, 0), Qt::AlignRight, right);
  const QRectF middle = place.caption.adjusted(nameWide, 0, -rightWide, 0);
  QStringList words;
  if (!row.where.empty()) words << shown(row.where);
  if (const QString state = stateOf(row); row.there() && !state.isEmpty()) words << state;
  if (row.where.empty() && row.there() && !row.gone()) words << shown(row.picture.subtitle).section(" · ", 0, 1);
  p.setFont(small);
  p.setPen(t.color(row.picture.lost && row.gone() ? Role::Danger : Role::Muted));
  paintWords(p, middle, Qt::AlignLeft, told(words.join(QStringLiteral(" · "))));
  const double arm = place.remove.width() * 0.17;
  const QPointF c = place.remove.center();
  p.setPen(QPen(t.color(Role::Muted), 1.4));
  p.drawLine(c + QPointF(-arm, -arm), c + QPointF(arm, arm));
  p.drawLine(c + QPointF(-arm, arm), c + QPointF(arm, -arm));
}

void BesideCanvas::paintBands(QPainter& p, size_t index) const {
  const Theme& t = theme();
  const Row& place = m_places[index];
  const BesideRow& row = m_rows.rows[index];
  for (const tell::BufferBand& b : row.picture.bands) {
    const LayerColors colours = t.packet(b.part);
    const bool faint = b.pulled || row.gone();
    const QRectF r(m_scale.x(b.from), place.strip.top() + 1.5, m_scale.x(b.to) - m_scale.x(b.from),
                   place.strip.height() - 3);
    if (b.written) p.fillRect(r.adjusted(0.5, 0, -0.5, 0), faint ? colours.faintFill : colours.fill);
    else paintUnwritten(p, r);
    p.setPen(faint || !b.written ? t.color(Role::Text) : colours.textOnFill);
    p.setFont(t.sans(11.5, QFont::Bold));
    centred(p, QRectF(r.left(), r.top(), r.width(), r.height() / 2), shown(b.name));
    p.setFont(t.sans(10.5));
    const QString size = told(shown(tell::bytes(b.to - b.from)));
    centred(p, QRectF(r.left(), r.top() + r.height() / 2, r.width(), r.height() / 2), b.pulled ? tr("pulled") : size);
  }
}

// data's words stand at the left of its pole when there is no room between the two; tail's at the left of its own at the
// right edge.
void BesideCanvas::paintFlags(QPainter& p, size_t index) const {
  const Theme& t = theme();
  const Row& place = m_places[index];
  const tell::BufferShape& s = m_rows.rows[index].picture.shape;
  p.setFont(t.mono(11, QFont::Bold));
  const QFontMetricsF type(p.font());
  const QString dataWords = told(QStringLiteral("data %1").arg(s.data)),
                tailWords = told(QStringLiteral("tail %1").arg(s.tail));
  const double dataWide = type.horizontalAdvance(dataWords), tailWide = type.horizontalAdvance(tailWords);
  const double dataX = m_scale.x(s.data), tailX = m_scale.x(s.tail);
  const bool tailLeft = tailX + tailWide + 5 > place.flags.right();
  const double tailAt = tailLeft ? tailX - tailWide - 4 : tailX + 4;
  // Right of its pole up to tail's words or pole, else left of all of that.
  const double until = std::min(tailAt, tailX) - 6;
  const bool dataLeft = dataX + 4 + dataWide > until && std::min(dataX, until) - dataWide > 0;
  const double dataAt = dataLeft ? std::min(dataX - 4, until) - dataWide : dataX + 4;
  const auto put = [&](const QString& words, double x, double left, double wide, Role role) {
    p.setPen(QPen(t.color(role), 2));
    p.drawLine(QPointF(x, place.flags.top() + 3), QPointF(x, place.strip.bottom()));
    paintWords(p, {left, place.flags.top(), wide + 2, place.flags.height()}, Qt::AlignLeft, words);
  };
  put(dataWords, dataX, dataAt, dataWide, Role::Accent);
  put(tailWords, tailX, tailAt, tailWide, Role::Danger);
}

void BesideCanvas::paintPages(QPainter& p, size_t index) const {
  const Theme& t = theme();
  for (const Page& page : m_places[index].pages) {
    p.setPen(QPen(t.color(Role::Info), 1.2));
    p.setBrush(t.color(Role::InfoFill));
    p.drawRoundedRect(page.rect, 3, 3);
    p.setFont(t.mono(11));
    const QRectF inside = page.rect.adjusted(5, 0, -5, 0);
    const QFontMetricsF type(p.font());
    p.drawText(QRectF(inside.left(), inside.top(), inside.width(), inside.height() / 2), Qt::AlignCenter,
               type.elidedText(page.words, Qt::ElideRight, inside.width()));
    p.setFont(t.sans(10));
    p.drawText(QRectF(inside.left(), inside.center().y(), inside.width(), inside.height() / 2), Qt::AlignCenter,
               QFontMetricsF(p.font()).elidedText(told(page.detail), Qt::ElideRight, inside.width()));
  }
}

} // namespace sockwalk
