#include "views/structure/compare_model.h"
#include "engine/tell/structures/groups.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QColor>

namespace sockwalk {

void CompareModel::show(tell::Comparison comparison) {
  beginResetModel();
  m_comparison = std::move(comparison);
  choose();
  endResetModel();
}

static bool isWriter(int column) { return column == CompareModel::LeftWriter || column == CompareModel::RightWriter; }

void CompareModel::writersFound() {
  if (!m_rows.empty()) emit dataChanged(index(0, LeftWriter), index(rowCount() - 1, RightWriter));
}

void CompareModel::setCovers(const tell::Covers* covers, u32 left, u32 right) {
  m_covers = covers;
  m_left = left;
  m_right = right;
}

void CompareModel::setAll(bool all) {
  beginResetModel();
  m_all = all;
  choose();
  endResetModel();
}

void CompareModel::choose() {
  m_rows.clear();
  for (size_t i = 0; i < m_comparison.members.size(); ++i)
    if (m_all || m_comparison.members[i].differs) m_rows.push_back(i);
}

int CompareModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

QString CompareModel::value(const tell::ComparedMember& m, const tell::ComparedValue& v, u32 base) const {
  const QString told = shown(v.value);
  const bool asked = m_covers && m_covers->member(base + m.offset, m.size);
  return asked ? text(m_covers->words(told.toStdString())) : told;
}

static QString writer(const tell::ComparedMember& m, const tell::ComparedValue& v) {
  if (!m.differs) return {};
  if (!v.sought) return QStringLiteral("…");
  return v.written == NoEvent ? CompareModel::tr("never written") : shown(v.writer);
}

QString CompareModel::cell(const tell::ComparedMember& m, int column) const {
  switch (column) {
  case Member: return text(tell::memberOwn(m.path)); // the whole path is in the tool tip
  case Left: return value(m, m.left, m_left);
  case Right: return value(m, m.right, m_right);
  case LeftWriter: return writer(m, m.left);
  default: return writer(m, m.right);
  }
}

QVariant CompareModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const tell::ComparedMember& m = m_comparison.members[m_rows[size_t(index.row())]];
  switch (role) {
  case Qt::DisplayRole: return cell(m, index.column());
  case Qt::ToolTipRole:
    return m.differs ? tr("%1\n%2, written by %3\n%4, written by %5")
                           .arg(text(m.path), cell(m, Left), cell(m, LeftWriter), cell(m, Right), cell(m, RightWriter))
                     : QStringLiteral("%1\n%2").arg(text(m.path), cell(m, Left));
  case Qt::FontRole: return theme().mono(11.5, m.differs && !isWriter(index.column()) ? QFont::Bold : QFont::Normal);
  case Qt::ForegroundRole:
    return theme().color(isWriter(index.column()) || !m.differs ? sockwalk::Role::Muted
                         : index.column() == Member             ? sockwalk::Role::Text
                                                                : sockwalk::Role::Changed);
  case Qt::BackgroundRole:
    return m.differs && m_all ? QVariant(theme().color(sockwalk::Role::ChangedFill)) : QVariant();
  case DiffersRole: return m.differs;
  case OffsetRole: return m.offset;
  default: return {};
  }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole) || section >= ColumnCount)
    return {};
  const tell::Comparison& c = m_comparison;
  const auto side = [&](const std::string& name, const tell::Text& moment) {
    return c.left == c.right ? shown(moment) : text(name);
  };
  switch (section) {
  case Member: return tr("member");
  case Left: return side(c.left, c.leftMoment);
  case Right: return side(c.right, c.rightMoment);
  case LeftWriter:
  default: return tr("written by");
  }
}

} // namespace sockwalk
