#include "views/map/map_canvas.h"
#include "engine/tell/in_words.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include "views/walk/view.h"
#include <algorithm>
#include <cmath>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace sockwalk {

using tell::MapPart, tell::PartPassed, tell::stackMap;

constexpr double Columns = 12, Rows = 9.8; // of the grid that the parts stand in

MapCanvas::MapCanvas(QWidget* parent) : PictureCanvas(parent) {
  setAccessibleName(tr("Map of the network stack"));
  setAccessibleDescription(
      tr("Arrows choose a part, Enter goes to its next call, Space opens the view that shows more of it."));
}

void MapCanvas::setMoment(tell::MapMoment moment) {
  m_moment = std::move(moment);
  if (std::ranges::any_of(m_moment.parts, &PartPassed::running)) bringIntoSight(partRect(itemHere()));
  changed();
}

double MapCanvas::contentHeight() const { return std::max(fullHeight(), theme().scaled(34) * Rows); }

QRectF MapCanvas::partRect(int part) const {
  const MapPart& p = stackMap()[size_t(part)];
  const double margin = theme().scaled(10), unit = (contentWidth() - 2 * margin) / Columns, height = contentHeight();
  const double row = std::min((height - 2 * margin) / Rows, theme().scaled(72));
  const double top = margin + std::max(0.0, (height - 2 * margin - row * Rows) / 2);
  return QRectF(margin + p.column * unit, top + p.row * row, p.width * unit, row * 0.86).translated(-scrolled());
}

static QString viewTitle(std::string_view name) {
  for (const ViewInfo& view : registeredViews())
    if (name == view.name) return QCoreApplication::translate("Views", view.title);
  return text(name);
}

// In the lower right corner of its part, where that has two lines.
QRectF MapCanvas::linkRect(int part) const {
  const QRectF box = partRect(part);
  if (box.height() < theme().scaled(38)) return {};
  const QFontMetricsF metrics(theme().sans(10.5));
  const double wide = metrics.horizontalAdvance(viewTitle(stackMap()[size_t(part)].view) + " ↗") + 4;
  const double right = box.right() - theme().scaled(8);
  if (wide > box.width() - theme().scaled(16)) return {};
  return {right - wide, box.center().y(), wide, box.height() / 2 - 3};
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
void MapCanvas::paint(QPainter& p) {
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
  const QRectF link = linkRect(part);
  const bool two = !link.isEmpty() || (!words.isEmpty() && inside.height() > theme().scaled(32));
  p.setFont(theme().sans(11.5, passed.running ? QFont::Bold : QFont::DemiBold));
  p.setPen(passed.running ? colours.textOnFill : was ? theme().color(Role::Title) : theme().color(Role::Muted));
  const QRectF upper = two ? QRectF(inside.left(), inside.top(), inside.width(), inside.height() / 2) : inside;
  const QFontMetricsF metrics(p.font());
  const QString name = shown(told.name());
  const QRectF wrapped = metrics.boundingRect(upper, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, name);
  if (!two && wrapped.width() <= upper.width() && wrapped.height() <= upper.height() + 4)
    p.drawText(wrapped, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, name);
  else p.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(name, Qt::ElideRight, upper.width()));
  if (two) {
    p.setFont(theme().sans(10.5));
    if (!passed.running) p.setPen(theme().color(Role::Muted));
    const double right = link.isEmpty() ? inside.right() : link.left() - 4;
    const QRectF lower(inside.left(), inside.center().y(), right - inside.left(), inside.height() / 2);
    p.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter,
               QFontMetricsF(p.font()).elidedText(words, Qt::ElideRight, lower.width()));
  }
  if (!link.isEmpty()) paintLink(p, part, passed.running ? colours.textOnFill : theme().color(Role::Accent));
}

void MapCanvas::paintLink(QPainter& p, int part, const QColor& colour) const {
  p.setFont(theme().sans(10.5));
  p.setPen(colour);
  p.drawText(linkRect(part), Qt::AlignRight | Qt::AlignVCenter, viewTitle(stackMap()[size_t(part)].view) + " ↗");
}

// ---- items
EventIndex MapCanvas::callOf(int part) const {
  if (m_moment.parts.empty()) return NoEvent;
  const PartPassed& p = m_moment.parts[size_t(part)];
  return p.next != NoEvent ? p.next : p.last;
}

int MapCanvas::itemHere() const {
  const auto running = std::ranges::find_if(m_moment.parts, [](const PartPassed& p) { return p.running; });
  return running == m_moment.parts.end() ? 0 : static_cast<int>(running - m_moment.parts.begin());
}

double MapCanvas::leastWidth() const { return theme().scaled(440); }

QStringList MapCanvas::headings() const {
  return {tr("Part"), tr("Layer"), tr("Calls"), tr("To come"), tr("State"), tr("View")};
}

DescribedItem MapCanvas::item(int part) const {
  const MapPart& told = stackMap()[size_t(part)];
  const PartPassed passed = m_moment.parts.empty() ? PartPassed{} : m_moment.parts[size_t(part)];
  DescribedItem out;
  out.cells << shown(told.name()) << shown(tell::layerText(told.layer)) << QString::number(passed.calls)
            << QString::number(passed.ahead)
            << (passed.running ? tr("running")
                : passed.open  ? tr("open")
                               : QString())
            << viewTitle(told.view);
  out.rect = partRect(part).toAlignedRect();
  out.role = QAccessible::Button;
  out.lit = passed.running;
  if (const EventIndex call = callOf(part); call != NoEvent)
    out.press = [canvas = const_cast<MapCanvas*>(this), call] { emit canvas->goTo(call + 1); };
  return out;
}

QString MapCanvas::summary() const { return shown(m_moment.stimulus); }

// ---- mouse and keys
void MapCanvas::clicked(QPointF at, int part) {
  if (part < 0) return;
  if (linkRect(part).contains(at)) return emit viewWanted(stackMap()[size_t(part)].view);
  standOn(part);
  PictureCanvas::clicked(at, part);
}
void MapCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (const int part = itemIn(toRoom(event->position())); part >= 0) emit viewWanted(stackMap()[size_t(part)].view);
}

// The nearest part in a direction.
void MapCanvas::choose(int dx, int dy) {
  const QPointF from = partRect(chosen()).center();
  int best = chosen();
  double nearest = 1e9;
  for (int i = 0; i < static_cast<int>(stackMap().size()); ++i) {
    const QPointF away = partRect(i).center() - from;
    const double along = away.x() * dx + away.y() * dy, aside = std::abs(away.x() * dy) + std::abs(away.y() * dx);
    if (along < 4) continue;
    if (const double far = along + aside * 2; far < nearest) nearest = far, best = i;
  }
  standOn(best);
}

void MapCanvas::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
  case Qt::Key_Left: return choose(-1, 0);
  case Qt::Key_Right: return choose(1, 0);
  case Qt::Key_Up: return choose(0, -1);
  case Qt::Key_Down: return choose(0, 1);
  case Qt::Key_Space: emit viewWanted(stackMap()[size_t(chosen())].view); return;
  default: PictureCanvas::keyPressEvent(event);
  }
}

QString MapCanvas::tipAt(QPointF, int part) const {
  if (part < 0) return {};
  QStringList lines{shown(stackMap()[size_t(part)].name()), wordsOf(part),
                    tr("Click: to its next call. Double-click: the view that shows more of it.")};
  lines.removeAll(QString());
  return lines.join('\n');
}

} // namespace sockwalk
