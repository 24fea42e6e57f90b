#include "views/timeline/timeline_canvas.h"
#include "engine/tell/in_words.h"
#include "engine/tell/moments.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <algorithm>
#include <cmath>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

namespace sockwalk {

TimelineCanvas::TimelineCanvas(Walk& walk, QWidget* parent)
    : QWidget(parent), Described(*static_cast<QWidget*>(this)), m_walk(walk) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Timeline"));
  setAccessibleDescription(
      tr("Nested calls over time. Left and right step, up goes to the caller, plus and minus zoom, 0 shows "
         "the whole walk, C this system call, Enter the call that runs; with Shift, left and right move the part "
         "that is shown."));
  m_seek.setSingleShot(true);
  m_seek.setInterval(12);
  connect(&m_seek, &QTimer::timeout, this, [this] { seekTo(m_wanted); });
  connect(&walk, &Walk::opened, this, [this] {
    m_model.clear();
    m_scroll = 0;
    m_hover.reset();
    m_scope = Scope::Call;
    emit scopeChanged();
    arrange();
  });
  connect(&walk, &Walk::recorded, this, [this] {
    m_model.update(m_walk.journal());
    if (m_scope != Scope::Free) m_range = scopeRange();
    arrange();
  });
  connect(&walk, &Walk::moved, this, [this](EventIndex, EventIndex to, bool jump) { follow(to, jump); });
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] { arrange(); });
  if (walk.isOpen()) {
    m_model.update(walk.journal());
    m_range = scopeRange();
  }
}

double TimelineCanvas::wordsHeight() const { return std::ceil(theme().scaled(20)); }
// The handle has a strip of its own: it lies on no word and on no button, wherever it stands.
double TimelineCanvas::rulerHeight() const { return wordsHeight() + std::ceil(theme().scaled(9)); }
double TimelineCanvas::marksHeight() const {
  const size_t first = m_model.firstMarkFrom(EventIndex(std::max(0.0, m_range.from)));
  const bool any = first < m_model.marks().size() && m_model.marks()[first].event < m_range.to;
  return any ? std::ceil(theme().scaled(12)) : 0;
}
// Room for the lanes' names; none while only one lane is to be seen.
double TimelineCanvas::gutter() const {
  const EventIndex from = EventIndex(std::max(0.0, m_range.from)), to = EventIndex(std::max(1.0, m_range.to));
  const QFontMetricsF metrics(theme().sans(11, QFont::DemiBold));
  int lanes = 0;
  double widest = theme().scaled(72);
  for (const tell::Lane& lane : m_model.lanes()) {
    if (std::ranges::none_of(lane.rows, [&](auto& row) { return tell::Lanes::touches(row, from, to); })) continue;
    ++lanes;
    widest = std::max(widest, metrics.horizontalAdvance(shown(lane.name())) + 12);
  }
  return lanes > 1 ? std::ceil(std::min(widest, width() / 4.0)) : 0;
}

void TimelineCanvas::arrange() {
  const double top = rulerHeight() + marksHeight() + 2, left = gutter() + 6;
  m_layout.arrange(m_model, m_range,
                   QRectF(left, top, std::max(10.0, width() - left - 8), std::max(10.0, height() - top - 2)),
                   theme().typeScale());
  m_scroll = std::clamp(m_scroll, 0, scrollRange());
  describedAnew();
  emit laidOut();
  update();
}

int TimelineCanvas::scrollRange() const {
  return std::max(0, int(std::ceil(m_layout.contentHeight() - m_layout.area().height())));
}
void TimelineCanvas::setScroll(int y) {
  m_scroll = std::clamp(y, 0, scrollRange());
  describedElsewhere();
  emit laidOut();
  update();
}

TimelineRange TimelineCanvas::scopeRange() const {
  const double size = std::max<double>(1, m_model.size());
  if (!m_walk.isOpen() || m_scope == Scope::Whole) return {0, size};
  const Journal& j = m_walk.journal();
  const int s = m_walk.position() ? j.stimulusAt(m_walk.position() - 1) : 0;
  if (s < 0 || s >= int(j.stimuli().size())) return {0, size};
  const double end = s + 1 < int(j.stimuli().size()) ? double(j.stimuli()[s + 1].event) : size;
  return {double(j.stimuli()[s].event), std::max(end, double(j.stimuli()[s].event) + 1)};
}

void TimelineCanvas::setScope(Scope scope) {
  m_scope = scope;
  if (scope != Scope::Free) m_range = scopeRange();
  emit scopeChanged();
  arrange();
  bringIntoView(runningCall());
}

void TimelineCanvas::setRange(TimelineRange range) {
  const double size = std::max<double>(1, m_model.size());
  const double length = std::clamp(range.length(), std::min(size, 8.0), size);
  const double from = std::clamp(range.from, 0.0, size - length);
  m_range = {from, from + length};
  if (m_scope != Scope::Free) {
    m_scope = Scope::Free;
    emit scopeChanged();
  }
  arrange();
}

