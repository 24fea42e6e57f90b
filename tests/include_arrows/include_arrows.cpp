#include "include_arrows.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>

namespace sockwalk::tests {
namespace {

namespace fs = std::filesystem;

constexpr int maxLines = 700;

// For each room of the engine, the rooms that it stands on (besides itself).
const std::map<std::string, std::set<std::string>> engineFloors = {
    {"base", {}},
    {"memory", {"base"}},
    {"journal", {"base", "memory"}},
    {"kernel", {"base", "memory", "journal"}},
    {"kernel26", {"base", "memory", "journal", "kernel"}},
    {"feed", {"base"}},
    {"share", {"base"}},
    {"scenario", {"base", "memory", "journal", "kernel", "kernel26", "feed"}},
    {"live", {"base", "memory", "journal", "kernel", "kernel26", "feed", "scenario"}},
    {"tell", {"base", "memory", "journal", "kernel", "kernel26", "feed", "scenario", "live"}},
    {"debug", {"base", "memory", "journal", "kernel", "kernel26", "feed", "scenario", "live", "tell"}},
};

// The rooms of views/ that every view may include; each may include those before it.
const std::vector<std::string> viewFloors = {"theme", "layout", "walk"};

int viewFloor(const std::string& room) { // -1: a view
  auto found = std::find(viewFloors.begin(), viewFloors.end(), room);
  return found == viewFloors.end() ? -1 : static_cast<int>(found - viewFloors.begin());
}

// Where a file stands: "engine/kernel/net/socket.cpp" is house "engine", room "kernel".
struct Place {
  std::string house, room;
};

Place placeOf(const std::string& path) {
  auto slash = path.find('/');
  if (slash == std::string::npos) return {path, ""};
  auto second = path.find('/', slash + 1);
  std::string room = second == std::string::npos ? "" : path.substr(slash + 1, second - slash - 1);
  return {path.substr(0, slash), room};
}

std::string nameOf(const Place& place) {
  return place.house == "app" || place.room.empty() ? place.house : place.house + "/" + place.room;
}

struct Include {
  int line;
  std::string target;
  bool quoted; // "x" and not <x>
};

// The length of the literal or comment that begins at text[at]; 0 if none does.
std::size_t spanAt(std::string_view text, std::size_t at) {
  auto upTo = [&](std::string_view end, std::size_t from) {
    auto found = text.find(end, from);
    return (found == text.npos ? text.size() : found + end.size()) - at;
  };
  std::string_view rest = text.substr(at);
  if (rest.starts_with("/*")) return upTo("*/", at + 2);
  if (rest.starts_with("//")) return std::min(rest.find('\n'), rest.size());
  if (rest.starts_with("R\"")) {
    auto open = rest.find('(');
    return open == rest.npos ? 0 : upTo(")" + std::string(rest.substr(2, open - 2)) + "\"", at + open);
  }
  bool separator = at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])); // 1'000
  if (rest[0] != '"' && (rest[0] != '\'' || separator)) return 0;
  std::size_t length = 1;
  while (length < rest.size() && rest[length] != rest[0] && rest[length] != '\n')
    length += rest[length] == '\\' ? 2 : 1;
  return std::min(length + 1, rest.size());
}

// Blanks out comments and raw strings, keeping line ends, so that an #include in one is not counted.
std::string withoutComments(const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = spanAt(text, at);
    std::string_view span = std::string_view(text).substr(at, length);
    if (length == 0) result += text[at];
    else if (span[0] == '"' || span[0] == '\'') result += span;
    else result.append(std::count(span.begin(), span.end(), '\n'), '\n');
    at += std::max<std::size_t>(length, 1);
  }
  return result;
}

// The include that a line makes, if it makes one.
std::optional<Include> includeOn(const std::string& line, int number) {
  std::istringstream words(line);
  char hash = 0;
  std::string directive;
  if (!(words >> hash) || hash != '#') return {};
  while (std::isalpha((words >> std::ws).peek())) directive += static_cast<char>(words.get());
  char open = 0;
  if (directive != "include" || !(words >> open) || (open != '"' && open != '<')) return {};
  std::string target;
  std::getline(words, target, open == '"' ? '"' : '>');
  return Include{number, target, open == '"'};
}

std::vector<Include> includesOf(const std::string& text) {
  std::vector<Include> includes;
  std::istringstream lines(withoutComments(text));
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number)
    if (auto include = includeOn(line, number)) includes.push_back(*include);
  return includes;
}

// <QString>, <QtCore/QString>, <qglobal.h>; but not <queue>.
bool isQt(std::string_view header) {
  if (header.size() < 2) return false;
  if (header[0] == 'Q') return std::isupper(static_cast<unsigned char>(header[1])) || header[1] == 't';
  return header[0] == 'q' && header.ends_with(".h") && header.find('/') == header.npos;
}

bool isGraphviz(std::string_view header) {
  static const std::set<std::string_view> names = {"gvc.h", "gvcext.h",   "gvplugin.h", "cgraph.h",
                                                   "cdt.h", "pathplan.h", "xdot.h"};
  return header.starts_with("graphviz/") || names.count(header);
}

bool isPcap(std::string_view header) { return header == "pcap.h" || header.starts_with("pcap/"); }
bool isArchive(std::string_view header) { return header == "archive.h" || header == "archive_entry.h"; }

