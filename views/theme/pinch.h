// Two fingers that are spread or brought together, on a touchpad or a screen.
#pragma once
#include <optional>
#include <QPointF>

class QEvent;
class QWidget;

namespace sockwalk {

struct Pinch {
  double factor;
  QPointF around; // px of the widget
};
// nullopt: the event is something else.
std::optional<Pinch> pinchOf(const QEvent& event, const QWidget& widget);

} // namespace sockwalk
