#include "views/layout/row_order.h"

#include <algorithm>

namespace sockwalk {
namespace {

std::size_t itemCount(const RowOrder& order) {
  std::size_t count = 0;
  for (const auto& row : order) count += row.size();
  return count;
}

// Neighbours above and below by item, and where every item stands.
struct Neighbours {
  Neighbours(const RowOrder& order, const std::vector<RowLink>& links)
      : above(itemCount(order)), below(above.size()), place(above.size()) {
    for (const RowLink& link : links) {
      below[link.upper].push_back(link.lower);
      above[link.lower].push_back(link.upper);
    }
    for (const auto& row : order)
      for (std::size_t k = 0; k < row.size(); ++k) place[row[k]] = static_cast<int>(k);
  }

  // Crossings of the links of a with those of b while a stands left of b, less those if it stood right.
  long gain(int a, int b) const { return gain(above[a], above[b]) + gain(below[a], below[b]); }

  std::vector<std::vector<int>> above, below;
  std::vector<int> place;

private:
  long gain(const std::vector<int>& ofA, const std::vector<int>& ofB) const {
    long sum = 0;
    for (int p : ofA)
      for (int q : ofB) sum += (place[p] > place[q]) - (place[p] < place[q]);
    return sum;
  }
};

bool exchangeOnce(std::vector<int>& row, Neighbours& neighbours) {
  bool changed = false;
  for (std::size_t k = 1; k < row.size(); ++k) {
    if (neighbours.gain(row[k - 1], row[k]) <= 0) continue;
    std::swap(row[k - 1], row[k]);
    std::swap(neighbours.place[row[k - 1]], neighbours.place[row[k]]);
    changed = true;
  }
  return changed;
}

} // namespace

RowOrder orderByCalls(const std::vector<RowItem>& items, const std::vector<RowLink>& links, int rowCount) {
  std::vector<std::vector<int>> below(items.size());
  std::vector<bool> seen(items.size(), false), called(items.size(), false);
  for (const RowLink& link : links) {
    below[link.upper].push_back(link.lower);
    called[link.lower] = true;
  }
  RowOrder order(rowCount);
  for (std::size_t root = 0; root < items.size(); ++root) {
    if (called[root] || seen[root]) continue;
    std::vector<int> stack{static_cast<int>(root)};
    while (!stack.empty()) {
      const int item = stack.back();
      stack.pop_back();
      if (seen[item]) continue;
      seen[item] = true;
      order[items[item].row].push_back(item);
      stack.insert(stack.end(), below[item].rbegin(), below[item].rend());
    }
  }
  return order;
}

RowOrder orderByPlace(const std::vector<RowItem>& items, const std::vector<double>& x, int rowCount) {
  RowOrder order(rowCount);
  for (std::size_t i = 0; i < items.size(); ++i) order[items[i].row].push_back(static_cast<int>(i));
  for (auto& row : order) std::stable_sort(row.begin(), row.end(), [&](int a, int b) { return x[a] < x[b]; });
  return order;
}

long countCrossings(const RowOrder& order, const std::vector<RowLink>& links) {
  const Neighbours neighbours(order, links);
  long crossings = 0;
  for (const auto& row : order)
    for (std::size_t a = 0; a < row.size(); ++a)
      for (std::size_t b = a + 1; b < row.size(); ++b)
        for (int p : neighbours.below[row[a]])
          for (int q : neighbours.below[row[b]]) crossings += neighbours.place[p] > neighbours.place[q];
  return crossings;
}

void untangle(RowOrder& order, const std::vector<RowLink>& links) {
  Neighbours neighbours(order, links);
  // Every exchange removes a crossing, so this ends; the limit only bounds the time spent on large graphs.
  for (int round = 0; round < 40; ++round) {
    bool changed = false;
    for (auto& row : order) changed |= exchangeOnce(row, neighbours);
    if (!changed) return;
  }
}

} // namespace sockwalk
