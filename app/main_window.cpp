#include "app/main_window.h"
#include "app/autosave.h"
#include "app/banner.h"
#include "app/capture_follower.h"
#include "app/dock_room.h"
#include "app/document.h"
#include "app/edits.h"
#include "app/feeds.h"
#include "app/perspectives.h"
#include "app/search_box.h"
#include "app/stage.h"
#include "app/status_line.h"
#include "app/table_panel.h"
#include "app/transport_bar.h"
#include "app/until_bar.h"
#include "app/view_factory.h"
#include "app/where_it_dies.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include "views/walk/selecting.h"
#include <QPainter>
#include <QScreen>
#include <QSettings>
#include <QVBoxLayout>

namespace sockwalk {

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
  buildLayout();
  m_feeds = new Feeds(m_walk, this);
  connect(m_feeds, &Feeds::stateChanged, m_status, &StatusLine::setFeed);
  m_follower = new CaptureFollower(m_walk, this);
  connect(m_follower, &CaptureFollower::stateChanged, m_status, &StatusLine::setFeed);
  connect(m_follower, &CaptureFollower::failed, this, &MainWindow::complain);
  connect(m_feeds, &Feeds::failed, this, &MainWindow::complain);
  connect(m_feeds, &Feeds::hint, this, [this](const QString& what) { m_banner->say(Banner::Kind::Hint, what); });
  new WhereItDies(m_walk, *m_banner, this);
  buildMenus();
  offerExport();
  connect(&Selecting::of(m_walk), &Selecting::changed, this, &MainWindow::tellSelection);
  buildFinding();
  buildKeeping();
  buildWelcome();
  buildTour();
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
  rememberLayout();
  readSettings();
  if (QWidget* view = m_stage->currentView()) view->setFocus(Qt::OtherFocusReason);
}

// The views read the walk until their end, so they end before it does.
MainWindow::~MainWindow() {
  hide();
  delete m_room; // which would make room for what is left
  delete m_feeds;
  delete m_follower;
  qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

namespace {

// A tool bar without a look of its own, whatever the style says of tool bars after a change of theme.
class Gap final : public QToolBar {
protected:
  void paintEvent(QPaintEvent*) override {}
};

} // namespace

// Eight empty pixels above and below the cards; a toolbar is what a main window lets stand there.
void MainWindow::addGap(Qt::ToolBarArea area) {
  auto* gap = new Gap;
  gap->setObjectName(area == Qt::TopToolBarArea ? "gapAbove" : "gapBelow");
  gap->setMovable(false);
  gap->setFixedHeight(8);
  gap->setAttribute(Qt::WA_NoSystemBackground);
  gap->setStyleSheet("QToolBar { background: transparent; border: 0; padding: 0; }");
  gap->setContextMenuPolicy(Qt::PreventContextMenu);
  gap->toggleViewAction()->setVisible(false);
  addToolBarBreak(area);
  addToolBar(area, gap);
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

void MainWindow::readSettings() {
  const QSettings settings;
  m_commands->setKeyMap(keyMapFromId(settings.value("keyMap").toString()));
  if (settings.contains("geometry")) restoreGeometry(settings.value("geometry").toByteArray());
  m_perspectives->setCurrent(settings.value("perspective").toString());
  restoreLayout(settings.value("layout").toString());
}
void MainWindow::writeSettings() {
  QSettings settings;
  settings.setValue("keyMap", keyMapId(m_commands->keyMap()));
  settings.setValue("geometry", saveGeometry());
  settings.setValue("layout", layoutState());
  settings.setValue("perspective", m_perspectives->current());
  m_perspectives->keep();
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
