#include "app/banner.h"
#include "app/capture_follower.h"
#include "app/card_dock.h"
#include "app/edits.h"
#include "app/feed_dialogs.h"
#include "app/feeds.h"
#include "app/help_dialogs.h"
#include "app/main_window.h"
#include "app/perspectives.h"
#include "app/search_box.h"
#include "app/search_window.h"
#include "app/stage.h"
#include "app/table_panel.h"
#include "app/transport_bar.h"
#include "app/until_bar.h"
#include "app/view_factory.h"
#include "app/view_keys.h"
#include "app/window_language.h"
#include "views/theme/icons.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include <QActionGroup>
#include <QInputDialog>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>

namespace sockwalk {

void MainWindow::buildMenus() {
  buildFileMenu();
  buildEditMenu();
  buildWalkMenu();
  buildPlacesMenu();
  buildSocketsMenu();
  buildFeedMenu();
  buildLessonsMenu();
  buildClassMenu();
  buildViewMenu();
  buildHelpMenu();
}

void MainWindow::buildFileMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&File"));
  QAction* open = menu->addAction(makeIcon(Icon::Open), tr("&Open…"), this, &MainWindow::askAndOpen);
  open->setShortcut(QKeySequence::Open);
  QMenu* recent = menu->addMenu(tr("Open &recent"));
  setMadeAnew(recent);
  connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecent(recent); });
  QMenu* samples = menu->addMenu(tr("Open s&ample"));
  setMadeAnew(samples);
  connect(samples, &QMenu::aboutToShow, this, [this, samples] { fillSamples(samples); });
  menu->addAction(tr("Open &link…"), this, &MainWindow::askLink)->setShortcut(QKeySequence("Ctrl+Shift+O"));
  menu->addSeparator();
  QAction* save = menu->addAction(makeIcon(Icon::Save), tr("&Save session"), this, &MainWindow::save);
  save->setShortcut(QKeySequence::Save);
  menu->addAction(tr("Save session &as…"), this, &MainWindow::askAndSave)->setShortcut(QKeySequence("Ctrl+Shift+S"));
  menu->addAction(tr("&Export picture…"), this, [this] { askAndExport(); })->setShortcut(QKeySequence("Ctrl+Alt+E"));
  menu->addAction(tr("Export &film…"), this, &MainWindow::askAndFilm);
  menu->addAction(tr("Export pa&ge…"), this, &MainWindow::askAndExportPage);
  menu->addAction(tr("Export &packets…"), this, &MainWindow::askAndExportPackets);
  menu->addAction(tr("Export &core file…"), this, &MainWindow::askAndExportCore);
  menu->addSeparator();
  menu->addAction(tr("Pre&ferences…"), this, &MainWindow::showPreferences)->setShortcut(QKeySequence("Ctrl+,"));
  QAction* quit = menu->addAction(tr("&Quit"), this, &QWidget::close);
  quit->setShortcut(QKeySequence("Ctrl+Q"));
}

void MainWindow::buildEditMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&Edit"));
  m_edits->fill(menu);
  menu->addSeparator();
  menu->addAction(tr("&Find in this view…"), this, &MainWindow::find)->setShortcut(QKeySequence::Find);
  menu->addAction(tr("Find a &value in all memory…"), this, [this] { findValue(); })
      ->setShortcut(QKeySequence("Ctrl+Shift+F"));
}

void MainWindow::buildWalkMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&Walk"));
  const auto add = [&](std::initializer_list<Command> commands) {
    for (Command c : commands) menu->addAction((*m_commands)[c]);
    menu->addSeparator();
  };
  add({Command::StepInto, Command::StepOver, Command::StepOut});
  add({Command::StepBackInto, Command::StepBackOver, Command::StepBackOut});
  add({Command::Run, Command::RunFast, Command::RunExpress, Command::RunBack, Command::Pause});
  add({Command::ToStart, Command::ToBoot, Command::ToEnd, Command::NextStimulus, Command::PreviousStimulus});
  add({Command::NextCall, Command::PreviousCall, Command::NextWrite, Command::PreviousWrite});
  menu->addAction(tr("Run &until…"), this, [this] { m_until->open(); })->setShortcut(QKeySequence("Ctrl+R"));
  QAction* search = menu->addAction(makeIcon(Icon::Search), tr("&Search everything…"), this,
                                    [this] { m_transport->search().begin(); });
  search->setShortcut(QKeySequence("Ctrl+P"));
}

