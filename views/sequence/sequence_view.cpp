#include "views/sequence/sequence_view.h"
#include "views/sequence/sequence_canvas.h"
#include "views/theme/theme.h"
#include "views/walk/empty_page.h"
#include "views/walk/text.h"
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>

namespace sockwalk {

static QToolButton* link(const QString& text, const QString& tip, bool checkable) {
  auto* button = new QToolButton;
  button->setProperty("link", true);
  button->setText(text);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setCheckable(checkable);
  return button;
}

SequenceView::SequenceView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_pages(new QStackedWidget(this)), m_empty(new EmptyPage(walk, this)),
      m_call(link(tr("this system call"), tr("Show only the system call or frame that the walk is in"), true)),
      m_whole(link(tr("whole walk"), tr("Show the whole walk, as far as it fits"), true)),
      m_layers(link(tr("layers"), tr("Fold layers away, or back"), false)), m_canvas(new SequenceCanvas(this)) {
  m_layers->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(m_layers);
  buildLayers(menu);
  m_layers->setMenu(menu);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 6, 8, 4);
  head->addStretch(1);
  head->addWidget(m_layers);
  head->addWidget(m_whole);
  head->addWidget(m_call);
  auto* full = new QWidget(this);
  auto* column = new QVBoxLayout(full);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(m_canvas, 1);
  m_pages->addWidget(m_empty);
  m_pages->addWidget(full);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);
  setFocusProxy(m_canvas);
  connect(m_empty, &EmptyPage::openRequested, this, &View::openRequested);
  connect(m_call, &QToolButton::clicked, this, [this] { showWhole(false); });
  connect(m_whole, &QToolButton::clicked, this, [this] { showWhole(true); });
  connect(m_canvas, &SequenceCanvas::goTo, &m_walk, &Walk::seek);
  connect(m_canvas, &SequenceCanvas::foldWanted, this, &SequenceView::fold);
  showState();
}

void SequenceView::buildLayers(QMenu* menu) {
  for (size_t i = size_t(tell::SequenceLane::Vfs); i < size_t(tell::SequenceLane::Wire); ++i) {
    const auto lane = static_cast<tell::SequenceLane>(i);
    QAction* action = menu->addAction(QString(), this, [this, lane] { fold(lane); });
    action->setCheckable(true);
    connect(menu, &QMenu::aboutToShow, action, [this, action, lane] {
      action->setText(shown(tell::laneName(lane)));
      action->setChecked(!m_wish.folded.contains(lane));
    });
  }
}

// The program, its library and the wire are no layers of the kernel: they stay.
void SequenceView::fold(tell::SequenceLane lane) {
  const bool layer = lane > tell::SequenceLane::Library && lane < tell::SequenceLane::Wire;
  if (!layer) return;
  if (!m_wish.folded.erase(lane)) m_wish.folded.insert(lane);
  readAnew();
}

void SequenceView::showWhole(bool whole) {
  m_wish.whole = whole;
  readAnew();
}

void SequenceView::opened() {
  m_hosts.clear();
  m_stimulus = -2;
  m_canvas->setSequence({});
  showState();
}
void SequenceView::recorded() {
  if (isVisible()) read();
}
void SequenceView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  read();
}
void SequenceView::moved(EventIndex, EventIndex, bool) {
  if (isVisible()) read();
}
void SequenceView::restyled() { m_canvas->restyle(); }

void SequenceView::readAnew() {
  m_stimulus = -2;
  read();
}

void SequenceView::read() {
  if (!m_walk.isOpen()) return showState();
  const Journal& journal = m_walk.journal();
  const int stimulus = m_walk.position() ? journal.stimulusAt(m_walk.position() - 1) : -1;
  const bool grown =
      m_read != journal.size() && (m_wish.whole || stimulus + 1 >= static_cast<int>(journal.stimuli().size()));
  const tell::Sequence& now = m_canvas->sequence();
  const bool there =
      m_wish.whole ? stimulus >= now.firstStimulus && stimulus <= now.lastStimulus : stimulus == m_stimulus;
  if (m_stimulus == -2 || !there || (grown && !m_walk.recording())) {
    m_hosts.update(journal);
    m_canvas->setSequence(tell::readSequence(journal, m_hosts, m_walk.position(), m_wish));
    m_stimulus = stimulus;
    m_read = journal.size();
  }
  m_canvas->setPosition(m_walk.position(), true);
  showState();
}

void SequenceView::showState() {
  m_call->setChecked(!m_wish.whole);
  m_whole->setChecked(m_wish.whole);
  if (!m_walk.isOpen())
    m_empty->say(tr("No walk is open"), tr("Open a scenario or a packet file: who calls whom is drawn here."));
  else
    m_empty->say(tr("Nothing is called here"),
                 tr("Step into a system call or a frame: who calls whom, from layer to layer, is drawn here."));
  m_pages->setCurrentIndex(m_canvas->sequence().columns.empty() ? 0 : 1);
}

static const ViewRegistration registered{
    {"sequence", QT_TRANSLATE_NOOP("Views", "Sequence"), ViewPlace::Stage, 5, {900, 620}, makeView<SequenceView>}};

} // namespace sockwalk
