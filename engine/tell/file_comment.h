// What a capture, or a walk in which something goes wrong, says of itself, as a person is told when it is opened: a
// sentence of what to look for, often.
#pragma once
#include "engine/scenario/session.h"
#include "engine/tell/text.h"

namespace sockwalk::tell {

Text fileComment(const scenario::Session& session); // empty: it says nothing

} // namespace sockwalk::tell
