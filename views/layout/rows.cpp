#include "views/layout/rows.h"

#include <algorithm>
#include <map>
#include <queue>

namespace sockwalk {
namespace {

// The edges inside bands, without those that would close a cycle.
class BandDag {
public:
  BandDag(const std::vector<RowNode>& nodes, const std::vector<RowEdge>& edges)
      : m_next(nodes.size()), m_previous(nodes.size()), m_state(nodes.size(), Fresh) {
    std::vector<std::vector<int>> out(nodes.size());
    for (const RowEdge& e : edges)
      if (e.constraint && e.from != e.to && nodes[e.from].band == nodes[e.to].band) out[e.from].push_back(e.to);
    for (int n = 0; n < static_cast<int>(nodes.size()); ++n)
      if (m_state[n] == Fresh) visit(n, out);
  }

  const std::vector<int>& next(int n) const { return m_next[n]; }
  const std::vector<int>& previous(int n) const { return m_previous[n]; }

private:
  enum State : char { Fresh, Open, Closed };

  // Depth first without recursion: a call graph may be deep. An edge to an open node closes a cycle and is
  // turned round.
  void visit(int root, const std::vector<std::vector<int>>& out) {
    std::vector<std::pair<int, std::size_t>> stack{{root, 0}};
    m_state[root] = Open;
    while (!stack.empty()) {
      auto& [node, at] = stack.back();
      if (at == out[node].size()) {
        m_state[node] = Closed;
        stack.pop_back();
        continue;
      }
      const int from = node, to = out[node][at++];
      if (m_state[to] == Open) {
        link(to, from);
      } else {
        link(from, to);
        if (m_state[to] == Fresh) {
          m_state[to] = Open;
          stack.emplace_back(to, 0);
        }
      }
    }
  }

  void link(int from, int to) {
    m_next[from].push_back(to);
    m_previous[to].push_back(from);
  }

  std::vector<std::vector<int>> m_next, m_previous;
  std::vector<State> m_state;
};

// List scheduling: ready nodes in input order, each into the first row below its callers that has room.
std::vector<int> rowsInBands(const std::vector<RowNode>& nodes, const BandDag& dag, double maxWidth) {
  const int count = static_cast<int>(nodes.size());
  std::vector<int> row(count, 0), waiting(count);
  std::map<std::pair<int, int>, double> used; // width taken, by band and row
  std::priority_queue<int, std::vector<int>, std::greater<>> ready;
  for (int n = 0; n < count; ++n) {
    waiting[n] = static_cast<int>(dag.previous(n).size());
    row[n] = std::max(0, nodes[n].hint);
    if (waiting[n] == 0) ready.push(n);
  }
  while (!ready.empty()) {
    const int n = ready.top();
    ready.pop();
    const auto full = [&](int r) {
      const double taken = used[{nodes[n].band, r}];
      return maxWidth > 0 && taken > 0 && taken + nodes[n].width > maxWidth;
    };
    while (full(row[n])) ++row[n];
    used[{nodes[n].band, row[n]}] += nodes[n].width;
    for (int to : dag.next(n)) {
      row[to] = std::max(row[to], row[n] + 1);
      if (--waiting[to] == 0) ready.push(to);
    }
  }
  return row;
}

void drawClose(const BandDag& dag, std::vector<int>& row) {
  for (int n = 0; n < static_cast<int>(row.size()); ++n) {
    if (!dag.previous(n).empty() || dag.next(n).empty()) continue;
    int nearest = row[dag.next(n).front()];
    for (int to : dag.next(n)) nearest = std::min(nearest, row[to]);
    row[n] = std::max(row[n], nearest - 1);
  }
}

} // namespace

Rows assignRows(const std::vector<RowNode>& nodes, const std::vector<RowEdge>& edges, double maxWidth, bool compact) {
  const BandDag dag(nodes, edges);
  std::vector<int> local = rowsInBands(nodes, dag, maxWidth);
  if (compact && maxWidth <= 0) drawClose(dag, local);

  // Rows that are used, numbered through: a hint may leave some empty.
  std::map<std::pair<int, int>, int> index;
  for (std::size_t n = 0; n < nodes.size(); ++n) index[{nodes[n].band, local[n]}] = 0;
  Rows rows;
  for (auto& [key, number] : index) {
    number = static_cast<int>(rows.bandOf.size());
    rows.bandOf.push_back(key.first);
  }
  for (std::size_t n = 0; n < nodes.size(); ++n) rows.rowOf.push_back(index[{nodes[n].band, local[n]}]);
  return rows;
}

} // namespace sockwalk
