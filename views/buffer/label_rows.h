// Where words stand beside the lines that they name: in rows, none on another, each as near to its line as the others allow.
#pragma once
#include <optional>
#include <utility>
#include <vector>

namespace sockwalk {

class LabelRows {
public:
  struct Place {
    double left;
    int row;
  };
  // Between `left` and `right`, with `gap` px from one to the next; `rowCost`: how many px aside are as bad as a row farther.
  LabelRows(double left, double right, int rows, double gap, double rowCost);

  // The best place for words of this width that name the line at `at`: over it, or beside it. Nothing: there is none left.
  std::optional<Place> put(double at, double width);
  // The same, where the words are told to begin at `wanted`.
  std::optional<Place> putFrom(double wanted, double width);
  void take(double left, double right, int row = 0); // this is used by something else

private:
  std::optional<double> nearest(int row, double wanted, double width) const;

  double m_left, m_right, m_gap, m_rowCost;
  std::vector<std::vector<std::pair<double, double>>> m_taken; // by row: left, right
};

} // namespace sockwalk
