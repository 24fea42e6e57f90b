// How far a person came in each lesson, and how the questions were answered: engine/tell/lessons/lesson_results.h keeps
// it beside the settings.
#pragma once
#include "engine/tell/lessons/lesson_results.h"
#include <QString>
#include <vector>

namespace sockwalk {

struct LessonProgress {
  QString file, title;
  QString number{}; // "7" of 07-proto-ops; "" of a folder without one
  QString part{};   // of a course
  int minutes = 0, stops = 0;
  QString about{};   // for whom, and what comes before it: a sentence or two
  QString trouble{}; // what is wrong with it, a line each: it cannot be begun
  int seen = 0;      // stops
  int last = -1;     // the stop that was shown last, from 0; -1: the lesson was never begun
  int goesOnAt() const { return last < 0 || seen >= stops ? 0 : last; }
};
QString lessonNumber(const QString& folder);  // "7" of 07-proto-ops; "" of one without
std::vector<LessonProgress> lessonProgress(); // of all lessons, broken ones at their place
LessonProgress lessonToGoOnWith();            // the one that was open last, else the first; file "" if there is none
Result<void> keepStopSeen(const QString& lessonFile, int stop);
Result<void> keepAnswer(const QString& lessonFile, const QString& id, tell::QuestionResult result);
Result<tell::LessonResults> lessonResults();
QString progressWords(const LessonProgress& lesson); // "3 of 13 stops", "15 min"

} // namespace sockwalk
