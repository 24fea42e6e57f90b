#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/lessons/lesson_bundle.h"
#include "engine/tell/lessons/lesson_reader.h"
#include <algorithm>
#include <filesystem>

namespace sockwalk::tell {

AnswerKind answeredAs(const Question& q) {
  if (q.kind != AnswerKind::Compare) return q.kind;
  return !q.calls.empty() ? AnswerKind::Order : !q.choices.empty() ? AnswerKind::Choose : AnswerKind::Number;
}

namespace fs = std::filesystem;

std::string lessonLanguage() {
  // The catalogue knows the name of the file in its language.
  const std::string file = spoken(say("lesson.md"));
  const auto first = file.find('.'), last = file.rfind('.');
  return first == last ? "" : file.substr(first + 1, last - first - 1);
}

bool isLesson(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  std::error_code error;
  return name == "lesson.md" || name == "lesson.zh.md" ||
         (fs::is_directory(path, error) && fs::exists(fs::path(path) / "lesson.md", error));
}

std::string lessonFileOf(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return (fs::path(path) / "lesson.md").string();
  return fs::path(path).filename() == "lesson.zh.md" ? fs::path(path).replace_filename("lesson.md").string() : path;
}

std::vector<std::string> lessonsAt(const std::string& path) {
  std::error_code error;
  std::vector<std::string> out;
  if (fs::is_directory(path, error) && !fs::exists(fs::path(path) / "lesson.md", error))
    for (const auto& entry : fs::directory_iterator(path, error))
      if (fs::exists(entry.path() / "lesson.md", error)) out.push_back(entry.path().string());
  std::ranges::sort(out);
  return out.empty() ? std::vector{path} : out;
}

static ReadLesson read(SourceText source, const std::string& file, const std::string& language) {
  Problems problems(file);
  const CutLesson cut = cutLesson(std::move(source), false, problems);
  ReadLesson out{lessonOf(cut, problems), problems.all()};
  const fs::path other = fs::path(file).replace_filename("lesson." + language + ".md");
  std::error_code error;
  if (language.empty() || !fs::exists(other, error)) return out;
  Problems there(other.string());
  if (auto words = readSource(other.string(), there))
    translate(out.lesson, cut, cutLesson(std::move(*words), true, there), there);
  out.problems.insert(out.problems.end(), there.all().begin(), there.all().end());
  return out;
}

ReadLesson readLessonIn(const std::string& path, const std::string& language) {
  const std::string file = lessonFileOf(path);
  Problems problems(file);
  auto source = readSource(file, problems);
  if (!source) return {Lesson{}, problems.all()};
  return read(std::move(*source), file, language);
}

ReadLesson parseLesson(const std::string& text, const std::string& file) {
  Problems problems(file);
  auto source = sourceOf(text, problems);
  if (!source) return {Lesson{}, problems.all()};
  return read(std::move(*source), file, "");
}

Result<Lesson> readLesson(const std::string& path) {
  ReadLesson read = readLessonIn(path, lessonLanguage());
  if (read.problems.empty()) return std::move(read.lesson);
  std::string all;
  for (const std::string& said : lines(read.problems)) all += (all.empty() ? "" : "\n") + said;
  return Error{all};
}

Result<PlayedFile> playedFile(const std::string& path, const scenario::OpenOptions& options) {
  if (isLessonBundle(path))
    return Error{path + ": a bundle is unpacked before it is played; see: sockwalk help lesson"};
  if (!isLesson(path)) return PlayedFile{path, options};
  const auto lesson = readLesson(path);
  if (!lesson) return lesson.error();
  return lesson->played(options);
}

PlayedFile Lesson::played(scenario::OpenOptions options) const {
  if (options.host.empty()) options.host = host;
  return {scenario, std::move(options)};
}

} // namespace sockwalk::tell
