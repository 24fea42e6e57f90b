// The timeline as words: the bars that are drawn, row by row, and the playhead as a value that can be set.
#include "engine/tell/in_words.h"
#include "engine/tell/moments.h"
#include "views/theme/theme.h"
#include "views/timeline/timeline_canvas.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <algorithm>
#include <array>

namespace sockwalk {

// What all bars of a moment have in common: there are thousands.
struct TimelineCanvas::Saying {
  EventIndex position, running;
  std::array<QString, layerCount> layers;
  QString toCome = tr("to come"), runs = tr("running"), open = tr("open"), done = tr("done");

  explicit Saying(const TimelineCanvas& canvas) : position(canvas.m_walk.position()), running(canvas.runningCall()) {
    for (const Layer layer : allLayers) layers[std::size_t(layer)] = shown(tell::layerText(layer));
  }
  const QString& stateOf(const tell::LaneBar& bar) const {
    if (bar.begin >= position) return toCome;
    if (bar.begin == running) return runs;
    return bar.end == NoEvent || bar.end >= position ? open : done;
  }
};

QString TimelineCanvas::nameOf(const tell::LaneBar& bar) const {
  const std::string name = tell::barName(bar);
  const bool asked = bar.begin >= m_walk.position() && m_walk.covers().call(name);
  return asked ? QString(tell::Covers::Hatch) : text(name);
}

void TimelineCanvas::describeRow(Description& out, const TimelineRow& row, const Saying& saying,
                                 std::size_t most) const {
  const QString lane = shown(m_model.lanes()[row.lane].name()), depth = QString::number(row.row);
  eachDrawnBar(row, [&](const tell::LaneBar& bar, const QRectF& place) {
    if (out.items.size() >= most) return;
    DescribedItem item;
    item.cells << nameOf(bar) << saying.layers[std::size_t(bar.layer)] << lane << depth << QString::number(bar.begin)
               << (bar.end == NoEvent ? QString() : QString::number(bar.end)) << saying.stateOf(bar);
    item.rect = (place.translated(0, -m_scroll) & QRectF(rect())).toAlignedRect();
    item.role = QAccessible::Button;
    item.lit = bar.begin == saying.running;
    item.press = [walk = &m_walk, to = bar.begin + 1] { walk->seek(to); };
    out.items.push_back(std::move(item));
  });
}

DescribedItem TimelineCanvas::describedPlayhead() const {
  const double now = m_walk.position();
  DescribedItem item;
  item.name = tr("Playhead");
  item.cells << item.name << QString() << QString() << QString() << QString::number(m_walk.position());
  const double x = m_layout.x(now);
  item.rect = (QRectF(x - 6, 0, 12, height()) & QRectF(rect())).toAlignedRect();
  item.role = QAccessible::Slider;
  item.listed = false;
  item.value = DescribedItem::Value{now, 0, double(m_model.size()),
                                    [canvas = const_cast<TimelineCanvas*>(this)](double to) { canvas->seekTo(to); }};
  return item;
}

static QString markWords(tell::LaneMark::Kind kind) {
  switch (kind) {
  case tell::LaneMark::In: return TimelineCanvas::tr("frame in");
  case tell::LaneMark::Out: return TimelineCanvas::tr("frame out");
  case tell::LaneMark::Drop: return TimelineCanvas::tr("drop");
  case tell::LaneMark::Panic: break;
  }
  return TimelineCanvas::tr("panic");
}

// What stands above the bars: what the machine was told to do, and the marks of frames and losses.
void TimelineCanvas::describeRuler(Description& out) const {
  constexpr std::size_t most = 1000;
  const auto add = [&](const QString& name, const QString& row, EventIndex event, const QRectF& place) {
    DescribedItem item;
    item.cells << name << QString() << row << QString() << QString::number(event) << QString()
               << (event >= m_walk.position() ? tr("to come") : tr("done"));
    item.rect = (place & QRectF(rect())).toAlignedRect();
    item.role = QAccessible::Button;
    item.press = [walk = &m_walk, event] { walk->seek(event + 1); };
    out.items.push_back(std::move(item));
  };
  const double wide = theme().scaled(9), marks = marksHeight();
  for (const Stimulus& s : m_walk.journal().stimuli())
    if (s.event >= m_range.from && s.event < m_range.to && out.items.size() < most)
      add(shown(tell::stimulusText(s.text)), tr("what the machine is told"), s.event,
          QRectF(m_layout.x(s.event), 0, wide, rulerHeight()));
  for (std::size_t i = m_model.firstMarkFrom(EventIndex(std::max(0.0, m_range.from)));
       i < m_model.marks().size() && m_model.marks()[i].event < m_range.to && out.items.size() < 2 * most; ++i) {
    const tell::LaneMark& mark = m_model.marks()[i];
    add(markWords(mark.kind), tr("frames and losses"), mark.event,
        QRectF(m_layout.x(mark.event) - wide / 2, rulerHeight(), wide, marks));
  }
}

Description TimelineCanvas::describe() const {
  constexpr std::size_t most = 2000; // nobody reads more; a part of the walk has fewer
  Description out;
  out.headings << tr("Call") << tr("Layer") << tr("Row") << tr("Depth") << tr("From event") << tr("To event")
               << tr("State");
  if (!m_walk.isOpen() || !m_model.size()) return out;
  out.items.push_back(describedPlayhead());
  describeRuler(out);
  const std::size_t above = out.items.size();
  const Saying saying(*this);
  for (const TimelineRow& row : m_layout.rows()) describeRow(out, row, saying, above + most);
  QStringList words;
  if (m_walk.position()) words << shown(tell::event(m_walk.playhead(), m_walk.position() - 1));
  if (const int more = callsInRange() - static_cast<int>(out.items.size() - above); more > 0)
    words << tr("%n calls more are too many or too short to be told here; zoom in to see them.", nullptr, more);
  out.summary = words.join(QLatin1Char('\n'));
  return out;
}

int TimelineCanvas::callsInRange() const {
  std::ptrdiff_t calls = 0;
  for (const TimelineRow& r : m_layout.rows()) {
    const auto& row = m_model.lanes()[r.lane].rows[r.row];
    const auto from =
        row.begin() + std::ptrdiff_t(tell::Lanes::firstEndingAfter(row, EventIndex(std::max(0.0, m_range.from))));
    calls += std::partition_point(from, row.end(), [&](const tell::LaneBar& b) { return b.begin < m_range.to; }) - from;
  }
  return static_cast<int>(calls);
}

} // namespace sockwalk
