// How the timeline is painted. Whatever the length of the walk, a row costs at most one bar a pixel: after each bar the
// search goes on from the next pixel, and what is thinner than that is one sliver.
#include "engine/tell/in_words.h"
#include "views/theme/theme.h"
#include "views/timeline/timeline_canvas.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <algorithm>
#include <cmath>
#include <QPainter>
#include <QPainterPath>

namespace sockwalk {

void TimelineCanvas::paintEvent(QPaintEvent*) {
  QPainter p(this);
  p.fillRect(rect(), theme().color(Role::Card));
  if (!m_walk.isOpen() || !m_model.size()) return paintEmpty(p);
  const EventIndex running = runningCall();
  p.save();
  p.setClipRect(QRectF(0, m_layout.area().top() - 1, width(), height()));
  p.translate(0, -m_scroll);
  for (const TimelineRow& row : m_layout.rows())
    if (row.y + m_layout.barHeight() > m_scroll && row.y < m_scroll + height()) paintRow(p, row, running);
  paintLabels(p);
  p.restore();
  paintRuler(p);
  paintMarks(p);
  paintPlayhead(p);
}

void TimelineCanvas::paintEmpty(QPainter& p) const {
  p.setFont(theme().sans());
  p.setPen(theme().color(Role::Muted));
  p.drawText(
      rect().adjusted(16, 16, -16, -8), Qt::AlignCenter | Qt::TextWordWrap,
      tr("Nothing has been recorded yet. Open a scenario or a capture (File > Open), or issue a call in the console: "
         "its calls appear here over time."));
}

void TimelineCanvas::paintRow(QPainter& p, const TimelineRow& r, EventIndex running) const {
  eachDrawnBar(r, [&](const tell::LaneBar& bar, const QRectF& place) {
    const bool ahead = bar.begin >= m_walk.position();
    if (place.width() >= 3) return paintBar(p, place, bar, ahead, bar.begin == running);
    const LayerColors& c = theme().layer(bar.layer);
    p.fillRect(QRectF(std::floor(place.left()), r.y, std::ceil(place.width()), m_layout.barHeight()),
               ahead ? c.faintFill : c.fill);
  });
}

void TimelineCanvas::eachDrawnBar(const TimelineRow& r, const EachBar& each) const {
  const auto& row = m_model.lanes()[r.lane].rows[r.row];
  const double perPixel = m_range.length() / m_layout.area().width(), right = m_layout.area().right();
  size_t i = tell::Lanes::firstEndingAfter(row, EventIndex(std::max(0.0, m_range.from)));
  while (i < row.size() && row[i].begin < m_range.to) {
    const tell::LaneBar& bar = row[i];
    const double end = bar.end == NoEvent ? m_model.size() : bar.end + 1.0;
    const double x0 = std::max(m_layout.x(bar.begin), m_layout.area().left() - 8),
                 x1 = std::min(m_layout.x(end), right + 8);
    each(bar, QRectF(x0, r.y, std::max(1.0, x1 - x0), m_layout.barHeight()));
    // On to the next pixel, past all that would fall into this one.
    const size_t next =
        tell::Lanes::firstEndingAfter(row, EventIndex(std::max(end - 1, double(bar.begin) + std::floor(perPixel))));
    i = std::max(next, i + 1);
  }
}

void TimelineCanvas::paintBar(QPainter& p, const QRectF& r, const tell::LaneBar& bar, bool ahead, bool running) const {
  const LayerColors& c = theme().layer(bar.layer);
  const bool hover = m_hover && m_hover->bar.begin == bar.begin;
  const double gap = r.width() > 5 ? 0.5 : 0; // a hair of light between neighbours
  const QRectF inner = r.adjusted(gap, 0, -gap, 0);
  p.setRenderHint(QPainter::Antialiasing, r.width() > 6);
  p.setPen(Qt::NoPen);
  p.setBrush(ahead ? c.faintFill : c.fill);
  if (r.width() > 6) p.drawRoundedRect(inner, 3, 3);
  else p.drawRect(inner);
  if (running || hover) {
    p.setRenderHint(QPainter::Antialiasing);
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(theme().color(running ? Role::Title : Role::Accent), 1.6));
    p.drawRoundedRect(inner.adjusted(0.8, 0.8, -0.8, -0.8), 3, 3);
  }
  // The name stays in sight while its bar is.
  const double left = std::max(inner.left(), m_layout.area().left());
  QRectF room(left + 5, r.y(), std::min(inner.right(), double(width())) - left - 8, r.height());
  if (room.width() < 14) return;
  p.setFont(theme().mono(r.height() < theme().scaled(15)   ? 9.5
                         : r.height() < theme().scaled(17) ? 10
                                                           : 10.5,
                         running ? QFont::Bold : QFont::Normal));
  p.setPen(ahead ? theme().color(Role::Text) : c.textOnFill);
  const QString name = nameOf(bar);
  const QFontMetricsF metrics(p.font());
  // In a low bar the strokes of __ would lie on its edge, where nobody sees them.
  const double lift = std::max(0.0, std::ceil((metrics.height() + 3 - room.height()) / 2));
  room.translate(0, -lift);
  if (metrics.horizontalAdvance(name) <= room.width()) {
    p.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, name);
  } else if (room.width() > theme().scaled(34)) {
    p.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(name, Qt::ElideRight, room.width()));
  }
}

