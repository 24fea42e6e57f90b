#include "app/page_export.h"
#include "app/language.h"
#include "engine/base/whole_file.h"
#include "engine/tell/page/course.h"
#include "engine/tell/position.h"
#include <filesystem>

namespace sockwalk {

namespace {

std::vector<tell::PageLanguage> pageLanguages() {
  return {{"en", "English", wordsIn(Language::English)}, {"zh-CN", "中文", wordsIn(Language::Chinese)}};
}

} // namespace

Result<std::size_t> exportPage(const scenario::Session& session, const std::string& file, const PageStretch& stretch,
                               const std::string& path, const tell::PageProgress& goOn) {
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
  const auto page = tell::readPage(journal, wish, goOn);
  if (!page) return page.error();
  const auto html = tell::htmlOf(*page);
  if (!html) return html.error();
  const auto bytes = path.ends_with(".zip") ? tell::courseOf(wish.title, *html) : html;
  if (!bytes) return bytes.error();
  if (const auto written = writeWholeFile(path, *bytes); !written) return written.error();
  return page->steps();
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
