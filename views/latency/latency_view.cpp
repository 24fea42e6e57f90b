#include "views/latency/latency_view.h"
#include "views/latency/latency_canvas.h"
#include "views/walk/empty_page.h"
#include "views/walk/record_reader.h"
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sockwalk {

LatencyView::LatencyView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_reader(RecordReader::of(walk)), m_pages(new QStackedWidget(this)),
      m_empty(new EmptyPage(walk, this)), m_canvas(new LatencyCanvas(walk, m_reader, this)) {
  auto* full = new QWidget(this);
  auto* column = new QVBoxLayout(full);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* clock = new QLabel(
      tr("Simulated time: each event counts 10 ns. It orders what happens; it does not measure a processor."));
  clock->setProperty("role", "muted");
  clock->setWordWrap(true);
  clock->setContentsMargins(12, 6, 12, 4);
  column->addWidget(clock);
  column->addWidget(m_canvas, 1);
  m_pages->addWidget(m_empty);
  m_pages->addWidget(full);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);
  setFocusProxy(m_canvas);
  connect(m_empty, &EmptyPage::openRequested, this, &View::openRequested);
  connect(m_canvas, &LatencyCanvas::goTo, &m_walk, &Walk::seek);
  connect(&m_reader, &RecordReader::read, this, [this] {
    m_canvas->reread();
    if (isVisible()) refresh();
  });
  refresh();
}

void LatencyView::opened() {
  m_canvas->forget();
  refresh();
}
void LatencyView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  refresh();
}
void LatencyView::moved(EventIndex, EventIndex, bool) {
  if (isVisible()) refresh();
}
void LatencyView::restyled() { m_canvas->restyle(); }

void LatencyView::refresh() {
  if (!m_walk.isOpen())
    m_empty->say(tr("No walk is open"),
                 tr("Open a scenario or a packet file: where the time of its packets went is drawn here."));
  else
    m_empty->say(tr("No packet yet"), tr("When one comes or goes, where its time went is drawn here, layer by layer."));
  m_pages->setCurrentIndex(m_walk.isOpen() && m_canvas->packets() ? 1 : 0);
  m_canvas->refresh();
}

static const ViewRegistration registered{
    {"latency", QT_TRANSLATE_NOOP("Views", "Latency"), ViewPlace::Stage, 12, {900, 560}, makeView<LatencyView>}};

} // namespace sockwalk
