// Cards and arrows of the object graph.
#pragma once
#include "engine/tell/objects/objects.h"

#include <QGraphicsItem>
#include <QPainterPath>

namespace sockwalk {

class ObjectItem final : public QGraphicsItem {
public:
  enum { Type = UserType + 11 };
  explicit ObjectItem(const tell::ObjectCard& card);
  int type() const override { return Type; }
  void setCard(const tell::ObjectCard& card); // of the same object
  const tell::ObjectCard& card() const { return m_card; }
  const QString& label(int row) const { return m_labels[std::size_t(row)]; }
  const QString& value(int row) const { return m_values[std::size_t(row)]; }
  void setSelectedCard(bool selected);
  void setLeastWidth(double width); // of parts of one allocation, which stand on one another
  QSizeF size() const { return m_size; }
  static QSizeF sizeFor(const tell::ObjectCard& card);
  static double rowMiddle(int row); // from the top of the card
  QRectF boundingRect() const override { return QRectF(QPointF(), m_size).adjusted(-4, -4, 4, 4); }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

protected:
  void hoverMoveEvent(QGraphicsSceneHoverEvent* event) override;

private:
  void paintRow(QPainter& painter, std::size_t row, double y) const;
  tell::ObjectCard m_card;
  std::vector<QString> m_labels, m_values; // of its rows, in the person's language
  QSizeF m_size;
  double m_labelWidth = 0, m_leastWidth = 0;
  bool m_selected = false;
};

// The frame around the parts of one allocation, with its name above them and the subtraction of container_of() below.
class HolderItem final : public QGraphicsItem {
public:
  HolderItem(const QRectF& rect, const tell::ObjectHolder& holder);
  static double above(); // the parts: room for the name
  static double below(); // them: for the subtraction
  static double leastWidth(const tell::ObjectHolder& holder);
  static constexpr double Margin = 7; // beside them
  QRectF boundingRect() const override { return m_rect.adjusted(-Margin - 2, -2, Margin + 2, 2); }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;
  QString words() const { return m_title + QStringLiteral(": ") + m_subtraction; }

private:
  const QRectF m_rect;
  const QString m_title, m_subtraction;
};

class PointerItem final : public QGraphicsItem {
public:
  PointerItem(QPolygonF points, const QString& text, bool back, bool changed);
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
