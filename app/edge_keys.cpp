#include "app/edge_keys.h"
#include "app/dock_room.h"
#include <algorithm>
#include <QSplitter>

namespace sockwalk {
namespace {

// The neighbour, before or after it, that is seen and so can give what the part gains.
int neighbourOf(const QSplitter& splitter, int pane) {
  const auto seen = [&](int i) { return i >= 0 && i < splitter.count() && splitter.widget(i)->isVisible(); };
  return seen(pane + 1) ? pane + 1 : seen(pane - 1) ? pane - 1 : -1;
}

bool growPane(QSplitter& splitter, int pane, int px) {
  const int other = neighbourOf(splitter, pane);
  if (other < 0) return false;
  const QList<int> before = splitter.sizes();
  QList<int> sizes = before;
  const int moved = std::clamp(px, -sizes[pane], sizes[other]);
  sizes[pane] += moved;
  sizes[other] -= moved;
  splitter.setSizes(sizes);
  return splitter.sizes() != before;
}

} // namespace

bool moveEdge(QWidget* part, DockRoom& docks, Qt::Orientation along, int px) {
  for (QWidget* w = part; w; w = w->parentWidget()) {
    if (auto* dock = qobject_cast<CardDock*>(w)) return docks.grow(dock, along, px);
    auto* splitter = qobject_cast<QSplitter*>(w->parentWidget());
    if (splitter && splitter->orientation() == along && growPane(*splitter, splitter->indexOf(w), px)) return true;
  }
  return docks.growStage(along, px);
}

} // namespace sockwalk
