// The Markdown of a lesson, cut where it means more than words: headings of the first rank begin stops, fenced blocks of
// certain names are instructions. md4c reads it, so that what is a heading here is one in the window as well.
#pragma once
#include "engine/tell/lessons/source_text.h"

namespace sockwalk::tell {

struct Fence {
  std::string name, text; // "stop"; what stands between the fences
  Spot spot;              // of its first line, the fence itself
};
struct Prose {
  std::string text; // Markdown
  size_t from = 0;  // in the source
};
struct MarkdownSection {
  std::string heading;
  size_t from = 0; // of the heading's words, in the source
  std::vector<Prose> prose;
  std::vector<Fence> fences;
};

// `from`: where the Markdown begins, behind the lesson's head.
std::vector<MarkdownSection> sectionsOf(const SourceText& source, size_t from, Problems& problems);

} // namespace sockwalk::tell
