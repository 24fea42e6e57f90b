// Local sockets in scripts: their addresses, passed descriptors, credentials, and what is refused.
#include "play.h"

namespace sockwalk::scenario {

namespace {

const std::string Pair = "//@link lo\n0 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0\n";
const std::string Server = "{sun_family = AF_UNIX, sun_path = \"\\x00server\"}";
const std::string Listener = "//@link lo\n0 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n+0 bind(3, " + Server +
                             ", ...) = 0\n+0 listen(3, 5) = 0\n+0 socket(AF_UNIX, SOCK_STREAM, 0) = 4\n";

std::string message(int bytes, const std::string& control) {
  return "{msg_name(0)=NULL, msg_iov(1)=[{..., " + std::to_string(bytes) + "}], msg_flags=0, msg_control=" + control +
         "}";
}
std::string rights(const std::string& descriptors) {
  return "[{cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[" + descriptors + "]}]";
}
std::string credentials(const std::string& pid, const std::string& uid = "0") {
  return "[{cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS, cmsg_data={pid=" + pid + ", uid=" + uid + ", gid=0}}]";
}

} // namespace

TEST(LocalSocket, CarriesBytesBothWaysAndEnds) {
  EXPECT_EQ(failures(Pair + "+0 write(3, \"hello\", 5) = 5\n+0 read(4, \"hello\", 100) = 5\n"
                            "+0 write(4, \"world\", 5) = 5\n+0 read(3, \"world\", 100) = 5\n"
                            "+0 close(3) = 0\n+0 read(4, ..., 100) = 0\n"
                            "+0 send(4, \"x\", 1, MSG_NOSIGNAL) = -1 EPIPE\n"),
            "");
}

TEST(LocalSocket, IsFoundByItsNameAndToldByIt) {
  EXPECT_EQ(failures(Listener + "+0 connect(4, " + Server +
                     ", ...) = 0\n+0 accept(3, {sun_family = AF_UNIX}, [110, 2]) = 5\n" + "+0 getpeername(4, " +
                     Server + ", [110, 9]) = 0\n" +
                     "+0 getsockopt(4, SOL_SOCKET, SO_PEERCRED, {pid=..., uid=0, gid=0}, [12]) = 0\n"),
            "");
  EXPECT_NE(failures(Listener + "+0 getsockname(3, {sun_family = AF_UNIX, sun_path = \"/tmp/s\"}, ...) = 0\n")
                .find(R"(expected the name "/tmp/s", got "\x00server")"),
            std::string::npos);
}

// What a listener left in the script is no listener of TCP: segments are none of its business.
TEST(LocalSocket, IsNotTheConnectionUnderTest) {
  EXPECT_EQ(
      failures("0 socket(AF_INET, SOCK_STREAM, 0) = 6\n+0 bind(6, ..., ...) = 0\n+0 listen(6, 1) = 0\n"
               "+0 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n+0 bind(3, " +
               Server + ", ...) = 0\n+0 listen(3, 5) = 0\n+0 socket(AF_UNIX, SOCK_STREAM, 0) = 4\n+0 connect(4, " +
               Server +
               ", ...) = 0\n+.1 < S 0:0(0) win 1000 <mss 1000>\n+0 > S. 0:0(0) ack 1 <...>\n+.1 < . 1:1(0) ack 1 win "
               "1000\n+0 accept(6, ..., ...) = 7\n"),
      "");
}

TEST(LocalSocket, PassesADescriptorThatOutlivesTheSenders) {
  EXPECT_EQ(failures(Pair + "+0 socketpair(AF_UNIX, SOCK_STREAM, 0, [6, 7]) = 0\n+0 sendmsg(3, " +
                     message(1, rights("6")) + ", 0) = 1\n+0 close(6) = 0\n+0 recvmsg(4, " + message(9, rights("8")) +
                     ", 0) = 1\n+0 write(8, \"hello\", 5) = 5\n+0 read(7, \"hello\", 9) = 5\n"),
            "");
  EXPECT_NE(failures(Pair + "+0 sendmsg(3, " + message(1, rights("3")) + ", 0) = 1\n+0 recvmsg(4, " +
                     message(9, rights("8, 9")) + ", 0) = 1\n")
                .find("so many descriptors: 2, got 1"),
            std::string::npos);
}

TEST(LocalSocket, SaysWhoSentIfItIsAsked) {
  const std::string ask = "+0 setsockopt(4, SOL_SOCKET, SO_PASSCRED, [1], 4) = 0\n+0 write(3, \"x\", 1) = 1\n";
  EXPECT_EQ(failures(Pair + ask + "+0 recvmsg(4, " + message(9, credentials("...")) + ", 0) = 1\n"), "");
  EXPECT_NE(failures(Pair + ask + "+0 recvmsg(4, " + message(9, credentials("...", "7")) + ", 0) = 1\n")
                .find("expected uid 7, got 0"),
            std::string::npos);
}

// Two sockets in each other's queues, and nobody else has them: the collector finds them when the next one is closed.
TEST(LocalSocket, InACircleIsCollected) {
  const auto session =
      played(Pair + "+0 sendmsg(3, " + message(1, rights("3")) + ", 0) = 1\n+0 sendmsg(4, " + message(1, rights("4")) +
             ", 0) = 1\n+0 close(3) = 0\n+0 close(4) = 0\n+0 socket(AF_UNIX, SOCK_DGRAM, 0) = 5\n+0 close(5) = 0\n"
             "+.1 socket(AF_UNIX, SOCK_DGRAM, 0) = 5\n");
  ASSERT_TRUE(session);
  EXPECT_EQ(failuresOf(*session), "");
  const auto& census = session->machine().slab().census();
  EXPECT_EQ(census.at("UNIX"), 1u) << "only the last one";
  EXPECT_FALSE(census.contains("UNIX-STREAM") && census.at("UNIX-STREAM")) << "the circle is gone";
}

TEST(LocalSocket, KeepsItsFileUntilItIsUnlinked) {
  const std::string file = "{sun_family = AF_UNIX, sun_path = \"/tmp/s\"}";
  EXPECT_EQ(failures("//@link lo\n0 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n+0 bind(3, " + file +
                     ", ...) = 0\n+0 listen(3, 5) = 0\n"
                     "+0 open(\"/tmp/s\", O_RDONLY) = -1 ENXIO\n+0 close(3) = 0\n"
                     "+0 socket(AF_UNIX, SOCK_STREAM, 0) = 4\n+0 connect(4, " +
                     file +
                     ", ...) = -1 ECONNREFUSED\n"
                     "+0 bind(4, " +
                     file +
                     ", ...) = -1 EADDRINUSE\n+0 unlink(\"/tmp/s\") = 0\n"
                     "+0 unlink(\"/tmp/s\") = -1 ENOENT\n+0 bind(4, " +
                     file + ", ...) = 0\n"),
            "");
}

} // namespace sockwalk::scenario
