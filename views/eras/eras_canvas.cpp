#include "views/eras/eras_canvas.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <QScrollBar>
#include <utility>

namespace sockwalk {

namespace {
double margin() { return theme().scaled(12); }
double wordedMark() { return theme().scaled(104); }
double narrowestSide() { return theme().scaled(230); }
} // namespace

ErasCanvas::ErasCanvas(QWidget* parent) : PictureCanvas(parent) {
  setAccessibleName(tr("Then and now"));
  setAccessibleDescription(tr("Two Linux kernels side by side. Arrows go from row to row, Return goes to the call."));
}

void ErasCanvas::show(ErasPicture picture) {
  m_picture = std::move(picture);
  m_here = m_running = -1;
  m_count = static_cast<int>(m_picture.rows.size());
  refit();
  setPosition(m_position, m_hidesAhead);
  if (m_here < 0) verticalScrollBar()->setValue(0); // another picture begins at its top
}

// Where the open walk is: its last call that has begun, and the innermost that has not come back.
void ErasCanvas::setPosition(EventIndex position, bool hidesAhead) {
  m_position = position;
  m_hidesAhead = hidesAhead;
  m_here = m_running = -1;
  for (int i = 0; i < static_cast<int>(m_picture.rows.size()); ++i) {
    const ErasSide& side = row(i).side(m_picture.open);
    if (side.begins == NoEvent || side.begins >= position) continue;
    m_here = i;
    if (row(i).kind == ErasRow::Call && (side.back == NoEvent || side.back >= position)) m_running = i;
  }
  const bool calls = !m_picture.rows.empty() && m_picture.rows[0].side(m_picture.open).begins != NoEvent;
  const int count = hidesAhead && calls ? m_here + 1 : static_cast<int>(m_picture.rows.size());
  if (std::exchange(m_count, count) != count) refit();
  if (m_here >= 0) bringIntoSight(rectOfItem(m_here));
  changed();
}

// ---- where things lie
// A sentence alone has no sides.
double ErasCanvas::headHeight() const { return m_picture.counts.empty() ? 0 : std::round(theme().scaled(58)); }
double ErasCanvas::leastWidth() const { return 2 * margin() + theme().scaled(30) + 2 * narrowestSide(); }
// In little room the signs stand without their words: the legend has both.
bool ErasCanvas::isNarrow() const { return contentWidth() < 2 * margin() + wordedMark() + 2 * narrowestSide(); }
double ErasCanvas::markWidth() const { return isNarrow() ? theme().scaled(30) : wordedMark(); }
double ErasCanvas::contentHeight() const { return headHeight() + m_tops[size_t(m_count)] + theme().scaled(12); }
double ErasCanvas::sideWidth() const { return (contentWidth() - 2 * margin() - markWidth()) / 2; }

double ErasCanvas::heightOf(const ErasRow& row) const {
  switch (row.kind) {
  case ErasRow::Heading: return theme().scaled(32);
  case ErasRow::Call: return theme().scaled(26);
  case ErasRow::Member: return theme().scaled(22);
  case ErasRow::Sentence: break;
  }
  const QRectF room(0, 0, contentWidth() - 2 * margin(), 1e6);
  return QFontMetricsF(theme().sans(12.5)).boundingRect(room, Qt::TextWordWrap, row.words).height() +
         theme().scaled(16);
}

void ErasCanvas::layOut() {
  m_tops.assign(1, 0);
  for (const ErasRow& r : m_picture.rows) m_tops.push_back(m_tops.back() + std::round(heightOf(r)));
}

QRectF ErasCanvas::rectOfItem(int index) const {
  const double top = m_tops[size_t(index)];
  return QRectF(margin() / 2, headHeight() + top, contentWidth() - margin(), m_tops[size_t(index) + 1] - top)
      .translated(-scrolled());
}
QRectF ErasCanvas::sideRect(int index, Era era) const {
  const QRectF all = rectOfItem(index);
  const double left = margin() - scrolled().x();
  return {era == Era::Linux26 ? left : left + sideWidth() + markWidth(), all.top(), sideWidth(), all.height()};
}
QRectF ErasCanvas::markRect(int index) const {
  const QRectF then = sideRect(index, Era::Linux26);
  return {then.right(), then.top(), markWidth(), then.height()};
}

std::pair<int, int> ErasCanvas::seenItems() const {
  const auto at = [this](double y) {
    const auto after = std::ranges::upper_bound(m_tops, y);
    return std::clamp(static_cast<int>(after - m_tops.begin()) - 1, 0, m_count);
  };
  const double top = scrolled().y();
  return {at(top), std::min(at(top + room().height() - headHeight()) + 1, m_count)};
}

// ---- what is told
bool ErasCanvas::isDone(int index) const {
  if (!m_hidesAhead) return true;
  const ErasSide& side = row(index).side(m_picture.open);
  return side.begins == NoEvent || (side.back != NoEvent && side.back < m_position);
}

// A row that the open walk has no call in goes with those around it.
Tense ErasCanvas::tenseOf(int index) const {
  const ErasSide& side = row(index).side(m_picture.open);
  if (side.begins == NoEvent) return index < m_here ? Tense::Past : Tense::Future;
  if (side.begins >= m_position) return Tense::Future;
  if (index == m_running) return Tense::Running;
  return side.back == NoEvent || side.back >= m_position ? Tense::Active : Tense::Past;
}

QString ErasCanvas::resultOf(int index, Era era) const { return isDone(index) ? row(index).side(era).more : QString(); }

QString ErasCanvas::whatIs(int index) const {
  const ErasRow& r = row(index);
  if (r.kind == ErasRow::Heading || r.kind == ErasRow::Sentence) return r.words;
  return r.now.name.isEmpty() ? r.then.name : r.now.name;
}

QString ErasCanvas::stateOf(int index) const {
  if (row(index).kind != ErasRow::Call || row(index).side(m_picture.open).name.isEmpty()) return {};
  switch (tenseOf(index)) {
  case Tense::Future: return tr("to come");
  case Tense::Past: return tr("done");
  default: return tr("running");
  }
}

QStringList ErasCanvas::headings() const {
  const QString then = m_picture.then, now = m_picture.now;
  return {tr("What"),
          tr("Mark"),
          tr("Linux %1").arg(then),
          tr("Result or type, %1").arg(then),
          tr("Linux %1").arg(now),
          tr("Result or type, %1").arg(now),
          tr("Caller or place, %1").arg(then),
          tr("Caller or place, %1").arg(now),
          tr("In this walk")};
}

DescribedItem ErasCanvas::item(int index) const {
  const ErasRow& r = row(index);
  const bool plain = r.kind == ErasRow::Heading || r.kind == ErasRow::Sentence;
  const auto name = [&](const ErasSide& side) {
    return r.kind == ErasRow::Heading && !isDone(index) ? QString() : side.name.isEmpty() ? side.elsewhere : side.name;
  };
  DescribedItem out;
  out.cells = {whatIs(index), plain ? QString() : shown(tell::eraMarkText(r.mark)),
               name(r.then),  resultOf(index, Era::Linux26),
               name(r.now),   resultOf(index, Era::Linux61),
               r.then.from,   r.now.from,
               stateOf(index)};
  out.rect = rectOfItem(index).toAlignedRect();
  out.lit = index == m_here;
  const EventIndex begins = r.side(m_picture.open).begins;
  if (begins == NoEvent) return out;
  out.role = QAccessible::Button;
  out.press = [canvas = const_cast<ErasCanvas*>(this), begins] { emit canvas->goTo(begins + 1); };
  return out;
}

QString ErasCanvas::summary() const {
  if (m_hidesAhead) return {}; // how many there are, is of the whole
  QStringList out;
  for (size_t i = 0; i < m_picture.counts.size(); ++i)
    out << QStringLiteral("%1 %2")
               .arg(shown(tell::eraMarkText(static_cast<tell::EraMark>(i))))
               .arg(m_picture.counts[i]);
  return out.join(QStringLiteral(", "));
}

QString ErasCanvas::tipAt(QPointF, int index) const {
  if (index < 0) return {};
  Description words;
  words.headings = headings();
  const DescribedItem told = item(index);
  return words.nameOf(told) + '\n' + words.wordsOf(told).replace(QStringLiteral(", "), QStringLiteral("\n"));
}

} // namespace sockwalk
