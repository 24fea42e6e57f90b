// Files that are read and written in one piece.
#pragma once
#include "engine/base/result.h"
#include <cstdint>
#include <filesystem>

namespace sockwalk {

// Its bytes; nothing where it cannot be read, is no file, or is larger than `most` bytes.
std::optional<std::string> readWholeFile(const std::filesystem::path& path, std::uintmax_t most = UINTMAX_MAX);

// What stands there is replaced by these bytes, or stays whole: a full disk or a crash leaves no half of a file. Devices and
// pipes (/dev/stdout) are written to as they are.
Result<void> writeWholeFile(const std::filesystem::path& path, std::string_view bytes);

} // namespace sockwalk
