// What the rows of a structure say at a moment.
#include "engine/journal/queries.h"
#include "engine/tell/structures/group_titles.h"
#include "engine/tell/structures/rows.h"
#include "engine/tell/values.h"
#include <algorithm>

namespace sockwalk::tell {

// "skb_put ×3, skb_push ×2": what the record calls with a buffer, from its birth on.
static Text functionsOn(const Playhead& at, const StructureSubject& buffer) {
  constexpr std::string_view Managing[] = {"skb_", "__skb_", "pskb_", "__pskb_", "kfree_skb", "consume_skb"};
  const Journal& j = at.journal();
  std::vector<std::pair<std::string_view, u32>> called;
  for (EventIndex i = buffer.born; i < std::min(at.position(), buffer.died); ++i) {
    if (j[i].type != EventType::Call || bufferOf(j, j[i]) != Arena::addressOf(buffer.base)) continue;
    const std::string_view name = j.function(j[i]).name;
    if (!std::ranges::any_of(Managing, [&](std::string_view begin) { return name.starts_with(begin); })) continue;
    const auto known = std::ranges::find(called, name, &std::pair<std::string_view, u32>::first);
    if (known == called.end()) called.emplace_back(name, 1);
    else ++known->second;
  }
  std::vector<Text> words;
  for (const auto& [name, times] : called)
    words.push_back(std::string(name) + (times > 1 ? " ×" + std::to_string(times) : ""));
  return Text::list(", ", words);
}

Text StructureRows::value(const Playhead& at, const StructureRow& row) const {
  if (row.kind == RowKind::Theme) return themeValue(at, row);
  if (!row.parent || !row.isMember()) return {};
  if (row.kind == RowKind::Group)
    return row.member.kind == MemberKind::Union ? say("these share %1 bytes", row.size) : Text();
  if (const u64 to = pointer(at, row)) return addressName(at, to);
  return valueText(at, *row.layout, row.member, m_subject.base + row.layoutOffset);
}

// How many members; of a buffer's functions, those that were called with it so far.
Text StructureRows::themeValue(const Playhead& at, const StructureRow& row) const {
  const Text count = row.rows.size() == 1 ? say("1 member") : say("%1 members", row.rows.size());
  if (row.theme != std::string_view(titles::Functions)) return count;
  if (m_calledAt != at.position()) m_called = functionsOn(at, m_subject), m_calledAt = at.position();
  return Text::list(" · ", {count, m_called});
}

u64 StructureRows::pointer(const Playhead& at, const StructureRow& row) const {
  const bool points = row.kind == RowKind::Member && row.layout && !row.member.array &&
                      (row.member.kind == MemberKind::Pointer || row.member.kind == MemberKind::Function);
  return points ? readUnsigned(at, row.member, m_subject.base + row.layoutOffset) : 0;
}

bool StructureRows::notZero(const Playhead& at, const StructureRow& row) const {
  if (!row.isMember()) return false;
  if (row.member.bits) return readUnsigned(at, row.member, m_subject.base + row.layoutOffset) != 0;
  const u8* p = at.memory().at(m_subject.base + row.offset);
  return std::any_of(p, p + row.size, [](u8 b) { return b != 0; });
}

RowChange StructureRows::change(const SubjectChanges& changes, const StructureRow& row) const {
  if (!row.isMember() || !changes.any(row.offset, row.size, false)) return RowChange::Untouched;
  const MemberInfo& m = row.member;
  if (m.bits) { // of a storage unit, only the field whose bits are others now
    u64 flipped = 0;
    for (u32 i = 0; i < row.size && i < 8; ++i) flipped |= u64(changes.flipped(row.offset + i)) << (8 * i);
    return flipped & (((1ull << m.bits) - 1) << m.bit) ? RowChange::Changed : RowChange::Untouched;
  }
  if (changes.any(row.offset, row.size, true)) return RowChange::Changed;
  return row.branch || row.kind == RowKind::Group ? RowChange::Untouched : RowChange::Written;
}

Text StructureRows::explanation(const Playhead& at, const StructureRow& row) const {
  const u64 address = Arena::addressOf(m_subject.base + row.offset);
  if (row.kind == RowKind::Hole)
    return say("%1 of no member: what comes next must begin at a multiple of its alignment.", bytes(row.size));
  if (row.kind == RowKind::Theme)
    return say("The kernel keeps these %1 members in other places; a reader thinks of them together.", row.rows.size());
  if (row.kind == RowKind::Border)
    return say("A new line of 64 bytes of the processor's cache begins here, at %1.", hexText(address));
  return explanationOfMember(at, row);
}

Text StructureRows::explanationOfMember(const Playhead& at, const StructureRow& row) const {
  const MemberInfo& m = row.member;
  const Text where = m.bits == 1 ? say("bit %1 of the %2 at %3", m.bit, bytes(row.size), row.offset)
                     : m.bits
                         ? say("bits %1 to %2 of the %3 at %4", m.bit, m.bit + m.bits - 1, bytes(row.size), row.offset)
                         : say("offset %1, %2", row.offset, bytes(row.size));
  std::vector<Text> lines{type(row) + " " + path(row),
                          say("%1, address %2", where, hexText(Arena::addressOf(m_subject.base + row.offset)))};
  std::vector<Text> names;
  for (std::string_view name : macros(row)) names.push_back(name);
  if (!names.empty()) lines.push_back(say("in the kernel's source: %1", Text::list(", ", names)));
  if (row.inUnion) lines.push_back(say("shares its bytes with the other members of the union"));
  if (const u64 to = pointer(at, row)) lines.push_back(say("points at %1: click to look there", hexText(to)));
  return Text::list("\n", lines);
}

} // namespace sockwalk::tell
