#include "views/buffer/buffer_strip.h"
#include "views/buffer/strip_scale.h"
#include "views/buffer/unwritten.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace sockwalk {

namespace {
constexpr double Side = 2; // px left and right of everything
} // namespace

BufferStrip::BufferStrip(QWidget* parent) : QWidget(parent), Described(*static_cast<QWidget*>(this)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("The buffer, to scale"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  m_glide.setStartValue(0.0);
  m_glide.setEndValue(1.0);
  connect(&m_glide, &QVariantAnimation::valueChanged, this, [this](const QVariant& v) {
    const double t = v.toDouble();
    m_data = m_fromData + (m_picture.shape.dataFromHead() - m_fromData) * t;
    m_tail = m_fromTail + (m_picture.shape.tail - m_fromTail) * t;
    update();
  });
}

void BufferStrip::show(const tell::BufferPicture& picture, bool glide) {
  const bool same = m_picture.present && picture.present && m_picture.life == picture.life &&
                    m_picture.shape.head == picture.shape.head;
  m_glide.stop();
  m_fromData = m_data;
  m_fromTail = m_tail;
  m_picture = picture;
  if (glide && same && (m_data != picture.shape.dataFromHead() || m_tail != picture.shape.tail)) {
    Motion::run(m_glide);
  }
  if (m_glide.state() != QAbstractAnimation::Running) { // no motion wanted, or none to be had
    m_data = picture.shape.dataFromHead();
    m_tail = picture.shape.tail;
  }
  describedAnew();
  updateGeometry();
  update();
}

void BufferStrip::setTight(bool tight) {
  if (tight == m_tight) return;
  m_tight = tight;
  describedElsewhere();
  updateGeometry();
  update();
}

void BufferStrip::highlight(int from, int to) {
  if (from == m_litFrom && to == m_litTo) return;
  m_litFrom = from;
  m_litTo = to;
  update();
}

// ---- measures: everything hangs off the height of a line of type
double BufferStrip::textHeight() const { return QFontMetricsF(theme().sans(11)).height(); }
double BufferStrip::titleHeight() const { return m_tight ? 0 : textHeight(); }
double BufferStrip::stripTop() const { return titleHeight() + 3 * textHeight() + theme().scaled(46); }
double BufferStrip::stripHeight() const { return (m_tight ? 2 : 3) * textHeight() + theme().scaled(m_tight ? 14 : 20); }
// Where a pointer stands outside, the strip leaves room at its end for what is not the packet's.
QRectF BufferStrip::strip() const {
  QRectF whole(Side, stripTop(), width() - 2 * Side, stripHeight());
  if (m_picture.breach.kind == tell::BufferBreach::BeforeHead) whole.setLeft(foreign().right());
  if (m_picture.breach.kind == tell::BufferBreach::BehindEnd) whole.setRight(foreign().left());
  return whole;
}
QString BufferStrip::foreignWords() const {
  return m_picture.breach.kind == tell::BufferBreach::BeforeHead
             ? tr("before head:\nnot the packet's memory")
             : tr("behind end: %1,\nnot room for bytes").arg(text(m_picture.sharedName));
}
QRectF BufferStrip::foreign() const {
  const QSizeF words = QFontMetricsF(theme().sans(10.5)).size(0, foreignWords());
  const double wide = std::min(std::max(theme().scaled(180), words.width() + theme().scaled(40)), width() / 2.0);
  const bool left = m_picture.breach.kind == tell::BufferBreach::BeforeHead;
  return {left ? Side : width() - Side - wide, stripTop(), wide, stripHeight()};
}
QRectF BufferStrip::allocation() const {
  return {Side, titleHeight() + theme().scaled(6), width() - 2 * Side, textHeight() + theme().scaled(10)};
}
QSize BufferStrip::sizeHint() const {
  return {int(theme().scaled(640)), int(stripTop() + stripHeight() + 2 * textHeight() + theme().scaled(12))};
}
QSize BufferStrip::minimumSizeHint() const { return {int(theme().scaled(NarrowestStrip)), sizeHint().height()}; }

OffsetScale BufferStrip::scale() const {
  return stripScale(m_picture.rangeFrom, m_picture.rangeTo, m_picture.rangeBands, strip().left(), strip().width());
}

// Where it stands outside, near the far end: the words there are beside it.
double BufferStrip::flagX(const OffsetScale& scale, double offset) const {
  const bool outside = m_picture.breach.kind != tell::BufferBreach::None;
  if (outside && offset < 0) return foreign().left() + theme().scaled(12);
  return outside && offset > m_picture.shape.end ? foreign().right() - theme().scaled(12) : scale.x(offset);
}

// ---- painting
void BufferStrip::paintEvent(QPaintEvent*) {
  if (!m_picture.present || !m_picture.shape.head) return;
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  const OffsetScale x = scale();
  paintAllocation(p);
  paintFunnel(p, x);
  paintBands(p, x);
  paintForeignMemory(p);
  paintLight(p, x);
  paintMarks(p, x);
  paintChecksum(p, x);
  paintAbove(p, x);
  paintCurrentItem(p);
}

static void centred(QPainter& p, const QRectF& r, const QString& text) {
  if (QFontMetricsF(p.font()).horizontalAdvance(text) <= r.width() - 4) p.drawText(r, Qt::AlignCenter, text);
}

QString BufferStrip::allocationTitle() const {
  return tr("The allocation, to scale: %1").arg(shown(m_picture.allocation));
}

void BufferStrip::paintAllocation(QPainter& p) const {
  const Theme& t = theme();
  const tell::BufferShape& s = m_picture.shape;
  const QRectF whole = allocation();
  const double line = textHeight(), top = whole.top(), high = whole.height();
  const double px = (width() - 2 * Side) / (s.end + m_picture.sharedSize);
  const auto at = [&](double offset) { return Side + offset * px; };
  p.setFont(t.sans(11.5));
  p.setPen(t.color(Role::Muted));
  const QRectF title(Side, 0, width() - 2 * Side, line + 2);
  if (!m_tight)
    p.drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
               QFontMetricsF(p.font()).elidedText(allocationTitle(), Qt::ElideRight, title.width()));
  p.setPen(QPen(t.color(Role::Hairline), 1.2));
  p.setBrush(t.color(Role::Card));
  p.drawRoundedRect(whole, 3, 3);
  const double dataAt = std::clamp<double>(m_data, 0, s.end), tailAt = std::clamp<double>(m_tail, 0, s.end);
  p.fillRect(QRectF(at(0) + 1, top + 1, at(dataAt) - at(0) - 1, high - 2), t.layer(Layer::Socket).band);
  p.fillRect(QRectF(at(dataAt), top + 1, std::max(at(tailAt) - at(dataAt), tailAt > dataAt ? 2.0 : 0.0), high - 2),
             t.packet(PacketPart::Transport).fill);
  p.setFont(t.sans(11));
  p.setPen(t.color(Role::Muted));
  centred(p, QRectF(at(0), top, at(dataAt) - at(0), high), said(tr("headroom %1").arg(s.dataInside())));
  centred(p, QRectF(at(tailAt), top, at(s.end) - at(tailAt), high),
          said(tr("tailroom %1").arg(s.end - s.tailInside())));
  const QRectF shared(at(s.end), top, at(s.end + m_picture.sharedSize) - at(s.end), high);
  p.setPen(QPen(t.color(Role::Info), 1.2));
  p.setBrush(t.color(Role::InfoFill));
  p.drawRoundedRect(shared, 3, 3);
  centred(p, shared,
          shared.width() > t.scaled(140)
              ? QStringLiteral("%1 · %2").arg(text(m_picture.sharedName)).arg(m_picture.sharedSize)
              : tr("shared · %1").arg(m_picture.sharedSize));
  p.setPen(QPen(t.color(Role::Title), 2));
  p.drawLine(QPointF(at(0), top - 4), QPointF(at(0), top + high + 4));
  p.drawLine(QPointF(at(s.end), top - 4), QPointF(at(s.end), top + high + 4));
  p.setFont(t.mono(11, QFont::Bold));
  const double under = top + high + 3;
  p.drawText(QPointF(at(0), under + line - 2), QStringLiteral("head 0"));
  const QString end = QStringLiteral("end %1").arg(s.end);
  const double wide = QFontMetricsF(p.font()).horizontalAdvance(end);
  p.drawText(QPointF(std::min(at(s.end) - wide / 2, width() - wide - Side), under + line - 2), end);
}

