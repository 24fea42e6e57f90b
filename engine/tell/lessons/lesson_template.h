// What `sockwalk lesson new` writes: a small lesson that is right, with each kind of block in it, to be changed.
#pragma once
#include "engine/base/result.h"
#include <string>
#include <vector>

namespace sockwalk::tell {

struct NewFile {
  std::string name, text; // beside one another in the lesson's folder
};
std::vector<NewFile> lessonTemplate();
// Writes them into a folder, which is made if it is not there. It is an error if a file of them is there already.
Result<void> writeNewLesson(const std::string& folder);

} // namespace sockwalk::tell
