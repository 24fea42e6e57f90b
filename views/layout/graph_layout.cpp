#include "views/layout/graph_layout.h"

#include "views/layout/dot_order.h"
#include "views/layout/place_within.h"
#include "views/layout/route.h"
#include "views/layout/rows.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace sockwalk {
namespace {

constexpr double passageWidth = 12; // room that a passing edge takes in a row
constexpr double loopReach = 26;    // how far an edge from a node to itself swings out

// An edge between known nodes; chain holds its items from the upper end to the lower one.
struct Link {
  int given = 0; // index in the input
  int from = 0, to = 0;
  std::vector<int> chain;
};

// Everything here thinks top to bottom; left to right is the same picture with x and y exchanged.
class Layouter {
public:
  Layouter(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges, const LayoutOptions& options)
      : m_edges(edges), m_options(options), m_turned(options.direction == LayoutOptions::Direction::LeftToRight) {
    takeNodes(nodes);
    takeEdges();
  }

  LayoutResult run() {
    m_result.edges.resize(m_edges.size());
    if (m_nodes.empty()) return m_result;
    assign();
    makeChains();
    order();
    placeRows();
    placeNodes();
    routeEdges();
    report();
    return m_result;
  }

private:
  QSizeF turned(QSizeF s) const { return m_turned ? s.transposed() : s; }
  QPointF turned(QPointF p) const { return m_turned ? p.transposed() : p; }
  QRectF turned(const QRectF& r) const { return m_turned ? QRectF(r.y(), r.x(), r.height(), r.width()) : r; }

  void takeNodes(const std::vector<LayoutNode>& nodes) {
    for (const LayoutNode& node : nodes) {
      if (m_index.contains(node.id)) continue;
      m_index.insert(node.id, static_cast<int>(m_nodes.size()));
      m_nodes.push_back(node);
      m_nodes.back().size = turned(node.size);
    }
    m_looped.assign(m_nodes.size(), false);
  }

  void takeEdges() {
    for (std::size_t i = 0; i < m_edges.size(); ++i) {
      const auto from = m_index.constFind(m_edges[i].from), to = m_index.constFind(m_edges[i].to);
      if (from == m_index.constEnd() || to == m_index.constEnd()) continue;
      m_links.push_back({static_cast<int>(i), *from, *to, {}});
      if (*from == *to) m_looped[*from] = true;
    }
  }

  double roomOf(int n) const { return m_nodes[n].size.width() + m_options.nodeGap + (m_looped[n] ? loopReach : 0); }

  void assign() {
    std::vector<RowNode> nodes;
    for (std::size_t n = 0; n < m_nodes.size(); ++n)
      nodes.push_back({roomOf(static_cast<int>(n)), std::max(-1, m_nodes[n].band), m_nodes[n].rankHint});
    std::vector<RowEdge> edges;
    for (const Link& link : m_links) edges.push_back({link.from, link.to, m_edges[link.given].constraint});
    // Edges that pass a row need room beside its nodes.
    const double passing = m_options.bounded ? std::min(4 * passageWidth, m_options.maxRowWidth / 8) : 0;
    m_rows = assignRows(nodes, edges, m_options.maxRowWidth - passing, m_turned);
  }

  int rowCount() const { return static_cast<int>(m_rows.bandOf.size()); }
  int rowOf(int n) const { return m_rows.rowOf[n]; }

  // Items 0.. are the nodes; behind them come the passages of long edges.
  void makeChains() {
    for (std::size_t n = 0; n < m_nodes.size(); ++n)
      m_items.push_back({rowOf(static_cast<int>(n)), roomOf(static_cast<int>(n))});
    // Members point in the order of their rows, whatever the order in which the edges were given.
    std::stable_sort(m_links.begin(), m_links.end(), [this](const Link& a, const Link& b) {
      return a.from == b.from && m_edges[a.given].fromOffset < m_edges[b.given].fromOffset;
    });
    for (Link& link : m_links) {
      if (rowOf(link.from) == rowOf(link.to)) continue;
      const bool down = rowOf(link.from) < rowOf(link.to);
      const int upper = down ? link.from : link.to, lower = down ? link.to : link.from;
      link.chain.push_back(upper);
      for (int row = rowOf(upper) + 1; row < rowOf(lower); ++row) link.chain.push_back(passage(link.from, row, down));
      link.chain.push_back(lower);
      addRowLinks(link);
    }
  }

  int passage(int from, int row, bool down) {
    const int item = static_cast<int>(m_items.size());
    if (m_options.trunks && down) {
      const auto [known, isNew] = m_trunks.emplace(std::pair(from, row), item);
      if (!isNew) return known->second;
    }
    m_items.push_back({row, passageWidth});
    return item;
  }

