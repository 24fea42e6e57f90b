#include "views/tables/tables_model.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QSet>

namespace sockwalk {

using tell::KernelTable, tell::RowMark, tell::TableRow;

namespace {

using RowId = std::pair<u64, u64>;
RowId idOf(const TableRow& row) { return {row.address, row.within}; }

QString cell(const TableRow& row, int column) {
  switch (column) {
  case TablesModel::Place: return shown(row.place);
  case TablesModel::Key: return shown(row.key);
  case TablesModel::Object: return text(row.object);
  case TablesModel::State: return shown(row.state);
  case TablesModel::Detail: return shown(row.detail);
  default: return text(row.space);
  }
}

} // namespace

// Not the way that calls came: no step wrote it.
static bool isWritten(const TableRow& row) { return row.mark == RowMark::New || row.mark == RowMark::Changed; }

void TablesModel::setTables(std::vector<KernelTable> tables) {
  if (!std::ranges::equal(tables, m_tables, {}, &KernelTable::id, &KernelTable::id)) {
    beginResetModel();
    m_tables = std::move(tables);
    endResetModel();
    return;
  }
  for (std::size_t i = 0; i < tables.size(); ++i) takeRows(int(i), std::move(tables[i]));
}

// Rows that are gone leave, rows that are new come in their places, the others say what they say now.
void TablesModel::takeRows(int at, KernelTable fresh) {
  KernelTable& table = m_tables[std::size_t(at)];
  const QModelIndex parent = index(at, 0);
  QSet<RowId> staying;
  for (const TableRow& row : fresh.rows) staying.insert(idOf(row));
  for (int i = int(table.rows.size()) - 1; i >= 0; --i) {
    if (staying.contains(idOf(table.rows[std::size_t(i)]))) continue;
    beginRemoveRows(parent, i, i);
    table.rows.erase(table.rows.begin() + i);
    endRemoveRows();
  }
  for (std::size_t i = 0; i < fresh.rows.size(); ++i) {
    if (i < table.rows.size() && idOf(table.rows[i]) == idOf(fresh.rows[i])) {
      table.rows[i] = std::move(fresh.rows[i]);
      continue;
    }
    const auto later = std::find_if(table.rows.begin() + std::min(std::ptrdiff_t(i), std::ptrdiff_t(table.rows.size())),
                                    table.rows.end(), [&](auto& row) { return idOf(row) == idOf(fresh.rows[i]); });
    if (later != table.rows.end()) { // it has changed its place
      const int old = int(later - table.rows.begin());
      beginRemoveRows(parent, old, old);
      table.rows.erase(later);
      endRemoveRows();
    }
    beginInsertRows(parent, int(i), int(i));
    table.rows.insert(table.rows.begin() + std::ptrdiff_t(i), std::move(fresh.rows[i]));
    endInsertRows();
  }
  table.summary = fresh.summary;
  table.more = fresh.more;
  if (!table.rows.empty())
    emit dataChanged(index(0, 0, parent), index(int(table.rows.size()) - 1, ColumnCount - 1, parent));
  emit dataChanged(parent, index(at, ColumnCount - 1));
}

void TablesModel::setFocus(u64 address) {
  m_focus = address;
  for (int i = 0; i < rowCount(); ++i)
    if (const int rows = rowCount(index(i, 0)))
      emit dataChanged(index(0, 0, index(i, 0)), index(rows - 1, ColumnCount - 1, index(i, 0)), {FocusedRole});
}

int TablesModel::entries() const {
  int n = 0;
  for (const KernelTable& t : m_tables) n += int(t.rows.size()) + t.more;
  return n;
}
bool TablesModel::severalSpaces() const {
  for (const KernelTable& t : m_tables)
    for (const TableRow& row : t.rows)
      if (!row.space.empty()) return true;
  return false;
}
QModelIndex TablesModel::firstMarked() const {
  for (std::size_t t = 0; t < m_tables.size(); ++t)
    for (std::size_t r = 0; r < m_tables[t].rows.size(); ++r)
      if (isWritten(m_tables[t].rows[r])) return index(int(r), 0, index(int(t), 0));
  return {};
}

// ---- as a tree. The internal id is 0 for a table, its number + 1 for an entry of it.

QModelIndex TablesModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : 0);
}
QModelIndex TablesModel::parent(const QModelIndex& index) const {
  if (!index.isValid() || !index.internalId()) return {};
  return createIndex(int(index.internalId()) - 1, 0, quintptr(0));
}
int TablesModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return int(m_tables.size());
  if (parent.internalId() || parent.column()) return 0;
  return int(m_tables[std::size_t(parent.row())].rows.size());
}

QVariant TablesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (!index.internalId()) return tableData(m_tables[std::size_t(index.row())], index.column(), role);
  const KernelTable& table = m_tables[index.internalId() - 1];
  return rowData(table, table.rows[std::size_t(index.row())], index.column(), role);
}

QVariant TablesModel::tableData(const KernelTable& table, int column, int role) const {
  const QString title = shown(table.title), symbol = text(table.symbol), summary = shown(wholeSummary(table));
  switch (role) {
  case Qt::DisplayRole: return column ? QString() : title;
  case Qt::ToolTipRole:
    return QStringLiteral("<p><b>%1</b> <code>%2</code></p><p>%3</p>").arg(title, symbol, shown(table.about));
  case Qt::AccessibleTextRole: return QStringLiteral("%1, %2: %3").arg(title, symbol, summary);
  case SummaryRole: return summary;
  case SymbolRole: return symbol;
  case WordsRole: return QStringLiteral("%1 %2 %3").arg(text(table.id), title, symbol);
  case MarkRole:
    return int(std::any_of(table.rows.begin(), table.rows.end(), isWritten) ? RowMark::Changed : RowMark::None);
  default: return {};
  }
}

QVariant TablesModel::rowData(const KernelTable& table, const TableRow& row, int column, int role) const {
  switch (role) {
  case Qt::DisplayRole: return cell(row, column);
  case Qt::ToolTipRole: {
    QString tip = cell(row, column);
    if (!row.tip.empty()) tip += '\n' + shown(row.tip);
    if (row.mark == RowMark::None) return tip;
    return QStringLiteral("%1\n%2").arg(tip, row.mark == RowMark::New     ? tr("new by the last step")
                                             : row.mark == RowMark::Taken ? tr("the way that the running calls came")
                                                                          : tr("changed by the last step"));
  }
  case AddressRole: return quint64(row.address);
  case MarkRole: return int(row.mark);
  case IndentRole: return row.indent;
  case HeadingRole: return row.heading;
  case SideBySideRole: return table.rows.front().heading;
  case FocusedRole: return row.address == m_focus;
  case WordsRole: {
    QString words = text(table.id) + ' ' + shown(table.title);
    for (int c = 0; c < ColumnCount; ++c) words += ' ' + cell(row, c);
    return words;
  }
  default: return {};
  }
}

QVariant TablesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::ToolTipRole) {
    if (section == Place)
      return tr("The bucket, and the place on its chain; of a route, how deep in the trie its leaf is");
    if (section == Key) return tr("What is looked up; for hash tables of sockets what was hashed: this end ↔ the peer");
  }
  if (role != Qt::DisplayRole) return {};
  switch (section) {
  case Place: return tr("Place");
  case Key: return tr("Key");
  case Object: return tr("Entry");
  case State: return tr("State");
  case Detail: return tr("More");
  default: return tr("netns");
  }
}

} // namespace sockwalk
