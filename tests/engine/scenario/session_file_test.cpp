#include "engine/scenario/session_file.h"

#include "engine/scenario/session_text.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <unistd.h>

namespace sockwalk::scenario {

namespace {

std::string allBytes() { // of more than one line
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  return bytes;
}

SessionFile everything() {
  SessionFile session;
  session.setup = {MachineKind::Recorded, 1000, Link::E1000};
  session.playhead = 18446744073709551615u;
  session.layout = std::string("\0\xff layout\n", 10);
  session.stimuli = {
      ScriptStimulus{"a b.pkt", "0 f() = 0\r\n\n|x\n>y\nend 3\nlast", {{"COOKIE", "0011"}, {"S", "\"a  b\""}}},
      ScriptStimulus{"", "", {}},
      ScriptStimulus{"100%\n", "\n", {{"EMPTY", ""}}},
      CaptureStimulus{" /data/dns capture.pcap ", allBytes(), "192.0.2.1"},
      CaptureStimulus{"", "x", ""},
      CaptureStimulus{"d.pcap", "x", "", "tcp port 80 or icmp[0] == 3%"},
      TapStimulus{"10.77.0.2/24"},
      CallStimulus{1500, "fd = socket(AF_INET, SOCK_DGRAM, 0)"},
      CallStimulus{0, ""},
      CallStimulus{9223372036854775807, " - a\tb"},
      FrameStimulus{2500, {0x02, 0x00, 0xff}},
      LimitStimulus{2500, "nofile", 3},
      LimitStimulus{0, "-", 9223372036854775807},
      TimeStimulus{2500, 9000000},
  };
  return session;
}

std::string resealed(std::string text) { // with the checksum of what now stands above the end line
  const std::size_t end = text.rfind("end ");
  char crc[9];
  std::snprintf(crc, sizeof crc, "%08x", crc32(std::string_view(text).substr(0, end)));
  return text.replace(text.size() - 9, 8, crc);
}

TEST(SessionFile, readsBackWhatItWrote) {
  const SessionFile session = everything();
  const std::string text = writeSession(session);
  const auto read = readSession(text, "s");
  ASSERT_TRUE(read) << read.error().message << "\n" << text;
  EXPECT_EQ(*read, session) << text;
  EXPECT_EQ(writeSession(*read), text);
  EXPECT_EQ(*readSession(writeSession({}), "s"), SessionFile{});
}

TEST(SessionFile, isTextThatAPersonCanRead) {
  SessionFile session;
  session.setup.machine = MachineKind::Plain;
  session.stimuli = {ScriptStimulus{"l.pkt", "0 close(3) = 0\n"}, CaptureStimulus{"d.pcap", "abc", "10.0.0.1"},
                     CallStimulus{5, "close(3)"}, LimitStimulus{6, "nofile", 3}, TimeStimulus{7, 8}};
  const std::string text = writeSession(session);
  EXPECT_EQ(text.substr(0, text.rfind(' ')),
            "sockwalk-session 2\nmachine plain\nplayhead 0\nscript l.pkt\n|0 close(3) = 0\n"
            "capture d.pcap\nhost 10.0.0.1\n=YWJj\ncall 5 close(3)\nlimit 6 nofile 3\nuntil 7 8\nend 5");
}

TEST(SessionFile, anotherVersionIsNamed) {
  EXPECT_EQ(readSession("sockwalk-session 7\nanything", "s").error().message,
            "s:1:18: this session is in version 7 of the format; this program reads up to version 2");
  EXPECT_EQ(readSession("sockwalk-session x\n", "s").error().message,
            "s:1:18: expected the version of the session format");
  for (const char* other : {"",
                            "\x7f"
                            "ELF",
                            "0 socket(1) = 3\n"})
    EXPECT_EQ(readSession(other, "s").error().what,
              "not a Sockwalk session: expected 'sockwalk-session 2' in the first line");
}

TEST(SessionFile, damageIsNamedWithItsLine) {
  const std::string head = "sockwalk-session 2\n";
  const std::pair<std::string, const char*> mistakes[] = {
      {"hz 0\n", "s:2:4: expected ticks per second, 1 to 10000"},
      {"hz 4294967295\n", "s:2:4: expected ticks per second, 1 to 10000"},
      {"link pigeon\n", "s:2:6: expected e1000, veth, wire, lo or tun"},
      {"machine fast\n", "s:2:9: expected plain or recorded"},
      {"playhead -1\n", "s:2:10: expected a position in the journal"},
      {"layout A\n", "s:2:8: expected base64"},
      {"layout QUI\n", "s:2:8: expected base64"},
      {"nonsense 1\n", "s:2:1: expected machine, hz, link, playhead, layout, script, capture, tap, call, frame, limit, "
                       "until or end, found 'nonsense'"},
      {"sysctl tap.address 10.0.0.1/24\n", "s:2:1: expected machine, hz, link, playhead, layout, script, capture, tap, "
                                           "call, frame, limit, until or end, found 'sysctl'"},
      {"capture a.pcap\nhz 1\n", "s:3:1: expected 'host' and an address after a capture"},
      {"capture a.pcap\nhost \nhz 1\n",
       "s:3:6: expected the bytes of the capture in the lines after this one, each after '='"},
      {"capture a.pcap\nhost \n=YWJ\n", "s:4:1: expected base64 after '='"},
      {"call x f()\n", "s:2:6: expected a time in ns"},
      {"call 1 f(%4)\n", "s:2:8: expected two hex digits after '%'"},
      {"frame 1 0\n", "s:2:9: expected the frame's bytes in hex"},
      {"frame 1 \n", "s:2:9: expected the frame's bytes in hex"},
      {"limit 1 nofile many\n", "s:2:16: expected a limit"},
      {"limit 1 nofile -1\n", "s:2:16: expected a limit"},
      {"until 99999999999999999999 1\n", "s:2:7: expected a time in ns"},
      {"until 2 1\n", "s:2:9: expected a time in ns that is not before the first"},
      {"hz 250\n", "s:3:1: the file is cut off: expected more items or the 'end' line"},
      {"end 1 00000000\n", "s:2:5: the file is damaged: it holds 0 stimuli, which this number denies"},
      {"end 0 00000000\n", "s:2:7: the file is damaged: its checksum is not that of its contents"},
  };
  for (const auto& [text, message] : mistakes)
    EXPECT_EQ(readSession(head + text, "s").error().message, message) << text;
  EXPECT_EQ(readSession(writeSession({}) + "hz 1\n", "s").error().what, "expected nothing after the 'end' line");
}

TEST(SessionFile, everyCutAndEveryChangedByteIsNoticed) {
  const std::string text = writeSession(everything());
  for (std::size_t n = 0; n + 1 < text.size(); ++n) EXPECT_FALSE(readSession(text.substr(0, n), "s")) << n;
  for (std::size_t n = 0; n + 1 < text.size(); ++n) {
    std::string changed = text;
    changed[n] = static_cast<char>(changed[n] ^ 1);
    EXPECT_FALSE(readSession(changed, "s")) << n;
  }
}

TEST(SessionFile, hostileFilesWithARightChecksumGetAnAnswer) {
  std::mt19937 random(99);
  const std::string text = writeSession(everything());
  for (int i = 0; i < 20000; ++i) {
    std::string changed = text;
    for (int k = 0; k < 3; ++k) {
      const std::size_t at = random() % text.rfind("end ");
      if (random() % 2) changed[at] = static_cast<char>(random() % 256);
      else changed.insert(at, changed.substr(random() % (at + 1), random() % 20));
    }
    const auto read = readSession(resealed(changed), "s");
    if (!read) continue;
    const auto again = readSession(writeSession(*read), "s");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(*again, *read);
  }
}

TEST(SessionFile, savesAndLoadsAndKeepsTheOldFileWhenItCannot) {
  const auto directory =
      std::filesystem::temp_directory_path() / ("sockwalk_session_test_" + std::to_string(::getpid()));
  std::filesystem::create_directories(directory);
  const std::string path = (directory / "a.sockwalk").string();
  ASSERT_TRUE(saveSession(everything(), path));
  ASSERT_TRUE(saveSession(everything(), path));
  EXPECT_EQ(*loadSession(path), everything());

  EXPECT_FALSE(saveSession({}, (directory / "none" / "b").string()));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory), {}), 1) << "no draft is left";
  EXPECT_EQ(loadSession((directory / "none").string()).error().what, "cannot read this file");
  EXPECT_FALSE(loadSession(directory.string()));
  std::filesystem::remove_all(directory);
}

