#include "engine/tell/structures/compare.h"
#include "engine/journal/queries.h"
#include "engine/tell/position.h"
#include "engine/tell/structures/history.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstring>
#include <functional>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

// What a structure is, and what it begins with: tcp_sock, inet_connection_sock, inet_sock, sock, sock_common.
std::vector<const LayoutInfo*> chainOf(const LayoutInfo* layout) {
  std::vector<const LayoutInfo*> out;
  while (layout && std::ranges::find(out, layout) == out.end()) {
    out.push_back(layout);
    if (layout->members.empty()) break;
    const MemberInfo& first = layout->members.front();
    layout = first.kind == MemberKind::Struct && !first.array ? layoutNamed(first.target) : nullptr;
  }
  return out;
}

// One side, read at its moment.
class Side {
public:
  Side(const ComparedAt& side, const LayoutInfo& layout)
      : m_at(*side.at), m_subject(side.subject), m_rows(as(side.subject, layout)) {}
  const StructureRows& rows() const { return m_rows; }

  // The bits of a member. A pointer into the object itself is told by where it leads there: empty lists are alike.
  std::vector<u8> bytes(const StructureRow& row) const {
    u64 number = row.member.bits ? readUnsigned(m_at, row.member, m_subject.base + row.layoutOffset) : 0;
    if (const u64 to = m_rows.pointer(m_at, row); to && m_subject.covers(static_cast<u32>(to)))
      number = static_cast<u32>(to) - m_subject.base + 1;
    if (row.member.bits || number) {
      std::vector<u8> out(sizeof number);
      std::memcpy(out.data(), &number, sizeof number);
      return out;
    }
    const u8* begin = m_at.memory().at(m_subject.base + row.offset);
    return {begin, begin + row.size};
  }
  ComparedValue value(const StructureRow& row) const { return {m_rows.value(m_at, row), false, NoEvent, {}}; }

private:
  static StructureSubject as(StructureSubject subject, const LayoutInfo& layout) {
    subject.layout = &layout;
    subject.size = layout.size;
    return subject;
  }
  const Playhead& m_at;
  const StructureSubject m_subject;
  const StructureRows m_rows;
};

// Both sides have the same rows.
void compareRows(Comparison& out, const Side& left, const Side& right, StructureRow& l, StructureRow& r) {
  const auto &mine = left.rows().in(l), &others = right.rows().in(r);
  for (size_t i = 0, k = 0; i < mine.size() && k < others.size(); ++i, ++k) {
    // Where cache lines begin is each object's own matter.
    while (i < mine.size() && !mine[i]->isMember()) ++i;
    while (k < others.size() && !others[k]->isMember()) ++k;
    if (i >= mine.size() || k >= others.size()) return;
    StructureRow &a = *mine[i], &b = *others[k];
    if (a.branch) {
      compareRows(out, left, right, a, b);
      continue;
    }
    ComparedMember m{left.rows().path(a), left.rows().type(a), left.rows().macros(a), a.offset, a.size, {}, false,
                     left.value(a),       right.value(b)};
    m.place = {a.layout, a.member, a.layoutOffset};
    m.differs = left.bytes(a) != right.bytes(b);
    out.differing += m.differs;
    out.members.push_back(std::move(m));
  }
}

} // namespace

const LayoutInfo* commonLayout(const LayoutInfo* left, const LayoutInfo* right) {
  const auto others = chainOf(right);
  for (const LayoutInfo* layout : chainOf(left))
    if (std::ranges::find(others, layout) != others.end()) return layout;
  return nullptr;
}

Result<Comparison> compareValues(const ComparedAt& left, const ComparedAt& right) {
  Comparison out;
  out.left = subjectName(*left.at, left.subject);
  out.right = subjectName(*right.at, right.subject);
  const LayoutInfo* common = commonLayout(left.subject.layout, right.subject.layout);
  if (!common)
    return Error{out.left + " and " + out.right + " have no member in common: one is a " + subjectTitle(left.subject) +
                 ", the other a " + subjectTitle(right.subject)};
  out.type = common->name;
  const Journal& journal = left.at->journal();
  out.leftMoment = stepName(journal, left.at->position(), NoEvent);
  out.rightMoment = stepName(journal, right.at->position(), NoEvent);
  const Side one(left, *common), other(right, *common);
  compareRows(out, one, other, one.rows().root(), other.rows().root());
  return out;
}

// ---- who wrote them

