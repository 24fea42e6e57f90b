#include "views/ladder/ladder_view.h"
#include "views/ladder/ladder_canvas.h"
#include "views/theme/theme.h"
#include "views/walk/empty_page.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include <QComboBox>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>

namespace sockwalk {

LadderView::LadderView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_reader(RecordReader::of(walk)), m_pages(new QStackedWidget(this)),
      m_empty(new EmptyPage(walk, this)), m_choice(new QComboBox(this)), m_follow(new QToolButton(this)),
      m_canvas(new LadderCanvas(walk, m_reader, this)) {
  m_choice->setAccessibleName(tr("The connection that is shown"));
  m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_choice->setMinimumContentsLength(24);
  m_follow->setProperty("link", true);
  m_follow->setText(tr("follow"));
  m_follow->setToolTip(tr("Show the connection that the walk is about"));
  m_follow->setAccessibleName(m_follow->toolTip());
  m_follow->setCheckable(true);
  m_follow->setChecked(true);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 6, 8, 4);
  head->addWidget(m_choice, 1);
  head->addWidget(m_follow);
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
  connect(m_choice, &QComboBox::activated, this, [this](int flow) {
    m_follow->setChecked(false);
    showFlow(flow);
  });
  connect(m_follow, &QToolButton::toggled, this, [this](bool on) {
    if (on) readFlows();
  });
  connect(m_canvas, &LadderCanvas::goTo, &m_walk, &Walk::seek);
  connect(&m_reader, &RecordReader::read, this, [this] {
    m_dirty = true;
    if (isVisible()) readFlows();
  });
  showState();
}
LadderView::~LadderView() = default;

bool LadderView::follows() const { return m_follow->isChecked(); }

void LadderView::opened() {
  m_flows.clear();
  m_shown = -1;
  m_dirty = true;
  m_choice->clear();
  m_canvas->setLadder({});
  showState();
}

void LadderView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  if (m_walk.isOpen()) readFlows();
}

// What has been recorded since; of a long capture only now and then, for each time the ladder is built anew.
void LadderView::readFlows() {
  if (!m_walk.isOpen()) return;
  if (m_dirty && m_reader.atEnd()) {
    m_flows = tell::ladderFlows(m_walk.journal(), m_reader.record().packets);
    m_choice->clear();
    for (const tell::LadderFlow& flow : m_flows)
      m_choice->addItem(flow.frames == 1 ? tr("%1 · 1 frame").arg(text(flow.name()))
                                         : tr("%1 · %L2 frames").arg(text(flow.name())).arg(flow.frames));
    m_dirty = false;
    const int before = m_shown;
    m_shown = -1;
    if (before >= 0 && !follows()) showFlow(before);
  }
  showState();
  if (m_flows.empty()) return;
  if (follows() || m_shown < 0)
    showFlow(tell::flowAt(m_flows, m_walk.journal(), m_reader.record().packets, m_walk.position()));
  m_canvas->setPosition(m_walk.position(), true);
}

void LadderView::showFlow(int flow) {
  if (flow < 0 || flow >= static_cast<int>(m_flows.size())) return;
  m_choice->setCurrentIndex(flow);
  if (flow == m_shown) return;
  m_shown = flow;
  m_canvas->setLadder(tell::readLadder(m_walk.journal(), m_reader.record(), m_flows[size_t(flow)]));
  m_canvas->setPosition(m_walk.position(), true);
}

void LadderView::moved(EventIndex, EventIndex, bool) {
  if (isVisible()) readFlows();
}

void LadderView::restyled() { m_canvas->restyle(); }

void LadderView::showState() {
  if (!m_walk.isOpen())
    m_empty->say(tr("No walk is open"),
                 tr("Open a scenario or a packet file: the segments of its connections appear here."));
  else if (!m_reader.atEnd())
    m_empty->say(tr("The record is being read"), tr("Its connections appear here in a moment."));
  else
    m_empty->say(
        tr("No segment and no datagram yet"),
        tr("When two hosts, or a host and the network behind the wire, exchange TCP or UDP, it is drawn here."));
  m_pages->setCurrentIndex(m_flows.empty() ? 0 : 1);
}

static const ViewRegistration registered{
    {"ladder", QT_TRANSLATE_NOOP("Views", "Ladder"), ViewPlace::Stage, 6, {900, 560}, makeView<LadderView>}};

} // namespace sockwalk
