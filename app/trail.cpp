#include "app/trail.h"
#include <QScopedValueRollback>

namespace sockwalk {

Trail::Trail(Walk& walk, QObject* parent) : QObject(parent), m_walk(walk) {
  connect(&walk, &Walk::moved, this, &Trail::moved);
  connect(&walk, &Walk::opened, this, [this] {
    m_places.clear();
    m_at = 0;
  });
}

void Trail::moved(EventIndex from, EventIndex to, bool jump) {
  if (m_going || !jump || from == to) return;
  if (m_places.empty()) m_places.push_back(from);
  m_places.resize(m_at + 1);
  m_places[m_at] = from; // steps may have led away from it
  m_places.push_back(to);
  if (m_places.size() > Longest) m_places.erase(m_places.begin());
  m_at = m_places.size() - 1;
}

bool Trail::canGo(int direction) const { return direction < 0 ? m_at > 0 : m_at + 1 < m_places.size(); }

void Trail::go(int direction) {
  if (!canGo(direction)) return;
  m_places[m_at] = m_walk.position();
  m_at += direction < 0 ? std::size_t(-1) : 1;
  const QScopedValueRollback going(m_going, true);
  m_walk.seek(m_places[m_at]);
}

} // namespace sockwalk
