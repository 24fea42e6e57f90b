#include "views/ladder/ladder_canvas.h"
#include "engine/memory/arena.h"
#include "views/theme/theme.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <algorithm>
#include <cmath>

namespace sockwalk {

using tell::LadderRung;

LadderCanvas::LadderCanvas(Walk& walk, RecordReader& reader, QWidget* parent)
    : PictureCanvas(parent), m_walk(walk), m_reader(reader) {
  setAccessibleName(tr("Ladder"));
  setAccessibleDescription(
      tr("The segments between the two ends. Up and down go from one to the next, Return goes there."));
}

void LadderCanvas::setLadder(tell::Ladder ladder) {
  m_ladder = std::move(ladder);
  m_firstOfTick.assign(size_t(m_ladder.ticks) + 1, static_cast<int>(m_ladder.rungs.size()));
  m_longest = 1;
  for (int i = static_cast<int>(m_ladder.rungs.size()) - 1; i >= 0; --i) {
    const LadderRung& r = m_ladder.rungs[size_t(i)];
    m_firstOfTick[size_t(std::min(r.tickLeft, r.tickArrived))] = i;
    m_longest = std::max(m_longest, r.tickArrived - r.tickLeft);
  }
  for (size_t t = m_firstOfTick.size() - 1; t-- > 0;)
    m_firstOfTick[t] = std::min(m_firstOfTick[t], m_firstOfTick[t + 1]);
  refit();
  setPosition(m_position, true);
}

void LadderCanvas::setPosition(EventIndex position, bool follow) {
  m_position = position;
  const auto& rungs = m_ladder.rungs;
  const auto after = std::ranges::partition_point(rungs, [&](const LadderRung& r) { return r.event() < position; });
  m_now = static_cast<int>(after - rungs.begin()) - 1;
  if (follow && m_now >= 0) bringIntoSight(rectOfItem(m_now));
  changed();
}

int LadderCanvas::itemCount() const {
  return m_walk.hidesAhead() ? m_now + 1 : static_cast<int>(m_ladder.rungs.size());
}

bool LadderCanvas::isArrivalTold(const LadderRung& r) const {
  return !m_walk.hidesAhead() || (r.arrived == NoEvent ? r.event() : r.arrived) < m_position;
}

// ---- where things lie
double LadderCanvas::rowHeight() const { return std::round(theme().scaled(22)); }
double LadderCanvas::headHeight() const { return std::round(theme().scaled(50)); }
double LadderCanvas::laneX(int end) const {
  const double clock = theme().scaled(58), width = contentWidth() - clock;
  const auto side = [&](int e) { // of what is behind the wire nothing is told: the other side has its room
    const double share = m_ladder.ends[1 - e].simulated ? 0.27 : 0.36;
    return m_ladder.ends[e].simulated ? std::clamp(width * share, theme().scaled(112), theme().scaled(330))
                                      : theme().scaled(e ? 112 : 80);
  };
  return (end ? contentWidth() - side(1) : clock + side(0) - theme().scaled(20)) - scrolled().x();
}
double LadderCanvas::y(int tick) const { return headHeight() + (tick + 0.9) * rowHeight() - scrolled().y(); }

// Words stand over an arrow that is all but level, and on one that is steep.
double LadderCanvas::liftOf(const LadderRung& rung) const {
  return y(rung.tickArrived) - y(rung.tickLeft) <= rowHeight() + 0.5 ? theme().scaled(8) : 0;
}
// Near the end from which it comes: arrows that cross keep their words apart.
QRectF LadderCanvas::labelRect(const LadderRung& rung) const {
  const QFontMetricsF metrics(theme().mono(11));
  const double from = laneX(rung.forward ? 0 : 1), to = laneX(rung.forward ? 1 : 0);
  const double width = std::min(metrics.horizontalAdvance(text(rung.numbers)) + 8, std::abs(to - from) - 24);
  const double gap = theme().scaled(14), left = rung.forward ? from + gap : from - gap - width;
  const double y0 = y(rung.tickLeft), y1 = std::max(y(rung.tickArrived), y0 + rowHeight() * 0.5);
  const double along = (gap + width / 2) / std::abs(to - from);
  return {left, y0 + (y1 - y0) * along - metrics.height() / 2 - liftOf(rung), width, metrics.height()};
}

QRectF LadderCanvas::sideRect(const LadderRung& rung, bool sender) const {
  const int end = rung.forward == sender ? 0 : 1;
  const double gap = theme().scaled(9), time = theme().scaled(58),
               middle = y(sender ? rung.tickLeft : rung.tickArrived);
  const double left = end ? laneX(1) + gap : time - scrolled().x();
  const double right = end ? contentWidth() - gap - scrolled().x() : laneX(0) - gap;
  return {left, middle - rowHeight() / 2, right - left, rowHeight()};
}

std::pair<int, int> LadderCanvas::seenItems() const {
  if (m_ladder.empty()) return {0, 0};
  const double above = scrolled().y();
  const int top = static_cast<int>(above / rowHeight()) - m_longest - 1;
  const int bottom = static_cast<int>((above + room().height()) / rowHeight()) + 1;
  const auto first = [&](int tick) { return m_firstOfTick[size_t(std::clamp(tick, 0, m_ladder.ticks))]; };
  return {std::min(first(top), itemCount()), std::min(first(bottom), itemCount())};
}

int LadderCanvas::itemIn(QPointF at) const {
  const auto [from, to] = seenItems();
  int best = -1;
  double nearest = rowHeight() * 0.6;
  for (int i = from; i < to; ++i) {
    const LadderRung& r = m_ladder.rungs[size_t(i)];
    const double x0 = laneX(r.forward ? 0 : 1), x1 = laneX(r.forward ? 1 : 0);
    const double along = std::clamp((at.x() - x0) / (x1 - x0), 0.0, 1.0);
    const double away = std::abs(at.y() - (y(r.tickLeft) + (y(r.tickArrived) - y(r.tickLeft)) * along));
    if (away < nearest) nearest = away, best = i;
  }
  return at.y() < headHeight() ? -1 : best;
}

double LadderCanvas::leastWidth() const { return m_ladder.empty() ? 0 : theme().scaled(440); }
double LadderCanvas::contentHeight() const { return headHeight() + (m_ladder.ticks + 1) * rowHeight(); }

QRectF LadderCanvas::rectOfItem(int rung) const {
  const LadderRung& r = m_ladder.rungs[size_t(rung)];
  const double top = y(r.tickLeft) - rowHeight() / 2, bottom = y(r.tickArrived) + rowHeight() / 2;
  return {4 - scrolled().x(), top, contentWidth() - 8, std::max(bottom - top, rowHeight())};
}

QRectF LadderCanvas::headRect(int end) const {
  const double width = std::min(theme().scaled(216), laneX(1) - laneX(0) - theme().scaled(12));
  return {laneX(end) - width / 2, 4, width, headHeight() - 10};
}

int LadderCanvas::socketAt(int end) const {
  int found = -1;
  for (const int socket : m_ladder.ends[end].sockets)
    if (m_reader.record().sockets.all()[size_t(socket)].livesAt(m_position)) found = socket;
  return found;
}
u64 LadderCanvas::socketOf(int end) const {
  const int socket = socketAt(end);
  return socket < 0 ? 0 : Arena::addressOf(m_reader.record().sockets.all()[size_t(socket)].offset);
}

u64 LadderCanvas::bufferOf(const LadderRung& r) const {
  const tell::PacketList& packets = m_reader.record().packets;
  for (const int packet : {r.packet, r.arrival})
    if (packet >= 0 && packets.lifeOf(packet) >= 0)
      if (const tell::BufferLife& life = packets.lives().life(packets.lifeOf(packet)); life.knownAt(m_position))
        return Arena::addressOf(life.offset);
  return 0;
}

// A click near the far end goes to where it arrives; one on an end looks at its socket.
void LadderCanvas::clicked(QPointF at, int rung) {
  for (const int end : {0, 1})
    if (headRect(end).contains(at))
      if (const u64 socket = socketOf(end)) return emit focusWanted(socket);
  if (rung < 0) return;
  const LadderRung& r = m_ladder.rungs[size_t(rung)];
  const double middle = (laneX(0) + laneX(1)) / 2;
  const bool far = (at.x() > middle) == r.forward;
  emit goTo((far && r.arrived != NoEvent ? r.arrived : r.event()) + 1);
}

} // namespace sockwalk
