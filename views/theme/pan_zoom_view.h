// A stage that is moved with the mouse: drag to pan, wheel to zoom, click to act. What several views share, so that
// every picture of the program feels the same under the hand.
#pragma once
#include <QGraphicsView>

namespace sockwalk {

class PanZoomView : public QGraphicsView {
  Q_OBJECT
public:
  explicit PanZoomView(QWidget* parent = nullptr);

protected:
  static constexpr double stageMargin = 10; // px around a picture that is shown whole

  virtual void clicked(const QPoint& viewportPosition, Qt::KeyboardModifiers modifiers) = 0;
  virtual void movedByHand() = 0; // the person has panned or zoomed
  virtual void viewChanged() {}   // whatever stands at fixed places over the scene must be placed anew
  void zoomBy(double factor);     // around the mouse, or the middle
  void setScale(double scale);    // the middle stays
  QRectF onScreen(const QRectF& scene) const { return mapFromScene(scene).boundingRect(); }
  QRectF seen() const { return mapToScene(viewport()->rect()).boundingRect(); } // scene
  // The scale at which a picture of this size fills the stage.
  double scaleToFit(const QSizeF& picture, double largest) const;

  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  bool viewportEvent(QEvent* event) override;

private:
  QPoint m_pressed;
  bool m_dragging = false;
};

} // namespace sockwalk
