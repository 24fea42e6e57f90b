#include "views/ladder/ladder_view.h"
#include "views/ladder/ladder_canvas.h"
#include "views/theme/elided_combo.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include <QHBoxLayout>
#include <QToolButton>

namespace sockwalk {

LadderView::LadderView(Walk& walk, QWidget* parent)
    : PictureView(walk, new LadderCanvas(walk, RecordReader::of(walk)), tr("A segment, by its numbers"), parent),
      m_reader(RecordReader::of(walk)), m_choice(new ElidedCombo(this)),
      m_follow(link(tr("follow"), tr("Show the connection that the walk is about"), true)),
      m_canvas(findChild<LadderCanvas*>()) {
  m_choice->setAccessibleName(tr("The connection that is shown"));
  m_follow->setChecked(true);
  head().addWidget(m_choice, 1);
  head().addWidget(m_follow);
  connect(m_choice, &QComboBox::activated, this, [this](int flow) {
    m_follow->setChecked(false);
    showFlow(flow);
  });
  connect(m_follow, &QToolButton::toggled, this, [this](bool on) {
    if (on) readFlows();
  });
  connect(&m_reader, &RecordReader::read, this, [this] {
    m_dirty = true;
    refreshIfSeen();
  });
  showState();
}
LadderView::~LadderView() = default;

bool LadderView::follows() const { return m_follow->isChecked(); }

void LadderView::opened() {
  m_flows.clear();
  m_past = nullptr;
  m_shown = -1;
  m_dirty = true;
  m_choice->clear();
  m_canvas->setLadder({});
  showState();
}

void LadderView::refresh() { readFlows(); }

// An end that somebody looks at shows its connection.
int LadderView::flowOf(u64 socket) const {
  const tell::SocketHistories& sockets = m_reader.record().sockets;
  const int index = socket ? sockets.at(socket, m_walk.position()) : -1;
  if (index < 0) return -1;
  const tell::SocketLife& life = sockets.all()[size_t(index)];
  const auto port = [&](tell::SocketMember m) { return static_cast<u16>(life.everAt(m, m_walk.position())); };
  const u16 own = port(tell::SocketMember::Port), peer = __builtin_bswap16(port(tell::SocketMember::PeerPort));
  for (int i = 0; i < static_cast<int>(m_flows.size()); ++i) {
    const tell::LadderFlow& flow = m_flows[size_t(i)];
    const bool either =
        (flow.firstPort == own && flow.secondPort == peer) || (flow.firstPort == peer && flow.secondPort == own);
    if (flow.tcp && either) return i;
  }
  return -1;
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
  if (const int wanted = follows() ? flowOf(m_walk.focus()) : -1; wanted >= 0) showFlow(wanted);
  else if (follows() || m_shown < 0)
    showFlow(tell::flowAt(m_flows, m_walk.journal(), m_reader.record().packets, m_walk.position()));
  m_canvas->setPosition(m_walk.position(), true);
}

void LadderView::showFlow(int flow) {
  if (flow < 0 || flow >= static_cast<int>(m_flows.size())) return;
  m_choice->setCurrentIndex(flow);
  if (flow == m_shown) return;
  m_shown = flow;
  if (!m_past) m_past = std::make_unique<Playhead>(m_walk.journal());
  m_canvas->setLadder(tell::readLadder(*m_past, m_reader.record(), m_flows[size_t(flow)]));
  m_canvas->setPosition(m_walk.position(), true);
}

void LadderView::showState() {
  if (!m_walk.isOpen())
    sayEmpty(tr("No walk is open"),
             tr("Open a scenario or a packet file: the segments of its connections appear here."));
  else if (!m_reader.atEnd()) sayEmpty(tr("The record is being read"), tr("Its connections appear here in a moment."));
  else
    sayEmpty(tr("No segment and no datagram yet"),
             tr("When two hosts, or a host and the network behind the wire, exchange TCP or UDP, it is drawn here."));
  showPicture(!m_flows.empty());
}

static const ViewRegistration registered{
    {"ladder", QT_TRANSLATE_NOOP("Views", "Ladder"), ViewPlace::Stage, 6, {900, 560}, makeView<LadderView>}};

} // namespace sockwalk
