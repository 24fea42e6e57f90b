// Which functions of a call path are drawn where not all have room, and the way from one to another.
#pragma once
#include "engine/tell/calls/call_path.h"
#include <set>

namespace sockwalk {

// The nodes to draw, callers before callees. A path for which there is room is shown whole. A larger one is folded by
// depth, each of its sections for itself, the largest with this room; the folds below the nodes of `opened` are open.
std::vector<int> visibleNodes(const tell::CallPath& path, const std::set<int>& opened, int room);
// What has to be opened besides for `node` to be drawn: nothing that is open closes, so that no step takes a place away.
void openFoldsOf(const tell::CallPath& path, int node, std::set<int>& opened, int room);
// How many functions of its section are folded away below each node that is drawn.
std::vector<int> foldedBelow(const tell::CallPath& path, const std::vector<int>& shown);
// Nodes from `from` up to the caller they share and down to `to`, both included; empty if they share none.
std::vector<int> wayBetween(const tell::CallPath& path, int from, int to);

} // namespace sockwalk