  // Passages pull harder than nodes: what is long should be straight.
  // A call back up may swing about; it must not drag its caller away from where the walk came from.
  void addRowLinks(const Link& link) {
    const int nodeCount = static_cast<int>(m_nodes.size());
    const int weight = std::clamp(m_edges[link.given].weight, 0, 100);
    const bool up = link.chain.front() != link.from;
    for (std::size_t k = 1; k < link.chain.size(); ++k) {
      const int upper = link.chain[k - 1], lower = link.chain[k];
      if (m_options.trunks && !m_linked.emplace(upper, lower).second) continue; // along the trunk
      const int ends = (upper < nodeCount) + (lower < nodeCount);
      const int pull = ends == 2 ? 16 : ends == 1 ? 24 : 96;
      m_rowLinks.push_back({upper, lower, std::max(1, weight * pull / (up ? 12 : 1))});
    }
  }

  // Of the order of calls and dot's own, the one with fewer crossings; at a tie, that of the calls. Objects
  // have no time: dot orders and balances them as it likes.
  std::vector<double> ordered() const {
    if (m_options.givenOrder) {
      RowOrder given(rowCount());
      for (std::size_t i = 0; i < m_items.size(); ++i) given[m_items[i].row].push_back(static_cast<int>(i));
      return placeWithDot(m_items, m_rowLinks, given);
    }
    if (m_turned) return orderWithDot(m_items, m_rowLinks, rowCount(), m_options.keepOrder, false);
    RowOrder best = orderByCalls(m_items, m_rowLinks, rowCount());
    untangle(best, m_rowLinks);
    if (const long crossings = countCrossings(best, m_rowLinks); crossings > 0) {
      std::vector<double> x = orderWithDot(m_items, m_rowLinks, rowCount(), m_options.keepOrder, true);
      if (x.empty()) return x;
      RowOrder other = orderByPlace(m_items, x, rowCount());
      untangle(other, m_rowLinks);
      if (countCrossings(other, m_rowLinks) < crossings) best = std::move(other);
    }
    return placed(best);
  }

  // dot's places are the better ones, where they are not too wide and do not take too long.
  std::vector<double> placed(const RowOrder& rows) const {
    constexpr std::size_t Quick = 70;
    const double width = m_options.maxRowWidth + m_options.nodeGap - 2 * m_options.bandPadSide; // of items with gaps
    const bool bounded = m_options.bounded && width > 0;
    if (bounded && m_items.size() > Quick) return placeWithin(m_items, m_rowLinks, rows, width);
    std::vector<double> x = placeWithDot(m_items, m_rowLinks, rows);
    if (!bounded || x.empty()) return x;
    double left = 1e12, right = -1e12;
    for (std::size_t i = 0; i < x.size(); ++i) {
      left = std::min(left, x[i] - m_items[i].width / 2);
      right = std::max(right, x[i] + m_items[i].width / 2);
    }
    return right - left <= width ? x : placeWithin(m_items, m_rowLinks, rows, width);
  }

  void order() {
    m_x = ordered();
    if (m_x.empty()) {
      m_result.error = QStringLiteral("Graphviz cannot lay out: its dot plugin is missing (libgvc6, dot -c).");
      std::vector<double> next(rowCount(), 0);
      for (const RowItem& item : m_items) {
        m_x.push_back(next[item.row] + item.width / 2);
        next[item.row] += item.width;
      }
    }
    double left = 1e12, right = -1e12;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
      left = std::min(left, m_x[i] - m_items[i].width / 2 + m_options.nodeGap / 2);
      right = std::max(right, m_x[i] + m_items[i].width / 2 - m_options.nodeGap / 2);
    }
    const double content = right - left + 2 * m_options.bandPadSide;
    m_width = std::max(content, m_options.minWidth);
    const double shift = m_options.bandPadSide - left + (m_width - content) / 2;
    for (double& x : m_x) x = std::round((x + shift) * 2) / 2;
  }

  // The wider edges swing between two rows, the more room they get to do it calmly; labels need theirs.
  std::vector<double> gapsBelow() const {
    std::vector<double> gaps(rowCount(), m_options.rowGap);
    for (const RowLink& link : m_rowLinks) {
      const double swing = std::abs(m_x[link.upper] - m_x[link.lower]);
      double& gap = gaps[m_items[link.upper].row];
      gap = std::max(gap, m_options.rowGap + std::min(m_options.rowGap, swing / 22));
    }
    for (const Link& link : m_links) {
      const QSizeF label = turned(m_edges[link.given].label);
      if (label.isEmpty() || link.chain.empty()) continue;
      double& gap = gaps[rowOf(link.chain.front())];
      gap = std::max(gap, label.height() + 14);
    }
    return gaps;
  }

