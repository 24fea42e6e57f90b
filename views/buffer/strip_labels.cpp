// The words around the magnified strip: the flags of data and tail and what moved them above it, the header marks and the
// length below. None lies on another, in however little room; words that find no place are left out, and a tip has them.
#include "views/buffer/buffer_strip.h"
#include "views/buffer/label_rows.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <QFontMetricsF>
#include <QPainter>

namespace sockwalk {

namespace {

constexpr double Gap = 8;      // px between words
constexpr double RowCost = 40; // px aside that are as bad as a row farther down

double wide(const QFont& font, const QString& words) { return QFontMetricsF(font).horizontalAdvance(words); }

bool apart(double a, double aWide, double b, double bWide) { return a + aWide + Gap <= b || b + bWide + Gap <= a; }

struct FlagPair {
  double data, tail; // px of their left edges
};

// Each hangs beside its pole: to the right if it can, to the left where both would lie on one another or an end is near. If
// neither will do, the one whose pole has less room behind it gives way.
FlagPair placeFlags(double dataAt, double dataWide, double tailAt, double tailWide, double width) {
  const auto inside = [width](double left, double w) { return std::clamp(left, 0.0, std::max(0.0, width - w)); };
  FlagPair best{};
  double least = -1;
  for (const auto& [dataLeft, tailLeft] : {std::pair{false, false}, {true, false}, {true, true}, {false, true}}) {
    const double wantedData = dataLeft ? dataAt - dataWide : dataAt, wantedTail = tailLeft ? tailAt - tailWide : tailAt;
    const FlagPair p{inside(wantedData, dataWide), inside(wantedTail, tailWide)};
    const double aside = std::abs(p.data - wantedData) + std::abs(p.tail - wantedTail);
    if (apart(p.data, dataWide, p.tail, tailWide) && (least < 0 || aside < least - 1)) best = p, least = aside;
  }
  if (least >= 0) return best;
  best.data = inside(dataAt - dataWide, dataWide);
  best.tail = inside(best.data + dataWide + Gap, tailWide);
  best.data = std::min(best.data, best.tail - Gap - dataWide);
  return best;
}

struct Mark {
  u32 offset;
  QString names;
  Layer layer;
};
// Those that stand on the same byte share their place and their line.
std::vector<Mark> marksOf(const tell::BufferPicture& picture) {
  std::vector<Mark> out;
  for (const tell::BufferFlag& flag : picture.flags) {
    if (flag.offset < picture.rangeFrom || flag.offset > picture.rangeTo) continue;
    const auto same = std::ranges::find(out, flag.offset, &Mark::offset);
    if (same != out.end()) same->names += QStringLiteral(", ") + text(flag.member);
    else out.push_back({flag.offset, text(flag.member), flag.layer});
  }
  return out;
}

} // namespace

// ---- above
QRectF BufferStrip::flagRow() const {
  const Theme& t = theme();
  const double high = textHeight() + t.scaled(7);
  return {0, stripTop() - high - t.scaled(8), double(width()), high};
}

// A flag that had to give way stands on a foot that leads to its pole.
void BufferStrip::paintFlag(QPainter& p, double at, const QRectF& flag, const QString& words,
                            const FlagColors& c) const {
  const bool beside = at >= flag.left() - 1 && at <= flag.right() + 1;
  const double foot = flag.bottom() + theme().scaled(2);
  p.setPen(QPen(c.fill, 2.5));
  p.drawLine(QPointF(at, beside ? flag.top() : foot), QPointF(at, stripTop() + stripHeight()));
  if (!beside) p.drawLine(QPointF(at, foot), QPointF(at < flag.left() ? flag.left() + 4 : flag.right() - 4, foot));
  p.setPen(Qt::NoPen);
  p.setBrush(c.fill);
  p.drawRoundedRect(flag, 4, 4);
  p.setFont(theme().mono(11.5, QFont::Bold));
  p.setPen(c.text);
  p.drawText(flag, Qt::AlignCenter, words);
}

void BufferStrip::paintAbove(QPainter& p, const OffsetScale& x) const {
  const Theme& t = theme();
  const QFont font = t.mono(11.5, QFont::Bold);
  const QString dataWords = said(QStringLiteral("data %1").arg(std::lround(m_data)));
  const QString tailWords = said(QStringLiteral("tail %1").arg(std::lround(m_tail)));
  const double dataAt = flagX(x, m_data), tailAt = flagX(x, m_tail), margin = t.scaled(12);
  const double dataWide = wide(font, dataWords) + margin, tailWide = wide(font, tailWords) + margin;
  const FlagPair at = placeFlags(dataAt, dataWide, tailAt, tailWide, width());
  const QRectF row = flagRow();
  LabelRows used(0, width(), 1, Gap, RowCost);
  used.take(at.data, at.data + dataWide);
  used.take(at.tail, at.tail + tailWide);
  paintArrow(p, x, used);
  paintFlag(p, tailAt, {at.tail, row.top(), tailWide, row.height()}, tailWords,
            {t.color(Role::Danger), t.color(Role::OnDanger)});
  paintFlag(p, dataAt, {at.data, row.top(), dataWide, row.height()}, dataWords,
            {t.color(Role::Accent), t.color(Role::OnAccent)});
}

// What the last operation moved: a dashed arrow from where the pointer was.
void BufferStrip::paintArrow(QPainter& p, const OffsetScale& x, LabelRows& used) const {
  const tell::BufferPicture& b = m_picture;
  const bool ofData =
      b.deed == tell::BufferDeed::Pull || b.deed == tell::BufferDeed::Push || b.deed == tell::BufferDeed::Reserve;
  const bool ofTail = b.deed == tell::BufferDeed::Put || b.deed == tell::BufferDeed::Trim;
  if (!b.fresh || (!ofData && !ofTail)) return;
  const Theme& t = theme();
  const double from = flagX(x, ofData ? b.before.dataFromHead() : b.before.tail);
  const double to = flagX(x, ofData ? b.shape.dataFromHead() : b.shape.tail);
  if (std::abs(to - from) < 6) return;
  const QColor color = t.color(ofData ? Role::Accent : Role::Danger);
  const double y = stripTop() - t.scaled(3), s = to > from ? -1 : 1;
  p.setPen(QPen(color, 1.8, Qt::DashLine));
  p.drawLine(QPointF(from, y), QPointF(to + s * 9, y));
  p.setPen(Qt::NoPen);
  p.setBrush(color);
  p.drawPolygon(QPolygonF{QPointF(to, y), QPointF(to + s * 10, y - 5), QPointF(to + s * 10, y + 5)});
  p.setFont(t.mono(11, QFont::Bold));
  const QString words = said(text(b.label));
  const double needed = wide(p.font(), words);
  const auto place = used.put((from + to) / 2, needed);
  if (!place) return;
  p.setPen(color);
  p.drawText(QRectF(place->left, flagRow().top(), needed, flagRow().height()), Qt::AlignCenter, words);
}

// ---- below
void BufferStrip::paintMarks(QPainter& p, const OffsetScale& x) const {
  const Theme& t = theme();
  const QFont font = t.mono(11, QFont::Bold);
  const double top = strip().bottom() + t.scaled(6), line = textHeight();
  LabelRows used(0, width(), 2, Gap, RowCost);
  struct Label {
    QRectF place;
    QString words;
    QColor color;
  };
  std::vector<Label> labels;
  for (const Mark& mark : marksOf(m_picture)) {
    const QString words = said(QStringLiteral("%1 %2").arg(mark.names).arg(mark.offset));
    const double at = x.x(mark.offset), needed = wide(font, words);
    const auto place = used.put(at, needed);
    p.setPen(QPen(t.layer(mark.layer).line, 1.8, Qt::DotLine));
    p.drawLine(QPointF(at, strip().top() + 1), QPointF(at, top + (place ? place->row : 0) * line));
    if (place)
      labels.push_back({{place->left, top + place->row * line, needed, line}, words, t.layer(mark.layer).text});
  }
  // Over the lines that lead to the row below; but none over the words of the row above.
  for (const Label& label : labels) p.fillRect(label.place.adjusted(-2, 1, 2, 0), t.color(Role::Card));
  p.setFont(font);
  for (const Label& label : labels) {
    p.setPen(label.color);
    p.drawText(label.place, Qt::AlignCenter, label.words);
  }
  paintLength(p, x, used);
}

void BufferStrip::paintLength(QPainter& p, const OffsetScale& x, LabelRows& used) const {
  const Theme& t = theme();
  const tell::BufferShape& s = m_picture.shape;
  const double top = strip().bottom() + t.scaled(6), line = textHeight();
  const auto write = [&](const QFont& font, Role role, double at, const QString& words) {
    const double needed = wide(font, words);
    const auto place = used.put(at, needed);
    if (!place) return;
    p.setFont(font);
    p.setPen(t.color(role));
    p.drawText(QRectF(place->left, top + place->row * line, needed, line), Qt::AlignCenter, words);
  };
  write(t.mono(11, QFont::Bold), Role::Title, (flagX(x, m_data) + flagX(x, m_tail)) / 2,
        said(s.dataLen ? tr("len %1 (%2 in the linear part)").arg(s.len).arg(s.headlen()) : tr("len %1").arg(s.len)));
  if (!scale().inProportion()) write(t.sans(10.5), Role::Muted, width(), tr("long stretches are drawn shorter"));
}

} // namespace sockwalk
