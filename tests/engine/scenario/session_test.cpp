// Sessions: scripts played, what goes wrong said with its place, console, saving, the same stimuli giving the same record.
#include "engine/journal/queries.h"
#include "play.h"
#include "tests/support/stop_machine.h"
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace sockwalk::scenario {

namespace {
constexpr const char* SocketAndClose = "//@case socket_tcp\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 close(3) = 0\n";

std::string temporary(const std::string& name) { return (std::filesystem::temp_directory_path() / name).string(); }
} // namespace

TEST(Session, PlaysSocketAndClose) {
  const auto session = played(SocketAndClose);
  ASSERT_TRUE(session);
  EXPECT_EQ(failuresOf(*session), "");
  ASSERT_EQ(session->cases().size(), 1u);
  const Case& c = session->cases()[0];
  EXPECT_EQ(c.name, "socket_tcp");
  EXPECT_EQ(c.end, c.first + 1);
  const Stimulus& s = session->journal().stimuli()[c.first];
  EXPECT_EQ(s.text, "socket(AF_INET, SOCK_STREAM, 0)");
  EXPECT_EQ(s.name, "socket_tcp");
  EXPECT_GE(s.result, 0);
  EXPECT_FALSE(session->pending());
  EXPECT_EQ(session->progress(), 1.0);
}

TEST(Session, OneStepMovesTheMachineOnce) {
  auto session = opened({ScriptStimulus{"test.pkt", SocketAndClose}});
  ASSERT_TRUE(session);
  const size_t boot = session->journal().stimuli().size();
  session->runNext();
  EXPECT_EQ(session->journal().stimuli().size(), boot + 1);
  session->runNext();
  EXPECT_EQ(session->journal().stimuli().size(), boot + 2);
}

TEST(Session, SaysWhatWasExpectedAndWhere) {
  EXPECT_EQ(failures("0 socket(AF_INET, SOCK_STREAM, 0) = -1 EINVAL\n"),
            "test.pkt:1:3: expected -1 EINVAL, got the descriptor 3");
  EXPECT_EQ(failures("\n\n  0 socket(99, SOCK_STREAM, 0) = 3\n"), "test.pkt:3:5: expected 3, got -1 EAFNOSUPPORT");
  EXPECT_EQ(failures("0 socket(99, SOCK_STREAM, 0) = -1 EINVAL\n"),
            "test.pkt:1:3: expected -1 EINVAL, got -1 EAFNOSUPPORT");
  EXPECT_EQ(failures("0 socket(99, SOCK_STREAM, 0) = -1\n"), "") << "-1 alone takes any error";
}

TEST(Session, SaysWhatItDoesNotPlay) {
  EXPECT_NE(failures("0 listn(3, 1) = 0\n").find("does not have listn() yet; did you mean listen()?"),
            std::string::npos);
  EXPECT_NE(failures("0 frobnicate(1) = 0\n").find("test.pkt:1:3: this kernel does not have frobnicate() yet"),
            std::string::npos);
  EXPECT_NE(failures("0 socket(AF_INET, SOCK_DGRAM) = 3\n").find("socket() takes 3 arguments, found 2"),
            std::string::npos);
  EXPECT_NE(failures("0 `reboot now`\n").find("test.pkt:1:1: the command 'reboot' is not played"), std::string::npos);
  EXPECT_NE(failures("0 `sysctl -q net.ipv4.no_such_thing=1`\n").find("net.ipv4.no_such_thing"), std::string::npos);
  EXPECT_NE(failures("//@limit colour=3\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n").find("the limit colour"),
            std::string::npos);
  EXPECT_NE(failures("//@capability -fly\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n").find("cap_fly"), std::string::npos);
  EXPECT_NE(failures("0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n//@fail tcp_fragment\n+0 close(3) = 0\n")
                .find("tcp_fragment() was not called"),
            std::string::npos);
  EXPECT_NE(failures("0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n//@fail inet_release\n+0 close(3) = 0\n")
                .find("inet_release() asked for no such memory"),
            std::string::npos);
  EXPECT_NE(failures("//@fail sk_prot_alloc 9\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n").find("no such memory"),
            std::string::npos)
      << "it was not asked so often";
  EXPECT_NE(failures("//@fail no_such\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n").find("no_such()"), std::string::npos);
  EXPECT_NE(failures("0 %{ assert tcpi_state == 1 }%\n").find("test.pkt:1:6: TCP_INFO"), std::string::npos);
}

TEST(Session, RefusesWhatItCannotOpen) {
  const auto error = [](const std::string& path) {
    auto opened = Session::openFile(path);
    return opened ? "opened" : opened.error().message;
  };
  EXPECT_NE(error("/nonexistent.pkt").find("/nonexistent.pkt"), std::string::npos);
  auto six = Session::open({ScriptStimulus{"v.pkt", "--ip_version=ipv6\n0 close(3) = -1 EBADF\n"}});
  ASSERT_FALSE(six);
  EXPECT_NE(six.error().message.find("v.pkt"), std::string::npos);
  auto wrong = Session::open({ScriptStimulus{"w.pkt", "0 socket(\n"}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message.rfind("w.pkt:", 0), 0u);
}

TEST(Session, LimitsAndFaultsReachTheKernel) {
  EXPECT_EQ(failures("//@limit nofile=0\n0 socket(AF_INET, SOCK_DGRAM, 0) = -1 EMFILE\n//@limit nofile=1024\n"
                     "+0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n"),
            "");
  EXPECT_EQ(failures("//@fail sk_prot_alloc\n0 socket(AF_INET, SOCK_DGRAM, 0) = -1 ENOMEM\n"
                     "+0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n"),
            "")
      << "once, and then no more";
  EXPECT_EQ(failures("//@capability -net_raw\n0 socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) = -1 EPERM\n"
                     "//@capability +net_raw\n+0 socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) = 3\n"),
            "");
}

TEST(Session, DescriptorsOfAScriptAreItsOwn) {
  EXPECT_EQ(failures("0 socket(AF_INET, SOCK_DGRAM, 0) = 17\n+0 close(17) = 0\n+0 close(17) = -1 EBADF\n"
                     "+0 socket(AF_INET, SOCK_DGRAM, 0) = 17\n"),
            "");
  EXPECT_NE(failures("0 socket(AF_INET, SOCK_DGRAM, 0) = 5\n+0 socket(AF_INET, SOCK_DGRAM, 0) = 5\n")
                .find("test.pkt:2:4: descriptor 5 is open already"),
            std::string::npos);
}

TEST(Session, TheSameStimuliGiveTheSameRecord) {
  const u64 first = played(SocketAndClose)->journal().hash();
  EXPECT_EQ(played(SocketAndClose)->journal().hash(), first);
  EXPECT_NE(played("0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n")->journal().hash(), first);
}

TEST(Session, TheConsoleMakesCalls) {
  auto session = opened({});
  ASSERT_TRUE(session);
  const auto made = session->console("fd = socket(AF_INET, SOCK_DGRAM, 0)");
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_GE(session->journal().stimuli()[*made].result, 0);
  const auto closed = session->console("close(fd);");
  ASSERT_TRUE(closed) << closed.error().message;
  EXPECT_EQ(session->journal().stimuli()[*closed].result, 0);
  EXPECT_EQ(session->stimuli().size(), 2u);
  EXPECT_FALSE(session->console("close(nothing_of_that_name)"));
  EXPECT_FALSE(session->console("fd ="));
  EXPECT_EQ(session->stimuli().size(), 2u) << "what could not be done is not part of the session";
}

// ---- packets by hand

// The numbers that the machine chose are learnt from what it sent; the script itself never looked at it.
TEST(Session, PacketsArriveByHand) {
  const std::string listens = R"(0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
)";
  auto session = played(listens);
  for (const char* line : {"< S 0:0(0) win 65535 <mss 1460>", "< . 1:1(0) ack 1 win 257", "c = accept(3, ..., ...)",
                           "< P. 1:101(100) ack 1 win 257", "n = read(c, ..., 200)"}) {
    const auto done = session->console(line);
    ASSERT_TRUE(done) << line << ": " << done.error().message;
  }
  EXPECT_EQ(session->journal().stimuli().back().result, 100);
  auto again = opened(std::vector<SessionStimulus>(session->stimuli()));
  again->runAll();
  EXPECT_EQ(failuresOf(*again), "");
  EXPECT_EQ(again->journal().hash(), session->journal().hash());
}

TEST(Session, APacketByHandThatIsNoneIsRefused) {
  auto session = played("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  const auto why = [](Session& s, const std::string& line) {
    const auto done = s.console(line);
    return done ? "done" : done.error().message;
  };
  const size_t stimuli = session->stimuli().size();
  EXPECT_NE(why(*session, "< S 0:0(0)").find("'win N'"), std::string::npos);
  EXPECT_NE(why(*session, "< S 0:0(0) win 10 close(3)").find("nothing after the packet"), std::string::npos);
  EXPECT_EQ(session->stimuli().size(), stimuli);
  EXPECT_NE(why(*opened({}), "< S 0:0(0) win 10").find("where a script plays"), std::string::npos);
  EXPECT_NE(
      why(*played("//@link veth\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"), "< S 0:0(0) win 10").find("two hosts"),
      std::string::npos);
}

// ---- calls that sleep

struct OnTheConsole {
  std::unique_ptr<Session> session = opened({});
  const Stimulus& type(const std::string& line) {
    const auto done = session->console(line);
    EXPECT_TRUE(done) << line << ": " << done.error().message;
    return session->journal().stimuli()[done ? *done : 0];
  }
  s64 result(const std::string& line) {
    const Stimulus& call = type(line);
    EXPECT_TRUE(call.finished) << line;
    return call.result;
  }
  std::string error(const std::string& line) {
    const auto done = session->console(line);
    return done ? "done" : done.error().message;
  }
};
const std::string OnLo = "{sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr(\"127.0.0.1\")}, 16)";

TEST(Console, KeepsItsDescriptorsWhileACallSleeps) {
  OnTheConsole c;
  EXPECT_EQ(c.result("fd = socket(AF_INET, SOCK_DGRAM, 0)"), 3);
  EXPECT_EQ(c.result("bind(fd, " + OnLo), 0);
  EXPECT_FALSE(c.type("n = recvfrom(fd, ..., 100, 0, NULL, NULL)").finished);
  EXPECT_EQ(c.result("other = socket(AF_INET, SOCK_DGRAM, 0)"), 4) << "the same table of descriptors";
  EXPECT_EQ(c.error("close(n)"), "1:7: n is not known yet: recvfrom(fd, ..., 100, 0, NULL, NULL) has not returned");
  EXPECT_EQ(c.result("sendto(other, \"hello\", 5, 0, " + OnLo), 5) << "which wakes the sleeper";
  EXPECT_EQ(c.result("dup2(other, n)"), 5) << "n is 5 now";
  EXPECT_EQ(c.result("close(5)"), 0);
  EXPECT_EQ(c.result("close(fd)"), 0);
}

TEST(Console, NamesWhatAnAcceptThatSleptGives) {
  OnTheConsole c;
  EXPECT_EQ(c.result("s = socket(AF_INET, SOCK_STREAM, 0)"), 3);
  EXPECT_EQ(c.result("bind(s, " + OnLo), 0);
  EXPECT_EQ(c.result("listen(s, 5)"), 0);
  EXPECT_FALSE(c.type("c = accept(s, ..., ...)").finished);
  EXPECT_EQ(c.result("mine = socket(AF_INET, SOCK_STREAM, 0)"), 5) << "accept() has 4 already";
  EXPECT_EQ(c.result("connect(mine, " + OnLo), 0);
  EXPECT_EQ(c.result("send(mine, \"hello\", 5, 0)"), 5);
  EXPECT_EQ(c.result("recv(c, ..., 100, 0)"), 5);
  EXPECT_FALSE(c.type("n = recv(c, ..., 100, 0)").finished) << "the second call that sleeps";
  EXPECT_FALSE(c.type("d = accept(s, ..., ...)").finished) << "and a third beside it";
  EXPECT_EQ(c.result("close(mine)"), 0);
  EXPECT_EQ(c.result("listen(s, n)"), 0) << "0: the end of the stream";
  EXPECT_EQ(c.error("close(d)"), "1:7: d is not known yet: accept(s, ..., ...) has not returned");
}

TEST(Console, TheLastLineThatNamesAResultWins) {
  OnTheConsole c;
  c.type("s = socket(AF_INET, SOCK_STREAM, 0)");
  c.type("bind(s, " + OnLo);
  c.type("listen(s, 5)");
  c.type("c = accept(s, ..., ...)");
  EXPECT_EQ(c.result("c = socket(AF_INET, SOCK_STREAM, 0)"), 5);
  EXPECT_EQ(c.result("connect(c, " + OnLo), 0);
  EXPECT_EQ(c.result("send(c, \"x\", 1, 0)"), 1);
  EXPECT_EQ(c.result("close(c)"), 0) << "the socket, not what accept() gave";
  EXPECT_EQ(c.result("close(4)"), 0) << "which is there under its number";
}

TEST(Session, ASavedSessionPlaysToTheSameRecord) {
  auto session = opened({ScriptStimulus{"test.pkt", SocketAndClose}});
  ASSERT_TRUE(session);
  session->runNext();
  ASSERT_TRUE(session->console("c = socket(AF_INET, SOCK_STREAM, 0)")) << "between two lines of the script";
  session->runAll();
  ASSERT_TRUE(session->console("close(c)"));
  const std::string path = temporary("sockwalk_session_test.sockwalk");
  const std::string layout("docks\0\xff|", 8);
  ASSERT_TRUE(session->save(path, 1234, layout));

  const auto saved = loadSession(path);
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_EQ(saved->playhead, 1234u);
  EXPECT_EQ(saved->layout, layout);
  auto again = Session::openFile(path);
  ASSERT_TRUE(again) << again.error().message;
  (*again)->runAll();
  EXPECT_EQ((*again)->journal().hash(), session->journal().hash());
  EXPECT_EQ(failuresOf(**again), "");
  std::filesystem::remove(path);
}

// ---- each kind of stimulus, saved and played again

// Saves the session, plays what was saved in a fresh one and holds the records against each other.
std::unique_ptr<Session> playedAgain(const Session& session, const std::string& name) {
  const std::string path = temporary("sockwalk_again_" + name + std::to_string(::getpid()) + ".sockwalk");
  const auto saved = session.save(path, 0, "");
  EXPECT_TRUE(saved) << saved.error().message;
  auto again = openedFile(path);
  std::filesystem::remove(path);
  if (!again) return nullptr;
  again->runAll();
  EXPECT_EQ(again->journal().hash(), session.journal().hash()) << name;
  EXPECT_EQ(again->stimuli(), session.stimuli()) << name;
  EXPECT_EQ(failuresOf(*again), failuresOf(session)) << name;
  return again;
}

TEST(SavedSession, CallsThatSleepSleepAgain) {
  auto session = opened({TapStimulus{"10.77.0.2/24"}});
  ASSERT_TRUE(session);
  ASSERT_TRUE(session->console("fd = socket(AF_INET, SOCK_DGRAM, 0)"));
  ASSERT_TRUE(session->console("bind(fd, {sa_family = AF_INET, sin_port = htons(7), sin_addr = INADDR_ANY}, 16)"));
  const auto sleeper = session->console("n = recv(fd, ..., 100, 0)");
  ASSERT_TRUE(sleeper);
  session->passTime(session->machine().now() + 1'000'000);
  std::vector<u8> hello{0x52, 0x54, 0, 0x12, 0x34, 0x56, 2,  0,  0,    0,    0,   1,   8,   0,   0x45, 0,
                        0,    33,   0, 0,    0,    0,    64, 17, 0x66, 0x30, 10,  77,  0,   1,   10,   77,
                        0,    2,    0, 9,    0,    7,    0,  13, 0,    0,    'h', 'e', 'l', 'l', 'o'};
  session->frame(hello, session->machine().now() + 1'000'000);
  ASSERT_TRUE(session->journal().stimuli()[*sleeper].finished) << "the frame woke it";
  EXPECT_EQ(session->journal().stimuli()[*sleeper].result, 5);
  ASSERT_TRUE(session->console("setsockopt(fd, SOL_SOCKET, SO_RCVBUF, [n], 4)"));
  playedAgain(*session, "sleep");
}

TEST(SavedSession, ALimitAndAWaitAreDoneAgain) {
  auto session = opened({ScriptStimulus{"test.pkt", SocketAndClose}});
  ASSERT_TRUE(session);
  session->runNext();
  ASSERT_TRUE(session->console("limit nofile=1"));
  ASSERT_TRUE(session->console("wait 0.25"));
  session->runAll();
  const auto full = session->console("socket(AF_INET, SOCK_DGRAM, 0)");
  ASSERT_TRUE(full) << full.error().message;
  ASSERT_EQ(session->stimuli().size(), 4u);
  EXPECT_TRUE(std::holds_alternative<LimitStimulus>(session->stimuli()[1]));
  EXPECT_TRUE(std::holds_alternative<TimeStimulus>(session->stimuli()[2]));
  EXPECT_GE(session->machine().now(), 250'000'000);
  EXPECT_EQ(session->machine().options().maxOpenFiles, 1u);
  EXPECT_EQ(playedAgain(*session, "limit")->machine().options().maxOpenFiles, 1u);
}

TEST(SavedSession, WhatIsWrongWithALimitOrAWaitIsSaid) {
  auto session = opened({});
  ASSERT_TRUE(session);
  const auto why = [&](const std::string& line) {
    const auto done = session->console(line);
    return done ? "done" : done.error().message;
  };
  EXPECT_EQ(why("limit nofile"), "expected NAME=N after 'limit', nofile=3 for instance");
  EXPECT_EQ(why("limit colour=3"), "the limit colour is not one that Sockwalk knows; nofile and file_max are");
  for (const char* line : {"wait", "wait -1", "wait soon", "wait 1e300", "wait nan"})
    EXPECT_EQ(why(line), "expected seconds after 'wait', 0.5 for instance, and not more than a day");
  EXPECT_EQ(session->stimuli().size(), 0u);
}

TEST(SavedSession, TicksLinkAndDefinitionsAreKept) {
  auto session = opened({ScriptStimulus{"test.pkt", "0 socket(AF_INET, KIND, 0) = 3\n", {{"KIND", "SOCK_DGRAM"}}}},
                        {MachineKind::Plain, 100, Link::Tun});
  ASSERT_TRUE(session);
  session->runAll();
  EXPECT_EQ(failuresOf(*session), "");
  const auto again = playedAgain(*session, "setup");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->machine().options().hz, 100u);
  EXPECT_TRUE(again->machine().options().tun);
}

