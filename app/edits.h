// What a person edits and may take back: bookmarks, notes, the layout. One stack for the whole window, so that Ctrl+Z
// takes back whatever was done last; a text field with the keys has an undo of its own, which comes first.
//
//   window.edits().push(new SetBookmark(...));   // a QUndoCommand, whose text the menu shows: "Undo bookmark"
#pragma once
#include <QObject>
#include <QUndoStack>

class QAction;
class QMenu;

namespace sockwalk {

class Edits final : public QObject {
  Q_OBJECT
public:
  explicit Edits(QObject* parent = nullptr);
  QUndoStack& stack() { return m_stack; }
  void push(QUndoCommand* command) { m_stack.push(command); } // does it
  void forget() { m_stack.clear(); }
  void fill(QMenu* menu); // Undo and Redo, with their keys

private:
  void showWords();

  QUndoStack m_stack;
  QAction *m_undo, *m_redo;
};

} // namespace sockwalk
