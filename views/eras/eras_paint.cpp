// The picture of two eras. What became of a call is said by a sign of its own shape and by a word; colour only helps.
#include "views/eras/eras_canvas.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <cmath>
#include <QPainter>
#include <QPainterPath>

namespace sockwalk {

using tell::EraMark;

namespace {

void put(QPainter& p, const QRectF& where, const QFont& font, Role role, const QString& words,
         Qt::Alignment to = Qt::AlignLeft) {
  p.setFont(font);
  p.setPen(theme().color(role));
  p.drawText(where, to | Qt::AlignVCenter, QFontMetricsF(font).elidedText(words, Qt::ElideRight, where.width()));
}

Role roleOf(EraMark mark) {
  switch (mark) {
  case EraMark::Renamed: return Role::Info;
  case EraMark::Moved: return Role::Accent;
  case EraMark::Gone: return Role::Changed;
  case EraMark::New: return Role::Good;
  default: return Role::Muted;
  }
}

// Two lines; two waves; an arrow up and down; an empty box; a full one with a cross of light.
void drawSign(QPainter& p, QPointF middle, EraMark mark) {
  const double s = theme().scaled(5);
  const QColor colour = theme().color(roleOf(mark));
  p.save();
  p.translate(middle);
  p.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap));
  p.setBrush(Qt::NoBrush);
  const auto wave = [&](double y) {
    QPainterPath path({-s, y});
    path.cubicTo(-s / 2, y - s * 0.9, s / 2, y + s * 0.9, s, y);
    p.drawPath(path);
  };
  const auto tip = [&](double y, double way) {
    p.drawPolyline(QPolygonF({{-s * 0.6, y - way * s * 0.6}, {0, y}, {s * 0.6, y - way * s * 0.6}}));
  };
  switch (mark) {
  case EraMark::Renamed: wave(-s * 0.4), wave(s * 0.4); break;
  case EraMark::Moved:
    p.drawLine(QPointF(0, -s), QPointF(0, s));
    tip(-s, -1), tip(s, 1);
    break;
  case EraMark::Gone:
    p.drawRect(QRectF(-s, -s, 2 * s, 2 * s));
    p.drawLine(QPointF(-s * 0.5, 0), QPointF(s * 0.5, 0));
    break;
  case EraMark::New:
    p.setBrush(colour);
    p.drawRect(QRectF(-s, -s, 2 * s, 2 * s));
    p.setPen(QPen(theme().color(Role::Card), 1.6));
    p.drawLine(QPointF(-s * 0.6, 0), QPointF(s * 0.6, 0));
    p.drawLine(QPointF(0, -s * 0.6), QPointF(0, s * 0.6));
    break;
  default:
    p.drawLine(QPointF(-s, -s * 0.45), QPointF(s, -s * 0.45)), p.drawLine(QPointF(-s, s * 0.45), QPointF(s, s * 0.45));
  }
  p.restore();
}

// The sign and its word; gives how wide both are.
double putMark(QPainter& p, const QRectF& where, EraMark mark, const QString& words, Qt::Alignment to) {
  const QFont font = theme().sans(11, mark == EraMark::Kept ? QFont::Normal : QFont::DemiBold);
  const double sign = theme().scaled(18);
  const double wide = std::min(sign + std::ceil(QFontMetricsF(font).horizontalAdvance(words)) + 1, where.width());
  const double left = to == Qt::AlignHCenter ? where.center().x() - wide / 2 : where.left();
  drawSign(p, {left + theme().scaled(6), where.center().y()}, mark);
  put(p, {left + sign, where.top(), wide - sign, where.height()}, font, roleOf(mark), words);
  return wide;
}

} // namespace

double ErasCanvas::indent() const { return theme().scaled(isNarrow() ? 9 : 13); }

void ErasCanvas::paint(QPainter& p) {
  p.save();
  p.setClipRect(QRectF(0, headHeight(), room().width(), room().height()));
  const auto [first, last] = seenItems();
  for (int i = first; i < last; ++i) paintRow(p, i);
  p.restore();
  if (headHeight() > 0) paintHead(p);
}

// Which side is which, and how many functions or members there are of each mark.
void ErasCanvas::paintHead(QPainter& p) const {
  p.fillRect(QRectF(0, 0, room().width(), headHeight()), theme().color(Role::Card));
  const double high = theme().scaled(28), left = theme().scaled(12) - scrolled().x();
  const bool calls = m_here >= 0 || m_running >= 0 || (!m_picture.rows.empty() && row(0).then.begins != NoEvent);
  for (const Era era : {Era::Linux26, Era::Linux61}) {
    const double from = era == Era::Linux26 ? left : left + sideWidth() + markWidth();
    const QRectF box(from, theme().scaled(2), sideWidth(), high);
    const QString name = tr("Linux %1").arg(era == Era::Linux26 ? m_picture.then : m_picture.now);
    put(p, box, theme().title(), Role::Title, name);
    const double wide = QFontMetricsF(theme().title()).horizontalAdvance(name) + theme().scaled(10);
    if (calls && era == m_picture.open)
      put(p, box.adjusted(wide, 0, 0, 0), theme().sans(11.5), Role::Accent, tr("this walk"));
  }
  QRectF legend(left, high, contentWidth() - 2 * left, headHeight() - high - theme().scaled(4));
  for (size_t i = 0; i < m_picture.counts.size(); ++i) {
    const auto mark = static_cast<EraMark>(i);
    QString words = shown(tell::eraMarkText(mark));
    if (!m_hidesAhead) words += QStringLiteral(" %1").arg(m_picture.counts[i]);
    legend.setLeft(legend.left() + putMark(p, legend, mark, words, Qt::AlignLeft) + theme().scaled(20));
  }
  p.setPen(QPen(theme().color(Role::Hairline), 1));
  p.drawLine(QPointF(0, headHeight() - 0.5), QPointF(room().width(), headHeight() - 0.5));
}

