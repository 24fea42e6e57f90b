// The samples that tell a story (assets/captures/stories.py): each is relived without a difference, and what its comment
// says is to be seen there is there.
#include "engine/tell/file_comment.h"
#include "engine/tell/lessons/formula.h"
#include "engine/tell/packets/packet_rows.h"
#include "engine/tell/relive/relive.h"
#include "tests/support/walks.h"

namespace sockwalk::tell {

namespace {

const std::string Client = "10.9.0.1", Server = "10.9.0.2";

struct Sample {
  std::string name, host; // relived as that one
};
void PrintTo(const Sample& s, std::ostream* out) { *out << s.name << " as " << s.host; }

struct Relived {
  explicit Relived(const Sample& sample)
      : session(tests::played(scenario::Session::openFile(
            SOCKWALK_SOURCE_ROOT "/assets/captures/" + sample.name + ".pcapng", {{}, {}, sample.host}))),
        told(relivedCapture(*session).value_or(RelivedCapture{})) {}
  // Those whose summary has these words, in the order of time.
  std::vector<RelivedFrame> with(const std::string& words) const {
    std::vector<RelivedFrame> found;
    for (const RelivedFrame& f : told.frames)
      if (f.summary.find(words) != std::string::npos) found.push_back(f);
    return found;
  }
  std::vector<RelivedFrame> by(const std::string& function, bool out = true) const {
    std::vector<RelivedFrame> found;
    for (const RelivedFrame& f : told.frames)
      if (f.function == function && f.out == out) found.push_back(f);
    return found;
  }
  // Does the comment of the file name this frame?
  bool says(const RelivedFrame& frame) const {
    const std::string comment = session->comment().text, number = " " + std::to_string(frame.number);
    for (size_t at = comment.find(number); at != comment.npos; at = comment.find(number, at + 1))
      if (!isdigit(static_cast<unsigned char>(comment[at + number.size()]))) return true;
    return false;
  }
  // A member of the newest object of that type, as it is at an event.
  std::string member(const std::string& type, const std::string& path, EventIndex at) const {
    Playhead playhead(session->journal());
    playhead.seek(at);
    Formula formula;
    formula.kind = Formula::Member;
    formula.words = {type, path};
    const auto answer = valueOf(*session, playhead, formula);
    return answer ? answer->text : answer.error().message;
  }
  std::unique_ptr<scenario::Session> session;
  RelivedCapture told;
};

std::string text(const RelivedCapture& told) {
  std::string all;
  for (const std::string& line : lines(told)) all += line + "\n";
  return all;
}

struct Samples : ::testing::TestWithParam<Sample> {};

} // namespace

TEST_P(Samples, NothingIsDifferent) {
  const Relived r(GetParam());
  const RelivedTotals& t = r.told.totals;
  EXPECT_TRUE(t.good()) << text(r.told);
  EXPECT_EQ(t.same + t.equivalent, t.sent);
  EXPECT_GT(t.sent, 2u);
  EXPECT_TRUE(english(fileComment(*r.session)).starts_with(GetParam().name + ".pcapng says: "));
}
INSTANTIATE_TEST_SUITE_P(Relived, Samples,
                         ::testing::Values(Sample{"page-load", Client}, Sample{"page-load", Server},
                                           Sample{"lost-segment", Client}, Sample{"lost-segment", Server},
                                           Sample{"full-window", Client}, Sample{"full-window", Server},
                                           Sample{"refused-port", Client}, Sample{"refused-port", Server},
                                           Sample{"lost-fragment", Server}));

TEST(PageLoad, TwoConnectionsAreAcceptedAndEitherEndIsTheFirstToCloseOnce) {
  const Relived r({"page-load", Server});
  ASSERT_EQ(r.told.flows.size(), 2u);
  for (const Text& flow : r.told.flows) EXPECT_NE(english(flow).find("is accepted at 10.9.0.2:80"), std::string::npos);
  const auto requests = r.by("tcp_conn_request", false);
  ASSERT_EQ(requests.size(), 2u);
  for (const RelivedFrame& f : requests) EXPECT_TRUE(r.says(f)) << f.number;
  const auto ends = r.with("FIN");
  ASSERT_EQ(ends.size(), 4u);
  EXPECT_TRUE(ends[0].out && r.says(ends[0])) << ends[0].number; // the server's, of the second connection
  EXPECT_TRUE(ends[2].in);                                       // the client's, of the first
}

// The same bytes leave twice; what makes the kernel send them again is the third SACK, at once.
TEST(LostSegment, IsSentAgainAtTheThirdSackAndIsTheSameFrame) {
  const Relived r({"lost-segment", Server});
  EXPECT_EQ(r.told.totals.same, r.told.totals.sent) << text(r.told);
  const auto again = r.by("__tcp_retransmit_skb");
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].verdict, Verdict::Same);
  EXPECT_TRUE(r.says(again[0]));
  const std::string bytes = again[0].summary.substr(again[0].summary.find("seq="));
  std::vector<RelivedFrame> both = r.with(bytes.substr(0, bytes.find(' ')) + " ");
  ASSERT_EQ(both.size(), 2u);
  EXPECT_TRUE(r.says(both[0])) << "the lost one is frame " << both[0].number;
  EXPECT_EQ(r.member("tcp_sock#2", "sacked_out", again[0].events.at(0)), "3");
}

