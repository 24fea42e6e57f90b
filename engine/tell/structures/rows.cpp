#include "engine/tell/structures/rows.h"
#include "engine/memory/macro_names.h"
#include "engine/tell/structures/groups.h"
#include "engine/tell/values.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

constexpr u32 LineSize = 64, MostElements = 256;

bool isGroup(const MemberInfo& m) { return m.kind == MemberKind::Union || m.kind == MemberKind::Aggregate; }
bool isAnonymous(const MemberInfo& m) { return !m.name.empty() && m.name[0] == '('; }

bool hasParts(const MemberInfo& m) {
  const LayoutInfo* inner = layoutNamed(m.target);
  return inner && !inner->members.empty() && !isOneNumber(*inner);
}

std::string bitsOf(const MemberInfo& m) {
  const std::string first = std::to_string(m.bit);
  return m.bits == 1 ? first : first + "–" + std::to_string(m.bit + m.bits - 1);
}

} // namespace

StructureRows::StructureRows(const StructureSubject& subject, RowOrder order)
    : m_subject(subject), m_root(std::make_unique<StructureRow>()) {
  m_root->built = true;
  if (!subject || !subject.layout) return;
  m_root->size = subject.size;
  m_root->branch = true;
  if (order == RowOrder::Groups && hasWholeGroups(*subject.layout)) {
    addThemes();
    return;
  }
  addMembers(*m_root, *subject.layout, 0, 0, subject.layout->members.size(), 0, subject.layout->isUnion);
}

// ---- building

StructureRow& StructureRows::add(StructureRow& into, RowKind kind, u32 offset, u32 size) const {
  auto row = std::make_unique<StructureRow>();
  row->kind = kind;
  row->parent = &into;
  row->index = static_cast<int>(into.rows.size());
  row->offset = offset;
  row->size = size;
  into.rows.push_back(std::move(row));
  return *into.rows.back();
}

// A border where a new cache line has begun since the row above.
void StructureRows::addBorder(StructureRow& into, u32 offset, u32& line) const {
  const u32 now = (m_subject.base + offset) / LineSize;
  if (now <= line) return;
  line = now;
  add(into, RowKind::Border, now * LineSize - m_subject.base, 0);
}

StructureRow& StructureRows::addMember(StructureRow& into, const LayoutInfo& layout, u32 layoutOffset, size_t index,
                                       size_t to, bool inUnion) const {
  const MemberInfo& m = layout.members[index];
  StructureRow& row = add(into, isGroup(m) ? RowKind::Group : RowKind::Member, layoutOffset + m.offset, m.size);
  row.member = m;
  row.layout = &layout;
  row.layoutOffset = layoutOffset;
  row.inUnion = inUnion;
  row.from = index + 1;
  for (row.to = row.from; row.to < to && layout.members[row.to].depth > m.depth;) ++row.to;
  row.branch = isBranch(row);
  return row;
}

void StructureRows::addMembers(StructureRow& into, const LayoutInfo& layout, u32 layoutOffset, size_t from, size_t to,
                               int depth, bool isUnion) const {
  u32 covered = into.offset, line = (m_subject.base + into.offset) / LineSize;
  for (size_t i = from; i < to; ++i) {
    const MemberInfo& m = layout.members[i];
    if (m.depth != depth) continue;
    const u32 offset = layoutOffset + m.offset;
    if (!m.size && !m.bits) continue; // markers such as __cloned_offset[0] take no room
    if (!isUnion && offset > covered) add(into, RowKind::Hole, covered, offset - covered);
    if (!isUnion) addBorder(into, offset, line);
    addMember(into, layout, layoutOffset, i, to, isUnion);
    covered = std::max(covered, offset + m.size);
  }
  const u32 end = into.offset + into.size;
  if (!isUnion && covered < end) add(into, RowKind::Hole, covered, end - covered);
}

void StructureRows::addThemes() {
  for (const WholeGroup& group : wholeGroups(*m_subject.layout)) {
    StructureRow& theme = add(*m_root, RowKind::Theme, 0, 0);
    theme.theme = group.title;
    theme.branch = theme.built = true;
    for (const GroupedMember& m : group.members)
      addMember(theme, *m.layout, m.layoutOffset, m.index, m.layout->members.size(), m.inUnion).holder = m.holder;
  }
}

void StructureRows::addElements(StructureRow& into) const {
  const MemberInfo& array = into.member;
  for (u32 i = 0; i < std::min(array.count, MostElements); ++i) {
    StructureRow& row = add(into, RowKind::Member, into.offset + i * array.each, array.each);
    row.member = array;
    row.member.array = false;
    row.member.size = array.each;
    row.member.offset = array.offset + i * array.each;
    row.member.count = 1;
    row.layout = into.layout;
    row.layoutOffset = into.layoutOffset;
    row.element = static_cast<int>(i);
    row.branch = isBranch(row);
  }
}

bool StructureRows::isBranch(const StructureRow& row) {
  const MemberInfo& m = row.member;
  if (row.kind == RowKind::Group) return row.to > row.from;
  if (m.bits) return false;
  if (m.array) return m.count > 1 && m.each > 1;
  return m.kind == MemberKind::Struct ? hasParts(m) : row.to > row.from && row.element < 0;
}

