#include "views/call_path/call_path_picture.h"

#include "views/call_path/call_path_items.h"
#include "views/layout/layout_memory.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"

#include <algorithm>

namespace sockwalk {

QString shownName(const tell::PathNode& node) {
  QString name = text(node.name);
  if (node.function < 0 && name.size() > 56) name = name.left(55) + QStringLiteral("…");
  if (node.parts) name += QStringLiteral(" %1/%2").arg(node.part).arg(node.parts);
  return name;
}

QString timesCalled(const tell::PathNode& node) {
  return node.calls.size() > 1 ? QStringLiteral("×%1").arg(node.calls.size()) : QString();
}

namespace {

using Order = std::vector<Layer>;

// VFS stands where the calls meet it: below the socket layer when sockets call it (socket), above it when it calls
// sockets (read, close).
Order bandOrder(const tell::CallPath& path, int section) {
  Order order(allLayers.begin(), allLayers.end());
  if (path.sections()[static_cast<std::size_t>(section)].climbs) return Order(order.rbegin(), order.rend());
  int down = 0, up = 0;
  for (const tell::PathNode& n : path.nodes()) {
    if (n.parent < 0 || n.section != section) continue;
    const Layer caller = path.nodes()[n.parent].layer;
    if (caller == Layer::Socket && n.layer == Layer::Vfs) ++down;
    if (caller == Layer::Vfs && n.layer == Layer::Socket) ++up;
  }
  if (down > up) std::swap(order[1], order[2]);
  return order;
}

// One section being laid out.
class SectionLayout {
public:
  SectionLayout(PathPicture& picture, int section, std::vector<int>& bands)
      : m_picture(picture), m_path(*picture.path), m_section(section), m_order(bandOrder(m_path, section)),
        m_bands(bands) {}

  void addNodes() {
    for (int n : m_picture.shown) {
      const tell::PathNode& node = m_path.nodes()[n];
      if (node.section != m_section) continue;
      m_bands[n] = bandOf(node);
      m_nodes.push_back({n, PillItem::sizeFor(shownName(node), timesCalled(node)), m_bands[n]});
      if (!node.level) continue;
      m_edges.push_back({node.parent, n, 1 + std::min(node.below, 60)});
      m_targets.push_back(n);
    }
  }
  // The mark of the way to another section stands among the callees of the function that led there.
  void addJump(int from, int section, int to) {
    const int id = -1 - section; // no node has it
    m_nodes.push_back(
        {id, JumpItem::sizeFor(shownName(m_path.nodes()[to]), timesCalled(m_path.nodes()[to])), m_bands[from]});
    m_edges.push_back({from, id, 1});
    m_targets.push_back(to);
    m_jumps.push_back({{}, section, to, {}});
  }

  LayoutResult layOut(double maxRowWidth, double spread) const {
    LayoutOptions options;
    options.maxRowWidth = maxRowWidth;
    options.bounded = options.trunks = true;
    options.nodeGap = theme().scaled(12);
    options.rowGap = theme().scaled(18) + spread;
    options.bandPadBefore = theme().scaled(20) + spread * 0.4;
    options.bandPadAfter = theme().scaled(11) + spread * 0.4;
    options.bandPadSide = 10;
    return layoutGraphOnce(m_nodes, m_edges, options);
  }

  void put(const LayoutResult& layout, QPointF at) {
    for (const LayoutNode& node : m_nodes)
      if (node.id >= 0) m_picture.nodes.insert(node.id, layout.nodes.value(node.id).translated(at));
    for (const BandBox& band : layout.bands)
      m_picture.bands.push_back({band.rect.translated(at), m_order[static_cast<std::size_t>(band.band)]});
    for (std::size_t e = 0; e < m_edges.size(); ++e) {
      const QPolygonF points = layout.edges[e].points.translated(at);
      if (m_edges[e].to >= 0) {
        m_picture.edges.push_back({m_targets[e], points});
        continue;
      }
      PathPicture::Jump jump = *std::ranges::find(m_jumps, -1 - m_edges[e].to, &PathPicture::Jump::section);
      jump.rect = layout.nodes.value(m_edges[e].to).translated(at);
      jump.points = points;
      m_picture.jumps.push_back(jump);
    }
  }

private:
  // Calls lead down the page: a helper of a layer that was left stands with its caller, and so does a small one of a
  // layer far ahead; in a large path every small one. Its own colour says where it belongs.
  int bandOf(const tell::PathNode& node) const {
    constexpr int Small = 6;          // functions below it
    constexpr std::size_t Large = 60; // functions of the path
    const int far = m_path.nodes().size() > Large ? 0 : 1;
    const int own = static_cast<int>(std::ranges::find(m_order, node.layer) - m_order.begin());
    // Nor does the kernel's side ever stand with the program that calls it.
    if (!node.level || m_path.nodes()[static_cast<std::size_t>(node.parent)].layer == Layer::User) return own;
    const int caller = m_bands[node.parent];
    return own < caller || (own - caller > far && node.below < Small) ? caller : own;
  }

  PathPicture& m_picture;
  const tell::CallPath& m_path;
  const int m_section;
  const Order m_order;
  std::vector<int>& m_bands; // by node
  std::vector<LayoutNode> m_nodes;
  std::vector<LayoutEdge> m_edges;
  std::vector<int> m_targets; // of the edges
  std::vector<PathPicture::Jump> m_jumps;
};

// The nearest caller that is drawn.
int drawnAt(const tell::CallPath& path, const std::vector<int>& shown, int node) {
  while (node >= 0 && !std::ranges::binary_search(shown, node))
    node = path.nodes()[node].level ? path.nodes()[node].parent : -1;
  return node;
}

} // namespace

std::shared_ptr<const PathPicture> layOut(std::shared_ptr<const tell::CallPath> path, std::vector<int> shown,
                                          double maxRowWidth, double spread) {
  auto picture = std::make_shared<PathPicture>();
  picture->path = path;
  picture->shown = std::move(shown);
  std::vector<int> bands(path->nodes().size(), 0);
  std::vector<SectionLayout> sections;
  const int count = static_cast<int>(path->sections().size());
  for (int s = 0; s < count; ++s) sections.emplace_back(*picture, s, bands).addNodes();
  for (int s = 1; s < count; ++s) {
    const tell::PathSection& section = path->sections()[static_cast<std::size_t>(s)];
    const int from = drawnAt(*path, picture->shown, section.from);
    if (from >= 0) sections[static_cast<std::size_t>(path->nodes()[from].section)].addJump(from, s, section.root);
  }
  std::vector<LayoutResult> layouts;
  double width = 0;
  for (const SectionLayout& section : sections) {
    layouts.push_back(section.layOut(maxRowWidth, spread));
    width = std::max(width, layouts.back().size.width());
  }
  const double heading = count > 1 ? std::ceil(theme().scaled(26)) : 0;
  double y = 0;
  for (std::size_t s = 0; s < sections.size(); ++s) {
    if (heading > 0) picture->headings.push_back({QRectF(0, y, width, heading), static_cast<int>(s)});
    y += heading;
    sections[s].put(layouts[s], {std::round((width - layouts[s].size.width()) / 2), y});
    y += layouts[s].size.height() + (s + 1 < sections.size() ? 10 : 0);
  }
  picture->size = QSizeF(width, y);
  return picture;
}

} // namespace sockwalk
