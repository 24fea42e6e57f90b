// Sessions: scripts played, what goes wrong said with its place, console, saving, the same stimuli giving the same record.
#include "engine/journal/queries.h"
#include "play.h"
#include <filesystem>
#include <fstream>

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
  auto session = opened({{Source::Kind::Script, "test.pkt", SocketAndClose, "", 0}});
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
  EXPECT_NE(failures("0 frobnicate(1) = 0\n").find("test.pkt:1:3: this kernel does not have frobnicate() yet"),
            std::string::npos);
  EXPECT_NE(failures("0 socket(AF_INET, SOCK_DGRAM) = 3\n").find("socket() takes 3 arguments, found 2"),
            std::string::npos);
  EXPECT_NE(failures("0 `reboot now`\n").find("test.pkt:1:1: the command 'reboot' is not played"), std::string::npos);
  EXPECT_NE(failures("0 `sysctl -q net.ipv4.no_such_thing=1`\n").find("net.ipv4.no_such_thing"), std::string::npos);
  EXPECT_NE(failures("//@limit colour=3\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n").find("the limit colour"),
            std::string::npos);
  EXPECT_NE(failures("//@capability -fly\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n").find("cap_fly"), std::string::npos);
  EXPECT_NE(failures("//@fail no_such\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n").find("no_such()"), std::string::npos);
  EXPECT_NE(failures("0 %{ assert tcpi_state == 1 }%\n").find("test.pkt:1:6: TCP_INFO"), std::string::npos);
}

TEST(Session, RefusesWhatItCannotOpen) {
  const auto error = [](const std::string& path) {
    auto opened = Session::openFile(path);
    return opened ? "opened" : opened.error().message;
  };
  EXPECT_NE(error("/nonexistent.pkt").find("/nonexistent.pkt"), std::string::npos);
  auto six = Session::open({{Source::Kind::Script, "v.pkt", "--ip_version=ipv6\n0 close(3) = -1 EBADF\n", "", 0}});
  ASSERT_FALSE(six);
  EXPECT_NE(six.error().message.find("v.pkt"), std::string::npos);
  auto wrong = Session::open({{Source::Kind::Script, "w.pkt", "0 socket(\n", "", 0}});
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
  EXPECT_EQ(session->sources().size(), 2u);
  EXPECT_FALSE(session->console("close(nothing_of_that_name)"));
  EXPECT_FALSE(session->console("fd ="));
  EXPECT_EQ(session->sources().size(), 2u) << "what could not be done is not part of the session";
}

TEST(Session, ASavedSessionPlaysToTheSameRecord) {
  auto session = opened({{Source::Kind::Script, "test.pkt", SocketAndClose, "", 0}});
  ASSERT_TRUE(session);
  session->runNext();
  ASSERT_TRUE(session->console("c = socket(AF_INET, SOCK_STREAM, 0)")) << "between two lines of the script";
  session->runAll();
  ASSERT_TRUE(session->console("close(c)"));
  const std::string path = temporary("sockwalk_session_test.sockwalk");
  const std::string layout("docks\0\xff|", 8);
  ASSERT_TRUE(session->save(path, 1234, layout));

  const auto saved = Session::readSaved(path);
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_EQ(saved->position, 1234u);
  EXPECT_EQ(saved->layout, layout);
  auto again = Session::openFile(path);
  ASSERT_TRUE(again) << again.error().message;
  (*again)->runAll();
  EXPECT_EQ((*again)->journal().hash(), session->journal().hash());
  EXPECT_EQ(failuresOf(**again), "");
  std::filesystem::remove(path);
}

TEST(Session, ABrokenSessionFileSaysItsLine) {
  const std::string path = temporary("sockwalk_broken_test.sockwalk");
  std::ofstream(path) << "sockwalk-session 99\n";
  const auto saved = Session::readSaved(path);
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().message.rfind(path + ":1:", 0), 0u) << saved.error().message;
  std::filesystem::remove(path);
}

} // namespace sockwalk::scenario
