// The buffer as words: its regions from head to the shared info, then the pointers into it.
#include "views/buffer/buffer_strip.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <cmath>
#include <QKeyEvent>

namespace sockwalk {

DescribedItem BufferStrip::region(const QString& name, u32 from, u32 to, const QString& state,
                                  const QRectF& place) const {
  DescribedItem item;
  item.cells << said(name) << said(QString::number(from)) << said(QString::number(to))
             << said(QString::number(to - from)) << state;
  item.rect = place.toAlignedRect();
  return item;
}

DescribedItem BufferStrip::pointer(const QString& name, qint64 offset, const QRectF& place) const {
  DescribedItem item;
  item.cells << name << said(QString::number(offset)) << QString() << QString() << tr("pointer");
  item.name = said(QStringLiteral("%1 %2").arg(name).arg(offset));
  item.rect = place.toAlignedRect();
  item.role = QAccessible::Indicator;
  return item;
}

Description BufferStrip::describe() const {
  Description out;
  out.headings << tr("Region") << tr("From") << tr("To") << tr("Bytes") << tr("State");
  if (!m_picture.present || !m_picture.shape.head) return out;
  describeRegions(out);
  describePointers(out);
  QStringList lines;
  for (const std::string& line : tell::lines(m_picture)) lines << said(text(line));
  out.summary = lines.join(QLatin1Char('\n'));
  return out;
}

// The allocation's bar has head- and tailroom, the strip below it the headers and the payload.
void BufferStrip::describeRegions(Description& out) const {
  const tell::BufferShape& s = m_picture.shape;
  const QRectF bar = allocation(), box = strip();
  const double px = bar.width() / (s.end + m_picture.sharedSize);
  const auto part = [&](u32 from, u32 to) {
    return QRectF(bar.left() + from * px, bar.top(), std::max(1.0, (to - from) * px), bar.height());
  };
  out.items.push_back(region(tr("headroom"), 0, s.dataInside(), tr("free"), part(0, s.dataInside())));
  const OffsetScale x = scale();
  for (const tell::BufferBand& band : m_picture.bands) {
    const QRectF place(x.x(band.from), box.top(), x.x(band.to) - x.x(band.from), box.height());
    const QString state = !band.written ? tr("old bytes") : band.pulled ? tr("pulled") : tr("content");
    DescribedItem item = region(shown(band.name), band.from, band.to, state, place);
    item.role = QAccessible::Button;
    item.lit = int(band.from) == m_litFrom && int(band.to) == m_litTo;
    item.press = [strip = const_cast<BufferStrip*>(this), at = int(band.from)] { emit strip->clicked(at); };
    out.items.push_back(std::move(item));
  }
  out.items.push_back(region(tr("tailroom"), s.tailInside(), s.end, tr("free"), part(s.tailInside(), s.end)));
  out.items.push_back(region(text(m_picture.sharedName), s.end, s.end + m_picture.sharedSize, {},
                             part(s.end, s.end + m_picture.sharedSize)));
}

void BufferStrip::describePointers(Description& out) const {
  const tell::BufferShape& s = m_picture.shape;
  const QRectF bar = allocation(), box = strip();
  const double px = bar.width() / (s.end + m_picture.sharedSize), half = theme().scaled(4);
  const OffsetScale x = scale();
  const auto inBar = [&](u32 at) {
    return QRectF(bar.left() + at * px - half, bar.top() - 4, 2 * half, bar.height() + 8);
  };
  const auto inBox = [&](double at) { return QRectF(flagX(x, at) - half, box.top() - 4, 2 * half, box.height() + 8); };
  out.items.push_back(pointer(QStringLiteral("head"), 0, inBar(0)));
  out.items.push_back(pointer(QStringLiteral("data"), s.dataFromHead(), inBox(m_data)));
  out.items.push_back(pointer(QStringLiteral("tail"), s.tail, inBox(m_tail)));
  out.items.push_back(pointer(QStringLiteral("end"), s.end, inBar(s.end)));
  for (const tell::BufferFlag& flag : m_picture.flags)
    if (flag.offset >= m_picture.rangeFrom && flag.offset <= m_picture.rangeTo)
      out.items.push_back(pointer(text(flag.member), flag.offset, inBox(flag.offset)));
  if (m_picture.checksumAt != tell::BufferShape::Unset)
    out.items.push_back(pointer(tr("where the sum goes"), m_picture.checksumAt, inBox(m_picture.checksumAt)));
}

// What the mouse lights by standing on it.
void BufferStrip::showItem(int index) {
  const DescribedItem& item = description().items[std::size_t(index)];
  if (item.press) emit hovered(item.cells[1].toInt(), item.cells[2].toInt());
  else emit hovered(-1, -1);
}

void BufferStrip::keyPressEvent(QKeyEvent* event) {
  if (!moveByKey(event)) QWidget::keyPressEvent(event);
}

void BufferStrip::focusOutEvent(QFocusEvent*) {
  emit hovered(-1, -1);
  update();
}

} // namespace sockwalk
