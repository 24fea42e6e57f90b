#include "views/classes/nesting_layout.h"
#include "views/theme/described.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QCoreApplication>
#include <QFontMetricsF>

namespace sockwalk {

using Piece = NestingPiece;

static QString tr(const char* words) { return QCoreApplication::translate("sockwalk::NestingLayout", words); }

static Layer layerOf(const std::string& type) {
  if (type == "tcp_sock" || type == "udp_sock" || type == "inet_connection_sock") return Layer::Transport;
  if (type == "inet_sock" || type == "raw_sock") return Layer::Inet;
  if (type == "inode" || type == "file" || type == "dentry" || type == "fdtable" || type == "files_struct")
    return Layer::Vfs;
  return type == "task_struct" ? Layer::User : Layer::Socket;
}

NestingLayout::NestingLayout(const tell::Nesting& nesting, double width) {
  const double gap = theme().scaled(16), link = theme().scaled(64);
  const double top = putChain(nesting.chain, width - 2 * gap);
  // Side by side, or below one another where that would leave too little room for a value.
  const bool both = nesting.socket && nesting.sock, beside = both && width > theme().scaled(700);
  const double left = beside ? (width - 2 * gap - link) * 0.4 : width - 2 * gap;
  double bottom = top;
  if (nesting.socket) {
    bottom = putObject(*nesting.socket, {gap, top}, left);
    bottom = putNotes(nesting, {gap, bottom + 6}, left);
  }
  if (nesting.sock) {
    const double x = beside ? gap + left + link : gap, y = beside ? top : bottom + (both ? gap : 0);
    bottom = std::max(bottom, putObject(*nesting.sock, {x, y}, width - gap - x));
  }
  if (beside) tie(nesting);
  m_height = bottom + gap;
}

// What the pointers are that no arrow can show without crossing the picture.
double NestingLayout::putNotes(const tell::Nesting& nesting, QPointF at, double width) {
  const double line = theme().scaled(18);
  for (const tell::Text& note : nesting.notes) {
    m_pieces.push_back({Piece::Note, {at.x(), at.y(), width, line}, shown(note)});
    at.ry() += line;
  }
  return at.y();
}

// ---- the chain of the descriptor
// Each link as wide as its names, in as many rows as it takes.
double NestingLayout::putChain(const std::vector<tell::ChainLink>& chain, double width) {
  const double gap = theme().scaled(16), line = theme().scaled(17), high = 2 * line + 10, between = line * 2;
  if (chain.empty()) return gap;
  const QFontMetricsF titles(theme().mono(12, QFont::Bold)), details(theme().mono(11));
  const auto nameWidth = [&](const tell::ChainLink& link) {
    return details.horizontalAdvance(text(link.member)) + gap;
  };
  const auto boxWidth = [&](const tell::ChainLink& link) {
    const double wide =
        std::max(titles.horizontalAdvance(text(link.type)), details.horizontalAdvance(text(link.detail)));
    return std::min(wide + 22, width);
  };
  QPointF at(gap, gap);
  QRectF before;
  for (size_t i = 0; i < chain.size(); ++i) {
    const double wide = boxWidth(chain[i]);
    const bool next = i && at.x() + wide > gap + width;
    if (next) at = {gap, at.y() + high + between};
    const QRectF box(at.x(), at.y(), wide, high);
    putLink(chain[i], box);
    if (i && next) tieDown(before, box, text(chain[i - 1].member));
    else if (i) tieAcross(before, box, text(chain[i - 1].member));
    before = box;
    at.setX(box.right() + nameWidth(chain[i]));
  }
  return before.bottom() + gap * 1.5;
}

void NestingLayout::putLink(const tell::ChainLink& link, const QRectF& box) {
  const double line = theme().scaled(17);
  const Layer layer = layerOf(link.type);
  m_pieces.push_back({Piece::Chain, box, {}, layer, link.address});
  m_pieces.push_back(
      {Piece::Title, {box.left() + 10, box.top() + 4, box.width() - 14, line}, text(link.type), layer, link.address});
  m_pieces.push_back(
      {Piece::ChainDetail, {box.left() + 10, box.top() + 4 + line, box.width() - 14, line}, text(link.detail), layer});
}

void NestingLayout::tieAcross(const QRectF& left, const QRectF& right, const QString& member) {
  const QPointF from(left.right() + 2, left.center().y()), to(right.left() - 2, from.y());
  m_arrows.push_back({QPolygonF({from, from + (to - from) / 3, from + (to - from) * 2 / 3, to}),
                      member,
                      {(from.x() + to.x()) / 2, from.y() - theme().scaled(17) * 0.75}});
}
// To the first of the next row.
void NestingLayout::tieDown(const QRectF& above, const QRectF& below, const QString& member) {
  const QPointF from(above.center().x(), above.bottom() + 2), to(below.center().x(), below.top() - 2);
  const double middle = (from.y() + to.y()) / 2;
  m_arrows.push_back({QPolygonF({from, {from.x(), middle + 6}, {to.x(), middle - 6}, to}),
                      member,
                      {(from.x() + to.x()) / 2, middle - theme().scaled(17) * 0.6}});
}

// ---- boxes
double NestingLayout::putObject(const tell::NestedObject& object, QPointF at, double width) {
  const QString note =
      Described::told(tr("%1 · slab %2 · %3 bytes").arg(text(object.name), text(object.cache)).arg(object.size));
  return putBox(object.box, note, at, width, 0, object.address);
}

double NestingLayout::putBox(const tell::NestedBox& box, const QString& note, QPointF at, double width, int depth,
                             u64 address) {
  const double pad = theme().scaled(9), line = theme().scaled(18);
  const size_t own = m_pieces.size();
  m_pieces.push_back(
      {Piece::Box, {at.x(), at.y(), width, 0}, {}, layerOf(box.type), address + box.from, box.written(), depth});
  const QString title =
      box.member.empty() ? "struct " + text(box.type) : "struct " + text(box.type) + "  " + text(box.member);
  const QString range = tr("%1 … %2").arg(box.from).arg(box.to);
  const double rangeWidth = QFontMetricsF(theme().sans(10.5)).horizontalAdvance(range) + 4, inside = width - 2 * pad;
  double y = at.y() + 4;
  m_pieces.push_back({Piece::Title,
                      {at.x() + pad, y, inside - rangeWidth - 6, line},
                      title,
                      layerOf(box.type),
                      address + box.from,
                      false,
                      depth});
  m_pieces.push_back(
      {Piece::Range, {at.x() + width - pad - rangeWidth, y, rangeWidth, line}, range, layerOf(box.type)});
  y += line;
  if (!note.isEmpty()) {
    m_pieces.push_back({Piece::Note, {at.x() + pad, y, inside, line}, note});
    y += line;
  }
  y += 4;
  for (const tell::NestedBox& inner : box.inner)
    y = putBox(inner, {}, {at.x() + pad, y}, width - 2 * pad, depth + 1, address) + theme().scaled(7);
  for (const tell::NestedGroup& group : box.groups) y = putGroup(group, {at.x() + pad, y}, width - 2 * pad);
  y += theme().scaled(5);
  m_pieces[own].rect.setBottom(y);
  return y;
}

// The name of the group, and its members one after the other, in as many lines as it takes.
double NestingLayout::putGroup(const tell::NestedGroup& group, QPointF at, double width) {
  const QFontMetricsF names(theme().sans(11)), values(theme().mono(11));
  const double line = theme().scaled(17), gap = theme().scaled(12), indent = theme().scaled(78);
  m_pieces.push_back({Piece::Group, {at.x(), at.y(), indent - 6, line}, shown(group.name)});
  double x = at.x() + indent, y = at.y();
  for (const tell::NestedMember& m : group.members) {
    const QString name = text(m.name), value = m.value.empty() ? QStringLiteral("…") : Described::told(text(m.value));
    const double nameWidth = names.horizontalAdvance(name) + 5;
    const double room = width - indent - nameWidth,
                 valueWidth = std::min(values.horizontalAdvance(value) + 3, std::max(40.0, room));
    if (x + nameWidth + valueWidth > at.x() + width && x > at.x() + indent) x = at.x() + indent, y += line;
    m_pieces.push_back({Piece::Name, {x, y, nameWidth, line}, name});
    m_pieces.push_back(
        {Piece::Value, {x + nameWidth, y, valueWidth, line}, value, Layer::Socket, m.pointer, m.written});
    x += nameWidth + valueWidth + gap;
  }
  return y + line + 2;
}

// ---- the halves that point at one another
QRectF NestingLayout::rectOf(const QString& member) const {
  for (size_t i = 0; i + 1 < m_pieces.size(); ++i)
    if (m_pieces[i].kind == Piece::Name && m_pieces[i].text == member)
      return m_pieces[i].rect.united(m_pieces[i + 1].rect);
  return {};
}

void NestingLayout::tie(const tell::Nesting& nesting) {
  const auto boxOf = [&](const QString& type) {
    for (const Piece& p : m_pieces)
      if (p.kind == Piece::Title && p.text.startsWith(type)) return std::prev(&p)->rect;
    return QRectF();
  };
  const QRectF left = boxOf("struct " + text(nesting.socket->box.type)),
               socket = boxOf("struct " + text(nesting.socket->box.inner.front().type) + "  "),
               right = boxOf("struct " + text(nesting.sock->box.type));
  const double from = left.right(), to = right.left();
  const auto arrow = [&](const QString& name, double y, bool rightward) {
    const QPointF a(rightward ? from + 2 : to - 2, y), b(rightward ? to - 2 : from + 2, y);
    m_arrows.push_back(
        {QPolygonF({a, a + (b - a) / 3, a + (b - a) * 2 / 3, b}), name, {(from + to) / 2, y - theme().scaled(10)}});
  };
  if (!nesting.tied) return;
  arrow(text(nesting.toSock), socket.top() + theme().scaled(34), true);
  arrow(text(nesting.toSocket), socket.top() + theme().scaled(70), false);
}

} // namespace sockwalk
