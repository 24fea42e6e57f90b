#include "app/main_window.h"
#include "app/autosave.h"
#include "app/banner.h"
#include "app/capture_follower.h"
#include "app/card_dock.h"
#include "app/document.h"
#include "app/edits.h"
#include "app/feeds.h"
#include "app/search_box.h"
#include "app/stage.h"
#include "app/status_line.h"
#include "app/transport_bar.h"
#include "app/view_factory.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

constexpr int LayoutVersion = 1; // of saveState(); another one is not restored

} // namespace

MainWindow::MainWindow(QWidget* parent) : QMainWindow(parent) {
  setAcceptDrops(true);
  setDockNestingEnabled(true);
  setAnimated(!Motion::reduced());
  m_commands = new Commands(m_walk, this);
  m_transport = new TransportBar(m_walk, *m_commands, this);
  addToolBar(Qt::TopToolBarArea, m_transport);
  addGap(Qt::TopToolBarArea);
  addGap(Qt::BottomToolBarArea);
  m_status = new StatusLine(m_walk, this);
  setStatusBar(m_status);
  m_document = new Document(m_walk, this);
  m_edits = new Edits(this);
  connect(&m_walk, &Walk::opened, m_edits, &Edits::forget); // its bookmarks are others
  buildStage();
  buildPlaces();
  m_feeds = new Feeds(m_walk, this);
  connect(m_feeds, &Feeds::stateChanged, m_status, &StatusLine::setFeed);
  m_follower = new CaptureFollower(m_walk, this);
  connect(m_follower, &CaptureFollower::stateChanged, m_status, &StatusLine::setFeed);
  connect(m_follower, &CaptureFollower::failed, this, &MainWindow::complain);
  connect(m_feeds, &Feeds::failed, this, &MainWindow::complain);
  connect(m_feeds, &Feeds::hint, this, [this](const QString& what) { m_banner->say(Banner::Kind::Hint, what); });
  buildMenus();
  buildKeeping();
  buildWelcome();
  connect(&m_walk, &Walk::recorded, this, &MainWindow::tryWantedPosition);
  connect(&m_walk, &Walk::recordingChanged, this, [this](bool recording) {
    if (!recording) showFailures();
  });
  connect(&m_walk, &Walk::moved, this, [this](EventIndex from, EventIndex to) {
    if (m_seekingWanted || from == to) return;
    m_wanted = nullptr; // the person has taken over
    m_autosave->moved();
  });
  // LOOK.md's size, or what the screen has room for within a window's frame.
  const QSize room = screen()->availableSize() - QSize(8, 36);
  resize(QSize(1280, 800).boundedTo(room));
  m_defaultState = saveState(LayoutVersion);
  resetLayout();
  readSettings();
  if (QWidget* view = m_stage->currentView()) view->setFocus(Qt::OtherFocusReason);
}

