// The time of one packet as a strip: its way through the layers in proportion, and where it waited as gaps that say how long,
// since it may wait a million times longer than it is worked on.
#pragma once
#include "engine/tell/buffers/buffer_journey.h"
#include <QRectF>
#include <QString>

namespace sockwalk {

struct LatencyPiece {
  QRectF rect;
  tell::BufferSpan span;
  s64 ns;
};
// `perNs`: px; a gap is as wide as its words ask.
std::vector<LatencyPiece> latencyStrip(const Journal& journal, const std::vector<tell::BufferSpan>& spans,
                                       const QRectF& room, double perNs);
double widthOfWaits(const Journal& journal, const std::vector<tell::BufferSpan>& spans); // px

} // namespace sockwalk
