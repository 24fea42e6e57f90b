#include "engine/debug/elf_file.h"
#include <cstring>
#include <elf.h>

namespace sockwalk::debug {

namespace {

constexpr u64 Page = 4096;

template <class T> void append(std::string& out, const T& record) {
  out.append(reinterpret_cast<const char*>(&record), sizeof record);
}
template <class T> void replace(std::string& out, size_t at, const T& record) {
  std::memcpy(out.data() + at, &record, sizeof record);
}
void alignTo(std::string& out, u64 boundary) { out.resize((out.size() + boundary - 1) / boundary * boundary); }

Elf64_Ehdr headOf(u16 type) {
  Elf64_Ehdr head{};
  std::memcpy(head.e_ident, ELFMAG, SELFMAG);
  head.e_ident[EI_CLASS] = ELFCLASS64;
  head.e_ident[EI_DATA] = ELFDATA2LSB;
  head.e_ident[EI_VERSION] = EV_CURRENT;
  head.e_type = type;
  head.e_machine = EM_X86_64;
  head.e_version = EV_CURRENT;
  head.e_ehsize = sizeof(Elf64_Ehdr);
  head.e_phentsize = sizeof(Elf64_Phdr);
  head.e_shentsize = sizeof(Elf64_Shdr);
  return head;
}

// Memory stands in the file as a kernel writes it, each piece at a page.
void putSegments(std::string& out, Elf64_Ehdr& head, std::span<const ElfSegment> segments) {
  head.e_phoff = out.size();
  head.e_phnum = static_cast<u16>(segments.size());
  size_t entry = out.size();
  out.resize(out.size() + segments.size() * sizeof(Elf64_Phdr));
  for (const ElfSegment& s : segments) {
    const u64 boundary = s.type == PT_LOAD ? Page : 4;
    alignTo(out, boundary);
    const u64 size = std::max<u64>(s.size, s.bytes.size());
    replace(out, entry, Elf64_Phdr{s.type, s.flags, out.size(), s.address, 0, s.bytes.size(), size, boundary});
    out += s.bytes;
    entry += sizeof(Elf64_Phdr);
  }
}

ElfSection namesOf(std::span<const ElfSection> sections, std::vector<u32>& places) {
  constexpr const char* Own = ".shstrtab";
  ElfSection names{.name = Own, .type = SHT_STRTAB, .bytes = std::string(1, '\0')};
  for (const ElfSection& s : sections) {
    places.push_back(static_cast<u32>(names.bytes.size()));
    names.bytes.append(s.name) += '\0';
  }
  places.push_back(static_cast<u32>(names.bytes.size()));
  names.bytes.append(Own) += '\0';
  return names;
}

void putSections(std::string& out, Elf64_Ehdr& head, std::vector<ElfSection> sections) {
  std::vector<u32> names;
  sections.push_back(namesOf(sections, names));
  std::string table(sizeof(Elf64_Shdr), '\0'); // the first is none
  for (size_t i = 0; i < sections.size(); ++i) {
    const ElfSection& s = sections[i];
    alignTo(out, 8);
    append(table, Elf64_Shdr{names[i], s.type, s.flags, s.address, out.size(), std::max<u64>(s.size, s.bytes.size()),
                             s.link, s.info, 1, s.entrySize});
    out += s.bytes;
  }
  alignTo(out, 8);
  head.e_shoff = out.size();
  head.e_shnum = static_cast<u16>(sections.size() + 1);
  head.e_shstrndx = static_cast<u16>(sections.size());
  out += table;
}

} // namespace

std::string elfFile(u16 type, std::span<const ElfSegment> segments, std::span<const ElfSection> sections) {
  Elf64_Ehdr head = headOf(type);
  std::string out;
  append(out, head); // once more when all is known
  putSegments(out, head, segments);
  if (!sections.empty()) putSections(out, head, {sections.begin(), sections.end()});
  replace(out, 0, head);
  return out;
}

std::vector<ElfSection> symbolSections(std::span<const ElfSymbol> symbols, u32 number) {
  std::string table(sizeof(Elf64_Sym), '\0'), names(1, '\0'); // the first of both is none
  for (const ElfSymbol& s : symbols) {
    const unsigned char info = ELF64_ST_INFO(STB_GLOBAL, s.function ? STT_FUNC : STT_OBJECT);
    append(table, Elf64_Sym{static_cast<u32>(names.size()), info, STV_DEFAULT, s.section, s.address, s.size});
    names.append(s.name) += '\0';
  }
  return {{.name = ".symtab",
           .type = SHT_SYMTAB,
           .bytes = std::move(table),
           .link = number + 1,
           .info = 1,
           .entrySize = sizeof(Elf64_Sym)},
          {.name = ".strtab", .type = SHT_STRTAB, .bytes = std::move(names)}};
}

std::string elfNote(u32 type, const std::string& description) {
  constexpr char Name[] = "CORE";
  std::string out;
  append(out, Elf64_Nhdr{sizeof Name, static_cast<u32>(description.size()), type});
  out.append(Name, sizeof Name);
  alignTo(out, 4);
  out += description;
  alignTo(out, 4);
  return out;
}

} // namespace sockwalk::debug
