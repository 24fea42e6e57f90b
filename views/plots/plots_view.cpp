#include "views/plots/plots_view.h"
#include "views/plots/plots_canvas.h"
#include "views/walk/empty_page.h"
#include "views/walk/record_reader.h"
#include "views/walk/socket_choice.h"
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sockwalk {

PlotsView::PlotsView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_reader(RecordReader::of(walk)), m_pages(new QStackedWidget(this)),
      m_empty(new EmptyPage(walk, this)), m_choice(new SocketChoice(walk, m_reader, this)),
      m_canvas(new PlotsCanvas(this)) {
  auto* full = new QWidget(this);
  auto* column = new QVBoxLayout(full);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_choice);
  column->addWidget(m_canvas, 1);
  m_pages->addWidget(m_empty);
  m_pages->addWidget(full);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);
  setFocusProxy(m_canvas);
  connect(m_empty, &EmptyPage::openRequested, this, &View::openRequested);
  connect(m_choice, &SocketChoice::chosen, this, &PlotsView::refresh);
  connect(m_canvas, &PlotsCanvas::goTo, &m_walk, &Walk::seek);
  connect(&m_reader, &RecordReader::read, this, [this] {
    if (isVisible() && m_reader.atEnd()) refresh();
  });
  refresh();
}

void PlotsView::opened() {
  m_choice->forget();
  m_drawn = {-1, 0};
  m_canvas->setPlots({}, nullptr);
  refresh();
}
void PlotsView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  refresh();
}
void PlotsView::moved(EventIndex, EventIndex, bool) {
  if (isVisible()) refresh();
}
void PlotsView::restyled() { m_canvas->update(); }

void PlotsView::refresh() {
  m_choice->refresh();
  if (!m_walk.isOpen())
    m_empty->say(tr("No walk is open"),
                 tr("Open a scenario or a packet file: windows, round trips and queues of its TCP sockets "
                    "are drawn here over time."));
  else m_empty->say(tr("No TCP socket yet"), tr("When one is made, its numbers are drawn here over time."));
  const int socket = m_choice->socket();
  const bool any = socket >= 0 && socket < static_cast<int>(m_reader.record().sockets.all().size());
  m_pages->setCurrentIndex(any ? 1 : 0);
  if (!any) return;
  const std::pair drawn{socket, m_reader.record().packets.seen()};
  if (drawn != m_drawn)
    m_canvas->setPlots(tell::readPlots(m_walk.journal(), m_reader.record().sockets.all()[size_t(socket)],
                                       m_walk.session().machine().options().hz),
                       &m_walk.journal());
  m_drawn = drawn;
  m_canvas->setPosition(m_walk.position());
}

static const ViewRegistration registered{
    {"plots", QT_TRANSLATE_NOOP("Views", "Plots"), ViewPlace::Stage, 8, {900, 620}, makeView<PlotsView>}};

} // namespace sockwalk