// ---- version 1

// With its last line, as that version wrote it.
std::string old(const std::string& items, int stimuli) {
  return resealed("sockwalk-session 1\nhz 250\nplayhead 7\n" + items + "end " + std::to_string(stimuli) +
                  " 00000000\n");
}

TEST(SessionFile, theFirstVersionIsStillRead) {
  const auto read = readSession(old("script s.pkt\n|0 close(3) = -1\ncall 5 - close(4)\nframe 6 eth0 0200\n"
                                    "sysctl tap.address 10.77.0.2/24\n",
                                    4),
                                "s");
  ASSERT_TRUE(read) << read.error().message;
  SessionFile expected;
  expected.setup.machine = MachineKind::Recorded; // there was no other machine, and no other positions
  expected.playhead = 7;
  expected.stimuli = {ScriptStimulus{"s.pkt", "0 close(3) = -1\n"}, CallStimulus{5, "close(4)"},
                      FrameStimulus{6, {0x02, 0x00}}, TapStimulus{"10.77.0.2/24"}};
  EXPECT_EQ(*read, expected);
}

TEST(SessionFile, whatTheFirstVersionNeverWroteIsRefused) {
  const auto why = [](const std::string& item) { return readSession(old(item, 1), "s").error().message; };
  EXPECT_EQ(why("call 5 other close(4)\n"), "s:4:8: expected '-': version 1 knew no other task");
  EXPECT_EQ(why("frame 5 eth1 00\n"), "s:4:9: expected eth0: version 1 knew no other device");
  EXPECT_EQ(why("sysctl net.ipv4.tcp_sack 0\n"), "s:4:8: expected tap.address, the only sysctl of version 1");
  EXPECT_EQ(why("limit nofile 3\n"),
            "s:4:1: expected hz, link, playhead, layout, script, capture, call, frame, sysctl or end, found 'limit'");
}

