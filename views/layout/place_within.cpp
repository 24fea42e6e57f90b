#include "views/layout/place_within.h"

#include <algorithm>

namespace sockwalk {
namespace {

struct Wish {
  double place = 0, weight = 0;
};

// Items pushed together to one block move as one: to where the mean of their wishes is.
struct Block {
  double sum = 0, weight = 0; // of the wishes, counted from the row's left
  int count = 0;
  double place() const { return sum / weight; }
};

// The rows are settled one after another, down and up again, each for the places that its neighbours have.
class Settler {
public:
  Settler(const std::vector<RowItem>& items, const std::vector<RowLink>& links, const RowOrder& order, double width)
      : m_items(items), m_order(order), m_beside(items.size()), m_x(items.size(), 0), m_width(width) {
    for (const RowLink& l : links) {
      m_beside[l.upper].push_back({l.lower, l.weight});
      m_beside[l.lower].push_back({l.upper, l.weight});
    }
    for (const auto& row : order) m_width = std::max(m_width, widthOf(row));
    for (const auto& row : order) standBeside(row);
  }

  std::vector<double> run() {
    constexpr int Rounds = 150;
    for (int round = 0; round < Rounds; ++round) {
      for (const auto& row : m_order) settle(row);
      for (std::size_t r = m_order.size(); r-- > 0;) settle(m_order[r]);
    }
    straighten();
    return m_x;
  }

private:
  struct Neighbour {
    int item, weight;
  };

  double widthOf(const std::vector<int>& row) const {
    double sum = 0;
    for (int i : row) sum += m_items[i].width;
    return sum;
  }

  // To begin with: one beside the other, in the middle.
  void standBeside(const std::vector<int>& row) {
    double x = (m_width - widthOf(row)) / 2;
    for (int i : row) {
      m_x[i] = x + m_items[i].width / 2;
      x += m_items[i].width;
    }
  }

  Wish wishOf(int item) const {
    Wish w{m_x[item], 0.05}; // who has no neighbours stays
    double sum = w.place * w.weight;
    for (const Neighbour& n : m_beside[item]) {
      sum += m_x[n.item] * n.weight;
      w.weight += n.weight;
    }
    w.place = sum / w.weight;
    return w;
  }

  void settle(const std::vector<int>& row) {
    std::vector<Wish> wishes;
    for (int i : row) wishes.push_back(wishOf(i));
    settle(row, wishes);
  }

  // Means spread a bend over all the rows of a long way. From the top down, the heaviest link below each item becomes
  // upright where there is room; what hangs beside it comes along.
  void straighten() {
    const std::vector<double> before = m_x;
    std::vector<int> above(m_items.size(), -1);
    std::vector<char> heaviest(m_items.size(), 0);
    for (std::size_t upper = 0; upper < m_items.size(); ++upper) {
      const Neighbour* most = nullptr;
      for (const Neighbour& n : m_beside[upper]) {
        if (m_items[n.item].row <= m_items[upper].row) continue;
        if (above[n.item] < 0) above[n.item] = static_cast<int>(upper);
        if (!most || n.weight > most->weight) most = &n;
      }
      if (most && above[most->item] == static_cast<int>(upper)) heaviest[most->item] = 1;
    }
    for (const auto& row : m_order) {
      std::vector<Wish> wishes;
      for (int i : row) {
        const int up = above[i];
        const double along = up < 0 ? 0 : m_x[up] - before[up];
        wishes.push_back(heaviest[i] ? Wish{m_x[up], 1000} : Wish{before[i] + along, 1});
      }
      settle(row, wishes);
    }
  }

  // The places nearest to all wishes with the items side by side: blocks that would overlap are joined.
  void settle(const std::vector<int>& row, const std::vector<Wish>& wishes) {
    std::vector<Block> blocks;
    double left = 0; // where the item would stand were the row pushed to the left
    for (std::size_t k = 0; k < row.size(); ++k) {
      const int i = row[k];
      const Wish& w = wishes[k];
      const double at = left + m_items[i].width / 2;
      blocks.push_back({(w.place - at) * w.weight, w.weight, 1});
      left += m_items[i].width;
      while (blocks.size() > 1 && blocks[blocks.size() - 2].place() > blocks.back().place()) {
        const Block last = blocks.back();
        blocks.pop_back();
        blocks.back().sum += last.sum;
        blocks.back().weight += last.weight;
        blocks.back().count += last.count;
      }
    }
    place(row, blocks, std::max(0.0, m_width - left));
  }

  void place(const std::vector<int>& row, const std::vector<Block>& blocks, double slack) {
    std::size_t at = 0;
    double left = 0;
    for (const Block& b : blocks)
      for (int k = 0; k < b.count; ++k, ++at) {
        const double width = m_items[row[at]].width;
        m_x[row[at]] = std::clamp(b.place(), 0.0, slack) + left + width / 2;
        left += width;
      }
  }

  const std::vector<RowItem>& m_items;
  const RowOrder& m_order;
  std::vector<std::vector<Neighbour>> m_beside;
  std::vector<double> m_x;
  double m_width;
};

} // namespace

std::vector<double> placeWithin(const std::vector<RowItem>& items, const std::vector<RowLink>& links,
                                const RowOrder& order, double width) {
  return Settler(items, links, order, width).run();
}

} // namespace sockwalk