void ErasCanvas::paintRow(QPainter& p, int index) const {
  const ErasRow& r = row(index);
  if (r.kind == ErasRow::Heading) return paintHeading(p, index);
  if (r.kind == ErasRow::Sentence) {
    p.setFont(theme().sans(12.5));
    p.setPen(theme().color(Role::Text));
    const double pad = theme().scaled(6);
    return p.drawText(rectOfItem(index).adjusted(pad, pad, -pad, -pad), Qt::TextWordWrap, r.words);
  }
  if (index == m_here) {
    p.setPen(Qt::NoPen);
    p.setBrush(theme().color(Role::AccentTint));
    p.drawRoundedRect(rectOfItem(index), 5, 5);
  }
  for (const Era era : {Era::Linux26, Era::Linux61}) {
    if (r.kind == ErasRow::Call) paintTree(p, index, era), paintCall(p, index, era);
    else paintMember(p, index, era);
  }
  const QRectF mark = markRect(index);
  if (isNarrow()) drawSign(p, mark.center(), r.mark);
  else putMark(p, mark, r.mark, shown(tell::eraMarkText(r.mark)), Qt::AlignHCenter);
}

// A system call and what came of it on each side; a structure and its sizes.
void ErasCanvas::paintHeading(QPainter& p, int index) const {
  const ErasRow& r = row(index);
  const double pad = theme().scaled(8);
  const QRectF all = rectOfItem(index).adjusted(0, theme().scaled(4), 0, -theme().scaled(3));
  p.setPen(index == m_here ? QPen(theme().color(Role::AccentLine), 1.4) : QPen(Qt::NoPen));
  p.setBrush(theme().color(Role::Raised));
  p.drawRoundedRect(all, 5, 5);
  const QFont bold = theme().mono(12, QFont::DemiBold), mono = theme().mono(12);
  QRectF then = sideRect(index, Era::Linux26), now = sideRect(index, Era::Linux61);
  const QString left = isDone(index) ? r.then.name : QString(), right = isDone(index) ? r.now.name : QString();
  const bool call = r.then.begins != NoEvent;
  const auto answer = [&](const QString& words) {
    return call && !words.isEmpty() ? QStringLiteral("= ") + words : words;
  };
  const double room = now.left() - then.left() - pad, wide = QFontMetricsF(mono).horizontalAdvance(answer(left)) + pad;
  const double name = std::min(QFontMetricsF(bold).horizontalAdvance(r.words) + pad, room - wide);
  put(p, {then.left(), all.top(), name, all.height()}, bold, Role::Title, Described::told(r.words));
  put(p, {then.left() + name, all.top(), wide, all.height()}, mono, Role::Text, Described::told(answer(left)));
  put(p, {now.left(), all.top(), now.width(), all.height()}, mono, Role::Text, Described::told(answer(right)));
}

// How deep a call is: a line for each function above it. Where a side has nothing, the lines of what is around it go on.
void ErasCanvas::paintTree(QPainter& p, int index, Era era) const {
  const auto depthAt = [&](int i, int step) {
    for (; i >= 0 && i < m_count && row(i).kind == ErasRow::Call; i += step)
      if (!row(i).side(era).name.isEmpty()) return row(i).side(era).depth;
    return 0;
  };
  const int depth = std::min(depthAt(index, 1), depthAt(index, -1));
  const QRectF all = sideRect(index, era);
  p.setPen(QPen(theme().color(Role::Hairline), 1));
  for (int i = 0; i < depth; ++i) {
    const double x = all.left() + (i + 0.5) * indent();
    p.drawLine(QPointF(x, all.top()), QPointF(x, all.bottom()));
  }
}

void ErasCanvas::paintCall(QPainter& p, int index, Era era) const {
  const ErasSide& side = row(index).side(era);
  QRectF all = sideRect(index, era);
  if (side.name.isEmpty()) {
    if (side.elsewhere.isEmpty()) return;
    const double left = theme().scaled(40);
    return put(p, all.adjusted(left, 0, 0, 0), theme().sans(11), Role::Muted, side.elsewhere);
  }
  all.setLeft(all.left() + side.depth * indent());
  const double high = theme().scaled(22);
  const QRectF pill(all.left(), all.center().y() - high / 2, std::min(pillSize(side.name).width(), all.width()), high);
  drawPill(p, pill, side.layer, tenseOf(index), Described::told(side.name));
  if (const QString result = resultOf(index, era); !result.isEmpty())
    put(p, {pill.right() + theme().scaled(7), all.top(), all.right() - pill.right() - theme().scaled(9), all.height()},
        theme().mono(11), Role::Muted, Described::told(QStringLiteral("= ") + result));
}

// Where it is, its name, its type.
void ErasCanvas::paintMember(QPainter& p, int index, Era era) const {
  const ErasSide& side = row(index).side(era);
  if (side.name.isEmpty()) return;
  const QRectF all = sideRect(index, era);
  const double place = theme().scaled(112), gap = theme().scaled(10);
  put(p, {all.left(), all.top(), place, all.height()}, theme().mono(11), Role::Muted, Described::told(side.from));
  const QFont mono = theme().mono(12);
  const double room = all.width() - place;
  const double name = std::min(QFontMetricsF(mono).horizontalAdvance(side.name) + gap, room);
  put(p, {all.left() + place, all.top(), name - gap / 2, all.height()}, mono, Role::Text, side.name);
  if (room > name + theme().scaled(30))
    put(p, {all.left() + place + name, all.top(), room - name, all.height()}, theme().mono(11), Role::Muted, side.more);
}

} // namespace sockwalk
