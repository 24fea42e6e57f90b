#include "views/packets/happenings_model.h"
#include "engine/tell/moments.h"
#include "engine/tell/position.h"
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

void HappeningsModel::reset(const Journal* journal, EventIndex until) {
  beginResetModel();
  m_journal = journal;
  m_happenings.clear();
  m_details.clear();
  m_past = journal ? std::make_unique<Playhead>(*journal) : nullptr;
  m_rows.clear();
  m_current = -1;
  endResetModel();
  update(until);
}

std::vector<HappeningsModel::Row> HappeningsModel::readRows() const {
  std::vector<Row> rows;
  const auto& all = m_happenings.all();
  for (size_t i = 0; i < all.size(); ++i) rows.push_back({all[i].event, static_cast<int>(i)});
  if (!m_everything) return rows;
  for (const EventIndex event : m_details.events()) rows.push_back({event, -1});
  std::ranges::stable_sort(rows, {}, &Row::event);
  return rows;
}

void HappeningsModel::update(EventIndex until) {
  if (!m_journal) return;
  const EventIndex before = m_happenings.seen();
  m_happenings.update(*m_journal, until);
  m_details.update(*m_journal, until);
  if (m_happenings.seen() == before) return;
  const int shown = rowCount();
  std::vector<Row> rows = readRows();
  changed(0, shown - 1); // counts and spans go on
  if (static_cast<int>(rows.size()) == shown) return;
  beginInsertRows({}, shown, static_cast<int>(rows.size()) - 1);
  m_rows = std::move(rows);
  endInsertRows();
}

void HappeningsModel::setEverything(bool everything) {
  if (std::exchange(m_everything, everything) == everything) return;
  beginResetModel();
  const EventIndex position = m_current < 0 ? 0 : m_rows[static_cast<size_t>(m_current)].event + 1;
  m_rows = readRows();
  m_current = -1;
  endResetModel();
  setPosition(position);
}

void HappeningsModel::setPosition(EventIndex position) {
  const auto next = std::ranges::partition_point(m_rows, [&](const Row& r) { return r.event < position; });
  const int row = static_cast<int>(next - m_rows.begin()) - 1, before = std::exchange(m_current, row);
  if (row == before) return;
  changed(std::max(0, std::min(before, row)), std::max(before, row)); // between them, what was ahead is past, or back
}

void HappeningsModel::setNumbering(Numbering numbering) {
  m_numbering = std::move(numbering);
  changed(0, rowCount() - 1);
}
void HappeningsModel::setHosts(HostOf hostOf) {
  m_hostOf = std::move(hostOf);
  changed(0, rowCount() - 1);
}

void HappeningsModel::changed(int first, int last) {
  if (first >= 0 && last >= first && last < rowCount()) emit dataChanged(index(first), index(last));
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

QString HappeningsModel::words(int row) const {
  if (const tell::Happening* h = at(row)) return shown(h->words);
  const EventIndex event = m_rows[static_cast<size_t>(row)].event;
  m_past->seek(event + 1);
  return shown(tell::note(*m_past, event));
}

// For who hears the list: the colour of the bar is a word.
QString HappeningsModel::spoken(int row) const {
  const tell::Happening* h = at(row);
  const QString said = h ? tr("%1: %2").arg(levelWord(h->level), words(row)) : words(row);
  const QString clock = clockOf(row), host = hostOf(row);
  const QString whole =
      host.isEmpty() ? tr("%1, at %2 s").arg(said, clock) : tr("%1, at %2 s on %3").arg(said, clock, host);
  return !h || h->packet < 0 ? whole : tr("packet %1, %2").arg(m_numbering(*h), whole);
}

QString HappeningsModel::clockOf(int row) const {
  return QString::number(double(m_journal->timeAt(m_rows[static_cast<size_t>(row)].event)) / 1e9, 'f', 3);
}
QString HappeningsModel::hostOf(int row) const {
  return m_hostOf ? m_hostOf(m_rows[static_cast<size_t>(row)].event) : QString();
}

QString HappeningsModel::explained(int row) const {
  const tell::Happening* h = at(row);
  QStringList lines{words(row)};
  if (h && !h->flow.empty()) lines << text(h->flow);
  if (h && !h->function.empty()) lines << tr("decided by %1()").arg(text(h->function));
  lines << shown(tell::stepName(*m_journal, m_rows[static_cast<size_t>(row)].event, NoEvent));
  return lines.join('\n');
}

int HappeningsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant HappeningsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const int row = index.row();
  const tell::Happening* h = at(row);
  switch (role) {
  case Qt::DisplayRole: return words(row);
  case Qt::ToolTipRole: return explained(row);
  case Qt::AccessibleTextRole: return spoken(row);
  case EventRole: return m_rows[static_cast<size_t>(row)].event;
  case LevelRole: return h ? static_cast<int>(h->level) : DetailLevel;
  case NumberRole: return h ? m_numbering(*h) : QString();
  case FlowRole: return h ? text(h->flow) : QString();
  case CurrentRole: return row == m_current;
  case ClockRole: return clockOf(row);
  case HostRole: return hostOf(row);
  case AheadRole: return row > m_current;
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