  void placeRows() {
    m_rowHeight.assign(rowCount(), 0);
    for (std::size_t n = 0; n < m_nodes.size(); ++n) {
      double& height = m_rowHeight[rowOf(static_cast<int>(n))];
      height = std::max(height, m_nodes[n].size.height());
    }
    const std::vector<double> gaps = gapsBelow();
    double y = 0;
    for (int row = 0; row < rowCount(); ++row) {
      const int band = m_rows.bandOf[row];
      if (row == 0 || m_rows.bandOf[row - 1] != band) {
        m_bands.push_back({band, QRectF(0, y, m_width, 0)});
        y += m_options.bandPadBefore;
      }
      m_rowTop.push_back(std::round(y));
      y = m_rowTop.back() + m_rowHeight[row];
      const bool last = row + 1 == rowCount() || m_rows.bandOf[row + 1] != band;
      if (!last) {
        y += gaps[row];
        continue;
      }
      // Between bands the paddings already keep rows apart; only what they lack is added.
      const double between = m_options.bandPadAfter + m_options.bandGap + m_options.bandPadBefore;
      y += m_options.bandPadAfter;
      if (row + 1 < rowCount()) y += std::max(0.0, gaps[row] - between);
      m_bands.back().rect.setBottom(std::round(y));
      m_height = m_bands.back().rect.bottom();
      y = m_height + m_options.bandGap;
    }
  }

  void placeNodes() {
    for (std::size_t n = 0; n < m_nodes.size(); ++n) {
      const int row = rowOf(static_cast<int>(n));
      const QSizeF size = m_nodes[n].size;
      // Columns of objects line up at their left; functions of a row stand on its middle.
      const double slack = m_turned ? 0 : (m_rowHeight[row] - size.height()) / 2;
      const double reach = m_looped[n] ? loopReach / 2 : 0;
      m_boxes.push_back(QRectF(QPointF(m_x[n] - size.width() / 2 - reach, m_rowTop[row] + slack), size));
    }
  }

  double rowTop(int row) const { return m_rowTop[row]; }
  double rowBottom(int row) const { return m_rowTop[row] + m_rowHeight[row]; }

  // Where on its side an edge meets a node. An edge that goes up keeps beside the one that comes down.
  double meet(const QRectF& box, double offset, double aside) const {
    if (offset >= 0) return box.left() + std::min(offset, box.width());
    return box.center().x() + std::clamp(aside, -box.width() / 4, box.width() / 4);
  }

  QPolygonF routeOf(const Link& link) const {
    const LayoutEdge& edge = m_edges[link.given];
    const QRectF &from = m_boxes[link.from], &to = m_boxes[link.to];
    if (link.from == link.to) return routeLoop(from, loopReach);
    const int fromRow = rowOf(link.from), toRow = rowOf(link.to);
    if (fromRow == toRow)
      return routeBelow({meet(from, edge.fromOffset, 0), from.bottom()}, {meet(to, edge.toOffset, 0), to.bottom()},
                        rowBottom(fromRow) - std::min(from.bottom(), to.bottom()) + m_options.rowGap * 0.8);
    const bool down = fromRow < toRow;
    const double aside = down ? 0 : (to.center().x() >= from.center().x() ? 14 : -14);
    const QPointF start(meet(from, edge.fromOffset, aside), down ? from.bottom() : from.top());
    const QPointF end(meet(to, edge.toOffset, down ? 0 : -aside), down ? to.top() : to.bottom());
    std::vector<Passage> passages;
    for (std::size_t k = 1; k + 1 < link.chain.size(); ++k) {
      const int item = link.chain[k], row = m_items[item].row;
      passages.push_back({m_x[item], rowTop(row), rowBottom(row)});
    }
    if (!down) std::reverse(passages.begin(), passages.end());
    return routeAlong(start, down ? rowBottom(fromRow) : rowTop(fromRow), passages,
                      down ? rowTop(toRow) : rowBottom(toRow), end);
  }

  void routeEdges() {
    for (const Link& link : m_links) {
      EdgeRoute& route = m_result.edges[link.given];
      for (const QPointF& p : routeOf(link)) route.points << turned(p);
      route.labelCenter = routeMiddle(route.points);
    }
  }

  void report() {
    for (std::size_t n = 0; n < m_nodes.size(); ++n) m_result.nodes.insert(m_nodes[n].id, turned(m_boxes[n]));
    for (const BandBox& band : m_bands)
      if (band.band >= 0) m_result.bands.push_back({band.band, turned(band.rect)});
    m_result.size = turned(QSizeF(m_width, m_height));
  }

  const std::vector<LayoutEdge>& m_edges;
  const LayoutOptions& m_options;
  const bool m_turned;
  std::vector<LayoutNode> m_nodes; // sizes turned
  std::vector<bool> m_looped;      // has an edge to itself
  QHash<int, int> m_index;         // node id -> index
  std::vector<Link> m_links;
  std::map<std::pair<int, int>, int> m_trunks; // the item of a node's passage, by node and row
  std::set<std::pair<int, int>> m_linked;      // items that a row link joins
  Rows m_rows;
  std::vector<RowItem> m_items;
  std::vector<RowLink> m_rowLinks;
  std::vector<double> m_x; // middle, by item
  std::vector<double> m_rowTop, m_rowHeight;
  std::vector<QRectF> m_boxes;
  std::vector<BandBox> m_bands;
  double m_width = 0, m_height = 0;
  LayoutResult m_result;
};

} // namespace

LayoutResult layoutGraph(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges,
                         const LayoutOptions& options) {
  return Layouter(nodes, edges, options).run();
}

} // namespace sockwalk