void TimelineCanvas::zoom(double factor, double around) {
  const double from = around - (around - m_range.from) * factor;
  setRange({from, from + m_range.length() * factor});
}

// The part shown follows the playhead; a part that the person chose moves only when the playhead leaves it.
void TimelineCanvas::follow(EventIndex position, bool) {
  if (m_scope == Scope::Call && m_drag != Drag::Seek) {
    const TimelineRange range = scopeRange();
    if (range.from != m_range.from || range.to != m_range.to) {
      m_range = range;
      arrange();
    }
  } else if (m_scope == Scope::Free && m_drag == Drag::None && (position < m_range.from || position > m_range.to)) {
    const double half = m_range.length() / 2;
    setRange({position - half, position + half});
  }
  if (m_drag == Drag::None) bringIntoView(runningCall());
  describedAnew();
  update();
}

EventIndex TimelineCanvas::runningCall() const {
  if (!m_walk.isOpen() || !m_walk.position()) return NoEvent;
  const Journal& j = m_walk.journal();
  const EventIndex last = m_walk.position() - 1, call = j.callAround(last);
  return call != NoEvent && j[last].type == EventType::Return ? j.callerOf(call) : call;
}

void TimelineCanvas::bringIntoView(EventIndex call) {
  if (call == NoEvent || !scrollRange()) return;
  for (const TimelineRow& r : m_layout.rows()) {
    const auto& row = m_model.lanes()[r.lane].rows[r.row];
    const size_t i = tell::Lanes::firstEndingAfter(row, call);
    if (i >= row.size() || row[i].begin != call) continue;
    const double top = r.y - m_layout.area().top(), room = m_layout.area().height() - m_layout.barHeight() * 2;
    if (top < m_scroll) setScroll(int(top) - int(m_layout.barHeight()));
    else if (top > m_scroll + room) setScroll(int(top - room));
    return;
  }
}

std::optional<TimelineCanvas::Hit> TimelineCanvas::hit(QPointF at) const {
  if (at.y() < m_layout.area().top() || at.x() < m_layout.area().left() - 2) return {};
  const TimelineRow* r = m_layout.rowAt(at.y() + m_scroll);
  if (!r) return {};
  const auto& row = m_model.lanes()[r->lane].rows[r->row];
  const double slack = m_range.length() / std::max(1.0, m_layout.area().width()); // a pixel's worth
  const double event = m_layout.eventAt(at.x());
  const size_t i = tell::Lanes::firstEndingAfter(row, EventIndex(std::max(0.0, event - slack)));
  if (i >= row.size() || row[i].begin > event + slack) return {};
  return Hit{r->lane, r->row, row[i]};
}

void TimelineCanvas::seekTo(double event) {
  const EventIndex to = EventIndex(std::clamp<double>(std::round(event), 0, m_model.size()));
  if (m_walk.isOpen() && to != m_walk.position()) m_walk.seek(to);
}

QRectF TimelineCanvas::handle() const {
  const double x = m_layout.x(m_walk.position());
  return {x - 6, wordsHeight(), 12, rulerHeight() - wordsHeight()};
}

void TimelineCanvas::mousePressEvent(QMouseEvent* e) {
  m_pressed = e->position();
  m_pressedRange = m_range;
  m_pressedScroll = m_scroll;
  m_pressedPosition = m_walk.position();
  const bool pan =
      e->button() == Qt::MiddleButton || (e->button() == Qt::LeftButton && e->modifiers() & Qt::ShiftModifier);
  if (pan) m_drag = Drag::Pan, setCursor(Qt::ClosedHandCursor);
  else if (e->button() == Qt::LeftButton) {
    m_drag = Drag::Pressed;
    // The ruler and empty places mean a moment, a bar means its call: that one waits for the release.
    if (m_pressed.y() < m_layout.area().top() || !hit(m_pressed)) {
      m_drag = Drag::Seek;
      if (!handle().contains(m_pressed)) seekTo(m_layout.eventAt(m_pressed.x()));
    }
  }
}

void TimelineCanvas::mouseMoveEvent(QMouseEvent* e) {
  const QPointF by = e->position() - m_pressed;
  if (m_drag == Drag::Pressed && std::abs(by.x()) > 4) m_drag = Drag::Seek;
  if (m_drag == Drag::Seek) {
    m_wanted = m_layout.eventAt(e->position().x());
    if (!m_seek.isActive()) m_seek.start();
    return;
  }
  if (m_drag == Drag::Pan) {
    const double events = by.x() / m_layout.area().width() * m_pressedRange.length();
    setRange({m_pressedRange.from - events, m_pressedRange.to - events});
    setScroll(m_pressedScroll - int(by.y()));
    return;
  }
  const auto now = hit(e->position());
  const bool changed = now.has_value() != m_hover.has_value() || (now && now->bar.begin != m_hover->bar.begin);
  m_hover = now;
  setCursor(now ? Qt::PointingHandCursor : handle().contains(e->position()) ? Qt::SplitHCursor : Qt::ArrowCursor);
  if (changed) update();
}

