#include "views/packets/happened_view.h"
#include "views/packets/happenings_pane.h"
#include <QLabel>
#include <QVBoxLayout>

namespace sockwalk {

HappenedView::HappenedView(Walk& walk, QWidget* parent) : View(walk, parent), m_pane(new HappeningsPane(this)) {
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pane);
  m_pane->heading()->hide(); // the tab says it
  connect(m_pane, &HappeningsPane::goTo, this, [this](EventIndex event) { m_walk.seek(event + 1); });
}

void HappenedView::opened() {
  m_read = nullptr;
  m_pane->setJournal(nullptr);
  refresh();
}
void HappenedView::recorded() { refresh(); }
void HappenedView::moved(EventIndex, EventIndex, bool) { refresh(); }
void HappenedView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  refresh();
}

// Read only when somebody looks.
void HappenedView::refresh() {
  if (!isVisible() || !m_walk.isOpen()) return;
  if (m_read != &m_walk.journal()) m_pane->setJournal(&m_walk.journal());
  else m_pane->recorded();
  m_read = &m_walk.journal();
  m_pane->setPosition(m_walk.position());
}

static const ViewRegistration registered{{"happened",
                                          QT_TRANSLATE_NOOP("Views", "What happened"),
                                          ViewPlace::Bottom,
                                          4,
                                          {1264, 320},
                                          makeView<HappenedView>}};

} // namespace sockwalk
