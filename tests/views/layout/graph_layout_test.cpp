#include "views/layout/graph_layout.h"
#include "views/layout/layout_memory.h"
#include "views/layout/place_within.h"

#include "tests/views/layout/sample_calls.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>

namespace sockwalk {
namespace {

struct Graph {
  std::vector<LayoutNode> nodes;
  std::vector<LayoutEdge> edges;
  LayoutOptions options;
};

Graph socketCalls() {
  Graph graph;
  const std::vector<SampleCall> calls = sampleCalls();
  for (int i = 0; i < static_cast<int>(calls.size()); ++i) {
    graph.nodes.push_back(
        {i, QSizeF(7.0 * static_cast<double>(calls[i].name.size()) + 24, 26), static_cast<int>(calls[i].layer)});
    if (calls[i].parent >= 0) graph.edges.push_back({calls[i].parent, i});
  }
  return graph;
}

// A call graph as walks make them: mostly a tree that descends through the layers, some calls back up, some
// functions called from several places.
Graph randomCalls(unsigned seed, int count, int bands = 8) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  Graph graph;
  for (int i = 0; i < count; ++i) {
    const int parent = i == 0 ? 0 : std::max(0, i - 1 - below(6));
    int band = i == 0 ? 0 : graph.nodes[parent].band;
    if (below(3) == 0) band = std::clamp(band + below(4) - 1, 0, bands - 1);
    graph.nodes.push_back({i, QSizeF(60 + below(120), 26 + 2 * below(3)), band});
    if (i > 0) graph.edges.push_back({parent, i});
    if (below(6) == 0) graph.edges.push_back({i, below(i + 1)});
  }
  return graph;
}

bool onBorder(const QRectF& box, QPointF p) {
  const double slack = 0.01;
  if (!box.adjusted(-slack, -slack, slack, slack).contains(p)) return false;
  return !box.adjusted(slack, slack, -slack, -slack).contains(p);
}

void expectTrue(const Graph& graph, const LayoutResult& result) {
  ASSERT_TRUE(result.error.isEmpty()) << result.error.toStdString();
  ASSERT_EQ(result.edges.size(), graph.edges.size());
  const QRectF page(QPointF(0, 0), result.size);
  for (std::size_t a = 0; a < graph.nodes.size(); ++a) {
    const LayoutNode& node = graph.nodes[a];
    const QRectF box = result.nodes.value(node.id);
    EXPECT_EQ(box.size(), node.size);
    EXPECT_TRUE(page.contains(box)) << "node " << node.id << " leaves the picture";
    for (std::size_t b = a + 1; b < graph.nodes.size(); ++b)
      EXPECT_FALSE(box.intersects(result.nodes.value(graph.nodes[b].id)))
          << "nodes " << node.id << " and " << graph.nodes[b].id << " overlap";
    for (const BandBox& band : result.bands)
      EXPECT_EQ(band.rect.contains(box), band.band == node.band) << "node " << node.id << ", band " << band.band;
  }
  for (std::size_t b = 1; b < result.bands.size(); ++b) {
    EXPECT_LT(result.bands[b - 1].band, result.bands[b].band);
    EXPECT_LE(result.bands[b - 1].rect.bottom(), result.bands[b].rect.top());
  }
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const QPolygonF& points = result.edges[e].points;
    ASSERT_GE(points.size(), 4);
    EXPECT_EQ(points.size() % 3, 1);
    EXPECT_TRUE(onBorder(result.nodes.value(graph.edges[e].from), points.first())) << "edge " << e << " start";
    EXPECT_TRUE(onBorder(result.nodes.value(graph.edges[e].to), points.last())) << "edge " << e << " end";
  }
}

