// How a lesson is written, on one page: what lies in its folder, every key of the language, what may stand behind one, and
// how one gets from the template to a lesson that can be trusted. The command line prints it, the window shows it.
#pragma once
#include "engine/tell/text.h"
#include <vector>

namespace sockwalk::tell {

struct GuideRow {
  std::string written; // as it stands in a file, or is typed
  Text about;
};
struct GuidePart {
  Text title, words;
  std::string opens, closes; // the lines around a block: "```stop", "```"
  std::vector<GuideRow> rows;
};
std::vector<GuidePart> lessonGuide();
std::vector<std::string> lines(const std::vector<GuidePart>& guide);

} // namespace sockwalk::tell
