#include "app/described_table.h"
#include "views/theme/theme.h"
#include <QCollator>
#include <QHeaderView>
#include <QTableView>
#include <QTreeView>

namespace sockwalk {
namespace {

constexpr int MostRows = 5000; // of a list: what it has more is said

QHeaderView* headerOf(const QAbstractItemView& view) {
  if (const auto* tree = qobject_cast<const QTreeView*>(&view)) return tree->header();
  if (const auto* table = qobject_cast<const QTableView*>(&view)) return table->horizontalHeader();
  return nullptr;
}

// Columns as they are seen, from left to right.
QList<int> columnsOf(const QAbstractItemView& view) {
  const QHeaderView* header = headerOf(view);
  if (!header) return {0};
  QList<int> columns;
  for (int i = 0; i < header->count(); ++i)
    if (const int column = header->logicalIndex(i); !header->isSectionHidden(column)) columns << column;
  return columns;
}

QModelIndex nextOf(const QAbstractItemView& view, const QModelIndex& index) {
  if (const auto* tree = qobject_cast<const QTreeView*>(&view)) return tree->indexBelow(index);
  return index.siblingAtRow(index.row() + 1);
}

DescribedItem describedRow(QAbstractItemView& view, const QModelIndex& index, const QList<int>& columns) {
  DescribedItem row;
  int depth = 0, filled = 0;
  for (QModelIndex up = index.parent(); up.isValid(); up = up.parent()) ++depth;
  for (const int column : columns) {
    row.cells << index.siblingAtColumn(column).data().toString().simplified();
    filled += !row.cells.last().isEmpty();
  }
  // A row that is painted as a whole says what it is by one text.
  if (const QString whole = index.data(Qt::AccessibleTextRole).toString(); filled <= 1 && !whole.isEmpty())
    row.cells[0] = whole.simplified();
  row.cells[0].prepend(QString(2 * depth, ' '));
  row.lit = index.row() == view.currentIndex().row() && index.parent() == view.currentIndex().parent();
  row.press = [&view, at = QPersistentModelIndex(index)] {
    if (!at.isValid()) return;
    view.setCurrentIndex(at);
    emit view.activated(at);
  };
  return row;
}

} // namespace

Description describeItems(QAbstractItemView& view) {
  Description out;
  const QAbstractItemModel* model = view.model();
  if (!model) return out;
  const QList<int> columns = columnsOf(view);
  for (const int column : columns) out.headings << model->headerData(column, Qt::Horizontal).toString();
  if (!headerOf(view)) out.headings = QStringList{view.accessibleName()};
  QModelIndex index = model->index(0, 0, view.rootIndex());
  for (; index.isValid() && out.items.size() < MostRows; index = nextOf(view, index))
    out.items.push_back(describedRow(view, index, columns));
  if (index.isValid()) out.summary = Described::tr("The table ends here; the list goes on.");
  return out;
}

void DescribedTable::show(const Description& description) {
  std::vector<DescribedItem> rows;
  for (const DescribedItem& item : description.items)
    if (item.listed) rows.push_back(item);
  const bool same = rows.size() == m_rows.size() && description.headings == m_headings;
  if (!same) beginResetModel();
  m_headings = description.headings;
  m_rows = std::move(rows);
  if (!same) return endResetModel();
  if (!m_rows.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void DescribedTable::press(int row) const {
  if (row < 0 || row >= rowCount()) return;
  if (const auto press = m_rows[std::size_t(row)].press) press(); // a copy: the rows may become others
}

QString DescribedTable::tabbed(const QList<int>& rows) const {
  const auto line = [](const QStringList& cells) {
    QStringList clean;
    for (const QString& cell : cells) clean << Described::told(cell).replace('\t', ' ').replace('\n', ' ');
    return clean.join('\t') + '\n';
  };
  QString out = line(m_headings);
  for (const int row : rows) out += line(m_rows[std::size_t(row)].cells);
  return out;
}

int DescribedTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}
int DescribedTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_headings.size());
}
QVariant DescribedTable::data(const QModelIndex& index, int role) const {
  const DescribedItem& row = m_rows[std::size_t(index.row())];
  if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return Described::told(row.cells.value(index.column()));
  if (role == Qt::FontRole) return theme().sans(12, row.lit ? QFont::Bold : QFont::Normal);
  return {};
}
QVariant DescribedTable::headerData(int section, Qt::Orientation orientation, int role) const {
  return orientation == Qt::Horizontal && role == Qt::DisplayRole ? m_headings.value(section) : QVariant();
}

bool DescribedSorting::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  static const QCollator collator = [] {
    QCollator c;
    c.setNumericMode(true);
    return c;
  }();
  const QString a = left.data().toString(), b = right.data().toString();
  bool numbers = false, both = false;
  const double x = a.toDouble(&numbers), y = b.toDouble(&both);
  return numbers && both ? x < y : collator.compare(a, b) < 0;
}

} // namespace sockwalk
