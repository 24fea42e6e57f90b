// TCP in scripts: segments in and out over tun0, numbers, options, merging, time, code, tasks, signals.
#include "engine/journal/reflection.h"
#include "play.h"

namespace sockwalk::scenario {

namespace {

const std::string Server = "`sysctl -q net.ipv4.tcp_timestamps=0 net.ipv4.tcp_rmem=\"4096 540000 15728640\"`\n"
                           "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
                           "+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0\n"
                           "+0 bind(3, ..., ...) = 0\n+0 listen(3, 1) = 0\n";
const std::string Handshake = "+0 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7>\n"
                              "+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 8>\n"
                              "+.01 < . 1:1(0) ack 1 win 257\n";
const std::string Accepted = Server + Handshake + "+0 accept(3, ..., ...) = 4\n";

// The same with something more in its first command, or an option before all.
std::string after(const std::string& command) { return "`" + command + "\n" + Accepted.substr(1); }

} // namespace

TEST(TcpScript, AServerIsOpenedReadWrittenAndClosed) {
  EXPECT_EQ(failures(Accepted +
                     "+0 < P. 1:101(100) ack 1 win 257\n+0 read(4, ..., 1000) = 100\n"
                     "+0~+.05 > . 1:1(0) ack 101\n"
                     "+0 write(4, ..., 500) = 500\n+0 > P. 1:501(500) ack 101\n+.01 < . 101:101(0) ack 501 win 257\n"
                     "+0 close(4) = 0\n+0 > F. 501:501(0) ack 101\n+.01 < F. 101:101(0) ack 502 win 257\n"
                     "+0 > . 502:502(0) ack 102\n"),
            "");
}

TEST(TcpScript, AClientConnects) {
  EXPECT_EQ(failures("`sysctl -q net.ipv4.tcp_timestamps=0`\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
                     "+0...0.1 connect(3, ..., ...) = 0\n+0 > S 0:0(0) <mss 1460,nop,nop,sackOK,nop,wscale 7>\n"
                     "+.1 < S. 123:123(0) ack 1 win 5840 <mss 1000,nop,nop,sackOK,nop,wscale 6>\n+0 > . 1:1(0) ack 1\n"
                     "+0 write(3, ..., 10) = 10\n+0 > P. 1:11(10) ack 1\n+.1 < P. 1:6(5) ack 11 win 257\n+0 read(3, "
                     "..., 5) = 5\n"),
            "");
}

TEST(TcpScript, TheDefaultOfCongestionControlIsThatOfSocketsMadeLater) {
  const auto session = played("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
                              "+0 `sysctl -q net.ipv4.tcp_congestion_control=reno`\n"
                              "+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 4\n"
                              "+0 `sysctl -q net.ipv4.tcp_congestion_control=nosuch`\n");
  EXPECT_NE(failuresOf(*session).find("there is no congestion control 'nosuch' here"), std::string::npos);
  std::vector<std::string> chosen;
  const Journal& j = session->journal();
  Playhead at(j);
  for (EventIndex i = j.stimuli()[1].event; i < j.size(); ++i)
    if (j[i].type == EventType::Note && Symbols::get().notes()[j[i].b]->name == "tcp.congestion_control") {
      at.seek(i + 1);
      chosen.push_back(pointerText(at, j.arguments(j[i])[0]));
    }
  EXPECT_EQ(chosen, (std::vector<std::string>{"cubictcp", "tcp_reno"}));
}

TEST(TcpScript, WhatDiffersIsSaidInTheScriptsNumbers) {
  const std::string said = failures(Accepted + "+0 write(4, ..., 10) = 10\n+0 > P. 1:12(11) ack 1\n");
  EXPECT_NE(said.find("expected > P. 1:12(11) ack 1, but the machine sent > P. 1:11(10) ack 1"), std::string::npos)
      << said;
  const std::string options =
      failures(Server + "+0 < S 0:0(0) win 32792 <mss 1000>\n+0 > S. 0:0(0) ack 1 <mss 1400>\n");
  EXPECT_NE(options.find("the options are <mss 1460>, expected <mss 1400>"), std::string::npos) << options;
  const std::string late = failures(Accepted + "+0 write(4, ..., 10) = 10\n+.1 > P. 1:11(10) ack 1\n");
  EXPECT_NE(late.find("earlier than the script says"), std::string::npos) << late;
}

TEST(TcpScript, SegmentsThatCarryOnAreOneLineUnlessStrict) {
  const std::string script = after("ethtool -K tun0 tso off gso off") + "+0 write(4, ..., 2500) = 2500\n";
  EXPECT_EQ(failures(script + "+0 > P. 1:2501(2500) ack 1\n"), "");
  EXPECT_NE(failures("--strict_segments\n" + script + "+0 > P. 1:2501(2500) ack 1\n"), "");
}

// The round trip is 10 ms, so that a probe for a lost tail would come after some 20.
TEST(TcpScript, ALostSegmentIsSentAgainAfterSack) {
  EXPECT_EQ(failures(Accepted +
                     "+0 write(4, ..., 5000) = 5000\n+0 > P. 1:5001(5000) ack 1\n"
                     "+.01 < . 1:1(0) ack 1 win 257 <nop,nop,sack 1001:2001>\n"
                     "+0 < . 1:1(0) ack 1 win 257 <nop,nop,sack 1001:3001>\n"
                     "+0 < . 1:1(0) ack 1 win 257 <nop,nop,sack 1001:4001>\n+0~+.01 > . 1:1001(1000) ack 1\n"
                     "+0 %{ assert tcpi_ca_state == TCP_CA_Recovery, tcpi_ca_state }%\n"
                     "+.01 < . 1:1(0) ack 5001 win 257\n+0 %{ assert tcpi_unacked == 0; assert tcpi_retrans == 0 }%\n"),
            "");
}

TEST(TcpScript, ATimeoutSendsAgainAndBacksOff) {
  EXPECT_EQ(failures(Accepted +
                     "+0 write(4, ..., 100) = 100\n+0 > P. 1:101(100) ack 1\n" // a probe, then by timeout
                     "+0~+.3 > P. 1:101(100) ack 1\n+.1~+.6 > P. 1:101(100) ack 1\n+.2~+1 > P. 1:101(100) ack 1\n"
                     "+0 %{ assert tcpi_backoff >= 1, tcpi_backoff }%\n+.1 < . 1:1(0) ack 101 win 257\n"),
            "");
}

TEST(TcpScript, TimeStampsAreEchoedByTheScriptsNames) {
  EXPECT_EQ(failures("--tcp_ts_tick_usecs=1000\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 bind(3, ..., ...) = 0\n"
                     "+0 listen(3, 1) = 0\n+0 < S 0:0(0) win 20000 <mss 1000,sackOK,TS val 200 ecr 0>\n"
                     "+0 > S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 100 ecr 200>\n"
                     "+.1 < . 1:1(0) ack 1 win 20000 <nop,nop,TS val 201 ecr 100>\n+0 accept(3, ..., ...) = 4\n"
                     "+0 write(4, ..., 100) = 100\n+0 > P. 1:101(100) ack 1 <nop,nop,TS val 200 ecr 201>\n"
                     "+0 %{ assert 95000 <= tcpi_rtt <= 105000, tcpi_rtt }%\n"),
            "");
}

TEST(TcpScript, AcceptAndReadBlockWhileOtherCallsAreMade) {
  EXPECT_EQ(
      failures(
          Server +
          "+0...0.2 accept(3, ..., ...) = 4\n+.1 getsockopt(3, SOL_SOCKET, SO_ACCEPTCONN, [1], [4]) = 0\n"
          "+.09 < S 0:0(0) win 32792 <mss 1000>\n+0 > S. 0:0(0) ack 1 <mss 1460>\n+.01 < . 1:1(0) ack 1 win 20000\n"
          "+0...0.1 read(4, ..., 1000) = 200\n+.1 < P. 1:201(200) ack 1 win 20000\n"),
      "");
}

// As packetdrill has it: the socket under test is one, until somebody listens anew.
TEST(TcpScript, ASecondSynBelongsToTheConnection) {
  EXPECT_EQ(failures(Accepted + "+1 < S 5000:5000(0) win 32792 <mss 1000>\n+0 > . 1:1(0) ack 1\n"
                                "+.01 < R 1:1(0) win 0\n+0 read(4, ..., 10) = -1 ECONNRESET\n"),
            "")
      << "a challenge ACK, whose numbers are those of the connection";
}
TEST(TcpScript, ASynAckIntoAnOpenConnectionMovesNoNumbers) {
  EXPECT_EQ(failures(Accepted + "+.1 < S. 777:777(0) ack 1 win 257 <mss 1000>\n+0 > . 1:1(0) ack 1\n"
                                "+.1 < P. 1:11(10) ack 1 win 257\n+0 > . 1:1(0) ack 11\n"),
            "");
}

TEST(TcpScript, TcpInfoIsAskedBeforeThereIsAConnection) {
  EXPECT_EQ(
      failures("//@link tun\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 %{ assert tcpi_state == 7, tcpi_state }%\n"
               "+0 bind(3, ..., ...) = 0\n+0 listen(3, 1) = 0\n+0 %{ assert tcpi_state == 10, tcpi_state }%\n"),
      "");
}

TEST(TcpScript, AResetBreaksTheConnection) {
  EXPECT_EQ(
      failures(Accepted +
               "+0 < R. 1:1(0) ack 1 win 257\n+0 read(4, ..., 10) = -1 ECONNRESET\n+0 write(4, ..., 10) = -1 EPIPE\n"),
      "")
      << "scripts ignore SIGPIPE";
}

TEST(TcpScript, SigpipeEndsATaskThatDoesNotIgnoreIt) {
  const std::string said = failures(Accepted + "+0 sigaction(SIGPIPE, SIG_DFL) = 0\n+0 < R. 1:1(0) ack 1 win 257\n"
                                               "+0 read(4, ..., 10) = -1 ECONNRESET\n+0 write(4, ..., 10) = -1 EPIPE\n"
                                               "+0 close(3) = 0\n");
  EXPECT_NE(said.find("the task has ended"), std::string::npos) << said;
}

TEST(TcpScript, PollAndEpollSeeTheConnection) {
  EXPECT_EQ(failures(Accepted +
                     "+0 poll([{fd=4, events=POLLIN|POLLOUT, revents=POLLOUT}], 1, 0) = 1\n"
                     "+0 epoll_create(1) = 5\n+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLET, fd=4}) = 0\n"
                     "+0...0.1 epoll_wait(5, {events=EPOLLIN, fd=4}, 1, -1) = 1\n+.1 < P. 1:11(10) ack 1 win 257\n"
                     "+0 epoll_wait(5, {events=0, ptr=0}, 1, 0) = 0\n"),
            "");
}

TEST(TcpScript, ASegmentForAClosedPortIsRefused) {
  EXPECT_EQ(failures("0 < 40000 > 9 S 0:0(0) win 1000\n+0 > 9 > 40000 R. 0:0(0) ack 1\n"), "");
}

TEST(TcpScript, AnIcmpErrorAboutASegmentReachesTheConnection) {
  EXPECT_EQ(failures("`sysctl -q net.ipv4.tcp_timestamps=0`\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
                     "+0...0.1 connect(3, ..., ...) = -1 ECONNREFUSED\n+0 > S 0:0(0) <...>\n"
                     "+.1 < icmp unreachable port_unreachable [0:0(0)]\n"),
            "");
}

TEST(TcpScript, TwoConnectionsAreKeptApartByPorts) {
  EXPECT_EQ(failures(Server +
                     "+0 < 40001 > 8080 S 0:0(0) win 1000 <mss 1000>\n+0 > 8080 > 40001 S. 0:0(0) ack 1 <mss 1460>\n"
                     "+0 < 40002 > 8080 S 7:7(0) win 1000 <mss 1000>\n+0 > 8080 > 40002 S. 0:0(0) ack 8 <mss 1460>\n"
                     "+0 < 40001 > 8080 . 1:1(0) ack 1 win 1000\n+0 < 40002 > 8080 . 1:1(0) ack 1 win 1000\n"
                     "+0 accept(3, ..., ...) = 4\n+0 accept(3, ..., ...) = 5\n+0 write(5, ..., 10) = 10\n"
                     "+0 > 8080 > 40002 P. 1:11(10) ack 1\n"),
            "");
}

TEST(TcpScript, AFullQueueOfTheDeviceDropsWhatIsSent) {
  EXPECT_EQ(failures(Accepted + "+0 `tc qdisc replace dev tun0 root pfifo limit 0`\n+0 write(4, ..., 100) = 100\n"
                                "+0.1 `tc qdisc replace dev tun0 root pfifo`\n+0~+.8 > P. 1:101(100) ack 1\n"),
            "");
}

TEST(TcpScript, ThePeerEchoesOverTcp) {
  EXPECT_EQ(
      failures(
          "//@link e1000\n//@peer echo 7777\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
          "+0 connect(3, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = inet_addr(\"10.0.2.2\")}, 16) = 0\n"
          "+0 write(3, \"hello\", 5) = 5\n+.1 read(3, \"hello\", 100) = 5\n+0 write(3, ..., 100000) = 100000\n"
          "+1 recv(3, ..., 100000, MSG_WAITALL) = 100000\n+0 close(3) = 0\n"),
      "");
  EXPECT_EQ(
      failures("//@link e1000\n//@peer echo 7777\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
               "+0 connect(3, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr(\"10.0.2.2\")}, 16) = -1 "
               "ECONNREFUSED\n"),
      "");
}

TEST(TcpScript, SendfileSendsWhatDdMade) {
  EXPECT_EQ(failures(after("dd bs=10 count=5 if=/dev/zero of=/tmp/f") +
                     "+0 open(\"/tmp/f\", O_RDONLY) = 5\n+0 sendfile(4, 5, [0], 50) = 50\n+0 > P. 1:51(50) ack 1\n"),
            "");
}

// What the far host answers within 30 ms of a call was recorded with it.
TEST(TcpScript, AnAnswerBelongsToTheCaseOfTheCall) {
  const auto cases = [](const std::string& wait) {
    const auto session = played(Accepted + "//@case w\n+1 write(4, ..., 10) = 10\n+0 > P. 1:11(10) ack 1\n+" + wait +
                                " < . 1:1(0) ack 11 win 257\n+1 close(4) = 0\n");
    EXPECT_EQ(failuresOf(*session), "");
    return session->cases().at(0).end - session->cases().at(0).first;
  };
  EXPECT_EQ(cases("0.01"), 2u);
  EXPECT_EQ(cases("0.04"), 1u);
}

TEST(TcpScript, IdleIsTheCaseOfWhatTimersDo) {
  const auto session =
      played(Accepted + "+1 write(4, ..., 10) = 10\n+0 > P. 1:11(10) ack 1\n//@case none\n//@idle 0.001\n"
                        "//@case again\n//@idle 1\n* > P. 1:11(10) ack 1\n");
  EXPECT_EQ(failuresOf(*session), "");
  ASSERT_EQ(session->cases().size(), 1u) << "no timer fires in a millisecond";
  EXPECT_EQ(session->cases()[0].name, "again");
  EXPECT_GT(session->cases()[0].end, session->cases()[0].first);
}

TEST(TcpScript, DescriptorsAreTheScriptsOwn) {
  EXPECT_EQ(failures("0 socket(AF_INET, SOCK_STREAM, 0) = 10\n+0 socket(AF_INET, SOCK_STREAM, 0) = 11\n"
                     "+0 dup2(10, 11) = 11\n+0 close(10) = 0\n+0 close(10) = -1 EBADF\n"
                     "+0 ioctl(11, FIONBIO, [1]) = 0\n+0 fcntl(11, F_GETFL) = 2050\n"
                     "+0 getsockopt(11, SOL_TCP, TCP_INFO, ..., [1000, 232]) = 0\n"
                     "+0 getsockopt(11, SOL_TCP, TCP_NODELAY, ..., [-1, ...]) = -1 EINVAL\n"),
            "");
}

TEST(TcpScript, AFileInAListOfThoseWhoWantSigioLeavesItWhenClosed) {
  EXPECT_EQ(
      failures("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 fcntl(3, F_SETFL, O_ASYNC) = 0\n+0 fcntl(3, F_GETFL) = 8194\n"
               "+0 ioctl(3, FIOASYNC, [0]) = 0\n+0 fcntl(3, F_GETFL) = 2\n+0 ioctl(3, FIOASYNC, [1]) = 0\n"
               "+0 fcntl(3, F_SETOWN, 0) = 0\n+0 ioctl(3, SIOCGPGRP, [0]) = 0\n+0 fcntl(3, F_SETSIG, 10) = 0\n"
               "+0 fcntl(3, F_GETSIG) = 10\n+0 ioctl(3, SIOCGSTAMP, ...) = -1 ENOENT\n+0 close(3) = 0\n"),
      "");
}

} // namespace sockwalk::scenario