// ---- Sockets: calls by hand. The words are the console's, so that a person learns them on the way.

void MainWindow::issue(const QString& call) {
  m_walk.pause();
  const Result<u32> issued = m_walk.console(call);
  if (!issued) m_banner->say(Banner::Kind::Error, QString::fromStdString(issued.error().message));
}

int MainWindow::lastSocket() const {
  if (!m_walk.isOpen()) return -1;
  std::vector<int> open;
  for (const Stimulus& s : m_walk.journal().stimuli()) {
    if (!s.finished || s.result < 0) continue;
    const QString text = QString::fromStdString(s.text);
    if (text.startsWith("socket(")) open.push_back(int(s.result));
    if (text.startsWith("close(")) std::erase(open, text.mid(6).section(')', 0, 0).toInt());
  }
  return open.empty() ? -1 : open.back();
}

void MainWindow::askCall(const QString& title, const QString& pattern) {
  bool ok;
  const int fd = lastSocket();
  const QString proposal = pattern.arg(fd < 0 ? 3 : fd);
  const QString call = QInputDialog::getText(this, title, tr("The call, as in a scenario or on the console:"),
                                             QLineEdit::Normal, proposal, &ok);
  if (ok && !call.trimmed().isEmpty()) issue(call.trimmed());
}

void MainWindow::buildSocketsMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&Sockets"));
  QMenu* make = menu->addMenu(tr("&socket()"));
  const std::pair<QString, const char*> kinds[] = {
      {tr("TCP stream"), "socket(AF_INET, SOCK_STREAM, 0)"},
      {tr("UDP datagram"), "socket(AF_INET, SOCK_DGRAM, 0)"},
      {tr("Raw ICMP"), "socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)"},
      {tr("Ping"), "socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP)"},
      {tr("TCP, close-on-exec, non-blocking"), "socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, 0)"},
      {tr("Unix stream"), "socket(AF_UNIX, SOCK_STREAM, 0)"},
      {tr("Netlink"), "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)"},
      {tr("Packet"), "socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL))"},
      {tr("Unknown family (EAFNOSUPPORT)"), "socket(99, SOCK_STREAM, 0)"},
      {tr("Wrong protocol (EPROTONOSUPPORT)"), "socket(AF_INET, SOCK_STREAM, IPPROTO_UDP)"},
  };
  for (const auto& [name, call] : kinds) {
    const QString text = QString::fromLatin1(call);
    make->addAction(name + "\t" + text, this, [this, text] { issue(text); });
  }
  menu->addAction(tr("&bind()…"), this, [this] {
    askCall(tr("bind"),
            R"(bind(%1, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = inet_addr("0.0.0.0")}, 16))");
  });
  menu->addAction(tr("&recvfrom()…"), this,
                  [this] { askCall(tr("recvfrom"), "recvfrom(%1, ..., 2048, 0, ..., ...)"); });
  menu->addAction(tr("&close()…"), this, [this] { askCall(tr("close"), "close(%1)"); });
  menu->addSeparator();
  menu->addAction(tr("Any other call, on the c&onsole"), this, [this] { showView("console"); });
}

void MainWindow::askTap() {
  TapDialog dialog(this);
  if (dialog.exec() == QDialog::Accepted) connectTap(dialog.options(), dialog.address());
}

