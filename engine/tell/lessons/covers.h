// What a lesson's open questions ask for, so that no picture prints the answer before a person has predicted it: a
// member's value, what a call gave back, how the buffer stands, a frame's verdict. What is asked for later moments is not
// covered where it says something else now; what is written later, in a member's history, is.
//
//   Covers covers;
//   covers.add(session, stop, question);
//   covers.words("sk_state is now TCP_SYN_SENT")   "sk_state is now ▒▒▒▒"
//   if (covers.member(offset, size)) ...            these bytes are asked for: so are words about their value
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/lessons/answers.h"
#include "engine/tell/text.h"

namespace sockwalk::tell {

class Covers {
public:
  static constexpr const char* Hatch = "▒▒▒▒"; // of one length, for a length would be a hint

  // Nothing is covered by a question that the engine cannot answer.
  void add(const scenario::Session& session, EventIndex stop, const Question& question);
  bool empty() const { return m_covers.empty() && m_calls.empty(); }

  bool member(u32 offset, u32 size) const;  // whether it is asked for
  bool object(u64 address) const;           // whether a member of it is
  bool result(int stimulus) const;          // what the call gave back
  bool formula(const Formula& asked) const; // the same is computed in words
  bool frame(u32 number) const;             // what became of the frame, and where that was decided
  bool call(std::string_view name) const;   // when it will be called
  // Whether a member's value is asked for, by its own name: "snd_cwnd" of "tcp_sock #2", "sk_receive_queue" where its
  // length is; for pictures that draw a value instead of writing it.
  bool asks(const std::string& object, std::string_view member) const;
  bool asksQueue() const; // how many wait in one
  // Words about the moment, with every answer in them hatched; so is what else could be one: of three states the one
  // that is missing would be the answer. A number that is only the name of a place (fd[5], cache line 5) stays.
  std::string words(const std::string& words) const;
  Text words(const Text& told) const; // as it is told to a person
  // The same of words of which nobody knows what they are about: there a small number is hatched only beside what is asked
  // for ("f_count 2", "returns 2"), for it stands in many a sentence, and each gap would say what it is.
  std::string anywhere(const std::string& words) const;
  bool hides(const std::string& words) const; // whether something in them is hatched
  bool tells(const std::string& words) const; // whether an answer stands in them

private:
  struct Cover {
    std::string answer, formula;
    std::vector<std::string> hatched;                    // the answer as it may be written, and its like
    std::vector<std::pair<std::string, std::string>> of; // "tcp_sock#2" and "sk_write_queue.qlen"
    u32 object = 0, objectSize = 0;                      // in the arena
    u32 offset = 0, size = 0;
    int stimulus = -1;
    u32 frame = 0;
    bool ofCall = false;             // what a function is handed: a picture of a moment has it nowhere else
    std::vector<std::string> beside; // of a small number: one of these stands in what states it
  };
  void add(const scenario::Session& session, EventIndex stop, const Formula& formula, const FormulaValue& answer,
           const std::vector<Choice>& choices);
  static void addMember(Cover& cover, const scenario::Session& session, EventIndex stop, const Formula& formula);
  std::vector<Cover> m_covers;
  std::vector<std::string> m_calls; // functions of which the order is asked
};

} // namespace sockwalk::tell
