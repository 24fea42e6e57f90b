#include "views/buffer/bytes_pane.h"
#include "views/buffer/unwritten.h"
#include "views/theme/linked.h"
#include "views/theme/theme.h"
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace sockwalk {

BytesPane::BytesPane(QWidget* parent) : QAbstractScrollArea(parent), DescribedBytes(*static_cast<QWidget*>(this)) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setMouseTracking(true);
  viewport()->setAutoFillBackground(false);
  setAccessibleName(tr("Bytes of the packet"));
  setMinimumHeight(int(theme().scaled(38)));
}

void BytesPane::show(const tell::BufferPicture& picture) {
  m_picture = picture;
  layOut();
}

void BytesPane::layOut() {
  const double cell = QFontMetricsF(theme().mono(12)).horizontalAdvance(QStringLiteral("00 "));
  const double cells = (viewport()->width() - firstByte()) / cell;
  m_perRow = cells >= 16 ? 16 : 8;
  m_rows.clear();
  for (const tell::BufferBand& b : m_picture.bands) {
    // A header of IPv4 or TCP has 20 bytes: where there is room it keeps to one row.
    const u32 perRow = b.to - b.from <= 20 && cells >= 20 ? 20 : static_cast<u32>(m_perRow);
    for (u32 at = b.from; at < b.to; at += perRow)
      m_rows.push_back({at, std::min(b.to, at + perRow), b.part, -1, b.written});
  }
  for (size_t f = 0; f < m_picture.fragments.size(); ++f) {
    const u32 size = static_cast<u32>(m_picture.fragments[f].bytes.size());
    for (u32 at = 0; at < size; at += static_cast<u32>(m_perRow))
      m_rows.push_back(
          {at, std::min(size, at + static_cast<u32>(m_perRow)), PacketPart::Payload, static_cast<int>(f), true});
  }
  const int page = std::max(1, int(viewport()->height() / rowHeight()));
  verticalScrollBar()->setRange(0, std::max(0, int(m_rows.size()) - page));
  verticalScrollBar()->setPageStep(page);
  describedAnew();
  viewport()->update();
}

u8 BytesPane::byteAt(const Row& row, u32 at) const {
  const auto& bytes = row.fragment < 0 ? m_picture.bytes : m_picture.fragments[static_cast<size_t>(row.fragment)].bytes;
  return at < bytes.size() ? bytes[at] : 0;
}

double BytesPane::rowHeight() const { return QFontMetricsF(theme().mono(12)).height() + theme().scaled(5); }
double BytesPane::firstByte() const {
  return theme().scaled(12) + QFontMetricsF(theme().mono(12)).horizontalAdvance(QStringLiteral("12345  "));
}

void BytesPane::highlight(int from, int to, bool scroll) {
  m_litFrom = from;
  m_litTo = to;
  if (scroll && from >= 0)
    for (size_t i = 0; i < m_rows.size(); ++i)
      if (m_rows[i].fragment < 0 && u32(from) >= m_rows[i].from && u32(from) < m_rows[i].to) {
        const int top = verticalScrollBar()->value(), page = verticalScrollBar()->pageStep();
        if (int(i) < top || int(i) >= top + page) verticalScrollBar()->setValue(int(i));
      }
  viewport()->update();
}

QString BytesPane::rowsText() const {
  QString out;
  for (const Row& r : m_rows) {
    out += r.fragment < 0 ? QStringLiteral("%1 ").arg(r.from, 5) : tr("fragment %1, %2 ").arg(r.fragment).arg(r.from);
    for (u32 i = r.from; i < r.to; ++i) out += QStringLiteral(" %1").arg(byteAt(r, i), 2, 16, QLatin1Char('0'));
    out += '\n';
  }
  return out;
}

void BytesPane::paintEvent(QPaintEvent*) {
  QPainter p(viewport());
  p.setRenderHint(QPainter::Antialiasing);
  double y = 0;
  for (size_t i = static_cast<size_t>(verticalScrollBar()->value()); i < m_rows.size() && y < viewport()->height();
       ++i, y += rowHeight())
    paintRow(p, m_rows[i], y);
  if (m_rows.empty()) {
    p.setFont(theme().sans(12));
    p.setPen(theme().color(Role::Muted));
    p.drawText(viewport()->rect(), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
               tr("No byte belongs to the packet yet."));
  }
  paintCurrentItem(p);
}

