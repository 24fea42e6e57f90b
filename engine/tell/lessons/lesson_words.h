// Words of a lesson, with formulas where the engine is to say something: "It has {{sizeof(struct sock)}} bytes."
#pragma once
#include "engine/tell/lessons/formula.h"
#include "engine/tell/lessons/source_text.h"

namespace sockwalk::tell {

struct ComputedPart {
  size_t from, to; // in the words: the braces with what is between them
  Formula formula;
};
struct LessonWords {
  std::string text; // Markdown in a stop's text, plain elsewhere
  std::vector<ComputedPart> computed{};
  Spot spot{};
  bool empty() const { return text.empty(); }
};

LessonWords wordsOf(const Written& written, Problems& problems);
// Of a stop: places count in the source, and what stands in a program's text is none of ours.
LessonWords wordsOfProse(const SourceText& source, size_t from, const std::string& text, Problems& problems);
void append(LessonWords& words, const LessonWords& more);

// As they are said at a moment; what `hides` says yes to is hatched, since the reader is asked for it just now.
using HidesFormula = std::function<bool(const Formula&)>;
std::string said(const LessonWords& words, const scenario::Session& session, EventIndex at,
                 const HidesFormula& hides = {});

} // namespace sockwalk::tell
