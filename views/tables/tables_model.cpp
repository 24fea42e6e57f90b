#include "views/tables/tables_model.h"
#include "views/theme/described.h"
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
  case TablesModel::Object: return Described::told(text(row.object)); // a table of functions may be an answer
  case TablesModel::State: return shown(row.state);
  case TablesModel::Detail: return shown(row.detail);
  default: return text(row.space);
  }
}

} // namespace

// Not the way that calls came: no step wrote it.
static bool isWritten(const TableRow& row) { return row.mark == RowMark::New || row.mark == RowMark::Changed; }

void TablesModel::setTables(std::vector<KernelTable> tables, WithWords withWords) {
  m_withWords = std::move(withWords);
  if (!std::ranges::equal(tables, m_tables, {}, &KernelTable::id, &KernelTable::id)) {
    beginResetModel();
    m_tables = std::move(tables);
    endResetModel();
    return;
  }
  m_taking = true;
  for (std::size_t i = 0; i < tables.size(); ++i) takeRows(int(i), std::move(tables[i]));
  m_taking = false;
  for (int i = 0; i < rowCount(); ++i) said(i);
}

// Of rows without words nobody knows which say something else: whoever shows them draws anew those in sight.
void TablesModel::said(int table) {
  const QModelIndex parent = index(table, 0);
  if (const int rows = rowCount(parent); rows && m_tables[std::size_t(table)].inWords)
    emit dataChanged(index(0, 0, parent), index(rows - 1, ColumnCount - 1, parent));
  emit dataChanged(parent, index(table, ColumnCount - 1));
}

const KernelTable& TablesModel::inWords(std::size_t at) const {
  KernelTable& table = m_tables[at];
  if (table.inWords || m_taking || !m_withWords) return table;
  KernelTable said = m_withWords(table);
  // A view that is hidden has not followed: its rows are those of another moment.
  if (std::ranges::equal(said.rows, table.rows, {}, idOf, idOf)) table = std::move(said);
  return table;
}

// Rows that are gone leave, rows that are new come in their places, the others say what they say now. Neighbours leave and
// come together: after a jump hundreds do.
void TablesModel::takeRows(int at, KernelTable fresh) {
  KernelTable& table = m_tables[std::size_t(at)];
  const QModelIndex parent = index(at, 0);
  leaveOut(table, parent, fresh.rows);
  for (std::size_t i = 0; i < fresh.rows.size(); ++i) {
    if (i < table.rows.size() && idOf(table.rows[i]) == idOf(fresh.rows[i])) table.rows[i] = std::move(fresh.rows[i]);
    else i = insertAt(table, parent, fresh.rows, i) - 1;
  }
  table.summary = fresh.summary;
  table.more = fresh.more;
  table.inWords = fresh.inWords;
}

void TablesModel::leaveOut(KernelTable& table, const QModelIndex& parent, const std::vector<TableRow>& staying) {
  QSet<RowId> ids;
  for (const TableRow& row : staying) ids.insert(idOf(row));
  const auto leaves = [&](int row) { return !ids.contains(idOf(table.rows[std::size_t(row)])); };
  for (int last = int(table.rows.size()) - 1; last >= 0; --last) {
    if (!leaves(last)) continue;
    int first = last;
    while (first > 0 && leaves(first - 1)) --first;
    beginRemoveRows(parent, first, last);
    table.rows.erase(table.rows.begin() + first, table.rows.begin() + last + 1);
    endRemoveRows();
    last = first;
  }
}

// The rows of `fresh` from there on that are not in the table yet; the first of them may be there at another place. Gives
// the one behind.
std::size_t TablesModel::insertAt(KernelTable& table, const QModelIndex& parent, std::vector<TableRow>& fresh,
                                  std::size_t from) {
  QHash<RowId, std::size_t> there;
  for (std::size_t i = from; i < table.rows.size(); ++i) there.insert(idOf(table.rows[i]), i);
  std::size_t to = from + 1;
  if (const auto moved = there.constFind(idOf(fresh[from])); moved != there.cend()) {
    beginRemoveRows(parent, int(*moved), int(*moved));
    table.rows.erase(table.rows.begin() + std::ptrdiff_t(*moved));
    endRemoveRows();
  } else
    while (to < fresh.size() && !there.contains(idOf(fresh[to]))) ++to;
  beginInsertRows(parent, int(from), int(to) - 1);
  const auto begin = fresh.begin() + std::ptrdiff_t(from), end = fresh.begin() + std::ptrdiff_t(to);
  table.rows.insert(table.rows.begin() + std::ptrdiff_t(from), std::make_move_iterator(begin),
                    std::make_move_iterator(end));
  endInsertRows();
  return to;
}

void TablesModel::setFocus(u64 address) {
  m_focus = address;
  for (int i = 0; i < rowCount(); ++i)
    if (const int rows = rowCount(index(i, 0)))
      emit dataChanged(index(0, 0, index(i, 0)), index(rows - 1, ColumnCount - 1, index(i, 0)), {FocusedRole});
}

QModelIndex TablesModel::rowOf(u64 address) const {
  for (std::size_t t = 0; t < m_tables.size(); ++t) {
    const auto& rows = m_tables[t].rows;
    const auto found = std::ranges::find(rows, address, &TableRow::address);
    if (found != rows.end()) return index(int(found - rows.begin()), 0, index(int(t), 0));
  }
  return {};
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
  const bool says = role == Qt::DisplayRole || role == Qt::ToolTipRole || role == WordsRole;
  const KernelTable& table = says ? inWords(index.internalId() - 1) : m_tables[index.internalId() - 1];
  return rowData(table, table.rows[std::size_t(index.row())], index.column(), role);
}

QVariant TablesModel::tableData(const KernelTable& table, int column, int role) const {
  const QString title = shown(table.title), symbol = Described::told(text(table.symbol)),
                summary = shown(wholeSummary(table));
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
