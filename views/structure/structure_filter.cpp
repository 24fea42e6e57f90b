#include "views/structure/structure_filter.h"
#include "views/structure/structure_model.h"
#include <algorithm>

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

// By the member's own name, or by the one that the kernel's source has for it.
bool StructureFilter::isNamed(const QModelIndex& i) const {
  QStringList names = i.data(StructureModel::MacrosRole).toStringList();
  names << i.siblingAtColumn(StructureModel::MemberColumn).data().toString();
  return std::ranges::any_of(names, [&](const QString& name) { return name.contains(m_text, Qt::CaseInsensitive); });
}

bool StructureFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  if (m_mode == All) return true;
  const QModelIndex i = sourceModel()->index(row, 0, parent);
  const auto kind = static_cast<StructureModel::Kind>(i.data(StructureModel::KindRole).toInt());
  if (kind == StructureModel::Kind::Hole || kind == StructureModel::Kind::Border ||
      kind == StructureModel::Kind::Theme) // a theme is shown for what is in it
    return false;
  if (m_mode == Name) return isNamed(i);
  if (sourceModel()->hasChildren(i)) return false; // a branch is shown for what is in it
  if (m_mode == Changed) return i.data(StructureModel::ChangeRole).toInt() == int(StructureModel::Change::Changed);
  return i.data(StructureModel::NotZeroRole).toBool();
}

} // namespace sockwalk