TEST(FullWindow, IsAnnouncedByTheReaderAndProbedByTheWriter) {
  const Relived reader({"full-window", Server});
  const auto closed = reader.with("win=0");
  ASSERT_GE(closed.size(), 2u);
  for (const RelivedFrame& f : closed) EXPECT_EQ(f.verdict, Verdict::Same) << f.number;
  EXPECT_TRUE(reader.says(closed[0])) << closed[0].number;

  const Relived writer({"full-window", Client});
  const auto probes = writer.by("tcp_xmit_probe_skb");
  ASSERT_EQ(probes.size(), 2u);
  for (const RelivedFrame& f : probes) EXPECT_TRUE(writer.says(f)) << f.number;
  EXPECT_EQ(writer.member("tcp_sock", "snd_wnd", probes[0].events.at(0)), "0");
}

TEST(RefusedPort, IsAnsweredWithResetAndWithUnreachable) {
  const Relived r({"refused-port", Server});
  const auto reset = r.by("tcp_v4_send_reset"), unreachable = r.with("Port unreachable");
  ASSERT_EQ(reset.size(), 1u);
  ASSERT_EQ(unreachable.size(), 1u);
  EXPECT_NE(reset[0].summary.find("RST"), std::string::npos);
  EXPECT_EQ(reset[0].verdict, Verdict::Same);
  EXPECT_EQ(unreachable[0].verdict, Verdict::Same);
  EXPECT_TRUE(r.says(reset[0]) && r.says(unreachable[0]));
  for (const RelivedFrame* f : {&reset[0], &unreachable[0]})
    EXPECT_NE(english(r.told.frames[f->number - 2].outcome).find("SKB_DROP_REASON_NO_SOCKET"), std::string::npos);
}

TEST(LostFragment, IsGivenUpAndTheNextDatagramIsPutTogether) {
  const Relived r({"lost-fragment", Server});
  const auto gaveUp = r.with("reassembly time exceeded");
  ASSERT_EQ(gaveUp.size(), 1u);
  EXPECT_EQ(gaveUp[0].verdict, Verdict::Equivalent); // its timer is late in the captured kernel, by its wheel
  EXPECT_TRUE(r.says(gaveUp[0]));
  std::vector<std::string> fates;
  Playhead end(r.session->journal());
  end.seek(r.session->journal().size());
  for (const Packets::One& p : readPackets(end).all)
    if (p.in && p.row.info.find("ragment") != std::string::npos) fates.push_back(english(p.row.fate));
  ASSERT_EQ(fates.size(), 5u);
  EXPECT_EQ(fates[0], "dropped: SKB_DROP_REASON_NOT_SPECIFIED, and its sender is told");
  EXPECT_EQ(fates[1], "dropped: SKB_DROP_REASON_NOT_SPECIFIED");
  EXPECT_EQ(fates[2], "delivered to UDP port 7777");
}

// Captured where it arrives, the file has not the fragment that the sender sent: that one is ours alone.
TEST(LostFragment, IsTheOnlyDifferenceToTheSenderItself) {
  const Relived r({"lost-fragment", Client});
  EXPECT_EQ(r.told.totals.different, 0u) << text(r.told);
  EXPECT_EQ(r.told.totals.extraDifferent, 1u);
  const auto middle = r.with("offset=1480");
  ASSERT_EQ(middle.size(), 2u);
  EXPECT_EQ(middle[0].number, 0u);
  EXPECT_EQ(middle[0].verdict, Verdict::Different);
}

} // namespace sockwalk::tell
