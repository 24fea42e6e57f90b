// What a check asks of the kinds of prediction that have an engine of their own behind them: lesson_check.h.
#pragma once
#include "engine/tell/lessons/answers.h"

namespace sockwalk::tell {

Text reasonOf(const Error& why); // as the first half of a sentence

// A call that is written: its goals mean something, the author's call reaches the one that is asked for, and neither doing
// nothing nor the walk itself gives it away. `where`: what says at which moment it is made.
void checkWrite(const scenario::Session& session, const Question& question, const RightAnswer& right, Spot where,
                Problems& problems);

// Pointers that are dragged: they do not stand there already, and where the author believes them, and what he calls wrong,
// is held against the engine.
void checkDrag(const Question& question, const RightAnswer& right, Spot where, Problems& problems);

} // namespace sockwalk::tell
