// Second step of a layout: the order within rows and the coordinate across, from Graphviz's dot.
#pragma once

#include <vector>

namespace sockwalk {

// Something that takes room in a row: a node, or the place where a long edge passes.
struct RowItem {
  int row = 0;
  double width = 0;  // px, with the gap to its neighbours
};

// Joins an item to one in the very next row.
struct RowLink {
  int upper = 0;
  int lower = 0;
  int weight = 1;
};

// The middle of each item across its row, in px from 0; items of a row do not overlap. Empty if Graphviz
// could not do it (its dot plugin is missing). `keepOrder`: links of an item keep their order left to right.
std::vector<double> orderWithDot(const std::vector<RowItem>& items, const std::vector<RowLink>& links,
                                 int rowCount, bool keepOrder);

}  // namespace sockwalk
