// Members by their names and by their values, at a moment.
#include "engine/tell/structures/member_search.h"
#include "engine/tell/structures/structures.h"
#include "tests/support/walks.h"

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

class TellMemberSearch : public testing::Test {
protected:
  static const scenario::Session& session() {
    static const auto walk = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt");
    return *walk;
  }
  // Where a connection is established at both ends.
  TellMemberSearch() : at(session().journal()) {
    for (at.seek(0); at.position() < at.journal().size(); at.seek(at.position() + 500))
      if (findMembers(at, "sk_state = TCP_ESTABLISHED", 9).size() == 2) return;
    throw std::runtime_error("the walk has no connection");
  }
  std::vector<std::string> found(const std::string& wish, size_t limit = 100) const {
    std::vector<std::string> out;
    for (const FoundMember& m : findMembers(at, wish, limit))
      out.push_back(m.member + " of " + m.object + " = " + english(m.value));
    return out;
  }
  Playhead at;
};

TEST_F(TellMemberSearch, ByName) {
  const auto states = found("sk_state");
  ASSERT_GE(states.size(), 3u);
  for (const std::string& state : states) EXPECT_EQ(state.find("sk_state of "), 0u) << state;
  EXPECT_GE(found("skc_state").size(), states.size()) << "by its own name as well";
  EXPECT_TRUE(found("no_such_member").empty());
  EXPECT_EQ(found("sk_state", 2).size(), 2u);
}

TEST_F(TellMemberSearch, ByNameAndValue) {
  const auto established = found("sk_state = TCP_ESTABLISHED");
  ASSERT_EQ(established.size(), 2u);
  EXPECT_EQ(established, found("sk_state == tcp_established"));
  EXPECT_EQ(established, found("sk_state=1")) << "by its number";
  EXPECT_EQ(found("sk_state = TCP_LISTEN").size(), 1u);
  EXPECT_TRUE(found("sk_state = TCP_SYN_SENT").empty());
}

TEST_F(TellMemberSearch, ByValue) {
  const auto address = found("127.0.0.1");
  EXPECT_FALSE(address.empty());
  for (const std::string& m : address) EXPECT_NE(m.find("= 127.0.0.1"), std::string::npos) << m;
  const auto port = found("8080");
  EXPECT_FALSE(port.empty());
  EXPECT_TRUE(found("127.0.0").empty()) << "not typed to its end";
  EXPECT_TRUE(found("1").empty()) << "tells nothing";
}

TEST_F(TellMemberSearch, ByAPointer) {
  const auto subject = structureNamed(at, "tcp_sock #1");
  ASSERT_TRUE(subject);
  const auto pointers = found(addressText(Arena::addressOf(subject->base)));
  ASSERT_FALSE(pointers.empty());
  for (const std::string& m : pointers) EXPECT_NE(m.find("tcp_sock #1"), std::string::npos) << m;
}

TEST_F(TellMemberSearch, LeadsToTheMember) {
  for (const FoundMember& m : findMembers(at, "sk_state", 5)) {
    u8 state = 0;
    std::memcpy(&state, at.memory().at(static_cast<u32>(m.address)), 1);
    EXPECT_GE(state, 1);
    EXPECT_LE(state, 12);
  }
}

} // namespace
