#include "app/lesson_progress.h"
#include "engine/tell/lessons/lesson_file.h"
#include "views/lesson/lesson_panel.h"
#include <algorithm>
#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <QSettings>

namespace sockwalk {
namespace {

QString nameOf(const QString& file) { return QString::fromStdString(tell::lessonName(file.toStdString())); }
constexpr const char* LastLesson = "lessons/last";

std::filesystem::path resultsHere() {
  return (QFileInfo(QSettings().fileName()).absolutePath() + '/' + tell::ResultsName).toStdString();
}

// What cannot be read is put aside, not written over.
template <class Change> Result<void> change(const QString& file, Change change) {
  const std::filesystem::path where = resultsHere();
  auto results = tell::readResults(where);
  if (!results) {
    std::error_code error;
    std::filesystem::rename(where, where.string() + ".aside", error);
    if (error) return results.error();
    results = tell::LessonResults();
  }
  tell::LessonResult& lesson = (*results)[nameOf(file).toStdString()];
  lesson.file = QFileInfo(file).absoluteFilePath().toStdString();
  change(lesson);
  return tell::writeResults(where, *results);
}

} // namespace

QString lessonNumber(const QString& folder) {
  static const QRegularExpression leading("^0*(\\d+)-");
  return leading.match(folder).captured(1);
}

Result<tell::LessonResults> lessonResults() { return tell::readResults(resultsHere()); }

// `titles`: of those that stand before it in the course, by the names of their folders.
static QString aboutLesson(const tell::Lesson& lesson, const QHash<QString, QString>& titles) {
  QStringList all;
  if (lesson.level == "beginner") all << QCoreApplication::translate("Lessons", "For beginners.");
  if (lesson.level == "intermediate") all << QCoreApplication::translate("Lessons", "For who knows the basics.");
  if (lesson.level == "advanced") all << QCoreApplication::translate("Lessons", "For the advanced.");
  QStringList before;
  for (const std::string& name : lesson.needs)
    before << titles.value(QString::fromStdString(name), QString::fromStdString(name));
  if (!before.isEmpty())
    all << QCoreApplication::translate("Lessons", "It comes after %1.").arg(before.join(QStringLiteral(" · ")));
  return all.join(' ');
}

std::vector<LessonProgress> lessonProgress() {
  const auto kept = lessonResults();
  std::vector<LessonProgress> all;
  QHash<QString, QString> titles;
  for (const QString& file : lessonFiles()) {
    const auto lesson = tell::readLesson(file.toStdString());
    if (!lesson) {
      all.push_back({.file = file, .title = nameOf(file), .number = lessonNumber(nameOf(file))});
      all.back().trouble = QString::fromStdString(lesson.error().message);
      continue;
    }
    LessonProgress p{
        .file = file, .title = QString::fromStdString(lesson->title), .number = lessonNumber(nameOf(file))};
    p.part = QString::fromStdString(lesson->part);
    p.minutes = lesson->minutes;
    p.stops = int(lesson->stops.size());
    p.about = aboutLesson(*lesson, titles);
    titles[nameOf(file)] = p.title;
    const std::string name = nameOf(file).toStdString();
    if (kept && kept->contains(name)) {
      const tell::LessonResult& result = kept->at(name);
      for (const int stop : result.seen) p.seen += int(stop < p.stops); // a lesson may have become shorter
      if (p.seen) p.last = qBound(0, result.last, p.stops - 1);
    }
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

Result<void> keepStopSeen(const QString& file, int stop) {
  QSettings().setValue(LastLesson, nameOf(file));
  return change(file, [stop](tell::LessonResult& lesson) {
    lesson.seen.insert(stop);
    lesson.last = stop;
  });
}

Result<void> keepAnswer(const QString& file, const QString& id, tell::QuestionResult result) {
  result.when = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString();
  return change(file,
                [&](tell::LessonResult& lesson) { tell::keepBetter(lesson.questions[id.toStdString()], result); });
}

QString progressWords(const LessonProgress& lesson) {
  if (!lesson.trouble.isEmpty()) return QCoreApplication::translate("Lessons", "broken");
  if (lesson.last < 0)
    return lesson.minutes ? QCoreApplication::translate("Lessons", "%1 min").arg(lesson.minutes) : QString();
  if (lesson.seen >= lesson.stops) return QCoreApplication::translate("Lessons", "✓ all %1 stops").arg(lesson.stops);
  return QCoreApplication::translate("Lessons", "%1 of %2 stops").arg(lesson.seen).arg(lesson.stops);
}

} // namespace sockwalk
