// Histories of sockets, the ladder of a connection and the way through the states: relations to the journal they are of.
#include "engine/journal/reflection.h"
#include "engine/memory/constants/tcp.h"
#include "engine/memory/structures.h"
#include "engine/tell/fields.h"
#include "engine/tell/sockets/ladder.h"
#include "engine/tell/sockets/plots.h"
#include "engine/tell/sockets/state_machine.h"
#include "tests/support/walks.h"
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

const std::string Root = SOCKWALK_SOURCE_ROOT "/";

struct Read {
  std::unique_ptr<scenario::Session> session;
  Record record;
  explicit Read(const std::string& file, const std::string& host = {}) : session(tests::walkOf(Root + file, host)) {
    record.update(journal());
  }
  const Journal& journal() const { return session->journal(); }
  Ladder ladder(int flow = 0) const {
    const auto flows = ladderFlows(journal(), record.packets);
    Playhead past(journal());
    return readLadder(past, record, flows.at(size_t(flow)));
  }
  StateWays ways(EventIndex position) const {
    StateWays told = readStateWays(journal(), record);
    setMoment(told, journal(), position);
    return told;
  }
};

const char* const Walks[] = {"assets/walks/tcp-between-two-hosts.pkt", "assets/walks/tcp-on-loopback.pkt",
                             "assets/walks/tcp-lost-segment.pkt", "assets/walks/tcp-out-of-order.pkt",
                             "assets/walks/epoll-server.pkt"};

u64 inMemory(const Playhead& at, const SocketLife& life, SocketMember m) {
  const Field f = fieldAt("tcp_sock", memberPathOf(m));
  return readUnsigned(at, *f.member, life.offset + f.base);
}

} // namespace

// ---- histories
TEST(SocketHistories, SayAtEveryMomentWhatStandsInMemory) {
  for (const char* walk : Walks) {
    const Read read(walk);
    Playhead at(read.journal());
    for (const EventIndex position : tests::someMoments(read.journal(), 40)) {
      at.seek(position);
      for (const SocketLife& life : read.record.sockets.all())
        for (size_t m = 0; m < socketMembers; ++m) {
          const auto member = static_cast<SocketMember>(m);
          if (!life.livesAt(position) || (member == SocketMember::State && life.standIn != NoEvent)) continue;
          EXPECT_EQ(life.valueAt(member, position), inMemory(at, life, member))
              << walk << " " << life.name() << " " << memberPathOf(member) << " at " << position;
        }
    }
  }
}

TEST(SocketHistories, AreTheSameWhetherReadAtOnceOrInSlices) {
  const Read whole("assets/walks/tcp-lost-segment.pkt");
  Record slices;
  while (!slices.update(whole.journal(), 977)) {}
  ASSERT_EQ(slices.sockets.all().size(), whole.record.sockets.all().size());
  for (size_t i = 0; i < slices.sockets.all().size(); ++i)
    for (size_t m = 0; m < socketMembers; ++m) {
      const auto &a = slices.sockets.all()[i].changes[m], &b = whole.record.sockets.all()[i].changes[m];
      ASSERT_EQ(a.size(), b.size());
      for (size_t c = 0; c < a.size(); ++c)
        EXPECT_EQ(std::pair(a[c].event, a[c].value), std::pair(b[c].event, b[c].value));
    }
}

// ---- the ladder
TEST(Ladder, EveryArrowGoesFromWhoSentToWhoReceivedInTheOrderOfEvents) {
  for (const char* walk : Walks) {
    const Read read(walk);
    const Ladder ladder = read.ladder();
    EventIndex before = 0;
    for (const LadderRung& r : ladder.rungs) {
      EXPECT_GE(r.event(), before) << walk;
      before = r.event();
      EXPECT_LE(r.tickLeft, r.tickArrived);
      if (r.kind == LadderRung::Read) continue;
      for (const int packet : {r.packet, r.arrival}) {
        if (packet < 0) continue;
        const auto h = parseHeaders(read.journal().frame(read.journal()[read.record.packets.eventOf(packet)]));
        EXPECT_EQ(h.ipv4->source, r.forward ? ladder.flow.first : ladder.flow.second);
        EXPECT_EQ(h.tcp->destination, r.forward ? ladder.flow.secondPort : ladder.flow.firstPort);
      }
      if (r.left != NoEvent && r.arrived != NoEvent) {
        EXPECT_LE(r.left, r.arrived);
      }
    }
  }
}

