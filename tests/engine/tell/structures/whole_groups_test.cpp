// Every member of a large structure is in one group, and in one only.
#include "engine/memory/structures.h"
#include "engine/tell/structures/groups.h"
#include "engine/tell/structures/structures.h"
#include "tests/support/walks.h"
#include <map>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

std::vector<const LayoutInfo*> groupedLayouts() {
  std::vector<const LayoutInfo*> out;
  for (const LayoutInfo& layout : layouts())
    if (hasWholeGroups(layout)) out.push_back(&layout);
  return out;
}

StructureSubject subjectOf(const LayoutInfo& layout) {
  StructureSubject subject;
  subject.base = Arena::HeapBegin;
  subject.layout = &layout;
  subject.size = layout.size;
  return subject;
}

// The members in the order of memory: what has no name of its own is told by what is in it, and so is a structure that has
// groups (a sock in an inet_sock). Of each path, the bytes and bits.
using Places = std::map<std::string, std::string>;

bool isGrouped(const MemberInfo& m) {
  const LayoutInfo* inner = m.kind == MemberKind::Struct && !m.array ? layoutNamed(m.target) : nullptr;
  return inner && hasWholeGroups(*inner);
}

void addNamed(const StructureRows& rows, StructureRow& parent, Places& out) {
  for (const auto& row : rows.in(parent)) {
    if (!row->isMember()) continue;
    if (row->member.name.starts_with('(') || isGrouped(row->member)) {
      addNamed(rows, *row, out);
      continue;
    }
    EXPECT_TRUE(out.emplace(rows.path(*row), rows.place(*row)).second) << rows.path(*row);
  }
}

} // namespace

TEST(WholeGroups, HoldEveryMemberExactlyOnce) {
  size_t members = 0;
  for (const LayoutInfo* layout : groupedLayouts()) {
    SCOPED_TRACE(layout->name);
    const StructureSubject subject = subjectOf(*layout);
    const StructureRows memory(subject, RowOrder::Memory), groups(subject, RowOrder::Groups);
    Places named, grouped;
    addNamed(memory, memory.root(), named);
    for (const auto& theme : groups.in(groups.root())) {
      ASSERT_EQ(theme->kind, RowKind::Theme);
      EXPECT_FALSE(groups.in(*theme).empty());
      for (const auto& row : groups.in(*theme))
        EXPECT_TRUE(grouped.emplace(groups.path(*row), groups.place(*row)).second)
            << groups.path(*row) << " is in two groups";
    }
    EXPECT_EQ(grouped, named);
    members += grouped.size();
  }
  EXPECT_GT(members, 800u);
}

TEST(WholeGroups, AreOfSocketsAndBuffersAndOfNothingElse) {
  for (const char* name : {"sock", "inet_sock", "inet_connection_sock", "tcp_sock", "udp_sock", "raw_sock", "sk_buff"})
    EXPECT_TRUE(hasWholeGroups(*layoutNamed(name))) << name;
  for (const char* name : {"socket", "inode", "net_device"}) EXPECT_FALSE(hasWholeGroups(*layoutNamed(name))) << name;
}

TEST(WholeGroups, LeaveNoMemberOfTheirTablesOver) {
  for (const std::string_view structure : wholeGroupedStructures()) {
    EXPECT_EQ(unknownMembers(structure), std::vector<std::string>()) << structure;
    for (const WholeGroup& group : wholeGroups(*layoutNamed(structure)))
      EXPECT_NE(english(group.name()), "others")
          << structure << ": " << group.members.size() << " members, "
          << group.members.front().layout->members[group.members.front().index].name;
  }
}

TEST(WholeGroups, NameAMemberShortly) {
  EXPECT_EQ(memberOwn("inet_conn.icsk_inet.sk.__sk_common.skc_refcnt.refs.counter"), "skc_refcnt");
  EXPECT_EQ(memberOwn("inet.sk.sk_receive_queue.qlen"), "sk_receive_queue.qlen");
  EXPECT_EQ(memberOwn("len"), "len");
}

TEST(WholeGroups, SayOfABufferWhichFunctionsHadIt) {
  const auto session = tests::walkOf(SOCKWALK_SOURCE_ROOT "/lessons/10-sk-buff/scenario.pkt");
  Playhead at(session->journal());
  at.seek(tests::shareOf(at.journal(), 0.75));
  for (const LiveStructure& live : liveStructures(at)) {
    if (live.type != "sk_buff") continue;
    const auto told = readStructure(at, subjectAt(at, live.address), at.position() - 1, RowOrder::Groups);
    for (const StructureMember& m : told.members) {
      if (m.kind != RowKind::Theme || english(m.name) != "functions") continue;
      EXPECT_NE(english(m.value).find("skb_put"), std::string::npos) << english(m.value);
      return;
    }
  }
  ADD_FAILURE() << "the walk has no buffer there";
}

// A byte's way leads to the same member, whichever the order.
TEST(WholeGroups, LeadToTheSameMemberAsMemoryDoes) {
  for (const char* name : {"tcp_sock", "udp_sock", "sk_buff"}) {
    const StructureSubject subject = subjectOf(*layoutNamed(name));
    const StructureRows memory(subject, RowOrder::Memory), groups(subject, RowOrder::Groups);
    size_t compared = 0;
    for (u32 offset = 0; offset < subject.size; ++offset) {
      const auto one = memory.wayTo(offset), other = groups.wayTo(offset);
      const bool padding = one.empty() || one.back()->member.name.starts_with('(') || isGrouped(one.back()->member);
      if (padding) continue;
      ASSERT_FALSE(other.empty()) << name << " byte " << offset;
      const StructureRow &a = *one.back(), &b = *other.back();
      EXPECT_TRUE(offset >= b.offset && offset < b.offset + b.size) << groups.path(b);
      const bool inUnion =
          std::ranges::any_of(one, [](const StructureRow* row) { return row->inUnion; }); // any of them
      if (!inUnion && !a.member.bits && b.size == a.size) {
        EXPECT_EQ(memory.path(a), groups.path(b)) << name << " byte " << offset;
        ++compared;
      }
    }
    EXPECT_GT(compared, subject.size / 3);
  }
}
