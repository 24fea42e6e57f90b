#include "views/call_path/call_path_folds.h"
#include <algorithm>

namespace sockwalk {

using Nodes = std::vector<tell::PathNode>;

// `root` (-1: everything) and what it calls, as many whole levels as there is room for; its own callees always.
static std::vector<int> levelsBelow(const Nodes& nodes, int root, int room) {
  const int from = root < 0 ? 0 : root, base = root < 0 ? -1 : nodes[root].depth;
  std::vector<int> family; // by index: callers before callees
  std::vector<char> in(nodes.size(), root < 0);
  if (root >= 0) in[root] = 1;
  std::vector<int> ofDepth(1, 0);
  for (int n = from; n < static_cast<int>(nodes.size()); ++n) {
    if (root >= 0 && n != root && (nodes[n].parent < 0 || !in[nodes[n].parent])) continue;
    in[n] = 1;
    family.push_back(n);
    const auto depth = static_cast<std::size_t>(nodes[n].depth - std::max(base, 0));
    if (depth >= ofDepth.size()) ofDepth.resize(depth + 1, 0);
    ++ofDepth[depth];
  }
  int levels = 0, sum = 0;
  while (levels < static_cast<int>(ofDepth.size()) && (levels < 2 || sum + ofDepth[levels] <= room))
    sum += ofDepth[levels++];
  std::erase_if(family, [&](int n) { return nodes[n].depth - std::max(base, 0) >= levels; });
  return family;
}

std::vector<int> visibleNodes(const tell::CallPath& path, int running, int room) {
  const Nodes& nodes = path.nodes();
  std::vector<int> all = levelsBelow(nodes, -1, room);
  if (running < 0 || all.size() == nodes.size()) return all;
  const auto has = [](const std::vector<int>& sorted, int n) {
    return std::binary_search(sorted.begin(), sorted.end(), n);
  };
  std::vector<std::vector<int>> opened{all};
  while (!has(opened.back(), running)) {
    int fold = running;
    while (fold >= 0 && !has(opened.back(), fold)) fold = nodes[fold].parent;
    if (fold < 0) break;
    opened.push_back(levelsBelow(nodes, fold, room * 2 / 3));
  }
  std::vector<char> in(nodes.size(), 0);
  int shown = 0;
  const auto add = [&](int n) { shown += !in[n], in[n] = 1; };
  for (int n : opened.back()) add(n);
  for (int n = opened.back().front(); n >= 0; n = nodes[n].parent) add(n); // however it came there
  // What was called beside the way, the nearest first, each whole or not at all.
  for (auto it = opened.rbegin() + 1; it < opened.rend(); ++it) {
    if (shown + static_cast<int>(it->size()) > room + room / 3) break;
    for (int n : *it) add(n);
  }
  std::vector<int> out;
  for (int n = 0; n < static_cast<int>(nodes.size()); ++n)
    if (in[n]) out.push_back(n);
  return out;
}

std::vector<int> wayBetween(const tell::CallPath& path, int from, int to) {
  std::vector<int> up{from}, down{to};
  if (from < 0 || to < 0) return {};
  // The larger index is never the caller of the smaller one.
  while (up.back() != down.back()) {
    std::vector<int>& deeper = up.back() > down.back() ? up : down;
    const int parent = path.nodes()[deeper.back()].parent;
    if (parent < 0) return {};
    deeper.push_back(parent);
  }
  up.insert(up.end(), down.rbegin() + 1, down.rend());
  return up;
}

} // namespace sockwalk
