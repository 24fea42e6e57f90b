// What stands in the scene of the call path: pills for functions, edges for calls, marks of the way to another section,
// and the token that walks.
#pragma once
#include "engine/base/layer.h"
#include "views/theme/paint.h"

#include <QGraphicsItem>
#include <QPolygonF>

namespace sockwalk {

class PillItem final : public QGraphicsItem {
public:
  enum { Type = UserType + 1 };
  // What of it a person points at: its name, how often it was called, how many functions are folded below it.
  enum class Part { None, Name, Times, Fold };

  PillItem(int node, const QRectF& rect, Layer layer, QString name, QString times, bool simplified);
  void setFolded(int functions); // how many below it are not drawn
  Part partAt(const QPointF& scene) const;
  int folded() const { return m_folded; }
  int type() const override { return Type; }
  int node() const { return m_node; }
  QRectF rect() const { return m_rect; } // scene
  Layer layer() const { return m_layer; }
  Tense tense() const { return m_tense; }
  void setTense(Tense tense);
  void setCovered(bool covered); // its name is asked for
  bool covered() const { return m_covered; }
  void setSelectedPill(bool selected); // the keyboard stands on it
  QRectF boundingRect() const override { return m_rect.adjusted(-5, -8, 12, 12); }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;
  // What a pill of this name needs, with room for the simplified mark; `times`: "×3", or nothing.
  static QSizeF sizeFor(const QString& name, const QString& times = {});

private:
  QRectF timesRect() const;
  QRectF foldRect() const;
  void paintTag(QPainter& painter, const QRectF& tag, const QString& text) const;
  int m_node;
  QRectF m_rect;
  Layer m_layer;
  QString m_name, m_times;
  bool m_simplified, m_selected = false, m_covered = false;
  QString m_tip; // while it is covered
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

// Where the way goes on in another section: "→ tcp_v4_rcv ×3". A click goes there.
class JumpItem final : public QGraphicsItem {
public:
  enum { Type = UserType + 2 };
  JumpItem(int to, const QRectF& rect, Layer layer, QString name);
  int type() const override { return Type; }
  int to() const { return m_to; } // the node
  QRectF rect() const { return m_rect; }
  void setTense(Tense tense);
  QRectF boundingRect() const override { return m_rect.adjusted(-2, -2, 2, 2); }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;
  static QSizeF sizeFor(const QString& name, const QString& times);
  static QString words(const QString& name, const QString& times);

private:
  int m_to;
  QRectF m_rect;
  Layer m_layer;
  QString m_name;
  Tense m_tense = Tense::Future;
};

// The dot that says "here": it rests above the running function, where it was entered.
class TokenItem final : public QGraphicsItem {
public:
  static constexpr double radius = 6.5; // with its rim a little more
  TokenItem();
  QRectF boundingRect() const override { return {-radius - 1, -radius - 1, 2 * radius + 2, 2 * radius + 2}; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;
};

} // namespace sockwalk