TEST(SessionFile, aCaptureOfTheFirstVersionIsLookedForWhereItWasAndBesideTheSession) {
  const auto directory =
      std::filesystem::temp_directory_path() / ("sockwalk_old_session_" + std::to_string(::getpid()));
  std::filesystem::create_directories(directory);
  const std::string path = (directory / "a.sockwalk").string();
  std::ofstream(path) << old("capture /gone/d.pcap\nhost 10.9.0.2\n", 1);
  EXPECT_EQ(loadSession(path).error().what,
            "this session, saved by an older program, only names its capture, /gone/d.pcap, which is not there; put it "
            "there or beside the session, open the session and save it again: then the capture is part of it");
  std::ofstream(directory / "d.pcap") << "bytes";
  const auto read = loadSession(path);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->stimuli, (std::vector<SessionStimulus>{CaptureStimulus{"/gone/d.pcap", "bytes", "10.9.0.2"}}));
  std::filesystem::remove_all(directory);
}

TEST(SessionText, encodings) {
  EXPECT_EQ(crc32("123456789"), 0xcbf43926u);
  EXPECT_EQ(toBase64("a"), "YQ==");
  EXPECT_EQ(toBase64("ab"), "YWI=");
  EXPECT_EQ(toBase64("abc"), "YWJj");
  EXPECT_EQ(fromBase64("YWI="), "ab");
  for (const char* wrong : {"YWI", "YW=I", "=", "====", "YR==", "Y W="})
    EXPECT_EQ(fromBase64(wrong), std::nullopt) << wrong;
  EXPECT_EQ(escaped(" a b%\n ", false), "%20a b%25%0a%20");
  EXPECT_EQ(escaped("a b", true), "a%20b");
  EXPECT_EQ(unescaped("%20a b%25%0a%20"), " a b%\n ");
}

} // namespace

} // namespace sockwalk::scenario
