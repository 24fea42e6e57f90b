#include "views/theme/described_bytes.h"
#include <algorithm>
#include <QKeyEvent>
#include <QScrollBar>

namespace sockwalk {

static QString printable(const QByteArray& bytes) {
  QString out;
  for (const char c : bytes) out += c >= 32 && c < 127 ? QChar(QLatin1Char(c)) : QChar(0xb7);
  return out;
}

Description DescribedBytes::describe() const {
  Description out;
  out.headings << tr("From") << tr("To") << tr("Bytes") << tr("Text") << tr("Of");
  for (const ByteRow& row : byteRows()) {
    const int last = row.from + static_cast<int>(row.bytes.size()) - 1;
    DescribedItem item;
    item.cells << QString::number(row.from) << QString::number(last) << QString::fromLatin1(row.bytes.toHex(' '))
               << printable(row.bytes) << row.of;
    item.name = row.of.isEmpty() ? tr("bytes %1 to %2").arg(row.from).arg(last)
                                 : tr("%1, bytes %2 to %3").arg(row.of).arg(row.from).arg(last);
    if (row.part == m_linkedPart && row.from < m_linkedTo && last >= m_linkedFrom) {
      item.lit = true;
      item.cells.last() = tr("selected: bytes %1 to %2").arg(m_linkedFrom).arg(m_linkedTo - 1);
    }
    item.rect = row.rect;
    item.role = QAccessible::ListItem;
    item.press = [bytes = const_cast<DescribedBytes*>(this), at = static_cast<int>(out.items.size()), from = row.from] {
      bytes->chooseByte(at, from);
    };
    out.items.push_back(std::move(item));
  }
  return out;
}

void DescribedBytes::setLinked(int from, int to, int part) {
  if (from == m_linkedFrom && to == m_linkedTo && part == m_linkedPart) return;
  m_linkedPart = part;
  m_linkedFrom = from;
  m_linkedTo = to;
  describedAnew();
  surface().update();
}

void DescribedBytes::showItem(int row) {
  scrollToRow(row);
  describedElsewhere();
  const DescribedItem& item = description().items[std::size_t(row)];
  const int from = item.cells[0].toInt(), last = item.cells[1].toInt();
  m_column = std::clamp(m_column, 0, last - from);
  chooseByte(row, from + m_column);
}

void DescribedBytes::scrollTo(QScrollBar& bar, int top, int height) {
  if (top < bar.value()) bar.setValue(top);
  else if (top + height > bar.value() + bar.pageStep()) bar.setValue(top + height - bar.pageStep());
}

bool DescribedBytes::moveAmongBytes(const QKeyEvent* event) {
  const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
  const int count = static_cast<int>(description().items.size());
  if (!step || event->modifiers() & ~Qt::KeypadModifier || !count) return moveByKey(event);
  int row = std::max(0, currentItem());
  const QStringList& cells = description().items[std::size_t(row)].cells;
  m_column += currentItem() < 0 ? 0 : step;
  const bool leaves = m_column < 0 || m_column > cells[1].toInt() - cells[0].toInt();
  if (leaves && row + step >= 0 && row + step < count) {
    row += step;
    m_column = step > 0 ? 0 : 1 << 16; // showItem() takes the last one that there is
  }
  setCurrentItem(row);
  showItem(row);
  return true;
}

} // namespace sockwalk
