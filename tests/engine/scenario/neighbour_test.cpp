// Neighbours while packets pass: who is asked, and what waits meanwhile.
#include "engine/journal/queries.h"
#include "play.h"

namespace sockwalk::scenario {

namespace {

int callsInside(const Session& session, std::string_view inner, std::string_view outer) {
  const Journal& j = session.journal();
  int n = 0;
  for (EventIndex i = 0; i < j.size(); ++i) {
    if (j[i].type != EventType::Call || j.function(j[i]).name != inner) continue;
    EventIndex c = j.callerOf(i);
    while (c != NoEvent && j.function(j[c]).name != outer) c = j.callerOf(c);
    n += c != NoEvent;
  }
  return n;
}

} // namespace

// The question leaves, and its answer comes, before anybody but the waiting packet itself needs its bytes: the router
// writes into them and copies nothing.
TEST(Neighbours, WhatWaitsForAnAnswerIsNotSharedWithTheQuestion) {
  const auto session = openedFile(std::string(CAPTURES_DIR "/../walks/udp-through-a-router.pkt"));
  session->runAll();
  ASSERT_EQ(failuresOf(*session), "");
  EXPECT_GT(callsInside(*session, "ip_forward_finish", "ip_forward"), 0);
  EXPECT_EQ(callsInside(*session, "pskb_expand_head", "ip_forward"), 0);
}

// ICMP says that a hop is narrow while write() owns the socket, so the segments go again when it lets go. What they are
// answered with must not be worked on before that is done.
TEST(Neighbours, ANarrowHopIsLearntOfWhileTheSocketIsOwned) {
  const auto session = openedFile(std::string(CAPTURES_DIR "/../../tests/scenarios/tcp_narrow_hop.pkt"));
  session->runAll();
  EXPECT_EQ(failuresOf(*session), "");
  EXPECT_FALSE(session->machine().panicked()) << session->machine().panicText();
  EXPECT_GT(callsInside(*session, "tcp_simple_retransmit", "release_sock"), 0);
}

} // namespace sockwalk::scenario
