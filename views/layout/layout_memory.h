// Layouts that have been made: the packets of a capture take the same few ways through the stack, so that most of their
// pictures have been laid out before.
#pragma once
#include "views/layout/graph_layout.h"
#include <QByteArray>
#include <QCache>

namespace sockwalk {

class LayoutMemory {
public:
  // All that a layout depends on.
  static QByteArray keyOf(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges,
                          const LayoutOptions& options);
  const LayoutResult* find(const QByteArray& key) const { return m_made.object(key); }
  void keep(const QByteArray& key, const LayoutResult& layout);

private:
  static constexpr qsizetype MostNodes = 30000; // of all that are kept
  QCache<QByteArray, LayoutResult> m_made{MostNodes};
};

// layoutGraph(), and nothing to do for a graph that was laid out not long ago.
LayoutResult layoutGraphOnce(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges,
                             const LayoutOptions& options = {});

} // namespace sockwalk