// Two hairlines from the packet's stretch of the allocation to the ends of the magnified strip.
void BufferStrip::paintFunnel(QPainter& p, const OffsetScale& x) const {
  const Theme& t = theme();
  const double px = (width() - 2 * Side) / (m_picture.shape.end + m_picture.sharedSize);
  const double top = allocation().bottom();
  p.setPen(QPen(t.color(Role::Hairline), 1));
  p.drawLine(QPointF(Side + m_picture.rangeFrom * px, top), QPointF(x.x(m_picture.rangeFrom), stripTop()));
  p.drawLine(QPointF(Side + m_picture.rangeTo * px, top), QPointF(x.x(m_picture.rangeTo), stripTop()));
}

void BufferStrip::paintBands(QPainter& p, const OffsetScale& x) const {
  const Theme& t = theme();
  const QRectF box = strip();
  p.setPen(QPen(t.color(Role::PathEdge), 1.2));
  p.setBrush(t.color(Role::Card));
  p.drawRoundedRect(box, 4, 4);
  for (const tell::BufferBand& b : m_picture.bands)
    paintBand(p, b, QRectF(x.x(b.from), box.top() + 1.5, x.x(b.to) - x.x(b.from), box.height() - 3));
  paintInPart(p, x);
  if (m_picture.bands.empty()) {
    p.setPen(t.color(Role::Muted));
    p.setFont(t.sans(11.5));
    p.drawText(box, Qt::AlignCenter, tr("nothing between data and tail yet"));
  }
}

