// A lesson's file: read, checked, opened, and read again when somebody saves it.
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/messages.h"
#include "views/lesson/lab_bench.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/lesson_trouble.h"
#include <QDateTime>
#include <QFileInfo>
#include <QStackedWidget>

namespace sockwalk {

static QStringList saidOf(const std::vector<tell::LessonProblem>& problems) {
  QStringList all;
  for (const std::string& line : tell::lines(problems)) all << QString::fromStdString(line);
  return all;
}

std::optional<LessonPanel::Opened> LessonPanel::read(const QString& file, const scenario::OpenOptions& options,
                                                     QStringList& problems) {
  tell::ReadLesson read = tell::readLessonIn(file.toStdString(), tell::lessonLanguage());
  problems = saidOf(read.problems);
  if (!problems.isEmpty()) return std::nullopt;
  auto session = tell::playedToEnd(read.lesson.played(options));
  if (!session) {
    problems << QString::fromStdString(tell::spokenMessage(session.error().message));
    return std::nullopt;
  }
  problems = saidOf(tell::checkLesson(read.lesson, **session));
  if (!problems.isEmpty()) return std::nullopt;
  auto stops = tell::findStops(**session, read.lesson);
  return Opened{std::move(read.lesson), std::move(*session), std::move(*stops)};
}

Result<void> LessonPanel::openLesson(const QString& file, const scenario::OpenOptions& options) {
  QStringList problems;
  auto opened = read(file, options, problems);
  m_options = options;
  if (!opened) {
    showTrouble(QString::fromStdString(tell::lessonFileOf(file.toStdString())), problems);
    return Error{problems.front().toStdString()};
  }
  m_bench->forget();
  m_lesson = std::move(opened->lesson);
  m_positions = std::move(opened->positions);
  m_answered.clear();
  m_troubled.clear();
  m_opening = true;
  m_stop = 0;
  m_open.clear();
  m_walk.open(std::move(opened->session), m_positions[0]);
  m_opening = false;
  watch(QString::fromStdString(m_lesson.file));
  showStop(0);
  return {};
}

// ---- a broken one

void LessonPanel::buildTroublePage() {
  m_trouble = new LessonTrouble(this);
  connect(m_trouble, &LessonTrouble::again, this, &LessonPanel::reload);
  connect(m_trouble, &LessonTrouble::closed, this, &LessonPanel::leaveTrouble);
  m_pages->addWidget(m_trouble);
  constexpr int Settled = 150; // ms: an editor writes a file in several steps
  m_changed.setSingleShot(true);
  m_changed.setInterval(Settled);
  connect(&m_changed, &QTimer::timeout, this, &LessonPanel::reloadIfSaved);
  connect(&m_files, &QFileSystemWatcher::fileChanged, this, [this] { m_changed.start(); });
  connect(&m_files, &QFileSystemWatcher::directoryChanged, this, [this] { m_changed.start(); });
}

void LessonPanel::showTrouble(const QString& file, const QStringList& problems) {
  m_troubled = file;
  watch(file);
  m_trouble->show(file, problems);
  m_pages->setCurrentWidget(m_trouble);
}

// Back to what was there before: the lesson as it could be read last, or the walk.
void LessonPanel::leaveTrouble() {
  m_troubled.clear();
  watch(QString::fromStdString(m_lesson.file));
  m_pages->setCurrentIndex(inLesson() ? 1 : 0);
}

// ---- when it is saved

// What tells whether something has been saved.
static QString stateOf(const QStringList& files) {
  QString state;
  for (const QString& file : files)
    if (const QFileInfo info(file); info.isFile())
      state += QStringLiteral("%1 %2\n").arg(info.lastModified().toMSecsSinceEpoch()).arg(info.size());
  return state;
}

static QStringList filesOf(const QString& lesson) {
  QStringList all;
  for (const char* name : {"lesson.md", "lesson.zh.md", "scenario.pkt"})
    if (const QString path = QFileInfo(lesson).path() + '/' + name; QFileInfo::exists(path)) all << path;
  return all;
}

// Its folder, too, for an editor may put a new file in the place of the old one.
void LessonPanel::watch(const QString& file) {
  m_changed.stop();
  if (const QStringList before = m_files.files() + m_files.directories(); !before.isEmpty())
    m_files.removePaths(before);
  if (file.isEmpty()) return;
  m_files.addPaths(filesOf(file) << QFileInfo(file).path());
  m_state = stateOf(filesOf(file));
}

void LessonPanel::reloadIfSaved() {
  const QString file = m_troubled.isEmpty() ? QString::fromStdString(m_lesson.file) : m_troubled;
  if (!file.isEmpty() && stateOf(filesOf(file)) != m_state) reload();
}

// The reader stays at the stop, with what has been answered.
void LessonPanel::reload() {
  const QString file = m_troubled.isEmpty() ? QString::fromStdString(m_lesson.file) : m_troubled;
  if (file.isEmpty()) return;
  const bool same = inLesson() && file.toStdString() == m_lesson.file;
  if (!same) {
    if (auto opened = openLesson(file, m_options); opened) emit lessonOpened(file);
    return;
  }
  QStringList problems;
  auto opened = read(file, m_options, problems);
  if (!opened) return showTrouble(file, problems);
  m_troubled.clear();
  leaveLab();
  m_bench->forgetLabs();
  const int stop = std::min(m_stop, int(opened->lesson.stops.size()) - 1);
  const auto answered = std::move(m_answered);
  m_lesson = std::move(opened->lesson);
  m_positions = std::move(opened->positions);
  m_open.clear();
  m_opening = true;
  m_stop = stop;
  m_walk.open(std::move(opened->session), m_positions[static_cast<size_t>(stop)]);
  m_opening = false;
  m_answered = answered;
  watch(file);
  showStop(stop);
}

} // namespace sockwalk