void MainWindow::buildFeedMenu() {
  QMenu* menu = menuBar()->addMenu(tr("Fee&d"));
  menu->addAction(tr("&TAP…"), this, &MainWindow::askTap);
  menu->addAction(tr("&Live capture…"), this, [this] {
    LiveCaptureDialog dialog(this);
    if (dialog.exec() != QDialog::Accepted || !openPath(dialog.file())) return;
    if (auto recording = dialog.takeRecording()) m_follower->follow(std::move(recording));
  });
  QAction* stop = menu->addAction(tr("&Disconnect"), this, [this] {
    m_feeds->stop();
    m_follower->stop();
  });
  menu->addSeparator();
  QAction* follow = menu->addAction(tr("&Show each frame as it climbs"));
  follow->setCheckable(true);
  follow->setChecked(true);
  connect(follow, &QAction::toggled, m_feeds, &Feeds::setFollowing);
  connect(menu, &QMenu::aboutToShow, stop,
          [this, stop] { stop->setEnabled(m_feeds->active() || m_follower->active()); });
}

void MainWindow::buildViewMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&View"));
  ViewKeys keysOf("Ctrl", "Ctrl+Shift");
  QStringList order = m_stage->names();
  for (const QString& name : viewNames())
    if (!order.contains(name)) order << name;
  for (const QString& name : order) {
    QAction* action = menu->addAction(viewTitle(name), this, [this, name] { goToView(name); });
    action->setObjectName("view:" + name);
    action->setShortcut(keysOf.next(name));
    if (name == m_stage->names().last()) {
      menu->addAction(makeIcon(Icon::Split), tr("Two stages side by &side"), this,
                      [this] { m_stage->setSplit(!m_stage->split()); })
          ->setShortcut(QKeySequence("Ctrl+\\"));
      buildBesideMenu(menu);
      menu->addAction(m_table->makeCommand([this] { return m_stage->currentView(); }));
      menu->addSeparator();
    }
  }
  menu->addSeparator();
  QMenu* docks = menu->addMenu(tr("&Docks"));
  for (const char* name : {"lesson", "structure", "source", "walk"})
    if (CardDock* dock = m_docks.value(name)) docks->addAction(dock->toggleViewAction());
  QAction* whole = menu->addAction(tr("Stage in the &whole window"), this, [this] { setWholeStage(!m_wholeStage); });
  whole->setShortcut(QKeySequence("F12"));
  menu->addAction(tr("&Fold or unfold the dock that has the keys"), this, &MainWindow::foldFocused)
      ->setShortcut(QKeySequence("Shift+F12"));
  buildEdgesMenu(menu);
  m_perspectives->fill(menu->addMenu(tr("La&youts")));
  menu->addSeparator();
  buildThemeMenu(menu);
  buildLanguageMenu(menu);
  QMenu* keys = menu->addMenu(tr("&Keys"));
  auto* group = new QActionGroup(this);
  m_preferences.choices.push_back({[] { return tr("Keys"); }, group});
  for (KeyMap map : {KeyMap::Debugger, KeyMap::Qtenv}) {
    QAction* action = keys->addAction(keyMapName(map));
    action->setCheckable(true);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, map] {
      m_commands->setKeyMap(map);
      QSettings().setValue("keyMap", keyMapId(map));
    });
    const auto check = [this, action, map] { action->setChecked(m_commands->keyMap() == map); };
    connect(m_commands, &Commands::keyMapChanged, action, check);
    check();
  }
}

void MainWindow::buildEdgesMenu(QMenu* view) {
  QMenu* menu = view->addMenu(tr("&Edges"));
  const auto add = [&](const QString& name, const char* keys, Qt::Orientation along, int way) {
    menu->addAction(name, this, [this, along, way] { growFocused(along, way); })->setShortcut(QKeySequence(keys));
  };
  add(tr("What has the keys: &wider"), "Ctrl+Alt+Right", Qt::Horizontal, 1);
  add(tr("What has the keys: &narrower"), "Ctrl+Alt+Left", Qt::Horizontal, -1);
  add(tr("What has the keys: &higher"), "Ctrl+Alt+Up", Qt::Vertical, 1);
  add(tr("What has the keys: &lower"), "Ctrl+Alt+Down", Qt::Vertical, -1);
}

