// Where the nodes and edges of a graph go. Two pictures are drawn with it:
//
//   call path     Direction::TopToBottom, a band for each layer. All nodes of a lower band index stand above
//                 those of a higher one, whatever the edges say; a call that goes back up leaves its node at
//                 the top and enters the callee from below.
//   object graph  Direction::LeftToRight, usually without bands. An edge may start at the height of a member
//                 row (fromOffset); a pointer back to the left leaves on the left side at that height.
//
// How: the rows inside each band come from the calls inside the band (rows.h); edges over several rows become
// chains of small places, one a row, so that they never run over a node; Graphviz's dot orders every row and
// finds the coordinates across (dot_order.h; place_within.h where a width is given that dot exceeds); edges are then
// drawn as vertical S-curves (route.h).
//
// All lengths are px. The same input gives the same output. Not thread safe, as Graphviz is not: call it from
// the GUI thread. 34 nodes take about 2 ms, 150 about 80 ms.
#pragma once

#include <QHash>
#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <vector>

namespace sockwalk {

struct LayoutNode {
  int id = 0;        // unique; a second node of the same id is ignored
  QSizeF size;       // px
  int band = -1;     // index of the band, top to bottom (left to right); -1: none
  int rankHint = -1; // first row, counted from the band's own first one, where it may stand; -1: any
};

struct LayoutEdge {
  int from = 0;
  int to = 0;
  int weight = 1;         // the heavier, the straighter; 0..100
  bool constraint = true; // false: has no say in which row its ends take
  QSizeF label = {};      // room to keep beside the edge; empty: none
  double fromOffset = -1; // LR: from the top of the node, TB: from its left edge; < 0: the middle
  double toOffset = -1;
};

struct LayoutOptions {
  enum class Direction { TopToBottom, LeftToRight };
  Direction direction = Direction::TopToBottom;
  double nodeGap = 18;       // between neighbours of a row
  double rowGap = 24;        // between rows of a band, at least; grows where edges run far sideways
  double bandGap = 4;        // between bands
  double bandPadBefore = 22; // inside a band, before its first row: room for its name
  double bandPadAfter = 12;
  double bandPadSide = 14;
  double maxRowWidth = 0; // a row that would grow wider continues in the next one; 0: no limit
  double minWidth = 0;    // the picture is at least this wide (TB) or high (LR), its contents centred
  bool bounded =
      false;           // the picture is no wider than maxRowWidth, if its rows allow it; its edges may be less straight
  bool trunks = false; // edges of one node that run down past a row share their place there
  bool keepOrder = true;   // callees stand in the order of their edges, where that can be had
  bool givenOrder = false; // nodes of a row stand in the order in which they are given, whatever crosses
};

struct EdgeRoute {
  QPolygonF points; // cubic Bezier: p0 c1 c2 p1 c1 c2 p2 ...; the last point is the arrow's tip, on the
                    // border of the target. Empty if an end is unknown.
  QPointF labelCenter;
};

struct BandBox {
  int band = 0;
  QRectF rect;
};

struct LayoutResult {
  QHash<int, QRectF> nodes;     // by node id
  std::vector<EdgeRoute> edges; // one for each edge given, in that order
  std::vector<BandBox> bands;   // bands that have nodes, in order
  QSizeF size;
  QString error; // not empty: Graphviz could not be had; rows are then in plain input order
};

LayoutResult layoutGraph(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges,
                         const LayoutOptions& options = {});

} // namespace sockwalk
