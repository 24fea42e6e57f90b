// What Qt tells screen readers of a canvas that is Described: the canvas itself, and each of its items as a child with
// name, description, role, place, state and what can be done with it.
#pragma once

namespace sockwalk {

void installAccessibleCanvases(); // once; every Described calls it

} // namespace sockwalk
