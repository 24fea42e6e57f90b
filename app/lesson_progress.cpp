#include "app/lesson_progress.h"
#include "engine/tell/lessons/lesson_file.h"
#include "views/lesson/lesson_panel.h"
#include <algorithm>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace sockwalk {
namespace {

// A lesson is its folder's name: it may be installed elsewhere tomorrow.
QString nameOf(const QString& file) { return QFileInfo(file).absoluteDir().dirName(); }
QString keyOf(const QString& file, const char* what) { return "lessons/" + nameOf(file) + "/" + what; }
constexpr const char* LastLesson = "lessons/last";

} // namespace

static QString aboutLesson(const tell::Lesson& lesson) {
  QStringList all;
  if (lesson.level == "beginner") all << QCoreApplication::translate("Lessons", "For beginners.");
  if (lesson.level == "intermediate") all << QCoreApplication::translate("Lessons", "For who knows the basics.");
  if (lesson.level == "advanced") all << QCoreApplication::translate("Lessons", "For the advanced.");
  QStringList before;
  for (const std::string& name : lesson.needs) before << QString::fromStdString(name);
  if (!before.isEmpty())
    all << QCoreApplication::translate("Lessons", "It comes after %1.").arg(before.join(QStringLiteral(", ")));
  return all.join(' ');
}

std::vector<LessonProgress> lessonProgress() {
  const QSettings settings;
  std::vector<LessonProgress> all;
  for (const QString& file : lessonFiles()) {
    const auto lesson = tell::readLesson(file.toStdString());
    if (!lesson) {
      all.push_back({file, nameOf(file)});
      all.back().trouble = QString::fromStdString(lesson.error().message);
      continue;
    }
    LessonProgress p{file, QString::fromStdString(lesson->title), lesson->minutes, int(lesson->stops.size())};
    p.about = aboutLesson(*lesson);
    for (const QString& stop : settings.value(keyOf(file, "seen")).toStringList())
      p.seen += int(stop.toInt() < p.stops); // a lesson may have become shorter
    if (p.seen) p.last = qBound(0, settings.value(keyOf(file, "last")).toInt(), p.stops - 1);
    all.push_back(p);
  }
  return all;
}

LessonProgress lessonToGoOnWith() {
  const auto all = lessonProgress();
  const QString last = QSettings().value(LastLesson).toString();
  const auto begun =
      std::ranges::find_if(all, [&](const LessonProgress& p) { return nameOf(p.file) == last && p.trouble.isEmpty(); });
  if (begun != all.end()) return *begun;
  const auto first = std::ranges::find_if(all, [](const LessonProgress& p) { return p.trouble.isEmpty(); });
  return first == all.end() ? LessonProgress() : *first;
}

void keepStopSeen(const QString& file, int stop) {
  QSettings settings;
  QStringList seen = settings.value(keyOf(file, "seen")).toStringList();
  if (!seen.contains(QString::number(stop))) settings.setValue(keyOf(file, "seen"), seen << QString::number(stop));
  settings.setValue(keyOf(file, "last"), stop);
  settings.setValue(LastLesson, nameOf(file));
}

QString progressWords(const LessonProgress& lesson) {
  if (!lesson.trouble.isEmpty()) return QCoreApplication::translate("Lessons", "broken");
  if (lesson.last < 0)
    return lesson.minutes ? QCoreApplication::translate("Lessons", "%1 min").arg(lesson.minutes) : QString();
  if (lesson.seen >= lesson.stops) return QCoreApplication::translate("Lessons", "✓ all %1 stops").arg(lesson.stops);
  return QCoreApplication::translate("Lessons", "%1 of %2 stops").arg(lesson.seen).arg(lesson.stops);
}

} // namespace sockwalk
