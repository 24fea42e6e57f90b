#include "views/buffer/label_rows.h"
#include <algorithm>
#include <cmath>

namespace sockwalk {

LabelRows::LabelRows(double left, double right, int rows, double gap, double rowCost)
    : m_left(left), m_right(right), m_gap(gap), m_rowCost(rowCost), m_taken(static_cast<size_t>(rows)) {}

// The best places are the wanted one, and those that touch what is there already or an end.
std::optional<double> LabelRows::nearest(int row, double wanted, double width) const {
  const auto& taken = m_taken[static_cast<size_t>(row)];
  std::vector<double> tried{std::clamp(wanted, m_left, std::max(m_left, m_right - width)), m_left, m_right - width};
  for (const auto& [from, to] : taken) tried.push_back(from - m_gap - width), tried.push_back(to + m_gap);
  std::erase_if(tried, [&](double left) {
    return left < m_left || left + width > m_right || std::ranges::any_of(taken, [&](const auto& t) {
             return left < t.second + m_gap - 0.01 && t.first - m_gap + 0.01 < left + width;
           });
  });
  const auto best = std::ranges::min_element(tried, {}, [wanted](double left) { return std::abs(left - wanted); });
  return best == tried.end() ? std::nullopt : std::optional(*best);
}

std::optional<LabelRows::Place> LabelRows::put(double at, double width) { return putFrom(at - width / 2, width); }

std::optional<LabelRows::Place> LabelRows::putFrom(double wanted, double width) {
  std::optional<Place> best;
  double least = 0;
  for (int row = 0; row < static_cast<int>(m_taken.size()); ++row) {
    const std::optional<double> left = nearest(row, wanted, width);
    if (!left) continue;
    const double cost = std::abs(*left - wanted) + row * m_rowCost;
    if (!best || cost < least) best = Place{*left, row}, least = cost;
  }
  if (best) take(best->left, best->left + width, best->row);
  return best;
}

void LabelRows::take(double left, double right, int row) {
  m_taken[static_cast<size_t>(row)].emplace_back(left, right);
}

} // namespace sockwalk
