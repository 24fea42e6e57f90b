// The picture of an object graph. Cards keep their places while nothing is born or freed; where the layout changes
// they move to their new places, so that an eye can follow each.
#pragma once
#include "views/layout/graph_layout.h"
#include "views/objects/objects_items.h"
#include "views/theme/described.h"
#include "views/theme/pan_zoom_view.h"

#include <QHash>
#include <QVariantAnimation>

namespace sockwalk {

class ObjectsStage final : public PanZoomView, public Described {
  Q_OBJECT
public:
  explicit ObjectsStage(QWidget* parent = nullptr);
  // `glide`: what changed place moves there; otherwise all is simply there.
  void setGraph(tell::ObjectGraph graph, bool glide);
  const tell::ObjectGraph& graph() const { return m_graph; }
  const LayoutResult& layout() const { return m_layout; }
  // Auto: the whole picture while it can be read, else what matters. Free: the person has moved it.
  enum class Zoom { Auto, Whole, Free };
  void setZoom(Zoom zoom);
  Zoom zoom() const { return m_zoom; }
  void clear();
  void select(int card); // as the keys do
  int selected() const { return m_selected; }
  ObjectItem* itemOf(u64 address) const { return m_cards.value(address, nullptr); }
  const std::vector<HolderItem*>& holders() const { return m_holders; } // as the graph has them
  int pointerCount() const { return static_cast<int>(m_pointers.size()); }

signals:
  void cardClicked(quint64 address);
  void zoomChanged();

protected:
  void clicked(const QPoint& at, Qt::KeyboardModifiers modifiers) override;
  void movedByHand() override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void viewChanged() override { describedElsewhere(); }
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }
  void drawBackground(QPainter* painter, const QRectF& rect) override;

private:
  Description describe() const override; // objects_words.cpp
  void describeCard(Description& out, int card) const;
  QRect placeOf(const QGraphicsItem& item, const QRectF& part) const;
  std::vector<quint64> signature() const;
  void layOut();
  void placeParts();
  void showCards(bool glide);
  void showHolders();
  void showPointers();
  void applyZoom();
  void morph(double at);

  QGraphicsScene m_scene;
  tell::ObjectGraph m_graph;
  LayoutResult m_layout;
  std::vector<quint64> m_signature; // of the layout: who is there, how large, who points at whom
  QHash<u64, ObjectItem*> m_cards;
  std::vector<ObjectItem*> m_leaving;
  std::vector<PointerItem*> m_pointers;
  std::vector<HolderItem*> m_holders;
  std::vector<QRectF> m_frames; // of the graph's holders
  struct Move {
    ObjectItem* item;
    QPointF from, to;
    bool appearing;
  };
  std::vector<Move> m_moves;
  QVariantAnimation m_morph;
  Zoom m_zoom = Zoom::Auto;
  int m_selected = -1;
};

} // namespace sockwalk
