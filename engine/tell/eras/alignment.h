// Two sequences beside each other: the longest that is part of both, in its order.
#pragma once
#include <string>
#include <vector>

namespace sockwalk::tell {

// For each element of `left` the one of `right` that it stands beside; -1: none.
std::vector<int> aligned(const std::vector<std::string>& left, const std::vector<std::string>& right);

} // namespace sockwalk::tell