// A frame is one rung, whether it passes one device or two.
TEST(Ladder, HasEachFrameOfAConnectionOnce) {
  for (const char* walk : Walks) {
    const Read read(walk);
    const Ladder ladder = read.ladder();
    std::set<int> packets;
    for (const LadderRung& r : ladder.rungs)
      for (const int packet : std::set{r.packet, r.arrival})
        EXPECT_TRUE(packet < 0 || packets.insert(packet).second) << walk;
  }
}

TEST(Ladder, OfTwoHostsHasTheTimeOnTheCable) {
  const Read read("assets/walks/tcp-between-two-hosts.pkt");
  const Ladder ladder = read.ladder();
  EXPECT_EQ(ladder.ends[0].host, "client");
  EXPECT_EQ(ladder.ends[1].host, "server");
  int both = 0;
  for (const LadderRung& r : ladder.rungs) {
    if (r.left == NoEvent || r.arrived == NoEvent) continue;
    ++both;
    EXPECT_GE(read.journal().timeAt(r.arrived) - read.journal().timeAt(r.left), 10'000'000); // ns: 10 ms either way
  }
  EXPECT_GE(both, 12);
}

TEST(Ladder, SaysWhatTheSegmentsDid) {
  const Read lost("assets/walks/tcp-lost-segment.pkt");
  const Ladder ladder = lost.ladder();
  std::string told;
  for (const std::string& line : lines(LadderAt{ladder, &lost.journal(), &lost.record, lost.journal().size()}))
    told += line + "\n";
  EXPECT_NE(told.find("sack 1001:2001  | Disorder · sacked_out 1"), std::string::npos) << told;
  EXPECT_NE(told.find("Recovery · sacked_out 3 · lost_out 1"), std::string::npos) << told;
  EXPECT_NE(told.find("1:1001 (1000) ack 1 win 502  | sent again"), std::string::npos) << told;
  const Read holes("assets/walks/tcp-out-of-order.pkt");
  const Ladder other = holes.ladder();
  int waited = 0, inOrder = 0;
  for (const LadderRung& r : other.rungs) {
    const std::string words = english(atReceiver(other, r, holes.journal(), holes.record));
    waited += words.find("out_of_order_queue") != std::string::npos;
    inOrder += words.find("sk_receive_queue") != std::string::npos;
  }
  EXPECT_EQ(waited, 3);
  EXPECT_EQ(inOrder, 2);
}

TEST(Ladder, FollowsTheConnectionThatIsHandled) {
  const Read read("assets/captures/page-load.pcapng", "10.9.0.2");
  const auto flows = ladderFlows(read.journal(), read.record.packets);
  ASSERT_EQ(flows.size(), 2u);
  for (const EventIndex position : tests::someMoments(read.journal(), 50)) {
    const int packet = read.record.packets.arrivalAround(read.journal(), position - 1);
    if (packet < 0) continue;
    const auto h = parseHeaders(read.journal().frame(read.journal()[read.record.packets.eventOf(packet)]));
    if (!h.tcp) continue;
    const LadderFlow& flow = flows[size_t(flowAt(flows, read.journal(), read.record.packets, position))];
    EXPECT_TRUE(h.tcp->source == flow.firstPort || h.tcp->destination == flow.firstPort);
  }
}

// ---- states
TEST(StateWays, TakeRecordedTransitionsOnlyAndEachFromWhereTheLastOneLed) {
  std::set<std::pair<int, int>> known;
  for (const StateEdge& edge : tcpStateEdges()) known.insert({edge.from, edge.to});
  for (const char* walk : Walks) {
    const Read read(walk);
    const StateWays ways = read.ways(read.journal().size());
    ASSERT_FALSE(ways.sockets.empty());
    for (const StateWay& way : ways.sockets)
      for (size_t i = 0; i < way.moves.size(); ++i) {
        const StateMove& m = way.moves[i];
        EXPECT_EQ(m.from, i ? way.moves[i - 1].to : m.from) << walk;
        EXPECT_NE(m.from, m.to);
        EXPECT_TRUE(known.contains({m.from, m.to})) << walk << " " << stateName(m.from) << " " << stateName(m.to);
        EXPECT_FALSE(english(m.cause).empty());
      }
  }
}

TEST(StateWays, SayTheStateThatTheMomentHas) {
  const Read read("assets/walks/tcp-between-two-hosts.pkt");
  Playhead at(read.journal());
  for (const EventIndex position : tests::someMoments(read.journal(), 60)) {
    at.seek(position);
    const StateWays ways = read.ways(position);
    for (size_t i = 0; i < ways.sockets.size(); ++i) {
      const SocketLife& life = read.record.sockets.all()[i];
      if (!ways.sockets[i].alive || (life.standIn != NoEvent && position > life.standIn)) continue;
      EXPECT_EQ(ways.sockets[i].now, inMemory(at, life, SocketMember::State));
    }
  }
}

