#include "engine/base/whole_file.h"
#include <cerrno>
#include <cstring>
#include <fstream>
#include <unistd.h>

namespace sockwalk {

namespace fs = std::filesystem;

namespace {

Error cannotWrite(const fs::path& path, int why) {
  return {path.string() + ": cannot be written: " + std::strerror(why ? why : EIO)};
}

bool put(const fs::path& path, std::string_view bytes) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), std::streamsize(bytes.size()));
  out.close();
  return bool(out);
}

// The file behind a link: the link stays one.
fs::path behindLinks(const fs::path& path) {
  std::error_code error;
  fs::path real = fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : path;
  return error ? path : real;
}

void keepPermissions(const fs::path& of, const fs::path& to) {
  std::error_code none;
  const fs::file_status there = fs::status(of, none);
  if (fs::exists(there)) fs::permissions(to, there.permissions(), none);
}

} // namespace

std::optional<std::string> readWholeFile(const fs::path& path, std::uintmax_t most) {
  std::error_code error;
  if (fs::is_directory(path, error)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  if (fs::is_regular_file(path, error) && fs::file_size(path, error) > most) return std::nullopt;
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (in.bad() || bytes.size() > most) return std::nullopt;
  return bytes;
}

Result<void> writeWholeFile(const fs::path& path, std::string_view bytes) {
  const fs::path target = behindLinks(path);
  std::error_code error;
  if (const fs::file_status there = fs::status(target, error); fs::exists(there) && !fs::is_regular_file(there)) {
    if (fs::is_directory(there)) return cannotWrite(path, EISDIR);
    return put(target, bytes) ? Result<void>() : cannotWrite(path, errno);
  }
  const fs::path draft = target.string() + "." + std::to_string(getpid()) + ".new";
  if (!put(draft, bytes)) {
    const int why = errno;
    fs::remove(draft, error);
    return cannotWrite(path, why);
  }
  keepPermissions(target, draft);
  fs::rename(draft, target, error);
  if (!error) return {};
  const int why = error.value();
  fs::remove(draft, error);
  return cannotWrite(path, why);
}

} // namespace sockwalk
