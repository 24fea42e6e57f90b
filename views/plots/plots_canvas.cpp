#include "views/plots/plots_canvas.h"
#include "engine/tell/lessons/covers.h"
#include "engine/tell/values.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

namespace sockwalk {

using tell::PlotLine, tell::PlotPanel, tell::PlotPoint;

PlotsCanvas::PlotsCanvas(QWidget* parent) : PictureCanvas(parent) {
  setAccessibleName(tr("Plots over time"));
  setAccessibleDescription(
      tr("Up and down go from line to line, left and right to the change before and after, plus and "
         "minus zoom, 0 shows the whole life of the socket."));
}

void PlotsCanvas::setPlots(tell::Plots plots, const Journal* journal) {
  const bool grown = m_plots.socket == plots.socket && m_journal == journal && m_from > m_plots.from;
  m_plots = std::move(plots);
  m_journal = journal;
  m_drawn = {};
  if (!grown) show(m_plots.from, m_plots.to);
  changed();
}
void PlotsCanvas::setPosition(EventIndex position) {
  m_position = position;
  changed();
}

// ---- where things lie
QRectF PlotsCanvas::panelRect(int panel) const {
  const double count = std::max<double>(1, double(m_plots.panels.size()));
  const double width = viewport()->width(), foot = theme().scaled(24);
  const double left = theme().scaled(64), right = width - std::min(theme().scaled(196), width * 0.4);
  const double each = (viewport()->height() - foot) / count, head = theme().scaled(22);
  return {left, panel * each + head, std::max(20.0, right - left), std::max(10.0, each - head - theme().scaled(8))};
}
double PlotsCanvas::x(s64 time) const {
  const QRectF area = panelRect(0);
  return area.left() + area.width() * double(time - m_from) / double(m_to - m_from);
}
s64 PlotsCanvas::timeAt(double x) const {
  const QRectF area = panelRect(0);
  return m_from + static_cast<s64>(double(m_to - m_from) * (x - area.left()) / area.width());
}
double PlotsCanvas::y(int panel, double value) const {
  const QRectF area = panelRect(panel);
  const double most = std::max(1e-9, m_plots.panels[size_t(panel)].most * 1.08);
  return area.bottom() - area.height() * std::clamp(value / most, 0.0, 1.0);
}
// Where the panel is low, beside its title as well.
QRectF PlotsCanvas::legendRect(int panel, int line) const {
  const QRectF area = panelRect(panel);
  const double count = std::max<double>(1, double(m_plots.panels[size_t(panel)].lines.size()));
  const double highest = area.top() - theme().scaled(20);
  const double row = std::min(theme().scaled(18), (area.bottom() - highest) / count);
  return {area.right() + theme().scaled(10), std::min(area.top(), area.bottom() - row * count) + line * row,
          viewport()->width() - area.right() - theme().scaled(14), row};
}

static QString number(double value) {
  return value == std::floor(value) ? QString("%L1").arg(static_cast<qint64>(value))
                                    : QString("%L1").arg(value, 0, 'f', 2);
}

QString PlotsCanvas::valueText(const PlotLine& line) const {
  return isAsked(line) ? text(tell::Covers::Hatch) : number(line.valueAt(m_position));
}

QString PlotsCanvas::legendText(int panel, int line) const {
  const PlotLine& l = m_plots.panels[size_t(panel)].lines[size_t(line)];
  return QString("%1 %2").arg(l.name, valueText(l));
}

// ---- painting: each line has a colour, and a dash of its own beside it
QColor PlotsCanvas::colourOf(int line) const {
  constexpr Layer layers[] = {Layer::Socket, Layer::Ip, Layer::Transport, Layer::Device};
  return theme().layer(layers[line % 4]).text;
}
Qt::PenStyle PlotsCanvas::styleOf(int line) const {
  constexpr Qt::PenStyle styles[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
  return styles[line % 4];
}

QPen PlotsCanvas::penOf(int line) const { return {colourOf(line), 1.8, styleOf(line)}; }

// However long the walk, a step paints the values and the line of now, and no staircase anew.
void PlotsCanvas::drawLines() {
  const double ratio = devicePixelRatioF();
  m_drawn = QPixmap(viewport()->size() * ratio);
  m_drawn.setDevicePixelRatio(ratio);
  m_drawn.fill(theme().color(Role::Card));
  QPainter p(&m_drawn);
  p.setRenderHint(QPainter::Antialiasing);
  for (int panel = 0; panel < static_cast<int>(m_plots.panels.size()); ++panel) paintPanel(p, panel);
}

void PlotsCanvas::paint(QPainter& p) {
  if (m_plots.panels.empty()) return;
  if (m_drawn.isNull()) drawLines();
  p.drawPixmap(0, 0, m_drawn);
  if (m_hidesAhead && m_hidesAhead()) coverAhead(p);
  for (int i = 0; i < itemCount(); ++i) paintLegend(p, lineOf(i).first, lineOf(i).second);
  paintNow(p);
}

void PlotsCanvas::coverAhead(QPainter& p) const {
  if (!m_journal) return;
  const double now = m_position ? x(m_journal->timeAt(m_position - 1)) : 0;
  for (int panel = 0; panel < static_cast<int>(m_plots.panels.size()); ++panel) {
    QRectF ahead = panelRect(panel).adjusted(1, 1, -1, -1);
    ahead.setLeft(std::max(ahead.left(), now));
    if (ahead.width() > 0) p.fillRect(ahead, theme().color(Role::Card));
  }
}

void PlotsCanvas::paintPanel(QPainter& p, int panel) const {
  const PlotPanel& told = m_plots.panels[size_t(panel)];
  const QRectF area = panelRect(panel);
  p.setFont(theme().sans(11.5, QFont::DemiBold));
  p.setPen(theme().color(Role::Title));
  p.drawText(QRectF(area.left(), area.top() - theme().scaled(20), area.width(), theme().scaled(18)),
             Qt::AlignLeft | Qt::AlignVCenter,
             tr("%1, %2", "a panel and its unit").arg(shown(told.title), shown(told.unit)));
  p.setPen(QPen(theme().color(Role::Hairline), 1));
  p.setBrush(Qt::NoBrush);
  p.drawRect(area);
  p.setFont(theme().mono(10.5));
  p.setPen(theme().color(Role::Muted));
  const bool asked = std::ranges::any_of(told.lines, [this](const PlotLine& line) { return isAsked(line); });
  for (const double value : {0.0, told.most}) {
    if (value > 0 && asked) continue; // it may be the answer
    const double at = y(panel, value), row = theme().scaled(14);
    p.drawText(QRectF(0, at - row / 2, area.left() - 6, row), Qt::AlignRight | Qt::AlignVCenter, number(value));
  }
  for (int line = 0; line < static_cast<int>(told.lines.size()); ++line) paintLine(p, panel, line);
}

// Whatever the number of changes, a line costs no more than a few points a pixel.
void PlotsCanvas::paintLine(QPainter& p, int panel, int line) const {
  const PlotLine& l = m_plots.panels[size_t(panel)].lines[size_t(line)];
  if (isAsked(l)) return;
  const QRectF area = panelRect(panel);
  QPolygonF steps;
  auto at = std::ranges::partition_point(l.points, [&](const PlotPoint& c) { return c.time < m_from; });
  double value = at == l.points.begin() ? -1 : std::prev(at)->value;
  if (value >= 0) steps << QPointF(area.left(), y(panel, value));
  while (at != l.points.end() && at->time <= m_to) {
    const double here = x(at->time);
    if (value >= 0) steps << QPointF(here, y(panel, value));
    double low = at->value, high = at->value;
    for (; at != l.points.end() && x(at->time) < here + 0.5; ++at) {
      value = at->value;
      low = std::min(low, value), high = std::max(high, value);
    }
    if (low != value || high != value) steps << QPointF(here, y(panel, low)) << QPointF(here, y(panel, high));
    steps << QPointF(here, y(panel, value));
  }
  if (value >= 0) steps << QPointF(std::min(area.right(), x(m_plots.to)), y(panel, value));
  p.setPen(penOf(line));
  p.drawPolyline(steps);
}

void PlotsCanvas::paintLegend(QPainter& p, int panel, int line) const {
  const QRectF legend = legendRect(panel, line);
  p.setPen(penOf(line));
  p.drawLine(QPointF(legend.left(), legend.center().y()),
             QPointF(legend.left() + theme().scaled(18), legend.center().y()));
  p.setFont(theme().mono(11));
  const QRectF words = legend.adjusted(theme().scaled(24), 0, 0, 0);
  p.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
             QFontMetricsF(p.font()).elidedText(legendText(panel, line), Qt::ElideRight, words.width()));
}

void PlotsCanvas::paintNow(QPainter& p) const {
  const QRectF last = panelRect(static_cast<int>(m_plots.panels.size()) - 1);
  p.setFont(theme().mono(10.5));
  p.setPen(theme().color(Role::Muted));
  QString from = text(tell::time(m_from)), to = text(tell::time(m_to));
  QRectF foot(last.left(), viewport()->height() - theme().scaled(22), last.width(), theme().scaled(18));
  const double both = QFontMetricsF(p.font()).horizontalAdvance(from + to) + theme().scaled(12);
  if (foot.left() + both > viewport()->width()) { // in milliseconds there is room
    const auto brief = [](s64 ns) { return QString::number(double(ns) / 1e9, 'f', 3) + QStringLiteral(" s"); };
    from = brief(m_from);
    to = brief(m_to);
  } else {
    foot.setWidth(std::max(foot.width(), both));
  }
  p.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, from);
  p.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, to);
  if (!m_journal || !m_position) return;
  const double at = x(m_journal->timeAt(m_position - 1));
  if (at < last.left() - 1 || at > last.right() + 1) return;
  p.setPen(QPen(theme().color(Role::Playhead), 1.6));
  p.drawLine(QPointF(at, panelRect(0).top() - 4), QPointF(at, last.bottom() + 4));
}

