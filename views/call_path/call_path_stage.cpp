#include "views/call_path/call_path_stage.h"
#include "engine/tell/in_words.h"
#include "views/call_path/call_path_folds.h"
#include "views/walk/text.h"

#include "engine/memory/symbols.h"
#include "engine/tell/source/source_frames.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace sockwalk {

namespace {

QString functionTip(const tell::PathNode& node) {
  if (node.function < 0) return text(node.name).toHtmlEscaped();
  const FunctionInfo& f = Symbols::get().function(static_cast<u16>(node.function));
  QString tip = QStringLiteral("<b>%1</b>(%2)<br>%3:%4")
                    .arg(text(f.name), text(f.argumentNames).toHtmlEscaped(), text(f.file))
                    .arg(f.line);
  if (node.calls.size() > 1) tip += "<br>" + CallPathStage::tr("called %1 times from here").arg(node.calls.size());
  if (const auto simplified = tell::simplification(f); !simplified.empty())
    tip += "<br>" + CallPathStage::tr("≈ simplified: %1").arg(shown(simplified).toHtmlEscaped());
  if (const auto inlined = tell::inlining(f); !inlined.empty()) tip += "<br>" + shown(inlined).toHtmlEscaped();
  return tip;
}

bool isSimplified(const tell::PathNode& node) {
  return node.function >= 0 && !tell::simplification(Symbols::get().function(static_cast<u16>(node.function))).empty();
}

} // namespace

CallPathStage::CallPathStage(QWidget* parent)
    : PanZoomView(parent), Described(*static_cast<QWidget*>(this)), m_token(new TokenItem) {
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
  qDeleteAll(m_jumps);
  m_pills.clear();
  m_edges.clear();
  m_jumps.clear();
  m_cameFrom.clear();
  if (!samePath) m_moment = {}, m_selected = -1;
  m_picture = std::move(picture);
  m_token->hide();
  m_overlaysOld = true;
  viewport()->update();
  describedAnew();
  if (!m_picture) return;
  addItems();
  if (PillItem* pill = pillOf(m_selected)) pill->setSelectedPill(true); // the keys stand where they stood
  // Room around it, so that any node can stand in the middle.
  m_scene.setSceneRect(QRectF(QPointF(), m_picture->size).adjusted(-3000, -3000, 3000, 3000));
  if (m_zoom == Zoom::Free && !samePath) m_zoom = Zoom::Follow;
  applyZoom(false);
  if (glide && samePath) morphFrom(before);
}

void CallPathStage::addItems() {
  const auto& nodes = m_picture->path->nodes();
  const auto addEdge = [this](int to, const QPolygonF& points) {
    auto* edge = new CallEdgeItem(points);
    m_scene.addItem(edge);
    m_edges.insert(to, edge);
  };
  for (const PathPicture::Edge& e : m_picture->edges) addEdge(e.to, e.points);
  const std::vector<int> folded = foldedBelow(*m_picture->path, m_picture->shown);
  for (int n : m_picture->shown) {
    const tell::PathNode& node = nodes[n];
    auto* pill =
        new PillItem(n, m_picture->nodes.value(n), node.layer, shownName(node), timesCalled(node), isSimplified(node));
    pill->setFolded(folded[n]);
    QString tip = functionTip(node);
    if (folded[n]) tip += "<br>" + tr("folded below it: %1; press +%1, or step into it, to see them").arg(folded[n]);
    pill->setToolTip(tip);
    m_scene.addItem(pill);
    m_pills.insert(n, pill);
  }
  for (const PathPicture::Jump& j : m_picture->jumps) {
    addEdge(j.to, j.points);
    const tell::PathNode& to = nodes[j.to];
    auto* item = new JumpItem(j.to, j.rect, to.layer, JumpItem::words(shownName(to), timesCalled(to)));
    item->setToolTip(tr("%1 runs in the part \"%2\", farther down").arg(shownName(to), laneName(j.section)));
    m_scene.addItem(item);
    m_jumps.push_back(item);
  }
}

QString CallPathStage::laneName(int section) const {
  const tell::CallPath& path = *m_picture->path;
  return shown(path.lanes()[static_cast<std::size_t>(path.sections()[static_cast<std::size_t>(section)].lane)].name());
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
    const bool ahead = tense == Tense::Future && isAsked;
    it.value()->setCovered(ahead && isAsked(std::string(m_picture->path->nodes()[std::size_t(it.key())].name)));
  }
  for (auto it = m_edges.begin(); it != m_edges.end(); ++it) {
    const Tense tense = moment.tenses[static_cast<std::size_t>(it.key())];
    it.value()->setTense(tense == Tense::Running ? Tense::Active : tense);
  }
  for (JumpItem* jump : m_jumps) jump->setTense(moment.tenses[static_cast<std::size_t>(jump->to())]);
  if (before != moment.running || !glide) moveToken(before, moment.running, glide);
  bringIntoView(moment.running, glide);
  describedAnew();
  m_overlaysOld = true;
  viewport()->update();
}

// ---- the token

