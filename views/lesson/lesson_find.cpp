#include "views/lesson/call_list.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/lesson_text.h"
#include "views/theme/theme.h"
#include <QLineEdit>
#include <QListView>
#include <QStackedWidget>
#include <QTextBlock>

namespace sockwalk {

// In a lesson the lines of its text; else the calls of the system call or frame.
FindPlaces LessonPanel::placesToFind() {
  const auto block = [this](int i) { return m_text->document()->findBlockByNumber(i); };
  return {[this] { return inLesson() ? m_text->document()->blockCount() : m_calls->rowCount(); },
          [this, block](int i) {
            return inLesson() ? block(i).text() : m_calls->index(i).data(Qt::DisplayRole).toString();
          },
          [this] { return inLesson() ? m_text->textCursor().blockNumber() : m_calls->currentRow(); },
          [this, block](int i) { inLesson() ? showFoundText(i < 0 ? QTextBlock() : block(i)) : showFoundCall(i); }};
}

void LessonPanel::showFoundText(const QTextBlock& block) {
  QTextEdit::ExtraSelection found;
  const QString wanted = m_find->line()->text().trimmed();
  const qsizetype at = block.isValid() ? block.text().indexOf(wanted, 0, Qt::CaseInsensitive) : -1;
  if (at < 0) return m_text->setExtraSelections({});
  found.format.setBackground(theme().color(Role::ChangedFill));
  found.cursor = QTextCursor(block);
  found.cursor.setPosition(block.position() + int(at));
  m_text->setTextCursor(found.cursor);
  found.cursor.setPosition(block.position() + int(at + wanted.size()), QTextCursor::KeepAnchor);
  m_text->setExtraSelections({found});
}

// Where it is found the walk has not gone: Return in the list goes there.
void LessonPanel::showFoundCall(int row) {
  m_list->setSelectionMode(row < 0 ? QAbstractItemView::NoSelection : QAbstractItemView::SingleSelection);
  if (row < 0) return m_list->clearSelection();
  m_list->setCurrentIndex(m_calls->index(row));
  m_list->scrollTo(m_calls->index(row));
}

bool LessonPanel::find() {
  if (!m_walk.isOpen()) return false;
  m_find->open();
  return true;
}

} // namespace sockwalk
