// A lesson as one file, to be handed on: a zip of its folder, NAME.swlesson. What is in a stranger's is unpacked only where
// the person's own lessons are, as plain files, and nothing that is there is written over.
#pragma once
#include "engine/base/result.h"
#include <filesystem>
#include <string>

namespace sockwalk::tell {

bool isLessonBundle(const std::string& path); // by its name
// The bytes of the zip. A lesson with something wrong in it is not for this to say: see lesson_check.h.
Result<std::string> packLesson(const std::string& folder);
// Gives the path of its lesson.md, in a folder of `lessons`. One that has the name of another lesson, and is not the same,
// gets a number behind its name; one that is there already is not unpacked again.
Result<std::string> unpackLesson(const std::string& bundle, const std::filesystem::path& lessons);
std::filesystem::path ownLessons(); // the folder for it

} // namespace sockwalk::tell