static bool inPart(const tell::BufferBand& b) { return b.written && (b.from != b.wholeFrom || b.to != b.wholeTo); }

// What is written in part is named over the whole of it, see paintInPart().
void BufferStrip::paintBand(QPainter& p, const tell::BufferBand& b, const QRectF& r) const {
  const Theme& t = theme();
  const LayerColors colors = t.packet(b.part);
  if (b.written) p.fillRect(r.adjusted(0.5, 0, -0.5, 0), b.pulled ? colors.faintFill : colors.fill);
  else paintUnwritten(p, r);
  const auto shares = [&b](const tell::BufferBand& o) { return inPart(o) && o.wholeFrom < b.to && b.from < o.wholeTo; };
  if (std::ranges::any_of(m_picture.bands, shares)) return;
  p.setPen(b.pulled || !b.written ? t.color(Role::Text) : colors.textOnFill);
  const double line = r.height() / (m_tight ? 2.15 : 3.2), top = r.top() + r.height() * 0.03;
  p.setFont(t.sans(12, QFont::Bold));
  centred(p, QRectF(r.left(), top, r.width(), line), b.written ? shown(b.name) : tr("claimed"));
  p.setFont(t.sans(11));
  const bool twoLines = m_tight && !b.written;
  centred(p, QRectF(r.left(), top + line, r.width(), line),
          twoLines ? tr("not written yet") : said(shown(tell::bytes(b.to - b.from))));
  if (m_tight || (!b.pulled && b.written)) return;
  p.setFont(t.sans(10.5));
  centred(p, QRectF(r.left(), top + 2 * line, r.width(), line), b.written ? tr("pulled") : tr("not written yet"));
}

void BufferStrip::paintInPart(QPainter& p, const OffsetScale& x) const {
  const Theme& t = theme();
  const QRectF box = strip();
  u32 done = 0; // the end of the last one that has its name
  for (const tell::BufferBand& b : m_picture.bands) {
    if (!inPart(b) || b.wholeTo <= done) continue;
    done = b.wholeTo;
    const QRectF r(x.x(b.wholeFrom), box.top(), x.x(b.wholeTo) - x.x(b.wholeFrom), box.height());
    const QString words =
        said(tr("%1 of %2").arg(m_picture.written.count(b.wholeFrom, b.wholeTo)).arg(b.wholeTo - b.wholeFrom));
    p.setFont(t.sans(12, QFont::Bold));
    const QFontMetricsF m(p.font());
    const double wide =
        std::min(r.width() - 4, std::max(m.horizontalAdvance(shown(b.name)), m.horizontalAdvance(words)) + 10);
    QRectF plate(r.center().x() - wide / 2, r.center().y() - m.height(), wide, 2 * m.height());
    p.setPen(Qt::NoPen);
    p.setBrush(t.color(Role::Card));
    p.drawRoundedRect(plate, 3, 3);
    p.setPen(t.color(Role::Text));
    centred(p, QRectF(plate.left(), plate.top(), wide, m.height()), shown(b.name));
    p.setFont(t.sans(11));
    centred(p, QRectF(plate.left(), plate.center().y(), wide, m.height()), words);
  }
}

