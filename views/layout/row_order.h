// Between rows and coordinates: who stands left of whom. Pure; knows neither Qt nor Graphviz.
#pragma once

#include <vector>

namespace sockwalk {

// Something that takes room in a row: a node, or the place where a long edge passes.
struct RowItem {
  int row = 0;
  double width = 0; // px, with the gap to its neighbours
};

// Joins an item to one in the very next row.
struct RowLink {
  int upper = 0;
  int lower = 0;
  int weight = 1;
};

// Items of each row, left to right.
using RowOrder = std::vector<std::vector<int>>;

// The order in which a walk down the links, depth first, meets the items: time runs left to right, and a tree
// has no crossings.
RowOrder orderByCalls(const std::vector<RowItem>& items, const std::vector<RowLink>& links, int rowCount);

// The order that coordinates across the rows stand for.
RowOrder orderByPlace(const std::vector<RowItem>& items, const std::vector<double>& x, int rowCount);

long countCrossings(const RowOrder& order, const std::vector<RowLink>& links);

// Exchanges neighbours as long as that removes crossings.
void untangle(RowOrder& order, const std::vector<RowLink>& links);

} // namespace sockwalk
