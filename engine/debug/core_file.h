// A moment of a walk as a core file, which gdb and drgn open: all memory of the simulated machine as it was there, and the
// calls that are open. Of the Linux of 6.1.
//
//   gdb moment.types moment.core        drgn -c moment.core -s moment.types
//
// Both are ELF files of x86-64. The one of the types stands to the core as vmlinux to that of a real kernel.
#pragma once
#include "engine/base/result.h"
#include "engine/journal/playhead.h"
#include <filesystem>

namespace sockwalk::debug {

// The bytes of the core. `program`: the name of the file of the types, by which gdb knows that the two belong together.
std::string coreFile(const Playhead& at, const std::string& program);

// Writes both: the types into a file of the same name that ends with .types. Gives its path. Errors: the walk is of another
// kernel than 6.1, or a file cannot be written.
Result<std::filesystem::path> writeCore(const Playhead& at, const std::filesystem::path& path);

} // namespace sockwalk::debug
