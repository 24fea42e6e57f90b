// First step of a layout: which row each node stands in. Pure; knows neither Qt nor Graphviz.
#pragma once

#include <vector>

namespace sockwalk {

struct RowNode {
  double width = 0; // across the row, the gap to the next node included
  int band = 0;     // 0.. , any gaps allowed
  int hint = -1;
};

struct RowEdge {
  int from = 0;
  int to = 0;
  bool constraint = true;
};

struct Rows {
  std::vector<int> rowOf;  // by node
  std::vector<int> bandOf; // by row
};

// Inside a band a callee stands below its caller, as far as cycles allow, and a row takes no more than
// maxWidth (if > 0) unless a single node is wider. Bands follow one another in order of index.
// `compact` draws nodes that nobody in the band points at close to what they point at.
Rows assignRows(const std::vector<RowNode>& nodes, const std::vector<RowEdge>& edges, double maxWidth, bool compact);

} // namespace sockwalk