// Why a file at `from` may not include this library header; nothing if it may.
std::optional<std::string> libraryDefect(const Place& from, const std::string& header, bool quoted) {
  if (from.house == "engine" && !quoted && isQt(header))
    return "the engine knows no Qt; the words and pictures are views/'s";
  if (isGraphviz(header) && nameOf(from) != "views/layout")
    return "Graphviz is seen by views/layout alone; ask it for the layout";
  if (isPcap(header) && nameOf(from) != "engine/feed")
    return "libpcap is seen by engine/feed alone; ask it for the frames";
  if (isArchive(header) && nameOf(from) != "engine/feed")
    return "libarchive is seen by engine/feed alone; ask it for the bytes";
  return {};
}

std::optional<std::string> engineDefect(const Place& from, const Place& to) {
  if (to.house != "engine") return "the engine includes nothing of " + to.house + "/, which stands above it";
  if (from.room == to.room) return {};
  const auto& floors = engineFloors.at(from.room);
  if (floors.count(to.room)) return {};
  if (floors.empty()) return "engine/" + from.room + " stands on nothing else";
  std::string list;
  for (const auto& floor : floors) list += (list.empty() ? "" : ", ") + floor;
  return "engine/" + from.room + " stands on " + list + " alone, not on " + nameOf(to);
}

std::optional<std::string> viewDefect(const Place& from, const Place& to) {
  if (to.house == "engine" || (to.house == "views" && from.room == to.room)) return {};
  if (to.house != "views") return "a view includes nothing of " + to.house + "/, which stands above it";
  int own = viewFloor(from.room), other = viewFloor(to.room);
  if (other < 0)
    return own < 0 ? "no view includes another view; what both need belongs to theme, layout or walk"
                   : nameOf(from) + " is a floor that views stand on and includes no view";
  if (own >= 0 && other > own) return "of the floors theme, layout, walk each includes only those before it";
  return {};
}

// Why a file at `from` may not include one at `to`; nothing if it may.
std::optional<std::string> arrowDefect(const Place& from, const Place& to) {
  if (to.house == "tests") return "tests see the program; the program does not see its tests";
  if (from.house == "engine") return engineDefect(from, to);
  if (from.house == "views") return viewDefect(from, to);
  return {}; // app sees everything
}

// Why no file should stand where this one does; nothing if it may.
std::optional<std::string> placeDefect(const Place& place) {
  if (place.house == "engine" && !engineFloors.count(place.room))
    return "the engine has the rooms base, memory, journal, kernel, feed, share, scenario, live and tell; put this "
           "file into one";
  if (place.house == "views" && place.room.empty()) return "each view has a folder of its own; put this file into one";
  return {};
}

// What a quoted include names, from the top of the sources: as it stands, or beside the including file. A
// header that is in neither place is generated at build time; then its path decides.
std::string resolve(const SourceFile& file, const std::string& target, const std::set<std::string>& paths) {
  static const std::set<std::string> houses = {"app", "views", "engine", "tests", "lessons", "assets"};
  std::string beside = (fs::path(file.path).parent_path() / target).lexically_normal().generic_string();
  if (paths.count(beside)) return beside;
  if (paths.count(target) || houses.count(placeOf(target).house)) return target;
  return beside;
}

int countLines(const std::string& text) {
  auto ends = std::count(text.begin(), text.end(), '\n');
  return static_cast<int>(ends) + (!text.empty() && text.back() != '\n');
}

void checkIncludes(const SourceFile& file, const std::set<std::string>& paths, std::vector<Defect>& defects) {
  Place from = placeOf(file.path);
  for (const Include& include : includesOf(file.text)) {
    auto why = libraryDefect(from, include.target, include.quoted);
    if (!why && include.quoted) why = arrowDefect(from, placeOf(resolve(file, include.target, paths)));
    if (why) defects.push_back({file.path, include.line, "includes " + include.target + ": " + *why});
  }
}

bool isSource(std::string_view name) {
  if (name.ends_with(".in")) name.remove_suffix(3);
  return name.ends_with(".h") || name.ends_with(".cpp");
}

} // namespace

SourceTree readTree(const fs::path& root) {
  SourceTree tree;
  for (const char* house : {"app", "engine", "views", "tests"}) {
    if (!fs::is_directory(root / house)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / house)) {
      if (!entry.is_regular_file() || !isSource(entry.path().filename().string())) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      tree.push_back({entry.path().lexically_relative(root).generic_string(), std::move(text)});
    }
  }
  std::sort(tree.begin(), tree.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return tree;
}

std::vector<Defect> findDefects(const SourceTree& tree) {
  std::set<std::string> paths;
  for (const SourceFile& file : tree) paths.insert(file.path);

  std::vector<Defect> defects;
  for (const SourceFile& file : tree) {
    Place place = placeOf(file.path);
    if (auto why = placeDefect(place)) defects.push_back({file.path, 1, *why});
    else if (place.house != "tests") checkIncludes(file, paths, defects);
    if (int lines = countLines(file.text); lines > maxLines)
      defects.push_back({file.path, maxLines + 1,
                         "has " + std::to_string(lines) + " lines, more than " + std::to_string(maxLines) +
                             ": it wants to be two files"});
  }
  return defects;
}

std::string describe(const std::vector<Defect>& defects) {
  std::string text;
  for (const Defect& defect : defects)
    text += defect.path + ":" + std::to_string(defect.line) + ": " + defect.why + "\n";
  return text;
}

} // namespace sockwalk::tests
