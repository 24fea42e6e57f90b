#include "views/call_path/call_path_stage.h"
#include "engine/tell/in_words.h"
#include "views/call_path/call_path_folds.h"
#include "views/walk/text.h"

#include "engine/memory/symbols.h"
#include "engine/tell/source/source_frames.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>

#include <algorithm>
#include <array>

namespace sockwalk {

namespace {

// VFS stands where the calls meet it: below the socket layer when sockets call it (socket), above it when it calls
// sockets (read, close).
std::vector<Layer> bandOrder(const tell::CallPath& path) {
  int down = 0, up = 0;
  for (const tell::PathNode& n : path.nodes()) {
    if (n.parent < 0) continue;
    const Layer caller = path.nodes()[n.parent].layer;
    if (caller == Layer::Socket && n.layer == Layer::Vfs) ++down;
    if (caller == Layer::Vfs && n.layer == Layer::Socket) ++up;
  }
  std::vector<Layer> order(allLayers.begin(), allLayers.end());
  if (down > up) std::swap(order[1], order[2]);
  return order;
}

QString functionTip(const tell::PathNode& node) {
  if (node.function < 0) return text(node.name).toHtmlEscaped();
  const FunctionInfo& f = Symbols::get().function(static_cast<u16>(node.function));
  QString tip = QStringLiteral("<b>%1</b>(%2)<br>%3:%4")
                    .arg(text(f.name), text(f.argumentNames).toHtmlEscaped(), text(f.file))
                    .arg(f.line);
  if (node.calls.size() > 1) tip += "<br>" + CallPathStage::tr("called %1 times from here").arg(node.calls.size());
  if (const auto simplified = tell::simplification(f.name); !simplified.empty())
    tip += "<br>" + CallPathStage::tr("≈ simplified: %1").arg(shown(simplified).toHtmlEscaped());
  return tip;
}

bool isSimplified(const tell::PathNode& node) {
  return node.function >= 0 &&
         !Symbols::get().simplified(Symbols::get().function(static_cast<u16>(node.function)).name).empty();
}

QString shownName(const tell::PathNode& node) {
  QString name = text(node.name);
  if (node.function < 0 && name.size() > 56) name = name.left(55) + QStringLiteral("…");
  if (node.calls.size() > 1) name += QStringLiteral(" ×%1").arg(node.calls.size());
  return name;
}

} // namespace

std::shared_ptr<const PathPicture> layOut(std::shared_ptr<const tell::CallPath> path, std::vector<int> shown,
                                          double maxRowWidth, double spread) {
  auto picture = std::make_shared<PathPicture>();
  picture->bandLayers = bandOrder(*path);
  std::vector<LayoutNode> nodes;
  std::vector<LayoutEdge> edges;
  std::vector<char> in(path->nodes().size(), 0);
  for (int n : shown) {
    const tell::PathNode& node = path->nodes()[n];
    const auto band = std::find(picture->bandLayers.begin(), picture->bandLayers.end(), node.layer);
    nodes.push_back({n, PillItem::sizeFor(shownName(node)), static_cast<int>(band - picture->bandLayers.begin())});
    in[n] = 1;
    if (node.parent < 0 || !in[node.parent]) continue;
    edges.push_back({node.parent, n, 1 + std::min(node.below, 60)});
    picture->edgeTargets.push_back(n);
  }
  LayoutOptions options;
  options.maxRowWidth = maxRowWidth;
  options.nodeGap = theme().scaled(12);
  options.rowGap = theme().scaled(16) + spread;
  options.bandPadBefore = theme().scaled(18) + spread * 0.4;
  options.bandPadAfter = theme().scaled(11) + spread * 0.4;
  options.bandPadSide = 10;
  picture->layout = layoutGraph(nodes, edges, options);
  picture->path = std::move(path);
  picture->shown = std::move(shown);
  return picture;
}

CallPathStage::CallPathStage(QWidget* parent) : PanZoomView(parent), m_token(new TokenItem) {
  setScene(&m_scene);
  m_scene.addItem(m_token);
  m_token->hide();
  setAccessibleName(tr("Call path"));
  m_glide.setStartValue(0.0);
  m_glide.setEndValue(1.0);
  connect(&m_glide, &QVariantAnimation::valueChanged, this, [this](const QVariant& v) {
    if (!m_way.isEmpty()) m_token->setPos(m_way.pointAtPercent(std::clamp(v.toDouble(), 0.0, 1.0)));
  });
  connect(&m_morph, &QVariantAnimation::valueChanged, this, [this](const QVariant& v) { morph(v.toDouble()); });
  connect(&m_pan, &QVariantAnimation::valueChanged, this, [this](const QVariant& v) { centerOn(v.toPointF()); });
}

void CallPathStage::setPicture(std::shared_ptr<const PathPicture> picture, bool glide) {
  m_glide.stop();
  m_pan.stop();
  m_morph.stop();
  const bool samePath = m_picture && picture && m_picture->path == picture->path;
  QHash<int, QPointF> before;
  for (auto it = m_pills.begin(); samePath && it != m_pills.end(); ++it)
    before.insert(it.key(), onScreen((*it)->rect()).center());
  qDeleteAll(m_pills);
  qDeleteAll(m_edges);
  m_pills.clear();
  m_edges.clear();
  m_cameFrom.clear();
  if (!samePath) m_moment = {};
  m_picture = std::move(picture);
  m_token->hide();
  m_overlaysOld = true;
  viewport()->update();
  if (!m_picture) return;
  addItems();
  // Room around it, so that any node can stand in the middle.
  m_scene.setSceneRect(QRectF(QPointF(), m_picture->layout.size).adjusted(-3000, -3000, 3000, 3000));
  if (m_zoom == Zoom::Free && !samePath) m_zoom = Zoom::Follow;
  applyZoom(false);
  if (glide && samePath) morphFrom(before);
}

void CallPathStage::addItems() {
  // A fold's count stands on the function whose callees are missing, not on all that called it.
  std::vector<int> below(m_picture->path->nodes().size(), 0);
  for (int n : m_picture->shown)
    if (const int up = m_picture->path->nodes()[n].parent; up >= 0) below[up] += m_picture->path->nodes()[n].below + 1;
  for (std::size_t e = 0; e < m_picture->edgeTargets.size(); ++e) {
    auto* edge = new CallEdgeItem(m_picture->layout.edges[e].points);
    m_scene.addItem(edge);
    m_edges.insert(m_picture->edgeTargets[e], edge);
  }
  for (int n : m_picture->shown) {
    const tell::PathNode& node = m_picture->path->nodes()[n];
    auto* pill = new PillItem(n, m_picture->layout.nodes.value(n), node.layer, shownName(node), isSimplified(node));
    const int folded = node.below - below[n];
    pill->setFolded(folded);
    QString tip = functionTip(node);
    if (folded) tip += "<br>" + tr("folded below it: %1; step into it to see them").arg(folded);
    pill->setToolTip(tip);
    m_scene.addItem(pill);
    m_pills.insert(n, pill);
  }
}

// The pills start where they stood on the screen, in whatever scale that was, and move to their places.
void CallPathStage::morphFrom(const QHash<int, QPointF>& before) {
  for (auto it = m_pills.begin(); it != m_pills.end(); ++it)
    if (before.contains(it.key()))
      m_cameFrom.insert(it.key(), mapToScene(before[it.key()].toPoint()) - (*it)->rect().center());
  m_morph.setStartValue(0.0);
  m_morph.setEndValue(1.0);
  morph(0);
  Motion::run(m_morph, Motion::Pace::Slow);
  if (m_morph.state() != QAbstractAnimation::Running) morph(1); // reduced motion
}

void CallPathStage::morph(double at) {
  for (auto it = m_pills.begin(); it != m_pills.end(); ++it) {
    if (m_cameFrom.contains(it.key())) (*it)->setPos(m_cameFrom[it.key()] * (1 - at));
    else (*it)->setOpacity(at);
  }
  for (CallEdgeItem* edge : m_edges) edge->setOpacity(at * at);
}

void CallPathStage::setMoment(const tell::PathMoment& moment, const Caption& caption,
                              std::optional<tell::TableCard> card, bool glide) {
  const int before = m_moment.running;
  m_moment = moment;
  m_caption = caption;
  m_card = std::move(card);
  for (auto it = m_pills.begin(); it != m_pills.end(); ++it) {
    const Tense tense = moment.tenses[static_cast<std::size_t>(it.key())];
    it.value()->setTense(tense);
    if (CallEdgeItem* edge = m_edges.value(it.key())) edge->setTense(tense == Tense::Running ? Tense::Active : tense);
  }
  if (before != moment.running || !glide) moveToken(before, moment.running, glide);
  bringIntoView(moment.running, glide);
  m_overlaysOld = true;
  viewport()->update();
}

// ---- the token

QPointF CallPathStage::restingPlace(int node) const {
  if (const CallEdgeItem* edge = m_edges.value(node); edge && edge->points().size() > 3) return edge->points().last();
  const PillItem* pill = pillOf(node);
  return pill ? QPointF(pill->rect().center().x(), pill->rect().top()) : QPointF();
}

QPainterPath CallPathStage::tokenWay(int from, int to) const {
  const std::vector<int> nodes = m_picture ? wayBetween(*m_picture->path, from, to) : std::vector<int>{};
  QPainterPath way;
  if (nodes.size() < 2 || nodes.size() > 9) return way;
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    const bool down = m_picture->path->nodes()[nodes[i]].parent == nodes[i - 1];
    const CallEdgeItem* edge = m_edges.value(down ? nodes[i] : nodes[i - 1]);
    if (!edge || edge->points().size() < 4) return {};
    const QPainterPath along = bezierPath(edge->points());
    if (way.isEmpty()) way = down ? along : along.toReversed();
    else way.connectPath(down ? along : along.toReversed());
  }
  // It comes to rest where the running function was entered, not at its lower edge.
  if (QLineF(way.currentPosition(), restingPlace(to)).length() > 1) way.lineTo(restingPlace(to));
  return way;
}

