// The lesson of a page: its stops, with their words in every language of the page and their questions, which the page itself
// judges. See walk_page.h for the page.
//
//   lesson     {"title": T, "goals": [T], "summary": T, "about": T, "stops": [stop]}
//   a stop     {"heading": T, "html": T, "covered": T (the same while its questions are open), "step": index of a step,
//               "questions": [question], "labs": [{"task": T, "hint": T}]}
//   a question {"id", "n": number in the lesson, "ask": T, "hint": T, "because": T, "points", "tries": 0 of no end,
//               "hides": what words must not say while it is open, "step": where the walk shows the answer,
//               "kind": "choose"  with "choices": [{"words": T, "right": bool, "said": T of a wrong one}]
//                       "number"  with "right": {"text", "number", "names": [[word, number]]},
//                                      "wrong": [{"text", "number", "said": T}]
//                       "order"   with "items": by the alphabet, "right": as they come
//                       "match"   with "names": [T], "values": by the alphabet, "right": of each name
//                       "other"   what only the program asks; "answer": in words}
// A row of a card that a question asks for has "q": the numbers of those questions.
#pragma once
#include "engine/tell/lessons/covers.h"
#include "engine/tell/page/page_texts.h"

namespace sockwalk::tell {

class LessonPage {
public:
  // The same lesson in each language of the page, the first as lesson.md has it; in a record that is complete.
  static Result<LessonPage> of(const scenario::Session& session, std::vector<Lesson> said);

  // Positions at which the page must have a step: the stops, and where answers are shown.
  std::vector<EventIndex> places() const;
  std::vector<int> askedFor(u32 offset, u32 size) const; // the questions that ask for what lies there
  using StepAt = std::function<int(EventIndex)>;
  nlohmann::json asJson(const StepAt& stepAt, PageTexts& texts) const;

private:
  struct Asked {
    size_t stop, index;
    RightAnswer right;
    Covers covers;
  };
  LessonPage(const scenario::Session& session, std::vector<Lesson> said, std::vector<EventIndex> stops)
      : m_session(session), m_said(std::move(said)), m_stops(std::move(stops)) {}
  const Question& question(const Asked& asked, size_t language = 0) const {
    return m_said[language].stops[asked.stop].questions[asked.index];
  }
  // The words that `get` takes of the lesson in each language, as they are said at the stop.
  template <class Get> int words(size_t stop, const Get& get, PageTexts& texts) const;
  int proseOf(size_t stop, bool covered, PageTexts& texts) const;
  nlohmann::json stopAt(size_t stop, const StepAt& stepAt, PageTexts& texts) const;
  nlohmann::json questionOf(const Asked& asked, int number, const StepAt& stepAt, PageTexts& texts) const;
  nlohmann::json choicesOf(const Asked& asked, PageTexts& texts) const;
  nlohmann::json wrongOnes(const Asked& asked, PageTexts& texts) const;

  const scenario::Session& m_session;
  std::vector<Lesson> m_said;
  std::vector<EventIndex> m_stops;
  std::vector<Asked> m_asked;
};

} // namespace sockwalk::tell