// How many (edge, node) pairs there are where the edge runs through a node that is not its own.
int crossedNodes(const Graph& graph, const LayoutResult& result) {
  int crossed = 0;
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const QPolygonF& p = result.edges[e].points;
    for (const LayoutNode& node : graph.nodes) {
      if (node.id == graph.edges[e].from || node.id == graph.edges[e].to) continue;
      const QRectF box = result.nodes.value(node.id).adjusted(1, 1, -1, -1);
      bool hit = false;
      for (qsizetype i = 0; i + 3 < p.size(); i += 3)
        for (double t = 0; t <= 1; t += 0.05) {
          const double s = 1 - t;
          hit |= box.contains(s * s * s * p[i] + 3 * s * s * t * p[i + 1] + 3 * s * t * t * p[i + 2] +
                              t * t * t * p[i + 3]);
        }
      crossed += hit;
    }
  }
  return crossed;
}

LayoutResult layout(const Graph& graph) { return layoutGraph(graph.nodes, graph.edges, graph.options); }

TEST(GraphLayout, emptyGraphIsAnEmptyPicture) {
  const LayoutResult result = layoutGraph({}, {});
  EXPECT_TRUE(result.nodes.isEmpty());
  EXPECT_TRUE(result.bands.empty());
  EXPECT_TRUE(result.error.isEmpty());
}

TEST(GraphLayout, oneNodeStandsInItsBand) {
  const Graph graph{{{7, QSizeF(100, 26), 3}}, {}, {}};
  const LayoutResult result = layout(graph);
  expectTrue(graph, result);
  ASSERT_EQ(result.bands.size(), 1u);
  EXPECT_EQ(result.bands[0].band, 3);
}

TEST(GraphLayout, socketCallsStandInTheirLayers) {
  for (double limit : {0.0, 600.0, 900.0})
    for (bool keepOrder : {false, true}) {
      Graph graph = socketCalls();
      graph.options.maxRowWidth = limit;
      graph.options.keepOrder = keepOrder;
      const LayoutResult result = layout(graph);
      expectTrue(graph, result);
      EXPECT_EQ(result.bands.size(), 5u);
      EXPECT_EQ(crossedNodes(graph, result), 0);
    }
}

TEST(GraphLayout, calleeStandsBelowItsCallerInTheSameBand) {
  const Graph graph = socketCalls();
  const LayoutResult result = layout(graph);
  for (const LayoutEdge& edge : graph.edges)
    if (graph.nodes[edge.from].band == graph.nodes[edge.to].band) {
      EXPECT_LT(result.nodes[edge.from].bottom(), result.nodes[edge.to].top());
    }
}

TEST(GraphLayout, calleesStandInTheOrderOfTheirCalls) {
  // A tree without calls back up has no crossings to avoid: time runs left to right everywhere.
  Graph graph;
  for (int i = 0; i < 40; ++i) {
    graph.nodes.push_back({i, QSizeF(60 + 10 * (i % 7), 26), i == 0 ? 0 : graph.nodes[(i - 1) / 3].band + (i % 2)});
    if (i > 0) graph.edges.push_back({(i - 1) / 3, i});
  }
  const LayoutResult result = layout(graph);
  expectTrue(graph, result);
  for (int i = 1; i < 39; ++i)
    if ((i - 1) / 3 == i / 3 && result.nodes[i].top() == result.nodes[i + 1].top()) {
      EXPECT_LT(result.nodes[i].right(), result.nodes[i + 1].left());
    }
}

TEST(GraphLayout, aCallBackUpLeavesAtTheTopAndArrivesFromBelow) {
  const Graph graph{{{0, QSizeF(80, 26), 1}, {1, QSizeF(80, 26), 0}}, {{0, 1}}, {}};
  const LayoutResult result = layout(graph);
  expectTrue(graph, result);
  EXPECT_EQ(result.edges[0].points.first().y(), result.nodes[0].top());
  EXPECT_EQ(result.edges[0].points.last().y(), result.nodes[1].bottom());
}