void TimelineCanvas::paintLabels(QPainter& p) const {
  p.setRenderHint(QPainter::Antialiasing, false);
  const double left = m_layout.area().left();
  for (const TimelineLabel& label : m_layout.labels()) {
    const tell::Lane& lane = m_model.lanes()[label.lane];
    p.setPen(theme().color(Role::Hairline));
    if (&label != &m_layout.labels().front()) p.drawLine(QPointF(0, label.y - 4), QPointF(width(), label.y - 4));
    const QRectF room(0,
                      std::min(std::max(label.y, double(m_scroll) + m_layout.area().top()),
                               label.y + label.height - m_layout.barHeight() - 2),
                      left - 8, m_layout.barHeight());
    p.setFont(theme().sans(11, QFont::DemiBold));
    p.setPen(theme().color(Role::Muted));
    p.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
               QFontMetricsF(p.font()).elidedText(shown(lane.name()), Qt::ElideRight, room.width()));
  }
}

// Stimuli along the top: a tick where each begins, its name where there is room for it.
void TimelineCanvas::paintRuler(QPainter& p) const {
  const auto& stimuli = m_walk.journal().stimuli();
  const double h = wordsHeight(), end = width() - m_reserved;
  p.setFont(theme().mono(11));
  const QFontMetricsF metrics(p.font());
  auto it =
      std::partition_point(stimuli.begin(), stimuli.end(), [&](const Stimulus& s) { return s.event < m_range.from; });
  // The one that is under way at the left edge, unless the next begins right there.
  if (it != stimuli.begin() && (it == stimuli.end() || m_layout.x(it->event) > m_layout.area().left() + 2)) --it;
  while (it != stimuli.end() && it->event < m_range.to) {
    const double x = std::max(m_layout.x(it->event), m_layout.area().left());
    const auto next = std::next(it);
    const double until = std::min(next == stimuli.end() ? end : m_layout.x(next->event) - 6, end);
    p.setPen(theme().color(Role::PathEdge));
    p.drawLine(QPointF(std::floor(x) + 0.5, h - 6), QPointF(std::floor(x) + 0.5, h - 1));
    if (until - x > theme().scaled(36)) {
      p.setPen(theme().color(Role::Text));
      const QString words = shown(tell::stimulusText(it->text));
      const QString text = metrics.elidedText(words, Qt::ElideRight, until - x - 8);
      p.drawText(QRectF(x + 5, 0, until - x - 6, h - 2), Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    // However many begin within one pixel, one tick is enough.
    const double after = m_layout.eventAt(std::floor(x) + 1);
    it = std::partition_point(next, stimuli.end(), [&](const Stimulus& s) { return s.event < after; });
  }
  p.setPen(theme().color(Role::Hairline));
  p.drawLine(QPointF(0, rulerHeight() - 0.5), QPointF(width(), rulerHeight() - 0.5));
}

static void drawMark(QPainter& p, tell::LaneMark::Kind kind, double x, double y, double size) {
  QPainterPath path;
  const double s = size / 2;
  if (kind == tell::LaneMark::Drop || kind == tell::LaneMark::Panic) {
    path.moveTo(x - s * 0.8, y - s * 0.8), path.lineTo(x + s * 0.8, y + s * 0.8);
    path.moveTo(x - s * 0.8, y + s * 0.8), path.lineTo(x + s * 0.8, y - s * 0.8);
    return p.strokePath(path, QPen(theme().color(Role::Danger), 2));
  }
  const double d = kind == tell::LaneMark::In ? 1 : -1; // in: from the wire, down on the page; out: up and away
  path.moveTo(x - s * 0.8, y + d * 0), path.lineTo(x + s * 0.8, y), path.lineTo(x, y + d * s), path.closeSubpath();
  p.fillPath(path, theme().layer(Layer::Device).line);
  p.strokePath(
      [&] {
        QPainterPath stem;
        stem.moveTo(x, y - d * s), stem.lineTo(x, y);
        return stem;
      }(),
      QPen(theme().layer(Layer::Device).line, 2));
}

// Packets in and out, and what was lost. Of the marks within one arrow's width the worst is shown.
void TimelineCanvas::paintMarks(QPainter& p) const {
  const double height = marksHeight();
  if (height <= 0) return;
  p.setRenderHint(QPainter::Antialiasing);
  const double size = theme().scaled(9), y = rulerHeight() + height / 2;
  const auto& marks = m_model.marks();
  for (size_t i = m_model.firstMarkFrom(EventIndex(std::max(0.0, m_range.from)));
       i < marks.size() && marks[i].event < m_range.to;) {
    const double x = m_layout.x(marks[i].event);
    const size_t next = std::max(i + 1, m_model.firstMarkFrom(EventIndex(m_layout.eventAt(x + size / 2) + 1)));
    auto kind = marks[i].kind;
    for (size_t k = i; k < std::min(next, i + 256); ++k) kind = std::max(kind, marks[k].kind);
    if (kind >= tell::LaneMark::Drop) {
      QColor stripe = theme().color(Role::Danger);
      stripe.setAlphaF(0.35f);
      p.fillRect(QRectF(x - 0.5, rulerHeight() + height, 1, this->height()), stripe);
    }
    drawMark(p, kind, x, y, size);
    i = next;
  }
}

void TimelineCanvas::paintPlayhead(QPainter& p) const {
  const double x = std::round(m_layout.x(m_walk.position())), left = m_layout.area().left();
  if (x < left - 1 || x > m_layout.area().right() + 1) return;
  p.setRenderHint(QPainter::Antialiasing);
  const QColor red = theme().color(Role::Playhead);
  p.setPen(QPen(red, hasFocus() ? 2.4 : 1.8));
  const double top = wordsHeight();
  p.drawLine(QPointF(x, top + 2), QPointF(x, height() - 1));
  const double w = theme().scaled(5.5);
  QPainterPath handle;
  handle.moveTo(x - w, top), handle.lineTo(x + w, top), handle.lineTo(x + w, top + w * 0.6);
  handle.lineTo(x, top + w * 1.6), handle.lineTo(x - w, top + w * 0.6), handle.closeSubpath();
  p.fillPath(handle, red);
}

} // namespace sockwalk
