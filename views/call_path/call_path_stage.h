// The picture of one call path: bands, pills, edges, the token, and cards over them. Knows nothing of the walk: it is
// told a picture, then moments of it, and says which node a person asked for.
#pragma once
#include "engine/tell/calls/call_path.h"
#include "views/call_path/call_path_items.h"
#include "views/call_path/call_path_picture.h"
#include "views/call_path/callout.h"
#include "views/theme/described.h"
#include "views/theme/pan_zoom_view.h"

#include <functional>
#include <memory>
#include <QPainterPath>
#include <QVariantAnimation>

namespace sockwalk {

class CallPathStage final : public PanZoomView, public Described {
  Q_OBJECT
public:
  // Follow: at reading size, scrolled to what runs. Fit: the whole picture. Free: the person has moved it.
  enum class Zoom { Follow, Fit, Free };

  static constexpr double readingScale = 0.92; // of a picture that nobody has zoomed: its type has always the same size

  explicit CallPathStage(QWidget* parent = nullptr);
  // `glide`: functions that both pictures have move to their new places.
  void setPicture(std::shared_ptr<const PathPicture> picture, bool glide = false);
  const PathPicture* picture() const { return m_picture.get(); }
  // `glide`: the token walks from where it was; otherwise it is simply there.
  void setMoment(const tell::PathMoment& moment, const Caption& caption, std::optional<tell::TableCard> card,
                 bool glide);
  const tell::PathMoment& moment() const { return m_moment; }
  const Caption& caption() const { return m_caption; }
  const std::optional<tell::TableCard>& card() const { return m_card; }
  void setZoom(Zoom zoom);
  Zoom zoom() const { return m_zoom; }
  QPointF tokenPosition() const { return m_token->pos(); }
  // Where the cards lie, on the viewport; of this moment.
  std::vector<QRectF> cards();
  std::vector<QRectF> pills() const; // and the functions
  QRectF token() const { return onScreen(m_token->mapRectToScene(m_token->boundingRect())); }
  // What a node gave back last, for who reads the picture as words.
  std::function<QString(int node)> resultOf;
  // Whether a question asks when a function will be called.
  std::function<bool(const std::string& function)> isAsked;
  void select(int node); // as the keys do; -1: none
  std::string selectedName() const { return pillOf(m_selected) ? m_picture->path->nodes()[m_selected].name : ""; }
  bool gliding() const { return m_glide.state() == QAbstractAnimation::Running; }

signals:
  void nodeClicked(int node, bool backward);
  void callsWanted(int node); // each of the calls that are merged in it, or all of them in one again
  void foldWanted(int node);  // what is folded away below it
  void nodeMenu(int node, const QPoint& globalPosition);
  void zoomChanged();

protected:
  void drawBackground(QPainter* painter, const QRectF& rect) override;
  void drawForeground(QPainter* painter, const QRectF& rect) override;
  void clicked(const QPoint& at, Qt::KeyboardModifiers modifiers) override;
  void movedByHand() override;
  void viewChanged() override { m_overlaysOld = true, describedElsewhere(); }
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool viewportEvent(QEvent* event) override;

private:
  struct Overlay {
    QRectF rect, anchor;
    enum What { Words, Table, Result } what;
  };
  Description describe() const override; // call_path_words.cpp
  QString summary() const;
  PillItem* pillAt(const QPoint& viewportPosition) const;
  PillItem* pillOf(int node) const { return m_pills.value(node, nullptr); }
  void applyZoom(bool glide);
  double fitScale() const;
  void bringIntoView(int node, bool glide);
  QPointF restingPlace(int node) const;
  QPainterPath tokenWay(int from, int to) const;
  void moveToken(int from, int to, bool glide);
  void morphFrom(const QHash<int, QPointF>& onScreenBefore);
  void morph(double at);
  void addItems();
  void placeOverlays();
  using Put = std::function<bool(QSizeF size, const QRectF& beside, Overlay::What what)>;
  void drawHeading(QPainter& painter, const PathPicture::Heading& heading, const QRectF& seen) const;
  QString laneName(int section) const;
  QString causeOf(int section) const;
  void placeTable(const QRectF& anchor, const Put& put);
  std::vector<Obstacle> obstacles() const;

  QGraphicsScene m_scene;
  std::shared_ptr<const PathPicture> m_picture;
  QHash<int, PillItem*> m_pills;
  QHash<int, CallEdgeItem*> m_edges; // by callee
  std::vector<JumpItem*> m_jumps;
  TokenItem* m_token;
  tell::PathMoment m_moment;
  Caption m_caption;
  std::optional<tell::TableCard> m_card, m_drawnCard; // the latter in the room that there is
  std::vector<Overlay> m_overlays;
  bool m_overlaysOld = true;
  Zoom m_zoom = Zoom::Follow;
  QVariantAnimation m_glide, m_pan, m_morph;
  QHash<int, QPointF> m_cameFrom; // while morphing: how far each pill is from its place
  QPainterPath m_way;
  int m_selected = -1;
};

} // namespace sockwalk
