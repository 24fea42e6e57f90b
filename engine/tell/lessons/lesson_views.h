// The views that a stop may ask for, each with its place in the window and, of some, its pages:
//
//   view: [tables:ehash, source]      Tables with the connections alone, and Source
//
// Two views of the stage stand side by side; those below stand behind one another.
#pragma once
#include "engine/tell/lessons/block.h"
#include <span>

namespace sockwalk::tell {

enum class LessonPlace : u8 { Stage, Right, Bottom };

struct LessonView {
  std::string name;
  LessonPlace place;
  std::vector<std::string> pages{}; // as `sockwalk shot --page` knows them
};
std::span<const LessonView> lessonViews();
const LessonView* lessonViewNamed(const std::string& name);

struct AskedView {
  std::string name, page; // page "": as it is by itself
};
AskedView askedView(const std::string& written); // "tables:ehash"
// What is none, has no such page, or would not be seen beside the others is a problem.
std::vector<std::string> viewsOf(const std::vector<Written>& lists, Problems& problems);

} // namespace sockwalk::tell
