// The family of a packet: who is kin is what the kernel has marked, and what it counts in memory is what there is.
#include "engine/journal/queries.h"
#include "engine/memory/structures.h"
#include "engine/tell/family/buffer_family.h"
#include "tests/support/walks.h"
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

const std::string Root = SOCKWALK_SOURCE_ROOT;

struct FamilyTest : ::testing::Test {
  std::unique_ptr<scenario::Session> session;
  std::unique_ptr<Playhead> at;
  BufferLives lives;
  void open(std::unique_ptr<scenario::Session> walk) {
    session = std::move(walk);
    at = std::make_unique<Playhead>(journal());
    lives = {};
    lives.update(journal());
    m_counted.clear();
  }
  const Journal& journal() const { return session->journal(); }
  std::string where() const {
    std::string out = "at event " + std::to_string(at->position()) + ", in";
    for (const EventIndex call : at->callStack()) out += " " + std::string(journal().function(journal()[call]).name);
    return out;
  }
  // In the midst of a function that makes, shares or frees an sk_buff the counts are about to change.
  bool settled() const {
    const std::vector<EventIndex> calls = at->callStack();
    return std::ranges::none_of(calls, [&](EventIndex call) {
      const std::string_view file = journal().function(journal()[call]).file;
      return file.find("net/core/skbuff") != std::string_view::npos;
    });
  }
  // One life of each family.
  std::vector<int> families() const {
    std::set<int> met;
    std::vector<int> out;
    for (int l = 0; l < int(lives.all().size()); ++l) {
      if (met.contains(l)) continue;
      out.push_back(l);
      for (const int kin : kinOf(lives, l)) met.insert(kin);
    }
    return out;
  }
  int withEdge(BufferMark how) const {
    for (int l = 0; l < int(lives.all().size()); ++l) {
      const BufferLife& life = lives.life(l);
      if ((life.from >= 0 && life.origin == how) || (life.into >= 0 && life.joined == how)) return l;
    }
    return -1;
  }
  void checkCounts(const BufferFamily& family);
  void checkReferences(int life, u32 moments);
  std::vector<int> familyOf() const;

private:
  struct Counted { // references to an sk_buff, as they were taken and given back
    EventIndex upTo;
    s64 users;
  };
  std::map<int, Counted> m_counted; // by life
};

// By life: a number that all kin have in common.
std::vector<int> FamilyTest::familyOf() const {
  std::vector<int> out(lives.all().size(), -1);
  for (const int first : families())
    for (const int kin : kinOf(lives, first)) out[size_t(kin)] = first;
  return out;
}

void FamilyTest::checkCounts(const BufferFamily& family) {
  for (const DataArea& area : family.areas) {
    std::string who;
    for (const int m : area.members) who += " " + family.members[size_t(m)].name;
    EXPECT_EQ(area.dataref, area.members.size()) << where() << ": on the area stand" << who;
  }
  for (const FamilyMember& m : family.members) {
    if (m.state != KinState::Alive) continue;
    Counted& counted = m_counted.try_emplace(m.life, Counted{m.whole, 1}).first->second;
    if (counted.upTo < at->position())
      for (const UsersWrite& write : usersWrites(*at, m, counted.upTo)) counted.users += write.by;
    counted.upTo = std::max(counted.upTo, at->position());
    EXPECT_EQ(m.users, counted.users) << m.name << " " << where();
    EXPECT_GE(m.users, 1u) << m.name << " " << where();
  }
}

// At moments over the whole life of a family.
void FamilyTest::checkReferences(int life, u32 moments) {
  FamilyReader reader;
  const std::vector<int> kin = kinOf(lives, life);
  const EventIndex first = lives.life(kin.front()).born, last = lives.life(kin.back()).end;
  const EventIndex end = last == NoEvent ? journal().size() : std::min(journal().size(), last + 200);
  for (u32 i = 0; i <= moments; ++i) {
    at->seek(EventIndex(first + u64(end - first) * i / moments));
    if (!settled()) continue;
    checkCounts(reader.at(*at, lives, life));
    if (HasFailure()) return;
  }
}

// ---- what the counts say
// The smallest steps there are: each event.
struct EachStepOf : FamilyTest, ::testing::WithParamInterface<const char*> {
  EventIndex next(EventIndex step) const {
    const EventIndex to = stepInto(journal(), step, Unit::Event);
    return to == step ? journal().size() : to;
  }
};

