// What a person watches: its value at a moment, what a step made of it, and where it changes.
#include "engine/tell/structures/structures.h"
#include "engine/tell/structures/watched.h"
#include "engine/tell/until/until.h"
#include "tests/support/walks.h"

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

class TellWatched : public testing::Test {
protected:
  static const scenario::Session& session() {
    static const auto walk = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt");
    return *walk;
  }
  TellWatched() : at(session().journal()) {
    while (at.position() < at.journal().size() && !structureNamed(at, "tcp_sock #1")) at.seek(at.position() + 200);
    state = WatchedMember::of(at, *structureNamed(at, "tcp_sock #1"), "sk_state");
  }
  Playhead at;
  WatchedMember state;
};

TEST_F(TellWatched, HasAValueWhileItsObjectLives) {
  ASSERT_TRUE(state.place);
  EXPECT_EQ(state.object, "tcp_sock #1");
  EXPECT_EQ(watchedNow(at, state, {}).life, WatchedNow::Alive);
  at.seek(state.born);
  EXPECT_EQ(watchedNow(at, state, {}).life, WatchedNow::NotYet);
  const Allocation* object = at.journal().allocationBornAt(state.born);
  ASSERT_TRUE(object);
  if (object->died == NoEvent) return;
  at.seek(object->died + 1);
  EXPECT_EQ(watchedNow(at, state, {}).life, WatchedNow::Gone);
}

TEST_F(TellWatched, ChangesAreThoseThatAConditionFinds) {
  Until until(session());
  ASSERT_FALSE(until.set("tcp_sock#1.sk_state"));
  const EventIndex end = at.journal().size();
  std::vector<EventIndex> changes, found;
  for (EventIndex from = 0; (from = firstChange(at.journal(), state, from, end)) != NoEvent;) changes.push_back(from);
  for (EventIndex from = 0;; from = until.position()) {
    until.begin(from, true);
    while (until.advance(5000) == Until::State::Looking) {}
    if (until.advance(1) == Until::State::Never) break;
    found.push_back(until.position());
  }
  EXPECT_FALSE(changes.empty());
  EXPECT_EQ(changes, found);
  // Backward each is met just before it happened.
  std::vector<EventIndex> back;
  for (EventIndex from = end; (from = firstChange(at.journal(), state, from, 0)) != NoEvent;) back.push_back(from + 1);
  std::ranges::reverse(back);
  EXPECT_EQ(back, changes);
}

TEST_F(TellWatched, AChangeNamesWhatWasAndWho) {
  const EventIndex change = firstChange(at.journal(), state, at.position(), at.journal().size());
  ASSERT_NE(change, NoEvent);
  at.seek(change);
  const WatchedNow now = watchedNow(at, state, {change - 1, change});
  EXPECT_TRUE(now.changed);
  EXPECT_NE(english(now.before), english(now.value));
  EXPECT_FALSE(english(now.writer).empty());
  EXPECT_FALSE(watchedNow(at, state, {change, change}).changed);
}

TEST_F(TellWatched, WhatMakesNoSenseIsNoMember) {
  EXPECT_FALSE(WatchedMember::of("x", "tcp_sock", "no_such", state.base, 0, false).place);
  EXPECT_FALSE(WatchedMember::of("x", "no_such", "sk_state", state.base, 0, false).place);
  EXPECT_FALSE(WatchedMember::of("x", "tcp_sock", "sk_state", 12, 0, false).place) << "no memory is there";
  EXPECT_FALSE(WatchedMember::of("x", "tcp_sock", "sk_state", 0xfffffff0, 0, false).place);
}

} // namespace
