#include "views/map/map_canvas.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

namespace sockwalk {

using tell::MapPart, tell::PartPassed, tell::stackMap;

constexpr double Columns = 12, Rows = 9.8; // of the grid that the parts stand in

MapCanvas::MapCanvas(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAccessibleName(tr("Map of the network stack"));
  setAccessibleDescription(
      tr("Arrows choose a part, Enter goes to its next call, Space opens the view that shows more of it."));
}

void MapCanvas::setMoment(tell::MapMoment moment) {
  m_moment = std::move(moment);
  update();
}

QRectF MapCanvas::partRect(int part) const {
  const MapPart& p = stackMap()[size_t(part)];
  const double margin = theme().scaled(10), unit = (width() - 2 * margin) / Columns;
  const double row = std::min((height() - 2 * margin) / Rows, theme().scaled(72));
  const double top = margin + std::max(0.0, (height() - 2 * margin - row * Rows) / 2);
  return {margin + p.column * unit, top + p.row * row, p.width * unit, row * 0.86};
}

int MapCanvas::partAt(QPointF at) const {
  for (int i = 0; i < static_cast<int>(stackMap().size()); ++i)
    if (partRect(i).contains(at)) return i;
  return -1;
}

QString MapCanvas::wordsOf(int part) const {
  if (m_moment.parts.empty()) return {};
  const PartPassed& p = m_moment.parts[size_t(part)];
  QStringList words;
  if (p.calls) words << (p.calls == 1 ? tr("1 call") : tr("%L1 calls").arg(p.calls));
  if (p.ahead) words << tr("%L1 to come").arg(p.ahead);
  return words.join(" · ");
}

// ---- painting
void MapCanvas::paintEvent(QPaintEvent*) {
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  p.fillRect(rect(), theme().color(Role::Card));
  paintEdges(p);
  for (int i = 0; i < static_cast<int>(stackMap().size()); ++i) paintPart(p, i);
}

static int indexOf(std::string_view id) {
  const auto found = std::ranges::find_if(stackMap(), [&](const MapPart& p) { return id == p.id; });
  return static_cast<int>(found - stackMap().begin());
}

static QPointF towards(const QRectF& box, const QPointF& target) {
  const QPointF away = target - box.center();
  const double x = std::abs(away.x()) < 1e-6 ? 1e9 : box.width() / 2 / std::abs(away.x());
  const double y = std::abs(away.y()) < 1e-6 ? 1e9 : box.height() / 2 / std::abs(away.y());
  return box.center() + away * std::min(x, y);
}

void MapCanvas::paintEdges(QPainter& p) const {
  for (const tell::MapEdge& edge : tell::stackMapEdges()) {
    const int from = indexOf(edge.from), to = indexOf(edge.to);
    const bool gone = std::ranges::find(m_moment.crossings, std::pair(from, to)) != m_moment.crossings.end();
    const QRectF a = partRect(from), b = partRect(to);
    const QPointF start = towards(a, b.center()), end = towards(b, a.center());
    if (QLineF(start, end).length() < 4) continue;
    drawEdge(p, QPolygonF({start, start + (end - start) / 3, start + (end - start) * 2 / 3, end}),
             gone ? Tense::Past : Tense::Future);
  }
}

void MapCanvas::paintPart(QPainter& p, int part) const {
  const MapPart& told = stackMap()[size_t(part)];
  const PartPassed passed = m_moment.parts.empty() ? PartPassed{} : m_moment.parts[size_t(part)];
  const LayerColors& colours = theme().layer(told.layer);
  const QRectF box = partRect(part);
  const bool was = passed.calls > 0, willBe = passed.ahead > 0;
  p.setBrush(passed.running ? colours.fill : was ? colours.band : theme().color(Role::Card));
  p.setPen(QPen(was || passed.running ? colours.line : colours.faintLine,
                passed.open ? 2.4
                : was       ? 1.6
                            : 1,
                was || !willBe ? Qt::SolidLine : Qt::DashLine));
  p.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6);
  const QRectF inside = box.adjusted(theme().scaled(8), 3, -theme().scaled(8), -3);
  const QString words = wordsOf(part);
  const bool two = !words.isEmpty() && inside.height() > theme().scaled(32);
  p.setFont(theme().sans(11.5, passed.running ? QFont::Bold : QFont::DemiBold));
  p.setPen(passed.running ? colours.textOnFill : was ? theme().color(Role::Title) : theme().color(Role::Muted));
  const QRectF upper = two ? QRectF(inside.left(), inside.top(), inside.width(), inside.height() / 2) : inside;
  p.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter,
             QFontMetricsF(p.font()).elidedText(shown(told.name()), Qt::ElideRight, upper.width()));
  if (two) {
    p.setFont(theme().sans(10.5));
    if (!passed.running) p.setPen(theme().color(Role::Muted));
    const QRectF lower(inside.left(), inside.center().y(), inside.width(), inside.height() / 2);
    p.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter,
               QFontMetricsF(p.font()).elidedText(words, Qt::ElideRight, lower.width()));
  }
  if (hasFocus() && part == m_chosen) {
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(theme().color(Role::Accent), 2));
    p.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 8, 8);
  }
}

// ---- mouse and keys
void MapCanvas::go(int part) {
  if (part < 0 || m_moment.parts.empty()) return;
  const PartPassed& p = m_moment.parts[size_t(part)];
  const EventIndex to = p.next != NoEvent ? p.next : p.last;
  if (to != NoEvent) emit goTo(to + 1);
}

void MapCanvas::mousePressEvent(QMouseEvent* event) {
  const int part = partAt(event->position());
  if (part < 0 || event->button() != Qt::LeftButton) return;
  m_chosen = part;
  update();
  go(part);
}
void MapCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (const int part = partAt(event->position()); part >= 0) emit viewWanted(stackMap()[size_t(part)].view);
}

// The nearest part in a direction.
void MapCanvas::choose(int dx, int dy) {
  const QPointF from = partRect(m_chosen).center();
  int best = m_chosen;
  double nearest = 1e9;
  for (int i = 0; i < static_cast<int>(stackMap().size()); ++i) {
    const QPointF away = partRect(i).center() - from;
    const double along = away.x() * dx + away.y() * dy, aside = std::abs(away.x() * dy) + std::abs(away.y() * dx);
    if (along < 4) continue;
    if (const double far = along + aside * 2; far < nearest) nearest = far, best = i;
  }
  m_chosen = best;
  update();
}

void MapCanvas::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
  case Qt::Key_Left: return choose(-1, 0);
  case Qt::Key_Right: return choose(1, 0);
  case Qt::Key_Up: return choose(0, -1);
  case Qt::Key_Down: return choose(0, 1);
  case Qt::Key_Return:
  case Qt::Key_Enter: return go(m_chosen);
  case Qt::Key_Space: emit viewWanted(stackMap()[size_t(m_chosen)].view); return;
  default: return QWidget::keyPressEvent(event);
  }
}

bool MapCanvas::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int part = partAt(help->pos());
  QString words;
  if (part >= 0) {
    words = shown(stackMap()[size_t(part)].name());
    if (const QString more = wordsOf(part); !more.isEmpty()) words += '\n' + more;
    words += '\n' + tr("Click: to its next call. Double-click: the view that shows more of it.");
  }
  QToolTip::showText(help->globalPos(), words, this);
  return true;
}

} // namespace sockwalk
