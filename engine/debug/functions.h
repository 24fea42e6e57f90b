// Where a debugger finds the functions of the simulated kernel. The entry of one is where the kernel's tables point; what
// no table may point at has its entry behind those. There is no machine code: a function's body has two bytes for each
// of its lines, so that an address says which line runs, and the second of the two that a call from there came back.
#pragma once
#include "engine/debug/dwarf_tree.h"
#include "engine/memory/symbols.h"
#include <string>
#include <vector>

namespace sockwalk::debug {

class CTypes;

struct Function {
  std::string_view name;
  u64 entry;
  const FunctionInfo* info; // nullptr: it is no more than a name, or records no calls
  u32 lines = 0;            // of its body
  u64 body = 0;
};

class Functions {
public:
  explicit Functions(Era era);
  static constexpr u32 EntrySize = 0x40; // from one entry to the next, as the kernel's symbols have it
  static constexpr u32 LineSize = 2;
  const std::vector<Function>& all() const { return m_all; } // by entry; the bodies lie behind them, in the same order
  u64 begin() const { return m_all.front().entry; }
  u64 bodies() const { return m_all.back().entry + EntrySize; }
  u64 end() const { return m_end; }
  u64 outside() const { return m_all.back().entry; } // where whoever is in no call is
  const Function& of(const FunctionInfo& function) const { return m_all[m_byId[function.id]]; }
  // While this line of its file runs, or where a call from it comes back.
  u64 addressAt(const FunctionInfo& function, int line, bool back) const;

private:
  void addEntries(Era era);
  void layBodies();
  std::vector<Function> m_all;
  std::vector<u32> m_byId;
  u64 m_end = 0;
};

// The i-th argument of a call stands so many bytes below the address of its frame.
constexpr s64 argumentPlace(size_t i) { return -16 - 8 * static_cast<s64>(i + 1); }

// An entry for each function that records its calls, with its arguments, and what says which line an address is.
struct FunctionSections {
  std::string lines, ranges, frames; // .debug_line, .debug_ranges, .debug_frame
};
FunctionSections writeFunctions(DwarfTree& tree, CTypes& types, const Functions& functions);

} // namespace sockwalk::debug