TEST(SavedSession, AnIdleMachineHasALinkToo) {
  auto session = opened({}, {{}, {}, Link::Veth});
  ASSERT_TRUE(session);
  session->runAll();
  ASSERT_TRUE(session->console("fd = socket(AF_INET, SOCK_DGRAM, 0)"));
  playedAgain(*session, "veth");
}

TEST(SavedSession, BothMachinesAreKept) {
  for (const MachineKind kind : {MachineKind::Plain, MachineKind::Recorded}) {
    auto session = opened({ScriptStimulus{"test.pkt", SocketAndClose}}, {kind, {}, {}});
    ASSERT_TRUE(session);
    session->runAll();
    const auto again = playedAgain(*session, "machine");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->setup().machine, kind);
    EXPECT_EQ(again->machine().options().recorded.plain(), kind == MachineKind::Plain);
  }
}

TEST(SavedSession, ACaptureIsPartOfIt) {
  namespace fs = std::filesystem;
  const std::string capture = temporary("sockwalk_moved_" + std::to_string(::getpid()) + ".pcap");
  fs::copy_file(CAPTURES_DIR "/hello-udp.pcap", capture, fs::copy_options::overwrite_existing);
  auto session = openedFile(capture, {{}, {}, "10.9.0.2"});
  fs::remove(capture);
  ASSERT_TRUE(session);
  session->runAll();
  ASSERT_FALSE(session->cases().empty());
  playedAgain(*session, "capture");
}

