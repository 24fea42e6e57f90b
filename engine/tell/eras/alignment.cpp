#include "engine/tell/eras/alignment.h"
#include <algorithm>

namespace sockwalk::tell {

std::vector<int> aligned(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  const size_t n = left.size(), m = right.size();
  // How many can stand beside each other from here to the end.
  std::vector<std::vector<int>> best(n + 1, std::vector<int>(m + 1, 0));
  for (size_t i = n; i-- > 0;)
    for (size_t k = m; k-- > 0;)
      best[i][k] = left[i] == right[k] ? best[i + 1][k + 1] + 1 : std::max(best[i + 1][k], best[i][k + 1]);
  std::vector<int> out(n, -1);
  for (size_t i = 0, k = 0; i < n && k < m;) {
    if (left[i] == right[k]) out[i++] = static_cast<int>(k++);
    else if (best[i + 1][k] >= best[i][k + 1]) ++i;
    else ++k;
  }
  return out;
}

} // namespace sockwalk::tell