void CallPathStage::moveToken(int from, int to, bool glide) {
  m_glide.stop();
  const PillItem* pill = pillOf(to);
  m_token->setVisible(pill != nullptr);
  if (!pill) return;
  m_token->setLayer(pill->layer());
  m_way = glide ? tokenWay(from, to) : QPainterPath();
  m_token->setPos(m_way.isEmpty() ? restingPlace(to) : m_way.pointAtPercent(0));
  if (m_way.isEmpty()) return;
  Motion::run(m_glide, m_way.elementCount() > 12 ? Motion::Pace::Slow : Motion::Pace::Normal);
  if (!gliding()) m_token->setPos(restingPlace(to)); // reduced motion
}

// ---- zoom

double CallPathStage::fitScale() const { return m_picture ? scaleToFit(m_picture->layout.size, 1.15) : 1; }

void CallPathStage::setZoom(Zoom zoom) {
  m_zoom = zoom;
  applyZoom(true);
  emit zoomChanged();
}

void CallPathStage::applyZoom(bool glide) {
  if (!m_picture) return;
  if (m_zoom == Zoom::Fit) {
    const double fit = fitScale();
    m_pan.stop();
    setScale(fit);
    // From the top: what room is left stands below the last band.
    const double height = viewport()->height() / fit;
    centerOn(m_picture->layout.size.width() / 2,
             std::max(m_picture->layout.size.height() / 2, height / 2 - stageMargin));
  } else if (m_zoom == Zoom::Follow) {
    setScale(readingScale);
    bringIntoView(m_moment.running >= 0 ? m_moment.running : 0, glide);
  }
}

