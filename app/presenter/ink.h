// The teacher's pen and pointer over a window: lines drawn with the mouse, and a dot that the last row sees. It covers the
// window, and lets the mouse through unless the pen is out.
#pragma once
#include <QPainterPath>
#include <QWidget>

namespace sockwalk {

class Ink final : public QWidget {
  Q_OBJECT
public:
  explicit Ink(QWidget* window);
  bool pen() const { return m_pen; }
  void setPen(bool out);
  bool pointer() const { return m_pointer; }
  void setPointer(bool seen);
  void erase();
  int lines() const { return int(m_lines.size()); }

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

private:
  void point(QPoint at);
  QRect dot() const;

  std::vector<QPainterPath> m_lines;
  QPoint m_at{-100, -100}; // of the pointer
  bool m_pen = false, m_pointer = false;
};

} // namespace sockwalk
