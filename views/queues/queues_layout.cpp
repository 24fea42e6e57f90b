#include "views/queues/queues_layout.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <QFontMetricsF>
#include <QStringList>

namespace sockwalk {

using tell::KernelTable, tell::TableRow;

static QString joined(QStringList parts) {
  parts.removeAll(QString());
  return parts.join(QStringLiteral(" · "));
}

QueuesLayout::QueuesLayout(const std::vector<KernelTable>& tables, double width) {
  m_height = theme().scaled(8);
  for (const KernelTable& table : tables) put(table, width);
  m_height += theme().scaled(8);
}

void QueuesLayout::put(const KernelTable& table, double width) {
  const double margin = theme().scaled(12), gap = theme().scaled(7);
  m_headings.push_back({{margin, m_height, width - 2 * margin, theme().scaled(22)},
                        joined({shown(table.title), shown(tell::wholeSummary(table))})});
  m_height += theme().scaled(26);
  for (size_t i = 0; i < table.rows.size();) {
    const TableRow& queue = table.rows[i++];
    std::vector<const TableRow*> waiting;
    while (i < table.rows.size() && table.rows[i].indent > 0) waiting.push_back(&table.rows[i++]);
    QueueLine& line = m_lines.emplace_back();
    line.title = shown(queue.place);
    line.owner = joined({text(queue.space), text(queue.object), shown(queue.key)});
    line.detail = joined({shown(queue.state), shown(queue.detail)});
    line.address = queue.address;
    line.mark = queue.mark;
    line.rect = {margin, m_height, width - 2 * margin, theme().scaled(38)};
    line.head = {margin, m_height, std::min(theme().scaled(250), (width - 2 * margin) * 0.42), theme().scaled(38)};
    if (waiting.empty()) line.head.setRight(width - margin);
    putCells(line, waiting, width - margin);
    m_height = line.rect.bottom() + gap;
  }
  m_height += gap;
}

// In as many lines as it takes; each cell as wide as its words.
void QueuesLayout::putCells(QueueLine& line, const std::vector<const TableRow*>& rows, double right) {
  const QFontMetricsF upper(theme().mono(11)), lower(theme().sans(10.5));
  const double gap = theme().scaled(4), height = line.head.height(), left = line.head.right() + theme().scaled(16);
  double x = left, y = line.head.top();
  for (const TableRow* row : rows) {
    QueueCell cell;
    cell.upper = row->key.empty() ? joined({shown(row->place), text(row->object)}) : shown(row->key);
    cell.lower = row->key.empty() ? joined({shown(row->state), shown(row->detail)})
                                  : joined({text(row->object), shown(row->detail)});
    cell.tip = joined({shown(row->place), shown(row->key), text(row->object), shown(row->state), shown(row->detail),
                       shown(row->tip)});
    cell.address = row->address;
    cell.mark = row->mark;
    const double words =
        std::max(upper.horizontalAdvance(cell.upper), lower.horizontalAdvance(cell.lower)) + theme().scaled(14);
    const double wide = std::clamp(words, theme().scaled(64), std::max(theme().scaled(64), right - left));
    if (x + wide > right && x > left) x = left, y += height + gap;
    cell.rect = {x, y, wide, height};
    line.cells.push_back(cell);
    x += wide + gap;
  }
  line.rect.setBottom(std::max(line.rect.bottom(), y + height));
}

} // namespace sockwalk