void CallPathStage::bringIntoView(int node, bool glide) {
  const PillItem* pill = pillOf(node);
  if (!pill || m_zoom != Zoom::Follow) return;
  const QRectF seen = this->seen();
  const double dx = stageMargin, dy = std::min(seen.height() * 0.12, 3 * pill->rect().height());
  const QRectF calm = seen.adjusted(dx, dy, -dx, -dy);
  const QRectF size(QPointF(), m_picture->layout.size);
  QPointF target = seen.center();
  const QRectF pillRect = pill->rect();
  if (!glide || !seen.intersects(size)) target = pillRect.center();
  if (pillRect.left() < calm.left() || pillRect.right() > calm.right()) target.setX(pillRect.center().x());
  if (pillRect.top() < calm.top() || pillRect.bottom() > calm.bottom()) target.setY(pillRect.center().y());
  // No emptier than needed: the picture's own edges stay at the stage's edges.
  // What room is left over stands below the last band.
  const auto hold = [](double at, double half, double length, double small) {
    return length <= 2 * half ? small : std::clamp(at, half - stageMargin, length - half + stageMargin);
  };
  target = {hold(target.x(), seen.width() / 2, size.width(), size.width() / 2),
            hold(target.y(), seen.height() / 2, size.height(), seen.height() / 2 - stageMargin)};
  m_pan.stop();
  if (!glide || Motion::reduced() || QLineF(target, seen.center()).length() < 1) return centerOn(target);
  m_pan.setStartValue(seen.center());
  m_pan.setEndValue(target);
  Motion::run(m_pan, Motion::Pace::Slow);
}

