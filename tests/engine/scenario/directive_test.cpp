#include "tests/engine/scenario/parse_helpers.h"

namespace sockwalk::scenario {

namespace {

TEST(Directive, settingsOfTheScript) {
  const Script script = parsed("//@link veth\n--mtu=1400\n//@hz 1000\n`x`\n0 close(3) = 0");
  EXPECT_EQ(script.link, Link::Veth);
  EXPECT_EQ(script.hz, 1000u);
  EXPECT_EQ(script.events.size(), 1u);
  EXPECT_TRUE(script.init);
  EXPECT_EQ(parsed("//@link lo\n0 f() = 0").link, Link::Loopback);
  EXPECT_EQ(parsed("//@note a\n//@link tun\n`x`\n0 f() = 0").init->text, "x");
}

TEST(Directive, theMachineIsPlainOrAsRecorded) {
  EXPECT_EQ(parsed("//@machine plain\n0 f() = 0").machine, MachineKind::Plain);
  const Script script = parsed("//@machine recorded\n0 f() = 0");
  EXPECT_EQ(script.machine, MachineKind::Recorded);
  EXPECT_EQ(describe(script), "//@machine recorded\n0 f() = 0\n");
  EXPECT_FALSE(script == parsed("0 f() = 0"));
  EXPECT_EQ(errorOf("//@machine fast\n0 f() = 0"), "t:1:12: expected plain or recorded, found 'fast'");
  EXPECT_EQ(errorOf("//@machine plain\n//@machine plain\n0 f() = 0"), "t:2:1: //@machine may stand only once");
}

TEST(Directive, whereAWalkHasItsAnswer) {
  const std::string script = "//@link lo\n//@answer  note tcp.reset 2\n//@ It ends\n//@ here.\n//@answer event drop\n"
                             "//@ And here.\n0 close(3) = 0";
  const auto answers = parseAnswers(script);
  ASSERT_TRUE(answers) << answers.error().message;
  ASSERT_EQ(answers->size(), 2u);
  EXPECT_EQ((*answers)[0].place, "note tcp.reset 2");
  EXPECT_EQ((*answers)[0].words, "It ends here.");
  EXPECT_EQ((*answers)[0].position.line, 2u);
  EXPECT_EQ((*answers)[0].position.column, 12u);
  EXPECT_EQ((*answers)[1].place, "event drop");
  EXPECT_EQ(parsed(script).events.size(), 1u) << "whoever plays it passes them over";
  EXPECT_TRUE(parseAnswers("0 f() = 0")->empty());
  EXPECT_EQ(errorOf("//@answer\n//@ x\n0 f() = 0"), "t:1:1: expected a place after //@answer, event drop for instance");
  EXPECT_EQ(errorOf("//@answer end\n0 f() = 0"),
            "t:1:1: expected below this //@answer, after '//@ ', what there is to see");
  EXPECT_EQ(errorOf("0 f() = 0\n//@answer end\n//@ x"),
            "t:2:1: //@link, //@hz, //@machine, //@era and //@answer must stand before the first event");
}

TEST(Directive, aCallThatIsOneTooMany) {
  EXPECT_EQ(only<Command>("//@skb push 64"), (Command{"skb push 64"}));
  EXPECT_EQ(only<Command>("//@skb put 4096 ip_output"), (Command{"skb put 4096 ip_output"}));
  EXPECT_EQ(only<Command>("//@skb pull 2000"), (Command{"skb pull 2000"}));
  EXPECT_EQ(errorOf("//@skb trim 4"), "t:1:8: expected push, put or pull, found 'trim'");
  EXPECT_EQ(errorOf("//@skb push"), "t:1:12: expected the length (a number), found the end");
  EXPECT_EQ(errorOf("//@skb push 0"), "t:1:13: the length must be from 1 to 65535, found 0");
  EXPECT_EQ(errorOf("//@skb push 4 a b"), "t:1:17: expected nothing more after //@skb, found 'b'");
}

TEST(Directive, aCaseNamesTheNextCallOnly) {
  const Script script = parsed("//@case a/b-1\n//@note here\n0 f() = 0\n+0 g() = 0");
  ASSERT_EQ(script.events.size(), 4u);
  EXPECT_EQ(std::get<CaseMark>(script.events[0].action).name, "a/b-1");
  EXPECT_EQ(script.events[0].time.kind, TimeKind::Unspecified);
  EXPECT_EQ(std::get<SystemCall>(script.events[2].action).caseName, "a/b-1");
  EXPECT_EQ(std::get<SystemCall>(script.events[3].action).caseName, "");
}

TEST(Directive, aCaseMayNameWhatAFrameSetsOff) {
  const Script script = parsed("//@case frame\n0 < udp (5)\n//@case call\n+0 f() = 0");
  ASSERT_EQ(script.events.size(), 4u);
  EXPECT_EQ(std::get<SystemCall>(script.events[3].action).caseName, "call");
  EXPECT_EQ(std::get<SystemCall>(parsed("//@case frame\n0 < udp (5)\n+0 f() = 0").events[2].action).caseName, "");
}

TEST(Directive, aTaskMakesTheCallsThatFollow) {
  const Script script = parsed("0 f() = 0\n//@task server\n+0 f() = 0\n+0 f() = 0\n//@task client\n+0 f() = 0");
  std::vector<std::string> tasks;
  for (const Event& event : script.events)
    if (const auto* call = std::get_if<SystemCall>(&event.action)) tasks.push_back(call->task);
  EXPECT_EQ(tasks, (std::vector<std::string>{"", "server", "server", "client"}));
}

TEST(Directive, framesCarryOnOverLinesWithRemarks) {
  const Script script =
      parsed("//@frame +.01 < 02 00 0000 # to\n//@   FFff   # zz\n//@\t\n//@frame * > 00\n0 close(3) = 0\n");
  const auto& frame = std::get<Frame>(script.events[0].action);
  EXPECT_EQ(frame.bytes, (std::vector<std::uint8_t>{2, 0, 0, 0, 0xff, 0xff}));
  EXPECT_EQ(frame.direction, Direction::Inbound);
  EXPECT_EQ(script.events[0].time, (EventTime{TimeKind::Relative, 10'000'000, 10'000'000}));
  EXPECT_EQ(std::get<Frame>(script.events[1].action).direction, Direction::Outbound);
  EXPECT_EQ(script.events[1].time.kind, TimeKind::Any);
}

TEST(Directive, notesKeepTheirTextAndCarryOn) {
  const auto note = only<NoteMark>("//@note see https://example.org, \"both\"  \r\n//@  ways `x`\n");
  EXPECT_EQ(note.text, "see https://example.org, \"both\" ways `x`");
}

TEST(Directive, limitsFailuresCapabilitiesPeers) {
  const auto limits = only<LimitChange>("//@limit nofile=3 file_max=10").limits;
  EXPECT_EQ(limits, (std::vector<std::pair<std::string, std::int64_t>>{{"nofile", 3}, {"file_max", 10}}));
  EXPECT_EQ(only<FailureOrder>("//@fail sk_alloc"), (FailureOrder{"sk_alloc", 1}));
  EXPECT_EQ(only<FailureOrder>("//@fail sock_alloc_inode 3"), (FailureOrder{"sock_alloc_inode", 3}));
  const auto capabilities = only<CapabilityChange>("//@capability -net_raw +net_admin").capabilities;
  EXPECT_EQ(capabilities, (std::vector<std::pair<std::string, bool>>{{"net_raw", false}, {"net_admin", true}}));
  EXPECT_EQ(only<PeerService>("//@peer echo 7"), (PeerService{"echo", 7}));
  EXPECT_EQ(only<PeerService>("//@peer alone"), (PeerService{"alone", 0}));
  EXPECT_EQ(only<Idle>("//@idle 0.25"), (Idle{250'000'000}));
}

TEST(Directive, isACommentToTheOriginal) {
  // Nothing but `//` lines: taking them away leaves the same packetdrill events.
  EXPECT_EQ(parsed("//@hz 250\n0 f() = 0\n//@note x\n+0 g() = 0").events.size(), 3u);
}

} // namespace

} // namespace sockwalk::scenario
