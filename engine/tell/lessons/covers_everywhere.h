// Covers for whoever sees more of the walk than the stop at which something is asked: a page, a sheet of paper.
#pragma once
#include "engine/tell/lessons/covers.h"

namespace sockwalk::tell {

// As the question's stop has it, and as it is known where the answer shows: an object may be born between the two.
inline void coverEverywhere(Covers& covers, const scenario::Session& session, EventIndex stop,
                            const Question& question) {
  covers.add(session, stop, question);
  Playhead playhead(session.journal());
  const auto right = askEngine(session, playhead, question, stop);
  if (!right || right->shownAt == stop) return;
  Question there = question;
  there.when = {};
  covers.add(session, right->shownAt, there);
}

} // namespace sockwalk::tell