void CallPathStage::resizeEvent(QResizeEvent* event) {
  PanZoomView::resizeEvent(event);
  applyZoom(false);
  m_overlaysOld = true;
}

// ---- mouse and keys

PillItem* CallPathStage::pillAt(const QPoint& at) const {
  for (QGraphicsItem* item : items(at))
    if (auto* pill = qgraphicsitem_cast<PillItem*>(item))
      if (pill->rect().contains(mapToScene(at))) return pill;
  return nullptr;
}

void CallPathStage::clicked(const QPoint& at, Qt::KeyboardModifiers modifiers) {
  if (PillItem* pill = pillAt(at)) emit nodeClicked(pill->node(), modifiers & Qt::ShiftModifier);
}

void CallPathStage::movedByHand() {
  m_zoom = Zoom::Free;
  m_pan.stop();
  emit zoomChanged();
}

void CallPathStage::contextMenuEvent(QContextMenuEvent* event) {
  const PillItem* pill = event->reason() == QContextMenuEvent::Keyboard ? pillOf(m_selected) : pillAt(event->pos());
  if (!pill) return;
  const QPoint at = event->reason() == QContextMenuEvent::Keyboard
                        ? viewport()->mapToGlobal(mapFromScene(pill->rect().bottomLeft()))
                        : event->globalPos();
  emit nodeMenu(pill->node(), at);
}

void CallPathStage::select(int node) {
  if (PillItem* old = pillOf(m_selected)) old->setSelectedPill(false);
  m_selected = node;
  PillItem* pill = pillOf(node);
  if (!pill) return;
  pill->setSelectedPill(true);
  setAccessibleDescription(text(m_picture->path->nodes()[node].name));
  ensureVisible(pill->rect(), 40, 40);
}

void CallPathStage::keyPressEvent(QKeyEvent* event) {
  const auto& shown = m_picture ? m_picture->shown : std::vector<int>{};
  const auto at = std::find(shown.begin(), shown.end(), m_selected >= 0 ? m_selected : m_moment.running);
  switch (event->key()) {
  case Qt::Key_Down:
  case Qt::Key_Right:
    if (at != shown.end() && at + 1 != shown.end()) select(*(at + 1));
    return;
  case Qt::Key_Up:
  case Qt::Key_Left:
    if (at != shown.end() && at != shown.begin()) select(*(at - 1));
    return;
  case Qt::Key_Return:
  case Qt::Key_Enter:
    if (m_selected >= 0) emit nodeClicked(m_selected, event->modifiers() & Qt::ShiftModifier);
    return;
  case Qt::Key_Plus:
  case Qt::Key_Equal: return zoomBy(1.2);
  case Qt::Key_Minus: return zoomBy(1 / 1.2);
  case Qt::Key_0: return setZoom(Zoom::Fit);
  default: return event->ignore(); // the window's: not for the scroll area
  }
}

// ---- painting

void CallPathStage::drawBackground(QPainter* painter, const QRectF& rect) {
  painter->fillRect(rect, theme().color(Role::Card));
  if (!m_picture) return;
  // Bands reach from side to side of the stage, and keep their names in sight, wherever it is moved.
  const QRectF seen = this->seen();
  const double inset = 6 / transform().m11();
  const auto& bands = m_picture->layout.bands;
  for (std::size_t b = 0; b < bands.size(); ++b) {
    QRectF band = bands[b].rect;
    band.setLeft(seen.left() + inset);
    band.setRight(seen.right() - inset);
    if (b + 1 == bands.size()) band.setBottom(std::max(band.bottom(), seen.bottom() - inset));
    const Layer layer = m_picture->bandLayers[static_cast<std::size_t>(bands[b].band)];
    drawBand(*painter, band, layer, shown(tell::layerText(layer)));
  }
}

