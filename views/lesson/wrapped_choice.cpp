#include "views/lesson/wrapped_choice.h"
#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>
#include <QTextLayout>
#include <QTextOption>
#include <QtMath>

namespace sockwalk {

namespace {

QTextOption wrapped() {
  QTextOption option(Qt::AlignLeft | Qt::AlignVCenter);
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere); // names have no spaces
  return option;
}

int wordsHeight(const QString& words, const QFont& font, int width) {
  QTextLayout layout(words, font);
  layout.setTextOption(wrapped());
  layout.beginLayout();
  qreal height = 0;
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(std::max(1, width));
    height += line.height();
  }
  layout.endLayout();
  return qCeil(height);
}

} // namespace

WrappedChoice::WrappedChoice(const QString& words, QWidget* parent) : QRadioButton(words, parent) {
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

int WrappedChoice::besideWords() const {
  return style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, this) +
         style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing, nullptr, this);
}

int WrappedChoice::heightForWidth(int width) const {
  return std::max(QRadioButton::sizeHint().height(), wordsHeight(text(), font(), width - besideWords()));
}

QSize WrappedChoice::minimumSizeHint() const { return {besideWords() + 1, QRadioButton::minimumSizeHint().height()}; }

void WrappedChoice::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QStyleOptionButton option;
  initStyleOption(&option);
  QStyleOptionButton mark = option; // beside the first line
  mark.rect.setHeight(std::min(height(), QRadioButton::sizeHint().height()));
  mark.rect = style()->subElementRect(QStyle::SE_RadioButtonIndicator, &mark, this);
  style()->drawPrimitive(QStyle::PE_IndicatorRadioButton, &mark, &painter, this);
  painter.setPen(option.palette.color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::WindowText));
  painter.drawText(QRectF(besideWords(), 0, width() - besideWords(), height()), text(), wrapped());
}

} // namespace sockwalk
