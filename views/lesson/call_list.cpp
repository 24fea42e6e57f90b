#include "views/lesson/call_list.h"
#include "engine/journal/layers.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/running.h"
#include "views/walk/text.h"
#include <algorithm>

namespace sockwalk {

CallList::CallList(Walk& walk, QObject* parent) : QAbstractListModel(parent), m_walk(walk) {}

int CallList::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CallList::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const tell::ListedCall& r = m_rows[index.row()];
  const FunctionInfo& f = m_walk.journal().function(m_walk.journal()[r.call]);
  switch (role) {
  case Qt::DisplayRole: return text(f.name);
  case Qt::ToolTipRole: return text(f.file);
  case PositionRole: return r.call + 1;
  case DepthRole: return r.depth;
  case LayerRole: return static_cast<int>(layerOf(f));
  case LaneRole: return m_lanes[static_cast<std::size_t>(index.row())];
  case NowRole: return index.row() == m_current;
  default: return {};
  }
}

void CallList::rebuild() {
  beginResetModel();
  m_rows = tell::callsOf(m_walk.journal(), m_stimulus, MaxRows);
  m_until = m_stimulus < 0 ? 0 : scenario::spanOf(m_walk.journal(), static_cast<u32>(m_stimulus)).end;
  nameLanes();
  endResetModel();
}

// "server: softirq" beside the first call of each stretch; nothing where all of them are of one task.
void CallList::nameLanes() {
  const Journal& j = m_walk.journal();
  const tell::Hosts& hosts = m_walk.hosts();
  m_lanes.assign(m_rows.size(), QString());
  QString before;
  std::size_t stretches = 0;
  for (std::size_t row = 0; row < m_rows.size(); ++row) {
    const EventIndex call = m_rows[row].call;
    const QString lane = shown(tell::contextText(j.contextAt(call), hosts.of(call)));
    if (lane == before) continue;
    m_lanes[row] = before = lane;
    ++stretches;
  }
  if (stretches == 1) m_lanes[0].clear();
}

void CallList::follow() {
  const EventIndex p = m_walk.position();
  const Journal& j = m_walk.journal();
  const int stimulus = j.stimulusAt(p ? p - 1 : 0);
  if (stimulus != m_stimulus || (stimulus >= 0 && scenario::spanOf(j, static_cast<u32>(stimulus)).end != m_until)) {
    m_stimulus = stimulus;
    rebuild();
  }
  const EventIndex runs = tell::runningCall(m_walk.playhead());
  const int before = m_current;
  m_current = -1;
  if (runs != NoEvent) {
    auto it = std::lower_bound(m_rows.begin(), m_rows.end(), runs, [](auto& r, EventIndex e) { return r.call < e; });
    if (it != m_rows.end() && it->call == runs) m_current = static_cast<int>(it - m_rows.begin());
  }
  for (int row : {before, m_current})
    if (row >= 0 && row < rowCount()) emit dataChanged(index(row), index(row), {NowRole});
}

} // namespace sockwalk
