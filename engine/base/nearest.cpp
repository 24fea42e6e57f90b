#include "engine/base/nearest.h"
#include <algorithm>

namespace sockwalk {

// How many letters have to be put in, left out, changed or swapped with their neighbour.
static size_t lettersApart(const std::string& a, const std::string& b) {
  // apart[i][j]: of the first i letters of a and the first j of b.
  std::vector<std::vector<size_t>> apart(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) apart[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) apart[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i)
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = apart[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
      apart[i][j] = std::min({apart[i - 1][j] + 1, apart[i][j - 1] + 1, changed});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) apart[i][j] = std::min(apart[i][j], apart[i - 2][j - 2] + 1);
    }
  return apart[a.size()][b.size()];
}

std::string nearest(const std::string& word, const std::vector<std::string>& names) {
  std::string best;
  size_t least = std::min<size_t>(word.size() / 3 + 1, 3) + 1;
  for (const std::string& name : names)
    // A word that was broken off early ("rec") is as good as one mistyped letter.
    if (const size_t apart = word.size() > 1 && name.starts_with(word) ? 1 : lettersApart(word, name); apart < least) {
      best = name;
      least = apart;
    }
  return best;
}

} // namespace sockwalk