TEST(GraphLayout, randomGraphsKeepAllRelations) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Graph graph = randomCalls(seed, 3 + static_cast<int>(seed) * 2);
    graph.options.maxRowWidth = seed % 2 ? 700 : 0;
    graph.options.keepOrder = seed % 3 != 0;
    const LayoutResult result = layout(graph);
    expectTrue(graph, result);
    EXPECT_EQ(crossedNodes(graph, result), 0);
  }
}

TEST(GraphLayout, theSameInputGivesTheSamePicture) {
  const Graph graph = randomCalls(5, 80);
  const LayoutResult first = layout(graph);
  layout(randomCalls(6, 40)); // something else in between
  const LayoutResult second = layout(graph);
  EXPECT_EQ(first.nodes, second.nodes);
  EXPECT_EQ(first.size, second.size);
  for (std::size_t e = 0; e < first.edges.size(); ++e) EXPECT_EQ(first.edges[e].points, second.edges[e].points);
}

TEST(LayoutMemory, AGraphIsLaidOutOnceAndTheSame) {
  const Graph graph = randomCalls(3, 40), other = randomCalls(4, 40);
  const LayoutResult once = layoutGraphOnce(graph.nodes, graph.edges, graph.options);
  layoutGraphOnce(other.nodes, other.edges, other.options);
  const LayoutResult again = layoutGraphOnce(graph.nodes, graph.edges, graph.options);
  const LayoutResult truth = layoutGraph(graph.nodes, graph.edges, graph.options);
  EXPECT_EQ(once.nodes, truth.nodes);
  EXPECT_EQ(again.nodes, truth.nodes);
  LayoutOptions wider = graph.options;
  wider.nodeGap += 1;
  EXPECT_NE(LayoutMemory::keyOf(graph.nodes, graph.edges, graph.options),
            LayoutMemory::keyOf(graph.nodes, graph.edges, wider));
}

TEST(GraphLayout, rowsObeyTheirLimit) {
  Graph graph;
  for (int i = 0; i < 30; ++i) graph.nodes.push_back({i, QSizeF(100, 26), 0});
  graph.options.maxRowWidth = 500;
  const LayoutResult result = layout(graph);
  expectTrue(graph, result);
  EXPECT_LE(result.size.width(), 500 + 2 * graph.options.bandPadSide);
}

TEST(GraphLayout, minWidthCentresASmallPicture) {
  Graph graph{{{0, QSizeF(100, 26), 0}}, {}, {}};
  graph.options.minWidth = 600;
  const LayoutResult result = layout(graph);
  EXPECT_EQ(result.size.width(), 600);
  EXPECT_NEAR(result.nodes[0].center().x(), 300, 1);
}

TEST(GraphLayout, selfLoopMutualCallsAndStrangersAreDrawn) {
  const Graph graph{{{0, QSizeF(80, 26), 0}, {1, QSizeF(80, 26), 0}, {2, QSizeF(90, 30), 0}, {3, QSizeF(50, 26), 2}},
                    {{0, 0}, {0, 1}, {1, 0}, {2, 2}, {1, 2, 1, false}},
                    {}};
  const LayoutResult result = layout(graph);
  expectTrue(graph, result);
  EXPECT_GT(result.edges[0].points[1].x(), result.nodes[0].right());
}

TEST(GraphLayout, edgesToNowhereAreLeftOut) {
  const LayoutResult result = layoutGraph({{0, QSizeF(80, 26), 0}}, {{0, 99}, {98, 0}});
  ASSERT_EQ(result.edges.size(), 2u);
  EXPECT_TRUE(result.edges[0].points.isEmpty());
  EXPECT_TRUE(result.edges[1].points.isEmpty());
}

TEST(GraphLayout, rankHintHoldsANodeDown) {
  const LayoutResult result =
      layoutGraph({{0, QSizeF(80, 26), 0}, {1, QSizeF(80, 26), 0, 1}}, std::vector<LayoutEdge>{});
  EXPECT_LT(result.nodes[0].bottom(), result.nodes[1].top());
}

