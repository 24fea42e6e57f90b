#include "views/theme/elided_label.h"
#include <QPainter>
#include <QStyleOption>

namespace sockwalk {

ElidedLabel::ElidedLabel(QWidget* parent, Qt::TextElideMode mode) : QLabel(parent), m_mode(mode) {
  setTextFormat(Qt::PlainText);
}

void ElidedLabel::setWords(const QString& words, const QString& more) {
  setText(words);
  setToolTip(more.isEmpty() ? words : words + '\n' + more);
}

QSize ElidedLabel::sizeHint() const {
  ensurePolished(); // the style sheet says how large the type is
  return {fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height()};
}
QSize ElidedLabel::minimumSizeHint() const {
  constexpr int Least = 24;
  const QSize whole = sizeHint();
  return {std::min(whole.width(), Least), whole.height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QStyleOption option;
  option.initFrom(this);
  painter.setPen(option.palette.color(foregroundRole()));
  painter.drawText(rect(), int(Qt::AlignVCenter | Qt::AlignLeft), fontMetrics().elidedText(text(), m_mode, width()));
}

} // namespace sockwalk