TEST(StateWays, GoOnInWhatStandsForASocket) {
  const Read read("assets/walks/tcp-between-two-hosts.pkt");
  const StateWays ways = read.ways(read.journal().size());
  const auto closer =
      std::ranges::find_if(ways.sockets, [](const StateWay& w) { return w.now == kernel::TCP_TIME_WAIT; });
  ASSERT_NE(closer, ways.sockets.end());
  EXPECT_EQ(closer->moves.back().function, "tcp_timewait_state_process");
  EXPECT_EQ(english(closer->moves.back().cause), "FIN,ACK");
  EXPECT_EQ(closer->ends, "10.1.0.2:80 → 10.1.0.1:58138");
}

// ---- plots
bool inside(const Playhead& at, std::string_view function) {
  const Journal& j = at.journal();
  return std::ranges::any_of(at.callStack(), [&](EventIndex call) { return j.function(j[call]).name == function; });
}

// Segments that were reported as received count twice while an acknowledgement takes them off. No such peak is drawn.
TEST(Plots, WhatIsInFlightHasNoPeakWhileAnAcknowledgementIsWorkedOff) {
  const Read read("lessons/29-cubic-and-reno/scenario.pkt");
  Playhead at(read.journal());
  int acknowledged = 0;
  for (const SocketLife& life : read.record.sockets.all())
    for (const PlotPanel& panel : readPlots(read.journal(), life, 250).panels)
      for (const PlotLine& line : panel.lines) {
        if (std::string_view(line.name) != "in flight") continue;
        double widest = 0;
        for (const SocketChange& c : life.of(SocketMember::Window)) widest = std::max(widest, double(c.value));
        for (const PlotPoint& p : line.points) EXPECT_LE(p.value, widest) << "at " << p.event;
        for (size_t i = 1; i < line.points.size(); ++i) {
          at.seek(line.points[i].event);
          acknowledged += inside(at, "tcp_ack");
        }
      }
  EXPECT_GT(acknowledged, 0);
}

TEST(Plots, AreTheHistoriesOfTheMembers) {
  for (const char* walk : Walks) {
    const Read read(walk);
    Playhead at(read.journal());
    for (const SocketLife& life : read.record.sockets.all()) {
      const Plots plots = readPlots(read.journal(), life, 250);
      for (const EventIndex position : tests::someMoments(read.journal(), 25)) {
        if (!life.livesAt(position) || life.valueAt(SocketMember::State, position) != kernel::TCP_ESTABLISHED) continue;
        at.seek(position);
        const auto& socket = *at.object<kernel::tcp_sock>(Arena::addressOf(life.offset));
        const std::map<std::string, double> expected = {
            {"snd_cwnd", socket.snd_cwnd},
            {"snd_wnd", socket.snd_wnd},
            {"unread", socket.rcv_nxt - socket.copied_seq},
            {"in flight", double(socket.packets_out) - socket.sacked_out - socket.lost_out + socket.retrans_out}};
        for (const PlotPanel& panel : plots.panels)
          for (const PlotLine& line : panel.lines)
            if (const auto known = expected.find(line.name); known != expected.end()) {
              if (known->first == "in flight" && inside(at, "tcp_ack")) continue; // the counts do not fit together yet
              EXPECT_EQ(line.valueAt(position), known->second) << walk << " " << line.name << " at " << position;
            }
      }
    }
  }
}

TEST(Plots, LieInTheLifeOfTheirSocketAndInOrder) {
  const Read read("assets/walks/tcp-lost-segment.pkt");
  for (const SocketLife& life : read.record.sockets.all()) {
    const Plots plots = readPlots(read.journal(), life, 250);
    for (const PlotPanel& panel : plots.panels)
      for (const PlotLine& line : panel.lines)
        for (size_t i = 0; i < line.points.size(); ++i) {
          const PlotPoint& p = line.points[i];
          EXPECT_TRUE(p.time >= plots.from && p.time <= plots.to) << line.name;
          EXPECT_LE(p.value, panel.most);
          EXPECT_GE(p.event, i ? line.points[i - 1].event : 0);
        }
  }
}

TEST(Plots, FindTheEventOfATime) {
  const Read read("assets/walks/tcp-lost-segment.pkt");
  for (const EventIndex position : tests::someMoments(read.journal(), 30)) {
    const EventIndex found = eventAt(read.journal(), read.journal().timeAt(position - 1));
    EXPECT_EQ(read.journal().timeAt(found), read.journal().timeAt(position - 1));
  }
}
