#include "views/latency/latency_view.h"
#include "views/latency/latency_canvas.h"
#include "views/walk/record_reader.h"

namespace sockwalk {

LatencyView::LatencyView(Walk& walk, QWidget* parent)
    : PictureView(walk, new LatencyCanvas(walk, RecordReader::of(walk)), tr("A packet, by what is in it"), parent),
      m_reader(RecordReader::of(walk)), m_canvas(findChild<LatencyCanvas*>()) {
  setTitle(tr("Simulated time: each event counts 10 ns. It orders what happens; it does not measure a processor."));
  connect(&m_reader, &RecordReader::read, this, [this] {
    m_canvas->reread();
    refreshIfSeen();
  });
  refresh();
}

void LatencyView::opened() {
  m_canvas->forget();
  refresh();
}
void LatencyView::refresh() {
  if (!m_walk.isOpen())
    sayEmpty(tr("No walk is open"),
             tr("Open a scenario or a packet file: where the time of its packets went is drawn here."));
  else sayEmpty(tr("No packet yet"), tr("When one comes or goes, where its time went is drawn here, layer by layer."));
  showPicture(m_canvas->packets() > 0);
  m_canvas->refresh();
}

static const ViewRegistration registered{
    {"latency", QT_TRANSLATE_NOOP("Views", "Latency"), ViewPlace::Stage, 12, {900, 560}, makeView<LatencyView>}};

} // namespace sockwalk
