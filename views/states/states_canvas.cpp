#include "views/states/states_canvas.h"
#include "engine/memory/constants/tcp.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <QPainter>

namespace sockwalk {

using namespace kernel;

namespace {

struct Place {
  u8 state;
  bool end;
  double column, row; // of a grid of 3 by 7
};
// The opener's way on the left, the other's on the right; downwards in time.
constexpr Place Places[] = {
    {TCP_CLOSE, false, 1, 0},        {TCP_LISTEN, false, 2, 0.5},      {TCP_SYN_SENT, false, 0, 1},
    {TCP_SYN_RECV, false, 2, 1.6},   {TCP_ESTABLISHED, false, 1, 2.3}, {TCP_FIN_WAIT1, false, 0, 3.2},
    {TCP_CLOSE_WAIT, false, 2, 3.2}, {TCP_FIN_WAIT2, false, 0, 4.4},   {TCP_CLOSING, false, 1, 4},
    {TCP_LAST_ACK, false, 2, 4.6},   {TCP_TIME_WAIT, false, 1, 5.1},   {TCP_CLOSE, true, 2, 5.9}};

const Place& placeOf(u8 state, bool end) {
  return *std::ranges::find_if(Places, [&](const Place& p) { return p.state == state && p.end == end; });
}

// A way ends in the lower of the two: only what never was a connection goes back to the upper one.
bool goesToEnd(u8 from, u8 to) { return to == TCP_CLOSE && from != TCP_LISTEN && from != TCP_SYN_SENT; }

QPointF borderTowards(const QRectF& node, QPointF target) {
  const QPointF middle = node.center(), away = target - middle;
  const double x = std::abs(away.x()) < 1e-6 ? 1e9 : node.width() / 2 / std::abs(away.x());
  const double y = std::abs(away.y()) < 1e-6 ? 1e9 : node.height() / 2 / std::abs(away.y());
  return middle + away * std::min(x, y);
}

} // namespace

StatesCanvas::StatesCanvas(QWidget* parent) : PictureCanvas(parent) {
  setAccessibleName(tr("States of TCP"));
  setAccessibleDescription(tr("The list below says the same in words."));
}

void StatesCanvas::setWay(std::optional<tell::StateWay> way) {
  m_way = std::move(way);
  if (m_way && m_way->now) bringIntoSight(nodeRect(m_way->now, m_way->now == TCP_CLOSE && m_way->done > 0));
  changed();
}

QRectF StatesCanvas::nodeRect(u8 state, bool end) const {
  const Place& at = placeOf(state, end);
  const QSizeF size(theme().scaled(112), theme().scaled(25));
  const double margin = size.width() / 2 + 8, across = std::min(contentWidth() - 2 * margin, theme().scaled(560));
  const double left = contentWidth() / 2.0 - across / 2, top = size.height() / 2 + 4;
  const QPointF middle(left + across * at.column / 2, top + (contentHeight() - 2 * top) * at.row / 5.9);
  const QPointF corner = middle - QPointF(size.width(), size.height()) / 2 - scrolled();
  return {corner, size};
}

std::vector<StatesCanvas::Edge> StatesCanvas::edges() const {
  std::map<std::pair<u8, u8>, std::vector<int>> all;
  for (const tell::StateEdge& e : tell::tcpStateEdges()) all[{e.from, e.to}];
  for (int i = 0; m_way && i < static_cast<int>(m_way->moves.size()); ++i)
    all[{m_way->moves[size_t(i)].from, m_way->moves[size_t(i)].to}].push_back(i);
  std::vector<Edge> out;
  for (const auto& [ends, moves] : all) {
    const QRectF from = nodeRect(ends.first), to = nodeRect(ends.second, goesToEnd(ends.first, ends.second));
    const QPointF a = borderTowards(from, to.center()), b = borderTowards(to, from.center());
    out.push_back({ends.first, ends.second, QPolygonF({a, a + (b - a) / 3, a + (b - a) * 2 / 3, b}), moves});
  }
  return out;
}

QString StatesCanvas::labelOf(const Edge& edge) const {
  QStringList words;
  for (const int move : edge.moves) {
    const tell::StateMove& m = m_way->moves[size_t(move)];
    words << shown(m.cause).section('(', 0, 0) + (shown(m.cause).contains('(') ? "()" : "");
  }
  words.removeDuplicates();
  return words.join(", ");
}

QRectF StatesCanvas::labelRect(const Edge& edge, const QString& words) const {
  const QFontMetricsF metrics(theme().sans(11));
  const double wide = std::min(metrics.horizontalAdvance(words) + 8, theme().scaled(130));
  const QPointF middle = (edge.line.first() + edge.line.last()) / 2;
  return {middle.x() - wide / 2, middle.y() - metrics.height() / 2, wide, metrics.height()};
}

bool StatesCanvas::passed(u8 state) const {
  if (!m_way) return false;
  bool was = m_way->first.second == state && m_way->now;
  for (int i = 0; i < m_way->done; ++i) was |= m_way->moves[size_t(i)].to == state;
  return was;
}

// ---- painting
void StatesCanvas::paint(QPainter& p) {
  const std::vector<Edge> all = edges();
  for (const Edge& edge : all) paintEdge(p, edge);
  for (const Edge& edge : all)
    if (!edge.moves.empty()) paintLabel(p, edge);
  for (const Place& place : Places) paintNode(p, place.state, place.end);
}

void StatesCanvas::paintEdge(QPainter& p, const Edge& edge) const {
  const bool done = std::ranges::any_of(edge.moves, [&](int m) { return m < m_way->done; });
  const bool last = !edge.moves.empty() && edge.moves.back() == m_way->done - 1;
  drawEdge(p, edge.line, last ? Tense::Active : done ? Tense::Past : Tense::Future);
}

void StatesCanvas::paintLabel(QPainter& p, const Edge& edge) const {
  const QString words = labelOf(edge);
  const QRectF where = labelRect(edge, words);
  const bool done = edge.moves.front() < m_way->done;
  p.fillRect(where, theme().color(Role::Card));
  p.setFont(theme().sans(11));
  p.setPen(theme().color(done ? Role::Accent : Role::Muted));
  p.drawText(where, Qt::AlignCenter, QFontMetricsF(p.font()).elidedText(words, Qt::ElideRight, where.width()));
}

void StatesCanvas::paintNode(QPainter& p, u8 state, bool end) const {
  // Of the two CLOSE, the lower one is where a connection ends.
  const bool connected = passed(TCP_ESTABLISHED) || passed(TCP_SYN_RECV);
  const bool here = m_way && m_way->now == state && (state != TCP_CLOSE || end == connected);
  const bool was = passed(state) && (state != TCP_CLOSE || !end || connected);
  drawPill(p, nodeRect(state, end), Layer::Transport,
           here  ? Tense::Running
           : was ? Tense::Past
                 : Tense::Future,
           text(tell::stateName(state)));
}

// ---- mouse
int StatesCanvas::edgeAt(QPointF at, const std::vector<Edge>& all) const {
  for (int i = 0; i < static_cast<int>(all.size()); ++i) {
    const Edge& edge = all[size_t(i)];
    if (edge.moves.empty()) continue;
    if (labelRect(edge, labelOf(edge)).contains(at)) return i;
    const QLineF line(edge.line.first(), edge.line.last());
    const double along = std::clamp(
        QPointF::dotProduct(at - line.p1(), line.p2() - line.p1()) / (line.length() * line.length()), 0.0, 1.0);
    if (QLineF(at, line.pointAt(along)).length() < 6) return i;
  }
  return -1;
}

int StatesCanvas::itemIn(QPointF at) const {
  const std::vector<Edge> all = edges();
  const int edge = edgeAt(at, all);
  return edge < 0 ? -1 : all[size_t(edge)].moves.front();
}

QRectF StatesCanvas::rectOfItem(int move) const {
  for (const Edge& edge : edges())
    if (std::ranges::find(edge.moves, move) != edge.moves.end()) return labelRect(edge, labelOf(edge));
  return {};
}

double StatesCanvas::contentHeight() const { return std::max(fullHeight(), theme().scaled(300)); }

// Who is in a state and looks at the socket: a click on where it stands.
void StatesCanvas::clicked(QPointF at, int move) {
  if (move < 0 && m_way && m_way->alive && m_way->now)
    for (const bool end : {false, true})
      if ((!end || m_way->now == TCP_CLOSE) && nodeRect(m_way->now, end).contains(at))
        return emit focusWanted(m_way->address);
  PictureCanvas::clicked(at, move);
}

double StatesCanvas::leastWidth() const { return theme().scaled(380); }

// ---- in words
QStringList StatesCanvas::headings() const {
  return {tr("Move"), tr("By what"), tr("Function"), tr("Event"), tr("State")};
}

DescribedItem StatesCanvas::item(int move) const {
  const tell::StateMove& m = m_way->moves[size_t(move)];
  DescribedItem out;
  out.cells << QString("%1: %2 → %3").arg(move + 1).arg(text(tell::stateName(m.from)), text(tell::stateName(m.to)))
            << shown(m.cause) << text(m.function) + "()" << QString::number(m.event)
            << (move < m_way->done ? tr("done") : tr("to come"));
  out.rect = rectOfItem(move).toAlignedRect();
  out.role = QAccessible::Button;
  out.lit = move == itemHere();
  out.press = [canvas = const_cast<StatesCanvas*>(this), event = m.event] { emit canvas->goTo(event + 1); };
  return out;
}

QString StatesCanvas::summary() const {
  if (!m_way) return {};
  const QString name = text(m_way->socket);
  return m_way->now ? tr("%1 is in %2.").arg(name, text(tell::stateName(m_way->now)))
                    : tr("%1 is not born yet.").arg(name);
}

QString StatesCanvas::tipAt(QPointF at, int) const {
  const std::vector<Edge> all = edges();
  const int edge = edgeAt(at, all);
  QStringList words;
  if (edge >= 0)
    for (const int move : all[size_t(edge)].moves) {
      const tell::StateMove& m = m_way->moves[size_t(move)];
      words << tr("%1 → %2 by %3(): %4")
                   .arg(text(tell::stateName(m.from)), text(tell::stateName(m.to)), text(m.function), shown(m.cause));
    }
  return words.join('\n');
}

} // namespace sockwalk
