// Structures of Linux 6.12, which is not played here: only where their members lie, from assets/layout-6.12.
#pragma once
#include "engine/memory/layout.h"

namespace sockwalk::tell {

std::span<const LayoutInfo> laterLayouts(); // by name

} // namespace sockwalk::tell