ComparedWriters::ComparedWriters(const ComparedAt& left, const ComparedAt& right, const Comparison& comparison) {
  std::vector<size_t> open;
  for (size_t i = 0; i < comparison.members.size(); ++i)
    if (comparison.members[i].differs) open.push_back(i);
  const auto side = [&](const ComparedAt& of, ComparedValue ComparedMember::*value) {
    return Side{&of.at->journal(), of.subject, std::min({of.at->position(), of.subject.died, of.at->journal().size()}),
                value, open};
  };
  m_sides[0] = side(left, &ComparedMember::left);
  m_sides[1] = side(right, &ComparedMember::right);
}

bool ComparedWriters::advance(Comparison& comparison, EventIndex events) {
  for (Side& side : m_sides) advance(side, comparison, events);
  return std::ranges::all_of(m_sides, [](const Side& side) { return side.open.empty(); });
}

void ComparedWriters::advance(Side& side, Comparison& comparison, EventIndex events) {
  const EventIndex born = side.subject.born;
  for (EventIndex looked = 0; !side.open.empty() && side.next > born && looked < events;) {
    const Stretch stretch = stretchAt(*side.journal, side.next - 1, side.subject.base, side.subject.size);
    const EventIndex from = std::max(born, stretch.from);
    if (!stretch.quiet) {
      const auto writes = writesInto(*side.journal, side.subject.base, side.subject.size, from, side.next);
      for (size_t i = writes.size(); i-- > 0 && !side.open.empty();) settle(side, comparison, writes[i]);
      looked += side.next - from;
    }
    side.next = from;
  }
  if (side.next > born) return;
  for (const size_t never : side.open) (comparison.members[never].*side.value).sought = true;
  side.open.clear();
}

// Those whose value this event wrote are known.
void ComparedWriters::settle(Side& side, Comparison& comparison, EventIndex event) {
  std::erase_if(side.open, [&](size_t member) {
    MemberPlace place = comparison.members[member].place;
    place.base += side.subject.base;
    if (touchOf(*side.journal, event, place) == Touch::None) return false;
    comparison.members[member].*
        side.value = {(comparison.members[member].*side.value).value, true, event, writerOf(*side.journal, event)};
    return true;
  });
}

Result<Comparison> compareStructures(const ComparedAt& left, const ComparedAt& right) {
  Result<Comparison> out = compareValues(left, right);
  if (!out) return out;
  ComparedWriters writers(left, right, *out);
  while (!writers.advance(*out, 1 << 20)) {}
  return out;
}

Text comparisonSummary(const Comparison& c) {
  if (!c.differing) return say("All %1 members are alike.", c.members.size());
  return c.differing == 1 ? say("1 of %1 members differs.", c.members.size())
                          : say("%1 of %2 members differ.", c.differing, c.members.size());
}

static std::string writerText(const ComparedValue& v) {
  return " (" + spoken(v.written == NoEvent ? say("never written") : say("%1 at event %2", v.writer, v.written + 1)) +
         ")";
}

std::vector<std::string> lines(const Comparison& c, bool all) {
  std::vector<std::string> out{spoken(say("%1 at %2", c.left, c.leftMoment)) + "  ↔  " +
                                   spoken(say("%1 at %2", c.right, c.rightMoment)),
                               "struct " + c.type + ": " + spoken(comparisonSummary(c))};
  for (const ComparedMember& m : c.members) {
    if (!m.differs && !all) continue;
    std::string line = std::string(m.differs ? "≠ " : "  ") + m.path + ": " + spoken(m.left.value);
    if (m.differs) line += writerText(m.left) + " ↔ " + spoken(m.right.value) + writerText(m.right);
    out.push_back(std::move(line));
  }
  return out;
}

static nlohmann::json json(const ComparedValue& value) {
  nlohmann::json out{{"value", english(value.value)}};
  if (value.written != NoEvent) {
    out["written_by"] = english(value.writer);
    out["written_at_event"] = value.written + 1;
  }
  return out;
}

nlohmann::json json(const Comparison& c, bool all) {
  nlohmann::json members = nlohmann::json::array();
  for (const ComparedMember& m : c.members)
    if (m.differs || all)
      members.push_back({{"path", m.path},
                         {"type", m.type},
                         {"offset", m.offset},
                         {"size", m.size},
                         {"differs", m.differs},
                         {"left", json(m.left)},
                         {"right", json(m.right)}});
  return {{"type", c.type},
          {"left", {{"id", c.left}, {"moment", english(c.leftMoment)}}},
          {"right", {{"id", c.right}, {"moment", english(c.rightMoment)}}},
          {"members_compared", c.members.size()},
          {"differing", c.differing},
          {"members", std::move(members)}};
}

} // namespace sockwalk::tell
