// What is right, as the engine says it, and whether what a person gave is that.
#pragma once
#include "engine/tell/lessons/call_bench.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/lessons/pointers.h"

namespace sockwalk::tell {

struct RightAnswer {
  FormulaValue value;                          // choose, number
  std::vector<std::string> list;               // order: the functions as they are called; match: the value of each pair
  u32 object = 0, offset = 0, size = 0;        // click: in the arena; size 0: the object as a whole
  std::vector<Pointer> pointers = {};          // drag: as they will stand
  std::optional<PointerBoard> board = {};      // drag: where they are dragged
  std::string here = {}, there = {};           // compare: what each run says
  std::shared_ptr<const CallBench> bench = {}; // write: where what is written is tried
  EventIndex shownAt = 0;                      // where the walk shows it
};
// `at`: the stop's position; the playhead, which is of that session, is moved. An Error says what the record does not
// have: then nobody's answer is wrong.
Result<RightAnswer> askEngine(const scenario::Session& session, Playhead& playhead, const Question& question,
                              EventIndex at);

// What stands before whoever answers, in the order of the alphabet, which tells nothing: the calls that are to be put in
// their order; the values that the names are matched with, each once.
std::vector<std::string> callsToOrder(const Question& question);
std::vector<std::string> valuesToMatch(const RightAnswer& right);

// What a person gave. Of a choice: as lesson.md has it.
struct Given {
  std::string text;
  std::vector<std::string> list{};
  u32 offset = 0; // a click: in the arena, within an object or a member
};
bool isRight(const Question& question, const RightAnswer& right, const Given& given);
// What the lesson has to say to this wrong answer; nullptr: nothing.
const Wrong* wrongSaid(const Question& question, const RightAnswer& right, const Given& given);
struct JudgedAnswer {
  bool right = false;
  std::string trouble;          // why it is no answer at all: it counts as none
  const Wrong* wrong = nullptr; // what the lesson says to it
  std::string result;           // write: what the call gave back; "": it sleeps
};
JudgedAnswer judge(const Question& question, const RightAnswer& right, const Given& given);

// Whether two ways of writing a value mean the same: 0xa, 10 and TCP_LISTEN; 128 KiB and 131072; LISTEN and TCP_LISTEN.
bool sameAnswer(const std::string& given, const FormulaValue& right);
// What the other run may say of a number: the words of lesson.md, and how they are shown.
std::vector<std::pair<std::string, Text>> relations();
std::string saidAsText(const Question& question, const RightAnswer& right); // "TCP_LISTEN", "a, b, c"

} // namespace sockwalk::tell
