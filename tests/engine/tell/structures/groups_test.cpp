// The groups of members, and the nesting that is told with them.
#include "engine/tell/classes/nesting.h"
#include "engine/tell/fields.h"
#include "engine/tell/structures/groups.h"
#include "tests/support/walks.h"
#include <cstring>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

using namespace sockwalk;
using namespace sockwalk::tell;

TEST(MemberGroups, HaveMembersOfTheirStructureEachOnce) {
  for (const std::string_view structure : groupedStructures()) {
    std::set<std::string_view> seen;
    for (const MemberGroup& group : memberGroups(structure)) {
      EXPECT_FALSE(english(group.name()).empty());
      for (const std::string_view path : group.members) {
        EXPECT_TRUE(fieldAt(structure, path)) << structure << "." << path;
        EXPECT_TRUE(seen.insert(path).second) << structure << "." << path << " is in two groups";
      }
    }
  }
}

namespace {

struct Nested {
  std::unique_ptr<scenario::Session> session =
      tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-between-two-hosts.pkt");
  Nesting at(EventIndex position) const {
    Playhead playhead(session->journal());
    playhead.seek(position);
    return readNesting(playhead, {position - 1, position});
  }
};

void eachBox(const NestedBox& box, const std::function<void(const NestedBox&, const NestedBox&)>& each) {
  for (const NestedBox& inner : box.inner) each(box, inner), eachBox(inner, each);
}

} // namespace

TEST(Nesting, BoxesLieWithinTheirBoxesAndApart) {
  const Nested nested;
  for (const EventIndex position : tests::someMoments(nested.session->journal(), 30)) {
    const Nesting told = nested.at(position);
    for (const auto* object : {&told.socket, &told.sock}) {
      if (!*object) continue;
      EXPECT_EQ((*object)->box.to + 1, (*object)->size);
      eachBox((*object)->box, [](const NestedBox& outer, const NestedBox& inner) {
        EXPECT_GE(inner.from, outer.from);
        EXPECT_LE(inner.to, outer.to);
        for (const NestedBox& other : outer.inner)
          EXPECT_TRUE(&other == &inner || other.to < inner.from || inner.to < other.from);
      });
    }
  }
}

TEST(Nesting, OfATcpSocketIsFiveTypesAtOneAddress) {
  const Nested nested;
  const Nesting told = nested.at(tests::shareOf(nested.session->journal(), 0.5));
  ASSERT_TRUE(told.sock);
  std::vector<std::string> types = {told.sock->box.type};
  for (const NestedBox* box = &told.sock->box; !box->inner.empty(); box = &box->inner.front()) {
    EXPECT_EQ(box->inner.front().from, 0u);
    types.push_back(box->inner.front().type);
  }
  EXPECT_EQ(types, (std::vector<std::string>{"tcp_sock", "inet_connection_sock", "inet_sock", "sock", "sock_common"}));
}

TEST(Nesting, ChainAndTieAreWhatMemoryHas) {
  const Nested nested;
  int tied = 0, chained = 0;
  for (const EventIndex position : tests::someMoments(nested.session->journal(), 60)) {
    const Nesting told = nested.at(position);
    tied += told.tied;
    if (told.chain.empty()) continue;
    ++chained;
    ASSERT_EQ(told.chain.size(), 5u);
    EXPECT_EQ(told.chain.front().type, "task_struct");
    EXPECT_EQ(told.chain.back().type, "dentry");
    Playhead playhead(nested.session->journal());
    playhead.seek(position);
    u64 inode;
    std::memcpy(&inode, playhead.object<u8>(told.chain.back().address + offsetIn("dentry", "d_inode")), 8);
    ASSERT_TRUE(told.socket);
    EXPECT_EQ(inode, told.socket->address + offsetIn("socket_alloc", "vfs_inode"));
  }
  EXPECT_GT(tied, 10);
  EXPECT_GT(chained, 10);
}
