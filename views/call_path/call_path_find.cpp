#include "views/call_path/call_path_folds.h"
#include "views/call_path/call_path_view.h"
#include "views/theme/find_bar.h"
#include "views/walk/text.h"
#include <algorithm>

namespace sockwalk {

// The functions of the path, those in folds among them.
void CallPathView::buildFind() {
  const auto path = [this] { return m_stage->picture() ? m_stage->picture()->path : nullptr; };
  m_find = new FindBar(this, tr("A function of this path"),
                       searchOf({[path] { return path() ? int(path()->nodes().size()) : 0; },
                                 [path](int node) { return text(path()->nodes()[size_t(node)].name); },
                                 [this] { return m_stage->moment().running; }, [this](int node) { showFound(node); }}));
}

bool CallPathView::find() {
  if (!m_stage->picture()) return false;
  m_find->open();
  return true;
}

// It is chosen, and the walk stays where it is: Return on the stage goes there. What is folded away opens in place.
void CallPathView::showFound(int node) {
  if (node < 0 || !m_stage->picture()) return m_stage->select(-1);
  if (!choose(node)) goToCall(node, false); // the walk itself goes there
}

bool CallPathView::choose(int node) {
  const auto isShown = [&] { return std::ranges::count(m_stage->picture()->shown, node) > 0; };
  if (!isShown()) {
    const auto path = m_stage->picture()->path;
    Drawn& drawn = m_drawn[path->stimulus()];
    std::set<int> opened = openedNodes(*path, drawn);
    openFoldsOf(*path, node, opened, roomForNodes(*path));
    for (const int open : opened) drawn.opened.insert(path->nodes()[open].calls.front());
    showMoment(false);
  }
  if (isShown()) m_stage->select(node);
  return isShown();
}

// As the keys choose a function: the walk stays where it is.
void CallPathView::showMark() {
  const tell::PointPlace& mark = m_walk.marked();
  const bool marks = mark.kind == tell::Point::Node;
  if (!marks && m_marks && m_stage->picture()) m_stage->select(-1);
  m_marks = marks;
  if (!marks || !m_stage->picture()) return;
  const auto& nodes = m_stage->picture()->path->nodes();
  const auto found = std::ranges::find(nodes, mark.name, &tell::PathNode::name);
  if (found != nodes.end()) choose(int(found - nodes.begin()));
}

} // namespace sockwalk