std::vector<Obstacle> CallPathStage::obstacles() const {
  std::vector<Obstacle> out;
  for (const PillItem* pill : m_pills) {
    out.push_back({onScreen(pill->rect()), NeverCovered});
  }
  for (const CallEdgeItem* edge : m_edges) {
    if (edge->tense() != Tense::Active) continue;
    const QPainterPath line = bezierPath(edge->points());
    for (double t = 0.1; t < 1; t += 0.2) {
      const QPointF p = mapFromScene(line.pointAtPercent(t));
      out.push_back({QRectF(p.x() - 5, p.y() - 5, 10, 10), 12});
    }
  }
  const auto& bands = m_picture->layout.bands;
  for (const BandBox& band : bands) // the layers' names
    out.push_back({QRectF(QPointF(0, mapFromScene(band.rect.topLeft()).y()), QSizeF(70, 20)), 4});
  return out;
}

void CallPathStage::placeOverlays() {
  m_overlaysOld = false;
  m_overlays.clear();
  const PillItem* running = m_picture ? pillOf(m_moment.running) : nullptr;
  if (!running) return;
  const QRectF bounds = QRectF(viewport()->rect()).adjusted(stageMargin, stageMargin, -stageMargin, -stageMargin);
  const QRectF anchor = onScreen(running->rect());
  if (!bounds.intersects(anchor)) return; // looked away
  std::vector<Obstacle> taken = obstacles();
  // Nothing lies on a function: what finds no room beside them is left to the words at the left.
  const auto put = [&](QSizeF size, const QRectF& beside, Overlay::What what) {
    const QRectF rect = placeCallout(size, beside, taken, bounds);
    if (!coversNothing(rect, beside, taken)) return false;
    m_overlays.push_back({rect, beside, what});
    taken.push_back({rect.adjusted(-6, -6, 6, 6), NeverCovered});
    return true;
  };
  placeTable(anchor, put);
  const PillItem* returned = m_moment.result.empty() ? nullptr : pillOf(m_moment.returned);
  if (returned) {
    const QFontMetricsF metrics(theme().mono(11.5, QFont::Bold));
    put({metrics.horizontalAdvance(QStringLiteral("= ") + text(m_moment.result)) + 14, metrics.height() + 4},
        onScreen(returned->rect()), Overlay::Result);
  }
  if (!m_caption.isEmpty()) put(captionSize(m_caption, theme().scaled(330)), anchor, Overlay::Words);
}

void CallPathStage::placeTable(const QRectF& anchor, const Put& put) {
  m_drawnCard = m_card;
  if (!m_card || put(tableCardSize(*m_card), anchor, Overlay::Table)) return;
  for (tell::TableCard& smaller : smallerCards(*m_card)) {
    if (!put(tableCardSize(smaller), anchor, Overlay::Table)) continue;
    m_drawnCard = std::move(smaller);
    return;
  }
}

std::vector<QRectF> CallPathStage::cards() {
  if (m_overlaysOld) placeOverlays();
  std::vector<QRectF> out;
  for (const Overlay& o : m_overlays) out.push_back(o.rect);
  return out;
}

std::vector<QRectF> CallPathStage::pills() const {
  std::vector<QRectF> out;
  for (const PillItem* pill : m_pills) out.push_back(onScreen(pill->rect()));
  return out;
}

void CallPathStage::drawForeground(QPainter* painter, const QRectF&) {
  if (m_overlaysOld) placeOverlays();
  painter->save();
  painter->resetTransform();
  for (const Overlay& o : m_overlays) drawLeader(*painter, o.rect, o.anchor);
  for (const Overlay& o : m_overlays) {
    if (o.what == Overlay::Words) drawCaption(*painter, o.rect, m_caption);
    else if (o.what == Overlay::Table) drawTableCard(*painter, o.rect, *m_drawnCard);
    else {
      painter->setRenderHint(QPainter::Antialiasing);
      painter->setPen(QPen(theme().color(Role::AccentLine), 1));
      painter->setBrush(theme().color(Role::AccentTint));
      painter->drawRoundedRect(o.rect, 4, 4);
      painter->setFont(theme().mono(11.5, QFont::Bold));
      painter->setPen(theme().color(Role::Accent));
      painter->drawText(o.rect, Qt::AlignCenter, QStringLiteral("= ") + text(m_moment.result));
    }
  }
  painter->restore();
}

} // namespace sockwalk
