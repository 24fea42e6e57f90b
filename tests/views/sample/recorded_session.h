// A session whose journal the test writes itself: call trees from kernel-truth's texts, or by hand.
#pragma once
#include "tests/support/still_session.h"
#include <string>

namespace sockwalk {

class RecordedSession final : public tests::StillSession {
public:
  Recorder& recorder() { return machine().recorder(); }

  // A stimulus whose calls are those of an indented text, two spaces a level, "# ..." lines left out. The functions
  // must have been made known with knowFunctions().
  void play(const std::string& stimulus, const std::string& callTree, Context::Kind kind = Context::Task);
};

// Registers every function of these texts, each in a file of the layer that its name suggests. To be done before the
// first machine of the program is made: then functions get their numbers.
//
//   const bool known = knowFunctions(Tree);
bool knowFunctions(const std::string& callTree);
std::string readText(const std::string& path);

} // namespace sockwalk
