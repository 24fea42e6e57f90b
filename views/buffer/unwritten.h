// How room is painted that a pointer has claimed and nobody has written: hatched, in the large picture and in the small ones.
#pragma once
#include <QPainter>
#include <QRectF>

namespace sockwalk {

void paintUnwritten(QPainter& painter, const QRectF& place);
// Memory that is not the packet's at all, where a pointer should not stand.
void paintForeign(QPainter& painter, const QRectF& place);

} // namespace sockwalk
