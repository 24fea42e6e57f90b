// The calls of a moment: which nodes the path of a stimulus has, which of them run, what the running one was given and
// says, and the table through which it was reached.
#include "engine/tell/calls/calls.h"
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
  EXPECT_EQ(m.running, named(path, "sample_sk_alloc"));
  EXPECT_EQ(m.returned, alloc);
  EXPECT_EQ(m.result, "0");

  p.seek(j.size());
  m = momentOf(path, p);
  EXPECT_EQ(m.running, 0) << "all has returned: the stimulus itself";
  EXPECT_EQ(tell::english(m.sentence), "returned 0");
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

TEST(TellCallsOfSocket, AnEmptyRecordHasNone) {
  const Journal nothing;
  const tell::CallsAt calls = tell::readCalls(Playhead(nothing));
  EXPECT_TRUE(calls.path.nodes().empty());
  EXPECT_TRUE(lines(calls).empty());
}

} // namespace
