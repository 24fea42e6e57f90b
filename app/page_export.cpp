#include "app/page_export.h"
#include "app/language.h"
#include "engine/base/whole_file.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/page/course.h"
#include "engine/tell/page/lesson_page.h"
#include "engine/tell/position.h"
#include <algorithm>
#include <filesystem>

namespace sockwalk {

namespace {

std::vector<tell::PageLanguage> pageLanguages() {
  return {{"en", "English", wordsIn(Language::English)}, {"zh-CN", "中文", wordsIn(Language::Chinese)}};
}

// Of each language of the page; what is wrong with it, in the words of `lesson check`.
Result<std::vector<tell::Lesson>> lessonIn(const std::string& file, const std::vector<tell::PageLanguage>& languages) {
  std::vector<tell::Lesson> out;
  for (const tell::PageLanguage& language : languages) {
    tell::ReadLesson read = tell::readLessonIn(file, language.translate ? language.code.substr(0, 2) : "");
    if (!read.problems.empty()) return Error{tell::lines(read.problems).front()};
    out.push_back(std::move(read.lesson));
  }
  return out;
}

Result<std::size_t> writePage(const scenario::Session& session, const tell::PageWish& wish, const std::string& path,
                              const tell::PageProgress& goOn) {
  const auto page = tell::readPage(session.journal(), wish, goOn);
  if (!page) return page.error();
  const auto html = tell::htmlOf(*page);
  if (!html) return html.error();
  const auto bytes = path.ends_with(".zip") ? tell::courseOf(wish.title, *html) : html;
  if (!bytes) return bytes.error();
  if (const auto written = writeWholeFile(path, *bytes); !written) return written.error();
  return page->steps();
}

Result<std::size_t> exportLesson(const scenario::Session& session, const std::string& file, const std::string& path,
                                 const tell::PageProgress& goOn) {
  auto said = lessonIn(file, pageLanguages());
  if (!said) return said.error();
  const std::string title = said->front().title;
  const auto lesson = tell::LessonPage::of(session, std::move(*said));
  if (!lesson) return lesson.error();
  const EventIndex first = tell::firstMoment(session);
  return writePage(session,
                   {.title = title,
                    .from = std::min(first, std::ranges::min(lesson->places())),
                    .languages = pageLanguages(),
                    .lesson = &*lesson},
                   path, goOn);
}

} // namespace

Result<std::size_t> exportPage(const scenario::Session& session, const std::string& file, const PageStretch& stretch,
                               const std::string& path, const tell::PageProgress& goOn) {
  if (tell::isLesson(file)) {
    if (!stretch.from.empty() || !stretch.to.empty())
      return Error{"--from and --to are of a walk; the page of a lesson has its stops"};
    return exportLesson(session, file, path, goOn);
  }
  const Journal& journal = session.journal();
  const EventIndex first = tell::firstMoment(session);
  const EventIndex begin = first == NoEvent ? 0 : first;
  tell::PageWish wish{.title = std::filesystem::path(file).filename(), .from = begin, .languages = pageLanguages()};
  const auto place = [&](const std::string& words, EventIndex& position) -> Result<void> {
    if (words.empty()) return {};
    const auto named = tell::positionNamed(journal, begin, words);
    if (!named) return named.error();
    position = *named;
    return {};
  };
  if (const auto from = place(stretch.from, wish.from); !from) return Error{"--from: " + from.error().message};
  if (const auto to = place(stretch.to, wish.to); !to) return Error{"--to: " + to.error().message};
  return writePage(session, wish, path, goOn);
}

Result<std::string> classPage(const scenario::Session& session, const std::string& title,
                              const tell::PageProgress& goOn) {
  const EventIndex first = tell::firstMoment(session);
  auto page = tell::readPage(
      session.journal(), {.title = title, .from = first == NoEvent ? 0 : first, .languages = pageLanguages()}, goOn);
  if (!page) return page.error();
  page->data["follow"] = "follow";
  return tell::htmlOf(*page);
}

} // namespace sockwalk