void MainWindow::buildThemeMenu(QMenu* view) {
  QMenu* menu = view->addMenu(tr("&Theme"));
  auto* group = new QActionGroup(this);
  m_preferences.choices.push_back({[] { return tr("Theme"); }, group});
  const std::pair<ThemeChoice, QString> choices[] = {{ThemeChoice::System, tr("As the &desktop")},
                                                     {ThemeChoice::Light, tr("&Light")},
                                                     {ThemeChoice::Dark, tr("D&ark")},
                                                     {ThemeChoice::Contrast, tr("&High contrast")}};
  for (const auto& [choice, name] : choices) {
    QAction* action = menu->addAction(name, this, [choice = choice] {
      ThemeHub::instance().setChoice(choice);
      QSettings().setValue("theme", int(choice));
    });
    action->setCheckable(true);
    group->addAction(action);
    action->setChecked(ThemeHub::instance().choice() == choice);
  }
  const auto toggle = [&](const QString& name, bool on, auto&& act) {
    QAction* action = view->addAction(name);
    m_preferences.switches.push_back(action);
    action->setCheckable(true);
    action->setChecked(on);
    connect(action, &QAction::toggled, this, act);
  };
  toggle(tr("&Large type"), theme().typeScale() > 1.1, [](bool on) {
    ThemeHub::instance().setTypeScale(on ? 1.35 : 1);
    QSettings().setValue("largeType", on);
  });
  QAction* large = m_preferences.switches.back();
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, large, [large] { // a layout may bring it, too
    const QSignalBlocker quiet(large);
    large->setChecked(theme().typeScale() > 1.1);
  });
  toggle(tr("Reduced &motion"), Motion::reduced(), [](bool on) {
    Motion::setReduced(on);
    QSettings().setValue("reducedMotion", on);
  });
}

void MainWindow::buildLanguageMenu(QMenu* view) {
  QMenu* menu = view->addMenu(tr("Lan&guage"));
  auto* group = new QActionGroup(this);
  m_preferences.choices.push_back({[] { return tr("Language"); }, group});
  auto& language = WindowLanguage::instance();
  const std::pair<LanguageChoice, QString> choices[] = {{LanguageChoice::Desktop, tr("As the &desktop")},
                                                        {LanguageChoice::English, QStringLiteral("&English")},
                                                        {LanguageChoice::Chinese, QStringLiteral("&中文")}};
  for (const auto& [choice, name] : choices) {
    QAction* action = menu->addAction(name, this, [&language, choice = choice] {
      keepLanguage(choice);
      language.setChoice(choice);
    });
    action->setCheckable(true);
    group->addAction(action);
    action->setChecked(language.choice() == choice);
    if (choice != LanguageChoice::Desktop)
      action->setObjectName(choice == LanguageChoice::Chinese ? "language:chinese" : "language:english");
  }
  connect(&language, &WindowLanguage::changed, this, &MainWindow::sayAgain);
}

// What is worked out from the walk is told once more, in the language of now.
void MainWindow::sayAgain() {
  m_commands->setKeyMap(m_commands->keyMap());
  showDocument();
  emit ThemeHub::instance().themeChanged();
  m_walk.retell();
}

void MainWindow::buildHelpMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&Help"));
  menu->setObjectName("helpMenu");
  menu->addAction(tr("&Welcome"), this, &MainWindow::welcome);
  menu->addAction(tr("Two-minute &tour"), this, &MainWindow::startTour);
  QAction* keys = menu->addAction(tr("&Keys"), this, [this] { showKeys(m_commands->keyMap(), this); });
  keys->setShortcut(QKeySequence("F1"));
  menu->addAction(tr("Write a &lesson"), this, &MainWindow::showLessonGuide)->setObjectName("lessonGuide");
  menu->addAction(tr("&About Sockwalk"), this, [this] { showAbout(this); });
}

} // namespace sockwalk
