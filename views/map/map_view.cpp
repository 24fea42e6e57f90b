#include "views/map/map_view.h"
#include "views/map/map_canvas.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QLabel>
#include <QVBoxLayout>

namespace sockwalk {

MapView::MapView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_title(new QLabel(this)), m_canvas(new MapCanvas(this)) {
  m_title->setContentsMargins(12, 6, 12, 2);
  m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_title);
  column->addWidget(m_canvas, 1);
  setFocusProxy(m_canvas);
  connect(m_canvas, &MapCanvas::goTo, &m_walk, &Walk::seek);
  connect(m_canvas, &MapCanvas::viewWanted, this, &View::viewWanted);
  draw();
}

void MapView::opened() {
  m_reader.forget();
  draw();
}
void MapView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  draw();
}
void MapView::moved(EventIndex, EventIndex, bool) {
  if (isVisible()) draw();
}

void MapView::draw() {
  m_title->setFont(theme().mono(12, QFont::Bold));
  tell::MapMoment moment;
  if (m_walk.isOpen()) moment = m_reader.at(m_walk.playhead());
  const QString stimulus = shown(moment.stimulus);
  m_title->setText(
      !m_walk.isOpen() ? tr("No walk is open: the map lights as one passes")
      : stimulus.isEmpty()
          ? tr("Before the first system call or frame")
          : QFontMetrics(m_title->font()).elidedText(stimulus, Qt::ElideRight, std::max(200, width() - 30)));
  m_title->setToolTip(stimulus);
  m_canvas->setMoment(std::move(moment));
}

static const ViewRegistration registered{
    {"map", QT_TRANSLATE_NOOP("Views", "Map"), ViewPlace::Stage, 11, {900, 620}, makeView<MapView>}};

} // namespace sockwalk
