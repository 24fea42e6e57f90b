// What a debugger has to know of the simulated kernel, as an ELF file with DWARF: its types, its functions with their lines
// and arguments, its globals, and under the names that the window gives them ("tcp_sock #1" is tcp_sock_1) the
// objects that live at a moment. As vmlinux is to a real kernel's core: it holds no memory.
#pragma once
#include "engine/base/result.h"
#include "engine/debug/functions.h"
#include "engine/journal/playhead.h"
#include <span>
#include <string>

namespace sockwalk::debug {

// Error: the walk is of another kernel than 6.1; of that one there are no symbols.
Result<void> hasSymbols(const Journal& journal);

// An object of the kernel image or of a slab.
struct NamedObject {
  std::string name; // as C may write it
  u64 address;
  u32 size, count;       // of one, and how many there are
  std::string_view type; // a structure; "" where nobody said
};
std::vector<NamedObject> globals(Era era);
std::vector<NamedObject> liveObjects(const Playhead& at);

std::string symbolFile(const Functions& functions, std::span<const NamedObject> objects);

} // namespace sockwalk::debug
