#include "views/theme/elided_combo.h"
#include <QHelpEvent>
#include <QStylePainter>
#include <QToolTip>

namespace sockwalk {

// As wide as it may be, and in a narrow pane not wider than that.
ElidedCombo::ElidedCombo(QWidget* parent) : QComboBox(parent) {
  constexpr int LeastLetters = 10;
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(LeastLetters);
}

QString ElidedCombo::drawnText(const QStyleOptionComboBox& option) const {
  const QRect room = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
  return fontMetrics().elidedText(option.currentText, Qt::ElideRight, room.width() - 2);
}

void ElidedCombo::paintEvent(QPaintEvent*) {
  QStylePainter painter(this);
  QStyleOptionComboBox option;
  initStyleOption(&option);
  painter.drawComplexControl(QStyle::CC_ComboBox, option);
  option.currentText = drawnText(option);
  painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

bool ElidedCombo::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QComboBox::event(event);
  QStyleOptionComboBox option;
  initStyleOption(&option);
  if (drawnText(option) == option.currentText) return QComboBox::event(event);
  const QString tip = toolTip().isEmpty() ? currentText() : currentText() + '\n' + toolTip();
  QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), tip, this);
  return true;
}

} // namespace sockwalk
