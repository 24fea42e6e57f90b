// The file: assets/page/page.html with the style, the script and the data in their places.
#include "engine/base/data.h"
#include "engine/base/markup.h"
#include "engine/base/whole_file.h"
#include "engine/tell/page/walk_page.h"

namespace sockwalk::tell {

namespace {

Result<std::string> part(const std::string& name) {
  const std::filesystem::path path = dataFile("page/" + name);
  if (auto text = readWholeFile(path)) return std::move(*text);
  return Error{"page/" + name + " is missing in the program's data, so no page can be made"};
}

// Inside a script no text may end it, and none may begin a comment of HTML.
std::string asScript(const std::string& json) {
  std::string out;
  for (const char c : json) out += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return out;
}

void put(std::string& page, const std::string& place, const std::string& what) {
  if (const auto at = page.find(place); at != page.npos) page.replace(at, place.size(), what);
}

} // namespace

Result<std::string> htmlOf(const WalkPage& walk) {
  auto page = part("page.html"), style = part("page.css"), script = part("page.js"), lesson = part("lesson.js");
  for (const auto* needed : {&page, &style, &script, &lesson})
    if (!*needed) return needed->error();
  put(*page, "<!--title-->", asMarkup(walk.data["title"].get_ref<const std::string&>()));
  put(*page, "/*style*/", *style);
  put(*script, "/*lesson*/", walk.data["lesson"].is_null() ? std::string() : *lesson);
  put(*page, "/*script*/", *script);
  using nlohmann::json;
  put(*page, "<!--data-->", asScript(walk.data.dump(-1, ' ', false, json::error_handler_t::replace)));
  return *page;
}

} // namespace sockwalk::tell
