// A lesson on paper: what stands at each stop, in the order in which it is read, for pupils or, with the answers, for whoever
// teaches. How it is laid out is the program's (app/handout).
//
// All stops lie before the reader at once. So without the answers every question of the lesson stays covered at every stop:
// in its words, wherever something is computed, and in the pictures (`covers`).
#pragma once
#include "engine/tell/lessons/covers.h"
#include "engine/tell/lessons/lesson_file.h"

namespace sockwalk::tell {

struct HandoutQuestion {
  enum Room : u8 { Boxes, Line, Numbers, Pairs, Lines } room = Lines; // where the answer is written
  std::string ask;
  Text how; // what is to be done on paper; empty: that is plain
  int points = 1;
  std::vector<std::string> items{};  // Boxes: the choices; Numbers: calls to be numbered; Pairs: the names
  std::vector<std::string> values{}; // Pairs: of which each name has one
  // With the answers:
  std::string answer{}, because{}, hint{};
  int right = -1;                                           // of the choices
  std::vector<std::pair<std::string, std::string>> wrong{}; // an answer, and what is said to it
};
struct HandoutLab {
  std::string task;
  int points = 1;
  std::vector<std::string> goals{}; // conditions on the record, with the person's numbers
  Text numbers{};                   // that are the person's own; empty: it draws none
  std::string hint{}, solution{};   // with the answers; the solution is a script
};
struct HandoutStop {
  std::string heading, text; // Markdown
  std::string picture;       // a path; "" of none
  std::vector<std::string> views;
  std::vector<HandoutQuestion> questions{};
  std::vector<HandoutLab> labs{};
};
struct Handout {
  std::string title, folder; // where its pictures lie
  Text about;                // for whom, how long
  bool answers = false;
  Covers covers; // for its pictures; empty with the answers
  std::vector<std::string> goals;
  std::string summary{};              // with the answers
  std::vector<std::string> teacher{}; // with the answers
  std::vector<HandoutStop> stops{};
};
// Of a lesson without problems, in a record that is complete. `seed`: of the person, from which labs draw numbers.
Result<Handout> handoutOf(const Lesson& lesson, const scenario::Session& session, bool answers, u32 seed = 1);

} // namespace sockwalk::tell
