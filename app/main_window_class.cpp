// A class: the walk on the big screen, this window put away meanwhile; the walk shared, or another's followed.
#include "app/banner.h"
#include "app/classroom/class_line.h"
#include "app/classroom/class_seat.h"
#include "app/classroom/class_share.h"
#include "app/classroom/room_line.h"
#include "app/document.h"
#include "app/main_window.h"
#include "app/presenter/presented_lesson.h"
#include "app/presenter/presented_walk.h"
#include "app/presenter/presenter_window.h"
#include "app/presenter/room_question.h"
#include "app/progress.h"
#include "app/session_files.h"
#include "app/stage.h"
#include "app/status_line.h"
#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QTemporaryDir>

namespace sockwalk {

void MainWindow::buildClassMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&Class"));
  QAction* present = menu->addAction(tr("&Before a class"), this, &MainWindow::present);
  present->setObjectName("present");
  present->setShortcut(QKeySequence("Ctrl+F12"));
  menu->addSeparator();
  QAction* share = menu->addAction(tr("&Share this walk…"), this, &MainWindow::shareWithClass);
  share->setObjectName("shareWalk");
  QAction* end = menu->addAction(tr("&End sharing"), m_classShare, &ClassShare::stop);
  menu->addSeparator();
  menu->addAction(tr("&Join a class…"), this, &MainWindow::askClass)->setObjectName("joinClass");
  QAction* back = menu->addAction(tr("Back to the &teacher"), m_classSeat, &ClassSeat::comeBack);
  QAction* leave = menu->addAction(tr("&Leave the class"), m_classSeat, &ClassSeat::leave);
  const auto enable = [this, end, back, leave] {
    end->setEnabled(m_classShare->active());
    back->setEnabled(m_classSeat->seated() && !m_classSeat->following());
    leave->setEnabled(m_classSeat->seated());
  };
  connect(m_classShare, &ClassShare::changed, menu, enable);
  connect(m_classSeat, &ClassSeat::changed, menu, enable);
  enable();
  buildRoomLine();
}

void MainWindow::buildClass() {
  m_classShare = new ClassShare(m_walk, this);
  m_classSeat = new ClassSeat(m_walk, this);
  m_classLine = new ClassLine(*m_classSeat);
  connect(m_stage, &Stage::changed, this, [this] { m_classShare->setView(m_stage->current()); });
  connect(m_classShare, &ClassShare::changed, this, [this] {
    m_status->hint(m_classShare->active() ? tr("%n follow this walk", nullptr, m_classShare->server().followers())
                                          : tr("This walk is not shared any more."));
  });
  connect(m_classSeat, &ClassSeat::viewWanted, this, [this](const QString& name) {
    if (m_stage->names().contains(name)) m_stage->show(name);
  });
  connect(m_classSeat, &ClassSeat::refused, this, &MainWindow::complain);
  connect(m_classSeat, &ClassSeat::over, this,
          [this] { m_banner->say(Banner::Kind::Hint, tr("The teacher has ended the class. The walk stays yours.")); });
  connect(m_classSeat, &ClassSeat::fetched, this, &MainWindow::takeSeat);
}

// ---- a walk shared

void MainWindow::shareWithClass() { shareWalk({}); }

bool MainWindow::shareWalk(const share::ClassPlace& place) {
  if (!m_walk.isOpen()) return complain(tr("There is nothing to show yet: open a walk or start a lesson.")), false;
  if (m_walk.recording()) return complain(tr("The walk is still being recorded; share it when it is whole.")), false;
  if (m_classShare->active()) return sayShared(), true; // who asks again wants the address, and the class keeps its own
  Progress progress(tr("Writing the walk for the class…"), tr("Stop"), this);
  const auto shared = m_classShare->start(m_document->title(), place, std::ref(progress));
  if (!shared) return complain(QString::fromStdString(shared.error().message)), false;
  m_classShare->setView(m_stage->current());
  sayShared();
  return true;
}

