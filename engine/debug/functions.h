// Where a debugger finds the functions of the simulated kernel. Those that a table of the kernel may point at have an address
// in its text; the others get one behind them, at which nothing points. A function has one byte for each of its
// lines, so that an address says the line as well; there is no machine code.
#pragma once
#include "engine/debug/dwarf_tree.h"
#include "engine/memory/symbols.h"
#include <string>
#include <vector>

namespace sockwalk::debug {

class CTypes;

struct Function {
  std::string_view name;
  u64 address;
  const FunctionInfo* info; // nullptr: it is no more than a name, or records no calls
  u32 lines;                // how many of its bytes stand for a line
};

class Functions {
public:
  explicit Functions(Era era);
  static constexpr u32 Size = 0x40;                          // bytes of each
  const std::vector<Function>& all() const { return m_all; } // by address
  u64 begin() const { return m_all.front().address; }
  u64 end() const { return m_all.back().address + Size; }
  // While it is at this line of its file.
  u64 addressAt(const FunctionInfo& function, int line) const;
  const Function* around(u64 address) const;
  int lineAt(const Function& function, u64 address) const;

private:
  void countLines();
  std::vector<Function> m_all;
  std::vector<const Function*> m_byId;
};

// The i-th argument of a call stands so many bytes below the address of its frame.
constexpr s64 argumentPlace(size_t i) { return -16 - 8 * static_cast<s64>(i + 1); }

// An entry for each function that records its calls, with its arguments, and what says which line an address is.
struct FunctionSections {
  std::string lines, frames; // .debug_line, .debug_frame
};
FunctionSections writeFunctions(DwarfTree& tree, CTypes& types, const Functions& functions);

} // namespace sockwalk::debug
