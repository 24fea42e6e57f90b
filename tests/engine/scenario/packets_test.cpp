// Packets in and out of a script, and captures: what climbs from eth0 to recvfrom().
#include "engine/feed/capture_file.h"
#include "play.h"
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace sockwalk::scenario {

namespace {

const std::string Bound =
    "//@link e1000\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n"
    "+0 bind(3, {sa_family = AF_INET, sin_port = htons(5353), sin_addr = inet_addr(\"0.0.0.0\")}, 16) = 0\n";

std::string hex(std::span<const u8> bytes) { return toHex(bytes); }

// The datagrams that the real host's programs received, by port, in order.
std::map<u16, std::vector<std::string>> truth(const std::string& path) {
  std::map<u16, std::vector<std::string>> all;
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (cells.size() >= 5 && cells[4] == "received")
      all[static_cast<u16>(std::stoi(cells[1]))].push_back(cells.size() > 5 ? cells[5] : "");
  }
  return all;
}

void expectSamePayloads(const std::string& capture, const std::string& tsv) {
  auto session = openedFile(capture, {{}, {}, "10.9.0.2"});
  ASSERT_TRUE(session);
  std::map<u16, std::vector<std::string>> got;
  session->onReceive = [&](u16 port, std::span<const u8> payload) { got[port].push_back(hex(payload)); };
  session->runAll();
  EXPECT_EQ(failuresOf(*session), "");
  const auto expected = truth(tsv);
  ASSERT_FALSE(expected.empty());
  for (const auto& [port, payloads] : expected) {
    ASSERT_EQ(got[port].size(), payloads.size()) << "datagrams on port " << port;
    for (size_t i = 0; i < payloads.size(); ++i)
      EXPECT_EQ(got[port][i], payloads[i]) << "port " << port << ", datagram " << i + 1;
  }
  EXPECT_EQ(got.size(), expected.size());
}

} // namespace

TEST(Packets, ADatagramReachesABlockedReader) {
  EXPECT_EQ(failures(Bound + "+.1...0.4 recvfrom(3, ..., 1000, 0, {sa_family = AF_INET, sin_port = htons(7), "
                             "sin_addr = inet_addr(\"10.0.2.2\")}, [16]) = 100\n"
                             "+.3 < udp 7 > 5353 (100)\n"),
            "");
}

TEST(Packets, AWrongLengthIsSaid) {
  const std::string said = failures(Bound + "+.1...0.4 recv(3, ..., 1000, 0) = 99\n+.3 < udp 7 > 5353 (100)\n");
  EXPECT_EQ(said, "test.pkt:4:11: expected 99, got 100");
}

TEST(Packets, ACallThatNothingWakesIsSaid) {
  const std::string said = failures(Bound + "+0 recv(3, ..., 1000, 0) = 1\n");
  EXPECT_NE(said.find("test.pkt:4:4: the call blocks"), std::string::npos) << said;
}

TEST(Packets, AnEchoRequestIsAnswered) {
  EXPECT_EQ(failures("//@link e1000\n0 < icmp echo_request id 77\n+0~+.1 > icmp echo_reply id 77\n"), "");
}

TEST(Packets, WhatIsNotSentIsSaid) {
  const std::string said = failures("//@link e1000\n0 close(3) = -1 EBADF\n+.1 > udp (5)\n");
  EXPECT_NE(said.find("test.pkt:3:1: expected > udp (5), but the machine sent nothing"), std::string::npos) << said;
}

TEST(Packets, WhatIsSentIsCompared) {
  const std::string script = "//@link e1000\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n"
                             "+0 sendto(3, ..., 13, 0, ..., ...) = 13\n";
  EXPECT_EQ(failures(script + "+0~+.1 > udp (13)\n"), "");
  EXPECT_NE(failures(script + "+0~+.1 > udp (14)\n").find("UDP payload is 13, expected 14"), std::string::npos);
}

TEST(Packets, AnArpFrameIsAnswered) {
  EXPECT_EQ(failures("//@link e1000\n"
                     "//@frame 0 < ffffffffffff 52550a000202 0806 0001 0800 06 04 0001 52550a000202 0a000202 "
                     "000000000000 0a00020f\n"
                     "//@frame +0~+.1 > 52550a000202 525400123456 0806 0001 0800 06 04 0002 525400123456 0a00020f\n"),
            "");
}

TEST(Packets, TheEchoPeerAnswers) {
  EXPECT_EQ(failures("//@link e1000\n//@peer echo 7777\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n"
                     "+0 sendto(3, \"hello\", 5, 0, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = "
                     "inet_addr(\"10.0.2.2\")}, 16) = 5\n+0 recv(3, \"hello\", 100, 0) = 5\n"),
            "");
}

TEST(Packets, WithoutALinkTheyTravelOverTun0) {
  const auto session = played("0 < icmp echo_request id 5\n+0 > icmp echo_reply id 5\n");
  ASSERT_TRUE(session);
  EXPECT_EQ(failuresOf(*session), "");
  EXPECT_TRUE(session->machine().options().tun);
  EXPECT_EQ(session->machine().options().hz, 1000u);
  EXPECT_EQ(failures("0 socket(..., SOCK_DGRAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 connect(3, ..., ...) = 0\n"
                     "+0 send(3, ..., 1400, 0) = 1400\n+0 > udp (1400)\n+.1 < udp (9)\n+0 read(3, ..., 100) = 9\n"),
            "");
}

TEST(Packets, AThreadSharesTheDescriptorsOfTheCallThatBlocks) {
  const std::string sockets = "0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n";
  EXPECT_EQ(failures(sockets + "+0...0.2 recv(3, ..., 100, 0) = 9\n+.1 socket(AF_INET, SOCK_DGRAM, 0) = 4\n"
                               "+0 close(4) = 0\n+.1 < udp (9)\n+0 close(3) = 0\n"),
            "");
}

TEST(Packets, AChildOfForkHasCopiesOfDescriptors) {
  EXPECT_EQ(failures("0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n//@task child forks main\n+0 bind(3, ..., ...) = 0\n"
                     "+0 close(3) = 0\n//@task main\n+0 < udp (9)\n+0 recv(3, ..., 100, 0) = 9\n+0 close(3) = 0\n"
                     "+0 < udp (9)\n+0 > icmp unreachable port_unreachable\n"),
            "");
}

TEST(Packets, ASignalEndsACallThatSleeps) {
  EXPECT_EQ(failures("0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 sigaction(SIGUSR1, 4096) = 0\n"
                     "+0...0 recv(3, ..., 100, 0) = -1 EINTR\n//@signal main SIGUSR1\n"),
            "");
}

TEST(Captures, PayloadsComeOutAsTheRealHostGotThem) {
  expectSamePayloads(CAPTURES_DIR "/hello-udp.pcap", CAPTURES_DIR "/hello-udp.udp.tsv");
}
TEST(Captures, AThousandFramesOfRealTraffic) {
  expectSamePayloads(CAPTURES_DIR "/two-hosts.pcap", CAPTURES_DIR "/two-hosts.udp.tsv");
}

TEST(Captures, ABadFileIsAnError) {
  const auto error = [](const std::string& path, const std::string& host = "") {
    auto opened = Session::openFile(path, {{}, {}, host});
    return opened ? "opened" : opened.error().message;
  };
  EXPECT_NE(error("/nonexistent.pcap").find("/nonexistent.pcap"), std::string::npos);
  EXPECT_NE(error(CAPTURES_DIR "/hello-udp.pcap", "10.9.0.77").find("its hosts are"), std::string::npos);
}

} // namespace sockwalk::scenario
