// Second step of a layout: the order within rows and the coordinate across, from Graphviz's dot.
#pragma once

#include "views/layout/row_order.h"

namespace sockwalk {

// The middle of each item across its row, in px from 0; items of a row do not overlap. Empty if Graphviz
// could not do it (its dot plugin is missing).

// dot chooses the order. `keepOrder`: links of an item keep their order left to right where that can be had.
// `roughly`: only the order matters, the places may be poor; much faster.
std::vector<double> orderWithDot(const std::vector<RowItem>& items, const std::vector<RowLink>& links, int rowCount,
                                 bool keepOrder, bool roughly);

// The order is given; dot finds the places that make long edges straight and short ones short.
std::vector<double> placeWithDot(const std::vector<RowItem>& items, const std::vector<RowLink>& links,
                                 const RowOrder& order);

} // namespace sockwalk
