// All lessons of a course on paper, and a page that says what there is.
#include "app/handout/handout_files.h"
#include "app/handout/handout_words.h"
#include "app/lesson_progress.h"
#include "engine/base/whole_file.h"
#include "engine/tell/lessons/lesson_file.h"
#include <QDir>
#include <QFileInfo>

namespace sockwalk {

namespace {

struct Entry {
  QString folder; // "07-proto-ops"
  tell::Lesson lesson;
};

Result<std::vector<Entry>> entriesOf(const QStringList& lessons) {
  std::vector<Entry> out;
  for (const QString& path : lessons) {
    auto lesson = tell::readLesson(path.toStdString());
    if (!lesson) return lesson.error();
    const QString folder = QFileInfo(QString::fromStdString(lesson->file)).absoluteDir().dirName();
    out.push_back({folder, std::move(*lesson)});
  }
  return out;
}

QString line(const Entry& entry, bool linked) {
  const QString title = QString::fromStdString(entry.lesson.title).toHtmlEscaped(), number = lessonNumber(entry.folder);
  const QString name = number.isEmpty() ? title : number + "&nbsp; " + title;
  return (linked ? QStringLiteral("<a href=\"%1.html\">%2</a>").arg(entry.folder, name) : name) +
         (entry.lesson.minutes
              ? QStringLiteral(" <span class=\"quiet\">%1</span>").arg(HandoutWords::minutes(entry.lesson.minutes))
              : QString());
}

// By parts, with the minutes each lesson takes.
QString contents(const std::vector<Entry>& entries, bool linked) {
  QString out, part;
  for (const Entry& entry : entries) {
    if (const QString here = QString::fromStdString(entry.lesson.part).toHtmlEscaped(); here != part)
      out += "<h2>" + (part = here) + "</h2>";
    out += "<p>" + line(entry, linked) + "</p>";
  }
  return out;
}

Result<void> write(const QString& path, const QByteArray& bytes) {
  return writeWholeFile(path.toStdString(), {bytes.constData(), std::size_t(bytes.size())});
}

Result<void> writePages(const QString& folder, const std::vector<Entry>& entries, bool answers) {
  if (!QDir().mkpath(folder))
    return Error{QStringLiteral("%1: %2").arg(folder, HandoutWords::tr("the folder cannot be made")).toStdString()};
  for (const Entry& entry : entries) {
    const QString page = QDir(folder).filePath(entry.folder + ".html");
    if (const auto written = writeHandout(QString::fromStdString(entry.lesson.file), answers, page); !written)
      return written.error();
  }
  return write(QDir(folder).filePath("index.html"), pageOf(HandoutWords::course(), contents(entries, true)));
}

} // namespace

Result<std::size_t> writeCourse(const QStringList& lessons, bool answers, const QString& path) {
  const auto entries = entriesOf(lessons);
  if (!entries) return entries.error();
  Result<void> written;
  if (path.endsWith(QLatin1String(".pdf"))) {
    const auto bytes = coursePdf(lessons, answers, HandoutWords::course(), contents(*entries, false));
    if (!bytes) return bytes.error();
    written = write(path, *bytes);
  } else written = writePages(path, *entries, answers);
  if (!written) return written.error();
  return entries->size();
}

} // namespace sockwalk
