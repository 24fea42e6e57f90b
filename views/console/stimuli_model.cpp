#include "views/console/stimuli_model.h"
#include "engine/tell/in_words.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"

namespace sockwalk {

StimuliModel::StimuliModel(QObject* parent) : QAbstractTableModel(parent) {}

void StimuliModel::reset(const Journal* journal, std::function<tell::StimulusRow(int)> row) {
  beginResetModel();
  m_journal = journal;
  m_row = std::move(row);
  m_rows = journal ? int(journal->stimuli().size()) : 0;
  m_current = -1;
  endResetModel();
}

void StimuliModel::update() {
  if (!m_journal) return;
  const int now = int(m_journal->stimuli().size());
  if (now > m_rows) {
    beginInsertRows({}, m_rows, now - 1);
    m_rows = now;
    endInsertRows();
  }
  if (m_rows) emit dataChanged(index(0, Outcome), index(m_rows - 1, Outcome)); // a call that slept may have returned
}

void StimuliModel::setCurrent(int stimulus) {
  if (stimulus == m_current) return;
  const int before = std::exchange(m_current, stimulus);
  for (int row : {before, stimulus})
    if (row >= 0 && row < m_rows) emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

QVariant StimuliModel::data(const QModelIndex& index, int role) const {
  if (!m_journal || !checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const int row = index.row();
  const tell::StimulusRow s = m_row(row);
  switch (role) {
  case Qt::DisplayRole:
    if (index.column() == Number) return QString::number(s.number);
    return index.column() == Call ? shown(tell::stimulusText(s.text)) : shown(s.outcome);
  case Qt::ToolTipRole:
    return s.name.empty() ? tr("Click to go to where it begins")
                          : tr("Case %1. Click to go to where it begins").arg(text(s.name));
  case Qt::FontRole: return theme().mono(12, row == m_current ? QFont::Bold : QFont::Normal);
  case Qt::BackgroundRole: return row == m_current ? QVariant(theme().color(sockwalk::Role::AccentTint)) : QVariant();
  case Qt::ForegroundRole:
    if (index.column() == Number) return theme().color(sockwalk::Role::Muted);
    if (index.column() == Outcome) {
      if (s.failed) return theme().color(sockwalk::Role::Danger);
      return theme().color(s.waits ? sockwalk::Role::Changed : sockwalk::Role::Good);
    }
    return {};
  case Qt::TextAlignmentRole:
    return int((index.column() == Number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  case FailedRole: return s.failed;
  case WaitsRole: return s.waits;
  default: return {};
  }
}

int StimuliModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_rows; }
int StimuliModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant StimuliModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return section == Number ? tr("no.") : section == Call ? tr("what the machine was told") : tr("what came of it");
}

} // namespace sockwalk
