#include "views/ladder/ladder_canvas.h"
#include "views/theme/theme.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <algorithm>
#include <cmath>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

namespace sockwalk {

using tell::LadderRung;

LadderCanvas::LadderCanvas(Walk& walk, RecordReader& reader, QWidget* parent)
    : QAbstractScrollArea(parent), m_walk(walk), m_reader(reader) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Ladder"));
  setAccessibleDescription(tr("The segments between the two ends. Up and down go from one to the next."));
  viewport()->setMouseTracking(true);
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
  fitScroll();
  setPosition(m_position, true);
}

void LadderCanvas::setPosition(EventIndex position, bool follow) {
  m_position = position;
  const auto& rungs = m_ladder.rungs;
  const auto after = std::ranges::partition_point(rungs, [&](const LadderRung& r) { return r.event() < position; });
  m_now = static_cast<int>(after - rungs.begin()) - 1;
  if (follow && m_now >= 0) bringIntoView(m_now);
  viewport()->update();
}

void LadderCanvas::restyle() {
  fitScroll();
  viewport()->update();
}

// ---- where things lie
double LadderCanvas::rowHeight() const { return std::round(theme().scaled(19)); }
double LadderCanvas::headHeight() const { return std::round(theme().scaled(50)); }
double LadderCanvas::laneX(int end) const {
  const double clock = theme().scaled(58), width = viewport()->width() - clock;
  const auto side = [&](int e) { // of what is behind the wire nothing is told
    return m_ladder.ends[e].simulated ? std::clamp(width * 0.27, theme().scaled(100), theme().scaled(330))
                                      : theme().scaled(112);
  };
  return end ? viewport()->width() - side(1) : clock + side(0) - theme().scaled(20);
}
double LadderCanvas::y(int tick) const {
  return headHeight() + (tick + 0.9) * rowHeight() - verticalScrollBar()->value();
}

// Over the arrow, near the end from which it comes: arrows that cross keep their words apart.
QRectF LadderCanvas::labelRect(const LadderRung& rung) const {
  const QFontMetricsF metrics(theme().mono(11));
  const double from = laneX(rung.forward ? 0 : 1), to = laneX(rung.forward ? 1 : 0);
  const double width = std::min(metrics.horizontalAdvance(text(rung.numbers)) + 8, std::abs(to - from) - 24);
  const double gap = theme().scaled(14), left = rung.forward ? from + gap : from - gap - width;
  const double y0 = y(rung.tickLeft), y1 = std::max(y(rung.tickArrived), y0 + rowHeight() * 0.5);
  const double along = (gap + width / 2) / std::abs(to - from);
  return {left, y0 + (y1 - y0) * along - metrics.height() / 2, width, metrics.height()};
}

QRectF LadderCanvas::sideRect(const LadderRung& rung, bool sender) const {
  const int end = rung.forward == sender ? 0 : 1;
  const double gap = theme().scaled(9), time = theme().scaled(58),
               middle = y(sender ? rung.tickLeft : rung.tickArrived);
  const double left = end ? laneX(1) + gap : time, right = end ? viewport()->width() - gap : laneX(0) - gap;
  return {left, middle - rowHeight() / 2, right - left, rowHeight()};
}

std::pair<int, int> LadderCanvas::seenRungs() const {
  if (m_ladder.empty()) return {0, 0};
  const double scrolled = verticalScrollBar()->value();
  const int top = static_cast<int>(scrolled / rowHeight()) - m_longest - 1;
  const int bottom = static_cast<int>((scrolled + viewport()->height()) / rowHeight()) + 1;
  const auto first = [&](int tick) { return m_firstOfTick[size_t(std::clamp(tick, 0, m_ladder.ticks))]; };
  return {first(top), first(bottom)};
}

int LadderCanvas::rungAt(QPoint at) const {
  const auto [from, to] = seenRungs();
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

void LadderCanvas::fitScroll() {
  const int content = static_cast<int>(headHeight() + (m_ladder.ticks + 1) * rowHeight());
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(rowHeight()));
  verticalScrollBar()->setRange(0, std::max(0, content - viewport()->height()));
}
void LadderCanvas::resizeEvent(QResizeEvent*) {
  fitScroll();
  if (m_now >= 0) bringIntoView(m_now);
}

// The picture rests as long as the rung is well in sight.
void LadderCanvas::bringIntoView(int rung) {
  const LadderRung& r = m_ladder.rungs[size_t(rung)];
  const double top = y(r.tickLeft) - rowHeight(), bottom = y(r.tickArrived) + rowHeight() * 2;
  const bool seen = top >= headHeight() && bottom <= viewport()->height();
  if (seen) return;
  const double middle = headHeight() + (viewport()->height() - headHeight()) / 2.5;
  verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(y(r.tickLeft) - middle));
}

// ---- mouse and keys
void LadderCanvas::choose(int rung) {
  if (rung < 0 || rung >= static_cast<int>(m_ladder.rungs.size())) return;
  emit goTo(m_ladder.rungs[size_t(rung)].event() + 1);
}

// A click near the far end goes to where it arrives.
void LadderCanvas::mousePressEvent(QMouseEvent* event) {
  const int rung = event->button() == Qt::LeftButton ? rungAt(event->pos()) : -1;
  if (rung < 0) return;
  const LadderRung& r = m_ladder.rungs[size_t(rung)];
  const double middle = (laneX(0) + laneX(1)) / 2;
  const bool far = (event->pos().x() > middle) == r.forward;
  if (far && r.arrived != NoEvent) return emit goTo(r.arrived + 1);
  choose(rung);
}

void LadderCanvas::keyPressEvent(QKeyEvent* event) {
  const int page = std::max(1, static_cast<int>(viewport()->height() / rowHeight()) - 4);
  const int last = static_cast<int>(m_ladder.rungs.size()) - 1;
  switch (event->key()) {
  case Qt::Key_Up: return choose(std::max(0, m_now - 1));
  case Qt::Key_Down: return choose(std::min(last, m_now + 1));
  case Qt::Key_PageUp: return choose(std::max(0, m_now - page));
  case Qt::Key_PageDown: return choose(std::min(last, m_now + page));
  case Qt::Key_Home: return choose(0);
  case Qt::Key_End: return choose(last);
  default: return QAbstractScrollArea::keyPressEvent(event);
  }
}

QString LadderCanvas::wordsOf(const LadderRung& r) const {
  const tell::Record& record = m_reader.record();
  QStringList lines;
  if (!r.numbers.empty()) lines << text(r.numbers);
  for (const tell::Text& t : {tell::remarkOn(r, record), tell::atSender(m_ladder, r, m_walk.journal(), record),
                              tell::atReceiver(m_ladder, r, m_walk.journal(), record)})
    if (!t.empty()) lines << shown(t);
  if (r.left != NoEvent && r.arrived != NoEvent && r.left != r.arrived)
    lines << tr("on the way for %1")
                 .arg(text(tell::duration(m_walk.journal().timeAt(r.arrived) - m_walk.journal().timeAt(r.left))));
  return lines.join('\n');
}

bool LadderCanvas::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int rung = rungAt(help->pos());
    if (rung < 0) QToolTip::hideText();
    else QToolTip::showText(help->globalPos(), wordsOf(m_ladder.rungs[size_t(rung)]), viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

} // namespace sockwalk
