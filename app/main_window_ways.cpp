#include "app/bookmarks.h"
#include "app/dock_room.h"
#include "app/document.h"
#include "app/lesson_guide.h"
#include "app/lesson_progress.h"
#include "app/main_window.h"
#include "app/person_here.h"
#include "app/results_export.h"
#include "app/samples.h"
#include "app/search_window.h"
#include "app/stage.h"
#include "app/status_line.h"
#include "app/transport_bar.h"
#include "app/welcome_page.h"
#include "app/where_it_dies.h"
#include "engine/base/data.h"
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/position.h"
#include "views/lesson/lesson_panel.h"
#include "views/theme/menus.h"
#include <map>
#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

namespace sockwalk {

// ---- the welcome page

void MainWindow::buildWelcome() {
  m_welcome = new WelcomePage(
      m_walk, *makeWelcomeSwitch(), [this] { return socketSteps(); }, this);
  connect(m_welcome, &WelcomePage::walkWanted, this, &MainWindow::goToSocketWalk);
  connect(m_welcome, &WelcomePage::openWanted, this, &MainWindow::askAndOpen);
  connect(m_welcome, &WelcomePage::lessonWanted, this, &MainWindow::continueLesson);
  connect(m_welcome, &WelcomePage::sampleWanted, this, [this](const QString& path) { openPath(path); });
  connect(m_welcome, &WelcomePage::recentWanted, this, &MainWindow::openRecent);
  connect(m_welcome, &WelcomePage::tapWanted, this, &MainWindow::askTap);
  connect(m_welcome, &WelcomePage::languageWanted, this,
          [this](bool chinese) { findChild<QAction*>(chinese ? "language:chinese" : "language:english")->trigger(); });
}

// Of the preferences only; the page itself has a box for it.
QAction* MainWindow::makeWelcomeSwitch() {
  auto* action = new QAction(tr("Show the welcome page at the start"), this);
  action->setCheckable(true);
  action->setChecked(WelcomePage::wantedAtStart());
  connect(action, &QAction::toggled, this, &WelcomePage::setWantedAtStart);
  m_preferences.switches.push_back(action);
  return action;
}

void MainWindow::welcome() { m_welcome->welcome(); }

// Counted while it is open; it does not change.
int MainWindow::socketSteps() {
  if (m_onSocketWalk && !m_walk.recording())
    if (const EventIndex first = tell::firstMoment(m_walk.session()); first != NoEvent)
      m_socketSteps = m_transport->steps().at(first).steps;
  return m_socketSteps;
}

// It is open behind the page, if nobody has opened something else since.
void MainWindow::goToSocketWalk() {
  if (m_onSocketWalk || openSocketWalk()) m_welcome->hide();
  goToView(m_stage->current());
}

// ---- lessons

void MainWindow::buildLessonsMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&Lessons"));
  menu->setObjectName("lessonsMenu");
  setMadeAnew(menu);
  connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillLessons(menu); });
  auto* const panel = findChild<LessonPanel*>();
  if (!panel) return;
  const auto said = [this](const Result<void>& kept) {
    if (!kept) complain(QString::fromStdString(kept.error().message));
  };
  connect(panel, &LessonPanel::stopShown, this,
          [said](const QString& file, int stop) { said(keepStopSeen(file, stop)); });
  connect(panel, &LessonPanel::answered, this,
          [said](const QString& file, const QString& id, const LessonPanel::Answered& a) {
            said(keepAnswer(file, id, {a.tries, a.right, a.atOnce, a.points, {}, a.seed}));
          });
  connect(panel, &LessonPanel::lessonWanted, this, &MainWindow::continueLesson);
  connect(panel, &LessonPanel::besideWanted, this, &MainWindow::showBesideForLesson);
  connect(panel, &LessonPanel::welcomeWanted, this, &MainWindow::welcome);
  connect(panel, &LessonPanel::lessonOpened, this, &MainWindow::beginLesson);
  connect(panel, &LessonPanel::readingChanged, m_room, &DockRoom::setReading);
  keepLessonDuringLabs(*panel);
  askPerson(*panel);
}

// The name stands beside results that the person exports; the seed, of which a teacher may hand out one each, draws the
// numbers of the person's labs.
void MainWindow::askPerson(LessonPanel& panel) {
  panel.setSeed(personHere().seed);
  const auto keep = [this](const tell::Person& person) {
    if (const auto kept = keepPerson(person); !kept) complain(QString::fromStdString(kept.error().message));
  };
  m_preferences.lines.push_back({[] { return tr("Name beside your results"); },
                                 [] { return tr("May be empty; it is kept on this machine alone"); },
                                 [] { return QString::fromStdString(personHere().name); },
                                 [keep](const QString& name) {
                                   keep({name.toStdString(), personHere().seed});
                                 }});
  m_preferences.lines.push_back({[] { return tr("Seed of your labs"); },
                                 [] { return tr("The numbers of your labs are drawn from it"); },
                                 [] { return QString::number(personHere().seed); },
                                 [keep, &panel](const QString& seed) {
                                   keep({personHere().name, seed.toUInt()});
                                   panel.setSeed(personHere().seed);
                                 },
                                 int(tell::MostSeed)});
}

// What is typed at a lab is no change of the lesson's walk, and bookmarks are moments of one walk.
void MainWindow::keepLessonDuringLabs(LessonPanel& panel) {
  struct Before {
    QString title, path;
    bool modified = false;
    QJsonArray bookmarks{};
  };
  auto before = std::make_shared<Before>();
  connect(&panel, &LessonPanel::labEntered, this, [this, before] {
    *before = {m_document->title(), m_document->path(), m_document->isModified(), m_bookmarks->json()};
    m_document->begin(tr("Lab of %1").arg(before->title));
    m_bookmarks->read({});
  });
  connect(&panel, &LessonPanel::labLeft, this, [this, before] {
    m_document->putBack(before->title, before->path, before->modified);
    m_bookmarks->read(before->bookmarks);
  });
}

