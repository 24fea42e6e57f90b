#include "views/sequence/sequence_canvas.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

namespace sockwalk {

using tell::SequenceMessage;

SequenceCanvas::SequenceCanvas(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Sequence diagram"));
  setAccessibleDescription(tr("Calls from layer to layer. Up and down go from one to the next."));
  viewport()->setMouseTracking(true);
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
  fitScroll();
  setPosition(m_position, true);
}

void SequenceCanvas::setPosition(EventIndex position, bool follow) {
  m_position = position;
  const auto& all = m_sequence.messages;
  const auto after = std::ranges::partition_point(all, [&](const SequenceMessage& m) { return m.event < position; });
  m_now = static_cast<int>(after - all.begin()) - 1;
  if (follow && m_now >= 0) bringIntoView(m_now);
  viewport()->update();
}

void SequenceCanvas::restyle() {
  fitScroll();
  viewport()->update();
}

// ---- where things lie
double SequenceCanvas::rowHeight() const { return std::round(theme().scaled(23)); }
double SequenceCanvas::headHeight() const { return std::round(theme().scaled(44)); }
double SequenceCanvas::columnX(int column) const {
  const double count = std::max<double>(1, double(m_sequence.columns.size()));
  const double each = viewport()->width() / count;
  return each * (column + 0.5);
}
double SequenceCanvas::y(int message) const {
  return headHeight() + (message + 0.75) * rowHeight() - verticalScrollBar()->value();
}
QRectF SequenceCanvas::headRect(int column) const {
  const double each = viewport()->width() / std::max<double>(1, double(m_sequence.columns.size()));
  const double width = std::min(each - 6, theme().scaled(124));
  return {columnX(column) - width / 2, 4, width, headHeight() - 8};
}

// Over its arrow, wherever there is room between the first column and the last.
QRectF SequenceCanvas::wordsRect(const SequenceMessage& m, int row) const {
  const QFontMetricsF metrics(theme().mono(11));
  const QString words = shown(m.words) + (m.count > 1 ? QString(" ×%1").arg(m.count) : QString());
  const double wide = std::min(metrics.horizontalAdvance(words) + 6, double(viewport()->width()) - 8);
  const double middle = (columnX(m.from) + columnX(m.to)) / 2;
  const double left = std::clamp(middle - wide / 2, 4.0, std::max(4.0, viewport()->width() - wide - 4));
  return {left, y(row) - rowHeight() * 0.72, wide, rowHeight() * 0.6};
}

std::pair<int, int> SequenceCanvas::seen() const {
  const int count = static_cast<int>(m_sequence.messages.size());
  const double scrolled = verticalScrollBar()->value();
  const int first = static_cast<int>(scrolled / rowHeight()) - 1;
  const int last = static_cast<int>((scrolled + viewport()->height()) / rowHeight()) + 1;
  return {std::clamp(first, 0, count), std::clamp(last, 0, count)};
}

int SequenceCanvas::messageAt(QPoint at) const {
  if (at.y() < headHeight()) return -1;
  const int row = static_cast<int>(std::floor((at.y() - headHeight() + verticalScrollBar()->value()) / rowHeight()));
  return row >= 0 && row < static_cast<int>(m_sequence.messages.size()) ? row : -1;
}
int SequenceCanvas::columnAt(QPoint at) const {
  for (int c = 0; c < static_cast<int>(m_sequence.columns.size()); ++c)
    if (headRect(c).contains(at)) return c;
  return -1;
}

void SequenceCanvas::fitScroll() {
  const int content = static_cast<int>(headHeight() + (double(m_sequence.messages.size()) + 1) * rowHeight());
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(rowHeight()));
  verticalScrollBar()->setRange(0, std::max(0, content - viewport()->height()));
}
void SequenceCanvas::resizeEvent(QResizeEvent*) {
  fitScroll();
  if (m_now >= 0) bringIntoView(m_now);
}

void SequenceCanvas::bringIntoView(int message) {
  const double at = y(message);
  const bool inSight = at - rowHeight() >= headHeight() && at + 2 * rowHeight() <= viewport()->height();
  if (inSight) return;
  const double wanted = headHeight() + (viewport()->height() - headHeight()) / 2.5;
  verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(at - wanted));
}

// ---- mouse and keys
void SequenceCanvas::choose(int message, int direction) {
  const int count = static_cast<int>(m_sequence.messages.size());
  while (message >= 0 && message < count && m_sequence.messages[size_t(message)].kind == SequenceMessage::Heading)
    message += direction;
  if (message >= 0 && message < count) emit goTo(m_sequence.messages[size_t(message)].event + 1);
}

void SequenceCanvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (const int column = columnAt(event->pos()); column >= 0)
    return emit foldWanted(m_sequence.columns[size_t(column)].lane);
  if (const int message = messageAt(event->pos()); message >= 0)
    emit goTo(m_sequence.messages[size_t(message)].event + 1);
}

void SequenceCanvas::keyPressEvent(QKeyEvent* event) {
  const int page = std::max(1, static_cast<int>(viewport()->height() / rowHeight()) - 3);
  const int last = static_cast<int>(m_sequence.messages.size()) - 1;
  switch (event->key()) {
  case Qt::Key_Up: return choose(std::max(0, m_now - 1), -1);
  case Qt::Key_Down: return choose(std::min(last, m_now + 1), 1);
  case Qt::Key_PageUp: return choose(std::max(0, m_now - page), -1);
  case Qt::Key_PageDown: return choose(std::min(last, m_now + page), 1);
  case Qt::Key_Home: return choose(0, 1);
  case Qt::Key_End: return choose(last, -1);
  default: return QAbstractScrollArea::keyPressEvent(event);
  }
}

bool SequenceCanvas::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int message = messageAt(help->pos()), column = columnAt(help->pos());
  QString words;
  if (column >= 0) words = tr("Click: folds this layer away; its calls are then drawn as of who called it.");
  else if (message >= 0) words = shown(m_sequence.messages[size_t(message)].words);
  QToolTip::showText(help->globalPos(), words, viewport());
  return true;
}

} // namespace sockwalk
