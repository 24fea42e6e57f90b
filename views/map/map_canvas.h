// The map, painted: a box for each part, in the colour of its layer; filled where the walk is, strong where it has been.
#pragma once
#include "engine/tell/map/stack_map.h"
#include <QWidget>

namespace sockwalk {

class MapCanvas final : public QWidget {
  Q_OBJECT
public:
  explicit MapCanvas(QWidget* parent = nullptr);
  void setMoment(tell::MapMoment moment);
  QRectF partRect(int part) const; // px
  int partAt(QPointF at) const;    // -1: none
  int chosen() const { return m_chosen; }
  QString wordsOf(int part) const; // "12 calls · 3 to come"

signals:
  void goTo(sockwalk::EventIndex position);
  void viewWanted(const QString& name);

protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  void focusInEvent(QFocusEvent*) override { update(); }
  void focusOutEvent(QFocusEvent*) override { update(); }

private:
  void paintEdges(QPainter& p) const;
  void paintPart(QPainter& p, int part) const;
  void go(int part); // to its next call, or back to its last
  void choose(int dx, int dy);

  tell::MapMoment m_moment;
  int m_chosen = 0;
};

} // namespace sockwalk
