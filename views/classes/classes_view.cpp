#include "views/classes/classes_view.h"
#include "engine/tell/lessons/covered_pictures.h"
#include "views/classes/classes_canvas.h"

namespace sockwalk {

ClassesView::ClassesView(Walk& walk, QWidget* parent)
    : PictureView(walk, new ClassesCanvas, tr("A structure, a member, a value"), parent),
      m_canvas(findChild<ClassesCanvas*>()) {
  setTitle(tr("One address, several types: what begins where"));
  refresh();
}

void ClassesView::opened() {
  m_step = {};
  refresh();
}
void ClassesView::moved(EventIndex from, EventIndex to, bool jump) {
  m_step = lastStep(from, to, jump);
  refreshIfSeen();
}

void ClassesView::refresh() {
  tell::Nesting nesting;
  if (m_walk.isOpen()) nesting = tell::readNesting(m_walk.playhead(), m_step, m_walk.focus());
  tell::cover(nesting, m_walk.covers());
  if (!m_walk.isOpen())
    sayEmpty(tr("No walk is open"),
             tr("Open a scenario or a packet file: the structures of its sockets appear here, one within the other."));
  else sayEmpty(tr("No socket yet"), tr("When a program makes one, its structures appear here, one within the other."));
  showPicture(!nesting.empty());
  m_canvas->setNesting(std::move(nesting));
}

static const ViewRegistration registered{
    {"classes", QT_TRANSLATE_NOOP("Views", "Classes"), ViewPlace::Stage, 10, {940, 640}, makeView<ClassesView>}};

} // namespace sockwalk
