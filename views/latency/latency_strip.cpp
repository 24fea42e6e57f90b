#include "views/latency/latency_strip.h"
#include "engine/tell/values.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QFontMetricsF>

namespace sockwalk {

static s64 lengthOf(const Journal& journal, const tell::BufferSpan& span) {
  return journal.timeAt(span.to) - journal.timeAt(span.from);
}

static double gapWidth(const Journal& journal, const tell::BufferSpan& span) {
  return QFontMetricsF(theme().sans(10.5)).horizontalAdvance(text(tell::duration(lengthOf(journal, span)))) +
         theme().scaled(12);
}

double widthOfWaits(const Journal& journal, const std::vector<tell::BufferSpan>& spans) {
  double width = 0;
  for (const tell::BufferSpan& span : spans)
    if (span.waiting) width += gapWidth(journal, span);
  return width;
}

std::vector<LatencyPiece> latencyStrip(const Journal& journal, const std::vector<tell::BufferSpan>& spans,
                                       const QRectF& room, double perNs) {
  std::vector<LatencyPiece> out;
  double x = room.left();
  for (const tell::BufferSpan& span : spans) {
    const s64 ns = lengthOf(journal, span);
    const double width = span.waiting ? gapWidth(journal, span) : double(ns) * perNs;
    out.push_back({{x, room.top(), width, room.height()}, span, ns});
    x += width;
  }
  return out;
}

} // namespace sockwalk
