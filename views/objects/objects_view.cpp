#include "views/objects/objects_view.h"
#include "engine/tell/lessons/covered_pictures.h"

#include "views/theme/elided_label.h"
#include "views/theme/find_bar.h"
#include "views/theme/link_button.h"
#include "views/theme/theme.h"
#include "views/walk/empty_page.h"
#include "views/walk/text.h"

#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace sockwalk {

using tell::ObjectGraph, tell::StepRange;

ObjectsView::ObjectsView(Walk& walk, QWidget* parent)
    : View(walk, parent), m_pages(new QStackedWidget(this)), m_stage(new ObjectsStage(this)),
      m_title(new ElidedLabel(this)), m_left(new QLabel(this)), m_empty(new EmptyPage(walk, this)),
      m_fit(new QToolButton(this)), m_clearFocus(new QToolButton(this)), m_all(new QToolButton(this)) {
  m_title->setProperty("role", "muted");
  m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  makeLink(m_fit, tr("fit"), tr("Show all objects (0)"), true);
  makeLink(m_clearFocus, tr("look at no object"),
           tr("Show the objects around what runs, not around the one that was chosen"));
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 6, 8, 4);
  head->setSpacing(10);
  head->addWidget(m_title, 1);
  head->addWidget(m_clearFocus);
  head->addWidget(m_fit);
  auto* full = new QWidget(this);
  auto* column = new QVBoxLayout(full);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(m_stage, 1);
  column->addWidget(leftOutLine());
  m_pages->addWidget(m_empty);
  m_pages->addWidget(full);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);

  connect(m_empty, &EmptyPage::openRequested, this, &View::openRequested);
  connect(m_fit, &QToolButton::clicked, this, [this] { m_stage->setZoom(ObjectsStage::Zoom::Whole); });
  connect(m_stage, &ObjectsStage::zoomChanged, this,
          [this] { m_fit->setChecked(m_stage->zoom() == ObjectsStage::Zoom::Whole); });
  connect(m_clearFocus, &QToolButton::clicked, this, [this] { m_walk.setFocus(0); });
  connect(m_stage, &ObjectsStage::cardClicked, this, [this](quint64 address) {
    m_walk.setFocus(address);
    m_walk.point(static_cast<quint32>(address));
  });
  const auto card = [this](int i) -> const tell::ObjectCard& { return m_stage->graph().cards[size_t(i)]; };
  m_find = new FindBar(this, tr("An object of this picture, a member, a value"),
                       searchOf({[this] { return int(m_stage->graph().cards.size()); },
                                 [card](int i) {
                                   QString words = text(card(i).title);
                                   for (const tell::ObjectRow& row : card(i).rows)
                                     words += ' ' + shown(row.label) + ' ' + shown(row.value) + ' ' + text(row.path);
                                   return words;
                                 },
                                 [this] { return m_stage->selected(); },
                                 [this](int i) {
                                   if (i >= 0) m_stage->select(i);
                                 }}));
  showGraph({}, false);
}

// One line below the stage: what is not in the picture, and a way to have it there.
QWidget* ObjectsView::leftOutLine() {
  auto* line = new QWidget(this);
  m_left->setProperty("role", "muted");
  m_left->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  makeLink(m_all, tr("show them"), tr("Show all objects, not only those around what runs"), true);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(12, 2, 8, 4);
  row->setSpacing(10);
  row->addWidget(m_left, 1);
  row->addWidget(m_all);
  connect(m_all, &QToolButton::toggled, this, [this](bool all) {
    m_all->setText(all ? tr("show the nearest") : tr("show them"));
    showGraph(m_step, true);
  });
  return line;
}

bool ObjectsView::find() {
  if (m_stage->graph().cards.empty()) return false;
  m_find->open();
  return true;
}

void ObjectsView::opened() { m_stage->clear(); }

void ObjectsView::focused(u64) { showGraph(m_step, true); }

void ObjectsView::restyled() {
  m_stage->clear(); // type may have another size
  showGraph(m_step, false);
}

void ObjectsView::moved(EventIndex from, EventIndex to, bool jump) {
  m_step = lastStep(from, to, jump);
  showGraph(m_step, !jump);
}

int ObjectsView::roomOnStage() const {
  constexpr int Most = 160; // that are laid out without a wait
  if (m_all->isChecked()) return Most;
  const double scale = theme().scaled(1);
  const double area = static_cast<double>(width()) * height() / scale / scale; // the stage may not be laid out yet
  return area < 300e3 ? 8 : area < 500e3 ? 12 : area < 900e3 ? 20 : 28;
}

void ObjectsView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  elideLeftOut();
  if (m_walk.isOpen() && roomOnStage() != m_room) showGraph(m_step, false);
}

void ObjectsView::showGraph(StepRange step, bool glide) {
  ObjectGraph graph;
  if (m_walk.isOpen())
    graph = tell::readObjects(m_walk.playhead(), step, m_walk.focus(), m_walk.currentBuffer(), m_room = roomOnStage());
  tell::cover(graph, m_walk.covers());
  const bool empty = graph.cards.empty();
  if (m_walk.isOpen())
    m_empty->say(tr("No object lives yet"),
                 tr("Tasks, files, sockets and buffers appear here when a call makes them."));
  else
    m_empty->say(tr("No walk is open"),
                 tr("Open a scenario or a packet file: the objects that the kernel makes for it appear here."));
  m_pages->setCurrentIndex(empty ? 0 : 1);
  setTitle(graph);
  setLeftOut(graph);
  m_stage->setGraph(std::move(graph), glide);
}

void ObjectsView::setTitle(const ObjectGraph& graph) {
  const int count = static_cast<int>(graph.cards.size());
  const auto focused = std::find_if(graph.cards.begin(), graph.cards.end(), [](auto& c) { return c.focused; });
  QString title = count == 1 ? tr("1 object") : tr("%1 objects").arg(count);
  if (graph.hidden) title = tr("%1 of %2 objects").arg(count).arg(count + graph.hidden);
  if (graph.hidden && focused != graph.cards.end()) title += tr(", around %1").arg(text(focused->title));
  else if (graph.hidden) title += tr(", around what runs");
  m_title->setWords(title);
  m_clearFocus->setVisible(m_walk.focus() != 0);
}

void ObjectsView::elideLeftOut() {
  const int room = width() - m_all->sizeHint().width() - static_cast<int>(theme().scaled(40));
  m_left->setText(m_left->fontMetrics().elidedText(m_left->toolTip(), Qt::ElideRight, std::max(100, room)));
}

// The line keeps its place while the walk moves: what stands above it does not jump.
void ObjectsView::setLeftOut(const ObjectGraph& graph) {
  const QString words = shown(graph.leftOut());
  m_left->setToolTip(words.isEmpty() ? tr("All objects are shown.") : words);
  elideLeftOut();
  m_all->setEnabled(graph.hidden || m_all->isChecked());
}

static const ViewRegistration registered{
    {"objects", QT_TRANSLATE_NOOP("Views", "Objects"), ViewPlace::Stage, 2, {900, 560}, makeView<ObjectsView>}};

} // namespace sockwalk
