#include "views/structure/heat_model.h"
#include "views/walk/text.h"

namespace sockwalk {

void HeatModel::show(tell::Heat heat) {
  const bool same = heat.id == m_heat.id && heat.lines.size() == m_heat.lines.size();
  if (!same) beginResetModel();
  m_heat = std::move(heat);
  if (!same) endResetModel();
  else if (!m_heat.lines.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void HeatModel::setStretch(tell::HeatStretch stretch) {
  m_stretch = stretch;
  if (!m_heat.lines.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QString HeatModel::summary() const {
  const u32 most = m_heat.hottest(m_stretch);
  const QString writes = tr("%n writes", nullptr, int(m_heat.writes.in(m_stretch)));
  for (const tell::LineHeat& line : m_heat.lines)
    if (most && line.writes.in(m_stretch) == most)
      return tr("%1; the hottest is line %2 with %3").arg(writes).arg(line.number).arg(most);
  return writes;
}

int HeatModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_heat.lines.size()); }

QString HeatModel::cell(const tell::LineHeat& line, int column) const {
  constexpr size_t MostWriters = 3;
  switch (column) {
  case Line: return QString::number(line.number);
  case Bytes: return QStringLiteral("%1–%2").arg(line.from).arg(line.to - 1);
  case Writes: return QString::number(line.writes.in(m_stretch));
  case Writers: return shown(tell::writersText(line, m_stretch, MostWriters));
  default: {
    QStringList names;
    for (const std::string& name : line.members) names << text(name);
    return names.join(QStringLiteral(", "));
  }
  }
}

QVariant HeatModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const tell::LineHeat& line = m_heat.lines[size_t(index.row())];
  switch (role) {
  case Qt::DisplayRole: return cell(line, index.column());
  case Qt::ToolTipRole: {
    const QString members = cell(line, Members);
    return tr("Cache line %1: %2 writes in the whole walk, %3 up to here, %4 in this call or frame")
               .arg(line.number)
               .arg(line.writes.walk)
               .arg(line.writes.here)
               .arg(line.writes.call) +
           (members.isEmpty() ? QString() : '\n' + members);
  }
  case Qt::TextAlignmentRole:
    return int((index.column() <= Writes ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  case HeatRole: {
    const u32 most = m_heat.hottest(m_stretch);
    return most ? double(line.writes.in(m_stretch)) / most : 0.0;
  }
  case OffsetRole: return line.from;
  default: return {};
  }
}

QVariant HeatModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section >= ColumnCount) return {};
  if (role == Qt::TextAlignmentRole)
    return int((section <= Writes ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  const QString names[] = {tr("line"), tr("bytes"), tr("writes"), tr("who wrote most"), tr("what begins in it")};
  return names[section];
}

} // namespace sockwalk
