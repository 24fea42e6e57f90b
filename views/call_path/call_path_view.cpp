#include "views/call_path/call_path_view.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/calls/calls.h"
#include "engine/tell/in_words.h"
#include "views/call_path/call_path_folds.h"
#include "views/theme/described.h"
#include "views/theme/elided_label.h"
#include "views/theme/theme.h"
#include "views/walk/empty_page.h"
#include "views/walk/text.h"

#include <QLabel>
#include <QMenu>
#include <QSet>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sockwalk {

namespace {

constexpr int nodesInPicture = 150; // what Graphviz lays out without a wait, and what an eye can hold
constexpr int nodesUnfolded = 48;   // what is shown whole without being asked
constexpr int nodesFolded = 26;     // what is shown of a path that is not
constexpr int nodesOpened = 60;     // with what has been opened since
constexpr int cachedPaths = 64;

EventIndex endOfStimulus(const Journal& journal, int stimulus) {
  return scenario::spanOf(journal, static_cast<u32>(stimulus)).end;
}

QToolButton* linkButton(const QString& text, const QString& tip, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setProperty("link", true);
  button->setText(text);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setCheckable(true);
  return button;
}

} // namespace

CallPathView::CallPathView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_pages(new QStackedWidget(this)), m_stage(new CallPathStage(this)),
      m_title(new ElidedLabel(this)), m_subtitle(new ElidedLabel(this)), m_reached(new QLabel(this)),
      m_fit(linkButton(tr("fit"), tr("Show the whole call path (0)"), this)),
      m_follow(linkButton(tr("follow"), tr("Keep the running function in sight at a readable size"), this)),
      m_all(linkButton(tr("all"), tr("Show every function, none folded"), this)) {
  m_title->setProperty("role", "title");
  m_title->setTextFormat(Qt::PlainText);
  m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_subtitle->setProperty("role", "muted");
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 6, 8, 4);
  head->setSpacing(10);
  head->addWidget(m_title, 1);
  head->addWidget(m_subtitle);
  head->addWidget(m_fit);
  head->addWidget(m_follow);
  head->addWidget(m_all);
  auto* full = new QWidget(this);
  auto* column = new QVBoxLayout(full);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  m_reached->setContentsMargins(12, 0, 12, 2);
  m_reached->setTextFormat(Qt::PlainText);
  m_reached->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  m_reached->setAccessibleDescription(tr("How the function was reached")); // its words are its name
  column->addLayout(head);
  column->addWidget(m_reached);
  column->addWidget(m_stage, 1);
  auto* empty = new EmptyPage(walk, this);
  empty->say(tr("No walk is open"), tr("Open a scenario or a packet file: the functions that the kernel calls for it\n"
                                       "appear here, layer by layer, and the one that runs is lit."));
  connect(empty, &EmptyPage::openRequested, this, &View::openRequested);
  m_pages->addWidget(empty);
  m_pages->addWidget(full);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);

  connect(m_fit, &QToolButton::clicked, this, &CallPathView::fit);
  connect(m_follow, &QToolButton::clicked, this, &CallPathView::follow);
  connect(m_all, &QToolButton::toggled, this, [this] { showMoment(true); });
  connect(m_stage, &CallPathStage::zoomChanged, this, [this] {
    m_fit->setChecked(m_stage->zoom() == CallPathStage::Zoom::Fit);
    m_follow->setChecked(m_stage->zoom() == CallPathStage::Zoom::Follow);
  });
  connect(m_stage, &CallPathStage::nodeClicked, this, &CallPathView::goToCall);
  connect(m_stage, &CallPathStage::foldWanted, this, &CallPathView::openFold);
  connect(m_stage, &CallPathStage::callsWanted, this, &CallPathView::tellCallsApart);
  m_stage->resultOf = [this](int node) {
    return m_walk.covered(text(tell::resultOf(*m_stage->picture()->path, node, m_walk.playhead())));
  };
  m_stage->isAsked = [this](const std::string& function) { return m_walk.covers().call(function); };
  connect(m_stage, &CallPathStage::nodeMenu, this, &CallPathView::openMenu);
  connect(&walk, &Walk::markChanged, this, &CallPathView::showMark);
  buildFind();
  showMoment(false);
}

