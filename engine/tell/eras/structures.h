// A structure of 2.6 beside that of 6.1: which members both have, which have another name or stand elsewhere now, which
// went and which came.
#pragma once
#include "engine/base/result.h"
#include "engine/memory/layout.h"
#include "engine/tell/eras/walks.h"

namespace sockwalk::tell {

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
  u32 sizeThen = 0, sizeNow = 0;
  std::vector<EraMemberRow> rows; // as 2.6 has them, and between them what came
  size_t counts[static_cast<size_t>(EraMark::Count)] = {};
};

// The structures that both kernels have.
std::vector<std::string> structuresOfBothEras();
// An Error says that one of them has no structure of that name, and which there are.
Result<ErasOfStructure> compareStructureOfEras(std::string_view name);

// On which processors the two were measured: a pointer has another size on each.
Text eraProcessorsText();
std::vector<std::string> lines(const ErasOfStructure& compared);
nlohmann::json json(const ErasOfStructure& compared);

} // namespace sockwalk::tell
