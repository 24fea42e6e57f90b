#include "views/structure/structure_model.h"
#include "views/theme/described.h"
#include "views/walk/text.h"

namespace sockwalk {

StructureModel::StructureModel(QObject* parent) : QAbstractItemModel(parent) {}

void StructureModel::show(const Playhead* at, const tell::StructureSubject& subject, tell::RowOrder order) {
  beginResetModel();
  m_at = at;
  m_changes = {};
  m_rows = tell::StructureRows(at ? subject : tell::StructureSubject(), order);
  endResetModel();
}

void StructureModel::refresh(tell::SubjectChanges changes) {
  m_changes = std::move(changes);
  announce({});
}
void StructureModel::announce(const QModelIndex& parent) {
  const auto& rows = m_rows.in(rowOf(parent));
  if (rows.empty()) return;
  const int last = static_cast<int>(rows.size()) - 1;
  emit dataChanged(index(0, 0, parent), index(last, ColumnCount - 1, parent));
  for (int row = 0; row <= last; ++row)
    if (m_rows.looked(*rows[static_cast<size_t>(row)])) announce(index(row, 0, parent));
}

// ---- looking up

QModelIndex StructureModel::indexOf(const std::vector<Row*>& way) const {
  return way.empty() ? QModelIndex() : createIndex(way.back()->index, 0, way.back());
}
QModelIndex StructureModel::indexAt(u32 offset) const { return indexOf(m_rows.wayTo(offset)); }
QModelIndex StructureModel::firstChanged() const { return indexOf(m_rows.wayTo(m_changes)); }
tell::MemberPlace StructureModel::placeOf(const QModelIndex& i) const { return m_rows.memberOf(rowOf(i)); }

void StructureModel::dumpRow(Row& row, int level, int depth, QStringList& out) const {
  for (const auto& c : m_rows.in(row)) {
    const Change change = m_rows.change(m_changes, *c);
    const char* mark = change == Change::Changed ? " changed" : change == Change::Written ? " written" : "";
    out << QStringLiteral("%1 %2 %3 %4%5")
               .arg(textIn(OffsetColumn, *c))
               .arg(c->size)
               .arg(textIn(MemberColumn, *c), textIn(ValueColumn, *c), mark)
               .trimmed()
               .prepend(QString(2 * level, ' '));
    if (depth > 1 && c->branch) dumpRow(*c, level + 1, depth - 1, out);
  }
}
QStringList StructureModel::dump(int depth) const {
  QStringList out;
  dumpRow(m_rows.root(), 0, depth, out);
  return out;
}

// ---- QAbstractItemModel

StructureModel::Row& StructureModel::rowOf(const QModelIndex& i) const {
  return i.isValid() ? *static_cast<Row*>(i.internalPointer()) : m_rows.root();
}

QModelIndex StructureModel::index(int row, int column, const QModelIndex& parent) const {
  if (row < 0 || column < 0 || column >= ColumnCount || (parent.isValid() && parent.column() != 0)) return {};
  const auto& rows = m_rows.in(rowOf(parent));
  return size_t(row) < rows.size() ? createIndex(row, column, rows[static_cast<size_t>(row)].get()) : QModelIndex();
}
QModelIndex StructureModel::parent(const QModelIndex& i) const {
  if (!i.isValid()) return {};
  Row* p = rowOf(i).parent;
  return p && p->parent ? createIndex(p->index, 0, p) : QModelIndex();
}
int StructureModel::rowCount(const QModelIndex& parent) const {
  if (parent.isValid() && parent.column() != 0) return 0;
  return static_cast<int>(m_rows.in(rowOf(parent)).size());
}
int StructureModel::columnCount(const QModelIndex&) const { return ColumnCount; }
bool StructureModel::hasChildren(const QModelIndex& parent) const {
  return parent.column() <= 0 && rowOf(parent).branch;
}

QString StructureModel::covered(const QString& told, const Row& row) const {
  if (!m_covers || !row.isMember()) return told;
  const u32 offset = m_rows.subject().base + row.offset;
  return m_covers->member(offset, row.size) ? text(m_covers->words(told.toStdString())) : told;
}

QString StructureModel::textIn(int column, const Row& row) const {
  switch (column) {
  case OffsetColumn: return Described::told(text(m_rows.place(row))); // the next member's is a size
  case SizeColumn: return shown(m_rows.room(row));
  case MemberColumn: return shown(m_rows.name(row));
  case ValueColumn: return m_at ? covered(shown(m_rows.value(*m_at, row)), row) : QString();
  case TypeColumn: return text(m_rows.type(row));
  default: return {};
  }
}

QVariant StructureModel::data(const QModelIndex& i, int role) const {
  if (!i.isValid() || !m_at) return {};
  const Row& row = rowOf(i);
  switch (role) {
  case Qt::DisplayRole: return textIn(i.column(), row);
  case Qt::ToolTipRole: return covered(shown(m_rows.explanation(*m_at, row)), row);
  case Qt::TextAlignmentRole:
    return int((i.column() == OffsetColumn || i.column() == SizeColumn ? Qt::AlignRight : Qt::AlignLeft) |
               Qt::AlignVCenter);
  case KindRole: return static_cast<int>(row.kind);
  case ChangeRole: return static_cast<int>(m_rows.change(m_changes, row));
  case PointerRole: return quint64(m_rows.pointer(*m_at, row));
  case OffsetRole: return row.offset;
  case SizeRole: return row.size;
  case UnionRole: return row.inUnion;
  case NotZeroRole: return m_rows.notZero(*m_at, row);
  case PathRole: return text(m_rows.path(row));
  case MacrosRole: {
    QStringList names;
    for (std::string_view name : m_rows.macros(row)) names << text(name);
    return names;
  }
  default: return {};
  }
}
QVariant StructureModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int((section <= SizeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  const QString names[] = {tr("off"), tr("size"), tr("member"), tr("value"), tr("type")};
  return section < ColumnCount ? names[section] : QVariant();
}

} // namespace sockwalk
