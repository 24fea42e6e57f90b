#include "views/theme/elided_combo.h"
#include <QStylePainter>

namespace sockwalk {

// As wide as it may be, and in a narrow pane not wider than that.
ElidedCombo::ElidedCombo(QWidget* parent) : QComboBox(parent) {
  constexpr int LeastLetters = 10;
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(LeastLetters);
  connect(this, &QComboBox::currentTextChanged, this, &QWidget::setToolTip);
}

void ElidedCombo::paintEvent(QPaintEvent*) {
  QStylePainter painter(this);
  QStyleOptionComboBox option;
  initStyleOption(&option);
  painter.drawComplexControl(QStyle::CC_ComboBox, option);
  const QRect room = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
  option.currentText = fontMetrics().elidedText(option.currentText, Qt::ElideRight, room.width() - 2);
  painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

} // namespace sockwalk
