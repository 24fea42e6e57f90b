#include "views/classes/classes_view.h"
#include "views/classes/classes_canvas.h"
#include "views/walk/empty_page.h"
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sockwalk {

ClassesView::ClassesView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_pages(new QStackedWidget(this)), m_empty(new EmptyPage(walk, this)),
      m_canvas(new ClassesCanvas) {
  auto* scroll = new QScrollArea(this);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(m_canvas);
  scroll->setAccessibleName(tr("Structures within structures"));
  m_pages->addWidget(m_empty);
  m_pages->addWidget(scroll);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);
  setFocusProxy(scroll);
  connect(m_empty, &EmptyPage::openRequested, this, &View::openRequested);
  connect(m_canvas, &ClassesCanvas::focusWanted, this, &View::focusWanted);
  draw({});
}

void ClassesView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  draw(m_step);
}
void ClassesView::moved(EventIndex from, EventIndex to, bool jump) {
  m_step = lastStep(from, to, jump);
  if (isVisible()) draw(m_step);
}
void ClassesView::restyled() { m_canvas->layOut(); }

void ClassesView::draw(tell::StepRange step) {
  m_step = step;
  tell::Nesting nesting;
  if (m_walk.isOpen()) nesting = tell::readNesting(m_walk.playhead(), step, m_walk.focus());
  if (!m_walk.isOpen())
    m_empty->say(
        tr("No walk is open"),
        tr("Open a scenario or a packet file: the structures of its sockets appear here, one within the other."));
  else
    m_empty->say(tr("No socket yet"),
                 tr("When a program makes one, its structures appear here, one within the other."));
  m_pages->setCurrentIndex(nesting.empty() ? 0 : 1);
  m_canvas->setNesting(std::move(nesting));
}

static const ViewRegistration registered{
    {"classes", QT_TRANSLATE_NOOP("Views", "Classes"), ViewPlace::Stage, 10, {940, 640}, makeView<ClassesView>}};

} // namespace sockwalk
