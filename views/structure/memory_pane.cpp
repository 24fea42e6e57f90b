#include "views/structure/memory_pane.h"
#include "views/theme/theme.h"
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace sockwalk {

MemoryPane::MemoryPane(QWidget* parent) : QAbstractScrollArea(parent), DescribedBytes(*static_cast<QWidget*>(this)) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Raw memory of the object"));
}

void MemoryPane::show(const Playhead* at, const tell::StructureSubject& subject, const tell::SubjectChanges& changes) {
  const bool other = !subject.same(m_subject);
  m_at = at;
  m_subject = subject;
  m_changes = changes;
  if (other) m_selectedSize = 0, verticalScrollBar()->setValue(0);
  layOut();
}
void MemoryPane::select(u32 offset, u32 size) {
  m_selected = offset;
  m_selectedSize = size;
  const int row = int(offset / m_perRow), top = verticalScrollBar()->value(), page = verticalScrollBar()->pageStep();
  if (row < top || row >= top + page) verticalScrollBar()->setValue(row - page / 3);
  viewport()->update();
}

double MemoryPane::rowHeight() const { return QFontMetricsF(theme().mono(11.5)).height() + theme().scaled(4); }
double MemoryPane::cell() const { return QFontMetricsF(theme().mono(11.5)).horizontalAdvance(QStringLiteral("00 ")); }
double MemoryPane::firstByte() const {
  return QFontMetricsF(theme().mono(11.5)).horizontalAdvance(QStringLiteral("00000 ")) + 4;
}

void MemoryPane::layOut() {
  const double character = QFontMetricsF(theme().mono(11.5)).horizontalAdvance('0');
  m_perRow = viewport()->width() - firstByte() >= 16 * (cell() + character) + 12 ? 16 : 8;
  const int rows = int((m_subject.size + m_perRow - 1) / m_perRow),
            page = std::max(1, int(viewport()->height() / rowHeight()));
  verticalScrollBar()->setRange(0, std::max(0, rows - page));
  verticalScrollBar()->setPageStep(page);
  describedAnew();
  viewport()->update();
}

void MemoryPane::paintEvent(QPaintEvent*) {
  if (!m_at || !m_subject) return;
  QPainter p(viewport());
  const Theme& t = theme();
  const double high = rowHeight(), wide = cell(), first = firstByte();
  const double character = QFontMetricsF(t.mono(11.5)).horizontalAdvance('0'), letters = first + m_perRow * wide + 8;
  p.setFont(t.mono(11.5));
  double y = 0;
  for (u32 row = static_cast<u32>(verticalScrollBar()->value()) * m_perRow;
       row < m_subject.size && y < viewport()->height(); row += m_perRow, y += high) {
    if ((m_subject.base + row) % 64 < m_perRow && row) { // a cache line begins
      p.setPen(t.color(Role::Hairline));
      p.drawLine(QPointF(0, y), QPointF(viewport()->width(), y));
    }
    p.setPen(t.color(Role::Muted));
    p.drawText(QRectF(0, y, first - character, high), Qt::AlignRight | Qt::AlignVCenter, QString::number(row));
    for (u32 i = row; i < std::min(row + m_perRow, m_subject.size); ++i) {
      const u8 b = *m_at->memory().at(m_subject.base + i);
      const QRectF at(first + (i - row) * wide, y, wide - character, high);
      const bool changed = i < m_changes.changed.size() && m_changes.changed[i];
      if (changed) p.fillRect(at.adjusted(-1, 1, 1, -1), t.color(Role::ChangedFill));
      if (i >= m_selected && i < m_selected + m_selectedSize)
        p.fillRect(QRectF(at.left() - 1, at.bottom() - 2, wide, 2), t.color(Role::Accent));
      p.setPen(changed ? t.color(Role::Changed) : b ? t.color(Role::Text) : t.color(Role::Muted));
      p.drawText(at, Qt::AlignCenter, QStringLiteral("%1").arg(b, 2, 16, QLatin1Char('0')));
      p.setPen(t.color(b >= 32 && b < 127 ? Role::Text : Role::Muted));
      p.drawText(QRectF(letters + (i - row) * character, y, character, high), Qt::AlignCenter,
                 b >= 32 && b < 127 ? QString(QLatin1Char(char(b))) : QStringLiteral("·"));
    }
  }
  paintCurrentItem(p);
}

// ---- as words, and by keyboard
std::vector<DescribedBytes::ByteRow> MemoryPane::byteRows() const {
  std::vector<ByteRow> out;
  if (!m_at || !m_subject) return out;
  const double high = rowHeight();
  double y = -verticalScrollBar()->value() * high;
  for (u32 row = 0; row < m_subject.size; row += m_perRow, y += high) {
    QByteArray bytes;
    for (u32 i = row; i < std::min(row + m_perRow, m_subject.size); ++i)
      bytes += static_cast<char>(*m_at->memory().at(m_subject.base + i));
    out.push_back({static_cast<int>(row), bytes, QRectF(0, y, viewport()->width(), high).toAlignedRect()});
  }
  return out;
}
void MemoryPane::scrollToRow(int row) { scrollTo(*verticalScrollBar(), row, 1); }
void MemoryPane::chooseByte(int, int offset) { emit clicked(static_cast<quint32>(offset)); }
void MemoryPane::keyPressEvent(QKeyEvent* event) {
  if (!moveAmongBytes(event)) QAbstractScrollArea::keyPressEvent(event);
}
void MemoryPane::scrollContentsBy(int, int) {
  describedElsewhere();
  viewport()->update();
}

void MemoryPane::resizeEvent(QResizeEvent*) { layOut(); }
void MemoryPane::mousePressEvent(QMouseEvent* e) {
  const double column = (e->position().x() - firstByte()) / cell();
  if (column < 0 || column >= m_perRow) return;
  const u32 offset =
      (static_cast<u32>(verticalScrollBar()->value()) + static_cast<u32>(e->position().y() / rowHeight())) * m_perRow +
      static_cast<u32>(column);
  if (offset < m_subject.size) emit clicked(offset);
}

} // namespace sockwalk
