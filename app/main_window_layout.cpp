// What stands where: docks and stage, how they fold, the layouts for a use each, and how a layout is kept.
#include "app/banner.h"
#include "app/card_dock.h"
#include "app/classroom/class_line.h"
#include "app/dock_room.h"
#include "app/edge_keys.h"
#include "app/layout_edits.h"
#include "app/main_window.h"
#include "app/perspectives.h"
#include "app/shot_pages.h"
#include "app/stage.h"
#include "app/table_panel.h"
#include "app/until_bar.h"
#include "app/view_factory.h"
#include "app/view_keys.h"
#include "engine/tell/messages.h"
#include "views/lesson/lesson_panel.h"
#include "views/theme/tab_strip.h"
#include "views/theme/theme.h"
#include "views/walk/view.h"
#include <QActionGroup>
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

constexpr int LayoutVersion = 2; // of saveState(); another one is not restored

// Px at type of normal size that each is of some use with; and its share of the height that it has with others.
DockNeeds needsOf(const QString& dock) {
  if (dock == "lesson") return {{180, 240}, 60};
  if (dock == "structure") return {{300, 176}, 62};
  if (dock == "source") return {{300, 130}, 38};
  return {{300, 110}, 50};
}

} // namespace

void MainWindow::buildLayout() {
  m_room = new DockRoom(*this);
  buildStage();
  buildPlaces();
  const auto restore = [this](const QString& state) {
    restoreArrangement(QJsonDocument::fromJson(state.toUtf8()).object());
  };
  const auto state = [this] { return QString::fromUtf8(QJsonDocument(arrangement()).toJson(QJsonDocument::Compact)); };
  m_perspectives = new Perspectives({state, restore, [this](const Perspective& p) { makeLayout(p); }}, this);
  m_layoutEdits = new LayoutEdits(*m_edits, state, restore, this);
  connect(m_room, &DockRoom::edited, m_layoutEdits, &LayoutEdits::edited);
  connect(m_room, &DockRoom::sized, m_layoutEdits, &LayoutEdits::settle);
  connect(m_perspectives, &Perspectives::edited, m_layoutEdits, &LayoutEdits::edited);
  connect(m_stage, &Stage::changed, this, [this] { m_room->setStageWidth(m_stage->leastWidth()); });
  connect(m_stage, &Stage::changed, m_layoutEdits, &LayoutEdits::settle);
  connect(m_stage, &Stage::wholeWanted, this, &MainWindow::setWholeStage);
  if (const auto* panel = findChild<LessonPanel*>()) // who takes a lesson reads it
    connect(panel, &LessonPanel::stopShown, m_room, [this] { m_room->ask(m_docks.value("lesson")); });
}

void MainWindow::buildStage() {
  m_stage = new Stage;
  m_banner = new Banner;
  m_offer = new Banner;
  m_until = new UntilBar(m_walk);
  buildClass();
  auto* middle = new QWidget;
  auto* box = new QVBoxLayout(middle);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(8);
  box->addWidget(m_offer);
  box->addWidget(m_banner);
  box->addWidget(m_classLine);
  box->addWidget(m_until);
  box->addWidget(m_stage, 1);
  setCentralWidget(middle);
  for (const QString& name : viewNames(ViewPlace::Stage)) m_stage->addView(name, viewTitle(name), makeView(name));
}

CardDock* MainWindow::addDock(const QString& name, const QString& title, QWidget* content, QWidget* heading,
                              Qt::DockWidgetArea area) {
  auto* dock = new CardDock(name, title, content, this, heading);
  addDockWidget(area, dock);
  m_docks.insert(name, dock);
  m_room->add(dock, needsOf(name));
  return dock;
}

// What is looked at has the whole height on the right; the whole walk lies below the words and the stage.
void MainWindow::buildPlaces() {
  setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  setContentsMargins(8, 0, 8, 0);
  const auto dock = [this](ViewPlace place, Qt::DockWidgetArea area) {
    for (const QString& name : viewNames(place)) {
      View* view = makeView(name);
      m_dockOfView[name] = addDock(name, viewTitle(name), view, view->heading(), area);
    }
  };
  dock(ViewPlace::Left, Qt::LeftDockWidgetArea);
  dock(ViewPlace::Right, Qt::RightDockWidgetArea);
  buildBottom(viewNames(ViewPlace::Bottom));
  m_table = new TablePanel(m_walk, *this);
  addDockWidget(Qt::RightDockWidgetArea, m_table);
  m_table->setFloating(true);
  m_table->hide();
}