void CallPathView::recorded() {
  // Only the stimulus that still grew when it was read can have changed.
  const tell::CallPath* shown = m_stage->picture() ? m_stage->picture()->path.get() : nullptr;
  if (!shown || shown->end() != endOfStimulus(m_walk.journal(), shown->stimulus())) showMoment(false);
}

void CallPathView::restyled() {
  m_drawn.clear(); // type may have another size
  m_stage->setPicture(nullptr);
  showMoment(false);
}

// Another width makes other rows; height is only scrolled.
void CallPathView::resizeEvent(QResizeEvent* event) {
  View::resizeEvent(event);
  if (std::abs(stageWidth() - m_laidOutFor) < 1) return;
  m_laidOutFor = stageWidth();
  for (Drawn& drawn : m_drawn) drawn.picture = nullptr;
  showMoment(false);
  if (m_marks) QMetaObject::invokeMethod(this, &CallPathView::showMark, Qt::QueuedConnection); // in the new picture
}

void CallPathView::forget() {
  m_paths.clear();
  m_drawn.clear();
  m_stage->setPicture(nullptr);
  m_stage->setZoom(CallPathStage::Zoom::Follow);
}

void CallPathView::fit() { m_stage->setZoom(CallPathStage::Zoom::Fit); }
void CallPathView::follow() { m_stage->setZoom(CallPathStage::Zoom::Follow); }

std::shared_ptr<const tell::CallPath> CallPathView::pathOf(int stimulus) {
  std::shared_ptr<const tell::CallPath>& path = m_paths[stimulus];
  if (path && path->end() == endOfStimulus(m_walk.journal(), stimulus)) return path;
  if (path) m_drawn.remove(stimulus);
  if (m_paths.size() > cachedPaths) {
    m_paths.clear();
    m_drawn.clear();
  }
  return m_paths[stimulus] =
             std::make_shared<tell::CallPath>(m_walk.journal(), stimulus, m_walk.hosts(), m_drawn[stimulus].toldApart);
}

int CallPathView::roomForNodes(const tell::CallPath& path) const {
  const bool whole = path.nodes().size() <= nodesUnfolded;
  return m_all->isChecked() ? nodesInPicture : whole ? nodesUnfolded : nodesFolded;
}

// A picture rests: what has been laid out stays so, whatever runs, until a fold is entered.
std::shared_ptr<const PathPicture> CallPathView::pictureFor(const std::shared_ptr<const tell::CallPath>& path) {
  const int running = std::max(0, tell::momentOf(*path, m_walk.playhead()).running);
  const int room = roomForNodes(*path);
  Drawn& drawn = m_drawn[path->stimulus()];
  std::set<int> opened = openedNodes(*path, drawn);
  std::vector<int> shown = visibleNodes(*path, opened, room);
  if (!std::ranges::binary_search(shown, running)) {
    openFoldsOf(*path, running, opened, room);
    shown = visibleNodes(*path, opened, room);
    if (shown.size() > nodesOpened && !m_all->isChecked()) { // too much is open: only what leads here stays so
      opened.clear();
      openFoldsOf(*path, running, opened, room);
      shown = visibleNodes(*path, opened, room);
    }
  }
  drawn.opened.clear();
  for (int node : opened) drawn.opened.insert(path->nodes()[node].calls.front());
  if (!drawn.picture || drawn.picture->path != path || drawn.picture->shown != shown)
    drawn.picture = bestLayout(path, shown);
  return drawn.picture;
}

std::set<int> CallPathView::openedNodes(const tell::CallPath& path, const Drawn& drawn) const {
  std::set<int> out;
  for (EventIndex call : drawn.opened)
    if (const int node = path.nodeOf(call); node >= 0 || call == path.begin()) out.insert(std::max(0, node));
  return out;
}

void CallPathView::openFold(int node) {
  const auto path = m_stage->picture()->path;
  m_drawn[path->stimulus()].opened.insert(path->nodes()[node].calls.front());
  showMoment(true);
}

