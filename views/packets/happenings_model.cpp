#include "views/packets/happenings_model.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <utility>

namespace sockwalk {

using tell::HappeningLevel;

static QString listNumber(const tell::Happening& h) {
  return h.packet < 0 ? QStringLiteral("–") : QString::number(h.packet + 1);
}

HappeningsModel::HappeningsModel(QObject* parent) : QAbstractListModel(parent), m_numbering(listNumber) {}

void HappeningsModel::reset(const Journal* journal) {
  beginResetModel();
  m_journal = journal;
  m_happenings.clear();
  m_shown = 0;
  m_current = -1;
  endResetModel();
  update();
}

void HappeningsModel::update() {
  if (!m_journal) return;
  const EventIndex before = m_happenings.seen();
  m_happenings.update(*m_journal);
  if (m_happenings.seen() == before) return;
  changed(0, m_shown - 1); // counts and spans go on
  const int all = static_cast<int>(m_happenings.all().size());
  if (all == m_shown) return;
  beginInsertRows({}, m_shown, all - 1);
  m_shown = all;
  endInsertRows();
}

void HappeningsModel::setPosition(EventIndex position) {
  const auto& all = m_happenings.all();
  const auto end = all.begin() + m_shown;
  const auto next = std::partition_point(all.begin(), end, [&](const auto& h) { return h.event < position; });
  const int row = static_cast<int>(next - all.begin()) - 1, before = std::exchange(m_current, row);
  if (row == before) return;
  changed(before, before);
  changed(row, row);
}

void HappeningsModel::setNumbering(Numbering numbering) {
  m_numbering = std::move(numbering);
  changed(0, m_shown - 1);
}

void HappeningsModel::changed(int first, int last) {
  if (first >= 0 && last >= first && last < m_shown) emit dataChanged(index(first), index(last));
}

static QString levelWord(HappeningLevel level) {
  switch (level) {
  case HappeningLevel::Good: return HappeningsModel::tr("good");
  case HappeningLevel::Notice: return HappeningsModel::tr("notice");
  case HappeningLevel::Warning: return HappeningsModel::tr("warning");
  case HappeningLevel::Bad: return HappeningsModel::tr("bad");
  }
  return {};
}

// For who hears the list: the colour of the bar is a word.
QString HappeningsModel::spoken(int row) const {
  const tell::Happening& h = at(row);
  const QString words = tr("%1: %2").arg(levelWord(h.level), shown(h.words));
  return h.packet < 0 ? words : tr("packet %1, %2").arg(m_numbering(h), words);
}

QString HappeningsModel::explained(int row) const {
  const tell::Happening& h = at(row);
  QStringList lines{shown(h.words)};
  if (!h.flow.empty()) lines << text(h.flow);
  if (!h.function.empty()) lines << tr("decided by %1()").arg(text(h.function));
  return lines.join('\n');
}

int HappeningsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_shown; }

QVariant HappeningsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const int row = index.row();
  switch (role) {
  case Qt::DisplayRole: return shown(at(row).words);
  case Qt::ToolTipRole: return explained(row);
  case Qt::AccessibleTextRole: return spoken(row);
  case EventRole: return at(row).event;
  case LevelRole: return static_cast<int>(at(row).level);
  case NumberRole: return m_numbering(at(row));
  case FlowRole: return text(at(row).flow);
  case CurrentRole: return row == m_current;
  default: return {};
  }
}

HappeningsFilter::HappeningsFilter(HappeningsModel& model, QObject* parent) : QSortFilterProxyModel(parent) {
  setSourceModel(&model);
}

void HappeningsFilter::setProblemsOnly(bool only) {
  if (std::exchange(m_problemsOnly, only) != only) invalidateFilter();
}

bool HappeningsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  if (!m_problemsOnly) return true;
  const int level = sourceModel()->index(row, 0, parent).data(HappeningsModel::LevelRole).toInt();
  return level >= static_cast<int>(HappeningLevel::Warning);
}

} // namespace sockwalk
