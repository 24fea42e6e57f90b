#include "views/birth/birth_view.h"
#include "views/birth/birth_canvas.h"
#include "views/theme/elided_label.h"
#include "views/theme/theme.h"
#include "views/walk/empty_page.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sockwalk {

BirthView::BirthView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_reader(RecordReader::of(walk)), m_pages(new QStackedWidget(this)),
      m_empty(new EmptyPage(walk, this)), m_title(new ElidedLabel(this)), m_canvas(new BirthCanvas(this)) {
  setAccessibleName(tr("Birth"));
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(m_canvas);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* full = new QWidget(this);
  auto* column = new QVBoxLayout(full);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 8, 12, 4);
  head->addWidget(m_title);
  column->addLayout(head);
  column->addWidget(scroll, 1);
  m_pages->addWidget(m_empty);
  m_pages->addWidget(full);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);
  setFocusProxy(m_canvas);
  m_canvas->setCover([this](const QString& words) { return m_walk.covered(words); });
  connect(m_empty, &EmptyPage::openRequested, this, &View::openRequested);
  connect(m_canvas, &BirthCanvas::goTo, &m_walk, &Walk::seek);
  connect(m_canvas, &BirthCanvas::focusWanted, this, &View::focusWanted);
  connect(m_canvas, &BirthCanvas::refused, this, [this](const QString& why) { m_title->setWords(why); });
  connect(&m_reader, &RecordReader::read, this, [this] {
    m_births.forget();
    if (isVisible()) draw();
  });
  restyled();
}

QString BirthView::title() const { return m_title->text(); }

void BirthView::opened() {
  m_births.forget();
  m_step = {};
  draw();
}
void BirthView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  draw();
}
void BirthView::moved(EventIndex from, EventIndex to, bool jump) {
  m_step = lastStep(from, to, jump);
  if (isVisible()) draw();
}
void BirthView::focused(u64) {
  if (isVisible()) draw();
}
void BirthView::restyled() {
  m_title->setFont(theme().sans(13, QFont::Bold));
  draw();
}

void BirthView::draw() {
  tell::Birth birth;
  if (m_walk.isOpen()) birth = m_births.at(m_walk.playhead(), m_reader.record().packets.lives(), m_walk.focus());
  m_pages->setCurrentIndex(birth.empty() ? 0 : 1);
  if (!m_walk.isOpen()) m_empty->say(tr("No walk is open"), tr("How a socket or a packet comes to be is drawn here."));
  else if (birth.empty())
    m_empty->say(tr("Nothing is born here"),
                 tr("A call of socket(), or a frame that arrives, brings the first thing with parts of its own."));
  else {
    const auto there = std::ranges::count_if(birth.parts, &tell::BirthPart::there);
    m_title->setWords(m_walk.covered(tr("Birth of %1 in %2(): %3 of %4 parts are there")
                                         .arg(text(birth.subject), text(birth.call))
                                         .arg(there)
                                         .arg(birth.parts.size())));
  }
  m_canvas->show(birth, m_step);
}

static const ViewRegistration registered{
    {"birth", QT_TRANSLATE_NOOP("Views", "Birth"), ViewPlace::Stage, 14, {900, 560}, makeView<BirthView>}};

} // namespace sockwalk