// In place: what was opened elsewhere stays so, and what is told apart can be made one again.
void CallPathView::tellCallsApart(int node) {
  constexpr std::size_t Most = 12;
  const auto path = m_stage->picture()->path;
  const tell::PathNode& n = path->nodes()[node];
  Drawn& drawn = m_drawn[path->stimulus()];
  if (n.parts) {
    drawn.toldApart.erase(path->firstOfMerged(node));
  } else if (n.calls.size() > Most) {
    emit failed(tr("%1 is called %2 times from here: that is too often to draw each call for itself. Click its name to "
                   "go from one to the next.")
                    .arg(text(n.name))
                    .arg(n.calls.size()));
    return;
  } else {
    drawn.toldApart.insert(path->firstOfMerged(node));
  }
  m_paths.remove(path->stimulus());
  showMoment(true);
}

// The stage itself may not be laid out yet while the empty page is shown.
double CallPathView::stageHeight() const { return std::max(100.0, height() - theme().scaled(34)); }
double CallPathView::stageWidth() const { return std::max(200.0, width() - theme().scaled(24)); }

// The rows that leave least to be scrolled at the size in which it is read: a picture that is too large is never shrunk.
// Height that is left over goes between the rows, not below them.
std::shared_ptr<const PathPicture> CallPathView::bestLayout(const std::shared_ptr<const tell::CallPath>& path,
                                                            const std::vector<int>& shown) {
  const QSizeF room = QSizeF(stageWidth(), stageHeight()) / CallPathStage::readingScale;
  const bool whole = path->nodes().size() <= nodesUnfolded;
  std::shared_ptr<const PathPicture> best;
  double least = 0, rowWidth = 0;
  for (const double share : {0.7, 0.85, 1.0, 1.3, 1.7}) {
    if (!whole && share != 1) continue; // each costs time
    auto picture = layOut(path, shown, room.width() * share);
    const QSizeF over = (picture->size - room).expandedTo(QSizeF(0, 0));
    const double cost = 2 * over.width() + over.height();
    if (!best || cost < least) best = picture, least = cost, rowWidth = room.width() * share;
  }
  QSet<double> rows;
  for (const QRectF& node : best->nodes) rows.insert(node.top());
  const double left = room.height() - best->size.height() - 20;
  const double spread = std::min(theme().scaled(26), left / std::max<double>(1, static_cast<double>(rows.size())));
  return spread > 3 && whole ? layOut(path, best->shown, rowWidth, spread) : best;
}

void CallPathView::moved(EventIndex, EventIndex, bool jump) {
  showMoment(!jump);
  showMark();
}

// The table through which it was reached may name what is asked for.
static void coverCells(tell::TableCard& card, const tell::Covers& covers) {
  for (tell::TableCard::Row& row : card.rows)
    for (tell::Text& cell : row.cells) cell = covers.words(cell);
  for (std::string& by : card.reached) by = covers.words(by);
}

void CallPathView::showMoment(bool glide) {
  const int stimulus = m_walk.isOpen() ? tell::stimulusAt(m_walk.playhead()) : -1;
  m_pages->setCurrentIndex(stimulus >= 0 ? 1 : 0);
  if (stimulus < 0) return;
  const auto path = pathOf(stimulus);
  const auto picture = pictureFor(path);
  if (m_stage->picture() != picture.get()) {
    m_stage->setPicture(picture, glide);
    setTitle(*path);
  }
  const Playhead& playhead = m_walk.playhead();
  const tell::Covers& covers = m_walk.covers();
  tell::PathMoment moment = tell::momentOf(*path, playhead);
  moment.result = covers.words(moment.result);
  const Caption caption{shown(covers.words(moment.arguments)), shown(covers.words(moment.sentence)),
                        shown(moment.loss)};
  auto card = tell::tableCard(playhead, moment.runningCall);
  if (card && !covers.empty()) coverCells(*card, covers);
  m_stage->setMoment(moment, caption, card, glide);
  showReached(card);
}

