// Neighbours while packets pass: who is asked, what confirms one without a question, and what waits meanwhile.
#include "engine/journal/queries.h"
#include "engine/memory/constants/neighbour.h"
#include "play.h"

namespace sockwalk::scenario {

namespace {

// A change of a neighbour's state, as the kernel notes it.
struct Change {
  u64 neighbour, from, to;
  s64 time;
};
std::vector<Change> changesOf(const Session& session) {
  std::vector<Change> out;
  const Journal& j = session.journal();
  for (EventIndex i = 0; i < j.size(); ++i) {
    if (j[i].type != EventType::Note || Symbols::get().notes()[j[i].b]->name != "neigh.state") continue;
    const auto a = j.arguments(j[i]);
    out.push_back({a[0], a[1], a[2], j.timeAt(i)});
  }
  return out;
}
// How often the neighbour that is the first to be doubted after `since` went from one state to another from then on.
int times(const Session& session, s64 since, u64 from, u64 to) {
  u64 doubted = 0;
  int n = 0;
  for (const Change& c : changesOf(session)) {
    if (c.time < since) continue;
    if (!doubted && c.to == kernel::NUD_DELAY) doubted = c.neighbour;
    n += doubted == c.neighbour && c.from == from && c.to == to;
  }
  return n;
}
constexpr s64 Second = 1'000'000'000;

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

// A connection that was idle for a minute and a half: each end's entry for the other is old.
const std::string IdleConnection = R"(
//@link wire
//@wire delay 1ms
//@task server
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("10.1.0.2")}, 16) = 0
+0 listen(3, 5) = 0
//@task client
+0 socket(AF_INET, SOCK_STREAM, 0) = 4
+0...0.004 connect(4, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("10.1.0.2")}, 16) = 0
//@task server
+0.1 accept(3, ..., ...) = 5
//@task client
+90 write(4, "once", 4) = 4
)";

// The same with datagrams: the client's entry is old, and nobody acknowledges anything.
std::string datagrams(const std::string& flags, const char* bytes, int length) {
  return R"(
//@link wire
//@wire delay 1ms
//@task server
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(7000), sin_addr = inet_addr("10.1.0.2")}, 16) = 0
//@task client
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 connect(3, {sa_family = AF_INET, sin_port = htons(7000), sin_addr = inet_addr("10.1.0.2")}, 16) = 0
+0 send(3, "who", 3, 0) = 3
+90 send(3, "again", 5, 0) = 5
+1 send(3, ..., )" +
         std::to_string(length) + ", " + flags + ") = " + bytes + "\n+30 close(3) = 0\n";
}

} // namespace

// The client's own segment is acknowledged, and with its next one it knows: the server is there. Five seconds later the
// entry is good again, and nobody was asked.
TEST(Neighbours, AnAcknowledgementConfirms) {
  const auto session = played(IdleConnection + "+1 write(4, \"twice\", 5) = 5\n+10 close(4) = 0\n");
  ASSERT_EQ(failuresOf(*session), "");
  EXPECT_EQ(times(*session, 80 * Second, kernel::NUD_DELAY, kernel::NUD_REACHABLE), 1);
  EXPECT_EQ(times(*session, 80 * Second, kernel::NUD_DELAY, kernel::NUD_PROBE), 0);
}

TEST(Neighbours, WithoutASegmentToConfirmItIsAsked) {
  const auto session = played(IdleConnection + "+10 close(4) = 0\n");
  ASSERT_EQ(failuresOf(*session), "");
  EXPECT_EQ(times(*session, 80 * Second, kernel::NUD_DELAY, kernel::NUD_REACHABLE), 0);
  EXPECT_EQ(times(*session, 80 * Second, kernel::NUD_DELAY, kernel::NUD_PROBE), 1);
}

TEST(Neighbours, AProgramMayVouchForOne) {
  const auto reachable = [](const std::string& flags, const char* bytes, int length) {
    const auto session = played(datagrams(flags, bytes, length));
    EXPECT_EQ(failuresOf(*session), "") << flags;
    return times(*session, 80 * Second, kernel::NUD_DELAY, kernel::NUD_REACHABLE);
  };
  EXPECT_EQ(reachable("MSG_CONFIRM", "4", 4), 1);
  EXPECT_EQ(reachable("MSG_CONFIRM|0x10", "0", 0), 1) << "MSG_PROBE: without sending anything";
  EXPECT_EQ(reachable("0", "4", 4), 0);
}

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
