// A buffer from head on, drawn small, with pointers that are dragged to where they will stand. Each is a slider of its own:
// Tab goes from one to the next, arrows move it by a byte, Page Up and Page Down by sixteen, and readers are told its place.
#pragma once
#include "engine/tell/lessons/pointers.h"
#include <QAbstractSlider>

namespace sockwalk {

class PointerBar;

class PointerHandle final : public QAbstractSlider {
  Q_OBJECT
public:
  PointerHandle(const QString& name, int at, PointerBar& bar);
  const QString& name() const { return m_name; }
  QString words() const; // "data 16"
  QSize sizeHint() const override;

protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override; // scrolls the lesson
  void sliderChange(SliderChange change) override;

private:
  QString m_name;
  PointerBar& m_bar;
  double m_grip = 0; // px, from where the pointer stands to where it was taken
};

class PointerBar final : public QWidget {
  Q_OBJECT
public:
  PointerBar(const tell::PointerBoard& board, QWidget* parent = nullptr);
  std::vector<tell::Pointer> pointers() const; // as they have been put
  const std::vector<PointerHandle*>& handles() const { return m_handles; }
  double x(double bytes) const; // px
  int byteAt(double x) const;
  void placeHandles();
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

signals:
  void moved();

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override; // the pointer nearest to it comes
  void mouseMoveEvent(QMouseEvent* event) override;

private:
  QRectF box() const; // the buffer
  int rowHeight() const;
  void paintScale(QPainter& painter) const;
  void paintKnown(QPainter& painter) const;
  void paintPoles(QPainter& painter) const;
  PointerHandle* nearest(double x) const;

  tell::PointerBoard m_board;
  std::vector<PointerHandle*> m_handles;
  PointerHandle* m_taken = nullptr;
};

} // namespace sockwalk