// ---- mouse and keys
bool PlotsCanvas::seek(QPointF at) {
  if (!m_journal || m_plots.panels.empty() || at.x() > panelRect(0).right() + 4) return false;
  const s64 time = std::clamp(timeAt(at.x()), m_plots.from, m_plots.to);
  emit goTo(std::min(tell::eventAt(*m_journal, time) + 1, m_journal->size()));
  return true;
}
void PlotsCanvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !seek(event->position())) PictureCanvas::mousePressEvent(event);
}
void PlotsCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton) || !seek(event->position())) PictureCanvas::mouseMoveEvent(event);
}

void PlotsCanvas::show(s64 from, s64 to) {
  constexpr s64 Least = 1000; // ns
  const s64 length = std::clamp(to - from, std::min(Least, m_plots.to - m_plots.from), m_plots.to - m_plots.from);
  m_from = std::clamp(from, m_plots.from, m_plots.to - length);
  m_to = std::max(m_from + length, m_from + 1);
  m_drawn = {};
  describedElsewhere();
  viewport()->update();
  emit zoomChanged();
}
void PlotsCanvas::zoomBy(double factor, QPointF around) {
  if (m_plots.panels.empty()) return;
  const double middle = double(timeAt(around.x())), length = double(m_to - m_from) / factor;
  const double share = (middle - double(m_from)) / double(m_to - m_from);
  show(static_cast<s64>(middle - length * share), static_cast<s64>(middle + length * (1 - share)));
}
void PlotsCanvas::wheelEvent(QWheelEvent* event) {
  zoomBy(std::pow(1.25, event->angleDelta().y() / 120.0), event->position());
  event->accept();
}

