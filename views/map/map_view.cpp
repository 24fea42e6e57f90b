#include "views/map/map_view.h"
#include "views/map/map_canvas.h"
#include "views/walk/text.h"

namespace sockwalk {

MapView::MapView(Walk& walk, QWidget* parent)
    : PictureView(walk, new MapCanvas, tr("A part of the network stack"), parent), m_canvas(findChild<MapCanvas*>()) {
  connect(m_canvas, &MapCanvas::viewWanted, this, &View::viewWanted);
  showPicture(true); // the stack is there before a walk is
  refresh();
}

void MapView::opened() {
  m_reader.forget();
  refresh();
}

void MapView::refresh() {
  tell::MapMoment moment;
  if (m_walk.isOpen()) moment = m_reader.at(m_walk.playhead());
  const QString stimulus = shown(moment.stimulus);
  setTitle(!m_walk.isOpen()     ? tr("No walk is open: the map lights as one passes")
           : stimulus.isEmpty() ? tr("Before the first system call or frame")
                                : stimulus);
  m_canvas->setMoment(std::move(moment));
}

static const ViewRegistration registered{
    {"map", QT_TRANSLATE_NOOP("Views", "Map"), ViewPlace::Stage, 11, {900, 620}, makeView<MapView>}};

} // namespace sockwalk