TEST(SavedSession, FramesOfATapComeAgain) {
  auto session = opened({TapStimulus{"10.77.0.2/24"}});
  ASSERT_TRUE(session);
  std::vector<u8> arp(42, 0); // who has 10.77.0.2, asks 10.77.0.1
  const u8 head[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 8,  6,  0, 1,
                     8,    0,    6,    4,    0,    1,    2, 0, 0, 0, 0, 1, 10, 77, 0, 1};
  std::copy(std::begin(head), std::end(head), arp.begin());
  arp[38] = 10, arp[39] = 77, arp[41] = 2;
  int answers = 0;
  session->onTransmit = [&](std::span<const u8>) { ++answers; };
  session->frame(arp, 1'000'000);
  session->frame(arp, 9'000'000);
  EXPECT_EQ(answers, 2);
  playedAgain(*session, "tap");
}

TEST(SavedSession, WhatDoesNotGoTogetherIsRefused) {
  const auto why = [](std::vector<SessionStimulus> stimuli, const MachineSetup& setup = {}) {
    auto session = Session::open(std::move(stimuli), setup);
    return session ? "opened" : session.error().message;
  };
  EXPECT_EQ(why({TapStimulus{"10.0.0.1/24"}, ScriptStimulus{"s.pkt", "0 close(3) = -1\n"}}),
            "a session plays one script, one capture or one TAP; more were given");
  EXPECT_EQ(why({TapStimulus{"10.0.0.1/24"}}, {{}, {}, Link::Tun}),
            "the link tun is for scripts; a TAP is played on e1000");
  EXPECT_EQ(why({TapStimulus{"10.0.0.1/99"}}), "expected eth0's address as 10.0.2.15/24, found '10.0.0.1/99'");
  auto defined = Session::openFile(CAPTURES_DIR "/hello-udp.pcap", {{}, {{"A", "1"}}, ""});
  ASSERT_FALSE(defined);
  EXPECT_NE(defined.error().message.find("it is no script, so -D has nothing to define"), std::string::npos);
}

