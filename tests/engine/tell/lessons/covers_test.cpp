// What an open question hides: its answer however it is written, what else could be one, and the forms that would say it.
#include "engine/tell/lessons/answers.h"
#include "engine/tell/lessons/covered_pictures.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_guide.h"
#include "engine/tell/lessons/lesson_language.h"
#include "engine/tell/lessons/lesson_places.h"
#include "tests/support/walks.h"

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

// A lesson, played, at the stop of the first question that asks for this.
struct Asking {
  Lesson lesson;
  std::unique_ptr<scenario::Session> session;
  Covers covers;
  EventIndex at = 0;
  FormulaValue right;

  Asking(const std::string& name, const std::string& formula) {
    auto read = readLesson(SOCKWALK_SOURCE_ROOT "/lessons/" + name);
    lesson = std::move(*read);
    session = std::move(*playedToEnd(lesson.played({})));
    const auto stops = findStops(*session, lesson);
    for (size_t i = 0; i < lesson.stops.size(); ++i)
      for (const Question& q : lesson.stops[i].questions)
        if (q.answer.text == formula && covers.empty()) {
          at = (*stops)[i];
          covers.add(*session, at, q);
          Playhead asked(session->journal());
          right = askEngine(*session, asked, q, at)->value;
        }
    EXPECT_FALSE(covers.empty()) << formula;
  }
  const Playhead& playhead() {
    there.emplace(session->journal());
    there->seek(at);
    return *there;
  }
  std::optional<Playhead> there;
};

TEST(Covers, AStateIsHiddenWithAllOthersForTheOneThatIsMissingWouldBeIt) {
  const Asking asking("23-tcp-handshake", "tcp_sock#1.sk_state");
  for (const char* state : {"TCP_LISTEN", "LISTEN", "TCP_ESTABLISHED", "SYN_SENT"})
    EXPECT_EQ(asking.covers.words(std::string("it is in ") + state + "."),
              std::string("it is in ") + Covers::Hatch + ".");
  EXPECT_TRUE(asking.covers.tells("TCP_LISTEN"));
  EXPECT_FALSE(asking.covers.tells("TCP_ESTABLISHED")) << "which is no answer";
  EXPECT_TRUE(asking.covers.asks("tcp_sock #1", "sk_state"));
  EXPECT_FALSE(asking.covers.asks("tcp_sock #2", "sk_state"));
  EXPECT_FALSE(asking.covers.asks("tcp_sock #1", "snd_cwnd"));
}

TEST(Covers, ANumberIsHiddenHoweverItIsWritten) {
  const Asking asking("03-socket", "tcp_sock.sk_rcvbuf");
  EXPECT_EQ(asking.right.text, "131072");
  for (const char* written : {"131072", "131,072", "131 072", "0x20000"})
    EXPECT_EQ(asking.covers.words(std::string(written) + " bytes"), std::string(Covers::Hatch) + " bytes") << written;
  EXPECT_EQ(asking.covers.words(std::string("87380 bytes")), "87380 bytes");
}

TEST(Covers, AShareOrASizeInBitsIsNoAnswer) {
  const Asking asking("03-socket", "tcp_sock.sk_rcvbuf");
  for (const std::string other : {"131072%", "131072 b", "131072 × tcp_sock"})
    EXPECT_EQ(asking.covers.words(other), other);
  EXPECT_EQ(asking.covers.words(std::string("131072 before")), std::string(Covers::Hatch) + " before");
}

TEST(Covers, ANumberThatOnlySaysWhichOneIsNoAnswer) {
  const Asking asking("03-socket", "tcp_sock.sk_rcvbuf");
  for (const std::string place :
       {"fd[131072]", "[131072]", "cache line 131072", "缓存行 131072", "step 131072 of socket()", "第 131072 步",
        "tcp.cpp line 131072", "4 bytes, 131072 cache lines"})
    EXPECT_EQ(asking.covers.words(place), place) << "a gap in a row of these would be the answer";
  const std::string hatch = Covers::Hatch;
  EXPECT_EQ(asking.covers.words(std::string("cmsg_data=[131072]")), "cmsg_data=[" + hatch + "]");
  EXPECT_EQ(asking.covers.words(std::string("第 131072 字节")), "第 " + hatch + " 字节");
  EXPECT_EQ(asking.covers.words(std::string("a deadline 131072")), "a deadline " + hatch);
}

