// What the window says of a walk, in the person's language.
#pragma once
#include "views/walk/text.h"

namespace sockwalk {

class Walk;
// "The kernel has stopped: …" from the moment on at which it did; "" before, and if it runs.
QString stoppedSentence(Walk& walk);

} // namespace sockwalk
