// The lessons that come with the program are right in each of their languages: every stop is found, every formula has a
// value, every question an answer, every lab a solution. And right answers are taken in any form, wrong ones are not.
#include "engine/tell/lessons/answers.h"
#include "engine/tell/lessons/goal.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_place.h"
#include "engine/tell/lessons/lesson_places.h"
#include "tests/support/walks.h"
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

namespace fs = std::filesystem;

std::vector<std::string> lessonsInTree() { return tests::filesBelow(SOCKWALK_SOURCE_ROOT "/lessons", "lesson.md"); }

std::string inOne(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

class EveryLesson : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryLesson, HasNothingWrongInEitherLanguage) {
  EXPECT_TRUE(fs::exists(fs::path(GetParam()).replace_filename("lesson.zh.md")));
  EXPECT_EQ(inOne(lines(checkLesson(GetParam()))), "");
}

TEST_P(EveryLesson, TakesWhatTheEngineSaysAndRefusesTheRest) {
  const ReadLesson read = readLessonIn(GetParam(), "");
  ASSERT_EQ(inOne(lines(read.problems)), "");
  const auto session = playedToEnd(read.lesson.played({}));
  ASSERT_TRUE(session) << session.error().message;
  const auto stops = findStops(**session, read.lesson);
  ASSERT_TRUE(stops) << stops.error().message;
  Playhead playhead((*session)->journal());
  int labs = 0;
  for (size_t i = 0; i < stops->size(); ++i) {
    labs += int(read.lesson.stops[i].labs.size());
    for (const Question& q : read.lesson.stops[i].questions) {
      SCOPED_TRACE(q.id);
      const auto right = askEngine(**session, playhead, q, (*stops)[i]);
      ASSERT_TRUE(right) << right.error().message;
      std::cout << q.ask.text << " -> " << saidAsText(q, *right) << "\n";
      EXPECT_TRUE(isRight(q, *right, {right->value.text, right->list, right->offset}));
      EXPECT_FALSE(isRight(q, *right, {"certainly not this", {"nor", "this"}, 1}));
      if (q.kind == AnswerKind::Write || q.kind == AnswerKind::Drag)
        continue; // they are told otherwise: tests of their own
      for (const Wrong& w : q.wrong) EXPECT_EQ(wrongSaid(q, *right, {w.answer}), &w) << w.answer;
    }
  }
  EXPECT_EQ(labs, 1);
}
INSTANTIATE_TEST_SUITE_P(Lessons, EveryLesson, ::testing::ValuesIn(lessonsInTree()), [](auto& lesson) {
  std::string name = fs::path(lesson.param).parent_path().filename().string();
  for (char& c : name)
    if (!isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

// ---- answers

TEST(Answers, AreTakenInEveryFormThatMeansTheSame) {
  const FormulaValue state{"TCP_LISTEN", 10, {{"TCP_LISTEN", 10}, {"TCP_CLOSE", 7}}};
  for (const char* said : {"10", "0xa", "TCP_LISTEN", "tcp_listen", "LISTEN", "listen", " Listen "})
    EXPECT_TRUE(sameAnswer(said, state)) << said;
  for (const char* said : {"", "7", "CLOSE", "TCP", "1", "10.5", "isten"})
    EXPECT_FALSE(sameAnswer(said, state)) << said;
  const FormulaValue size{"131072", 131072, {}};
  for (const char* said : {"131072", "131,072", "131 072", "128 KiB", "128k", "0x20000", "131072 bytes", "131072 字节"})
    EXPECT_TRUE(sameAnswer(said, size)) << said;
  for (const char* said : {"131", "131,07", "128", "128 ki", "1310720", "131072 apples"})
    EXPECT_FALSE(sameAnswer(said, size)) << said;
  const FormulaValue error{"ENOMEM", -12, {{"ENOMEM", -12}, {"12", -12}}};
  for (const char* said : {"ENOMEM", "-ENOMEM", "enomem", "-12", "12"}) EXPECT_TRUE(sameAnswer(said, error)) << said;
  EXPECT_FALSE(sameAnswer("ENOBUFS", error));
}

// ---- goals

TEST(Goals, AskTheRecord) {
  const auto session = tests::walkOfScript("//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
                                           "//@case other\n+0 socket(99, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (x)\n");
  for (const char* goal :
       {"count(sk_alloc) == 1", "count(__sys_socket) == 2 && count(drop) == 0", "result(make) == 3",
        "result(other) == EAFNOSUPPORT", "tcp_sock.sk_rcvbuf == 131072", "count(inetsw.match) == 1"}) {
    EXPECT_FALSE(troubleWithGoal(*session, goal)) << goal;
    EXPECT_TRUE(isReached(*session, goal)) << goal;
  }
  for (const char* goal : {"count(sk_alloc) == 2", "result(make) == 4", "sock.sk_state == TCP_ESTABLISHED"}) {
    EXPECT_FALSE(troubleWithGoal(*session, goal)) << goal;
    EXPECT_FALSE(isReached(*session, goal)) << goal;
  }
  for (const char* goal : {"count(sk_aloc) == 1", "result(nobody) == 3", "count(sk_alloc) ==", "count()", "sleep("}) {
    EXPECT_TRUE(troubleWithGoal(*session, goal)) << goal;
    EXPECT_FALSE(isReached(*session, goal)) << goal;
  }
}

// ---- words

struct Words : ::testing::Test {
  std::unique_ptr<scenario::Session> session =
      tests::walkOfScript("//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  std::string said(const std::string& text) {
    Problems problems("some.md");
    const LessonWords words = wordsOf({text, {1, 1}}, problems);
    return problems.none() ? tell::said(words, *session, session->journal().size()) : line(problems.all().front());
  }
};

TEST_F(Words, AreComputedWhereTheyStand) {
  EXPECT_EQ(said("{{sizeof(struct sock)}} bytes"), "776 bytes");
  EXPECT_EQ(said("{{sizeof(struct 2.6/sock)}} bytes"), "344 bytes");
  EXPECT_EQ(said("`{{tcp_sock.sk_prot}}`"), "`tcp_prot`");
  EXPECT_EQ(said("{{tcp_sock.sk_prot}}"), "tcp\\_prot") << "as Markdown would have it";
  EXPECT_EQ(said("{{result make}} and {{sizeof(sock) - 76 * 10}}"), "3 and 16");
  EXPECT_EQ(said("{{count(sk_alloc)}}"), "1") << "what boot does is not counted";
  EXPECT_EQ(said("a brace: \\{{x}}"), "a brace: {{x}}");
  EXPECT_EQ(said("```c\n{{x}}\n```"), "```c\n{{x}}\n```") << "a program's text is not ours";
  EXPECT_EQ(said("words {{sizeof(sokc)}}"), "some.md:1:9: the kernel has no structure 'sokc' here; did you mean sock?");
}

// Both kernels have an inet_create(): what is asked for is the one of the record.
TEST(Words26, AreOfTheKernelThatRan) {
  const auto session = tests::walkOfScript("//@era 2.6\n//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  const auto said = [&](const std::string& text) {
    Problems problems("some.md");
    return tell::said(wordsOf({text, {1, 1}}, problems), *session, session->journal().size());
  };
  EXPECT_EQ(said("{{count(inet_create)}}"), "1");
  EXPECT_EQ(said("`{{2.6/tcp_sock.sk_prot}}`"), "`tcp_prot`");
  EXPECT_TRUE(isReached(*session, "count(inet_create) == 1 && count(sys_socketcall) == 1"));
  Problems problems("some.md");
  const Place place = placeOf({"call inet_create", {1, 1}}, problems);
  EXPECT_TRUE(findPlace(*session, place, 0)) << "in the walk of 2.6";
}

TEST(Markdown, SaysWhatIsAHeading) {
  const std::string head = "---\ntitle: T\nscenario: s.pkt\n---\n", stop = "```stop\nat: start\n```\n";
  const ReadLesson read =
      parseLesson(head + "First\n=====\n" + stop + "```sh\n# a comment\n```\n## a smaller one\n# Second\n" + stop,
                  SOCKWALK_SOURCE_ROOT "/lessons/03-socket/lesson.md");
  ASSERT_EQ(read.lesson.stops.size(), 2u);
  EXPECT_EQ(read.lesson.stops[0].heading, "First");
  EXPECT_EQ(read.lesson.stops[1].heading, "Second");
  EXPECT_NE(read.lesson.stops[0].text.text.find("# a comment"), std::string::npos);
}

// ---- places

Place place(const std::string& text) {
  Problems problems("some.md");
  const Place place = placeOf({text, {7, 5}}, problems);
  EXPECT_TRUE(problems.none()) << text;
  return place;
}

TEST(LessonPlaces, TakeNothingThatMeansNothing) {
  const auto trouble = [](const std::string& text) {
    Problems problems("bad.md");
    placeOf({text, {7, 5}}, problems);
    return problems.none() ? std::string() : line(problems.all().front());
  };
  EXPECT_EQ(trouble("call tcp_v4_rcv 2"), "");
  for (const char* text : {"call tcp_v4_rcv two", "call tcp_v4_rcv 0", "call tcp_v4_rcv 2 3", "stimulus one 2"})
    EXPECT_NE(trouble(text).find("too much is said"), std::string::npos) << text;
  EXPECT_EQ(trouble("start here"), "bad.md:7:5: 'start' takes no name; write 'start' alone");
  EXPECT_EQ(trouble("frame one"), "bad.md:7:5: 'one' is no number of a frame; frames are counted from 1");
  for (const char* text : {"", "somewhere", "event drip", "write sock.sk_stat", "call", "note nobody.notes"})
    EXPECT_NE(trouble(text), "") << text;
}

// What is nowhere says why, and what comes after it is found all the same.
TEST(LessonPlaces, SayWhereEachStopIsOrWhyItIsNowhere) {
  const auto session = tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  Lesson lesson;
  lesson.file = "some.md";
  for (const auto& [heading, at] :
       {std::pair("A", "call inet_create"), {"B", "call udp_rcv"}, {"C", "return inet_create"}}) {
    LessonStop stop;
    stop.heading = heading;
    stop.at = place(at);
    lesson.stops.push_back(stop);
  }
  lesson.stops[2].views = {"objects"};
  const auto stops = stopPlaces(*session, lesson);
  ASSERT_EQ(stops.size(), 3u);
  ASSERT_NE(stops[0].position, NoEvent);
  EXPECT_EQ(stops[1].position, NoEvent);
  EXPECT_GT(stops[2].position, stops[0].position);
  const std::string why = "some.md:7:5: after event " + std::to_string(stops[0].position) + " there is no call udp_rcv";
  EXPECT_EQ(lines(stops)[0], "1. A (event " + std::to_string(stops[0].position) + ", call inet_create)");
  EXPECT_EQ(lines(stops)[1], "2. B (" + why + ")");
  EXPECT_EQ(findStops(*session, lesson).error().message, why);
  const nlohmann::json json = tell::json(stops);
  EXPECT_EQ(json[0]["event"], stops[0].position);
  EXPECT_EQ(json[1].value("missing", ""), why);
  EXPECT_EQ(json[2]["view"], "objects");
}

// Frames are found by their numbers, those that arrive and those that our kernel sends.
TEST(LessonPlaces, FramesOfACaptureArePlacesAndHaveVerdicts) {
  const std::string file = SOCKWALK_SOURCE_ROOT "/assets/captures/refused-port.pcapng";
  const auto session = tests::walkOf(file);
  const Journal& j = session->journal();
  const auto frame = [&](const char* number) { return findPlace(*session, place(std::string("frame ") + number), 0); };
  ASSERT_TRUE(frame("3") && frame("4"));
  EXPECT_EQ(j[*frame("3") - 1].type, EventType::PacketIn);
  EXPECT_EQ(j[*frame("4") - 1].type, EventType::PacketOut);
  EXPECT_LT(*frame("3"), *frame("4"));
  EXPECT_EQ(frame("7").error().message, "the capture has no frame 7, it has 6");
  const auto ask = [&](const std::string& formula) {
    Problems problems("some.md");
    Playhead playhead(j);
    const auto said = valueOf(*session, playhead, formulaOf({formula, {}}, problems));
    return said ? said->text : said.error().message;
  };
  EXPECT_EQ(ask("frame 4 function"), "tcp_v4_send_reset");
  EXPECT_EQ(ask("frame 4 verdict"), "same");
  EXPECT_EQ(ask("frame 3 verdict"), "frame 3 has no verdict"); // it came from another host
  const auto script = tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  EXPECT_EQ(findPlace(*script, place("frame 1"), 0).error().message,
            "the scenario is no capture of a host, so it has no frame 1");
}

// At the call itself its arguments are meant, not those of the next one.
TEST(LessonFormulas, TheArgumentsOfACallAreAskedForAtIt) {
  const auto session =
      tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n0 socket(AF_INET, SOCK_DGRAM, 0) = 4\n");
  const auto first = findPlace(*session, place("call __sys_socket"), 0);
  ASSERT_TRUE(first);
  const auto typeAt = [&](EventIndex at) {
    Problems problems("some.md");
    Playhead playhead(session->journal());
    playhead.seek(at);
    const auto said = valueOf(*session, playhead, formulaOf({"argument __sys_socket 1", {}}, problems));
    return said ? said->text : said.error().message;
  };
  EXPECT_EQ(typeAt(*first), "SOCK_STREAM");
  EXPECT_EQ(typeAt(*first + 1), "SOCK_DGRAM");
  EXPECT_EQ(typeAt(session->journal().size()), "__sys_socket is not called there");
}

// A note has arguments, too, each by the name that its kind gives it.
TEST(LessonFormulas, TheArgumentsOfANoteAreAskedFor) {
  const auto session =
      tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n0 socket(AF_INET, SOCK_DGRAM, 0) = 4\n");
  const EventIndex endOfBoot = session->journal().stimuli()[1].event; // boot asks for sockets, too
  const auto first = findPlace(*session, place("note inetsw.match"), endOfBoot);
  ASSERT_TRUE(first);
  const auto saidAt = [&](EventIndex at, const std::string& formula) {
    Problems problems("some.md");
    Playhead playhead(session->journal());
    playhead.seek(at);
    const Formula asked = formulaOf({formula, {}}, problems);
    if (!problems.none()) return line(problems.all().front());
    const auto said = valueOf(*session, playhead, asked);
    return said ? said->text : said.error().message;
  };
  EXPECT_EQ(saidAt(*first, "argument inetsw.match 0"), "SOCK_STREAM");
  EXPECT_EQ(saidAt(*first + 1, "argument inetsw.match 0"), "SOCK_DGRAM");
  EXPECT_EQ(saidAt(*first, "argument inetsw.match 9"), "inetsw.match has no argument 9");
  EXPECT_NE(saidAt(*first, "argument inetsw.mach 0").find("did you mean inetsw.match?"), std::string::npos);
}

} // namespace
