// poll, select and epoll over datagram sockets of one machine: ready and not, edge and level, one-shot, sleeping.
#include "play.h"

namespace sockwalk::scenario {

namespace {

// 3 is bound to a port of lo, 4 is connected to it.
const std::string Pair =
    "//@link lo\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 socket(AF_INET, SOCK_DGRAM, 0) = 4\n"
    "+0 bind(3, {sa_family = AF_INET, sin_port = htons(5400), sin_addr = inet_addr(\"127.0.0.1\")}, 16) = 0\n"
    "+0 connect(4, {sa_family = AF_INET, sin_port = htons(5400), sin_addr = inet_addr(\"127.0.0.1\")}, 16) = 0\n";
const std::string Send = "+.01 send(4, \"hello\", 5, 0) = 5\n";
const std::string Watch = "+0 epoll_create1(0) = 5\n";

std::string add(const std::string& events) {
  return "+0 epoll_ctl(5, EPOLL_CTL_ADD, 3, {events=" + events + ", fd=3}) = 0\n";
}
const std::string Ready = "+0 epoll_wait(5, {events=EPOLLIN, fd=3}, 8, 0) = 1\n";
const std::string Nothing = "+0 epoll_wait(5, ..., 8, 0) = 0\n";
const std::string Drain = "+0 recv(3, \"hello\", 100, 0) = 5\n";

} // namespace

TEST(Poll, TellsWhatIsThere) {
  EXPECT_EQ(failures(Pair +
                     "+0 poll([{fd=3, events=POLLIN|POLLOUT, revents=POLLOUT}], 1, 0) = 1\n"
                     "+0 poll([{fd=3, events=POLLIN, revents=0}], 1, 0) = 0\n" +
                     Send +
                     "+0 poll([{fd=3, events=POLLIN, revents=POLLIN}, {fd=-1, events=POLLIN, revents=0}, "
                     "{fd=77, events=POLLIN, revents=POLLNVAL}], 3, 0) = 2\n"),
            "");
  EXPECT_NE(failures(Pair + "+0 poll([{fd=3, events=POLLOUT, revents=POLLIN}], 1, 0) = 1\n")
                .find("expected revents POLLIN, got POLLOUT"),
            std::string::npos);
}

TEST(Poll, SleepsUntilADatagramOrTheTimeout) {
  EXPECT_EQ(failures(Pair + "+0...0.05 poll([{fd=3, events=POLLIN, revents=0}], 1, 50) = 0\n"), "");
  EXPECT_EQ(
      failures(Pair +
               "+0...0.02 poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, -1) = 1\n+.02 send(4, \"x\", 1, 0) = 1\n"),
      "");
  EXPECT_EQ(failures(Pair +
                     "+0...0.05 poll([{fd=3, events=POLLPRI, revents=0}], 1, 50) = 0\n+.02 send(4, \"x\", 1, 0) = 1\n"),
            "")
      << "what was not asked for wakes nobody";
}

TEST(Poll, ManyDescriptorsNeedPagesOfEntries) {
  std::string fds;
  for (int i = 0; i < 100; ++i) fds += (i ? ", " : "") + std::string("{fd=3, events=POLLIN, revents=0}");
  EXPECT_EQ(failures(Pair + "+0...0.05 poll([" + fds + "], 100, 50) = 0\n"), "");
}

TEST(Select, TellsWhatIsThere) {
  EXPECT_EQ(failures(Pair + "+0 select(5, {[3, 4], []}, {[4], [4]}, NULL, [0, 0]) = 1\n" + Send +
                     "+0 select(5, {[3, 4], [3]}, NULL, NULL, NULL) = 1\n"
                     "+0 select(5, [77], NULL, NULL, NULL) = -1 EBADF\n"
                     "+0 pselect6(5, {[4], []}, NULL, NULL, [0, 1000000], NULL) = 0\n"),
            "");
}

TEST(Epoll, LevelTellsAgainEdgeOnce) {
  EXPECT_EQ(failures(Pair + Watch + add("EPOLLIN") + Nothing + Send + Ready + Ready + Drain + Nothing), "");
  EXPECT_EQ(failures(Pair + Watch + add("EPOLLIN|EPOLLET") + Nothing + Send + Ready + Nothing + Send + Ready + Nothing +
                     Drain + Drain),
            "");
}

TEST(Epoll, OneShotIsSilentUntilArmedAnew) {
  EXPECT_EQ(failures(Pair + Watch + add("EPOLLIN|EPOLLONESHOT") + Send + Ready + Nothing + Send + Nothing +
                     "+0 epoll_ctl(5, EPOLL_CTL_MOD, 3, {events=EPOLLIN|EPOLLONESHOT, fd=3}) = 0\n" + Ready + Nothing),
            "");
}

TEST(Epoll, SleepsUntilADatagramOrTheTimeout) {
  EXPECT_EQ(failures(Pair + Watch + add("EPOLLIN") + "+0...0.05 epoll_wait(5, ..., 8, 50) = 0\n"), "");
  EXPECT_EQ(failures(Pair + Watch + add("EPOLLIN") +
                     "+0...0.02 epoll_wait(5, {events=EPOLLIN, fd=3}, 8, -1) = 1\n"
                     "+.02 send(4, \"x\", 1, 0) = 1\n"),
            "");
}

TEST(Epoll, SaysWhatIsWrong) {
  EXPECT_EQ(failures(Pair + Watch + add("EPOLLIN") +
                     "+0 epoll_ctl(5, EPOLL_CTL_ADD, 3, {events=EPOLLIN, fd=3}) = -1 EEXIST\n"
                     "+0 epoll_ctl(5, EPOLL_CTL_MOD, 4, {events=EPOLLIN, fd=4}) = -1 ENOENT\n"
                     "+0 epoll_ctl(5, EPOLL_CTL_DEL, 4) = -1 ENOENT\n"
                     "+0 epoll_ctl(5, EPOLL_CTL_ADD, 77, {events=EPOLLIN, fd=77}) = -1 EBADF\n"
                     "+0 epoll_ctl(3, EPOLL_CTL_ADD, 4, {events=EPOLLIN, fd=4}) = -1 EINVAL\n"
                     "+0 epoll_ctl(5, EPOLL_CTL_ADD, 5, {events=EPOLLIN, fd=5}) = -1 EINVAL\n"
                     "+0 epoll_ctl(5, EPOLL_CTL_ADD, 1, {events=EPOLLIN, fd=1}) = -1 EPERM\n"
                     "+0 epoll_wait(5, ..., 0, 0) = -1 EINVAL\n+0 epoll_create(0) = -1 EINVAL\n"),
            "");
}

TEST(Epoll, InstancesWatchInstancesButNotInACircle) {
  EXPECT_EQ(failures(Pair + Watch + add("EPOLLIN") +
                     "+0 epoll_create1(0) = 6\n"
                     "+0 epoll_ctl(6, EPOLL_CTL_ADD, 5, {events=EPOLLIN, fd=5}) = 0\n"
                     "+0 epoll_ctl(5, EPOLL_CTL_ADD, 6, {events=EPOLLIN, fd=6}) = -1 ELOOP\n"
                     "+0 epoll_wait(6, ..., 8, 0) = 0\n" +
                     Send + "+0 epoll_wait(6, {events=EPOLLIN, fd=5}, 8, 0) = 1\n" + Drain +
                     "+0 epoll_wait(6, ..., 8, 0) = 0\n+0 poll([{fd=5, events=POLLIN, revents=0}], 1, 0) = 0\n"),
            "");
}

TEST(Epoll, AClosedFileLeavesAndTheInstanceFreesAll) {
  const auto session =
      played(Pair + Watch + add("EPOLLIN") +
             "+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLOUT, fd=4}) = 0\n+0 close(3) = 0\n"
             "+0 epoll_wait(5, {events=EPOLLOUT, fd=4}, 8, 0) = 1\n+0 close(5) = 0\n+0 close(4) = 0\n");
  ASSERT_TRUE(session);
  EXPECT_EQ(failuresOf(*session), "");
  for (const auto& [name, live] : session->machine().slab().census())
    if (name.starts_with("eventpoll") || name == "ep_head") {
      EXPECT_EQ(live, 0u) << name;
    }
}

} // namespace sockwalk::scenario
