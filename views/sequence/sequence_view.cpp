#include "views/sequence/sequence_view.h"
#include "views/sequence/sequence_canvas.h"
#include "views/walk/text.h"
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace sockwalk {

SequenceView::SequenceView(Walk& walk, QWidget* parent)
    : PictureView(walk, new SequenceCanvas, tr("A call, what came back"), parent),
      m_call(link(tr("this system call"), tr("Show only the system call or frame that the walk is in"), true)),
      m_whole(link(tr("whole walk"), tr("Show the whole walk, as far as it fits"), true)),
      m_layers(link(tr("layers"), tr("Fold layers away, or back"), false)), m_canvas(findChild<SequenceCanvas*>()) {
  m_layers->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(m_layers);
  buildLayers(menu);
  m_layers->setMenu(menu);
  head().addStretch(1);
  for (QToolButton* button : {m_layers, m_whole, m_call}) head().addWidget(button);
  connect(m_call, &QToolButton::clicked, this, [this] { showWhole(false); });
  connect(m_whole, &QToolButton::clicked, this, [this] { showWhole(true); });
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
void SequenceView::recorded() { refreshIfSeen(); }

void SequenceView::readAnew() {
  m_stimulus = -2;
  refresh();
}

void SequenceView::refresh() {
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
    sayEmpty(tr("No walk is open"), tr("Open a scenario or a packet file: who calls whom is drawn here."));
  else
    sayEmpty(tr("Nothing is called here"),
             tr("Step into a system call or a frame: who calls whom, from layer to layer, is drawn here."));
  showPicture(!m_canvas->sequence().columns.empty());
}

static const ViewRegistration registered{
    {"sequence", QT_TRANSLATE_NOOP("Views", "Sequence"), ViewPlace::Stage, 5, {900, 620}, makeView<SequenceView>}};

} // namespace sockwalk