void MainWindow::offerLesson(QMenu* menu, const LessonProgress& lesson) {
  const QString mark = lesson.trouble.isEmpty() ? QString() : QStringLiteral("⚠ ");
  const QString number = // its last digit is the key: a part has few
      lesson.number.isEmpty() ? QString() : lesson.number.chopped(1) + '&' + lesson.number.back() + "  ";
  QAction* action =
      menu->addAction(mark + number + QString(lesson.title).replace('&', "&&") + "\t" + progressWords(lesson), this,
                      [this, file = lesson.file] { continueLesson(file); });
  action->setStatusTip(!lesson.trouble.isEmpty() ? lesson.trouble.section('\n', 0, 0)
                       : lesson.seen             ? tr("Goes on at stop %1.").arg(lesson.goesOnAt() + 1)
                                                 : tr("Begins the lesson.") + ' ' + lesson.about);
  action->setToolTip(lesson.trouble);
}

// A menu of its own for each part of a course; what belongs to none stands in the menu itself.
void MainWindow::fillLessons(QMenu* menu) {
  emptyMenu(*menu);
  std::map<QString, int> minutes;
  for (const LessonProgress& lesson : lessonProgress()) {
    QMenu& part = menuOfPart(*menu, lesson.part);
    offerLesson(&part, lesson);
    if (&part != menu)
      part.menuAction()->setStatusTip(tr("%L1 minutes in all").arg(minutes[lesson.part] += lesson.minutes));
  }
  if (menu->isEmpty()) menu->addAction(tr("No lessons were found beside the program"))->setEnabled(false);
  menu->addSeparator();
  offerHandouts(menu);
  QAction* const results = menu->addAction(tr("E&xport results…"), this, [this] {
    const QString path = askResultsFile(this);
    if (path.isEmpty()) return;
    if (const auto written = exportResults(path); !written) complain(QString::fromStdString(written.error().message));
    else m_status->hint(tr("Saved in %1").arg(QFileInfo(path).fileName()));
  });
  results->setObjectName("exportResults");
  results->setStatusTip(tr("How far you came in each lesson, and how you answered, as a table (CSV) or JSON."));
}

void MainWindow::continueLesson(const QString& file) {
  int stop = 0;
  for (const LessonProgress& lesson : lessonProgress())
    if (lesson.file == file) stop = lesson.goesOnAt();
  if (openLesson(file)) findChild<LessonPanel*>()->goTo(stop);
}

// Beside the window, while one writes.
void MainWindow::showLessonGuide() {
  auto* const panel = findChild<LessonPanel*>();
  QString folder;
  if (panel && panel->inLesson()) folder = QFileInfo(QString::fromStdString(panel->lesson().file)).absolutePath();
  const QString theirs = QFileInfo(QString::fromStdString(dataFile("lessons").string())).absoluteFilePath();
  if (folder.startsWith(theirs + '/')) folder.clear(); // which came with the program
  auto* const guide = new LessonGuide(folder, this);
  guide->setAttribute(Qt::WA_DeleteOnClose);
  connect(guide, &LessonGuide::lessonWanted, this, &MainWindow::openLesson);
  guide->show();
}

// ---- samples

void MainWindow::offerSample(QMenu* menu, const QString& text, const Sample& sample) {
  QAction* action =
      menu->addAction(QString(text).replace('&', "&&"), this, [this, path = sample.path] { openPath(path); });
  action->setToolTip(sample.watch);
  action->setStatusTip(sample.watch);
}

// What comes with the program and what the person has beside it: walks, those of the lessons, and captures.
void MainWindow::fillSamples(QMenu* menu) {
  emptyMenu(*menu);
  menu->setToolTipsVisible(true);
  const std::vector<Sample> all = samples();
  for (const Sample& sample : all)
    if (!sample.capture) offerSample(menu, tr("Walk: %1").arg(sample.title), sample);
  menu->addSeparator();
  for (const Sample& sample : all)
    if (sample.capture) offerSample(menu, tr("Capture: %1").arg(sample.title), sample);
  menu->addSeparator();
  fillFailures(menu->addMenu(tr("&Failures: where does it die?")));
  fillLessonWalks(menu->addMenu(tr("Walks of the &lessons")));
}

void MainWindow::fillFailures(QMenu* menu) {
  menu->setObjectName("failuresMenu");
  menu->setToolTipsVisible(true);
  for (const Sample& sample : failures()) offerSample(menu, sample.title, sample);
  menu->addSeparator();
  auto* const asks = findChild<WhereItDies*>();
  QAction* const again = menu->addAction(tr("&Ask again of this walk"), asks, &WhereItDies::ask);
  again->setStatusTip(tr("What was seen from outside, and a way to where it dies."));
  again->setEnabled(asks->canAsk());
}

// A lesson is opened from its own menu; this is for who wants the walk without it.
void MainWindow::fillLessonWalks(QMenu* menu) {
  menu->setObjectName("lessonWalksMenu");
  for (const auto& entry : dataEntries("lessons")) {
    const QString lesson = QString::fromStdString(entry.string()), path = lesson + "/scenario.pkt";
    if (QFileInfo::exists(path)) offerSample(menu, QFileInfo(lesson).fileName(), {path, {}, {}});
  }
}

} // namespace sockwalk
