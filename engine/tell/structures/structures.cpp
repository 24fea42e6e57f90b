#include "engine/tell/structures/structures.h"
#include "engine/journal/queries.h"
#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace sockwalk::tell {

std::vector<LiveStructure> liveStructures(const Playhead& at) {
  std::vector<LiveStructure> out;
  for (const Allocation* a : liveAt(at.journal(), at.position()))
    for (const StructureSubject& s : subjectsOf(at, a->offset))
      out.push_back({subjectName(at, s), std::string(sockwalk::plainName(s.layout->name)), Arena::addressOf(s.base),
                     s.size, s.cache, s.born});
  return out;
}

namespace {

// As a person types it: "TCP_SOCK#1" is "tcp_sock #1".
std::string plainName(const std::string& name) {
  std::string out;
  for (char c : name)
    if (!std::isspace(static_cast<unsigned char>(c)))
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

Error nothingNamed(const Playhead& at, const std::string& name) {
  constexpr int Most = 6;
  const std::string type = plainName(name.substr(0, name.find('#')));
  std::string others;
  int found = 0;
  for (const LiveStructure& s : liveStructures(at)) {
    if (plainName(s.id.substr(0, s.id.find('#'))) != type && s.type != type) continue;
    if (++found <= Most) others += (others.empty() ? "" : ", ") + s.id;
  }
  if (found > Most) others += " and " + std::to_string(found - Most) + " more";
  const std::string nothing = "nothing called '" + name + "' is alive at this moment";
  return Error{others.empty() ? nothing : nothing + "; there is " + others};
}

} // namespace

Result<StructureSubject> structureNamed(const Playhead& at, const std::string& name) {
  u64 address = name.starts_with("0x") ? std::strtoull(name.c_str(), nullptr, 16) : 0;
  if (const DataSymbol* d = Symbols::get().dataNamed(name)) address = Arena::addressOf(d->offset);
  if (const StructureSubject s = subjectAt(at, address)) return s;
  const std::string wanted = plainName(name);
  for (const Allocation* a : liveAt(at.journal(), at.position())) {
    for (const StructureSubject& s : subjectsOf(at, a->offset))
      if (plainName(subjectName(at, s)) == wanted) return s;
    // What only holds others is known by its own name, too, and plain bytes have no other.
    if (plainName(objectOf(*a).name) == wanted) return subjectAt(at, Arena::addressOf(a->offset));
  }
  return nothingNamed(at, name);
}

static void addRows(StructureAt& out, const Playhead& at, const StructureRows& rows, StructureRow& parent,
                    const SubjectChanges& changes, int depth) {
  for (const auto& row : rows.in(parent)) {
    StructureMember m;
    m.kind = row->kind;
    m.depth = depth;
    m.name = rows.name(*row);
    m.path = row->isMember() ? rows.path(*row) : "";
    m.type = rows.type(*row);
    m.offset = row->offset;
    m.size = row->size;
    m.bit = row->member.bit;
    m.bits = row->member.bits;
    m.place = rows.place(*row);
    m.inUnion = row->inUnion;
    m.macros = rows.macros(*row);
    m.value = rows.value(at, *row);
    m.pointer = rows.pointer(at, *row);
    m.change = rows.change(changes, *row);
    out.members.push_back(std::move(m));
    if (row->branch) addRows(out, at, rows, *row, changes, depth + 1);
  }
}

StructureAt readStructure(const Playhead& at, const StructureSubject& subject, EventIndex from, RowOrder order) {
  StructureAt out{subjectName(at, subject),
                  subjectTitle(subject),
                  subjectDetails(subject),
                  subjectFate(at.journal(), subject, at.position()),
                  subject,
                  {}};
  const StructureRows rows(subject, order);
  addRows(out, at, rows, rows.root(), changesBetween(at.journal(), subject, from, at.position()), 0);
  return out;
}

// ---- as text

static std::string padded(std::string text, size_t width) {
  // Of UTF-8, only the first byte of a letter takes room.
  const auto letters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
  if (const auto seen = static_cast<size_t>(letters); seen < width) text.append(width - seen, ' ');
  return text;
}

std::vector<std::string> lines(const std::vector<LiveStructure>& structures) {
  std::vector<std::string> out;
  out.reserve(structures.size());
  for (const LiveStructure& s : structures)
    out.push_back(padded(s.id, 28) + "  " + padded("struct " + s.type, 28) + "  " + addressText(s.address) + "  " +
                  spoken(say("%1 bytes, slab cache %2, born at event %3", s.size, s.cache, s.born + 1)));
  return out;
}

static std::string lineOf(const StructureMember& m) {
  if (m.kind == RowKind::Theme) return spoken(m.name) + "  " + spoken(m.value);
  const std::string size = m.bits ? std::to_string(m.bits) + " b" : std::to_string(m.size);
  std::string line = padded(m.place, 9) + padded(m.kind == RowKind::Border ? "" : size, 6) +
                     padded(std::string(static_cast<size_t>(2 * m.depth), ' ') + spoken(m.name), 36);
  if (!m.isMember()) return line;
  line += "  " + padded(spoken(m.value), 28) + "  " + m.type;
  if (m.change == RowChange::Changed) line += "  " + spoken(say("changed"));
  if (m.change == RowChange::Written) line += "  " + spoken(say("written"));
  return line;
}

std::vector<std::string> lines(const StructureAt& s) {
  std::vector<std::string> out{s.id + ": " + s.title, spoken(s.details),
                               spoken(say("address %1", addressText(Arena::addressOf(s.subject.base))))};
  if (!s.fate.empty()) out.push_back(spoken(s.fate));
  for (const StructureMember& m : s.members) {
    std::string line = lineOf(m);
    line.erase(line.find_last_not_of(' ') + 1);
    out.push_back(std::move(line));
  }
  return out;
}

} // namespace sockwalk::tell
