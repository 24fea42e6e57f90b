// A lesson: a folder with lesson.md, perhaps the same in another language (lesson.zh.md), and what they name: a scenario,
// pictures. lesson.md is Markdown with a head, cut into stops by its headings of the first rank; what a stop is, and what
// is asked there, stands in fenced blocks. lesson_language.h has all of them and their keys.
//
//   ---
//   title: socket(2), step by step
//   scenario: scenario.pkt
//   ---
//   # A heading begins a stop
//   ```stop
//   at: call inet_create
//   view: call-path
//   ```
//   Its text, in which {{sizeof(struct sock)}} is what the engine says.
//   ```predict
//   ask: Which struct proto will sk->sk_prot point at?
//   choices: [tcp_prot, udp_prot, raw_prot]
//   answer: tcp_sock.sk_prot
//   when: return sk_alloc
//   ```
//
// The answer is never written in the lesson: it says where the engine has it.
#pragma once
#include "engine/base/result.h"
#include "engine/scenario/session.h"
#include "engine/tell/lessons/lesson_words.h"
#include "engine/tell/lessons/other_run.h"
#include "engine/tell/lessons/point.h"

namespace sockwalk::tell {

struct Choice {
  std::string answer; // as lesson.md has it, held against the engine's
  LessonWords shown;
};
struct Wrong {
  std::string answer; // write: a goal
  LessonWords words;
  Spot spot;
};
struct MatchPair {
  LessonWords name;
  Formula formula;
};
struct Question { // a block `predict`
  std::string id;
  Spot spot;
  AnswerKind kind = AnswerKind::Number;
  LessonWords ask, because, hint;
  std::vector<Choice> choices;
  Formula answer;
  std::vector<Written> calls; // order
  std::vector<MatchPair> match;
  Written goal, solution;                // write
  std::vector<Written> pointers;         // drag
  std::shared_ptr<const OtherRun> other; // compare; its files or settings stand at:
  Spot otherSpot;
  CompareHow how = CompareHow::Value;
  Place when; // kind "": at the stop itself
  Written expect;
  std::vector<Wrong> wrong;
  int tries = 3, points = 1; // tries 0: as many as one likes
};
// Compared is what is chosen, a number or an order, as a question of those kinds is.
AnswerKind answeredAs(const Question& question);
struct LabUse { // lab_use.h
  bool script = true, console = false, wire = false;
  bool acts() const { return console || wire; } // in the program, where the start ends
};
struct LabNumber { // lab_numbers.h
  std::string name;
  s64 from = 0, to = 0;
  Spot spot{};
};
using LabValues = std::map<std::string, s64>; // by name
struct Lab {
  std::string id;
  Spot spot;
  LessonWords task, hint;
  LabUse use;
  std::vector<LabNumber> numbers{};
  LabValues values{};          // those of the person; see filled()
  std::string start, solution; // paths
  Written goal;
  std::vector<Written> partial;
  int points = 1;
};
struct LessonStop {
  std::string id, heading;
  Spot spot;        // of the heading
  LessonWords text; // Markdown
  Place at;
  std::vector<std::string> views; // as written, "tables:ehash"; see lesson_views.h
  Written focus;
  Point point;
  std::string picture; // a path
  std::vector<Question> questions;
  std::vector<Lab> labs;
};

// A file and how it is opened.
struct PlayedFile {
  std::string path;
  scenario::OpenOptions options;
};
struct Lesson {
  std::string file, title, part, scenario, host; // scenario: a path; host: "" but of a capture
  int minutes = 0;
  std::string level, next;
  std::vector<std::string> needs, goals, teacher;
  LessonWords summary;
  std::vector<LessonStop> stops;

  PlayedFile played(scenario::OpenOptions options) const; // its scenario, as its host if the options name none
};

struct ReadLesson {
  Lesson lesson;
  std::vector<LessonProblem> problems; // none: it can be opened
};
// With its words in a language, "zh" (lesson.zh.md); where there is no such file, as lesson.md has them.
ReadLesson readLessonIn(const std::string& path, const std::string& language);
ReadLesson parseLesson(const std::string& text, const std::string& file);
// In the language that is spoken. The error has a line for each problem.
Result<Lesson> readLesson(const std::string& path);
std::string lessonLanguage(); // that is spoken: "" or "zh"

bool isLesson(const std::string& path);            // lesson.md, lesson.zh.md, or a folder with one
std::string lessonFileOf(const std::string& path); // its lesson.md
// The folders of the lessons in a folder, by name; any other path is itself.
std::vector<std::string> lessonsAt(const std::string& path);
// What plays when this file is opened: the scenario of a lesson, as the host that it names, unless a person asked for
// another; any other file itself.
Result<PlayedFile> playedFile(const std::string& path, const scenario::OpenOptions& options);

} // namespace sockwalk::tell
