#include "views/lesson/call_list.h"
#include "engine/journal/layers.h"
#include "engine/scenario/truth_format.h"
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
  case NowRole: return index.row() == m_current;
  default: return {};
  }
}

void CallList::rebuild() {
  beginResetModel();
  m_rows = tell::callsOf(m_walk.journal(), m_stimulus, MaxRows);
  m_until = m_stimulus < 0 ? 0 : scenario::spanOf(m_walk.journal(), static_cast<u32>(m_stimulus)).end;
  endResetModel();
}

void CallList::follow() {
  const EventIndex p = m_walk.position();
  const Journal& j = m_walk.journal();
  const int stimulus = j.stimulusAt(p ? p - 1 : 0);
  if (stimulus != m_stimulus || (stimulus >= 0 && scenario::spanOf(j, static_cast<u32>(stimulus)).end != m_until)) {
    m_stimulus = stimulus;
    rebuild();
  }
  const auto stack = m_walk.playhead().callStack();
  const int before = m_current;
  m_current = -1;
  if (!stack.empty()) {
    auto it =
        std::lower_bound(m_rows.begin(), m_rows.end(), stack.back(), [](auto& r, EventIndex e) { return r.call < e; });
    if (it != m_rows.end() && it->call == stack.back()) m_current = static_cast<int>(it - m_rows.begin());
  }
  for (int row : {before, m_current})
    if (row >= 0 && row < rowCount()) emit dataChanged(index(row), index(row), {NowRole});
}

} // namespace sockwalk
