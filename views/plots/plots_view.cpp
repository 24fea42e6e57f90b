#include "views/plots/plots_view.h"
#include "views/plots/plots_canvas.h"
#include "views/walk/record_reader.h"
#include "views/walk/socket_choice.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QHBoxLayout>

namespace sockwalk {

PlotsView::PlotsView(Walk& walk, QWidget* parent)
    : PictureView(walk, new PlotsCanvas, tr("A number that is drawn"), parent), m_reader(RecordReader::of(walk)),
      m_choice(new SocketChoice(walk, m_reader, this)), m_canvas(findChild<PlotsCanvas*>()) {
  head().addWidget(m_choice, 1);
  m_canvas->setAsked([this](const tell::PlotLine& line) { return isAsked(line); });
  m_canvas->setHidesAhead([this] { return m_walk.hidesAhead(); });
  connect(m_choice, &SocketChoice::chosen, this, &PlotsView::refresh);
  connect(&m_reader, &RecordReader::read, this, [this] {
    if (m_reader.atEnd()) refreshIfSeen();
  });
  refresh();
}

// By its own name, or by one of those that it is worked out of.
bool PlotsView::isAsked(const tell::PlotLine& line) const {
  const tell::Covers& covers = m_walk.covers();
  if (covers.empty()) return false;
  const std::string& socket = m_canvas->plots().socket;
  QStringList names{line.name};
  if (names[0].contains(' ') || !names[0].contains('_')) names = text(tell::english(line.meaning)).split(' ');
  return std::ranges::any_of(names, [&](const QString& n) { return covers.asks(socket, n.toStdString()); });
}

void PlotsView::opened() {
  m_choice->forget();
  m_drawn = {-1, 0};
  m_canvas->setPlots({}, nullptr);
  refresh();
}
void PlotsView::refresh() {
  m_choice->refresh();
  if (!m_walk.isOpen())
    sayEmpty(tr("No walk is open"),
             tr("Open a scenario or a packet file: windows, round trips and queues of its TCP sockets "
                "are drawn here over time."));
  else sayEmpty(tr("No TCP socket yet"), tr("When one is made, its numbers are drawn here over time."));
  const int socket = m_choice->socket();
  const bool any = socket >= 0 && socket < static_cast<int>(m_reader.record().sockets.all().size());
  showPicture(any);
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
