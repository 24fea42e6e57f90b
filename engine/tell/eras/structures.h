// A structure of one kernel beside that of a later one: which members both have, which have another name or stand elsewhere
// now, which went and which came.
#pragma once
#include "engine/base/result.h"
#include "engine/memory/layout.h"
#include "engine/tell/eras/walks.h"

namespace sockwalk::tell {

// The kernels whose structures are known. That of 6.12 is not played: only its layouts are here.
enum class Release : u8 { Linux26, Linux61, Linux612 };
constexpr std::string_view ReleaseNames[] = {"2.6", "6.1", "6.12"};
constexpr std::string_view nameOf(Release release) { return ReleaseNames[static_cast<u8>(release)]; }
struct Releases {
  Release then = Release::Linux26, now = Release::Linux61;
};

struct EraMember {
  std::string path, type; // "__sk_common.skc_state"; path "": there is none on this side
  u32 offset = 0, size = 0;
  u8 bit = 0, bits = 0;
  explicit operator bool() const { return !path.empty(); }
};
struct EraMemberRow {
  EraMark mark = EraMark::Kept;
  EraMember then, now;
};
struct ErasOfStructure {
  std::string name;
  Releases releases;
  u32 sizeThen = 0, sizeNow = 0;
  std::vector<EraMemberRow> rows; // as the elder has them, and between them what came
  size_t counts[static_cast<size_t>(EraMark::Count)] = {};
};

std::vector<std::string> structuresOfBoth(Releases releases);
// An Error says that one of them has no structure of that name, and which is meant.
Result<ErasOfStructure> compareStructure(std::string_view name, Releases releases);

// One word for a structure and its kernels: "sock" is that of 2.6 and 6.1, "sock-6.12" that of 6.1 and 6.12.
std::vector<std::string> structurePages();
Result<ErasOfStructure> structureOfPage(std::string_view page);

// On which processors the two were measured, where a pointer has another size on each; empty: it has not.
Text processorsText(Releases releases);
std::vector<std::string> lines(const ErasOfStructure& compared);
nlohmann::json json(const ErasOfStructure& compared);

} // namespace sockwalk::tell
