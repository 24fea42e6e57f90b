#include "views/structure/structure_filter.h"
#include "views/structure/structure_model.h"

namespace sockwalk {

StructureFilter::StructureFilter(QObject* parent) : QSortFilterProxyModel(parent) {
  setRecursiveFilteringEnabled(true);
}

void StructureFilter::setText(const QString& text) {
  m_text = text.trimmed();
  const QString word = m_text.toLower();
  m_mode = m_text.isEmpty()                                            ? All
           : word == QLatin1String("changed") || word == tr("changed") ? Changed
           : word == QLatin1String("not zero") || word == QLatin1String("notzero") || word == QLatin1String("!0") ||
                   word == tr("not zero")
               ? NotZero
               : Name;
  invalidateFilter();
}

bool StructureFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  if (m_mode == All) return true;
  const QModelIndex i = sourceModel()->index(row, 0, parent);
  const auto kind = static_cast<StructureModel::Kind>(i.data(StructureModel::KindRole).toInt());
  if (kind == StructureModel::Kind::Hole || kind == StructureModel::Kind::Border) return false;
  if (m_mode == Name)
    return i.siblingAtColumn(StructureModel::MemberColumn).data().toString().contains(m_text, Qt::CaseInsensitive);
  if (sourceModel()->hasChildren(i)) return false; // a branch is shown for what is in it
  if (m_mode == Changed) return i.data(StructureModel::ChangeRole).toInt() == StructureModel::Changed;
  return i.data(StructureModel::NotZeroRole).toBool();
}

} // namespace sockwalk
