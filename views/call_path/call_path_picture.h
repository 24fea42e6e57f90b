// A call path laid out: where each function stands, once for all the moments of the path.
//
// Every section of the path (a task, a softirq; see call_path.h) is a picture of its own below the one before, with the
// bands of its layers in the order in which its calls lead, so that all edges run down the page. From one section to
// the next no edge runs: a mark beside the function that led there says where it goes on.
#pragma once
#include "engine/tell/calls/call_path.h"
#include "views/layout/graph_layout.h"

#include <memory>

namespace sockwalk {

struct PathPicture {
  struct Edge {
    int to = 0; // the callee
    QPolygonF points;
  };
  struct Band {
    QRectF rect;
    Layer layer = Layer::User;
  };
  struct Heading { // of a section, where there are several
    QRectF rect;
    int section = 0;
  };
  struct Jump { // from a function to the first one of another section
    QRectF rect;
    int section = 0, to = 0;
    QPolygonF points; // the edge to it
  };

  std::shared_ptr<const tell::CallPath> path;
  std::vector<int> shown; // nodes, callers before callees
  QHash<int, QRectF> nodes;
  std::vector<Edge> edges;
  std::vector<Band> bands;
  std::vector<Heading> headings;
  std::vector<Jump> jumps;
  QSizeF size;
};

// `spread`: px that rows stand farther apart than they need.
std::shared_ptr<const PathPicture> layOut(std::shared_ptr<const tell::CallPath> path, std::vector<int> shown,
                                          double maxRowWidth, double spread = 0);

QString shownName(const tell::PathNode& node);   // "tcp_v4_rcv", "tcp_v4_rcv 2/3"
QString timesCalled(const tell::PathNode& node); // "×3"; "" if once

} // namespace sockwalk
