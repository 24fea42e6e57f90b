// The questions of all lessons as GIFT and Moodle XML: read back by another hand, they have the engine's answers.
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_questions.h"
#include "tests/support/walks.h"
#include <algorithm>
#include <gtest/gtest.h>

namespace sockwalk::tell {
namespace {

// Cuts GIFT at a sign that has no backslash before it, as a learning system does.
std::vector<std::string> cut(const std::string& text, const std::string& signs) {
  std::vector<std::string> out(1);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      out.back() += text.substr(i, 2);
      ++i;
    } else if (signs.find(text[i]) != signs.npos) out.emplace_back();
    else out.back() += text[i];
  }
  return out;
}

std::string plain(const std::string& gift) {
  std::string out;
  for (size_t i = 0; i < gift.size(); ++i)
    if (gift[i] != '\\') out += gift[i];
    else out += gift[++i] == 'n' ? '\n' : gift[i];
  while (!out.empty() && isspace(static_cast<unsigned char>(out.back()))) out.pop_back();
  return out.substr(std::min(out.find_first_not_of(" \n"), out.size()));
}

Quiz hard() {
  Quiz quiz{"A/B: {hard}"};
  quiz.questions.push_back({QuizQuestion::Choose,
                            "q=1",
                            "Is {a} ~ b #1: \\n?\nTwo \"lines\" & <b>",
                            "because = so",
                            "think",
                            2,
                            {{"tcp_sock #1", true}, {"a=b~c", false, "no: {x}"}}});
  quiz.questions.push_back({QuizQuestion::Match, "m", "Match", "", "", 1, {}, {{"a -> b", "1"}, {"c", "2"}}});
  return quiz;
}

TEST(LessonQuestions, WhatMeansSomethingInGiftHasABackslash) {
  const std::string text = gift(hard());
  EXPECT_TRUE(text.starts_with("$CATEGORY: Sockwalk/A-B: {hard}\n\n")) << text;
  const std::string question = text.substr(text.find("::"), text.find("\n\n", text.find("::")) - text.find("::"));
  EXPECT_TRUE(question.starts_with("::q\\=1::[plain]")) << question;
  const auto braces = cut(question, "{}");
  ASSERT_EQ(braces.size(), 3u) << question;
  EXPECT_EQ(plain(braces[0].substr(braces[0].find("[plain]") + 7)), hard().questions[0].ask);
  const auto answers = cut(braces[1], "=~#");
  ASSERT_EQ(answers.size(), 8u) << braces[1]; // "", right, wrong, its feedback, "", "", "", because
  EXPECT_EQ(plain(answers[1]), "tcp_sock #1");
  EXPECT_EQ(plain(answers[2]), "a=b~c");
  EXPECT_EQ(plain(answers[3]), "no: {x}");
  EXPECT_EQ(plain(answers[7]), "because = so");
}

TEST(LessonQuestions, XmlHasNoSignOfItsOwnInWords) {
  const std::string xml = moodleXml(hard());
  EXPECT_NE(xml.find("Two &quot;lines&quot; &amp; &lt;b&gt;"), std::string::npos) << xml;
  EXPECT_NE(xml.find("<text>$course$/Sockwalk/A-B: {hard}</text>"), std::string::npos);
  EXPECT_NE(xml.find("<text>a -&gt; b</text>"), std::string::npos);
  EXPECT_NE(xml.find("<defaultgrade>2</defaultgrade>"), std::string::npos);
}

TEST(LessonQuestions, OfEveryLessonHaveTheAnswersOfTheEngine) {
  for (const std::string& file : tests::filesBelow(SOCKWALK_SOURCE_ROOT "/lessons", "lesson.md")) {
    SCOPED_TRACE(file);
    const auto lesson = readLesson(file);
    ASSERT_TRUE(lesson.ok());
    const auto session = playedToEnd(lesson->played({}));
    ASSERT_TRUE(session.ok());
    const auto quiz = quizOf(*lesson, **session);
    ASSERT_TRUE(quiz.ok()) << quiz.error().message;
    size_t asked = 0, labs = 0;
    for (const LessonStop& stop : lesson->stops) asked += stop.questions.size(), labs += stop.labs.size();
    EXPECT_EQ(quiz->questions.size() + quiz->left.size(), asked + labs) << "none is lost silently";
    EXPECT_FALSE(quiz->questions.empty());
    for (const QuizQuestion& q : quiz->questions) {
      SCOPED_TRACE(q.name);
      EXPECT_FALSE(q.ask.empty());
      if (q.kind == QuizQuestion::Match) EXPECT_GE(q.pairs.size(), 2u);
      else if (q.kind == QuizQuestion::Choose) EXPECT_EQ(std::ranges::count(q.answers, true, &QuizAnswer::right), 1);
      else EXPECT_GE(std::ranges::count(q.answers, true, &QuizAnswer::right), 1);
    }
  }
}

TEST(LessonQuestions, AreOfTheKindThatTheirAnswersAre) {
  const auto lesson = readLesson(SOCKWALK_SOURCE_ROOT "/lessons/03-socket/lesson.md");
  const auto session = playedToEnd(lesson->played({}));
  const auto quiz = quizOf(*lesson, **session);
  const auto named = [&](const std::string& name) {
    return *std::ranges::find(quiz->questions, name, &QuizQuestion::name);
  };
  EXPECT_EQ(named("descriptor").kind, QuizQuestion::Number);
  EXPECT_EQ(named("descriptor").answers[0].text, "3");
  EXPECT_EQ(named("order").pairs[0].second, "sock_alloc");
  EXPECT_EQ(named("sizes").pairs[0].first, "struct sock");
  const QuizQuestion buffer = named("rcvbuf");
  EXPECT_EQ(buffer.answers[0].text, "131072");
  EXPECT_EQ(buffer.answers.size(), 4u);
  EXPECT_NE(buffer.answers[1].feedback, "");
  const std::string text = gift(*quiz);
  EXPECT_NE(text.find("::rcvbuf::"), std::string::npos);
  EXPECT_NE(text.find("{#\n  =131072\n  =%0%212992 #"), std::string::npos) << text;
}

} // namespace
} // namespace sockwalk::tell
