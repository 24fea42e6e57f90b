#include "engine/tell/lessons/lesson_bundle.h"
#include "engine/base/data.h"
#include "engine/base/whole_file.h"
#include "engine/feed/zip.h"
#include "engine/tell/lessons/lesson_file.h"
#include <algorithm>
#include <iterator>
#include <optional>
#include <unistd.h>

namespace sockwalk::tell {

namespace fs = std::filesystem;

namespace {

constexpr const char* Ending = ".swlesson";
using Files = std::vector<ZipEntry>; // of a lesson, named from its folder, sorted

void sort(Files& files) { std::ranges::sort(files, {}, &ZipEntry::name); }

bool isHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// What may be bundled of a folder: an editor's or a version system's hidden files are nobody else's.
Result<Files> filesOf(const fs::path& folder) {
  Files out;
  std::error_code error;
  ZipLimits limits;
  for (auto it = fs::recursive_directory_iterator(folder, error); it != fs::recursive_directory_iterator();
       it.increment(error)) {
    const fs::path& path = it->path();
    if (isHidden(path)) {
      it.disable_recursion_pending();
      continue;
    }
    if (it->is_symlink(error) || (!it->is_directory(error) && !it->is_regular_file(error)))
      return Error{path.string() + ": it is a link or a device; put the file itself there"};
    if (it->is_directory(error)) continue;
    if (out.size() == limits.entries || it->file_size(error) > limits.bytes)
      return Error{folder.string() + ": it is larger than a bundle may be when it is unpacked"};
    limits.bytes -= it->file_size(error);
    auto bytes = readWholeFile(path);
    if (!bytes) return Error{path.string() + ": it cannot be read"};
    out.push_back({path.lexically_relative(folder).generic_string(), std::move(*bytes)});
  }
  sort(out);
  return out;
}

std::string nameOf(const fs::path& folder) {
  const fs::path whole = fs::absolute(folder).lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

struct Unpacked {
  std::string name; // of the folder
  Files files;
};

// All of it lies in one folder, as packLesson() has it; or in none, and then the bundle's own name is the lesson's.
Result<Unpacked> lessonIn(Files entries, const std::string& bundle) {
  Unpacked out{fs::path(bundle).stem().string(), std::move(entries)};
  const auto hasLesson = [&] {
    return std::ranges::any_of(out.files, [](const ZipEntry& e) { return e.name == "lesson.md"; });
  };
  if (!hasLesson()) {
    out.name = out.files.front().name.substr(0, out.files.front().name.find('/'));
    for (ZipEntry& file : out.files) {
      if (!file.name.starts_with(out.name + "/")) return Error{bundle + ": there is no lesson.md in it"};
      file.name.erase(0, out.name.size() + 1);
    }
    if (!hasLesson()) return Error{bundle + ": there is no lesson.md in it"};
  }
  if (!unsafeName(out.name).empty() || isHidden(out.name) || out.name.find('/') != out.name.npos)
    return Error{bundle + ": '" + out.name + "' is no name for a lesson"};
  sort(out.files);
  return out;
}

bool write(const Files& files, const fs::path& folder) {
  std::error_code error;
  for (const ZipEntry& file : files) {
    const fs::path path = folder / file.name;
    fs::create_directories(path.parent_path(), error);
    if (!writeWholeFile(path, file.bytes)) return false;
  }
  return true;
}

bool isSame(const fs::path& folder, const Files& files) {
  const auto there = filesOf(folder);
  return there && *there == files;
}

// The folder of this lesson that is there, else a name that no lesson has.
struct Room {
  fs::path folder;
  bool there = false;
};
Room roomFor(const Unpacked& lesson, const fs::path& lessons) {
  for (int number = 1;; ++number) {
    const std::string name = number == 1 ? lesson.name : lesson.name + "-" + std::to_string(number);
    std::error_code error;
    fs::path taken = lessons / name;
    if (!fs::exists(fs::symlink_status(taken, error))) taken = dataFile("lessons/" + name);
    if (taken.empty()) return {lessons / name};
    if (isSame(taken, lesson.files)) return {taken, true};
  }
}

} // namespace

bool isLessonBundle(const std::string& path) { return fs::path(path).extension() == Ending; }
fs::path ownLessons() { return ownFolder() / "lessons"; }

Result<std::string> packLesson(const std::string& folder) {
  const fs::path where = fs::path(lessonFileOf(folder)).parent_path();
  auto files = filesOf(where.empty() ? "." : where);
  if (!files) return files.error();
  for (ZipEntry& file : *files) file.name.insert(0, nameOf(where) + "/");
  return zipped(*files);
}

Result<std::string> unpackLesson(const std::string& bundle, const fs::path& lessons) {
  std::error_code error;
  if (!fs::is_regular_file(bundle, error)) return Error{bundle + ": it cannot be read"};
  if (fs::file_size(bundle, error) > ZipLimits().bytes) return Error{bundle + ": it is larger than a bundle may be"};
  const auto bytes = readWholeFile(bundle);
  if (!bytes) return Error{bundle + ": it cannot be read"};
  auto entries = unzipped(*bytes);
  if (!entries) return Error{bundle + ": " + entries.error().message};
  const auto lesson = lessonIn(std::move(*entries), bundle);
  if (!lesson) return lesson.error();
  const Room room = roomFor(*lesson, lessons);
  if (room.there) return (room.folder / "lesson.md").string();
  // Beside its place first: a disk that is full leaves no half of a lesson in the menu.
  const fs::path beside = lessons / (".unpacked-" + std::to_string(getpid()));
  fs::remove_all(beside, error);
  fs::create_directories(beside, error);
  if (write(lesson->files, beside)) fs::rename(beside, room.folder, error);
  else error = std::make_error_code(std::errc::io_error);
  if (!error) return (room.folder / "lesson.md").string();
  std::error_code ignored;
  fs::remove_all(beside, ignored);
  return Error{room.folder.string() + ": the folder cannot be made"};
}

} // namespace sockwalk::tell
