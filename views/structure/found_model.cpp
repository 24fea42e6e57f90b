#include "views/structure/found_model.h"
#include "engine/tell/structures/groups.h"
#include "engine/tell/values.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QColor>
#include <QFont>

namespace sockwalk {

void FoundModel::grow(const std::vector<tell::FoundMember>& found) {
  if (found.size() <= m_found.size()) return;
  beginInsertRows({}, int(m_found.size()), int(found.size()) - 1);
  m_found.insert(m_found.end(), found.begin() + std::ptrdiff_t(m_found.size()), found.end());
  endInsertRows();
}

void FoundModel::clear() {
  beginResetModel();
  m_found.clear();
  endResetModel();
}

int FoundModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_found.size()); }

QString FoundModel::cell(const tell::FoundMember& found, int column) const {
  switch (column) {
  case Object: return text(found.object);
  case Member: return text(tell::memberOwn(found.member)); // the whole path is in the tool tip
  case Value: {
    const bool asked = m_covers && m_covers->member(u32(found.address), 1);
    return asked ? text(m_covers->words(english(found.value))) : shown(found.value);
  }
  default: return shown(found.how);
  }
}

QVariant FoundModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const tell::FoundMember& found = m_found[size_t(index.row())];
  switch (role) {
  case Qt::DisplayRole: return cell(found, index.column());
  case Qt::ToolTipRole:
    return QStringLiteral("%1 %2\n%3\n%4 %5")
        .arg(text(found.object), text(found.member), text(addressText(found.address)), cell(found, Value),
             cell(found, How));
  case Qt::FontRole: return index.column() == How ? theme().sans(11) : theme().mono(11.5);
  case Qt::ForegroundRole:
    return theme().color(index.column() == Object ? sockwalk::Role::Accent
                         : index.column() == How  ? sockwalk::Role::Muted
                                                  : sockwalk::Role::Text);
  case AddressRole: return quint64(found.address);
  default: return {};
  }
}

QVariant FoundModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole) || section >= ColumnCount)
    return {};
  const QString names[] = {tr("object"), tr("member"), tr("value"), tr("how it stands there")};
  return names[section];
}

} // namespace sockwalk
