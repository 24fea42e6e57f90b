// The structures of a moment: which there are, their members with values, what a step wrote, and who wrote a member.
#include "engine/tell/position.h"
#include "engine/tell/structures/history.h"
#include "engine/tell/structures/structures.h"
#include "engine/tell/values.h"
#include "tests/support/walks.h"
#include <nlohmann/json.hpp>
#include <set>

using namespace sockwalk;

namespace {

// The first two sockets are the kernel's own, of ICMP and TCP.
const char* const Socket = "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n";

tell::StructureSubject named(const Playhead& at, const std::string& name) {
  const auto found = tell::structureNamed(at, name);
  EXPECT_TRUE(found) << (found ? "" : found.error().message);
  return found ? *found : tell::StructureSubject();
}
const tell::StructureMember* memberOf(const tell::StructureAt& s, const std::string& path) {
  for (const tell::StructureMember& m : s.members)
    if (m.path == path || m.path.ends_with("." + path)) return &m;
  ADD_FAILURE() << s.id << " has no " << path;
  return nullptr;
}
std::string valueOf(const tell::StructureAt& s, const std::string& path) {
  const tell::StructureMember* m = memberOf(s, path);
  return m ? tell::english(m->value) : "";
}
bool contains(const std::vector<std::string>& lines, const std::string& part) {
  return std::any_of(lines.begin(), lines.end(), [&](auto& line) { return line.find(part) != line.npos; });
}

struct TellStructures : ::testing::Test {
  std::unique_ptr<scenario::Session> session = tests::walkOfScript(Socket);
  Playhead at{session->journal()};
  TellStructures() { at.seek(session->journal().size()); }
};

TEST_F(TellStructures, WhatOnlyHoldsOthersIsToldByWhatItHolds) {
  const auto socket = named(at, "socket #1"), inode = named(at, "inode of socket #1");
  EXPECT_EQ(tell::subjectTitle(socket), "struct socket");
  EXPECT_EQ(tell::subjectTitle(inode), "struct inode");
  EXPECT_EQ(socket.object.name, "socket_alloc #1");
  EXPECT_TRUE(named(at, "socket_alloc #1").same(socket));
  EXPECT_EQ(tell::english(tell::subjectDetails(socket)),
            "128 bytes · 2 cache lines · in socket_alloc #1, slab cache sock_inode_cache");
}

TEST_F(TellStructures, AnObjectIsFoundAsAPersonTypesIt) {
  const auto sock = named(at, "tcp_sock #1");
  EXPECT_TRUE(named(at, "TCP_SOCK#1").same(sock));
  EXPECT_TRUE(named(at, hexText(Arena::addressOf(sock.base))).same(sock));
  EXPECT_EQ(tell::subjectTitle(named(at, "inet_stream_ops")), "struct proto_ops");
  EXPECT_EQ(tell::structureNamed(at, "tcp_sock #7").error().message,
            "nothing called 'tcp_sock #7' is alive at this moment; there is tcp_sock #1");
  EXPECT_EQ(tell::structureNamed(at, "giraffe #1").error().message,
            "nothing called 'giraffe #1' is alive at this moment");
}

TEST_F(TellStructures, MembersSayTheirValuesByName) {
  const auto s = tell::readStructure(at, named(at, "tcp_sock #1"), at.position());
  EXPECT_EQ(s.title, "struct tcp_sock");
  EXPECT_EQ(valueOf(s, "__sk_common.skc_family"), "AF_INET");
  EXPECT_EQ(valueOf(s, "__sk_common.skc_prot"), "tcp_prot");
  EXPECT_EQ(valueOf(s, "sk_socket"), "socket #12");
  EXPECT_EQ(memberOf(s, "__sk_common.skc_state")->macros, std::vector<std::string_view>{"sk_state"});
  EXPECT_EQ(memberOf(s, "sk_socket")->pointer, Arena::addressOf(named(at, "socket #12").base));
}

// The same number is another protocol in another family.
TEST_F(TellStructures, AProtocolIsNamedByItsFamily) {
  const LayoutInfo& layout = *layoutNamed("sock");
  const MemberInfo& protocol = *std::ranges::find(layout.members, "sk_protocol", &MemberInfo::name);
  EXPECT_EQ(valueText(at, layout, protocol, named(at, "tcp_sock #1").base), "IPPROTO_TCP");
  EXPECT_TRUE(valueText(at, layout, protocol, named(at, "netlink_sock #1").base).starts_with("NETLINK_"));
}

TEST_F(TellStructures, AStepMarksWhatItWroteAndNothingElse) {
  const auto sock = named(at, "socket #12");
  const Journal& j = at.journal();
  const u32 type = sock.base + 4;
  EventIndex written = 0;
  for (EventIndex i = sock.born; i < j.size() && !written; ++i)
    if (j[i].type == EventType::Write && j[i].where == type) written = i + 1;
  ASSERT_TRUE(written);
  at.seek(written);
  const auto s = tell::readStructure(at, sock, written - 1);
  for (const tell::StructureMember& m : s.members)
    EXPECT_EQ(m.change, m.path == "type" ? tell::RowChange::Changed : tell::RowChange::Untouched) << m.path;
  EXPECT_EQ(tell::lastWritten(at, written - 1, written), Arena::addressOf(type));
  EXPECT_TRUE(contains(lines(s), "SOCK_STREAM"));
}

TEST_F(TellStructures, AMembersHistoryNamesWritersAndValues) {
  const auto sock = named(at, "socket #12");
  const tell::StructureRows rows(sock);
  const auto way = rows.wayTo(4); // type
  ASSERT_EQ(way.size(), 1u);
  const auto member = rows.memberOf(*way[0]);
  const auto history = tell::writesOf(at.journal(), sock, member);
  ASSERT_GE(history.writes.size(), 2u);
  EXPECT_FALSE(history.cut);
  const auto& last = history.writes.back();
  Playhead past(at.journal());
  EXPECT_EQ(
      tell::english(tell::writeInWords(at.journal(), last, tell::writtenValue(past, member, last.event), "step 7")),
      "step 7  __sock_create  0 → SOCK_STREAM");
  const int now = static_cast<int>(history.writes.size()) - 1;
  EXPECT_EQ(history.madeValueAt(last.event + 1), now);
  EXPECT_EQ(history.madeValueAt(last.event), now - 1);
  EXPECT_EQ(history.madeValueAt(0), -1);
}

TEST_F(TellStructures, WhatDoesNotLiveSaysSo) {
  const auto sock = named(at, "tcp_sock #1");
  EXPECT_TRUE(tell::subjectFate(at.journal(), sock, at.position()).empty());
  EXPECT_EQ(tell::english(tell::subjectFate(at.journal(), sock, sock.born)),
            "At this moment it does not live yet: it is allocated at " +
                tell::english(tell::stepName(at.journal(), sock.born + 1, sock.born)) + ".");
}

// No byte of any structure is missing and none is there twice, but in unions.
TEST(TellStructureRows, OfEveryLayoutCoverItWithoutOverlap) {
  int structures = 0;
  for (const LayoutInfo& l : layouts()) {
    if (l.isUnion || l.members.empty() || !l.size) continue;
    tell::StructureSubject s;
    s.base = Arena::HeapBegin + 0x100000;
    s.layout = &l;
    s.size = l.size;
    const tell::StructureRows rows(s);
    u32 end = 0, unit = 0;
    for (const auto& row : rows.in(rows.root())) {
      if (row->kind == tell::RowKind::Border) continue;
      // Bit-fields share a storage unit.
      EXPECT_TRUE(row->offset < unit || row->offset == end) << l.name << " " << tell::english(rows.name(*row));
      unit = end = std::max(end, row->offset + row->size);
    }
    EXPECT_EQ(end, l.size) << l.name;
    ++structures;
  }
  EXPECT_GT(structures, 70);
}

class EveryWalk : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryWalk, ListsEachStructureOnceAndFindsItByItsName) {
  const auto session = tests::walkOf(GetParam());
  ASSERT_TRUE(session);
  Playhead at(session->journal());
  for (EventIndex moment : tests::someMoments(session->journal(), 2)) {
    at.seek(moment);
    const auto structures = tell::liveStructures(at);
    ASSERT_FALSE(structures.empty());
    std::set<std::string> ids, types;
    for (const tell::LiveStructure& s : structures) {
      EXPECT_TRUE(ids.insert(s.id).second) << s.id << " stands for two";
      EXPECT_LT(s.born, moment);
      if (!types.insert(s.type).second) continue; // to find each takes long
      const auto subject = named(at, s.id);
      EXPECT_EQ(Arena::addressOf(subject.base), s.address) << s.id;
      const auto whole = tell::readStructure(at, subject, moment - 1);
      EXPECT_EQ(whole.id, s.id);
      const nlohmann::json json = tell::json(whole);
      EXPECT_EQ(json["members"].size(), whole.members.size());
      EXPECT_EQ(json["address"], addressText(s.address));
    }
    EXPECT_EQ(tell::json(structures).size(), structures.size());
    EXPECT_EQ(lines(structures).size(), structures.size());
  }
}
INSTANTIATE_TEST_SUITE_P(TellStructures, EveryWalk, ::testing::ValuesIn(tests::exampleWalks(SOCKWALK_SOURCE_ROOT)),
                         [](auto& walk) {
                           std::string name = std::to_string(walk.index);
                           for (char c : walk.param.substr(std::string(SOCKWALK_SOURCE_ROOT).size()))
                             name += isalnum(static_cast<unsigned char>(c)) ? c : '_';
                           return name;
                         });

} // namespace
