// Another way to the coordinate across: places that stay within a given width, which dot cannot promise. Pure; knows
// neither Qt nor Graphviz.
#pragma once
#include "views/layout/row_order.h"

namespace sockwalk {

// The middle of each item across its row, in px from 0, no item outside of `width` unless its row alone is wider. Items
// of a row keep their order and do not overlap; linked ones stand as close above one another as that allows.
std::vector<double> placeWithin(const std::vector<RowItem>& items, const std::vector<RowLink>& links,
                                const RowOrder& order, double width);

} // namespace sockwalk
