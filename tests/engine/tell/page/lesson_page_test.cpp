// What a page holds of a lesson is what the engine says of it.
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/moments.h"
#include "engine/tell/page/lesson_page.h"
#include "engine/tell/position.h"
#include <gtest/gtest.h>

namespace sockwalk::tell {
namespace {

std::string loud(const char* words) { return std::string("!") + words; }

struct LessonPages : ::testing::Test {
  // With a step at each call, or only about the stops.
  nlohmann::json read(const std::string& name, size_t most = 4000) {
    const std::string folder = SOCKWALK_SOURCE_ROOT "/lessons/" + name;
    lesson = readLessonIn(folder, "").lesson;
    auto played = playedToEnd(lesson.played({}));
    if (!played) throw std::runtime_error(played.error().message);
    session = std::move(*played);
    auto page = LessonPage::of(*session, {lesson, readLessonIn(folder, "zh").lesson});
    if (!page) throw std::runtime_error(page.error().message);
    const auto whole = readPage(session->journal(), {.title = lesson.title,
                                                     .from = firstMoment(*session),
                                                     .most = most,
                                                     .languages = {{"en", "English", {}}, {"zh-CN", "Loud", loud}},
                                                     .lesson = &*page});
    if (!whole) throw std::runtime_error(whole.error().message);
    return whole->data;
  }
  std::string text(const nlohmann::json& page, const nlohmann::json& index, size_t language = 0) {
    return index.get<int>() < 0 ? "" : page["texts"][index.get<size_t>()][language].get<std::string>();
  }
  Lesson lesson;
  std::unique_ptr<scenario::Session> session;
};

} // namespace

TEST_F(LessonPages, EachStopHasItsStepAndItsWordsInBothLanguages) {
  const auto page = read("03-socket");
  const auto stops = findStops(*session, lesson);
  ASSERT_TRUE(stops.ok());
  const auto& told = page["lesson"]["stops"];
  ASSERT_EQ(told.size(), stops->size());
  for (size_t i = 0; i < told.size(); ++i) {
    EXPECT_EQ(page["steps"][told[i]["step"].get<size_t>()]["at"], (*stops)[i]);
    EXPECT_EQ(text(page, told[i]["heading"]), lesson.stops[i].heading);
    EXPECT_NE(text(page, told[i]["heading"], 1), lesson.stops[i].heading);
    EXPECT_TRUE(text(page, told[i]["html"]).starts_with("<p>"));
    EXPECT_EQ(text(page, told[i]["html"]).find("{{"), std::string::npos);
    EXPECT_EQ(told[i]["questions"].size(), lesson.stops[i].questions.size());
    EXPECT_EQ(told[i]["labs"].size(), lesson.stops[i].labs.size());
  }
}

TEST_F(LessonPages, TheAnswersAreTheEngines) {
  std::map<std::string, int> kinds;
  for (const char* name : {"03-socket", "05-socket-errors", "23-tcp-handshake"}) {
    const auto page = read(name);
    const auto stops = findStops(*session, lesson);
    ASSERT_TRUE(stops.ok());
    for (size_t i = 0; i < stops->size(); ++i)
      for (size_t n = 0; n < lesson.stops[i].questions.size(); ++n) {
        const Question& q = lesson.stops[i].questions[n];
        const auto& told = page["lesson"]["stops"][i]["questions"][n];
        SCOPED_TRACE(q.id);
        Playhead playhead(session->journal());
        const auto right = askEngine(*session, playhead, q, (*stops)[i]);
        ASSERT_TRUE(right.ok());
        ++kinds[told["kind"].get<std::string>()];
        EXPECT_EQ(told["answer"], saidAsText(q, *right));
        EXPECT_EQ(page["steps"][told["step"].get<size_t>()]["at"], right->shownAt);
        if (told["kind"] == "number") {
          EXPECT_EQ(told["right"]["text"], right->value.text);
        }
        if (told["kind"] == "order" || told["kind"] == "match") {
          EXPECT_EQ(told["right"], nlohmann::json(right->list));
        }
        if (told["kind"] == "order") {
          EXPECT_TRUE(std::ranges::is_sorted(told["items"].get<std::vector<std::string>>()));
        }
        if (told["kind"] != "choose") continue;
        for (size_t c = 0; c < q.choices.size(); ++c)
          EXPECT_EQ(told["choices"][c]["right"], isRight(q, *right, {q.choices[c].answer}));
      }
  }
  for (const char* kind : {"choose", "number", "order", "match"}) EXPECT_GT(kinds[kind], 0) << kind;
}

TEST_F(LessonPages, RowsSayWhichQuestionsAskForThem) {
  const auto page = read("23-tcp-handshake");
  std::set<int> asked;
  for (const auto& card : page["cards"])
    for (const auto& row : card["rows"])
      if (row.contains("q")) {
        EXPECT_FALSE(row["q"].empty());
        for (const auto& n : row["q"]) asked.insert(n.get<int>());
      }
  EXPECT_GE(asked.size(), 3u);
}

TEST_F(LessonPages, AWalkThatIsLongerThanAPageIsCutToWhatLiesAboutTheStops) {
  const auto whole = read("10-sk-buff"), part = read("10-sk-buff", 1000);
  EXPECT_LT(part["steps"].size(), whole["steps"].size());
  const auto stops = findStops(*session, lesson);
  ASSERT_TRUE(stops.ok());
  for (size_t i = 0; i < stops->size(); ++i)
    EXPECT_EQ(part["steps"][part["lesson"]["stops"][i]["step"].get<size_t>()]["at"], (*stops)[i]);
}

// A kind that the page has no form for is shown, with its answer in words.
TEST_F(LessonPages, AnotherKindIsLeftToTheProgram) {
  read("03-socket");
  for (LessonStop& stop : lesson.stops)
    for (Question& q : stop.questions)
      if (q.kind == AnswerKind::Number && q.answer.kind == Formula::Member) q.kind = AnswerKind::Click;
  const auto page = LessonPage::of(*session, {lesson});
  ASSERT_TRUE(page.ok());
  const auto whole =
      readPage(session->journal(),
               {.title = "t", .from = firstMoment(*session), .languages = {{"en", "English", {}}}, .lesson = &*page});
  ASSERT_TRUE(whole.ok());
  size_t others = 0;
  for (const auto& stop : whole->data["lesson"]["stops"])
    for (const auto& q : stop["questions"]) others += q["kind"] == "other" && q["ask"].get<int>() >= 0;
  EXPECT_GT(others, 0u);
}

} // namespace sockwalk::tell