TEST(GraphLayout, labelsKeepRoomBetweenRows) {
  Graph graph{{{0, QSizeF(80, 26), 0}, {1, QSizeF(80, 26), 0}}, {{0, 1, 1, true, QSizeF(60, 40)}}, {}};
  const LayoutResult result = layout(graph);
  EXPECT_GE(result.nodes[1].top() - result.nodes[0].bottom(), 40);
  EXPECT_GT(result.edges[0].labelCenter.y(), result.nodes[0].bottom());
  EXPECT_LT(result.edges[0].labelCenter.y(), result.nodes[1].top());
}

TEST(GraphLayout, objectsPointFromTheirMemberRows) {
  Graph graph{{{0, QSizeF(160, 120)}, {1, QSizeF(120, 60)}, {2, QSizeF(100, 200)}, {3, QSizeF(90, 40)}},
              {{0, 1, 1, true, {}, 50, 10}, {0, 2, 1, true, {}, 90}, {2, 0, 1, true, {}, 30}, {1, 3}},
              {}};
  graph.options.direction = LayoutOptions::Direction::LeftToRight;
  const LayoutResult result = layout(graph);
  expectTrue(graph, result);
  EXPECT_TRUE(result.bands.empty());
  EXPECT_EQ(result.edges[0].points.first(), result.nodes[0].topRight() + QPointF(0, 50));
  EXPECT_EQ(result.edges[0].points.last(), result.nodes[1].topLeft() + QPointF(0, 10));
  EXPECT_EQ(result.edges[2].points.first(), result.nodes[2].topLeft() + QPointF(0, 30));
  EXPECT_LT(result.nodes[0].right(), result.nodes[1].left());
  EXPECT_LT(result.nodes[1].right(), result.nodes[3].left());
  EXPECT_EQ(result.nodes[1].left(), result.nodes[2].left());
}

TEST(GraphLayout, hundredAndFiftyNodesAreQuick) {
  const Graph graph = randomCalls(11, 150);
  layout(socketCalls()); // loads Graphviz's plugin
  // Processor time: what else the machine does must not fail the test.
  const std::clock_t start = std::clock();
  const LayoutResult result = layout(graph);
  const double ms = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  expectTrue(graph, result);
  std::printf("150 nodes, %zu edges: %.1f ms\n", graph.edges.size(), ms);
  EXPECT_LT(ms, 300) << "the aim is 100 ms";
}

} // namespace
// A chain with something heavy beside each of its items, in little room: nothing sticks out or overlaps, and the chain is
// upright.
TEST(PlaceWithin, KeepsInsideTheWidthAndTheHeaviestWayUpright) {
  constexpr double Width = 460;
  constexpr int Rows = 12;
  std::vector<RowItem> items;
  std::vector<RowLink> links;
  RowOrder order;
  for (int row = 0; row < Rows; ++row) {
    items.push_back({row, 100.0 + 10 * (row % 3)}); // the chain
    items.push_back({row, 80.0 + 20 * (row % 4)});  // beside it
    order.push_back(row % 2 ? std::vector<int>{2 * row, 2 * row + 1} : std::vector<int>{2 * row + 1, 2 * row});
    if (!row) continue;
    links.push_back({2 * row - 2, 2 * row, 60});
    links.push_back({2 * row - 2, 2 * row + 1, 2});
  }
  const std::vector<double> x = placeWithin(items, links, order, Width);
  for (std::size_t i = 0; i < items.size(); ++i) {
    EXPECT_GE(x[i] - items[i].width / 2, -0.01) << i;
    EXPECT_LE(x[i] + items[i].width / 2, Width + 0.01) << i;
  }
  for (const auto& row : order)
    EXPECT_GE(x[row[1]] - x[row[0]] + 0.01, (items[row[0]].width + items[row[1]].width) / 2);
  int bends = 0;
  for (int row = 1; row < Rows; ++row) bends += std::abs(x[2 * row] - x[2 * row - 2]) > 1;
  EXPECT_LE(bends, 2);
}

} // namespace sockwalk
