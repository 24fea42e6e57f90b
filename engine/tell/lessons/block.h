// One block of a lesson as it is written: its keys and what stands behind each, with places, held against the language's
// table (lesson_language.h). What a key means for a lesson is lesson_reader.cpp's.
#pragma once
#include "engine/tell/lessons/lesson_language.h"
#include "engine/tell/lessons/problem.h"
#include <map>

namespace sockwalk::tell {

// A value and where it stands.
struct Written {
  std::string text;
  Spot spot;
};

struct BlockEntry {
  Spot spot; // of the key
  std::vector<Written> values;
  std::vector<std::pair<Written, Written>> pairs;
};

struct Block {
  BlockKind kind = BlockKind::Head;
  Spot spot;
  std::map<std::string, BlockEntry> entries{}; // by key

  bool has(const std::string& key) const { return entries.contains(key); }
  // One value; none: an empty one that stands where the block does.
  Written value(const std::string& key) const;
  std::vector<Written> values(const std::string& key) const;
  std::vector<std::pair<Written, Written>> pairs(const std::string& key) const;
};

// YAML, which begins on the line `first` of the file. Keys that are not known, stand twice, are missing, or have something
// of another form behind them are problems; what is right is read all the same. A translation's block needs none.
Block readBlock(BlockKind kind, const std::string& yaml, Spot spot, int first, bool translation, Problems& problems);

// A number as a person writes one; none is a problem.
int numberOf(const Written& written, int missing, Problems& problems);

} // namespace sockwalk::tell
