// Events in words: every registered note has a sentence, and the sentences say what the walk of socket() did.
#include "engine/journal/queries.h"
#include "engine/kernel/note_table.h"
#include "engine/tell/moments.h"
#include "engine/tell/packets/counted_numbers.h"
#include "engine/tell/packets/packet_rows.h"
#include "tests/support/walks.h"

using namespace sockwalk;

namespace {

// All sentences of a walk, each told at its own moment.
std::vector<std::string> sentences(const Journal& j, EventIndex from = 0) {
  Playhead at(j);
  std::vector<std::string> out;
  for (EventIndex i = from; i < j.size(); ++i) {
    at.seek(i + 1);
    out.push_back(tell::english(tell::event(at, i)));
  }
  return out;
}
bool said(const std::vector<std::string>& all, const std::string& sentence) {
  return std::find(all.begin(), all.end(), sentence) != all.end();
}
std::string near(const std::vector<std::string>& all, const std::string& part) {
  std::string out = "sentences with \"" + part + "\":\n";
  int n = 0;
  for (auto& s : all)
    if (s.find(part) != s.npos && n++ < 12) out += "  " + s + "\n";
  return out;
}

// The packet list, the sentences and the list of what the machine was told count TCP's numbers alike.
TEST(TellMoments, SequenceNumbersAreCountedAsThePacketListCountsThem) {
  for (const char* walk : {"/assets/walks/tcp-lost-segment.pkt", "/assets/walks/tcp-on-loopback.pkt"}) {
    const auto session = tests::walkOf(std::string(SOCKWALK_SOURCE_ROOT) + walk);
    const Journal& j = session->journal();
    tell::PacketList list;
    list.update(j, j.size());
    ASSERT_GT(list.size(), 5);
    Playhead at(j);
    int told = 0;
    for (int packet = 0; packet < list.size(); ++packet) {
      const EventIndex event = list.eventOf(packet);
      const std::string row = tell::summaryOf(j.frame(j[event]), list.tcpNumbers(packet)).info;
      at.seek(event + 1);
      const std::string sentence = tell::english(tell::event(at, event));
      EXPECT_NE(sentence.find(row), sentence.npos) << sentence << "\nand the row: " << row;
      const int stimulus = j.stimulusAt(event);
      const std::string text = stimulus < 0 ? "" : j.stimuli()[size_t(stimulus)].text;
      if (j[event].type != EventType::PacketIn || text.find(" on tun0, ") == text.npos) continue;
      EXPECT_NE(text.find(row), text.npos) << text << "\nand the row: " << row;
      ++told;
    }
    EXPECT_TRUE(told > 5 || std::string(walk).find("loopback") != std::string::npos) << told;
  }
}

TEST(TellMoments, NotesCountSequenceNumbersLikewise) {
  for (const char* walk : {"/assets/walks/tcp-lost-segment.pkt", "/assets/walks/tcp-between-two-hosts.pkt",
                           "/assets/walks/tcp-on-loopback.pkt", "/assets/walks/tcp-out-of-order.pkt"}) {
    const auto session = tests::walkOf(std::string(SOCKWALK_SOURCE_ROOT) + walk);
    const Journal& j = session->journal();
    int told = 0;
    for (EventIndex i = 0; i < j.size(); ++i) {
      if (j[i].type != EventType::Note) continue;
      const kernel::NoteText& sentence = kernel::noteText(Symbols::get().notes()[j[i].b]->name);
      for (size_t k = 0; k < sentence.arguments; ++k) {
        if (sentence.kinds[k].kind != kernel::NoteKind::Sequence) continue;
        EXPECT_LE(tell::countedNumber(j, i, static_cast<u32>(j.arguments(j[i])[k])), 30000u)
            << walk << " " << sentence.id;
        ++told;
      }
    }
    EXPECT_GT(told, 5) << walk;
  }
  const auto lost = tests::walkOf(std::string(SOCKWALK_SOURCE_ROOT) + "/assets/walks/tcp-lost-segment.pkt");
  std::string all;
  for (const std::string& s : sentences(lost->journal())) all += s + "\n";
  EXPECT_NE(all.find("the peer still expects 1, so"), all.npos);
  EXPECT_NE(all.find("that sequence numbers 1001 to 2001 arrived"), all.npos);
}

TEST(TellMoments, EveryEventOfASocketsLifeHasASentence) {
  const auto session = tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+.1 close(3) = 0\n");
  for (const std::string& s : sentences(session->journal())) {
    EXPECT_FALSE(s.empty());
    EXPECT_TRUE(s.empty() || s.back() == '.' || s.back() == ')') << s;
    EXPECT_EQ(s.find("%1"), s.npos) << s; // every place is filled
    EXPECT_EQ(s.find('?'), s.npos) << s;
  }
}

TEST(TellMoments, TheWalkOfSocketIsToldAsTheKernelNamesIt) {
  const auto session = tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  const auto all = sentences(session->journal(), session->journal().stimuli().back().event);
  EXPECT_TRUE(said(all, "sock->ops is set to inet_stream_ops; it was NULL.")) << near(all, "ops");
  EXPECT_TRUE(said(all, "__sys_socket() returns 3.")) << near(all, "__sys_socket");
  EXPECT_TRUE(said(all, "tcp_sock #1 is born in the slab TCP, 2280 bytes.")) << near(all, "is born");
  EXPECT_TRUE(said(all, "The call goes through inet_family_ops.create, which points at inet_create."))
      << near(all, "goes through");
  EXPECT_TRUE(said(all, "inetsw[SOCK_STREAM] has the answer: protocol IPPROTO_TCP, served by tcp_prot."))
      << near(all, "inetsw");
  EXPECT_TRUE(said(all, "sk->sk_family is set to AF_INET; it was AF_UNSPEC.")) << near(all, "sk_family");
}

TEST(TellMoments, ErrorsAreNamed) {
  EXPECT_EQ(tell::systemResult(3), "3");
  EXPECT_EQ(tell::systemResult(-97), "-1 EAFNOSUPPORT (97)");
  const auto session = tests::walkOfScript("0 socket(AF_APPLETALK, SOCK_STREAM, 0) = -1 EAFNOSUPPORT\n");
  const auto all = sentences(session->journal(), session->journal().stimuli().back().event);
  EXPECT_TRUE(said(all, "__sys_socket() returns -EAFNOSUPPORT (97).")) << near(all, "returns");
  EXPECT_TRUE(said(all,
                   "Linux has the family AF_APPLETALK as a module, but Sockwalk does not simulate it, and it is not on "
                   "this machine's disk: net_families[AF_APPLETALK] still holds NULL."))
      << near(all, "family");
  const auto six = tests::walkOfScript("0 socket(AF_INET6, SOCK_STREAM, 0) = -1 EAFNOSUPPORT\n");
  const auto ofSix = sentences(six->journal(), six->journal().stimuli().back().event);
  EXPECT_TRUE(said(ofSix, "Linux has the family AF_INET6, built in, but Sockwalk does not simulate it: here "
                          "net_families[AF_INET6] holds NULL."))
      << near(ofSix, "family");
  const auto none = tests::walkOfScript("0 socket(AF_NETBEUI, SOCK_STREAM, 0) = -1 EAFNOSUPPORT\n");
  const auto ofNone = sentences(none->journal(), none->journal().stimuli().back().event);
  EXPECT_TRUE(said(ofNone, "Nobody has registered the family AF_NETBEUI: net_families[] holds NULL there."))
      << near(ofNone, "family");
}

TEST(TellMoments, TimesAreReadable) {
  EXPECT_EQ(tell::duration(640), "640 ns");
  EXPECT_EQ(tell::duration(2140), "2.14 µs");
  EXPECT_EQ(tell::duration(200000000), "200.0 ms");
  EXPECT_EQ(tell::time(2140), "0.000 002 140 s");
}

TEST(TellMoments, DropReasonsBearTheKernelsNames) { EXPECT_EQ(tell::dropReason(2), "SKB_DROP_REASON_NO_SOCKET"); }

TEST(TellText, PlacesAreFilledOnceAndInAnyOrder) {
  using tell::say;
  EXPECT_EQ(tell::english(say("%2 before %1", "one %2", "two")), "two before one %2");
  EXPECT_EQ(tell::english(say("100 % of %1")), "100 % of %1"); // a place for which there is nothing stays
  EXPECT_EQ(tell::english(say("%1 of %2.", 3, say("%1 sockets", 4))), "3 of 4 sockets.");
  const auto translate = [](const char* words) { return std::string(words) == "a %1" ? "%1 ya" : words; };
  EXPECT_EQ(tell::said(say("a %1", "b"), translate), "b ya");
}

TEST(TellText, AListLeavesOutWhatIsEmpty) {
  EXPECT_EQ(tell::english(tell::Text::list(", ", {"a", "", "b"})), "a, b");
  EXPECT_TRUE(tell::Text::list(", ", {"", ""}).empty());
}

} // namespace
