// The map, painted: a box for each part, in the colour of its layer; filled where the walk is, strong where it has been.
#pragma once
#include "engine/tell/map/stack_map.h"
#include "views/theme/picture_canvas.h"

namespace sockwalk {

class MapCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  explicit MapCanvas(QWidget* parent = nullptr);
  void setMoment(tell::MapMoment moment);
  QRectF partRect(int part) const; // px of the room
  QRectF linkRect(int part) const; // of the name of the view that shows more of it; empty: there is no room
  int chosen() const { return std::max(0, stoodOn()); }
  int itemCount() const override { return static_cast<int>(tell::stackMap().size()); }
  DescribedItem item(int part) const override;
  int itemHere() const override;
  QString wordsOf(int part) const; // "12 calls · 3 to come"

signals:
  void viewWanted(const QString& name);

protected:
  QStringList headings() const override;
  QString summary() const override;
  QRectF rectOfItem(int part) const override { return partRect(part); }
  void clicked(QPointF room, int part) override;
  QString tipAt(QPointF room, int part) const override;
  void paint(QPainter& painter) override;
  double contentHeight() const override;
  double leastWidth() const override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

private:
  void paintEdges(QPainter& p) const;
  void paintPart(QPainter& p, int part) const;
  void paintLink(QPainter& p, int part, const QColor& colour) const;
  EventIndex callOf(int part) const; // its next one, or its last; NoEvent
  void choose(int dx, int dy);

  tell::MapMoment m_moment;
};

} // namespace sockwalk
