#include "tests/support/recordings.h"
#include <filesystem>
#include <fstream>
#include <map>

namespace sockwalk {
namespace {

using Parts = std::map<std::string, std::string, std::less<>>; // by "CASE KIND"

void readProgram(const std::filesystem::path& path, Parts& parts) {
  std::ifstream file(path);
  std::string* part = nullptr;
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("== ")) part = &parts[line.substr(3)];
    else if (part) *part += line + "\n";
}

const Parts& allParts() {
  static const Parts parts = [] {
    Parts found;
    for (const auto& file : std::filesystem::directory_iterator(SOCKWALK_RECORDINGS)) readProgram(file.path(), found);
    return found;
  }();
  return parts;
}

} // namespace

std::string recording(std::string_view kind, std::string_view name) {
  const auto found = allParts().find(std::string(name) + " " + std::string(kind));
  return found == allParts().end() ? std::string() : found->second;
}

} // namespace sockwalk
