#include "views/family/family_layout.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QFontMetricsF>

namespace sockwalk {

using tell::BufferFamily, tell::FamilyEdge;

namespace {

// Measures at the size of type that is in use.
double cardHeight() { return theme().scaled(62); }
double plinthHeight() { return theme().scaled(22); }
double gap() { return theme().scaled(16); }
double arcs() { return theme().scaled(30); }   // above a shelf with clones
double drop() { return theme().scaled(36); }   // from a bus down to the cards that hang on it
double step() { return theme().scaled(8); }    // between the buses of two groups
double anchor() { return theme().scaled(22); } // from a card's left edge to its line
double labelHeight() { return theme().scaled(16); }

} // namespace

FamilyLayout::FamilyLayout(const BufferFamily& family, FamilyTree tree, double width)
    : m_tree(std::move(tree)), m_width(width), m_measured(m_tree.shelves().size()), m_cards(m_tree.cards().size()) {
  const std::vector<Row> rows = rowsOf(family, m_tree.roots());
  double y = gap();
  for (const Row& row : rows) {
    double x = gap();
    for (size_t i = row.first; i < row.end; ++i) {
      const int shelf = m_tree.roots().shelves[i];
      place(family, shelf, {x, y});
      x += m_measured[size_t(shelf)].whole.width() + gap() * 2;
    }
    y += row.height + gap() * 2;
    m_size.setWidth(std::max(m_size.width(), x - gap()));
  }
  m_size.setHeight(y - gap());
  addAcross(family);
}

QRectF FamilyLayout::plinth(int card) const {
  const QRectF& box = m_cards[size_t(card)];
  return {box.left(), box.bottom(), box.width(), plinthHeight()};
}

int FamilyLayout::cardAt(QPointF at) const {
  for (size_t i = 0; i < m_cards.size(); ++i)
    if (m_cards[i].contains(at)) return int(i);
  return -1;
}

// ---- how much room each asks for
double FamilyLayout::cardWidth(int card) const {
  return theme().scaled(m_tree.cards()[size_t(card)].folded() ? 150 : 212);
}

// The halves of an fclone pair touch: they are one piece of memory.
double FamilyLayout::gapBefore(const BufferFamily& family, const FamilyShelf& shelf, size_t card) const {
  const FamilyCard &left = m_tree.cards()[size_t(shelf.cards[card - 1])],
                   &right = m_tree.cards()[size_t(shelf.cards[card])];
  const bool pair =
      !left.folded() && !right.folded() && family.members[size_t(right.members[0])].twin == left.members[0];
  return pair ? theme().scaled(3) : gap();
}

QSizeF FamilyLayout::sizeOf(const std::vector<Row>& rows) const {
  QSizeF size;
  for (const Row& row : rows) size = {std::max(size.width(), row.width), size.height() + drop() + row.height};
  if (rows.size() > 1) size.rwidth() += gap();
  return size;
}

std::vector<FamilyLayout::Row> FamilyLayout::rowsOf(const BufferFamily& family, const FamilyGroup& group) {
  std::vector<Row> rows;
  for (size_t i = 0; i < group.shelves.size(); ++i) {
    measure(family, group.shelves[i]);
    const QSizeF size = m_measured[size_t(group.shelves[i])].whole;
    if (rows.empty() || rows.back().width + gap() * 2 + size.width() > m_width) rows.push_back({i, i, -gap() * 2, 0});
    Row& row = rows.back();
    row.end = i + 1;
    row.width += gap() * 2 + size.width();
    row.height = std::max(row.height, size.height());
  }
  return rows;
}

void FamilyLayout::measure(const BufferFamily& family, int index) {
  const FamilyShelf& shelf = m_tree.shelves()[size_t(index)];
  Measured measured;
  double width = 0;
  for (size_t c = 0; c < shelf.cards.size(); ++c)
    width += cardWidth(shelf.cards[c]) + (c ? gapBefore(family, shelf, c) : 0);
  measured.shelf = {width, cardHeight() + plinthHeight() + (shelf.cards.size() > 1 ? arcs() : 0)};
  QSizeF below;
  for (const FamilyGroup& group : shelf.groups) {
    measured.rows.push_back(rowsOf(family, group));
    const QSizeF size = sizeOf(measured.rows.back());
    below = {below.width() + (below.isEmpty() ? 0 : gap() * 2) + size.width(), std::max(below.height(), size.height())};
  }
  const double buses = shelf.groups.empty() ? 0 : step() * double(shelf.groups.size());
  measured.whole = {std::max(width, below.width()), measured.shelf.height() + buses + below.height()};
  m_measured[size_t(index)] = std::move(measured);
}

// ---- where all of it lies
void FamilyLayout::place(const BufferFamily& family, int index, QPointF at) {
  const FamilyShelf& shelf = m_tree.shelves()[size_t(index)];
  const Measured& measured = m_measured[size_t(index)];
  double x = at.x();
  const double top = at.y() + measured.shelf.height() - plinthHeight() - cardHeight();
  for (size_t c = 0; c < shelf.cards.size(); ++c) {
    if (c) x += gapBefore(family, shelf, c);
    m_cards[size_t(shelf.cards[c])] = {x, top, cardWidth(shelf.cards[c]), cardHeight()};
    x += cardWidth(shelf.cards[c]);
  }
  addClones(family, shelf);
  const double bottom = at.y() + measured.shelf.height(), under = bottom + step() * double(shelf.groups.size());
  x = at.x();
  int before = -1, sameOwner = 0;
  for (size_t g = 0; g < shelf.groups.size(); ++g) {
    const FamilyGroup& group = shelf.groups[g];
    const int owner = m_tree.cardOf(group.owner);
    sameOwner = owner == before ? sameOwner + 1 : 0;
    before = owner;
    const QPointF trunk(m_cards[size_t(owner)].left() + anchor() + sameOwner * step() * 2, bottom);
    placeGroup(family, group, measured.rows[g], {x, under}, trunk, bottom + step() * (double(g) + 0.75));
    x += sizeOf(measured.rows[g]).width() + gap() * 2;
  }
}

// A line goes down from the owner, along the bus of the group, and from there to each that hangs on it. Further rows are
// reached by a rail at the left.
void FamilyLayout::placeGroup(const BufferFamily& family, const FamilyGroup& group, const std::vector<Row>& rows,
                              QPointF at, QPointF trunk, double bus) {
  const double indent = rows.size() > 1 ? gap() : 0, rail = at.x() + gap() / 3;
  QPolygonF way{trunk, {trunk.x(), bus}};
  double y = at.y();
  for (size_t r = 0; r < rows.size(); ++r) {
    if (r) way = QPolygonF{trunk, {trunk.x(), bus}, {rail, bus}, {rail, y + step() / 2}};
    double x = at.x() + indent;
    for (size_t i = rows[r].first; i < rows[r].end; ++i) {
      const int shelf = group.shelves[i];
      place(family, shelf, {x, y + drop()});
      tie(family, group, shelf, way, i == rows[r].first);
      x += m_measured[size_t(shelf)].whole.width() + gap() * 2;
    }
    y += drop() + rows[r].height;
  }
}

void FamilyLayout::tie(const BufferFamily& family, const FamilyGroup&, int shelf, QPolygonF way, bool first) {
  const int card = m_tree.shelves()[size_t(shelf)].cards.front();
  const FamilyCard& told = m_tree.cards()[size_t(card)];
  const int edge = m_tree.edgeOf(told.members.front());
  if (edge < 0) return;
  const FamilyEdge& e = family.edges[size_t(edge)];
  const QRectF& box = m_cards[size_t(card)];
  const double x = box.left() + anchor(),
               shelfTop = box.top() - (m_tree.shelves()[size_t(shelf)].cards.size() > 1 ? arcs() : 0);
  const int parent = m_tree.cardOf(tell::goesInto(e.how) ? e.to : e.from);
  const QRectF& from = m_cards[size_t(parent)];
  const double channel = shelfTop - step();
  // The rear part of one that stands beside it comes from that one.
  if (e.how == BufferMark::Split && parent != card && std::abs(from.bottom() - box.bottom()) < arcs() + 1 &&
      from.right() <= box.left()) {
    const double start = from.right() - anchor();
    m_lines.push_back({{{start, from.top()}, {start, channel}, {x, channel}, {x, box.top()}}, edge});
  } else {
    way << QPointF(x, way.last().y()) << QPointF(x, box.top());
    if (tell::goesInto(e.how)) std::ranges::reverse(way);
    m_lines.push_back({way, edge});
  }
  if (first) addLabel(e, {x + 5, channel - labelHeight(), box.right() - x - 5, labelHeight()});
}

void FamilyLayout::addLabel(const FamilyEdge& edge, QRectF room) {
  const QString words = QStringLiteral("%1 · %2()").arg(shown(tell::howText(edge.how)), text(edge.function));
  const QFontMetricsF type(theme().sans(10.5));
  room.setWidth(std::min(room.width(), type.horizontalAdvance(words) + 2));
  m_labels.push_back({room, type.elidedText(words, Qt::ElideRight, room.width())});
}

void FamilyLayout::addClones(const BufferFamily& family, const FamilyShelf& shelf) {
  for (size_t c = 1; c < shelf.cards.size(); ++c) {
    const FamilyCard& card = m_tree.cards()[size_t(shelf.cards[c])];
    const int edge = m_tree.edgeOf(card.members.front());
    if (edge < 0) continue;
    const QRectF &to = m_cards[size_t(shelf.cards[c])],
                 &from = m_cards[size_t(m_tree.cardOf(family.edges[size_t(edge)].from))];
    const double high = to.top() - arcs() * 0.7, start = from.left() + anchor() * 3, end = to.left() + anchor();
    m_lines.push_back({{{start, from.top()}, {start, high}, {end, high}, {end, to.top()}}, edge});
    addLabel(family.edges[size_t(edge)], {end + 5, high + 3, to.right() - end - 5, labelHeight()});
  }
}

// Edges by which nobody hangs: from one branch into another.
void FamilyLayout::addAcross(const BufferFamily& family) {
  for (size_t e = 0; e < family.edges.size(); ++e) {
    const FamilyEdge& edge = family.edges[e];
    const int subject = tell::goesInto(edge.how) ? edge.from : edge.to;
    const int card = m_tree.cardOf(edge.from), target = m_tree.cardOf(edge.to);
    if (m_tree.edgeOf(subject) == int(e) || card == target) continue;
    const QRectF &a = m_cards[size_t(card)], &b = m_cards[size_t(target)];
    QPointF from, to, bend;
    if (std::abs(a.top() - b.top()) < 1) {
      const bool right = a.left() < b.left();
      from = {right ? a.right() : a.left(), a.center().y()}, to = {right ? b.left() : b.right(), b.center().y()};
      bend = {(to.x() - from.x()) / 2, 0};
    } else {
      const bool down = a.top() < b.top();
      from = {a.right() - anchor(), down ? a.bottom() + plinthHeight() : a.top()};
      to = {b.right() - anchor() * 2, down ? b.top() : b.bottom() + plinthHeight()};
      bend = {0, (to.y() - from.y()) / 2};
    }
    m_lines.push_back({{from, from + bend, to - bend, to}, int(e), true});
  }
}

} // namespace sockwalk
