// ELF files of x86-64, little-endian: what a debugger opens. The names of the numbers are those of <elf.h>.
#pragma once
#include "engine/base/types.h"
#include <span>
#include <string>
#include <vector>

namespace sockwalk::debug {

// A piece of memory, or the notes of a core.
struct ElfSegment {
  u32 type, flags; // PT_LOAD, PF_R | PF_W
  u64 address = 0;
  std::string bytes = {}; // what the file has of it
  u64 size = 0;           // in memory, where that is more
};
struct ElfSection {
  std::string name;
  u32 type;      // SHT_PROGBITS
  u64 flags = 0; // SHF_ALLOC
  u64 address = 0;
  std::string bytes = {};
  u64 size = 0; // of one without bytes (SHT_NOBITS)
  u32 link = 0, info = 0;
  u64 entrySize = 0;
};
// A name for an address. `section`: by its number, 1 for the first of those that elfFile() is given.
struct ElfSymbol {
  std::string name;
  bool function = false; // else an object
  u16 section = 0;
  u64 address = 0, size = 0;
};

// `type`: ET_CORE, ET_EXEC. A file without sections has no table of them.
std::string elfFile(u16 type, std::span<const ElfSegment> segments, std::span<const ElfSection> sections);
// The two sections that hold the symbols; `number` is that of the first.
std::vector<ElfSection> symbolSections(std::span<const ElfSymbol> symbols, u32 number);
// One note of a core, by "CORE".
std::string elfNote(u32 type, const std::string& description);

} // namespace sockwalk::debug