// Above the function, at the end of the edge that leads there: never on it.
QPointF CallPathStage::restingPlace(int node) const {
  const PillItem* pill = pillOf(node);
  if (!pill) return {};
  const bool entered = pill && m_edges.contains(node) && m_picture->path->nodes()[node].level;
  const double x = entered ? m_edges[node]->points().last().x() : pill->rect().center().x();
  return {x, pill->rect().top() - TokenItem::radius - 2};
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
  m_way = glide ? tokenWay(from, to) : QPainterPath();
  m_token->setPos(m_way.isEmpty() ? restingPlace(to) : m_way.pointAtPercent(0));
  if (m_way.isEmpty()) return;
  Motion::run(m_glide, m_way.elementCount() > 12 ? Motion::Pace::Slow : Motion::Pace::Normal);
  if (!gliding()) m_token->setPos(restingPlace(to)); // reduced motion
}

// ---- zoom

double CallPathStage::fitScale() const { return m_picture ? scaleToFit(m_picture->size, 1.15) : 1; }

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
    centerOn(m_picture->size.width() / 2, std::max(m_picture->size.height() / 2, height / 2 - stageMargin));
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
  const QRectF size(QPointF(), m_picture->size);
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
  if (const PillItem* chosen = pillOf(m_selected)) ensureVisible(chosen->rect(), 40, 40);
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
  for (QGraphicsItem* item : items(at)) {
    if (const auto* jump = qgraphicsitem_cast<JumpItem*>(item); jump && jump->rect().contains(mapToScene(at)))
      return emit nodeClicked(jump->to(), modifiers & Qt::ShiftModifier);
    const auto* pill = qgraphicsitem_cast<PillItem*>(item);
    switch (pill ? pill->partAt(mapToScene(at)) : PillItem::Part::None) {
    case PillItem::Part::Name: return emit nodeClicked(pill->node(), modifiers & Qt::ShiftModifier);
    case PillItem::Part::Times: return emit callsWanted(pill->node());
    case PillItem::Part::Fold: return emit foldWanted(pill->node());
    case PillItem::Part::None: break;
    }
  }
}

void CallPathStage::movedByHand() {
  m_zoom = Zoom::Free;
  m_pan.stop();
  emit zoomChanged();
}

void CallPathStage::contextMenuEvent(QContextMenuEvent* event) {
  const PillItem* pill = event->reason() == QContextMenuEvent::Keyboard ? pillOf(m_selected) : pillAt(event->pos());
  if (!pill) return openMenu(*event);
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
  ensureVisible(pill->rect(), 40, 40);
  const auto& shown = m_picture->shown;
  setCurrentItem(static_cast<int>(std::find(shown.begin(), shown.end(), node) - shown.begin()));
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
  case Qt::Key_Home:
    if (!shown.empty()) select(shown.front());
    return;
  case Qt::Key_End:
    if (!shown.empty()) select(shown.back());
    return;
  case Qt::Key_Return:
  case Qt::Key_Enter:
    if (m_selected >= 0) emit nodeClicked(m_selected, event->modifiers() & Qt::ShiftModifier);
    return;
  case Qt::Key_Asterisk:
    if (m_selected >= 0) emit foldWanted(m_selected);
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
  const auto& bands = m_picture->bands;
  for (std::size_t b = 0; b < bands.size(); ++b) {
    QRectF band = bands[b].rect;
    band.setLeft(seen.left() + inset);
    band.setRight(seen.right() - inset);
    if (b + 1 == bands.size()) band.setBottom(std::max(band.bottom(), seen.bottom() - inset));
    drawBand(*painter, band, bands[b].layer, shown(tell::layerText(bands[b].layer)));
  }
  for (const PathPicture::Heading& h : m_picture->headings) drawHeading(*painter, h, seen);
}

// In whose name a section runs, and after what.
void CallPathStage::drawHeading(QPainter& painter, const PathPicture::Heading& heading, const QRectF& seen) const {
  QRectF line = heading.rect;
  line.setLeft(seen.left() + 10);
  line.setRight(seen.right() - 10);
  painter.setFont(theme().sans(12, QFont::Bold));
  painter.setPen(theme().color(Role::Title));
  const QString name = laneName(heading.section);
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, name);
  line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(name) + 12);
  painter.setFont(theme().small());
  painter.setPen(theme().color(Role::Muted));
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetricsF(painter.font()).elidedText(causeOf(heading.section), Qt::ElideRight, line.width()));
}

// After what a section runs; nothing of the first.
QString CallPathStage::causeOf(int number) const {
  const tell::CallPath& path = *m_picture->path;
  const tell::PathSection& section = path.sections()[static_cast<std::size_t>(number)];
  if (section.from < 0) return {};
  const bool called = section.from > 0 && path.nodes()[section.root].parent == section.from;
  const QString from = shownName(path.nodes()[section.from]);
  return called ? tr("called by %1").arg(from) : tr("while %1 runs").arg(from);
}

// A heading that is cut says the whole to a resting mouse.
bool CallPathStage::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip || !m_picture) return PanZoomView::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const double at = mapToScene(help->pos()).y();
  for (const PathPicture::Heading& h : m_picture->headings)
    if (at >= h.rect.top() && at <= h.rect.bottom() && !causeOf(h.section).isEmpty()) {
      QToolTip::showText(help->globalPos(), laneName(h.section) + QStringLiteral("  ") + causeOf(h.section),
                         viewport());
      return true;
    }
  return PanZoomView::viewportEvent(event);
}

} // namespace sockwalk
