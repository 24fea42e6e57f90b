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

constexpr int RoomInFold = 16;

static std::vector<char> visible(const tell::CallPath& path, const std::set<int>& opened, int room) {
  const Nodes& nodes = path.nodes();
  std::vector<char> in(nodes.size(), 0);
  for (const int n : levelsBelow(nodes, -1, room)) in[n] = 1;
  for (const int fold : opened) // callers first: a fold is opened only where it is seen
    if (in[fold])
      for (const int n : levelsBelow(nodes, fold, RoomInFold)) in[n] = 1;
  return in;
}

std::vector<int> visibleNodes(const tell::CallPath& path, const std::set<int>& opened, int room) {
  const std::vector<char> in = visible(path, opened, room);
  std::vector<int> out;
  for (int n = 0; n < static_cast<int>(in.size()); ++n)
    if (in[n]) out.push_back(n);
  return out;
}

void openFoldsOf(const tell::CallPath& path, int node, std::set<int>& opened, int room) {
  for (std::vector<char> in = visible(path, opened, room); node >= 0 && !in[node]; in = visible(path, opened, room)) {
    int fold = node;
    while (fold >= 0 && !in[fold]) fold = path.nodes()[fold].parent;
    if (fold < 0 || !opened.insert(fold).second) return;
  }
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
