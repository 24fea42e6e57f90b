// Cards and arrows of the object graph.
#pragma once
#include "views/objects/objects_model.h"

#include <QGraphicsItem>
#include <QPainterPath>

namespace sockwalk {

class ObjectItem final : public QGraphicsItem {
public:
  enum { Type = UserType + 11 };
  explicit ObjectItem(const ObjectCard& card);
  int type() const override { return Type; }
  void setCard(const ObjectCard& card); // of the same object
  const ObjectCard& card() const { return m_card; }
  void setSelectedCard(bool selected);
  static QSizeF sizeFor(const ObjectCard& card);
  static double rowMiddle(int row); // from the top of the card
  QRectF boundingRect() const override { return QRectF(QPointF(), m_size).adjusted(-4, -4, 4, 4); }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

protected:
  void hoverMoveEvent(QGraphicsSceneHoverEvent* event) override;

private:
  void paintRow(QPainter& painter, const ObjectRow& row, double y) const;
  ObjectCard m_card;
  QSizeF m_size;
  double m_labelWidth = 0;
  bool m_selected = false;
};

class PointerItem final : public QGraphicsItem {
public:
  PointerItem(QPolygonF points, QString text, bool back, bool changed);
  QRectF boundingRect() const override { return m_bounds; }
  QPainterPath shape() const override { return m_shape; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;
  QString text() const { return toolTip(); }

protected:
  void hoverEnterEvent(QGraphicsSceneHoverEvent*) override;
  void hoverLeaveEvent(QGraphicsSceneHoverEvent*) override;

private:
  QPolygonF m_points;
  QPainterPath m_path, m_shape;
  QRectF m_bounds;
  bool m_back, m_changed, m_hovered = false;
};

} // namespace sockwalk
