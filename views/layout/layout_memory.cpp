#include "views/layout/layout_memory.h"

#include <QDataStream>
#include <QIODevice>

namespace sockwalk {

static void write(QDataStream& out, const LayoutNode& n) { out << n.id << n.size << n.band << n.rankHint; }
static void write(QDataStream& out, const LayoutEdge& e) {
  out << e.from << e.to << e.weight << e.constraint << e.label << e.fromOffset << e.toOffset;
}
static void write(QDataStream& out, const LayoutOptions& o) {
  out << int(o.direction) << o.nodeGap << o.rowGap << o.bandGap << o.bandPadBefore << o.bandPadAfter << o.bandPadSide
      << o.maxRowWidth << o.minWidth << o.bounded << o.trunks << o.keepOrder << o.givenOrder;
}

QByteArray LayoutMemory::keyOf(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges,
                               const LayoutOptions& options) {
  QByteArray key;
  QDataStream out(&key, QIODevice::WriteOnly);
  write(out, options);
  out << quint32(nodes.size());
  for (const LayoutNode& node : nodes) write(out, node);
  for (const LayoutEdge& edge : edges) write(out, edge);
  return key;
}

LayoutResult layoutGraphOnce(const std::vector<LayoutNode>& nodes, const std::vector<LayoutEdge>& edges,
                             const LayoutOptions& options) {
  static LayoutMemory memory;
  const QByteArray key = LayoutMemory::keyOf(nodes, edges, options);
  if (const LayoutResult* made = memory.find(key)) return *made;
  LayoutResult result = layoutGraph(nodes, edges, options);
  if (result.error.isEmpty()) memory.keep(key, result);
  return result;
}

void LayoutMemory::keep(const QByteArray& key, const LayoutResult& layout) {
  m_made.insert(key, new LayoutResult(layout), 1 + layout.nodes.size());
}

} // namespace sockwalk
