// A button that looks as a link does, in the line above a picture: "fit".
#pragma once
#include <QToolButton>

namespace sockwalk {

// Its tip is what a screen reader says, for the words are short.
inline void makeLink(QToolButton* button, const QString& words, const QString& tip, bool checkable = false) {
  button->setProperty("link", true);
  button->setText(words);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setCheckable(checkable);
}

} // namespace sockwalk
