// How the stretch of the buffer that a packet ever uses is laid out from left to right: the large picture and the small ones
// of its journey have the same proportions.
#pragma once
#include "engine/tell/buffers/buffer_shape.h"
#include "views/buffer/offset_scale.h"

namespace sockwalk {

constexpr double NarrowestStrip = 210; // px at type of normal size: a pane beside another has this

// `bands`: all that the packet will have between `from` and `to`.
OffsetScale stripScale(u32 from, u32 to, const std::vector<tell::BufferBand>& bands, double left, double width);

} // namespace sockwalk
