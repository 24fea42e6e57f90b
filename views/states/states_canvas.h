// The states of TCP and the transitions between them. They lie always at the same places; what the socket has gone through is
// drawn strong, what it will go through thin, the rest faint.
#pragma once
#include "engine/tell/sockets/state_machine.h"
#include <optional>
#include <QPolygonF>
#include <QWidget>

namespace sockwalk {

class StatesCanvas final : public QWidget {
  Q_OBJECT
public:
  explicit StatesCanvas(QWidget* parent = nullptr);
  void setWay(std::optional<tell::StateWay> way);

  // ---- where things lie, in px
  QRectF nodeRect(u8 state, bool end = false) const; // end: TCP_CLOSE as the end of a way
  struct Edge {
    u8 from, to;
    QPolygonF line;
    std::vector<int> moves; // of the way, that went along it
  };
  std::vector<Edge> edges() const;
  QRectF labelRect(const Edge& edge, const QString& words) const;
  QString labelOf(const Edge& edge) const;

signals:
  void goTo(sockwalk::EventIndex position);

protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent* event) override;
  bool event(QEvent* event) override;

private:
  int edgeAt(QPointF at, const std::vector<Edge>& edges) const; // that somebody went along
  void paintEdge(QPainter& p, const Edge& edge) const;
  void paintLabel(QPainter& p, const Edge& edge) const;
  void paintNode(QPainter& p, u8 state, bool end) const;
  bool passed(u8 state) const; // it is there, or has been

  std::optional<tell::StateWay> m_way;
};

} // namespace sockwalk
