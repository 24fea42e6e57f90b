#include "engine/tell/source/source_files.h"
#include <algorithm>
#include <map>
#include <mutex>

namespace sockwalk::tell {

static SourceLines linesOf(std::string_view text) {
  SourceLines lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string_view sourceText(std::string_view path) {
  const auto files = sourceFiles();
  const auto file = std::ranges::lower_bound(files, path, {}, &SourceFile::path);
  return file != files.end() && file->path == path ? file->text : std::string_view();
}

const SourceLines* sourceLines(std::string_view path) {
  static std::mutex one;
  static std::map<std::string, SourceLines, std::less<>> cut;
  const std::string_view text = sourceText(path);
  if (text.empty()) return nullptr;
  const std::lock_guard<std::mutex> guard(one);
  const auto known = cut.find(path);
  return &(known == cut.end() ? cut.emplace(path, linesOf(text)).first : known)->second;
}

namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

bool calls(std::string_view line, std::string_view callee) {
  for (size_t at = line.find(callee); at != line.npos; at = line.find(callee, at + 1)) {
    if (at && isLetter(line[at - 1])) continue;
    const size_t next = line.find_first_not_of(" \t", at + callee.size());
    if (next != line.npos && line[next] == '(') return true;
  }
  return false;
}
// The line that names the function itself, and no call.
bool isTrace(std::string_view line) { return line.find("KFUNC(") != line.npos; }

// Words with which something happens that the journal gives a line to.
bool acts(std::string_view word) {
  constexpr std::string_view whole[] = {"set", "add", "setBytes", "fillBytes", "kfree", "NOTE"};
  constexpr std::string_view begins[] = {"kmalloc", "kzalloc", "kmem_cache_", "list_"};
  return std::ranges::find(whole, word) != std::end(whole) ||
         std::ranges::any_of(begins, [&](std::string_view b) { return word.starts_with(b); });
}

bool doesSomething(std::string_view line) {
  for (size_t at = 0; at < line.size();) {
    size_t end = at;
    while (end < line.size() && isLetter(line[end])) ++end;
    if (end > at && acts(line.substr(at, end - at))) return true;
    at = std::max(end, at + 1);
  }
  return false;
}

} // namespace

int callLineAnywhere(const SourceLines& lines, std::string_view callee) {
  int found = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with(' ') || isTrace(lines[i]) || !calls(lines[i], callee)) continue;
    if (found) return 0;
    found = static_cast<int>(i) + 1;
  }
  return found;
}

int callLine(const SourceLines& lines, int from, std::string_view callee) {
  for (size_t i = static_cast<size_t>(std::max(0, from - 1)); i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    if (i >= static_cast<size_t>(std::max(0, from)) && line.starts_with('}'))
      return 0; // the function ends at a brace in the first column
    if (!isTrace(line) && calls(line.substr(0, line.find("//")), callee)) return static_cast<int>(i) + 1;
  }
  return 0;
}

bool couldRun(const SourceLines& lines, int function, int line) {
  const int last = static_cast<int>(lines.size());
  if (line < 1 || line > last) return false;
  int end = std::max(0, function);
  while (end < last && !lines[static_cast<size_t>(end)].starts_with('}')) ++end;
  return (line >= function && line <= end + 1) || doesSomething(lines[static_cast<size_t>(line - 1)]);
}

} // namespace sockwalk::tell