void PlotsCanvas::step(int direction) {
  EventIndex best = NoEvent;
  for (const PlotPanel& panel : m_plots.panels)
    for (const PlotLine& line : panel.lines) {
      auto next = std::ranges::partition_point(line.points, [&](const PlotPoint& p) {
        return direction > 0 ? p.event < m_position : p.event + 1 < m_position;
      });
      if (direction < 0 && next == line.points.begin()) continue;
      if (direction < 0) --next;
      if (next == line.points.end()) continue;
      if (best == NoEvent || (direction > 0 ? next->event < best : next->event > best)) best = next->event;
    }
  if (best != NoEvent) emit goTo(best + 1);
}

void PlotsCanvas::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Left) return step(-1);
  if (event->key() == Qt::Key_Right) return step(1);
  PictureCanvas::keyPressEvent(event);
}

// ---- in words
std::pair<int, int> PlotsCanvas::lineOf(int item) const {
  for (int panel = 0; panel < static_cast<int>(m_plots.panels.size()); ++panel) {
    const int lines = static_cast<int>(m_plots.panels[size_t(panel)].lines.size());
    if (item < lines) return {panel, item};
    item -= lines;
  }
  return {0, 0};
}

int PlotsCanvas::itemCount() const {
  size_t count = 0;
  for (const PlotPanel& panel : m_plots.panels) count += panel.lines.size();
  return static_cast<int>(count);
}

QRectF PlotsCanvas::rectOfItem(int item) const { return legendRect(lineOf(item).first, lineOf(item).second); }

QStringList PlotsCanvas::headings() const {
  return {tr("Line"), tr("Value"), tr("Unit"), tr("Panel"), tr("Changes"), tr("What it is")};
}

EventIndex PlotsCanvas::changeOf(const PlotLine& line) const {
  if (line.points.empty()) return NoEvent;
  const auto next = std::ranges::partition_point(line.points, [&](const PlotPoint& p) { return p.event < m_position; });
  return next == line.points.end() ? line.points.back().event : next->event;
}

DescribedItem PlotsCanvas::item(int index) const {
  const auto [panel, line] = lineOf(index);
  const PlotPanel& told = m_plots.panels[size_t(panel)];
  const PlotLine& l = told.lines[size_t(line)];
  DescribedItem out;
  out.cells << l.name << valueText(l) << shown(told.unit) << shown(told.title) << QString::number(l.points.size())
            << shown(l.meaning);
  out.rect = rectOfItem(index).toAlignedRect();
  out.role = QAccessible::Button;
  const EventIndex change = changeOf(l);
  if (change != NoEvent)
    out.press = [canvas = const_cast<PlotsCanvas*>(this), change] { emit canvas->goTo(change + 1); };
  return out;
}

QString PlotsCanvas::summary() const {
  return m_plots.panels.empty() ? QString() : tr("The numbers of %1 at the moment.").arg(text(m_plots.socket));
}

QString PlotsCanvas::tipAt(QPointF, int index) const {
  if (index < 0) return {};
  const auto [panel, line] = lineOf(index);
  return legendText(panel, line) + '\n' + shown(m_plots.panels[size_t(panel)].lines[size_t(line)].meaning) + '\n' +
         tr("Click: to its next change.");
}

} // namespace sockwalk
