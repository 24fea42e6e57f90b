#include "engine/debug/symbol_file.h"
#include "engine/debug/c_types.h"
#include "engine/debug/elf_file.h"
#include "engine/journal/era_of.h"
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include <algorithm>
#include <elf.h>

namespace sockwalk::debug {

namespace {

constexpr u8 OpAddress = 0x03;
constexpr u64 LanguageC99 = 0x0c;

// The parts of the arena in which something may have a name. Sections without bytes: memory is in the core.
enum Room : u16 { Text = 1, Data, Heap, Rooms = Heap };
struct RoomPlace {
  const char* name;
  u64 flags, begin, end;
};
std::array<RoomPlace, Rooms> roomsOf(const Functions& functions) {
  return {
      {{".text", SHF_ALLOC | SHF_EXECINSTR, functions.begin(), functions.end()},
       {".data", SHF_ALLOC | SHF_WRITE, Arena::addressOf(Arena::DataBegin), Arena::addressOf(Arena::DataEnd - 1) + 1},
       {".heap", SHF_ALLOC | SHF_WRITE, Arena::addressOf(Arena::HeapBegin), Arena::addressOf(Arena::HeapEnd - 1) + 1}}};
}
u16 roomOf(u64 address) { return static_cast<u32>(address) >= Arena::DataBegin ? Data : Heap; }

// "tcp_sock #1", "sk_buff #7/2": tcp_sock_1, sk_buff_7_2.
std::string asIdentifier(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool letter = std::isalnum(static_cast<unsigned char>(c));
    if (letter || out.empty() || out.back() != '_') out += letter ? c : '_';
  }
  return out;
}

Die unitOf(DwarfTree& tree, const Functions& functions) {
  tree.text(UnitDie, At::Producer, "sockwalk");
  tree.number(UnitDie, At::Language, LanguageC99);
  tree.text(UnitDie, At::Name, "kernel");
  tree.text(UnitDie, At::CompilationFolder, ".");
  tree.address(UnitDie, At::LowPc, functions.begin());
  tree.number(UnitDie, At::HighPc, functions.end() - functions.begin());
  tree.offset(UnitDie, At::StatementList, 0);
  return UnitDie;
}

void writeVariable(DwarfTree& tree, CTypes& types, const NamedObject& object) {
  Die type = object.type.empty() ? types.plain(object.size) : types.structure(object.type);
  if (object.count > 1) type = types.array(type, object.count);
  const Die die = tree.add(UnitDie, Tag::Variable, object.name);
  tree.type(die, type);
  tree.flag(die, At::External);
  std::string place(1, static_cast<char>(OpAddress));
  putBytes(place, object.address, 8);
  tree.expression(die, At::Location, place);
}

std::vector<ElfSymbol> symbolsOf(const Functions& functions, std::span<const NamedObject> objects) {
  std::vector<ElfSymbol> out;
  for (const Function& f : functions.all())
    out.push_back({std::string(f.name), true, Text, f.entry, Functions::EntrySize});
  for (const NamedObject& o : objects)
    out.push_back({o.name, false, roomOf(o.address), o.address, u64{o.size} * o.count});
  return out;
}

} // namespace

Result<void> hasSymbols(const Journal& journal) {
  if (eraOf(journal) == Era::Linux61) return {};
  return Error{"debuggers are told of the Linux of 6.1 only, and this walk is of 2.6"};
}

std::vector<NamedObject> globals(Era era) {
  std::vector<NamedObject> out;
  for (const DataSymbol* d : Symbols::get().data())
    if (d->era == era) out.push_back({std::string(d->name), Arena::addressOf(d->offset), d->size, d->count, d->type});
  return out;
}

std::vector<NamedObject> liveObjects(const Playhead& at) {
  std::vector<NamedObject> out;
  for (const Allocation* a : liveAt(at.journal(), at.position())) {
    const ObjectRef object = objectAt(at, Arena::addressOf(a->offset));
    if (!object) continue;
    const LayoutInfo* layout = layoutOf(object.type);
    out.push_back({asIdentifier(object.name), object.address(), layout ? layout->size : object.size, 1,
                   layout ? layout->name : std::string_view()});
  }
  return out;
}

std::string symbolFile(const Functions& functions, std::span<const NamedObject> objects) {
  DwarfTree tree;
  unitOf(tree, functions);
  CTypes types(tree);
  FunctionSections code = writeFunctions(tree, types, functions);
  for (const NamedObject& object : objects) writeVariable(tree, types, object);
  DwarfTree::Sections dwarf = tree.sections();

  std::vector<ElfSegment> segments;
  std::vector<ElfSection> sections;
  for (const RoomPlace& room : roomsOf(functions)) {
    const u32 allowed = room.flags & SHF_EXECINSTR ? PF_R | PF_X : PF_R | PF_W;
    segments.push_back({.type = PT_LOAD, .flags = allowed, .address = room.begin, .size = room.end - room.begin});
    sections.push_back({.name = room.name,
                        .type = SHT_NOBITS,
                        .flags = room.flags,
                        .address = room.begin,
                        .size = room.end - room.begin});
  }
  const auto symbols = symbolsOf(functions, objects);
  for (ElfSection& s : symbolSections(symbols, Rooms + 1)) sections.push_back(std::move(s));
  sections.push_back({.name = ".debug_info", .type = SHT_PROGBITS, .bytes = std::move(dwarf.info)});
  sections.push_back({.name = ".debug_abbrev", .type = SHT_PROGBITS, .bytes = std::move(dwarf.abbreviations)});
  sections.push_back({.name = ".debug_line", .type = SHT_PROGBITS, .bytes = std::move(code.lines)});
  sections.push_back({.name = ".debug_ranges", .type = SHT_PROGBITS, .bytes = std::move(code.ranges)});
  sections.push_back({.name = ".debug_frame", .type = SHT_PROGBITS, .bytes = std::move(code.frames)});
  return elfFile(ET_EXEC, segments, sections);
}

} // namespace sockwalk::debug
