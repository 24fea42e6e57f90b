#include "views/sequence/sequence_canvas.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>

namespace sockwalk {

using tell::SequenceMessage;

SequenceCanvas::SequenceCanvas(QWidget* parent) : PictureCanvas(parent) {
  setAccessibleName(tr("Sequence diagram"));
  setAccessibleDescription(tr("Calls from layer to layer. Up and down go from one to the next, Return goes there."));
}

void SequenceCanvas::setSequence(tell::Sequence sequence) {
  m_sequence = std::move(sequence);
  const auto& all = m_sequence.messages;
  m_untilRow.assign(all.size(), -1);
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].kind != SequenceMessage::Call) continue;
    const auto after = std::ranges::partition_point(
        all.begin() + static_cast<std::ptrdiff_t>(i), all.end(),
        [&](const SequenceMessage& m) { return all[i].until == NoEvent || m.event <= all[i].until; });
    m_untilRow[i] = static_cast<int>(after - all.begin()) - 1;
  }
  refit();
  setPosition(m_position, true);
}

void SequenceCanvas::setPosition(EventIndex position, bool follow) {
  m_position = position;
  const auto& all = m_sequence.messages;
  const auto after = std::ranges::partition_point(all, [&](const SequenceMessage& m) { return m.event < position; });
  m_now = static_cast<int>(after - all.begin()) - 1;
  if (follow && m_now >= 0) bringIntoSight(rectOfItem(m_now));
  changed();
}

// ---- where things lie
double SequenceCanvas::rowHeight() const { return std::round(theme().scaled(23)); }
double SequenceCanvas::headHeight() const { return std::round(theme().scaled(44)); }
double SequenceCanvas::columnX(int column) const {
  const double count = std::max<double>(1, double(m_sequence.columns.size()));
  const double each = contentWidth() / count;
  return each * (column + 0.5) - scrolled().x();
}
double SequenceCanvas::y(int message) const { return headHeight() + (message + 0.75) * rowHeight() - scrolled().y(); }
QRectF SequenceCanvas::headRect(int column) const {
  const double each = contentWidth() / std::max<double>(1, double(m_sequence.columns.size()));
  const double width = std::min(each - 6, theme().scaled(124));
  return {columnX(column) - width / 2, 4, width, headHeight() - 8};
}

// Over its arrow, wherever there is room between the first column and the last.
QRectF SequenceCanvas::wordsRect(const SequenceMessage& m, int row) const {
  const QFontMetricsF metrics(theme().mono(11));
  const QString words = shown(m.words) + (m.count > 1 ? QString(" ×%1").arg(m.count) : QString());
  const double wide = std::min(metrics.horizontalAdvance(words) + 6, contentWidth() - 8);
  const double middle = (columnX(m.from) + columnX(m.to)) / 2;
  const double least = 4 - scrolled().x();
  const double left = std::clamp(middle - wide / 2, least, std::max(least, contentWidth() - wide - 4 - scrolled().x()));
  return {left, y(row) - rowHeight() * 0.72, wide, rowHeight() * 0.6};
}

std::pair<int, int> SequenceCanvas::seenItems() const {
  const int count = itemCount();
  const int first = static_cast<int>(scrolled().y() / rowHeight()) - 1;
  const int last = static_cast<int>((scrolled().y() + room().height()) / rowHeight()) + 1;
  return {std::clamp(first, 0, count), std::clamp(last, 0, count)};
}

int SequenceCanvas::itemIn(QPointF at) const {
  if (at.y() < headHeight()) return -1;
  const int row = static_cast<int>(std::floor((at.y() - headHeight() + scrolled().y()) / rowHeight()));
  return row >= 0 && row < itemCount() ? row : -1;
}
int SequenceCanvas::columnAt(QPointF at) const {
  for (int c = 0; c < static_cast<int>(m_sequence.columns.size()); ++c)
    if (headRect(c).contains(at)) return c;
  return -1;
}

double SequenceCanvas::contentHeight() const { return headHeight() + (itemCount() + 1) * rowHeight(); }
// A column has room for its name and for most functions'.
double SequenceCanvas::leastWidth() const { return double(m_sequence.columns.size()) * theme().scaled(76); }
QRectF SequenceCanvas::rowRect(int message) const {
  return {-scrolled().x(), y(message) - rowHeight() * 0.7, contentWidth(), rowHeight()};
}
QRectF SequenceCanvas::rectOfItem(int message) const {
  const SequenceMessage& m = m_sequence.messages[size_t(message)];
  const QRectF row = rowRect(message);
  if (m.kind == SequenceMessage::Heading) return row;
  const QRectF words = wordsRect(m, message);
  const auto [left, right] = std::minmax({columnX(m.from), columnX(m.to), words.left(), words.right()});
  return QRectF(left - 4, row.top(), right - left + 8, row.height()).intersected(row);
}

void SequenceCanvas::clicked(QPointF at, int message) {
  if (const int column = columnAt(at); column >= 0) return emit foldWanted(m_sequence.columns[size_t(column)].lane);
  PictureCanvas::clicked(at, message);
}

// ---- in words
QString SequenceCanvas::itemText(int message) const {
  const SequenceMessage& m = m_sequence.messages[size_t(message)];
  QString words = shown(m.words);
  if (words.isEmpty()) words = m.kind == SequenceMessage::Return ? tr("returns") : tr("call");
  return QString("%1: %2").arg(message + 1).arg(m.count > 1 ? QString("%1 ×%2").arg(words).arg(m.count) : words);
}

QStringList SequenceCanvas::headings() const { return {tr("Message"), tr("From"), tr("To"), tr("Event"), tr("State")}; }

DescribedItem SequenceCanvas::item(int message) const {
  const SequenceMessage& m = m_sequence.messages[size_t(message)];
  const bool heading = m.kind == SequenceMessage::Heading;
  const auto column = [&](int index) {
    const tell::SequenceColumn& c = m_sequence.columns[size_t(index)];
    const QString lane = shown(tell::laneName(c.lane));
    return c.host.empty() ? lane : QString("%1 %2").arg(text(c.host), lane);
  };
  const bool runs =
      m.kind == SequenceMessage::Call && m.event < m_position && (m.until == NoEvent || m.until >= m_position);
  DescribedItem out;
  out.cells << itemText(message) << (heading ? QString() : column(m.from)) << (heading ? QString() : column(m.to))
            << QString::number(m.event)
            << (m.event >= m_position ? tr("to come")
                : runs                ? tr("running")
                                      : tr("done"));
  out.rect = rectOfItem(message).toAlignedRect();
  out.role = QAccessible::Button;
  out.lit = message == m_now;
  out.press = [canvas = const_cast<SequenceCanvas*>(this), event = m.event] { emit canvas->goTo(event + 1); };
  return out;
}

QString SequenceCanvas::summary() const {
  return m_sequence.more ? tr("The walk is longer than what is drawn here.") : QString();
}

QString SequenceCanvas::tipAt(QPointF at, int message) const {
  if (columnAt(at) >= 0) return tr("Click: folds this layer away; its calls are then drawn as of who called it.");
  return message < 0 ? QString() : shown(m_sequence.messages[size_t(message)].words);
}

} // namespace sockwalk
