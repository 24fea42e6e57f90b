#include "views/plots/plots_canvas.h"
#include "engine/tell/values.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace sockwalk {

using tell::PlotLine, tell::PlotPanel, tell::PlotPoint;

PlotsCanvas::PlotsCanvas(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAccessibleName(tr("Plots over time"));
  setAccessibleDescription(tr(
      "Left and right go to the change before and after, plus and minus zoom, 0 shows the whole life of the socket."));
}

void PlotsCanvas::setPlots(tell::Plots plots, const Journal* journal) {
  const bool grown = m_plots.socket == plots.socket && m_journal == journal && m_from > m_plots.from;
  m_plots = std::move(plots);
  m_journal = journal;
  if (!grown) show(m_plots.from, m_plots.to);
  update();
}
void PlotsCanvas::setPosition(EventIndex position) {
  m_position = position;
  update();
}

// ---- where things lie
QRectF PlotsCanvas::panelRect(int panel) const {
  const double count = std::max<double>(1, double(m_plots.panels.size()));
  const double left = theme().scaled(64), right = width() - theme().scaled(196), foot = theme().scaled(24);
  const double each = (height() - foot) / count, head = theme().scaled(22);
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
QRectF PlotsCanvas::legendRect(int panel, int line) const {
  const QRectF area = panelRect(panel);
  const double row = std::min(theme().scaled(18),
                              area.height() / std::max<double>(1, double(m_plots.panels[size_t(panel)].lines.size())));
  return {area.right() + theme().scaled(10), area.top() + line * row, width() - area.right() - theme().scaled(14), row};
}

static QString number(double value) {
  return value == std::floor(value) ? QString("%L1").arg(static_cast<qint64>(value))
                                    : QString("%L1").arg(value, 0, 'f', 2);
}

QString PlotsCanvas::legendText(int panel, int line) const {
  const PlotLine& l = m_plots.panels[size_t(panel)].lines[size_t(line)];
  return QString("%1 %2").arg(l.name, number(l.valueAt(m_position)));
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

void PlotsCanvas::paintEvent(QPaintEvent*) {
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  p.fillRect(rect(), theme().color(Role::Card));
  for (int panel = 0; panel < static_cast<int>(m_plots.panels.size()); ++panel) paintPanel(p, panel);
  if (!m_plots.panels.empty()) paintNow(p);
  if (!hasFocus()) return;
  p.setPen(QPen(theme().color(Role::Accent), 1.5));
  p.setBrush(Qt::NoBrush);
  p.drawRect(rect().adjusted(1, 1, -2, -2));
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
  for (const double value : {0.0, told.most}) {
    const double at = y(panel, value), row = theme().scaled(14);
    p.drawText(QRectF(0, at - row / 2, area.left() - 6, row), Qt::AlignRight | Qt::AlignVCenter, number(value));
  }
  for (int line = 0; line < static_cast<int>(told.lines.size()); ++line) paintLine(p, panel, line);
}

// Whatever the number of changes, a line costs no more than a few points a pixel.
void PlotsCanvas::paintLine(QPainter& p, int panel, int line) const {
  const PlotLine& l = m_plots.panels[size_t(panel)].lines[size_t(line)];
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
  p.save();
  p.setPen(QPen(colourOf(line), 1.8, styleOf(line)));
  p.drawPolyline(steps);
  const QRectF legend = legendRect(panel, line);
  p.drawLine(QPointF(legend.left(), legend.center().y()),
             QPointF(legend.left() + theme().scaled(18), legend.center().y()));
  p.setFont(theme().mono(11));
  const QRectF words = legend.adjusted(theme().scaled(24), 0, 0, 0);
  p.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
             QFontMetricsF(p.font()).elidedText(legendText(panel, line), Qt::ElideRight, words.width()));
  p.restore();
}

void PlotsCanvas::paintNow(QPainter& p) const {
  const QRectF last = panelRect(static_cast<int>(m_plots.panels.size()) - 1);
  p.setFont(theme().mono(10.5));
  p.setPen(theme().color(Role::Muted));
  const QRectF foot(last.left(), height() - theme().scaled(22), last.width(), theme().scaled(18));
  p.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, text(tell::time(m_from)));
  p.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, text(tell::time(m_to)));
  if (!m_journal || !m_position) return;
  const double at = x(m_journal->timeAt(m_position - 1));
  if (at < last.left() - 1 || at > last.right() + 1) return;
  p.setPen(QPen(theme().color(Role::Playhead), 1.6));
  p.drawLine(QPointF(at, panelRect(0).top() - 4), QPointF(at, last.bottom() + 4));
}

// ---- mouse and keys
void PlotsCanvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !m_journal || m_plots.panels.empty()) return;
  const s64 time = std::clamp(timeAt(event->position().x()), m_plots.from, m_plots.to);
  emit goTo(std::min(tell::eventAt(*m_journal, time) + 1, m_journal->size()));
}
void PlotsCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) mousePressEvent(event);
}

void PlotsCanvas::show(s64 from, s64 to) {
  constexpr s64 Least = 1000; // ns
  const s64 length = std::clamp(to - from, std::min(Least, m_plots.to - m_plots.from), m_plots.to - m_plots.from);
  m_from = std::clamp(from, m_plots.from, m_plots.to - length);
  m_to = std::max(m_from + length, m_from + 1);
  update();
}
void PlotsCanvas::zoom(double factor, double around) {
  const double middle = double(timeAt(around)), length = double(m_to - m_from) * factor;
  const double share = (middle - double(m_from)) / double(m_to - m_from);
  show(static_cast<s64>(middle - length * share), static_cast<s64>(middle + length * (1 - share)));
}
void PlotsCanvas::wheelEvent(QWheelEvent* event) {
  zoom(std::pow(0.8, event->angleDelta().y() / 120.0), event->position().x());
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
  switch (event->key()) {
  case Qt::Key_Left: return step(-1);
  case Qt::Key_Right: return step(1);
  case Qt::Key_Plus:
  case Qt::Key_Equal: return zoom(0.7, panelRect(0).center().x());
  case Qt::Key_Minus: return zoom(1 / 0.7, panelRect(0).center().x());
  case Qt::Key_0: return show(m_plots.from, m_plots.to);
  default: return QWidget::keyPressEvent(event);
  }
}

bool PlotsCanvas::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QString words;
  for (int panel = 0; panel < static_cast<int>(m_plots.panels.size()); ++panel)
    for (int line = 0; line < static_cast<int>(m_plots.panels[size_t(panel)].lines.size()); ++line)
      if (legendRect(panel, line).contains(help->pos()))
        words = legendText(panel, line) + '\n' + shown(m_plots.panels[size_t(panel)].lines[size_t(line)].meaning);
  QToolTip::showText(help->globalPos(), words, this);
  return true;
}

} // namespace sockwalk
