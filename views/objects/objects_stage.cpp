#include "views/objects/objects_stage.h"

#include "views/layout/layout_memory.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"

#include <QKeyEvent>

#include <algorithm>

namespace sockwalk {

using tell::ObjectCard, tell::ObjectGraph, tell::ObjectLink;

namespace {
constexpr double readableScale = 0.74; // below it, the picture is shown in part, around what matters
}

ObjectsStage::ObjectsStage(QWidget* parent) : PanZoomView(parent), Described(*static_cast<QWidget*>(this)) {
  setScene(&m_scene);
  setAccessibleName(tr("Objects"));
  m_morph.setStartValue(0.0);
  m_morph.setEndValue(1.0);
  connect(&m_morph, &QVariantAnimation::valueChanged, this, [this](const QVariant& v) { morph(v.toDouble()); });
}

void ObjectsStage::clear() {
  setGraph({}, false);
  m_signature.clear();
  m_zoom = Zoom::Auto;
}

std::vector<quint64> ObjectsStage::signature() const {
  std::vector<quint64> out;
  for (const ObjectCard& c : m_graph.cards) {
    const QSizeF size = ObjectItem::sizeFor(c);
    out.push_back(c.address);
    out.push_back(static_cast<quint64>(size.width()) << 32 | static_cast<quint64>(size.height()));
  }
  for (const tell::ObjectHolder& h : m_graph.holders)
    out.push_back(quint64(h.cards.front()) << 32 | quint64(h.cards.back()) << 1 | 1);
  for (const ObjectLink& l : m_graph.links)
    out.push_back(static_cast<quint64>(l.from) << 40 | static_cast<quint64>(l.row) << 24 | static_cast<quint64>(l.to));
  return out;
}

void ObjectsStage::setGraph(ObjectGraph graph, bool glide) {
  m_graph = std::move(graph);
  std::vector<quint64> now = signature();
  const bool same = now == m_signature;
  if (!same) {
    m_signature = std::move(now);
    layOut();
  }
  showCards(glide && !same);
  showHolders();
  showPointers();
  describedAnew();
  if (!same || seen().width() < m_layout.size.width() || seen().height() < m_layout.size.height()) applyZoom();
  if (!same && glide) {
    morph(0);
    Motion::run(m_morph, Motion::Pace::Slow);
    if (m_morph.state() != QAbstractAnimation::Running) morph(1); // reduced motion
  }
  viewport()->update();
}

namespace {

// Where a card stands: a place of its own in the picture, or one within its allocation's.
struct CardPlace {
  int node = 0;
  double inside = 0; // px from the node's top
};
constexpr double partsGap = 8; // between the parts of an allocation

// The room that an allocation's parts take, one below the other, with the words around them.
QSizeF holderSize(const ObjectGraph& graph, const tell::ObjectHolder& holder) {
  QSizeF size(HolderItem::leastWidth(holder), HolderItem::above() + HolderItem::below() - partsGap);
  for (const int card : holder.cards) {
    const QSizeF part = ObjectItem::sizeFor(graph.cards[std::size_t(card)]);
    size = {std::max(size.width(), part.width()), size.height() + part.height() + partsGap};
  }
  return size;
}

std::vector<CardPlace> cardPlaces(const ObjectGraph& graph) {
  std::vector<CardPlace> out(graph.cards.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i].node = static_cast<int>(i);
  for (std::size_t h = 0; h < graph.holders.size(); ++h) {
    double inside = HolderItem::above();
    for (const int card : graph.holders[h].cards) {
      out[std::size_t(card)] = {static_cast<int>(graph.cards.size() + h), inside};
      inside += ObjectItem::sizeFor(graph.cards[std::size_t(card)]).height() + partsGap;
    }
  }
  return out;
}

} // namespace

// Each kind stands in its own columns, so that what is born later finds its place without moving the rest.
void ObjectsStage::layOut() {
  constexpr int spare = 16; // columns that a kind may grow into
  std::vector<LayoutNode> nodes;
  std::vector<LayoutEdge> edges;
  double tallest = 0;
  const std::vector<CardPlace> places = cardPlaces(m_graph);
  const int cards = static_cast<int>(m_graph.cards.size());
  for (int i : m_graph.inOrder()) {
    const ObjectCard& card = m_graph.cards[i];
    const int node = places[std::size_t(i)].node;
    const QSizeF size =
        node < cards ? ObjectItem::sizeFor(card) : holderSize(m_graph, m_graph.holders[std::size_t(node - cards)]);
    nodes.push_back({node, size, -1, card.column * spare}); // of an allocation once, says layoutGraph()
    tallest = std::max(tallest, size.height());
  }
  for (const ObjectLink& l : m_graph.links) {
    const CardPlace &from = places[std::size_t(l.from)], &to = places[std::size_t(l.to)];
    const bool within = from.node == to.node; // its own words say how one part finds the other
    edges.push_back({from.node,
                     within ? -1 : to.node,
                     l.back ? 1 : 4,
                     false,
                     {},
                     from.inside + ObjectItem::rowMiddle(l.row),
                     to.inside + theme().scaled(13)});
  }
  LayoutOptions options;
  options.direction = LayoutOptions::Direction::LeftToRight;
  options.givenOrder = true;
  options.nodeGap = theme().scaled(16);
  options.rowGap = theme().scaled(46);
  options.maxRowWidth = std::max(tallest + 40, theme().scaled(980)); // rather tall than wide: columns are wide already
  m_layout = layoutGraphOnce(nodes, edges, options);
  placeParts();
  m_scene.setSceneRect(QRectF(QPointF(), m_layout.size).adjusted(-3000, -3000, 3000, 3000));
}

// From the room of an allocation to those of its parts.
void ObjectsStage::placeParts() {
  m_frames.clear();
  const std::vector<CardPlace> places = cardPlaces(m_graph);
  for (std::size_t h = 0; h < m_graph.holders.size(); ++h) {
    const QRectF frame = m_layout.nodes.take(static_cast<int>(m_graph.cards.size() + h));
    m_frames.push_back(frame);
    for (const int card : m_graph.holders[h].cards) {
      const double height = ObjectItem::sizeFor(m_graph.cards[std::size_t(card)]).height();
      m_layout.nodes[card] = {frame.left(), frame.top() + places[std::size_t(card)].inside, frame.width(), height};
    }
  }
}

void ObjectsStage::showCards(bool glide) {
  m_morph.stop();
  qDeleteAll(m_leaving);
  m_leaving.clear();
  m_moves.clear();
  m_selected = -1;
  QHash<u64, ObjectItem*> before;
  before.swap(m_cards);
  for (std::size_t i = 0; i < m_graph.cards.size(); ++i) {
    const ObjectCard& card = m_graph.cards[i];
    const QRectF room = m_layout.nodes.value(static_cast<int>(i));
    const QPointF place = room.topLeft();
    ObjectItem* item = before.take(card.address);
    const bool appearing = !item;
    if (item) item->setCard(card);
    else m_scene.addItem(item = new ObjectItem(card));
    item->setLeastWidth(room.width());
    item->setSelectedCard(false);
    m_cards.insert(card.address, item);
    if (glide) m_moves.push_back({item, appearing ? place : item->pos(), place, appearing});
    else item->setPos(place), item->setOpacity(1);
  }
  for (ObjectItem* gone : before) {
    if (glide) m_leaving.push_back(gone);
    else delete gone;
  }
}

void ObjectsStage::showHolders() {
  qDeleteAll(m_holders);
  m_holders.clear();
  for (std::size_t h = 0; h < m_graph.holders.size(); ++h) {
    auto* item = new HolderItem(m_frames[h], m_graph.holders[h]);
    m_scene.addItem(item);
    m_holders.push_back(item);
  }
}

void ObjectsStage::showPointers() {
  qDeleteAll(m_pointers);
  m_pointers.clear();
  for (std::size_t i = 0; i < m_graph.links.size(); ++i) {
    const ObjectLink& l = m_graph.links[i];
    auto* item = new PointerItem(m_layout.edges[i].points, shown(m_graph.linkText(l)), l.back, l.changed);
    m_scene.addItem(item);
    m_pointers.push_back(item);
  }
}

// Cards glide and appear; arrows are drawn when they have arrived; what was freed fades.
void ObjectsStage::morph(double at) {
  for (const Move& move : m_moves) {
    move.item->setPos(move.from + (move.to - move.from) * at);
    move.item->setOpacity(move.appearing ? at : 1);
  }
  describedElsewhere();
  for (PointerItem* pointer : m_pointers) pointer->setOpacity(at * at * at);
  for (HolderItem* holder : m_holders) holder->setOpacity(at * at * at);
  for (ObjectItem* gone : m_leaving) gone->setOpacity(std::max(0.0, 1 - 1.6 * at));
  if (at < 1) return;
  qDeleteAll(m_leaving);
  m_leaving.clear();
}

// ---- zoom

void ObjectsStage::setZoom(Zoom zoom) {
  m_zoom = zoom;
  applyZoom();
  emit zoomChanged();
}

void ObjectsStage::applyZoom() {
  if (m_zoom == Zoom::Free || m_layout.size.isEmpty()) return;
  const double whole = scaleToFit(m_layout.size, 1.1);
  const bool inPart = m_zoom == Zoom::Auto && whole < readableScale;
  setScale(inPart ? readableScale + 0.08 : whole);
  const QSizeF size = m_layout.size, half = seen().size() / 2;
  QPointF middle(size.width() / 2, size.height() / 2);
  if (inPart) {
    const auto matters = [](const ObjectCard& c) {
      const bool changed = std::any_of(c.rows.begin(), c.rows.end(), [](auto& r) { return r.changed; });
      return c.focused ? 4 : c.born ? 3 : changed ? 2 : c.handed ? 1 : 0;
    };
    const auto& cards = m_graph.cards;
    const auto best =
        std::max_element(cards.begin(), cards.end(), [&](auto& a, auto& b) { return matters(a) < matters(b); });
    middle = m_layout.nodes.value(static_cast<int>(best - cards.begin())).center();
    const auto hold = [](double at, double reach, double length) {
      return length <= 2 * reach ? length / 2 : std::clamp(at, reach - stageMargin, length - reach + stageMargin);
    };
    middle = {hold(middle.x(), half.width(), size.width()), hold(middle.y(), half.height(), size.height())};
  }
  centerOn(middle);
}

void ObjectsStage::movedByHand() {
  m_zoom = Zoom::Free;
  emit zoomChanged();
}

void ObjectsStage::resizeEvent(QResizeEvent* event) {
  PanZoomView::resizeEvent(event);
  applyZoom();
}

// ---- mouse and keys

void ObjectsStage::clicked(const QPoint& at, Qt::KeyboardModifiers) {
  for (QGraphicsItem* item : items(at))
    if (auto* card = qgraphicsitem_cast<ObjectItem*>(item)) {
      emit cardClicked(card->card().address);
      return;
    }
}

void ObjectsStage::select(int card) {
  const int count = static_cast<int>(m_graph.cards.size());
  if (!count) return;
  if (m_selected >= 0 && m_selected < count) itemOf(m_graph.cards[m_selected].address)->setSelectedCard(false);
  m_selected = (card + count) % count;
  ObjectItem* item = itemOf(m_graph.cards[m_selected].address);
  item->setSelectedCard(true);
  ensureVisible(item, 20, 20);
  int at = m_selected; // among the items: each card before it has its members behind it
  for (int i = 0; i < m_selected; ++i) at += static_cast<int>(m_graph.cards[std::size_t(i)].rows.size());
  setCurrentItem(at);
}

void ObjectsStage::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
  case Qt::Key_Down:
  case Qt::Key_Right: return select(m_selected + 1);
  case Qt::Key_Up:
  case Qt::Key_Left: return select(m_selected < 0 ? 0 : m_selected - 1);
  case Qt::Key_Home: return select(0);
  case Qt::Key_End: return select(-1);
  case Qt::Key_Return:
  case Qt::Key_Enter:
    if (m_selected >= 0) emit cardClicked(m_graph.cards[m_selected].address);
    return;
  case Qt::Key_Plus:
  case Qt::Key_Equal: return zoomBy(1.2);
  case Qt::Key_Minus: return zoomBy(1 / 1.2);
  case Qt::Key_0: return setZoom(Zoom::Whole);
  default: return event->ignore(); // the window's: not for the scroll area
  }
}

void ObjectsStage::drawBackground(QPainter* painter, const QRectF& rect) {
  painter->fillRect(rect, theme().color(Role::Card));
}

} // namespace sockwalk
