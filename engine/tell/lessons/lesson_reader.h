// Makes a lesson of its blocks. Used by lesson_file.cpp and lesson_translation.cpp.
#pragma once
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/lessons/markdown_parts.h"

namespace sockwalk::tell {

// A file, cut up: its head and its sections with their blocks, each with its id.
struct CutLesson {
  SourceText source;
  Block head;
  struct Stop {
    MarkdownSection section;
    std::vector<Block> blocks; // stop, predict, lab, in the order of the file
  };
  std::vector<Stop> stops;
};
CutLesson cutLesson(SourceText source, bool translation, Problems& problems);
// "which-proto", or what it is called without a name: "predict-3.1".
std::string idOf(const CutLesson& lesson, size_t stop, size_t block);

Lesson lessonOf(const CutLesson& cut, Problems& problems);
// The words of a translation take the place of the lesson's own; what differs otherwise is a problem.
void translate(Lesson& lesson, const CutLesson& original, const CutLesson& translation, Problems& problems);

} // namespace sockwalk::tell