void MainWindow::sayShared() {
  const QString address = m_classShare->address();
  const QString browsers = m_classShare->forBrowsers()
                               ? tr("in any browser, or in Sockwalk by Class, Join a class")
                               : tr("in Sockwalk by Class, Join a class (it is too long for a browser)");
  m_banner->ask(
      tr("The walk is shared in this network, without names. The class follows it %1:\n%2").arg(browsers, address),
      {{tr("Copy the address"), [address] { QGuiApplication::clipboard()->setText(address); }},
       {tr("End sharing"), [this] { m_classShare->stop(); }}});
}

// ---- another's walk followed

void MainWindow::askClass() {
  bool joined = false;
  const QString typed = QInputDialog::getText(this, tr("Join a class"), tr("The address on the teacher's screen:"),
                                              QLineEdit::Normal, QString(), &joined);
  if (joined) joinClass(typed);
}

bool MainWindow::joinClass(const QString& typed) {
  const auto address = share::classAddress(typed.toStdString());
  if (!address) return complain(QString::fromStdString(address.error().message)), false;
  m_status->hint(tr("Fetching the walk…"));
  m_classSeat->join(*address);
  return true;
}

void MainWindow::takeSeat(const QByteArray& session) {
  if (!mayLeave()) return m_classSeat->leave();
  const QTemporaryDir folder;
  const QString path = folder.filePath("class.sockwalk");
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(session) != session.size())
    return complain(tr("The walk of the class cannot be kept: %1").arg(file.errorString()));
  file.close();
  auto opened = openSession(path);
  if (!opened) return complain(QString::fromStdString(opened.error().message));
  opened->title = tr("A class's walk");
  opened->path.clear(); // it is in no file of this machine
  opened->layout.clear();
  if (adopt(std::move(opened))) m_classSeat->sit();
}

// ---- before a class

// On the screen that this window is not on, if there is another: that is where the projector is.
static QScreen* bigScreen(const QScreen* own) {
  for (QScreen* screen : QGuiApplication::screens())
    if (screen != own) return screen;
  return QGuiApplication::primaryScreen();
}

void MainWindow::present() {
  if (!m_walk.isOpen()) return complain(tr("There is nothing to show yet: open a walk or start a lesson."));
  if (m_presenter) return m_presenter->activateWindow();
  m_walk.pause();
  if (m_roomLine) m_roomLine->forget(); // the big screen asks
  auto* const lesson = findChild<LessonPanel*>();
  Presented* presented = nullptr;
  if (lesson && lesson->inLesson()) presented = new PresentedLesson(*lesson, m_walk, this);
  else presented = new PresentedWalk(m_walk, m_document->title(), this);
  m_presenter = new PresenterWindow(m_walk, *presented, m_stage->current());
  m_presenter->setAttribute(Qt::WA_DeleteOnClose);
  presented->setParent(m_presenter);
  const auto tellRoom = [this] { m_presenter->setRoom(m_classShare->address(), m_classShare->followers()); };
  connect(m_classShare, &ClassShare::changed, m_presenter, tellRoom);
  tellRoom();
  const auto ask = [this, presented] { m_classShare->ask(askedOf(presented->question())); };
  connect(presented, &Presented::changed, m_classShare, ask);
  connect(m_classShare, &ClassShare::counted, &m_presenter->question(), &RoomQuestion::count);
  ask();
  connect(m_presenter, &PresenterWindow::pictureChanged, m_classShare, &ClassShare::setView);
  connect(m_presenter, &PresenterWindow::ended, this, [this] {
    m_presenter = nullptr;
    m_classShare->ask(std::nullopt);
    show();
  });
  m_presenter->setGeometry(bigScreen(screen())->geometry());
  m_presenter->showFullScreen();
  hide();
  if (QGuiApplication::screens().size() > 1) m_presenter->openNotes(); // on the teacher's own
}

// Below the lesson, as long as the walk is shared.
void MainWindow::buildRoomLine() {
  auto* const lesson = findChild<LessonPanel*>();
  if (!lesson) return;
  m_roomLine = new RoomLine(*new PresentedLesson(*lesson, m_walk, this), *m_classShare);
  lesson->addBelow(m_roomLine);
}

} // namespace sockwalk