// Three views of the whole walk behind tabs, which are the dock's title as well: height is dear down there.
void MainWindow::buildBottom(const QStringList& names) {
  auto* strip = new TabStrip(tr("The whole walk"));
  m_bottomTabs = strip->bar();
  m_bottomTabs->setProperty("plain", true);
  m_bottomPages = new QStackedWidget;
  for (const QString& name : names) {
    m_bottomPages->addWidget(makeView(name));
    strip->addTab(viewTitle(name));
  }
  connect(m_bottomTabs, &QTabBar::currentChanged, m_bottomPages, &QStackedWidget::setCurrentIndex);
  CardDock* dock = addDock("walk", tr("The whole walk"), m_bottomPages, strip, Qt::BottomDockWidgetArea);
  connect(m_bottomTabs, &QTabBar::tabBarClicked, dock, [this, dock] {
    if (dock->isFolded()) m_room->setFolded(dock, false);
  });
  for (const QString& name : names) m_dockOfView[name] = dock;
}

// What is pressed stays where it is: no tab changes the height. A capture's list needs more rows than the one height has;
// it gets them when the capture is opened, and who has set the height by hand keeps it.
void MainWindow::giveBottomRoom() { m_room->setTall(true); }

// ---- a layout, made

// The docks where they began, and this of them open.
void MainWindow::makeLayout(const Perspective& perspective) {
  setWholeStage(false);
  m_room->setPaused(true);
  restoreState(m_defaultState, LayoutVersion);
  for (CardDock* dock : std::as_const(m_docks)) dock->setVisible(!perspective.closed.contains(dock->objectName()));
  m_room->setPaused(false);
  m_stage->reset();
  for (const QString& stage : perspective.stages)
    if (m_stage->names().contains(stage.section('|', 0, 0))) {
      m_stage->restore(stage);
      break;
    }
  m_bottomTabs->setCurrentIndex(std::max(0, m_bottomPages->indexOf(m_views.value(QLatin1String(perspective.bottom)))));
  QJsonObject room{{"tall", perspective.tall}, {"wide", perspective.wide}};
  room["folded"] = QJsonArray::fromStringList(perspective.folded);
  m_room->restore(room);
}

void MainWindow::rememberLayout() {
  m_defaultState = saveState(LayoutVersion);
  resetLayout();
}

void MainWindow::resetLayout() { m_perspectives->reset(); }

// ---- two stages side by side

// Any picture beside the one in use; both follow the walk.
void MainWindow::buildBesideMenu(QMenu* view) {
  QMenu* menu = view->addMenu(tr("Show &beside"));
  ViewKeys keysOf("Alt", "Alt+Shift");
  for (const QString& name : m_stage->names()) {
    QAction* action = menu->addAction(viewTitle(name), this, [this, name] { m_stage->showBeside(name); });
    action->setObjectName("beside:" + name);
    action->setShortcut(keysOf.next(name));
  }
  menu->addSeparator();
  menu->addAction(tr("&Change places"), m_stage, &Stage::swapPanes)->setShortcut(QKeySequence("Ctrl+Shift+\\"));
  menu->addAction(tr("Go to the &other"), m_stage, &Stage::goToOtherPane)->setShortcut(QKeySequence("Ctrl+Alt+\\"));
}

// ---- the stage alone

void MainWindow::setWholeStage(bool whole) {
  m_stage->showWhole(whole);
  if (whole == m_wholeStage) return;
  if (whole) m_arrangement = arrangement();
  m_wholeStage = whole;
  m_room->setPaused(true);
  if (whole) {
    for (CardDock* dock : std::as_const(m_docks)) dock->hide();
    m_stage->setFocus();
  }
  m_room->setPaused(whole);
  if (!whole) restoreArrangement(m_arrangement);
}

// ---- one dock

// The dock that has the keys; with a stage that has them, none.
void MainWindow::foldFocused() {
  for (QWidget* w = QApplication::focusWidget(); w; w = w->parentWidget())
    if (auto* dock = qobject_cast<CardDock*>(w)) {
      m_room->setFolded(dock, !dock->isFolded());
      if (dock->isFolded()) dock->titleBarWidget()->setFocus();
      return;
    }
}

