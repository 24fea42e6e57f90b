#include "engine/base/data.h"
#include <cstdlib>
#include <map>

namespace sockwalk {

namespace fs = std::filesystem;

// A variable that holds an absolute path; a relative one would mean another folder in each place.
static fs::path folderOf(const char* variable) {
  const char* const value = std::getenv(variable);
  return value && *value == '/' ? value : fs::path();
}

fs::path ownFolder() {
  if (const fs::path data = folderOf("XDG_DATA_HOME"); !data.empty()) return data / "sockwalk";
  const fs::path home = folderOf("HOME");
  return home.empty() ? home : home / ".local/share/sockwalk";
}

// share/sockwalk of the nearest folder above the program that has one.
static fs::path programsFolder() {
  std::error_code error;
  fs::path above = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (; above.has_relative_path(); above = above.parent_path())
    if (fs::is_directory(above / "share/sockwalk", error)) return above / "share/sockwalk";
  return {};
}

std::vector<fs::path> dataFolders() {
  std::vector<fs::path> folders;
  std::error_code error;
  for (const fs::path& folder : {folderOf("SOCKWALK_DATA"), ownFolder(), programsFolder()})
    if (!folder.empty() && fs::is_directory(folder, error)) folders.push_back(folder);
  return folders;
}

fs::path dataFile(const std::string& name) {
  std::error_code error;
  for (const fs::path& folder : dataFolders())
    if (fs::exists(folder / name, error)) return folder / name;
  return {};
}

std::vector<fs::path> dataEntries(const std::string& what) {
  std::map<std::string, fs::path> entries;
  std::error_code error;
  for (const fs::path& folder : dataFolders())
    for (const auto& entry : fs::directory_iterator(folder / what, error))
      if (!entry.path().filename().string().starts_with('.'))
        entries.try_emplace(entry.path().filename(), entry.path());
  std::vector<fs::path> paths;
  paths.reserve(entries.size());
  for (const auto& [name, path] : entries) paths.push_back(path);
  return paths;
}

} // namespace sockwalk
