// The calls of a moment: which nodes the path of a stimulus has, which of them run, what the running one was given and
// says, and the table through which it was reached.
#include "engine/tell/calls/calls.h"
#include "engine/tell/moment.h"
#include "engine/tell/running.h"
#include "engine/tell/source/source_frames.h"
#include "tests/support/walks.h"
#include "tests/views/sample/recorded_session.h"
#include <nlohmann/json.hpp>

using namespace sockwalk;

namespace {

// Functions that the kernel does not have: they must not hide its own from other tests.
const char* const socketTree = "sample_entry\n"
                               "  sample_socket\n"
                               "    sample_sock_alloc\n"
                               "    sample_sk_alloc\n"
                               "      sample_prot_alloc\n"
                               "    sample_sk_alloc\n"
                               "    sample_create\n";
const bool known = knowFunctions(socketTree);

struct TellCalls : ::testing::Test {
  RecordedSession session;
  static int named(const tell::CallPath& path, const std::string& name) {
    for (std::size_t n = 0; n < path.nodes().size(); ++n)
      if (path.nodes()[n].name == name) return static_cast<int>(n);
    return -1;
  }
};

TEST_F(TellCalls, RepeatedFromOneCallerAreOneNode) {
  session.play("socket(2, 1, 0)", socketTree);
  const tell::CallPath path(session.journal(), 0);
  ASSERT_EQ(path.nodes().size(), 7u); // the stimulus and six functions
  EXPECT_EQ(path.nodes()[0].name, "socket(2, 1, 0)");
  EXPECT_EQ(path.nodes()[named(path, "sample_sk_alloc")].calls.size(), 2u);
  EXPECT_EQ(path.nodes()[0].below, 6);
  for (std::size_t n = 1; n < path.nodes().size(); ++n) EXPECT_LT(path.nodes()[n].parent, static_cast<int>(n));
  const auto listed = tell::callsOf(session.journal(), 0, 100);
  ASSERT_EQ(listed.size(), 7u); // sample_sk_alloc() stands there twice
  EXPECT_EQ(listed[4].depth, 3);
  EXPECT_EQ(tell::callsOf(session.journal(), 0, 3).size(), 3u);
}

TEST_F(TellCalls, TensesFollowThePlayhead) {
  session.play("socket(2, 1, 0)", socketTree);
  const Journal& j = session.journal();
  const tell::CallPath path(j, 0);
  Playhead p(j);
  const int alloc = named(path, "sample_prot_alloc");
  p.seek(path.nodes()[alloc].calls[0] + 1);
  tell::PathMoment m = momentOf(path, p);
  EXPECT_EQ(m.running, alloc);
  EXPECT_EQ(m.tenses[alloc], Tense::Running);
  EXPECT_EQ(m.tenses[named(path, "sample_sk_alloc")], Tense::Active);
  EXPECT_EQ(m.tenses[0], Tense::Active);
  EXPECT_EQ(m.tenses[named(path, "sample_sock_alloc")], Tense::Past);
  EXPECT_EQ(m.tenses[named(path, "sample_create")], Tense::Future);
  EXPECT_EQ(tell::english(m.arguments), "value 3");

  p.seek(Journal::returnOf(j[path.nodes()[alloc].calls[0]]) + 1);
  m = momentOf(path, p);
  EXPECT_EQ(m.running, alloc) << "what has just returned stays the running one";
  EXPECT_EQ(m.tenses[named(path, "sample_sk_alloc")], Tense::Active);
  EXPECT_EQ(m.returned, alloc);
  EXPECT_EQ(m.result, "0");

  p.seek(j.size());
  m = momentOf(path, p);
  EXPECT_EQ(m.running, named(path, "sample_entry")) << "the last that returned";
  EXPECT_EQ(tell::english(m.sentence), "returned 0");
}

// The band of the program has the call as it is written, the kernel's entry stands below it.
TEST_F(TellCalls, TheProgramsBandHasTheCallAlone) {
  const auto walk = tests::walkOf(SOCKWALK_SOURCE_ROOT "/lessons/03-socket/scenario.pkt");
  const auto& stimuli = walk->journal().stimuli();
  const auto socket = std::ranges::find(stimuli, "socket_tcp", &Stimulus::name);
  const tell::CallPath path(walk->journal(), static_cast<int>(socket - stimuli.begin()));
  EXPECT_EQ(path.nodes()[0].layer, Layer::User);
  EXPECT_EQ(path.nodes()[named(path, "__x64_sys_socket")].layer, Layer::Socket);
  for (std::size_t n = 1; n < path.nodes().size(); ++n) EXPECT_NE(path.nodes()[n].layer, Layer::User);
}

TEST_F(TellCalls, ASleeperThatGoesOnKeepsItsCallers) {
  Recorder& r = session.recorder();
  session.play("socket(2, 1, 0)", socketTree);
  const FunctionInfo& outer = *Symbols::get().functionNamed("sample_socket");
  const FunctionInfo& inner = *Symbols::get().functionNamed("sample_sock_alloc");
  r.context(Context::Task, 100, "task 100", r.now(), NoEvent);
  r.stimulus("sleeps", "");
  const EventIndex call = r.call(outer, nullptr, 0);
  r.context(Context::Idle, 0, "interrupt", r.now(), NoEvent);
  r.stimulus("frame", "");
  r.context(Context::Task, 100, "task 100", r.now(), call);
  const EventIndex woken = r.call(inner, nullptr, 0);
  r.leave(woken, false, 0, 1);
  r.leave(call, false, 0, 1);
  const tell::CallPath path(session.journal(), 2);
  EXPECT_EQ(path.nodes()[0].layer, Layer::Device);
  ASSERT_GE(path.nodeOf(woken), 0);
  EXPECT_EQ(path.nodes()[path.nodeOf(woken)].parent, path.nodeOf(call));
  EXPECT_EQ(path.nodes()[path.nodeOf(call)].parent, -1);
  Playhead p(session.journal());
  p.seek(woken + 1);
  EXPECT_EQ(momentOf(path, p).running, path.nodeOf(woken));
}

TEST(TellCallsOfSocket, SayWhichEntryOfWhichTableWasTaken) {
  const auto session = tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  const Journal& j = session->journal();
  Playhead at(j);
  EventIndex create = 0;
  for (EventIndex i = j.stimuli().back().event; i < j.size() && !create; ++i)
    if (j[i].type == EventType::Note && Symbols::get().notes()[j[i].b]->name == "inetsw.match") create = i + 1;
  ASSERT_TRUE(create);
  at.seek(create);
  const tell::CallsAt calls = tell::readCalls(at);
  EXPECT_EQ(calls.path.nodes()[calls.moment.running].name, "inet_create");
  EXPECT_EQ(tell::english(calls.moment.sentence),
            "inetsw[SOCK_STREAM] has the answer: protocol IPPROTO_TCP, served by tcp_prot.");
  ASSERT_TRUE(calls.card);
  EXPECT_EQ(lines(*calls.card), (std::vector<std::string>{
                                    "inetsw[SOCK_STREAM], list searched", "    protocol  prot  ops",
                                    "  > IPPROTO_TCP  tcp_prot  inet_stream_ops",
                                    "  reached through net_families[AF_INET] → inet_family_ops.create → inet_create"}));
  const nlohmann::json json = tell::json(calls);
  EXPECT_EQ(json["functions"].size(), calls.path.nodes().size());
  EXPECT_EQ(json["functions"][json["running"].get<std::size_t>()]["name"], "inet_create");
  EXPECT_EQ(json["table"]["title"], "inetsw[SOCK_STREAM]");
}

// Each call of a merged node can be a node of its own, and all of them one again.
TEST_F(TellCalls, MergedCallsCanBeToldApart) {
  session.play("socket(2, 1, 0)", socketTree);
  const tell::CallPath merged(session.journal(), 0);
  const int twice = named(merged, "sample_sk_alloc");
  const tell::CallPath apart(session.journal(), 0, {}, {merged.firstOfMerged(twice)});
  ASSERT_EQ(apart.nodes().size(), merged.nodes().size() + 1);
  const auto& calls = merged.nodes()[twice].calls;
  const tell::PathNode &first = apart.nodes()[apart.nodeOf(calls[0])], &second = apart.nodes()[apart.nodeOf(calls[1])];
  EXPECT_EQ(std::pair(first.part, first.parts), std::pair(1, 2));
  EXPECT_EQ(std::pair(second.part, second.parts), std::pair(2, 2));
  EXPECT_EQ(first.below, 1) << "each has what it called itself";
  EXPECT_EQ(second.below, 0);
  EXPECT_EQ(apart.firstOfMerged(apart.nodeOf(calls[1])), merged.firstOfMerged(twice));
}

// One lane for each task, softirq and interrupt of each host, by the host's name; what a softirq receives climbs, what it
// sends in answer goes down in a section of its own.
TEST(TellCallsOfHosts, EveryLaneIsNamedWithItsHost) {
  const auto session = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-between-two-hosts.pkt");
  const Journal& j = session->journal();
  tell::Hosts hosts;
  hosts.update(j);
  std::set<std::string> names;
  int answers = 0;
  for (int s = 0; s < static_cast<int>(j.stimuli().size()); ++s) {
    const tell::CallPath path(j, s, hosts);
    for (const tell::PathSection& section : path.sections()) {
      const tell::PathLane& lane = path.lanes()[static_cast<std::size_t>(section.lane)];
      if (hosts.of(path.begin()) != "") names.insert(tell::english(lane.name()));
      answers += lane.context.kind == Context::Softirq && !section.climbs && section.from >= 0;
    }
    for (const tell::PathNode& n : path.nodes()) {
      ASSERT_LT(static_cast<std::size_t>(n.section), path.sections().size());
      if (n.level) {
        EXPECT_EQ(path.nodes()[n.parent].section, n.section);
      }
    }
  }
  for (const char* name : {"client: softirq", "server: softirq", "client: task", "server: task"})
    EXPECT_TRUE(names.contains(name)) << name;
  EXPECT_FALSE(names.contains("softirq")) << "whose?";
  EXPECT_GT(answers, 0);
}

// What a softirq is entered from is the function that it interrupted, not the call that happens to be the stimulus.
TEST(TellCallsOfHosts, ASoftirqSaysWhatItInterrupted) {
  const auto session = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt");
  const Journal& j = session->journal();
  int softirqs = 0;
  for (int s = 0; s < static_cast<int>(j.stimuli().size()); ++s) {
    const tell::CallPath path(j, s);
    if (!j.stimuli()[static_cast<std::size_t>(s)].text.starts_with("connect(")) continue;
    for (const tell::PathSection& section : path.sections()) {
      if (path.lanes()[static_cast<std::size_t>(section.lane)].context.kind != Context::Softirq) continue;
      ++softirqs;
      ASSERT_GT(section.from, 0);
      EXPECT_NE(path.nodes()[section.from].function, -1);
    }
  }
  EXPECT_GT(softirqs, 1);
}

TEST(TellCallsOfHosts, ASingleHostNeedsNoName) {
  const auto session = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt");
  tell::Hosts hosts;
  hosts.update(session->journal());
  for (EventIndex i = 0; i < session->journal().size(); i += 97) EXPECT_EQ(hosts.of(i), "");
}

// Path, list, source and words name the same function at every moment, on a return too.
TEST(TellRunning, EveryPlaceNamesTheSameFunction) {
  const auto session = tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  const Journal& j = session->journal();
  Playhead at(j);
  int returns = 0;
  for (EventIndex i = j.stimuli().back().event + 1; i <= j.size(); ++i) {
    at.seek(i);
    const EventIndex runs = tell::runningCall(at);
    const tell::CallsAt calls = tell::readCalls(at);
    const auto frames = tell::sourceFrames(at);
    const tell::Moment moment = tell::momentAt(at);
    EXPECT_EQ(calls.moment.runningCall, runs);
    if (runs == NoEvent) continue;
    EXPECT_EQ(frames.back().call, runs);
    EXPECT_EQ(moment.stack.back().event, runs);
    if (j[i - 1].type != EventType::Return) continue;
    ++returns;
    EXPECT_EQ(runs, j[i - 1].where);
    EXPECT_EQ(calls.moment.returned, calls.moment.running);
  }
  EXPECT_GT(returns, 30);
}

TEST(TellCallsOfSocket, AnEmptyRecordHasNone) {
  const Journal nothing;
  const tell::CallsAt calls = tell::readCalls(Playhead(nothing));
  EXPECT_TRUE(calls.path.nodes().empty());
  EXPECT_TRUE(lines(calls).empty());
}

} // namespace
