// The drawn family: pan, zoom, a click to a birth and a double click to a death. It rests while the walk goes on; what the
// moment changes is how its cards look and which of them stand on one data area.
#pragma once
#include "views/family/family_layout.h"
#include "views/theme/described.h"
#include "views/theme/pan_zoom_view.h"
#include <functional>

namespace sockwalk {

class FamilyStage final : public PanZoomView, public Described {
  Q_OBJECT
public:
  explicit FamilyStage(QWidget* parent = nullptr);
  // `step`: what led to the moment; edges made in it are lit.
  void showFamily(const tell::BufferFamily& family, EventIndex stepFrom, EventIndex stepTo);
  void clear();
  void restyle(); // the size of type has changed
  void setCover(std::function<QString(const QString&)> cover) { m_cover = std::move(cover); }
  const tell::BufferFamily& family() const { return m_family; }
  const FamilyLayout& layout() const { return m_layout; }
  void unfold(int card);
  // Stretches of plinth: neighbours that describe one data area stand on one.
  struct Plinth {
    QRectF rect;
    int area = -1; // -1: nobody has bytes there now
  };
  std::vector<Plinth> plinths() const;
  QRect onViewport(const QRectF& scene) const { return onScreen(scene).toAlignedRect(); }
  enum class Zoom { Auto, Whole, Free };
  void setZoom(Zoom zoom);
  Zoom zoom() const { return m_zoom; }
  QString wordsOf(const Plinth& plinth) const;
  QStringList linesOf(int card) const; // what stands on it

signals:
  void goTo(sockwalk::EventIndex position);
  void focusWanted(quint64 address);
  void refused(const QString& why);
  void zoomChanged();

protected:
  void clicked(const QPoint& at, Qt::KeyboardModifiers modifiers) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void movedByHand() override;
  void viewChanged() override { describedElsewhere(); }
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }
  void focusInEvent(QFocusEvent*) override { viewport()->update(); }
  void focusOutEvent(QFocusEvent*) override { viewport()->update(); }
  void paintEvent(QPaintEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void drawBackground(QPainter* painter, const QRectF& rect) override;

private:
  Description describe() const override;
  void showItem(int item) override;
  void toBirth(int card);
  void toDeath(int card);
  void layOut();
  bool unfoldLooked();
  void applyZoom();
  void bringIntoSight(int card);
  QString relationOf(int card) const;
  QString said(const QString& words) const { return m_cover ? m_cover(words) : words; }
  int lookedCard() const;
  // ---- family_paint.cpp
  void paintCard(QPainter& p, int card) const;
  void paintStripe(QPainter& p, const QRectF& box, const tell::FamilyMember& member) const;
  void paintPlinth(QPainter& p, const Plinth& plinth) const;
  void paintLine(QPainter& p, const FamilyLine& line) const;
  bool faded(int card) const; // nobody of it is there yet, or any more
  QString tipOf(int card) const;

  QGraphicsScene m_scene;
  tell::BufferFamily m_family;
  FamilyLayout m_layout;
  std::set<int> m_unfolded;
  std::function<QString(const QString&)> m_cover;
  EventIndex m_stepFrom = 0, m_stepTo = 0;
  Zoom m_zoom = Zoom::Auto;
  bool m_doubled = false; // the release that follows is no click
};

} // namespace sockwalk
