#include "views/queues/queues_view.h"
#include "engine/tell/lessons/covered_pictures.h"
#include "views/queues/queues_canvas.h"

namespace sockwalk {

QueuesView::QueuesView(Walk& walk, QWidget* parent)
    : PictureView(walk, new QueuesCanvas, tr("A queue, what waits in it"), parent),
      m_canvas(findChild<QueuesCanvas*>()) {
  sayEmpty(tr("No walk is open"), tr("Open a scenario or a packet file: what waits in queues and rings appears here."));
  setTitle(tr("A click looks at what waits; a line is a queue, its head at the left"));
  opened();
}

void QueuesView::opened() {
  if (m_walk.isOpen()) m_live.reset(&m_walk.journal());
  m_step = {};
  refresh();
}
void QueuesView::moved(EventIndex from, EventIndex to, bool jump) {
  m_step = lastStep(from, to, jump);
  refreshIfSeen();
}

void QueuesView::refresh() {
  showPicture(m_walk.isOpen());
  if (!m_walk.isOpen()) return;
  m_live.update();
  auto tables = tell::readQueues(m_walk.playhead(), m_live, tell::StepChanges(m_walk.journal(), m_step));
  tell::cover(tables, m_walk.covers());
  m_canvas->setTables(std::move(tables));
}

static const ViewRegistration registered{
    {"queues", QT_TRANSLATE_NOOP("Views", "Queues"), ViewPlace::Stage, 9, {900, 560}, makeView<QueuesView>}};

} // namespace sockwalk
