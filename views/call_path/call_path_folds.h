// Which functions of a call path are drawn where not all have room, and the way from one to another.
#pragma once
#include "engine/tell/calls/call_path.h"

namespace sockwalk {

// The nodes to draw while `running` runs, about `room` of them, callers before callees. A small path is shown whole.
// A larger one is folded by depth; where the running function lies in a fold, that fold is open, and what does
// not fit beside it any more is folded instead. So the picture changes only where a fold is entered or left.
std::vector<int> visibleNodes(const tell::CallPath& path, int running, int room);
// Nodes from `from` up to the caller they share and down to `to`, both included; empty if they share none.
std::vector<int> wayBetween(const tell::CallPath& path, int from, int to);

} // namespace sockwalk
