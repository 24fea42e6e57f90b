#include "views/birth/birth_view.h"
#include "views/birth/birth_canvas.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"

namespace sockwalk {

BirthView::BirthView(Walk& walk, QWidget* parent)
    : PictureView(walk, new BirthCanvas, tr("A part, a pointer, a function"), parent), m_reader(RecordReader::of(walk)),
      m_canvas(findChild<BirthCanvas*>()) {
  setAccessibleName(tr("Birth"));
  connect(m_canvas, &BirthCanvas::refused, this, &BirthView::setTitle);
  connect(&m_reader, &RecordReader::read, this, [this] {
    m_births.forget();
    refreshIfSeen();
  });
  refresh();
}

void BirthView::opened() {
  m_births.forget();
  m_step = {};
  refresh();
}
void BirthView::moved(EventIndex from, EventIndex to, bool jump) {
  m_step = lastStep(from, to, jump);
  refreshIfSeen();
}

void BirthView::refresh() {
  tell::Birth birth;
  if (m_walk.isOpen()) birth = m_births.at(m_walk.playhead(), m_reader.record().packets.lives(), m_walk.focus());
  showPicture(!birth.empty());
  if (!m_walk.isOpen()) sayEmpty(tr("No walk is open"), tr("How a socket or a packet comes to be is drawn here."));
  else if (birth.empty())
    sayEmpty(tr("Nothing is born here"),
             tr("A call of socket(), or a frame that arrives, brings the first thing with parts of its own."));
  else setTitle(m_walk.covered(shown(tell::titleText(birth))));
  m_canvas->show(birth, m_step);
}

static const ViewRegistration registered{
    {"birth", QT_TRANSLATE_NOOP("Views", "Birth"), ViewPlace::Stage, 14, {900, 560}, makeView<BirthView>}};

} // namespace sockwalk
