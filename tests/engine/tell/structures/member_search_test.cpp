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

// ---- bytes, pointers, and all of memory piece by piece
namespace {

TEST(BytesIn, ReadsPairsOfDigitsAndQuotedText) {
  EXPECT_EQ(bytesIn("47 45 54"), (std::vector<u8>{0x47, 0x45, 0x54}));
  EXPECT_EQ(bytesIn("de:AD"), (std::vector<u8>{0xde, 0xad}));
  EXPECT_EQ(bytesIn("\"GET\""), (std::vector<u8>{'G', 'E', 'T'}));
  for (const char* other :
       {"", "47", "4745", "8080", "47 4", "47 45 ", "47  45", "zz zz", "10.0.0.1", "\"\"", "sk_state"})
    EXPECT_TRUE(bytesIn(other).empty()) << other;
}

TEST_F(TellMemberSearch, APieceAtATimeFindsWhatIsFoundAtOnce) {
  for (const char* wish : {"8080", "127.0.0.1", "sk_state", "1f 90", "tcp_sock #1"}) {
    MemberSearch search(at, wish, 500);
    double progress = -1;
    int pieces = 0;
    for (; !search.atEnd(); ++pieces) {
      EXPECT_LT(search.progress(), 1);
      EXPECT_GE(search.progress(), progress);
      progress = search.progress();
      search.advance(4096);
    }
    EXPECT_EQ(search.progress(), 1);
    EXPECT_GT(pieces, 10);
    const auto atOnce = findMembers(at, wish, 500);
    ASSERT_EQ(search.found().size(), atOnce.size()) << wish;
    for (size_t i = 0; i < atOnce.size(); ++i) EXPECT_EQ(search.found()[i].address, atOnce[i].address);
  }
}

TEST_F(TellMemberSearch, BytesAreFoundWhereTheyLie) {
  const auto places = findMembers(at, "1f 90", 500); // port 8080 in network byte order
  ASSERT_FALSE(places.empty());
  bool inMember = false;
  for (const FoundMember& m : places) {
    const u8* bytes = at.memory().at(static_cast<u32>(m.address));
    EXPECT_TRUE(bytes[0] == 0x1f && bytes[1] == 0x90) << m.object;
    inMember |= m.member.ends_with("skc_dport");
  }
  EXPECT_TRUE(inMember) << "a member's bytes are bytes, too";
}

TEST_F(TellMemberSearch, ANumberIsFoundInPackets) {
  std::vector<FoundMember> inBytes;
  for (EventIndex p = 0; p < at.journal().size() && inBytes.empty(); p += 400) { // while a segment is on its way
    at.seek(p);
    for (const FoundMember& m : findMembers(at, "8080", 500))
      if (m.member.empty()) inBytes.push_back(m);
  }
  ASSERT_FALSE(inBytes.empty());
  EXPECT_NE(english(inBytes[0].how).find("in network byte order"), std::string::npos);
  EXPECT_TRUE(english(inBytes[0].value).starts_with("1f 90"));
}

TEST_F(TellMemberSearch, WhatPointsAtAnObjectPointsIntoIt) {
  const auto subject = structureNamed(at, "tcp_sock #1");
  ASSERT_TRUE(subject);
  const u64 from = Arena::addressOf(subject->base), to = from + subject->size;
  const auto pointers = findMembers(at, "tcp_sock #1", 500);
  bool ofSocket = false;
  for (const FoundMember& m : pointers) {
    u64 pointer = 0;
    std::memcpy(&pointer, at.memory().at(static_cast<u32>(m.address)), 8);
    EXPECT_TRUE(pointer >= from && pointer < to) << m.object << "." << m.member;
    EXPECT_FALSE(m.address >= from && m.address < to && !m.member.empty()) << "its own lists say nothing";
    ofSocket |= m.object.starts_with("socket #") && m.member == "sk";
  }
  EXPECT_TRUE(ofSocket);
}

TEST_F(TellMemberSearch, TheKernelsOwnDataAreMemoryToo) {
  const auto found = findMembers(at, "inet_create", 5); // a function is no member's name
  EXPECT_TRUE(found.empty());
  const DataSymbol* ops = Symbols::get().dataNamed("inet_family_ops");
  ASSERT_TRUE(ops);
  const auto pointers = findMembers(at, addressText(Arena::addressOf(ops->offset)), 100);
  EXPECT_TRUE(std::ranges::any_of(pointers, [](auto& m) { return m.object.starts_with("net_families"); }));
}

TEST_F(TellMemberSearch, WhatCannotBeSoughtIsSaid) {
  for (const char* wish : {"", "1", "127.0.0", "x", "= 5", "tcp_sock #77"}) {
    const MemberSearch search(at, wish, 10);
    EXPECT_FALSE(search.refusal().empty()) << wish;
    EXPECT_TRUE(search.atEnd()) << wish;
  }
  for (const char* wish : {"22", "127.0.0.1", "sk_state", "sk_state = 1", "\"x\"", "00 00"})
    EXPECT_TRUE(MemberSearch(at, wish, 10).refusal().empty()) << wish;
}

TEST_F(TellMemberSearch, AFullListSaysThatThereMayBeMore) {
  MemberSearch search(at, "00 00 00 00", 20);
  while (!search.atEnd()) search.advance(1 << 20);
  EXPECT_TRUE(search.isFull());
  EXPECT_EQ(search.found().size(), 20u);
}

} // namespace
