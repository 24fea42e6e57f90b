#include "views/birth/birth_canvas.h"
#include "engine/tell/values.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>

namespace sockwalk {

using tell::BirthPart, tell::BirthTie;

namespace {
double line() { return QFontMetricsF(theme().mono(12)).height() + theme().scaled(3); }
double labels() { return theme().scaled(150); } // beside the cards: what the members are called
double lane() { return theme().scaled(12); }
constexpr double Side = 12;
// As drawEdge() takes it, by curves.
QPolygonF straight(const QPolygonF& corners) {
  QPolygonF out{corners.front()};
  for (qsizetype i = 1; i < corners.size(); ++i) {
    const QPointF third = (corners[i] - corners[i - 1]) / 3;
    out << corners[i - 1] + third << corners[i] - third << corners[i];
  }
  return out;
}
} // namespace

BirthCanvas::BirthCanvas(QWidget* parent) : PictureCanvas(parent) {
  setAccessibleName(tr("Birth of a socket or a packet"));
}

void BirthCanvas::show(const tell::Birth& birth, tell::StepRange step) {
  const bool other = birth.subject != m_birth.subject || birth.from != m_birth.from;
  m_birth = birth;
  m_step = step;
  refit();
  if (other) verticalScrollBar()->setValue(0);
  if (const int here = itemHere(); here >= 0) bringIntoSight(rectOfItem(here));
  changed();
}

// ---- where all of it lies
void BirthCanvas::layOut() {
  const double right = contentWidth() - Side - labels() - lane() * double(m_birth.ties.size() + 1);
  const double wide = std::max(right - Side, theme().scaled(240));
  m_cards.clear();
  double y = theme().scaled(6);
  for (size_t i = 0; i < m_birth.parts.size(); ++i) {
    const auto ends =
        std::ranges::count_if(m_birth.ties, [&](const BirthTie& t) { return t.from == int(i) || t.to == int(i); });
    const double high =
        std::max(double(m_birth.parts[i].within.empty() ? 2 : 3), double(ends)) * line() + theme().scaled(12);
    m_cards.emplace_back(Side, y, wide, high);
    y += high + theme().scaled(14);
  }
  placeTies(Side + wide);
  m_height = y;
}

double BirthCanvas::leastWidth() const {
  return theme().scaled(240) + 2 * Side + labels() + lane() * double(m_birth.ties.size() + 1);
}

// Each end has a place of its own at its card's right edge, each line a lane of its own: short ones further in.
void BirthCanvas::placeTies(double cardRight) {
  const auto& ties = m_birth.ties;
  std::vector<size_t> order(ties.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](size_t t) { return std::abs(ties[t].from - ties[t].to); });
  std::vector<int> used(m_cards.size(), 0);
  const auto place = [&](int part) {
    return m_cards[size_t(part)].top() + theme().scaled(6) + (used[size_t(part)]++ + 0.75) * line();
  };
  m_ties.assign(ties.size(), {});
  for (size_t t = 0; t < ties.size(); ++t) {
    const double from = place(ties[t].from), to = place(ties[t].to);
    const auto rank = double(std::ranges::find(order, t) - order.begin());
    const double x = cardRight + labels() + lane() * (rank + 0.5);
    m_ties[t].line = {{cardRight, from}, {x, from}, {x, to}, {cardRight + 1, to}};
    m_ties[t].label = {cardRight + 6, from - line() + 2, labels() - 8, line() - 3};
  }
}

QRectF BirthCanvas::rectOfItem(int index) const {
  const QRectF& rect = isPart(index) ? m_cards[size_t(index)] : m_ties[size_t(index) - m_cards.size()].label;
  return rect.translated(-scrolled());
}

// ---- where a click leads
void BirthCanvas::toPart(int index) {
  const BirthPart part = m_birth.parts[size_t(index)];
  if (part.born != NoEvent) emit goTo(part.born + 1);
  else emit refused(tr("%1 was there before: its birth is another picture.").arg(text(part.name)));
  emit focusWanted(part.address);
}

// ---- words
int BirthCanvas::itemHere() const {
  for (size_t i = 0; i < m_birth.parts.size(); ++i)
    if (m_birth.parts[i].born != NoEvent && isFresh(m_birth.parts[i].born)) return static_cast<int>(i);
  for (size_t i = 0; i < m_birth.ties.size(); ++i)
    if (isFresh(m_birth.ties[i].event)) return static_cast<int>(m_cards.size() + i);
  return -1;
}

QStringList BirthCanvas::headings() const {
  return {tr("Part or pointer"), tr("Bytes"), tr("Cache"), tr("Within it"), tr("Birth"), tr("State")};
}

