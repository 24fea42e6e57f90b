#include "views/family/family_view.h"
#include "views/family/family_stage.h"
#include "views/theme/elided_label.h"
#include "views/theme/link_button.h"
#include "views/theme/theme.h"
#include "views/walk/empty_page.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QHBoxLayout>
#include <QStackedWidget>

namespace sockwalk {

FamilyView::FamilyView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_reader(RecordReader::of(walk)), m_pages(new QStackedWidget(this)),
      m_empty(new EmptyPage(walk, this)), m_title(new ElidedLabel(this)), m_fit(new QToolButton(this)),
      m_stage(new FamilyStage(this)) {
  setAccessibleName(tr("Family of a buffer"));
  makeLink(m_fit, tr("fit"), tr("Show the whole family (0)"), true);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 6, 8, 4);
  head->addWidget(m_title, 1);
  head->addWidget(m_fit);
  auto* full = new QWidget(this);
  auto* column = new QVBoxLayout(full);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(m_stage, 1);
  m_pages->addWidget(m_empty);
  m_pages->addWidget(full);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);
  setFocusProxy(m_stage);
  m_stage->setCover([this](const QString& words) { return m_walk.covered(words); });
  connect(m_empty, &EmptyPage::openRequested, this, &View::openRequested);
  connect(m_stage, &FamilyStage::goTo, &m_walk, &Walk::seek);
  connect(m_stage, &FamilyStage::focusWanted, this, &View::focusWanted);
  connect(m_stage, &FamilyStage::refused, this, [this](const QString& why) { m_title->setWords(why); });
  connect(m_stage, &FamilyStage::zoomChanged, this,
          [this] { m_fit->setChecked(m_stage->zoom() == FamilyStage::Zoom::Whole); });
  connect(m_fit, &QToolButton::clicked, this,
          [this](bool on) { m_stage->setZoom(on ? FamilyStage::Zoom::Whole : FamilyStage::Zoom::Auto); });
  connect(&m_reader, &RecordReader::read, this, [this] {
    m_family.forget();
    if (isVisible()) draw();
  });
  restyled();
}

const tell::BufferFamily& FamilyView::family() const { return m_stage->family(); }
QString FamilyView::title() const { return m_title->text(); }

void FamilyView::opened() {
  m_family.forget();
  m_life = -1;
  m_step = {};
  m_stage->clear();
  draw();
}
void FamilyView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  draw();
}
void FamilyView::moved(EventIndex from, EventIndex to, bool jump) {
  m_step = lastStep(from, to, jump);
  if (isVisible()) draw();
}
void FamilyView::focused(u64) {
  if (isVisible()) draw();
}
void FamilyView::restyled() {
  m_title->setFont(theme().sans(12.5));
  m_stage->restyle();
  draw();
}

// The buffer that the person has chosen, else the one that the running path handles; between two of these it stays with
// the last.
int FamilyView::subject() const {
  if (!m_walk.isOpen()) return -1;
  const tell::BufferLives& lives = m_reader.record().packets.lives();
  const EventIndex at = m_walk.position();
  const u64 focus = m_walk.focus();
  if (const int life = lives.at(focus, at); life >= 0) return life;
  // Before its birth the chosen one is still to come: its family stays where it is.
  const bool kept = m_life >= 0 && m_life < int(lives.all().size());
  if (kept && focus && Arena::addressOf(lives.life(m_life).offset) == focus) return m_life;
  if (const int life = lives.at(m_walk.currentBuffer(), at); life >= 0) return life;
  if (kept && lives.life(m_life).knownAt(at)) return m_life;
  return tell::lifeAround(m_walk.playhead(), lives);
}

void FamilyView::draw() {
  m_life = subject();
  const tell::BufferLives& lives = m_reader.record().packets.lives();
  m_pages->setCurrentIndex(m_life >= 0 ? 1 : 0);
  if (m_life < 0) return sayEmpty();
  const tell::BufferFamily& family = m_family.at(m_walk.playhead(), lives, m_life);
  m_stage->showFamily(family, m_step.from, m_step.to);
  sayTitle(family);
}

void FamilyView::sayTitle(const tell::BufferFamily& family) {
  const auto alive = std::ranges::count_if(family.members, &tell::FamilyMember::present);
  const QString name = text(family.members[size_t(family.looked)].name);
  m_title->setWords(m_walk.covered(
      family.members.size() == 1
          ? tr("%1 stands alone: it has no clone, and no part of it went elsewhere").arg(name)
          : tr("Family of %1: %L2 sk_buffs, %L3 of them alive now").arg(name).arg(family.members.size()).arg(alive)));
}

void FamilyView::sayEmpty() {
  m_stage->showFamily({}, 0, 0);
  if (!m_walk.isOpen())
    m_empty->say(tr("No walk is open"),
                 tr("Open a scenario or a packet file: which sk_buff came of which is drawn here."));
  else if (!m_reader.atEnd())
    m_empty->say(tr("The record is being read"), tr("The families of its buffers appear here in a moment."));
  else
    m_empty->say(tr("No buffer yet"),
                 tr("A frame that arrives, or a call that sends, brings the first sk_buff: its clones, segments and "
                    "fragments are drawn here."));
}

static const ViewRegistration registered{
    {"family", QT_TRANSLATE_NOOP("Views", "Family"), ViewPlace::Stage, 13, {940, 640}, makeView<FamilyView>}};

} // namespace sockwalk
