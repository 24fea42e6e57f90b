#include "views/call_path/call_path_folds.h"
#include <algorithm>

namespace sockwalk {

using Nodes = std::vector<tell::PathNode>;

namespace {

constexpr int RoomInFold = 14; // and in every section but the largest

// `root` (-1: all of its section) and what it calls there, as many whole levels as there is room for; its own callees
// always.
std::vector<int> levelsBelow(const Nodes& nodes, int section, int root, int room) {
  const int base = root < 0 ? 0 : nodes[root].level;
  std::vector<int> family; // by index: callers before callees
  std::vector<char> in(nodes.size(), root < 0);
  if (root >= 0) in[root] = 1;
  std::vector<int> ofLevel(1, 0);
  for (int n = std::max(root, 0); n < static_cast<int>(nodes.size()); ++n) {
    if (nodes[n].section != section) continue;
    if (root >= 0 && n != root && (nodes[n].parent < 0 || !in[nodes[n].parent])) continue;
    in[n] = 1;
    family.push_back(n);
    const auto level = static_cast<std::size_t>(nodes[n].level - base);
    if (level >= ofLevel.size()) ofLevel.resize(level + 1, 0);
    ++ofLevel[level];
  }
  int levels = 0, sum = 0;
  while (levels < static_cast<int>(ofLevel.size()) && (levels < 2 || sum + ofLevel[levels] <= room))
    sum += ofLevel[levels++];
  std::erase_if(family, [&](int n) { return nodes[n].level - base >= levels; });
  return family;
}

int largestSection(const tell::CallPath& path) {
  std::vector<int> sizes(path.sections().size(), 0);
  for (const tell::PathNode& n : path.nodes()) ++sizes[static_cast<std::size_t>(n.section)];
  return static_cast<int>(std::ranges::max_element(sizes) - sizes.begin());
}

std::vector<char> visible(const tell::CallPath& path, const std::set<int>& opened, int room) {
  const Nodes& nodes = path.nodes();
  const bool all = static_cast<int>(nodes.size()) <= room;
  std::vector<char> in(nodes.size(), all);
  if (all) return in;
  const int largest = largestSection(path);
  for (int s = 0; s < static_cast<int>(path.sections().size()); ++s)
    for (const int n : levelsBelow(nodes, s, -1, s == largest ? room : std::min(room, RoomInFold))) in[n] = 1;
  for (const int fold : opened) // callers first: a fold is opened only where it is seen
    if (in[fold])
      for (const int n : levelsBelow(nodes, nodes[fold].section, fold, RoomInFold)) in[n] = 1;
  return in;
}

} // namespace

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
    while (fold >= 0 && !in[fold]) fold = path.nodes()[fold].level ? path.nodes()[fold].parent : -1;
    if (fold < 0 || !opened.insert(fold).second) return;
  }
}

std::vector<int> foldedBelow(const tell::CallPath& path, const std::vector<int>& shown) {
  const Nodes& nodes = path.nodes();
  std::vector<int> out(nodes.size(), 0);
  std::vector<char> in(nodes.size(), 0);
  for (const int n : shown) in[n] = 1;
  for (std::size_t n = nodes.size(); n-- > 0;)
    if (!in[n] && nodes[n].level) out[nodes[n].parent] += out[n] + 1;
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
