// A lesson is gone through by keys.
#include "views/lesson/lesson_panel.h"
#include "views/lesson/lesson_text.h"
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace sockwalk {

// A button's own shortcut would go with its text, which changes.
void LessonPanel::onKeys(QPushButton* button, QKeyCombination keys) {
  auto* const shortcut = new QShortcut(keys, button);
  connect(shortcut, &QShortcut::activated, button, &QPushButton::click);
}

// As one reads: the words, what is asked, and on.
void LessonPanel::orderKeys() {
  QWidget* last = m_text;
  const auto then = [&last](QWidget* next) {
    setTabOrder(last, next);
    last = next;
  };
  for (int i = 0; i < m_questions->count(); ++i)
    if (QWidget* const card = m_questions->itemAt(i)->widget())
      for (QWidget* part : card->findChildren<QWidget*>()) // not a box's list, which is a window
        if (part->focusPolicy() & Qt::TabFocus && part->window() == window()) then(part);
  then(m_back);
  then(m_next);
}

} // namespace sockwalk
