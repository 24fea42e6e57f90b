#include "app/ask_name.h"
#include "app/banner.h"
#include "app/bookmarks.h"
#include "app/document.h"
#include "app/feeds.h"
#include "app/host_dialog.h"
#include "app/main_window.h"
#include "app/status_line.h"
#include "app/where_it_dies.h"
#include "engine/feed/capture_file.h"
#include "engine/tell/file_comment.h"
#include "engine/tell/lessons/lesson_bundle.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/link.h"
#include "engine/tell/messages.h"
#include "engine/tell/position.h"
#include "views/lesson/lesson_panel.h"
#include "views/walk/text.h"
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMimeData>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTabBar>
#include <utility>

namespace sockwalk {

bool MainWindow::openLesson(const QString& path) {
  auto* const panel = findChild<LessonPanel*>();
  if (!panel || !mayLeave()) return false;
  m_banner->hide();
  noteRecent();
  const Result<void> opened = panel->openLesson(path, m_open);
  if (!opened) return complain(QString::fromStdString(opened.error().message)), false;
  beginLesson(QString::fromStdString(panel->lesson().file));
  return true;
}

// It has been opened; the window is about it from now on.
void MainWindow::beginLesson(const QString& path) {
  auto* const panel = findChild<LessonPanel*>();
  m_document->begin(panel->title());
  m_bookmarks->read({});
  m_walk.watches().read({});
  m_onSocketWalk = false;
  m_opened = QFileInfo(path).absoluteFilePath();
  beginRecent(path);
}

bool MainWindow::openPath(const QString& path) {
  if (tell::isLink(path.toStdString())) return openLink(path);
  if (tell::isLesson(path.toStdString())) return openLesson(path);
  if (tell::isLessonBundle(path.toStdString())) { // it lies among the person's own lessons from now on
    const auto lesson = tell::unpackLesson(path.toStdString(), tell::ownLessons());
    if (lesson) return openLesson(QString::fromStdString(*lesson));
    return complain(QString::fromStdString(tell::spokenMessage(lesson.error().message))), false;
  }
  if (!mayLeave()) return false;
  if (scenario::fileKind(path.toStdString()) != scenario::FileKind::Capture) return openPath(path, QString());
  if (!m_open.host.empty())
    return openPath(path, QString::fromStdString(std::exchange(m_open.host, {}))); // said already
  Result<CaptureFile> file = CaptureFile::open(path.toStdString(), CaptureFile::MaxBytes, m_open.filter);
  if (!file) return complain(QString::fromStdString(file.error().message)), false;
  const CaptureHosts hosts = findHosts(*file);
  if (!hosts.proposed) return openPath(path, QString()); // which says why there is nothing to choose
  QStringList warnings;
  for (const std::string& warning : file->warnings()) warnings << QString::fromStdString(warning);
  HostDialog dialog(QFileInfo(path).fileName(), hosts, file->size(), warnings, this);
  return dialog.exec() == QDialog::Accepted && openPath(path, dialog.chosenMac());
}

bool MainWindow::openPath(const QString& path, const QString& host) {
  scenario::OpenOptions options = m_open;
  options.host = host.toStdString();
  m_open.filter.clear(); // it was said of this file
  if (!adopt(openSession(path, options))) return false;
  m_opened = QFileInfo(path).absoluteFilePath();
  beginRecent(path, host);
  return true;
}

bool MainWindow::openSocketWalk() {
  if (!mayLeave()) return false;
  return m_onSocketWalk = adopt(sockwalk::openSocketWalk(m_open.setup));
}

bool MainWindow::connectTap(const TapOptions& options, const QString& address) {
  if (!mayLeave()) return false;
  auto session = scenario::Session::open({scenario::TapStimulus{address.toStdString()}}, m_open.setup);
  if (!session) return complain(QString::fromStdString(session.error().message)), false;
  if (m_feeds->interface() == QString::fromStdString(options.interface)) m_feeds->stop(); // we hold it ourselves
  Result<Tap> tap = Tap::open(options);
  if (!tap) return complain(QString::fromStdString(tap.error().message)), false;
  OpenedSession opened;
  opened.session = std::move(*session);
  opened.title = tr("TAP %1, eth0 is %2").arg(QString::fromStdString(options.interface), address);
  adopt(std::move(opened));
  m_walk.toEnd();
  m_banner->say(Banner::Kind::Hint,
                tr("The simulated kernel is on the wire. Try, in a terminal of this machine:\nping %1")
                    .arg(address.section('/', 0, 0)));
  m_feeds->start(std::move(*tap));
  return true;
}

bool MainWindow::adopt(Result<OpenedSession> opened) {
  if (!opened) return complain(QString::fromStdString(opened.error().message)), false;
  noteRecent();
  beginRecent({});
  m_banner->hide();
  m_failuresSaid = 0;
  m_onSocketWalk = false;
  const EventIndex saved = opened->position;
  m_wanted = nullptr;
  const tell::Text says = tell::fileComment(*opened->session);
  m_walk.open(std::move(opened->session));
  m_document->begin(opened->title, opened->path);
  if (!says.empty()) m_banner->say(Banner::Kind::Hint, shown(says));
  findChild<WhereItDies*>()->ask();
  m_opened = opened->path;
  const QJsonDocument state = QJsonDocument::fromJson(opened->layout.toUtf8());
  m_bookmarks->read(state["bookmarks"].toArray());
  m_walk.watches().read(state["watches"].toArray());
  seekWhenRecorded([this, saved] {
    if (saved == NoEvent) return tell::firstMoment(m_walk.session());
    return saved <= m_walk.journal().size() || !m_walk.recording() ? saved : NoEvent;
  });
  // Who brings a capture looks for its frames first.
  if (m_walk.session().relived()) {
    m_bottomTabs->setCurrentIndex(m_bottomPages->indexOf(m_views.value("packets")));
    giveBottomRoom();
  }
  restoreLayout(opened->layout);
  return true;
}

// A long session is recorded a slice at a time; the place to begin at may come only later.
void MainWindow::seekWhenRecorded(std::function<EventIndex()> wanted) {
  m_wanted = std::move(wanted);
  tryWantedPosition();
}
void MainWindow::tryWantedPosition() {
  if (!m_wanted || !m_walk.isOpen()) return;
  const EventIndex position = m_wanted();
  if (position == NoEvent) return;
  m_wanted = nullptr;
  const QScopedValueRollback ours(m_seekingWanted, true);
  m_walk.seek(position);
}

// What did not go as the script said: the run goes on, the person is told where.
void MainWindow::showFailures() {
  if (!m_walk.isOpen()) return;
  const auto& failures = m_walk.session().failures();
  if (failures.size() <= m_failuresSaid) return;
  m_failuresSaid = failures.size();
  QStringList lines{failures.size() == 1
                        ? tr("The walk differs from its script:")
                        : tr("The walk differs from its script in %n places:", nullptr, int(failures.size()))};
  for (std::size_t i = 0; i < failures.size() && i < 4; ++i) lines << QString::fromStdString(failures[i].message);
  if (failures.size() > 4) lines << tr("… and %n more", nullptr, int(failures.size() - 4));
  complain(lines.join('\n'));
}

void MainWindow::askAndOpen() {
  const QString path = QFileDialog::getOpenFileName(
      this, tr("Open"), QString(),
      tr("Everything Sockwalk opens (*.pkt *.pcap *.pcapng *.cap *.gz *.zst *.xz *.sockwalk *.swlesson lesson.md);;"
         "Scenarios (*.pkt);;Captures (*.pcap *.pcapng *.cap *.gz *.zst *.xz);;Sessions (*.sockwalk);;"
         "Lessons (*.swlesson lesson.md);;All files (*)"));
  if (!path.isEmpty()) openPath(path);
}

bool MainWindow::saveSession(const QString& path) {
  if (!m_walk.isOpen()) return false;
  const auto saved = m_walk.session().save(path.toStdString(), m_walk.position(), sessionState().toStdString());
  if (!saved) return complain(QString::fromStdString(saved.error().message)), false;
  m_document->saved(path);
  m_opened = m_document->path();
  beginRecent(path);
  m_status->hint(tr("Saved in %1").arg(QFileInfo(path).fileName()));
  return true;
}

bool MainWindow::askAndSave() {
  const QString path =
      askName(this, tr("Save session"), m_document->proposedPath(), tr("Sessions (*.sockwalk)"), "sockwalk");
  return !path.isEmpty() && saveSession(path);
}

// ---- drag and drop

static bool isOurs(const QUrl& url) {
  return url.isLocalFile() || tell::isLink(url.toString(QUrl::FullyEncoded).toStdString());
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (isOurs(url)) return event->acceptProposedAction();
}
void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls()) {
    if (!isOurs(url)) continue;
    event->acceptProposedAction();
    openPath(url.isLocalFile() ? url.toLocalFile() : url.toString(QUrl::FullyEncoded));
    return;
  }
}

} // namespace sockwalk