void BytesPane::paintRow(QPainter& p, const Row& r, double y) const {
  const Theme& t = theme();
  const double high = rowHeight(), first = firstByte();
  const QRectF mark(0, y + 2, t.scaled(4), high - 4);
  if (r.written) p.fillRect(mark, t.packet(r.part).fill);
  else paintUnwritten(p, mark);
  p.setFont(t.mono(12));
  p.setPen(t.color(Role::Muted));
  const QFontMetricsF metrics(t.mono(12));
  const double cell = metrics.horizontalAdvance(QStringLiteral("00 "));
  p.drawText(QRectF(0, y, first - metrics.horizontalAdvance(QStringLiteral("  ")), high),
             Qt::AlignRight | Qt::AlignVCenter,
             r.fragment >= 0 && !r.from ? tr("frag%1").arg(r.fragment) : QString::number(r.from));
  for (u32 b = r.from; b < r.to; ++b)
    paintByte(p, r, b, QRectF(first + (b - r.from) * cell, y, metrics.horizontalAdvance(QStringLiteral("00")), high),
              cell);
  if (r.written) return;
  const QRectF behind(first + (r.to - r.from) * cell + t.scaled(6), y, viewport()->width(), high);
  p.setFont(t.small());
  p.setPen(t.color(Role::Muted));
  const QString words = tr("not written yet");
  if (behind.left() + QFontMetricsF(p.font()).horizontalAdvance(words) <= viewport()->width())
    p.drawText(behind, Qt::AlignLeft | Qt::AlignVCenter, words);
}

// A mark goes on to the next byte that has it, too; `cell` is the way to there.
void BytesPane::paintByte(QPainter& p, const Row& r, u32 b, const QRectF& at, double cell) const {
  const Theme& t = theme();
  const bool lit = r.fragment < 0 && int(b) >= m_litFrom && int(b) < m_litTo;
  const bool linked = isLinked(int(b), r.fragment);
  const bool inside = r.fragment >= 0 || (r.written && b >= m_picture.shape.dataInside());
  const auto markIt = [&](int end, const QColor& fill, const QColor& line) {
    const double over = int(b) + 1 >= end || b + 1 >= r.to ? 2 : cell - at.width();
    p.fillRect(at.adjusted(-2, 1, over, -1), fill);
    p.fillRect(QRectF(at.left() - 2, at.bottom() - 2, at.width() + 2 + over, 2), line);
  };
  if (lit) markIt(m_litTo, t.color(Role::ChangedFill), t.color(Role::ChangedLine));
  if (linked) markIt(linkedTo(), linkedFill(), linkedColor());
  p.setFont(t.mono(12, inside ? QFont::Bold : QFont::Normal));
  p.setPen(linked ? linkedColor() : lit ? t.color(Role::Title) : inside ? t.color(Role::Text) : t.color(Role::Muted));
  p.drawText(at, Qt::AlignCenter, QStringLiteral("%1").arg(byteAt(r, b), 2, 16, QLatin1Char('0')));
}

const BytesPane::Row* BytesPane::rowAt(double y) const {
  const size_t row = static_cast<size_t>(verticalScrollBar()->value()) + static_cast<size_t>(y / rowHeight());
  return y < 0 || row >= m_rows.size() ? nullptr : &m_rows[row];
}

int BytesPane::offsetAt(const Row* row, double x) const {
  const double cell = QFontMetricsF(theme().mono(12)).horizontalAdvance(QStringLiteral("00 "));
  if (!row || x < firstByte()) return -1;
  const u32 offset = row->from + static_cast<u32>((x - firstByte()) / cell);
  return offset < row->to ? static_cast<int>(offset) : -1;
}

void BytesPane::choose(const Row* row, int offset) {
  if (row && row->fragment >= 0 && offset >= 0) emit fragmentClicked(row->fragment, offset);
  else emit clicked(offset);
}

// ---- as words, and by keyboard
std::vector<DescribedBytes::ByteRow> BytesPane::byteRows() const {
  std::vector<ByteRow> out;
  const double high = rowHeight();
  double y = -verticalScrollBar()->value() * high;
  for (const Row& r : m_rows) {
    QByteArray bytes;
    for (u32 i = r.from; i < r.to; ++i) bytes += static_cast<char>(byteAt(r, i));
    out.push_back({static_cast<int>(r.from), bytes, QRectF(0, y, viewport()->width(), high).toAlignedRect(),
                   r.fragment >= 0 ? tr("fragment %1").arg(r.fragment)
                   : r.written     ? QString()
                                   : tr("not written yet: what the memory held before"),
                   r.fragment});
    y += high;
  }
  return out;
}
void BytesPane::scrollToRow(int row) { scrollTo(*verticalScrollBar(), row, 1); }
void BytesPane::chooseByte(int row, int offset) { choose(&m_rows[static_cast<size_t>(row)], offset); }
void BytesPane::keyPressEvent(QKeyEvent* event) {
  if (!moveAmongBytes(event)) QAbstractScrollArea::keyPressEvent(event);
}
void BytesPane::scrollContentsBy(int, int) {
  describedElsewhere();
  viewport()->update();
}

void BytesPane::resizeEvent(QResizeEvent*) { layOut(); }
void BytesPane::mouseMoveEvent(QMouseEvent* e) {
  const Row* const row = rowAt(e->position().y());
  emit hovered(row && row->fragment < 0 ? offsetAt(row, e->position().x()) : -1);
}
void BytesPane::mousePressEvent(QMouseEvent* e) {
  const Row* const row = rowAt(e->position().y());
  choose(row, offsetAt(row, e->position().x()));
}
void BytesPane::leaveEvent(QEvent*) { emit hovered(-1); }

} // namespace sockwalk
