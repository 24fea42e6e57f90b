#include "views/filter/filter_view.h"
#include "views/filter/filter_canvas.h"

namespace sockwalk {

FilterView::FilterView(Walk& walk, QWidget* parent)
    : PictureView(walk, new FilterCanvas, tr("An instruction, a byte"), parent), m_canvas(findChild<FilterCanvas*>()) {
  setTitle(tr("What ran last is lit, what it read is marked; a click on an instruction goes to where it ran"));
  opened();
}

void FilterView::opened() {
  if (m_walk.isOpen()) m_live.reset(&m_walk.journal());
  m_packets.clear();
  refresh();
}

// The packet as it was when the run began: another moment, so it is looked at once.
const std::vector<u8>& FilterView::packetOf(const tell::FilterTold& told) {
  Packet& kept = m_packets[told.address];
  if (kept.begun != told.begun) kept = {told.begun, tell::packetOfRun(m_walk.journal(), told)};
  return kept.bytes;
}

void FilterView::refresh() {
  if (!m_walk.isOpen()) {
    sayEmpty(tr("No walk is open"), tr("Open one in which a socket has a filter: its program is drawn here."));
    return showPicture(false);
  }
  m_live.update();
  std::vector<FilterPicture> filters;
  for (tell::FilterTold& told : tell::readFilters(m_walk.playhead(), m_live)) {
    const std::vector<u8> packet = told.begun == NoEvent ? std::vector<u8>() : packetOf(told);
    filters.push_back({std::move(told), packet});
  }
  sayEmpty(
      tr("No socket has a filter now"),
      tr("A program gives it one by the option SO_ATTACH_FILTER, as tcpdump does: its instructions are drawn here."));
  showPicture(!filters.empty());
  m_canvas->show(std::move(filters));
}

static const ViewRegistration registered{
    {"filter", QT_TRANSLATE_NOOP("Views", "Filter"), ViewPlace::Stage, 15, {940, 560}, makeView<FilterView>}};

} // namespace sockwalk