void MainWindow::growFocused(Qt::Orientation along, int way) {
  const int px = way * qRound(theme().scaled(24));
  if (!moveEdge(QApplication::focusWidget(), *m_room, along, px))
    m_banner->say(Banner::Kind::Hint, tr("No edge of what has the keys can move this way."));
}

// A page of it stands behind a colon.
void MainWindow::showView(const QString& asked) {
  const QString name = asked.section(':', 0, 0);
  bringForward(name);
  if (!asked.contains(':') || !m_views.contains(name)) return;
  const auto shown = showPage(*m_views.value(name), m_walk, asked.section(':', 1).toStdString());
  if (!shown) complain(QString::fromStdString(tell::spokenMessage(shown.error().message)));
}

// Two views of the stage stand side by side as long as the lesson asks for two.
void MainWindow::showBesideForLesson(const QString& asked) {
  if (asked.isEmpty()) {
    if (std::exchange(m_splitByLesson, false)) m_stage->setSplit(false);
    return;
  }
  m_splitByLesson |= !m_stage->split();
  const QString name = asked.section(':', 0, 0);
  m_stage->showBeside(name);
  if (asked.contains(':') && m_views.contains(name))
    if (const auto shown = showPage(*m_views.value(name), m_walk, asked.section(':', 1).toStdString()); !shown)
      complain(QString::fromStdString(tell::spokenMessage(shown.error().message)));
}

void MainWindow::bringForward(const QString& name) {
  QWidget* wanted = m_views.value(name);
  if (!wanted) return;
  if (m_stage->names().contains(name)) return m_stage->show(name);
  setWholeStage(false);
  if (CardDock* dock = m_dockOfView.value(name)) {
    dock->show(), dock->raise();
    if (dock->isFolded()) m_room->setFolded(dock, false);
  }
  if (const int page = m_bottomPages->indexOf(wanted); page >= 0) m_bottomTabs->setCurrentIndex(page);
  wanted->setFocus();
}

// Shows it, and its keys work at once: they go where the view says, or to the largest of its parts that takes any.
void MainWindow::goToView(const QString& name) {
  showView(name);
  QWidget* const view = m_views.value(name);
  if (!view) return;
  QWidget* keys = view;
  int largest = 0;
  for (QWidget* part : view->findChildren<QWidget*>()) {
    const int area = part->width() * part->height();
    if (!part->isVisibleTo(view) || part->focusPolicy() != Qt::StrongFocus || part->focusProxy() || area <= largest)
      continue;
    keys = part;
    largest = area;
  }
  (view->focusProxy() ? view : keys)->setFocus(Qt::ShortcutFocusReason);
}

// ---- what the window keeps about itself

// Docks and stage. While the stage has the whole window, those that come back.
QJsonObject MainWindow::arrangement() const {
  if (m_wholeStage) return m_arrangement;
  QJsonObject o;
  o["docks"] = QString::fromLatin1(saveState(LayoutVersion).toBase64());
  o["room"] = m_room->state();
  o["stage"] = m_stage->state();
  o["bottom"] = m_bottomTabs->currentIndex();
  o["perspective"] = m_perspectives->current();
  return o;
}

void MainWindow::restoreArrangement(const QJsonObject& o) {
  if (m_wholeStage) m_wholeStage = false, m_stage->showWhole(false);
  m_perspectives->setCurrent(o["perspective"].toString());
  m_room->setPaused(true);
  restoreState(QByteArray::fromBase64(o["docks"].toString().toLatin1()), LayoutVersion);
  m_room->setPaused(false);
  m_stage->restore(o["stage"].toString());
  m_bottomTabs->setCurrentIndex(qBound(0, o["bottom"].toInt(), m_bottomTabs->count() - 1));
  m_room->restore(o["room"].toObject());
}

QString MainWindow::layoutState() const {
  QJsonObject o = arrangement();
  o["unit"] = int(m_walk.unit());
  return QString::fromUtf8(QJsonDocument(o).toJson(QJsonDocument::Compact));
}

// A layout comes from a file: whatever is in it, the window stays usable.
void MainWindow::restoreLayout(const QString& state) {
  const QJsonObject o = QJsonDocument::fromJson(state.toUtf8()).object();
  if (o.isEmpty()) return;
  restoreArrangement(o);
  m_walk.setUnit(Unit(qBound(0, o["unit"].toInt(int(Unit::Call)), int(Unit::Stimulus))));
}

} // namespace sockwalk