TEST(SavedSession, AFarMomentIsSaidAndNotWaitedFor) {
  auto session = opened({CallStimulus{INT64_MAX, "close(3)"}, TimeStimulus{0, INT64_MAX}});
  ASSERT_TRUE(session);
  session->runAll();
  EXPECT_EQ(failuresOf(*session), "console: more than a day passes before the next stimulus\n"
                                  "console: a wait takes a day at most");
}

TEST(Session, ABrokenSessionFileSaysItsLine) {
  const std::string path = temporary("sockwalk_broken_test.sockwalk");
  std::ofstream(path) << "sockwalk-session 99\n";
  const auto saved = loadSession(path);
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().message.rfind(path + ":1:", 0), 0u) << saved.error().message;
  std::filesystem::remove(path);
}

TEST(Session, AMachineThatStoppedInASoftirqRefusesTheConsoleAndSaysWhy) {
  const auto session = played("//@link lo\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n");
  ASSERT_TRUE(session);
  kernel::stopWithNextFrame(session->machine());
  ASSERT_TRUE(session->console(
      "sendto(3, \"x\", 1, 0, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr(\"127.0.0.1\")}, 16)"));
  const auto refused = session->console("socket(AF_INET, SOCK_DGRAM, 0)");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "the kernel has stopped: this kernel does not simulate unsimulated_tap(), and a "
                                     "softirq was in the middle of it");
}

TEST(Session, MoreTasksThanTheMachineHasMemoryForAreRefusedWithASentence) {
  const auto session = played("//@link lo\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n");
  ASSERT_TRUE(session);
  for (u32 n = 1; n < kernel::Machine::MostTasks; ++n)
    ASSERT_TRUE(session->console("task number " + std::to_string(n)));
  const auto refused = session->console("task one too many");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "there are 48 tasks, as many as the machine has memory for: one has to end, by "
                                     "exit(), before 'one too many' can begin");
  ASSERT_TRUE(session->console("exit(0)")) << "the last one that was made ends";
  EXPECT_TRUE(session->console("task one too many"));
}

} // namespace sockwalk::scenario
