// What authors write, and what it means: goals of both kinds, members of one object, pages of views, numbers that are
// counted with, and names that are translated.
#include "engine/tell/lessons/goal.h"
#include "engine/tell/lessons/handout.h"
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/lab_run.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_views.h"
#include "tests/support/walks.h"
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace sockwalk::tell {
namespace {

namespace fs = std::filesystem;

constexpr const char* TwoSockets = "//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
                                   "+0 socket(AF_INET, SOCK_DGRAM, 0) = 4\n+0 socket(AF_INET, SOCK_DGRAM, 0) = 5\n"
                                   "+0 setsockopt(4, SOL_SOCKET, SO_RCVBUF, [4096], 4) = 0\n"
                                   "+0 setsockopt(5, SOL_SOCKET, SO_SNDBUF, [4096], 4) = 0\n";

// ---- goals

struct OfTwoSockets : ::testing::Test {
  std::unique_ptr<scenario::Session> session = tests::walkOfScript(TwoSockets);
  void is(const std::string& goal, bool reached) {
    const auto trouble = troubleWithGoal(*session, goal);
    EXPECT_FALSE(trouble) << goal << ": " << (trouble ? spoken(trouble->sentence) : "");
    EXPECT_EQ(isReached(*session, goal), reached) << goal;
  }
};

TEST_F(OfTwoSockets, TheRunAndAMomentAreAskedInOneGoal) {
  is("count(sk_alloc) == 3 && tcp_sock#1.sk_rcvbuf == 131072", true);
  is("tcp_sock#1.sk_rcvbuf == 131072 && count(drop) == 0 && result(make) == 3", true);
  is("count(sk_alloc) == 2 && tcp_sock#1.sk_rcvbuf == 131072", false);
  is("count(sk_alloc) == 3 && tcp_sock#1.sk_rcvbuf == 5", false);
  is("count(sk_alloc) == 2 || count(sk_alloc) == 3 && tcp_sock#1.sk_rcvbuf == 131072", true);
  is("count(sk_alloc) == 3 && (tcp_sock#1.sk_rcvbuf == 5 || tcp_sock#1.sk_rcvbuf == 131072)", true);
  is("count(sk_alloc) == 3 && call == udp_init_sock", true);
  is("count(sk_alloc) == 3 && udp_sock#1.sk_rcvbuf == 8192 && udp_sock#2.sk_rcvbuf == 8192", false);
}

TEST_F(OfTwoSockets, WhatIsOfNeitherKindIsRefusedWithItsPlace) {
  const auto mixed = troubleWithGoal(*session, "(count(sk_alloc) == 2 || tcp_sock#1.sk_rcvbuf == 5)");
  ASSERT_TRUE(mixed);
  EXPECT_NE(spoken(mixed->sentence).find("outside brackets"), std::string::npos) << spoken(mixed->sentence);
  const std::string goal = "count(sk_alloc) == 3 && tcp_sock#1.sk_rcvbf == 5";
  const auto mistyped = troubleWithGoal(*session, goal);
  ASSERT_TRUE(mistyped);
  EXPECT_EQ(goal.substr(mistyped->from, mistyped->to - mistyped->from), "tcp_sock#1.sk_rcvbf");
  EXPECT_FALSE(isReached(*session, goal));
  EXPECT_TRUE(troubleWithGoal(*session, "count(sk_alloc) == 3 &&"));
}

TEST_F(OfTwoSockets, MembersWithoutNumbersAreOfOneObject) {
  is("tcp_sock.sk_rcvbuf == 131072 && tcp_sock.sk_protocol == IPPROTO_TCP", true);
  is("tcp_sock.sk_rcvbuf == 131072 && tcp_sock.sk_protocol == IPPROTO_UDP", false);
  is("sock.sk_rcvbuf == 131072 && tcp_sock.sk_protocol == IPPROTO_TCP", true);
  is("udp_sock.sk_rcvbuf == 8192 && udp_sock.sk_protocol == IPPROTO_UDP", true);
  is("udp_sock.sk_rcvbuf == 8192 && udp_sock.sk_sndbuf == 8192", false); // one socket each
  const auto apart = troubleWithGoal(*session, "tcp_sock.sk_rcvbuf == 131072 && sk_buff.len == 3");
  ASSERT_TRUE(apart);
  EXPECT_EQ(
      spoken(apart->sentence),
      "'tcp_sock.sk_rcvbuf' and 'sk_buff.len' are of two objects, and without numbers both are of the one that is "
      "written; say which objects are meant: sk_buff#1.len");
  is("call == sock_alloc_file && socket.state == SS_UNCONNECTED && sk_buff.len == 3", false); // it may be handed both
}

// ---- views

std::string troubleWithViews(std::initializer_list<const char*> views) {
  Problems problems("a.md");
  std::vector<Written> lists;
  for (const char* view : views) lists.push_back({view, {7, 5}});
  viewsOf(lists, problems);
  return problems.none() ? "" : line(problems.all().front());
}

TEST(LessonViews, HavePagesAndPlaces) {
  for (const auto& good : {std::initializer_list<const char*>{"tables:ehash", "source", "timeline"},
                           {"tables:ops", "structure:groups"},
                           {"objects", "classes", "structure:heat", "happened"},
                           {"family", "birth"},
                           {"buffer:beside"}})
    EXPECT_EQ(troubleWithViews(good), "");
  EXPECT_EQ(troubleWithViews({"tables:ehsh"}), "a.md:7:5: the view 'tables' has no page 'ehsh'; did you mean ehash?");
  EXPECT_EQ(troubleWithViews({"ladder:all"}), "a.md:7:5: the view 'ladder' has no pages; write 'ladder' alone");
  EXPECT_NE(troubleWithViews({"objects", "classes", "map"}).find("third view of the stage"), std::string::npos);
  EXPECT_NE(troubleWithViews({"timeline", "packets"}).find("stand behind one another"), std::string::npos);
  EXPECT_NE(troubleWithViews({"tables:ehash", "tables:ops"}).find("stands here twice"), std::string::npos);
}

// ---- what is pointed at

TEST(LessonPoint, IsAMemberOfWhatIsLookedAt) {
  const auto session =
      tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 socket(AF_INET, SOCK_STREAM, 0) = 4\n");
  const EventIndex end = session->journal().size();
  Playhead at(session->journal());
  at.seek(end);
  Problems problems("a.md");
  const auto object = [&](const char* point, const char* focus) {
    const auto place = findPoint(*session, end, pointOf({point, {1, 1}}, problems), focus);
    EXPECT_TRUE(place) << (place ? "" : place.error().message);
    return place ? place->object : 0;
  };
  EXPECT_EQ(object("member tcp_sock.sk_rcvbuf", ""), newestObject(at, "tcp_sock#2"));
  EXPECT_EQ(object("member tcp_sock.sk_rcvbuf", "tcp_sock#1"), newestObject(at, "tcp_sock#1"));
  EXPECT_EQ(object("member sock.sk_rcvbuf", "tcp_sock#1"), newestObject(at, "tcp_sock#1"));
  EXPECT_EQ(object("member tcp_sock#2.sk_rcvbuf", "tcp_sock#1"), newestObject(at, "tcp_sock#2"));
  EXPECT_EQ(object("member tcp_sock.sk_rcvbuf", "socket_alloc#1"), newestObject(at, "tcp_sock#2"));
}

// ---- numbers of a person's own

TEST(LabNumbers, AreCountedWith) {
  const LabValues values{{"port", 23417}, {"n", 3}};
  EXPECT_EQ(filled("htons({{seed port + 1}}) {{seed n * 2 + seed port}} {{2 * seed n}}", values),
            "htons(23418) 23423 6");
  EXPECT_EQ(filled("{{seed other + 1}} {{seed n / 0}}", values), "{{seed other + 1}} {{seed n / 0}}");
  EXPECT_EQ(numbersSaid("{{seed n * 2 + seed port}}").size(), 2u);
}

TEST(LabLines, SayWhichGaveBackAnError) {
  const auto session = tests::walkOfScript("0 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  std::vector<LineTrouble> errors;
  const auto lines = labLines("// by hand\nclose(77)\nwait 0.1\n//@task other\nlisten(3)\n");
  ASSERT_EQ(lines.size(), 4u);
  const auto trouble = typeLines({false, true, false}, *session, lines, errors);
  ASSERT_TRUE(trouble);
  EXPECT_EQ(trouble->number, 5);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].number, 2);
  EXPECT_EQ(spoken(errors[0].what), "close(77) gives back -1 EBADF (9)");
}

// ---- files

struct InAFolder : ::testing::Test {
  fs::path folder = fs::path(testing::TempDir()) / ("language-" + std::to_string(getpid()));
  void SetUp() override {
    fs::create_directories(folder);
    write("scenario.pkt", TwoSockets);
  }
  void TearDown() override { fs::remove_all(folder); }
  void write(const char* name, const std::string& text) { std::ofstream(folder / name) << text; }
  std::string problems() {
    std::string out;
    for (const std::string& line : lines(checkLesson(folder.string()))) out += line.substr(line.rfind('/') + 1) + "\n";
    return out;
  }
  static std::string lesson(const std::string& title, const std::string& block) {
    return "---\ntitle: " + title + "\nscenario: scenario.pkt\n---\n# A\n```stop\nat: end make\n```\nWords.\n" + block;
  }
};

TEST_F(InAFolder, NamesThatAreMatchedAreTranslatedBeforeTheSameFormulas) {
  const std::string ask = "```predict\nkind: match\nask: Which?\n";
  write("lesson.md", lesson("T", ask + "match: {receive: tcp_sock.sk_rcvbuf, send: tcp_sock.sk_sndbuf}\n```\n"));
  const auto chinese = [&](const std::string& match) {
    write("lesson.zh.md", "---\ntitle: 甲\n---\n# 乙\n```stop\n```\n字。\n" + ask + match + "```\n");
    return problems();
  };
  EXPECT_EQ(chinese("match: {接收: tcp_sock.sk_rcvbuf, 发送: tcp_sock.sk_sndbuf}\n"), "");
  EXPECT_EQ(readLessonIn(folder.string(), "zh").lesson.stops[0].questions[0].match[1].name.text, "发送");
  EXPECT_EQ(chinese(""), "");
  EXPECT_EQ(readLessonIn(folder.string(), "zh").lesson.stops[0].questions[0].match[1].name.text, "send");
  EXPECT_NE(chinese("match: {发送: tcp_sock.sk_sndbuf, 接收: tcp_sock.sk_rcvbuf}\n").find("lesson.md has"),
            std::string::npos);
  EXPECT_NE(chinese("match: {接收: tcp_sock.sk_rcvbuf}\n").find("another number of items"), std::string::npos);
}

TEST_F(InAFolder, WhatHasNoValueOfItsOwnIsNotSaid) {
  write("lesson.md", lesson("T", "It waits in {{tcp_sock.sk_receive_queue}}.\n"));
  EXPECT_NE(problems().find("'tcp_sock.sk_receive_queue' has no value of its own"), std::string::npos) << problems();
}

TEST_F(InAFolder, LessonsAreNamedOnce) {
  fs::create_directories(folder / "one");
  for (const char* file : {"scenario.pkt", "one/scenario.pkt"}) write(file, TwoSockets);
  write("one/lesson.md",
        "---\ntitle: T\nscenario: scenario.pkt\nnext: nowhere-at-all\n---\n# A\n```stop\nat: start\n```\n");
  const std::string there = SOCKWALK_SOURCE_ROOT "/lessons/03-socket";
  fs::copy(there, folder / "03-socket");
  std::string said;
  for (const std::string& line : lines(checkLesson((folder / "one").string()))) said += line;
  const auto first = said.find("03-socket");
  ASSERT_NE(first, said.npos) << said;
  EXPECT_EQ(said.find("03-socket", first + 1), said.npos) << said;
}

TEST_F(InAFolder, PaperHasThePersonsNumbers) {
  write("solution.pkt", std::string(TwoSockets) + "+0 bind(3, {sa_family = AF_INET, sin_port = htons({{seed port}}), "
                                                  "sin_addr = inet_addr(\"127.0.0.1\")}, 16) = 0\n");
  write("lesson.md", lesson("T", "```lab\ntask: Bind to {{seed port}}.\nseed: {port: 20000..29999}\n"
                                 "goal: tcp_sock#1.skc_num == {{seed port}}\nsolution: solution.pkt\n```\n"));
  EXPECT_EQ(problems(), "");
  const ReadLesson read = readLessonIn(folder.string(), "");
  const auto session = playedToEnd(read.lesson.played({}));
  ASSERT_TRUE(session);
  const auto paper = handoutOf(read.lesson, **session, true, 4711);
  ASSERT_TRUE(paper);
  const HandoutLab& lab = paper->stops[0].labs[0];
  EXPECT_EQ(lab.task, "Bind to 21827.");
  EXPECT_EQ(lab.goals, std::vector<std::string>{"tcp_sock#1.skc_num == 21827"});
  EXPECT_NE(lab.solution.find("htons(21827)"), std::string::npos);
  EXPECT_EQ(spoken(lab.numbers), "Numbers: port 21827 (seed 4711)");
}

} // namespace
} // namespace sockwalk::tell
