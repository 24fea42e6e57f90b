// What stands in the scene of the call path: pills for functions, edges for calls, and the token that walks.
#pragma once
#include "engine/base/layer.h"
#include "views/theme/paint.h"

#include <QGraphicsItem>
#include <QPolygonF>

namespace sockwalk {

class PillItem final : public QGraphicsItem {
public:
  enum { Type = UserType + 1 };
  PillItem(int node, const QRectF& rect, Layer layer, QString name, bool simplified);
  void setRect(const QRectF& rect);
  void setFolded(int functions); // how many below it are not drawn
  int type() const override { return Type; }
  int node() const { return m_node; }
  QRectF rect() const { return m_rect; } // scene
  Layer layer() const { return m_layer; }
  Tense tense() const { return m_tense; }
  void setTense(Tense tense);
  void setSelectedPill(bool selected); // the keyboard stands on it
  QRectF boundingRect() const override { return m_rect.adjusted(-5, -8, 12, 12); }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;
  // What a pill of this name needs, with room for the simplified mark.
  static QSizeF sizeFor(const QString& name);

private:
  int m_node;
  QRectF m_rect;
  Layer m_layer;
  QString m_name;
  bool m_simplified, m_selected = false;
  int m_folded = 0;
  Tense m_tense = Tense::Future;
};

class CallEdgeItem final : public QGraphicsItem {
public:
  explicit CallEdgeItem(QPolygonF points);
  const QPolygonF& points() const { return m_points; }
  Tense tense() const { return m_tense; }
  void setTense(Tense tense);
  QRectF boundingRect() const override { return m_bounds; }
  QPainterPath shape() const override { return {}; } // never in the way of a click
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
  QPolygonF m_points;
  QRectF m_bounds;
  Tense m_tense = Tense::Future;
};

// The dot that says "here": it rests where the running function was entered.
class TokenItem final : public QGraphicsItem {
public:
  TokenItem();
  void setLayer(Layer layer);
  QRectF boundingRect() const override { return {-9, -9, 18, 18}; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
  Layer m_layer = Layer::User;
};

} // namespace sockwalk
