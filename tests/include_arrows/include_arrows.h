// Who may include whom, held against the sources as they are.
//
// The order: app sees views and engine; a view sees the engine and the three floors that all views stand on
// (theme, layout, walk) but never another view; inside the engine base < memory < journal < kernel, feed
// stands on base alone, and scenario sees all of it. Some headers live in one room only: Qt never enters the
// engine, Graphviz is seen by views/layout alone, libpcap by engine/feed alone. And a file that has grown
// past 700 lines wants to be two files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sockwalk::tests {

struct SourceFile {
  std::string path; // from the top of the sources, with '/': "engine/journal/journal.h"
  std::string text;
};
using SourceTree = std::vector<SourceFile>;

struct Defect {
  std::string path;
  int line; // from 1
  std::string why;
};

// Every .h and .cpp file (and their templates, .h.in and .cpp.in) of app, engine, views and tests under root.
SourceTree readTree(const std::filesystem::path& root);

// All defects, in the order of the files and lines. Arrows are not checked in tests/, which may see all.
std::vector<Defect> findDefects(const SourceTree& tree);

// One line for each: "engine/base/time.h:12: why".
std::string describe(const std::vector<Defect>& defects);

} // namespace sockwalk::tests
