#include "views/theme/pan_zoom_view.h"
#include "views/theme/pinch.h"

#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace sockwalk {

PanZoomView::PanZoomView(QWidget* parent) : QGraphicsView(parent) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setViewportUpdateMode(FullViewportUpdate);
  setTransformationAnchor(AnchorUnderMouse);
  setRenderHint(QPainter::Antialiasing);
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(240, 180);
  viewport()->grabGesture(Qt::PinchGesture);
}

double PanZoomView::scaleToFit(const QSizeF& picture, double largest) const {
  if (picture.isEmpty()) return 1;
  const double w = (viewport()->width() - 2 * stageMargin) / picture.width();
  const double h = (viewport()->height() - 2 * stageMargin) / picture.height();
  return std::clamp(std::min(w, h), 0.08, largest);
}

void PanZoomView::setScale(double scale) {
  const auto anchor = transformationAnchor();
  setTransformationAnchor(NoAnchor);
  setTransform(QTransform::fromScale(scale, scale));
  setTransformationAnchor(anchor);
  viewChanged();
}

void PanZoomView::zoomBy(double factor) {
  const double now = transform().m11(), next = std::clamp(now * factor, 0.1, 3.0);
  movedByHand();
  scale(next / now, next / now);
  viewChanged();
  viewport()->update();
}

void PanZoomView::wheelEvent(QWheelEvent* event) {
  const int turned = event->angleDelta().y() ? event->angleDelta().y() : event->angleDelta().x();
  zoomBy(std::pow(1.15, turned / 120.0));
  event->accept();
}

bool PanZoomView::viewportEvent(QEvent* event) {
  if (const auto pinch = pinchOf(*event, *viewport())) {
    zoomBy(pinch->factor);
    return event->accept(), true;
  }
  return QGraphicsView::viewportEvent(event);
}

void PanZoomView::mousePressEvent(QMouseEvent* event) {
  m_pressed = event->pos();
  m_dragging = false;
}

void PanZoomView::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & (Qt::LeftButton | Qt::MiddleButton))) return QGraphicsView::mouseMoveEvent(event);
  const QPoint by = event->pos() - m_pressed;
  if (!m_dragging && by.manhattanLength() < QApplication::startDragDistance()) return;
  if (!m_dragging) movedByHand();
  m_dragging = true;
  m_pressed = event->pos();
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
  verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
  viewport()->setCursor(Qt::ClosedHandCursor);
}

void PanZoomView::mouseReleaseEvent(QMouseEvent* event) {
  if (m_dragging) viewport()->unsetCursor();
  else if (event->button() == Qt::LeftButton) clicked(event->pos(), event->modifiers());
  m_dragging = false;
}

void PanZoomView::scrollContentsBy(int dx, int dy) {
  QGraphicsView::scrollContentsBy(dx, dy);
  viewChanged();
  viewport()->update();
}

} // namespace sockwalk