const std::vector<std::unique_ptr<StructureRow>>& StructureRows::in(StructureRow& row) const {
  if (row.built) return row.rows;
  row.built = true;
  if (!row.branch) return row.rows;
  const LayoutInfo* inner = row.member.kind == MemberKind::Struct ? layoutNamed(row.member.target) : nullptr;
  if (row.kind == RowKind::Member && row.member.array) addElements(row);
  else if (row.kind == RowKind::Member && inner)
    addMembers(row, *inner, row.offset, 0, inner->members.size(), 0, inner->isUnion);
  else
    addMembers(row, *row.layout, row.layoutOffset, row.from, row.to, row.member.depth + 1,
               row.member.kind == MemberKind::Union);
  return row.rows;
}

// ---- looking up

// The first row of memory's order that covers a byte; among groups the smallest, for a name of a stretch ("headers") covers
// many others.
StructureRow* StructureRows::covering(StructureRow& parent, u32 offset) const {
  StructureRow* best = nullptr;
  for (const auto& row : in(parent)) {
    StructureRow* const at = row->kind == RowKind::Theme ? covering(*row, offset) : row.get();
    if (!at || !at->isMember() || offset < at->offset || offset >= at->offset + at->size) continue;
    const bool among = parent.kind == RowKind::Theme || row->kind == RowKind::Theme;
    if (!best || (among && at->size < best->size)) best = at;
  }
  return best;
}

std::vector<StructureRow*> StructureRows::wayTo(u32 offset) const {
  std::vector<StructureRow*> way;
  for (StructureRow* at = m_root.get(); at;) {
    at = covering(*at, offset);
    if (at && at->parent->kind == RowKind::Theme) way.push_back(at->parent);
    if (at) way.push_back(at);
  }
  return way;
}

std::vector<StructureRow*> StructureRows::wayTo(const SubjectChanges& changes) const {
  if (changes.last == NoEvent) return {};
  std::vector<StructureRow*> way = wayTo(changes.firstOffset);
  if (way.empty()) return way;
  for (const auto& row : in(*way.back()->parent))
    if (row->member.bits && change(changes, *row) == RowChange::Changed && changes.firstOffset >= row->offset &&
        changes.firstOffset < row->offset + row->size) {
      way.back() = row.get();
      break;
    }
  return way;
}

// ---- what a row is

Text StructureRows::name(const StructureRow& row) const {
  if (row.kind == RowKind::Theme) return say(TableWords{row.theme});
  if (row.kind == RowKind::Hole)
    return row.offset + row.size == m_subject.size ? say("padding, %1", bytes(row.size))
                                                   : say("hole, %1", bytes(row.size));
  if (row.kind == RowKind::Border)
    return say("cache line %1", (m_subject.base + row.offset) / LineSize - m_subject.base / LineSize);
  if (row.element >= 0) return "[" + std::to_string(row.element) + "]";
  if (!isAnonymous(row.member)) return row.member.name;
  return row.member.kind == MemberKind::Union ? say("(union)") : say("(struct)");
}

std::string StructureRows::path(const StructureRow& row) const {
  if (row.kind == RowKind::Theme) return row.theme;
  std::string out;
  for (const StructureRow* at = &row; at && at->parent && at->kind != RowKind::Theme; at = at->parent) {
    if (!at->holder.empty() && (at->kind == RowKind::Member || !isAnonymous(at->member)))
      return at->holder + '.' + std::string(at->member.name) + (out.empty() || out[0] == '[' ? "" : ".") + out;
    if (at->kind != RowKind::Member && isAnonymous(at->member)) continue;
    const char* dot = out.empty() || out[0] == '[' ? "" : ".";
    const std::string own = at->element >= 0 ? "[" + std::to_string(at->element) + "]" : std::string(at->member.name);
    out = own + dot + out;
  }
  return out;
}

std::string StructureRows::type(const StructureRow& row) const {
  if (!row.isMember()) return {};
  std::string type(row.member.type);
  if (row.element >= 0) type = type.substr(0, type.find('[')); // of one of them
  return row.member.bits ? type + " : " + std::to_string(row.member.bits) : type;
}

std::string StructureRows::place(const StructureRow& row) const {
  if (row.kind == RowKind::Theme) return {};
  const std::string offset = std::to_string(row.offset);
  return row.member.bits && row.kind == RowKind::Member ? offset + ":" + bitsOf(row.member) : offset;
}

Text StructureRows::room(const StructureRow& row) const {
  if (row.kind == RowKind::Border || row.kind == RowKind::Theme) return {};
  return row.member.bits ? say("%1 b", row.member.bits) : Text(row.size);
}

MemberPlace StructureRows::memberOf(const StructureRow& row) const {
  if (!row.parent || !row.isMember()) return {};
  return {row.layout, row.member, m_subject.base + row.layoutOffset};
}

std::vector<std::string_view> StructureRows::macros(const StructureRow& row) const {
  if (row.kind == RowKind::Member && !row.holder.empty())
    return macrosFor(std::string_view(row.holder).substr(row.holder.rfind('.') + 1), row.member.name);
  const StructureRow* holder = row.parent;
  while (holder && (holder->kind == RowKind::Theme || holder->kind == RowKind::Group || isAnonymous(holder->member)))
    holder = holder->parent;
  if (row.kind != RowKind::Member || row.element >= 0 || !holder) return {};
  return macrosFor(holder->member.name, row.member.name);
}

} // namespace sockwalk::tell
