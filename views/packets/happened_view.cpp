#include "views/packets/happened_view.h"
#include "views/packets/happenings_pane.h"
#include "views/packets/packets_model.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

namespace sockwalk {

HappenedView::HappenedView(Walk& walk, QWidget* parent) : View(walk, parent), m_pane(new HappeningsPane(this)) {
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pane);
  setFocusProxy(m_pane->list());
  m_pane->heading()->hide(); // the tab says it
  m_pane->setNumbering([this](const tell::Happening& h) { return numberOf(h.packet); });
  m_pane->setHosts([this](EventIndex event) { return m_walk.isOpen() ? text(m_walk.hosts().of(event)) : QString(); });
  m_find = new FindBar(this, tr("What happened, or between whom"), m_pane->search());
  connect(m_pane, &HappeningsPane::goTo, this, [this](EventIndex event) { m_walk.seek(event + 1); });
  connect(&m_timer, &QTimer::timeout, this, &HappenedView::readSlice);
}

bool HappenedView::find() {
  if (!m_pane->model().rowCount()) return false;
  m_find->open();
  return true;
}

// As the list of packets calls it.
QString HappenedView::numberOf(int packet) const {
  if (packet < 0) return {};
  return m_frames.isOpen() ? PacketsModel::numberOf(m_frames, m_frames.rowOf(packet)) : QString::number(packet + 1);
}

void HappenedView::opened() {
  m_begun = false;
  m_frames.clear();
  m_pane->setJournal(nullptr);
  refresh();
}
void HappenedView::moved(EventIndex, EventIndex, bool) {
  if (isVisible() && m_begun) m_pane->setPosition(m_walk.position());
}
void HappenedView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  refresh();
}

// Read only when somebody looks.
void HappenedView::refresh() {
  if (isVisible() && m_walk.isOpen() && !m_timer.isActive()) readSlice();
}

bool HappenedView::atEnd() const {
  return !m_walk.isOpen() || (m_begun && m_pane->model().happenings().seen() == m_walk.journal().size());
}

// A slice at a time, so that the window never waits for a long walk.
void HappenedView::readSlice() {
  constexpr EventIndex Slice = 1 << 18; // some ms
  if (!isVisible() || !m_walk.isOpen()) return m_timer.stop();
  if (!m_begun) {
    m_pane->setJournal(&m_walk.journal(), 0);
    if (m_walk.session().relived()) m_frames.open(m_walk.session());
    m_begun = true;
  }
  const EventIndex until = m_pane->model().happenings().seen() + Slice;
  if (m_frames.isOpen()) m_frames.update(until);
  m_pane->recorded(until);
  m_pane->setPosition(m_walk.position());
  if (atEnd()) m_timer.stop();
  else m_timer.start(0);
}

static const ViewRegistration registered{{"happened",
                                          QT_TRANSLATE_NOOP("Views", "What happened"),
                                          ViewPlace::Bottom,
                                          4,
                                          {1264, 320},
                                          makeView<HappenedView>}};

} // namespace sockwalk
