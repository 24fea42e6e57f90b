// Zip files, whole in memory: what a page for a learning system and a lesson's bundle are packed in. libarchive does it.
#pragma once
#include "engine/base/result.h"
#include "engine/base/types.h"
#include <string>
#include <vector>

namespace sockwalk {

struct ZipEntry {
  std::string name; // "scenario.pkt", "pictures/one.png": always relative, always below
  std::string bytes;
  bool operator==(const ZipEntry&) const = default;
};
struct ZipLimits {
  std::size_t entries = 500;
  u64 bytes = 64 * 1024 * 1024; // of all of them, unpacked
};

Result<std::string> zipped(const std::vector<ZipEntry>& entries);
// A stranger's zip. Refused whole, with a sentence, if a name leads anywhere but below ("../x", "/x", "C:\x"), if there is a
// link in it, or if it is larger than the limits, however little of it is there to read.
Result<std::vector<ZipEntry>> unzipped(const std::string& bytes, const ZipLimits& limits = {});
// Why a name may not be unpacked; "" if it may.
std::string unsafeName(const std::string& name);

} // namespace sockwalk