TEST(Covers, ASmallNumberIsHiddenWhereWhatIsAskedForIsNamed) {
  const Asking asking("39-local-sockets", "file#8.f_count");
  ASSERT_EQ(asking.right.text.size(), 1u);
  const std::string hatch = Covers::Hatch, number = asking.right.text;
  EXPECT_EQ(asking.covers.anywhere(number + " buffers"), number + " buffers") << "nothing is said of the file";
  EXPECT_EQ(asking.covers.anywhere("f_count is " + number), "f_count is " + hatch);
  EXPECT_EQ(asking.covers.words(number + " references"), hatch + " references") << "who asks knows what it is about";
}

TEST(Covers, WhatAFunctionIsHandedIsHiddenBesideItsName) {
  const Asking asking("40-what-tcpdump-sees", "argument skb_push 1");
  EXPECT_EQ(asking.covers.words(std::string("Ethernet 14 bytes")), "Ethernet 14 bytes") << "a gap there would tell it";
  EXPECT_EQ(asking.covers.words(std::string("skb_push(14) moved data")),
            std::string("skb_push(") + Covers::Hatch + ") moved data");
}

TEST(Covers, HowManyWaitIsNotToBeCountedInAPicture) {
  Asking asking("26-where-data-waits", "tcp_sock#3.sk_receive_queue.qlen");
  const Playhead& at = asking.playhead();
  ObjectGraph graph = readObjects(at), open = graph;
  cover(graph, asking.covers);
  const auto buffers = [](const ObjectGraph& g) { return std::ranges::count(g.cards, "sk_buff", &ObjectCard::type); };
  const auto leadOut = [](const ObjectGraph& g) {
    return std::ranges::count_if(g.links, [&](const ObjectLink& l) {
      const ObjectCard& card = g.cards[size_t(l.from)];
      return card.title == "tcp_sock #3" && english(card.rows[size_t(l.row)].label) == "sk_receive_queue";
    });
  };
  EXPECT_GT(leadOut(open), 0);
  EXPECT_EQ(leadOut(graph), 0);
  EXPECT_LT(buffers(graph), buffers(open));
  for (const ObjectLink& l : graph.links) ASSERT_LT(size_t(std::max(l.from, l.to)), graph.cards.size());
  std::vector<KernelTable> tables = readTables(at);
  const auto queues = [&] { return *std::ranges::find(tables, "queues", &KernelTable::id); };
  const auto received = [&] {
    int found = 0;
    for (const TableRow& row : queues().rows)
      found += row.indent == 0 && english(row.place) == "receive" && row.object == "tcp_sock #3";
    return found;
  };
  EXPECT_EQ(received(), 1);
  cover(tables, asking.covers);
  EXPECT_EQ(received(), 0);
  EXPECT_NE(english(queues().summary).find(Covers::Hatch), std::string::npos);
}

TEST(Covers, NothingIsCoveredWhereNothingIsAsked) {
  Asking asking("26-where-data-waits", "tcp_sock#3.sk_receive_queue.qlen");
  const Playhead& at = asking.playhead();
  std::vector<KernelTable> tables = readTables(at);
  const auto before = lines(tables);
  cover(tables, Covers());
  EXPECT_EQ(lines(tables), before);
  EXPECT_EQ(Covers().words(std::string("1 of 2")), "1 of 2");
}

// ---- the guide

TEST(LessonGuide, WhatItGivesAsExamplesIsRightByItsForm) {
  std::vector<std::string> places, formulas;
  for (const GuidePart& part : lessonGuide()) {
    EXPECT_FALSE(english(part.title).empty());
    EXPECT_FALSE(part.rows.empty());
    for (const GuideRow& row : part.rows) EXPECT_FALSE(english(row.about).empty()) << row.written;
    const std::string title = english(part.title);
    for (const GuideRow& row : part.rows) {
      if (title.find("a place") != title.npos) places.push_back(row.written);
      if (title.find("what the engine is asked") != title.npos) formulas.push_back(row.written);
    }
  }
  EXPECT_GT(places.size(), 6u);
  EXPECT_GT(formulas.size(), 6u);
  Problems problems("guide");
  for (const std::string& place : places) EXPECT_FALSE(placeOf({place, {}}, problems).kind.empty()) << place;
  for (const std::string& formula : formulas) EXPECT_TRUE(formulaOf({formula, {}}, problems)) << formula;
  for (const std::string& line : lines(problems.all())) ADD_FAILURE() << line;
}

} // namespace
