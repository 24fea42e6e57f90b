// Where a bubble stands beside what it speaks of: inside the window, and never on it. Plain geometry, without a widget.
#pragma once
#include <QList>
#include <QRect>
#include <QSize>

namespace sockwalk {

// `sizes`: how large the bubble would like to be, then how large it could be instead, each narrower than the one before.
// `target`: what it speaks of. Where no size fits beside it, the bubble stands where it covers the least.
QRect placeBeside(const QRect& window, const QRect& target, const QList<QSize>& sizes);

} // namespace sockwalk