void BufferStrip::paintForeignMemory(QPainter& p) const {
  const Theme& t = theme();
  const auto kind = m_picture.breach.kind;
  if (kind != tell::BufferBreach::BeforeHead && kind != tell::BufferBreach::BehindEnd) return;
  const QRectF zone = foreign();
  paintForeign(p, zone);
  p.setPen(QPen(t.color(Role::Title), 2));
  const double edge = kind == tell::BufferBreach::BeforeHead ? zone.right() : zone.left();
  p.drawLine(QPointF(edge, zone.top() - 4), QPointF(edge, zone.bottom() + 4));
  p.setFont(t.sans(10.5));
  const QFontMetricsF m(p.font());
  const double pole = t.scaled(18), high = 2 * m.height() + 3;
  const bool left = kind == tell::BufferBreach::BeforeHead;
  const QRectF plate(zone.left() + (left ? pole : 3), zone.center().y() - high / 2, zone.width() - pole - 3, high);
  p.fillRect(plate, t.color(Role::Card));
  p.setPen(t.color(Role::Danger));
  p.drawText(plate, Qt::AlignCenter, foreignWords());
}

void BufferStrip::paintLight(QPainter& p, const OffsetScale& x) const {
  if (m_litFrom < 0 || m_litTo <= m_litFrom) return;
  const Theme& t = theme();
  const QRectF r(x.x(m_litFrom), strip().top(), std::max(2.0, x.x(m_litTo) - x.x(m_litFrom)), strip().height());
  p.setPen(QPen(t.color(Role::ChangedLine), 2.5));
  QColor fill = t.color(Role::ChangedFill);
  fill.setAlphaF(0.45f);
  p.setBrush(fill);
  p.drawRect(r);
}

// CHECKSUM_PARTIAL: from csum_start a line along the bytes that are summed, and an arrow to where the sum goes.
void BufferStrip::paintChecksum(QPainter& p, const OffsetScale& x) const {
  const u32 at = m_picture.checksumAt;
  if (at == tell::BufferShape::Unset || at + 2 > m_picture.shape.tailInside()) return;
  const Theme& t = theme();
  const double y = strip().bottom() - t.scaled(3), from = x.x(m_picture.shape.csumStart);
  const double to = x.x(m_picture.shape.tailInside()), middle = (x.x(at) + x.x(at + 2)) / 2, s = t.scaled(5);
  p.setPen(QPen(t.color(Role::Title), 1.6));
  p.drawLine(QPointF(from, y), QPointF(to, y));
  p.drawLine(QPointF(from, y - s), QPointF(from, y));
  p.setPen(Qt::NoPen);
  p.setBrush(t.color(Role::Title));
  p.drawPolygon(QPolygonF{QPointF(middle, y - 2 * s), QPointF(middle - s, y), QPointF(middle + s, y)});
}

// ---- mouse
void BufferStrip::mouseMoveEvent(QMouseEvent* e) {
  if (!strip().contains(e->position())) return emit hovered(-1, -1);
  const tell::BufferBand* b = tell::bandAt(m_picture.bands, static_cast<u32>(scale().offset(e->position().x())));
  if (b) emit hovered(static_cast<int>(b->from), static_cast<int>(b->to));
  else emit hovered(-1, -1);
}
void BufferStrip::mousePressEvent(QMouseEvent* e) {
  if (strip().contains(e->position())) emit clicked(static_cast<int>(scale().offset(e->position().x())));
}
void BufferStrip::leaveEvent(QEvent*) { emit hovered(-1, -1); }
bool BufferStrip::event(QEvent* e) {
  if (e->type() != QEvent::ToolTip || !m_picture.present) return QWidget::event(e);
  const auto* help = static_cast<QHelpEvent*>(e);
  if (!strip().contains(help->pos())) {
    const QString room =
        tr("head to end is the room for the packet; %1 stands behind it.").arg(text(m_picture.sharedName));
    QToolTip::showText(help->globalPos(), allocationTitle() + QLatin1Char('\n') + room, this);
    return true;
  }
  const u32 offset = static_cast<u32>(scale().offset(help->pos().x()));
  const tell::BufferBand* b = tell::bandAt(m_picture.bands, offset);
  const QString where = b && !b->written                         ? tr("what the memory held before stands there")
                        : offset < m_picture.shape.dataInside()  ? tr("headroom")
                        : offset >= m_picture.shape.tailInside() ? tr("tailroom")
                                                                 : tr("content");
  QToolTip::showText(
      help->globalPos(),
      (b ? tr("%1: bytes %2 to %3 of the buffer (%4)").arg(shown(b->name)).arg(b->from).arg(b->to - 1).arg(where)
         : tr("byte %1 of the buffer: %2").arg(offset).arg(where)) +
          (offset >= m_picture.shape.csumStart ? QLatin1Char('\n') + shown(m_picture.checksum) : QString()),
      this);
  return true;
}

} // namespace sockwalk
