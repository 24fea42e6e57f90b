#include "app/tour_place.h"
#include <algorithm>
#include <limits>

namespace sockwalk {
namespace {

constexpr int Gap = 10, Edge = 6; // px between bubble and target, and to the window's edge

// Along the target's side, as near to its middle as the window allows.
int along(int middle, int length, int from, int to) {
  return std::clamp(middle - length / 2, from, std::max(from, to - length + 1));
}

// To the right or left of what is high, below or above what is flat, such as a bar; then the other two sides.
QList<QRect> placesFor(const QRect& room, const QRect& target, const QSize& size) {
  const int x = along(target.center().x(), size.width(), room.left(), room.right());
  const int y =
      along(target.top() + std::min(target.height(), size.height()) / 2, size.height(), room.top(), room.bottom());
  const QRect right(QPoint(target.right() + 1 + Gap, y), size),
      left(QPoint(target.left() - Gap - size.width(), y), size);
  const QRect below(QPoint(x, target.bottom() + 1 + Gap), size),
      above(QPoint(x, target.top() - Gap - size.height()), size);
  if (target.height() < size.height()) return {below, above, right, left};
  return {right, left, below, above};
}

QRect broughtInside(QRect place, const QRect& room) {
  place.moveLeft(std::clamp(place.left(), room.left(), std::max(room.left(), room.right() + 1 - place.width())));
  place.moveTop(std::clamp(place.top(), room.top(), std::max(room.top(), room.bottom() + 1 - place.height())));
  return place;
}

int area(const QRect& r) { return r.isEmpty() ? 0 : r.width() * r.height(); }

} // namespace

QRect placeBeside(const QRect& window, const QRect& target, const QList<QSize>& sizes) {
  const QRect room = window.adjusted(Edge, Edge, -Edge, -Edge);
  QRect best;
  int covered = std::numeric_limits<int>::max();
  for (const QSize& size : sizes)
    for (const QRect& place : placesFor(room, target, size)) {
      if (room.contains(place)) return place;
      const QRect inside = broughtInside(place, room);
      if (const int here = area(inside & target); here < covered) best = inside, covered = here;
    }
  return best;
}

} // namespace sockwalk
