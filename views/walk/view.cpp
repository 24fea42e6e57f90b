#include "views/walk/view.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <QLineEdit>
#include <tuple>
#include <utility>
#include <vector>

namespace sockwalk {

View::View(Walk& walk, QWidget* parent) : QWidget(parent), m_walk(walk) {
  connect(&walk, &Walk::opened, this, [this] { opened(); });
  connect(&walk, &Walk::recorded, this, [this] { recorded(); });
  connect(&walk, &Walk::opened, this, [this] { m_missed = false; });
  connect(&walk, &Walk::moved, this, [this](EventIndex from, EventIndex to, bool jump) {
    m_missed = isBehind();
    if (!m_missed) moved(from, to, jump);
  });
  connect(&walk, &Walk::focusChanged, this, [this](quint64 address) { focused(address); });
  // What was put into words for the picture is put anew: with something covered, or no longer.
  connect(&walk, &Walk::coversChanged, this, [this] { restyled(); });
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] { restyled(); });
}

bool View::isBehind() const {
  if (isVisible()) return false;
  const QWidget* around = window(); // one that nobody has shown yet is drawn from, too
  return around->isVisible() || around->testAttribute(Qt::WA_WState_ExplicitShowHide);
}

void View::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (!std::exchange(m_missed, false) || !m_walk.isOpen()) return;
  moved(m_walk.position(), m_walk.position(), true);
}

void View::moved(EventIndex, EventIndex, bool) {}
void View::focused(u64) {}

void View::focusLine(QLineEdit* line) {
  line->setFocus(Qt::ShortcutFocusReason);
  line->selectAll();
}

tell::StepRange View::lastStep(EventIndex from, EventIndex to, bool jump) const {
  if (!m_walk.isOpen()) return {};
  const EventIndex own = stepBackInto(m_walk.journal(), to, m_walk.unit() == Unit::Event ? Unit::Event : Unit::Call);
  return {!jump && from < to ? std::min(own, from) : own, to};
}

static std::vector<ViewInfo>& views() {
  static std::vector<ViewInfo> all;
  return all;
}

ViewRegistration::ViewRegistration(const ViewInfo& info) {
  const auto rank = [](const ViewInfo& v) { return std::tuple(v.place, v.order); };
  auto& all = views();
  all.insert(std::ranges::upper_bound(all, rank(info), {}, rank), info);
}

std::span<const ViewInfo> registeredViews() { return views(); }

} // namespace sockwalk