TEST_P(EachStepOf, ReferencesAddUpToDatarefAndUsers) {
  open(tests::walkOf(Root + GetParam()));
  const std::vector<int> familyOfLife = familyOf();
  std::map<int, FamilyReader> readers;
  size_t checked = 0, shared = 0;
  for (EventIndex step = next(0); step < journal().size(); step = next(step)) {
    at->seek(step);
    if (!settled()) continue;
    std::set<int> here;
    for (const int life : lives.aliveAt(step)) here.insert(life);
    std::set<int> done;
    for (const int life : here) {
      if (!done.insert(familyOfLife[size_t(life)]).second) continue;
      const BufferFamily& family = readers[familyOfLife[size_t(life)]].at(*at, lives, life);
      checkCounts(family);
      if (HasFailure()) return;
      ++checked;
      for (const DataArea& area : family.areas) shared += area.members.size() > 1;
    }
  }
  EXPECT_GT(checked, 50u);
  EXPECT_GT(shared, 0u) << "nothing was ever shared";
}
INSTANTIATE_TEST_SUITE_P(Walks, EachStepOf,
                         ::testing::Values("/lessons/10-sk-buff/scenario.pkt", "/assets/walks/tcp-lost-segment.pkt",
                                           "/tests/scenarios/tcp_sizes_lo.pkt", "/tests/scenarios/raw_ping_more.pkt",
                                           "/tests/scenarios/udp_fragments_eth.pkt"),
                         [](const auto& parameter) {
                           std::string name = parameter.param;
                           std::ranges::replace_if(
                               name, [](char c) { return !std::isalnum(c); }, '_');
                           return name;
                         });

// At moments over every walk.
struct FamilyOf : FamilyTest, ::testing::WithParamInterface<const char*> {};

TEST_P(FamilyOf, ReferencesAddUpToDatarefAndUsersAtEachMoment) {
  open(tests::walkOf(Root + GetParam()));
  int checked = 0;
  for (const int life : families()) {
    if (checked++ == 40) break;
    checkReferences(life, 24);
    if (HasFailure()) return;
  }
  EXPECT_GE(checked, 2);
}
TEST_P(FamilyOf, EveryEdgeIsAMarkOfTheRecordAndEveryMarkOfKinIsAnEdge) {
  open(tests::walkOf(Root + GetParam()));
  std::set<EventIndex> marks;
  for (const int life : families()) {
    FamilyReader reader;
    at->seek(journal().size());
    const BufferFamily& family = reader.at(*at, lives, life);
    for (const FamilyEdge& edge : family.edges) {
      const Event& e = journal()[edge.event];
      ASSERT_EQ(e.type, EventType::Mark);
      EXPECT_EQ(static_cast<BufferMark>(e.a), edge.how);
      const FamilyMember &subject = family.members[size_t(goesInto(edge.how) ? edge.from : edge.to)],
                         &other = family.members[size_t(goesInto(edge.how) ? edge.to : edge.from)];
      EXPECT_EQ(Arena::addressOf(e.where), subject.address);
      EXPECT_EQ(e.data, other.address);
      EXPECT_TRUE(marks.insert(edge.event).second) << "one mark, two edges";
    }
  }
  for (const BufferLife& l : lives.all()) {
    EXPECT_TRUE(l.from < 0 || marks.contains(l.akin));
    EXPECT_TRUE(l.into < 0 || marks.contains(l.went));
  }
}
INSTANTIATE_TEST_SUITE_P(Walks, FamilyOf,
                         ::testing::Values("/assets/walks/tcp-on-loopback.pkt", "/assets/walks/tcp-lost-segment.pkt",
                                           "/assets/walks/tcp-between-two-hosts.pkt",
                                           "/assets/walks/udp-through-a-router.pkt",
                                           "/tests/scenarios/tcp_sizes_lo.pkt", "/tests/scenarios/tcp_eth_more.pkt",
                                           "/tests/scenarios/udp_fragments_eth.pkt",
                                           "/tests/scenarios/udp_sizes_eth.pkt", "/tests/scenarios/tcp_eth_calls.pkt",
                                           "/tests/scenarios/raw_ping_more.pkt",
                                           "/tests/scenarios/udp_options_more.pkt", "/tests/scenarios/zerocopy.pkt",
                                           "/assets/captures/page-load.pcapng"),
                         [](const auto& parameter) {
                           std::string name = parameter.param;
                           name = name.substr(name.rfind('/') + 1);
                           std::ranges::replace_if(
                               name, [](char c) { return !std::isalnum(c); }, '_');
                           return name;
                         });

