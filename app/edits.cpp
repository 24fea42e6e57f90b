#include "app/edits.h"
#include <QAction>
#include <QMenu>

namespace sockwalk {

Edits::Edits(QObject* parent) : QObject(parent), m_undo(new QAction(this)), m_redo(new QAction(this)) {
  constexpr int Kept = 100;
  m_stack.setUndoLimit(Kept);
  m_undo->setShortcut(QKeySequence::Undo);
  m_redo->setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
  connect(m_undo, &QAction::triggered, &m_stack, &QUndoStack::undo);
  connect(m_redo, &QAction::triggered, &m_stack, &QUndoStack::redo);
  connect(&m_stack, &QUndoStack::indexChanged, this, &Edits::showWords);
  showWords();
}

void Edits::fill(QMenu* menu) {
  menu->addAction(m_undo);
  menu->addAction(m_redo);
  connect(menu, &QMenu::aboutToShow, this, &Edits::showWords); // in the language of now
}

void Edits::showWords() {
  m_undo->setText(m_stack.canUndo() ? tr("&Undo: %1").arg(m_stack.undoText()) : tr("&Undo"));
  m_redo->setText(m_stack.canRedo() ? tr("&Redo: %1").arg(m_stack.redoText()) : tr("&Redo"));
  m_undo->setEnabled(m_stack.canUndo());
  m_redo->setEnabled(m_stack.canRedo());
}

} // namespace sockwalk