// The views read the walk until their end, so they end before it does.
MainWindow::~MainWindow() {
  hide();
  delete m_feeds;
  delete m_follower;
  qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

// Eight empty pixels above and below the cards; a toolbar is what a main window lets stand there.
void MainWindow::addGap(Qt::ToolBarArea area) {
  auto* gap = new QToolBar;
  gap->setObjectName(area == Qt::TopToolBarArea ? "gapAbove" : "gapBelow");
  gap->setMovable(false);
  gap->setFixedHeight(8);
  gap->setStyleSheet("QToolBar { background: transparent; border: 0; padding: 0; }");
  gap->setContextMenuPolicy(Qt::PreventContextMenu);
  gap->toggleViewAction()->setVisible(false);
  addToolBarBreak(area);
  addToolBar(area, gap);
}

void MainWindow::buildStage() {
  m_stage = new Stage;
  m_banner = new Banner;
  m_offer = new Banner;
  auto* middle = new QWidget;
  auto* box = new QVBoxLayout(middle);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(8);
  box->addWidget(m_offer);
  box->addWidget(m_banner);
  box->addWidget(m_stage, 1);
  setCentralWidget(middle);
  for (const QString& name : viewNames(ViewPlace::Stage)) m_stage->addView(name, viewTitle(name), makeView(name));
}

// A view of the window, which gives it what it asks for.
View* MainWindow::makeView(const QString& name) {
  View* view = createView(name, m_walk, this);
  m_views.insert(name, view);
  connect(view, &View::openRequested, this, &MainWindow::askAndOpen);
  connect(view, &View::viewWanted, this, &MainWindow::showView);
  connect(view, &View::focusWanted, &m_walk, &Walk::setFocus);
  connect(view, &View::failed, this, &MainWindow::complain);
  return view;
}
void MainWindow::complain(const QString& why) { m_banner->say(Banner::Kind::Error, why); }

CardDock* MainWindow::addDock(const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area) {
  auto* dock = new CardDock(name, title, content, this);
  addDockWidget(area, dock);
  m_docks.insert(name, dock);
  return dock;
}

void MainWindow::buildPlaces() {
  setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
  setContentsMargins(8, 0, 8, 0);
  const auto dock = [this](ViewPlace place, Qt::DockWidgetArea area) {
    for (const QString& name : viewNames(place))
      m_dockOfView[name] = addDock(name, viewTitle(name), makeView(name), area);
  };
  dock(ViewPlace::Left, Qt::LeftDockWidgetArea);
  dock(ViewPlace::Right, Qt::RightDockWidgetArea);
  buildBottom(viewNames(ViewPlace::Bottom));
}

// Three views of the whole walk behind tabs, which are the dock's title as well: height is dear down there.
void MainWindow::buildBottom(const QStringList& names) {
  m_bottomTabs = new QTabBar;
  m_bottomTabs->setProperty("plain", true);
  m_bottomTabs->setExpanding(false);
  m_bottomTabs->setAccessibleName(tr("The whole walk"));
  m_bottomPages = new QStackedWidget;
  for (const QString& name : names) {
    m_bottomPages->addWidget(makeView(name));
    m_bottomTabs->addTab(viewTitle(name));
  }
  connect(m_bottomTabs, &QTabBar::currentChanged, m_bottomPages, &QStackedWidget::setCurrentIndex);
  auto* dock = new CardDock("walk", tr("The whole walk"), m_bottomPages, this, m_bottomTabs);
  addDockWidget(Qt::BottomDockWidgetArea, dock);
  m_docks.insert("walk", dock);
  for (const QString& name : names) m_dockOfView[name] = dock;
}

// What is pressed stays where it is: no tab changes the height. A capture's list needs more rows than the one height has;
// it gets them when the capture is opened, and who has set the height by hand keeps it.
void MainWindow::giveBottomRoom() {
  CardDock* dock = m_docks.value("walk");
  if (!dock || dock->isFloating() || !isVisible()) return;
  const int list = std::min(int(theme().scaled(320)), height() * 2 / 5);
  if (dock->height() < list) resizeDocks({dock}, {list}, Qt::Vertical);
}

void MainWindow::resetLayout() {
  restoreState(m_defaultState, LayoutVersion);
  for (CardDock* dock : std::as_const(m_docks)) dock->show();
  // LOOK.md's proportions; a larger window gives the sides a share of what it has more.
  const double more = std::max(0, width() - 1280), higher = std::max(0, height() - 800);
  const auto px = [](double length) { return int(theme().scaled(length)); };
  QList<QDockWidget*> across, right;
  QList<int> widths, heights;
  if (m_docks.contains("lesson")) across << m_docks["lesson"], widths << px(252) + int(more * 0.1);
  for (const QString& name : viewNames(ViewPlace::Right))
    if (m_docks.contains(name))
      right << m_docks[name], heights << px(name == "structure" ? 350 : 200) + int(higher / 2);
  if (!right.isEmpty()) across << right.first(), widths << px(400) + int(more * 0.25);
  resizeDocks(across, widths, Qt::Horizontal);
  resizeDocks(right, heights, Qt::Vertical);
  if (m_docks.contains("walk")) resizeDocks({m_docks["walk"]}, {px(230) + int(higher * 0.25)}, Qt::Vertical);
  m_stage->reset();
  m_bottomTabs->setCurrentIndex(0);
}

void MainWindow::showView(const QString& name) {
  QWidget* wanted = m_views.value(name);
  if (!wanted) return;
  if (m_stage->names().contains(name)) return m_stage->show(name);
  if (CardDock* dock = m_dockOfView.value(name)) dock->show(), dock->raise();
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

QString MainWindow::layoutState() const {
  QJsonObject o;
  o["docks"] = QString::fromLatin1(saveState(LayoutVersion).toBase64());
  o["stage"] = m_stage->state();
  o["bottom"] = m_bottomTabs->currentIndex();
  o["unit"] = int(m_walk.unit());
  return QString::fromUtf8(QJsonDocument(o).toJson(QJsonDocument::Compact));
}

// A layout comes from a file: whatever is in it, the window stays usable.
void MainWindow::restoreLayout(const QString& state) {
  const QJsonObject o = QJsonDocument::fromJson(state.toUtf8()).object();
  if (o.isEmpty()) return;
  restoreState(QByteArray::fromBase64(o["docks"].toString().toLatin1()), LayoutVersion);
  m_stage->restore(o["stage"].toString());
  m_bottomTabs->setCurrentIndex(qBound(0, o["bottom"].toInt(), m_bottomTabs->count() - 1));
  m_walk.setUnit(Unit(qBound(0, o["unit"].toInt(int(Unit::Call)), int(Unit::Stimulus))));
}

void MainWindow::readSettings() {
  const QSettings settings;
  m_commands->setKeyMap(keyMapFromId(settings.value("keyMap").toString()));
  if (settings.contains("geometry")) restoreGeometry(settings.value("geometry").toByteArray());
  restoreLayout(settings.value("layout").toString());
}
void MainWindow::writeSettings() {
  QSettings settings;
  settings.setValue("keyMap", keyMapId(m_commands->keyMap()));
  settings.setValue("geometry", saveGeometry());
  settings.setValue("layout", layoutState());
}
// The cards keep 8 px from the window's edges; menus, toolbar and status line reach from edge to edge.
void MainWindow::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().color(Role::Page));
  const int top = m_transport->geometry().bottom(), bottom = m_status->geometry().top();
  painter.fillRect(0, 0, width(), top + 1, theme().color(Role::Card));
  painter.fillRect(0, bottom, width(), height() - bottom, theme().color(Role::Card));
  painter.setPen(theme().color(Role::Hairline));
  painter.drawLine(0, top, width(), top);
  painter.drawLine(0, bottom, width(), bottom);
}

} // namespace sockwalk