// ---- single families
TEST_F(FamilyTest, ACloneSharesTheBytesUntilOneOfTheTwoIsGone) {
  open(tests::walkOf(Root + "/assets/walks/tcp-on-loopback.pkt"));
  const int clone = withEdge(BufferMark::Cloned);
  ASSERT_GE(clone, 0);
  FamilyReader reader;
  const auto stateOf = [](const BufferFamily& f, int life) {
    return std::ranges::find(f.members, life, &FamilyMember::life)->state;
  };
  const BufferLife &original = lives.life(lives.life(clone).from), &itself = lives.life(clone);
  at->seek(itself.born);
  EXPECT_EQ(stateOf(reader.at(*at, lives, clone), clone), KinState::Coming);
  at->seek(itself.born + 1);
  EXPECT_EQ(stateOf(reader.at(*at, lives, clone), clone), KinState::Making);
  at->seek(endOf(journal(), journal().callAround(itself.born)));
  const BufferFamily& family = reader.at(*at, lives, clone);
  const FamilyMember &twin = family.members[size_t(family.looked)],
                     &first = *std::ranges::find(family.members, itself.from, &FamilyMember::life);
  EXPECT_EQ(twin.state, KinState::Alive);
  EXPECT_EQ(twin.maker, "skb_clone");
  EXPECT_FALSE(twin.asker.empty());
  ASSERT_GE(twin.area, 0);
  EXPECT_EQ(twin.area, first.area);
  EXPECT_GE(family.areas[size_t(twin.area)].dataref, 2u);
  ASSERT_NE(original.released, NoEvent);
  at->seek(std::max(original.end, itself.released) + 1);
  EXPECT_EQ(stateOf(reader.at(*at, lives, clone), clone), KinState::Gone);
}

TEST_F(FamilyTest, AllKindsOfKinAreFoundSomewhere) {
  std::set<BufferMark> found;
  for (const char* file : {"/tests/scenarios/raw_ping_more.pkt", "/tests/scenarios/tcp_eth_calls.pkt",
                           "/tests/scenarios/tcp_open.pkt", "/tests/scenarios/udp_fragments_eth.pkt",
                           "/tests/scenarios/udp_sizes_eth.pkt", "/tests/scenarios/tcp_sizes_lo.pkt"}) {
    open(tests::walkOf(Root + file));
    for (const BufferMark how : {BufferMark::Cloned, BufferMark::Copied, BufferMark::Segment, BufferMark::Fragment,
                                 BufferMark::Split, BufferMark::Merged, BufferMark::Joined, BufferMark::Reassembled})
      if (withEdge(how) >= 0) found.insert(how);
  }
  for (const BufferMark how : {BufferMark::Cloned, BufferMark::Copied, BufferMark::Segment, BufferMark::Fragment,
                               BufferMark::Split, BufferMark::Merged, BufferMark::Joined, BufferMark::Reassembled})
    EXPECT_TRUE(found.contains(how)) << english(howText(how));
}

TEST_F(FamilyTest, WhatHangsInAFragListIsReadFromMemory) {
  bool hung = false;
  for (const char* file : {"/tests/scenarios/udp_fragments_eth.pkt", "/tests/scenarios/udp_sizes_eth.pkt"}) {
    open(tests::walkOf(Root + file));
    for (const int life : families()) {
      FamilyReader reader;
      const EventIndex born = lives.life(life).born, end = std::min(journal().size(), born + 20000);
      for (EventIndex moment = born; moment < end; moment += 20) {
        at->seek(moment);
        const BufferFamily& family = reader.at(*at, lives, life);
        for (const FamilyMember& m : family.members) {
          if (m.hungOn < 0) continue;
          hung = true;
          EXPECT_TRUE(family.areas[size_t(m.hungOn)].list);
          EXPECT_NE(m.area, m.hungOn);
        }
      }
    }
  }
  EXPECT_TRUE(hung);
}

TEST_F(FamilyTest, NoTwoMembersHaveOneName) {
  for (const char* file : {"/assets/walks/tcp-lost-segment.pkt", "/assets/captures/page-load.pcapng"}) {
    open(tests::walkOf(Root + file));
    at->seek(journal().size());
    for (const int life : families()) {
      std::set<std::string> names;
      FamilyReader reader;
      for (const FamilyMember& m : reader.at(*at, lives, life).members)
        EXPECT_TRUE(names.insert(m.name).second) << m.name;
    }
  }
}

TEST_F(FamilyTest, LinesAndJsonSayTheSame) {
  open(tests::walkOf(Root + "/assets/walks/tcp-on-loopback.pkt"));
  const int clone = withEdge(BufferMark::Cloned);
  at->seek(lives.life(clone).released);
  FamilyReader reader;
  const BufferFamily& family = reader.at(*at, lives, clone);
  const nlohmann::json told = json(family);
  EXPECT_EQ(told["members"].size(), family.members.size());
  EXPECT_EQ(told["edges"].size(), family.edges.size());
  EXPECT_EQ(told["areas"].size(), family.areas.size());
  EXPECT_EQ(lines(family).size(), family.members.size() + family.edges.size() + family.areas.size());
}

} // namespace