// The line keeps its room when there is nothing to say in it: the map below does not move.
void CallPathView::showReached(const std::optional<tell::TableCard>& card) {
  m_reached->setFont(theme().mono(11));
  const QFontMetrics metrics = m_reached->fontMetrics();
  m_reached->setFixedHeight(metrics.height() + 4);
  const QString words = card ? shown(tell::wayTo(*card)) : QString();
  m_reached->setText(metrics.elidedText(words, Qt::ElideMiddle, std::max(100, width() - 30)));
  QStringList all;
  if (card)
    for (const std::string& line : tell::lines(*card)) all << Described::told(text(line));
  m_reached->setToolTip(all.join('\n'));
}

void CallPathView::setTitle(const tell::CallPath& path) {
  const Stimulus& s = m_walk.journal().stimuli()[path.stimulus()];
  m_title->setWords(shown(tell::stimulusText(s.text)));
  const std::size_t functions = path.nodes().size() - 1;
  const QString count = functions == 1 ? tr("1 function") : tr("%1 functions").arg(functions);
  // Where there are several lanes, each has its heading.
  const bool several = path.sections().size() > 1;
  m_subtitle->setWords(several ? count : count + QStringLiteral(" · ") + shown(path.laneOf(0).name()));
}

// A repeated click goes on to the next call of the same function, and from the last to the first.
void CallPathView::goToCall(int node, bool backward) {
  const auto& calls = m_stage->picture()->path->nodes()[node].calls;
  const EventIndex position = m_walk.position();
  if (backward) {
    auto it =
        std::lower_bound(calls.begin(), calls.end(), position, [](EventIndex c, EventIndex p) { return c + 1 < p; });
    m_walk.seek((it == calls.begin() ? calls.back() : *std::prev(it)) + 1);
  } else {
    auto it = std::lower_bound(calls.begin(), calls.end(), position);
    m_walk.seek((it == calls.end() ? calls.front() : *it) + 1);
  }
}

void CallPathView::openMenu(int node, const QPoint& at) {
  const auto path = m_stage->picture()->path;
  const tell::PathNode& n = path->nodes()[node];
  QMenu menu(this);
  menu.addAction(tr("Go to its call"), this, [this, node] { goToCall(node, false); });
  // The return of the call that is open or was last.
  auto it = std::lower_bound(n.calls.begin(), n.calls.end(), m_walk.position());
  const EventIndex call = it == n.calls.begin() ? n.calls.front() : *std::prev(it);
  const EventIndex ret = n.function >= 0 ? Journal::returnOf(m_walk.journal()[call]) : NoEvent;
  QAction* toReturn = menu.addAction(tr("Go to its return"), this, [this, ret] { m_walk.seek(ret + 1); });
  toReturn->setEnabled(ret != NoEvent);
  QMenu* callers = menu.addMenu(tr("Callers"));
  for (int up = n.parent; up >= 0; up = path->nodes()[up].parent)
    callers->addAction(text(path->nodes()[up].name), this, [this, up] { goToCall(up, true); });
  callers->setEnabled(n.parent >= 0);
  if (n.calls.size() > 1)
    menu.addAction(tr("Show each of its %1 calls").arg(n.calls.size()), this, [this, node] { tellCallsApart(node); });
  if (n.parts)
    menu.addAction(tr("Show its %1 calls as one").arg(n.parts), this, [this, node] { tellCallsApart(node); });
  menu.addAction(tr("Show what it calls"), this, [this, node] { openFold(node); })
      ->setEnabled(foldedBelow(*path, m_stage->picture()->shown)[node] > 0);
  menu.addSeparator();
  QAction* source = menu.addAction(tr("Show source"));
  source->setEnabled(n.function >= 0);
  connect(source, &QAction::triggered, this, [this, call] {
    m_walk.seek(call + 1);
    emit viewWanted(QStringLiteral("source"));
  });
  menu.addSeparator();
  menu.addActions(m_stage->actions());
  menu.exec(at);
}

static const ViewRegistration registered{
    {"call-path", QT_TRANSLATE_NOOP("Views", "Call path"), ViewPlace::Stage, 1, {620, 520}, makeView<CallPathView>}};

} // namespace sockwalk
