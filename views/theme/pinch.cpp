#include "views/theme/pinch.h"
#include <QGestureEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QWidget>

namespace sockwalk {

std::optional<Pinch> pinchOf(const QEvent& event, const QWidget& widget) {
  if (event.type() == QEvent::NativeGesture) {
    const auto& gesture = static_cast<const QNativeGestureEvent&>(event);
    if (gesture.gestureType() != Qt::ZoomNativeGesture) return std::nullopt;
    return Pinch{1 + gesture.value(), gesture.position()};
  }
  if (event.type() != QEvent::Gesture) return std::nullopt;
  const auto* pinch =
      static_cast<const QPinchGesture*>(static_cast<const QGestureEvent&>(event).gesture(Qt::PinchGesture));
  if (!pinch) return std::nullopt;
  return Pinch{pinch->scaleFactor(), widget.mapFromGlobal(pinch->hotSpot())};
}

} // namespace sockwalk
