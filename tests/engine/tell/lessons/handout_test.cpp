// All lessons on paper: with the answers all of them, without them none.
#include "engine/tell/lessons/handout.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_places.h"
#include "tests/support/walks.h"
#include <gtest/gtest.h>

namespace sockwalk::tell {
namespace {

std::vector<std::string> lessons() {
  std::vector<std::string> out;
  for (const std::string& file : tests::filesBelow(SOCKWALK_SOURCE_ROOT "/lessons", "lesson.md"))
    out.push_back(std::filesystem::path(file).parent_path().string());
  return out;
}

// Calls `look` with each lesson, in each language, its record and its stops.
template <class Look> void eachLesson(const Look& look) {
  for (const std::string& folder : lessons()) {
    const auto session = playedToEnd(readLessonIn(folder, "").lesson.played({}));
    ASSERT_TRUE(session.ok()) << folder;
    for (const char* language : {"", "zh"}) {
      SCOPED_TRACE(folder + " " + language);
      const Lesson lesson = readLessonIn(folder, language).lesson;
      const auto stops = findStops(**session, lesson);
      ASSERT_TRUE(stops.ok());
      look(lesson, **session, *stops);
    }
  }
}

} // namespace

TEST(Handout, WithoutTheAnswersThereIsNone) {
  eachLesson([](const Lesson& lesson, const scenario::Session& session, const std::vector<EventIndex>& stops) {
    const auto paper = handoutOf(lesson, session, false);
    ASSERT_TRUE(paper.ok());
    EXPECT_EQ(paper->summary, "");
    ASSERT_EQ(paper->stops.size(), stops.size());
    for (size_t i = 0; i < stops.size(); ++i) {
      const HandoutStop& stop = paper->stops[i];
      EXPECT_FALSE(stop.views.empty());
      EXPECT_EQ(stop.questions.size(), lesson.stops[i].questions.size());
      for (const HandoutQuestion& q : stop.questions) {
        EXPECT_FALSE(q.ask.empty());
        EXPECT_EQ(q.answer + q.because + q.hint, "");
        EXPECT_EQ(q.right, -1);
        EXPECT_TRUE(q.wrong.empty());
      }
      for (const HandoutLab& lab : stop.labs) EXPECT_EQ(lab.hint + lab.solution, "");
    }
  });
}

// Also what another stop asks: a page is turned back.
TEST(Handout, WhatAnyQuestionAsksForIsCoveredAtEveryStop) {
  size_t members = 0, results = 0, calls = 0;
  eachLesson([&](const Lesson& lesson, const scenario::Session& session, const std::vector<EventIndex>& stops) {
    const auto paper = handoutOf(lesson, session, false);
    ASSERT_TRUE(paper.ok());
    const Covers& covers = paper->covers;
    for (size_t asked = 0; asked < stops.size(); ++asked)
      for (const Question& q : lesson.stops[asked].questions) {
        if (q.kind == AnswerKind::Compare || q.kind == AnswerKind::Click)
          continue; // in pictures of this run all may see
        SCOPED_TRACE(q.id);
        Playhead at(session.journal());
        const auto right = askEngine(session, at, q, stops[asked]);
        ASSERT_TRUE(right.ok());
        at.seek(stops[asked]);
        if (q.answer) {
          EXPECT_TRUE(covers.formula(q.answer));
          const std::string named = q.answer.kind == Formula::Argument ? q.answer.words[0] + ": = " : "= "; // whose
          EXPECT_EQ(covers.words(named + right->value.text), covers.words(named) + Covers::Hatch);
        }
        if (q.answer.kind == Formula::Member) {
          if (const MemberPlace place = memberAt(at, q.answer)) {
            ++members;
            EXPECT_TRUE(covers.member(place.offset(), place.member.size));
          }
        }
        if (q.answer.kind == Formula::Result) {
          ++results;
          const Journal& j = session.journal();
          EXPECT_TRUE(covers.result(int(caseNamed(j, q.answer.words[0]) - j.stimuli().data())));
        }
        for (const Written& call : q.calls) {
          ++calls;
          EXPECT_TRUE(covers.call(call.text));
        }
      }
  });
  EXPECT_GT(members, 40u);
  EXPECT_GT(results, 15u);
  EXPECT_GT(calls, 30u);
}

TEST(Handout, WithTheAnswersAllOfThemAreThere) {
  eachLesson([](const Lesson& lesson, const scenario::Session& session, const std::vector<EventIndex>& stops) {
    const auto paper = handoutOf(lesson, session, true);
    ASSERT_TRUE(paper.ok());
    EXPECT_EQ(paper->summary.empty(), lesson.summary.empty());
    EXPECT_TRUE(paper->covers.empty());
    size_t labs = 0;
    for (size_t i = 0; i < stops.size(); ++i) {
      const HandoutStop& stop = paper->stops[i];
      EXPECT_EQ(stop.text.find(Covers::Hatch), std::string::npos);
      for (size_t n = 0; n < stop.questions.size(); ++n) {
        const HandoutQuestion& q = stop.questions[n];
        EXPECT_FALSE(q.answer.empty());
        EXPECT_FALSE(q.because.empty());
        EXPECT_EQ(q.wrong.size(), lesson.stops[i].questions[n].wrong.size());
        if (q.room == HandoutQuestion::Boxes) {
          EXPECT_EQ(q.items.at(size_t(q.right)), q.answer);
        }
      }
      for (const HandoutLab& lab : stop.labs) {
        ++labs;
        EXPECT_FALSE(lab.solution.empty());
      }
    }
    EXPECT_GT(labs, 0u);
  });
}

// What has the order of its answer would be an answer.
TEST(Handout, WhatIsToBePutInOrderStandsByTheAlphabet) {
  size_t seen = 0;
  eachLesson([&](const Lesson& lesson, const scenario::Session& session, const std::vector<EventIndex>&) {
    const auto paper = handoutOf(lesson, session, false);
    ASSERT_TRUE(paper.ok());
    for (const HandoutStop& stop : paper->stops)
      for (const HandoutQuestion& q : stop.questions) {
        EXPECT_TRUE(std::ranges::is_sorted(q.values));
        if (q.room != HandoutQuestion::Numbers) continue;
        ++seen;
        EXPECT_TRUE(std::ranges::is_sorted(q.items));
        EXPECT_FALSE(q.how.empty());
      }
  });
  EXPECT_GT(seen, 4u);
}

// A kind of question that paper has no form for keeps its words, and gets a sentence and room to write.
TEST(Handout, AKindThatPaperDoesNotKnowIsAnsweredInWords) {
  const auto session = playedToEnd(readLessonIn(lessons().front(), "").lesson.played({}));
  ASSERT_TRUE(session.ok());
  Lesson lesson = readLessonIn(lessons().front(), "").lesson;
  for (LessonStop& stop : lesson.stops)
    for (Question& q : stop.questions) q.kind = AnswerKind::Click;
  const auto paper = handoutOf(lesson, **session, false);
  ASSERT_TRUE(paper.ok());
  for (const HandoutStop& stop : paper->stops)
    for (const HandoutQuestion& q : stop.questions) {
      EXPECT_EQ(q.room, HandoutQuestion::Lines);
      EXPECT_FALSE(q.how.empty());
      EXPECT_FALSE(q.ask.empty());
    }
}

} // namespace sockwalk::tell