void TimelineCanvas::mouseReleaseEvent(QMouseEvent* e) {
  const Drag drag = std::exchange(m_drag, Drag::None);
  if (drag == Drag::Pan) unsetCursor();
  if (drag == Drag::Pressed)
    if (const auto h = hit(m_pressed)) seekTo(double(h->bar.begin) + 1);
  if (drag == Drag::Seek && m_seek.isActive()) {
    m_seek.stop();
    seekTo(m_wanted);
  }
  follow(m_walk.position(), true);
}

// A double click fills the window with that call.
void TimelineCanvas::mouseDoubleClickEvent(QMouseEvent* e) {
  if (const auto h = hit(e->position())) fillWith(h->bar);
}

void TimelineCanvas::fillWith(const tell::LaneBar& bar) {
  const double end = bar.end == NoEvent ? m_model.size() : bar.end + 1.0;
  const double margin = (end - bar.begin) * 0.03;
  setRange({bar.begin - margin, end + margin});
}

void TimelineCanvas::pan(double share) {
  const double events = share * m_range.length();
  setRange({m_range.from + events, m_range.to + events});
}

void TimelineCanvas::wheelEvent(QWheelEvent* e) {
  const QPoint delta = e->angleDelta();
  const double sideways = delta.x() ? delta.x() : e->modifiers() & Qt::ShiftModifier ? delta.y() : 0;
  if (sideways) {
    pan(-sideways / 120.0 * 0.1);
  } else if (e->modifiers() & Qt::ControlModifier) {
    setScroll(m_scroll - delta.y() / 3);
  } else if (delta.y()) {
    zoom(std::pow(0.8, delta.y() / 120.0), m_layout.eventAt(e->position().x()));
  }
  e->accept();
}

void TimelineCanvas::keyPressEvent(QKeyEvent* e) {
  const double middle = std::clamp<double>(m_walk.position(), m_range.from, m_range.to);
  const bool shift = e->modifiers() & Qt::ShiftModifier;
  if (shift && (e->key() == Qt::Key_Left || e->key() == Qt::Key_Right))
    return pan(e->key() == Qt::Key_Left ? -0.1 : 0.1);
  switch (e->key()) {
  case Qt::Key_Left: m_walk.stepBackInto(); return;
  case Qt::Key_Right: m_walk.stepInto(); return;
  case Qt::Key_Up: m_walk.stepBackOut(); return;
  case Qt::Key_Down: m_walk.stepOut(); return;
  case Qt::Key_Plus:
  case Qt::Key_Equal: return zoom(0.7, middle);
  case Qt::Key_Minus: return zoom(1 / 0.7, middle);
  case Qt::Key_0: return setScope(Scope::Whole);
  case Qt::Key_C: return setScope(Scope::Call);
  case Qt::Key_Return:
  case Qt::Key_Enter:
    if (const EventIndex call = runningCall(); call != NoEvent)
      fillWith({call, Journal::returnOf(m_walk.journal()[call]), 0, Layer::User});
    return;
  case Qt::Key_PageUp: return setScroll(m_scroll - height() / 2);
  case Qt::Key_PageDown: return setScroll(m_scroll + height() / 2);
  default: QWidget::keyPressEvent(e);
  }
}

bool TimelineCanvas::event(QEvent* e) {
  if (e->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(e);
    showTip(help->pos(), help->globalPos());
    return true;
  }
  return QWidget::event(e);
}

void TimelineCanvas::showTip(QPoint local, QPoint global) {
  if (!m_walk.isOpen()) return;
  const Journal& j = m_walk.journal();
  if (const auto h = hit(local)) {
    const bool asked = nameOf(h->bar) == QString(tell::Covers::Hatch);
    return QToolTip::showText(global, asked ? nameOf(h->bar) : shown(tell::barText(j, h->bar)), this);
  }
  if (local.y() < m_layout.area().top()) {
    const double event = m_layout.eventAt(local.x()), slack = 5 * m_range.length() / m_layout.area().width();
    const size_t i = m_model.firstMarkFrom(EventIndex(std::max(0.0, event - slack)));
    if (local.y() > rulerHeight() && i < m_model.marks().size() && m_model.marks()[i].event < event + slack)
      return QToolTip::showText(global, shown(tell::event(m_walk.playhead(), m_model.marks()[i].event)), this);
    const int s = j.size() ? j.stimulusAt(EventIndex(std::clamp<double>(event, 0, j.size() - 1))) : -1;
    if (s >= 0) return QToolTip::showText(global, shown(tell::stimulusText(j.stimuli()[s].text)), this);
  }
  QToolTip::hideText();
}

void TimelineCanvas::leaveEvent(QEvent*) {
  m_hover.reset();
  update();
}
void TimelineCanvas::resizeEvent(QResizeEvent*) { arrange(); }

} // namespace sockwalk
