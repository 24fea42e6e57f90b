// The states of TCP and the transitions between them. They lie always at the same places; what the socket has gone through is
// drawn strong, what it will go through thin, the rest faint.
#pragma once
#include "engine/tell/sockets/state_machine.h"
#include "views/theme/picture_canvas.h"
#include <optional>
#include <QPolygonF>

namespace sockwalk {

class StatesCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  explicit StatesCanvas(QWidget* parent = nullptr);
  void setWay(std::optional<tell::StateWay> way);

  int itemCount() const override { return m_way ? static_cast<int>(m_way->moves.size()) : 0; }
  DescribedItem item(int move) const override;
  int itemHere() const override { return m_way ? m_way->done - 1 : -1; }

  // ---- where things lie, in px of the room
  QRectF nodeRect(u8 state, bool end = false) const; // end: TCP_CLOSE as the end of a way
  struct Edge {
    u8 from, to;
    QPolygonF line;
    std::vector<int> moves; // of the way, that went along it
  };
  std::vector<Edge> edges() const;
  QRectF labelRect(const Edge& edge, const QString& words) const;
  QString labelOf(const Edge& edge) const;

protected:
  QStringList headings() const override;
  QString summary() const override;
  int itemIn(QPointF room) const override; // the first move along the edge that is there
  QRectF rectOfItem(int move) const override;
  void clicked(QPointF room, int move) override;
  QString tipAt(QPointF room, int move) const override;
  void paint(QPainter& painter) override;
  double contentHeight() const override;
  double leastWidth() const override;

private:
  int edgeAt(QPointF at, const std::vector<Edge>& edges) const; // that somebody went along
  void paintEdge(QPainter& p, const Edge& edge) const;
  void paintLabel(QPainter& p, const Edge& edge) const;
  void paintNode(QPainter& p, u8 state, bool end) const;
  bool passed(u8 state) const; // it is there, or has been

  std::optional<tell::StateWay> m_way;
};

} // namespace sockwalk
