#include "views/queues/queues_view.h"
#include "engine/tell/tables/tables.h"
#include "views/queues/queues_canvas.h"
#include "views/walk/empty_page.h"
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sockwalk {

QueuesView::QueuesView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_pages(new QStackedWidget(this)), m_empty(new EmptyPage(walk, this)),
      m_canvas(new QueuesCanvas) {
  auto* scroll = new QScrollArea(this);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(m_canvas);
  scroll->setAccessibleName(tr("Queues and rings"));
  m_pages->addWidget(m_empty);
  m_pages->addWidget(scroll);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);
  setFocusProxy(scroll);
  m_empty->say(tr("No walk is open"),
               tr("Open a scenario or a packet file: what waits in queues and rings appears here."));
  connect(m_empty, &EmptyPage::openRequested, this, &View::openRequested);
  connect(m_canvas, &QueuesCanvas::focusWanted, this, &View::focusWanted);
  opened();
}

void QueuesView::opened() {
  if (m_walk.isOpen()) m_live.reset(&m_walk.journal());
  draw({});
}
void QueuesView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  draw(m_step);
}
void QueuesView::moved(EventIndex from, EventIndex to, bool jump) {
  m_step = lastStep(from, to, jump);
  if (isVisible()) draw(m_step);
}
void QueuesView::restyled() { m_canvas->layOut(); }

void QueuesView::draw(tell::StepRange step) {
  m_step = step;
  m_pages->setCurrentIndex(m_walk.isOpen() ? 1 : 0);
  if (!m_walk.isOpen()) return;
  m_live.update();
  auto tables = tell::readTables(m_walk.playhead(), m_live, tell::StepChanges(m_walk.journal(), step));
  std::erase_if(tables, [](const tell::KernelTable& t) { return t.id != "queues" && t.id != "rings"; });
  m_canvas->setTables(std::move(tables));
}

static const ViewRegistration registered{
    {"queues", QT_TRANSLATE_NOOP("Views", "Queues"), ViewPlace::Stage, 9, {900, 560}, makeView<QueuesView>}};

} // namespace sockwalk