DescribedItem BirthCanvas::item(int index) const {
  auto* canvas = const_cast<BirthCanvas*>(this);
  DescribedItem item;
  item.rect = rectOfItem(index).toAlignedRect();
  item.role = QAccessible::Button;
  if (isPart(index)) {
    const BirthPart& part = m_birth.parts[size_t(index)];
    item.cells << text(part.name) << QString::number(part.size) << text(part.cache) << text(part.within)
               << shown(tell::bornText(part)) << (part.there ? tr("there") : tr("to come"));
    item.lit = part.born != NoEvent && isFresh(part.born);
    item.press = [canvas, index] { canvas->toPart(index); };
    return item;
  }
  const BirthTie& tie = tieOf(index);
  item.cells << shown(tell::tieText(m_birth, tie)) << QString() << QString() << QString() << QString()
             << (tie.done ? tr("set") : tr("to come"));
  item.lit = isFresh(tie.event);
  item.press = [canvas, event = tie.event] { emit canvas->goTo(event + 1); };
  return item;
}

QString BirthCanvas::tipAt(QPointF, int index) const {
  if (index < 0) return {};
  if (!isPart(index)) return shown(tell::tieText(m_birth, tieOf(index)));
  const BirthPart& part = m_birth.parts[size_t(index)];
  return text(part.name) + '\n' + shown(tell::bornText(part));
}

// ---- the picture
void BirthCanvas::paint(QPainter& p) {
  p.translate(-scrolled());
  for (const bool done : {false, true}) // what is set lies over what is still to come
    for (size_t i = 0; i < m_ties.size(); ++i)
      if (m_birth.ties[i].done == done) paintTie(p, i);
  for (size_t i = 0; i < m_cards.size(); ++i) paintCard(p, i);
  p.translate(scrolled());
}

void BirthCanvas::paintTie(QPainter& p, size_t index) const {
  const BirthTie& tie = m_birth.ties[index];
  const bool fresh = isFresh(tie.event);
  drawEdge(p, straight(m_ties[index].line), fresh ? Tense::Active : tie.done ? Tense::Past : Tense::Future);
  p.setFont(theme().mono(11));
  p.setPen(theme().color(fresh ? Role::Accent : tie.done ? Role::Text : Role::Muted));
  const QRectF& box = m_ties[index].label;
  p.drawText(box, Qt::AlignLeft | Qt::AlignBottom,
             QFontMetricsF(p.font()).elidedText(text(tell::membersOf(tie)), Qt::ElideRight, box.width()));
}

void BirthCanvas::paintCard(QPainter& p, size_t index) const {
  const Theme& t = theme();
  const BirthPart& part = m_birth.parts[index];
  const QRectF box = m_cards[index].adjusted(0.5, 0.5, -0.5, -0.5);
  const bool fresh = part.born != NoEvent && isFresh(part.born);
  const LayerColors& colours = t.layer(part.layer);
  QPen border(fresh        ? t.color(Role::ChangedLine)
              : part.there ? colours.line
                           : t.color(Role::Hairline),
              fresh ? 2.2 : 1.3);
  if (!part.there) border.setDashPattern({3, 3});
  p.setPen(border);
  p.setBrush(part.there ? colours.band : t.color(Role::Card));
  p.drawRoundedRect(box, 6, 6);
  if (part.there) {
    QPainterPath corner;
    corner.addRoundedRect(box, 6, 6);
    p.save();
    p.setClipPath(corner, Qt::IntersectClip);
    p.fillRect(QRectF(box.left(), box.top(), 4, box.height()), colours.line);
    p.restore();
  }
  const QRectF inside = box.adjusted(14, t.scaled(6), -10, -t.scaled(6));
  const auto put = [&](int row, const QString& words, const QFont& font, Role role,
                       Qt::Alignment side = Qt::AlignLeft) {
    const QRectF where(inside.left(), inside.top() + row * line(), inside.width(), line());
    p.setFont(font);
    p.setPen(t.color(role));
    p.drawText(where, int(side | Qt::AlignVCenter),
               QFontMetricsF(font).elidedText(words, Qt::ElideRight, where.width()));
  };
  const QString size = shown(tell::bytes(part.size));
  put(0, text(part.name), t.mono(12, QFont::Bold), part.there ? Role::Title : Role::Muted);
  put(0, part.cache.empty() ? size : QStringLiteral("%1 · %2").arg(text(part.cache), size), t.sans(11), Role::Muted,
      Qt::AlignRight);
  put(1, told(shown(tell::bornText(part))), t.sans(11.5), part.there ? Role::Text : Role::Muted);
  if (part.within.empty()) return;
  put(2, text(part.within), t.mono(11), Role::Muted);
}

} // namespace sockwalk
