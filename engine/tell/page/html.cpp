// The file: assets/page/page.html with the style, the script and the data in their places.
#include "engine/base/data.h"
#include "engine/tell/page/walk_page.h"
#include <fstream>
#include <sstream>

namespace sockwalk::tell {

namespace {

Result<std::string> part(const std::string& name) {
  const std::filesystem::path path = dataFile("page/" + name);
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (path.empty() || !(text << in.rdbuf()))
    return Error{"page/" + name + " is missing in the program's data, so no page can be made"};
  return std::move(text).str();
}

// Inside a script no text may end it, and none may begin a comment of HTML.
std::string asScript(const std::string& json) {
  std::string out;
  for (const char c : json) out += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return out;
}
std::string asMarkup(const std::string& words) {
  std::string out;
  for (const char c : words) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
  return out;
}

void put(std::string& page, const std::string& place, const std::string& what) {
  if (const auto at = page.find(place); at != page.npos) page.replace(at, place.size(), what);
}

} // namespace

Result<std::string> htmlOf(const WalkPage& walk) {
  auto page = part("page.html"), style = part("page.css"), script = part("page.js");
  for (const auto* needed : {&page, &style, &script})
    if (!*needed) return needed->error();
  put(*page, "<!--title-->", asMarkup(walk.data["title"]));
  put(*page, "/*style*/", *style);
  put(*page, "/*script*/", *script);
  using nlohmann::json;
  put(*page, "<!--data-->", asScript(walk.data.dump(-1, ' ', false, json::error_handler_t::replace)));
  return *page;
}

} // namespace sockwalk::tell
