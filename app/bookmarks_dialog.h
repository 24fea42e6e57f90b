// All bookmarks with their notes: to go there, to write another note, to remove. It stays open beside the walk, and Undo
// works in it as in the window.
#pragma once
#include "app/bookmarks.h"
#include <functional>
#include <QDialog>

class QLabel;
class QPushButton;
class QTableWidget;

namespace sockwalk {

class Edits;
class Walk;

class BookmarksDialog final : public QDialog {
  Q_OBJECT
public:
  using PlaceWords = std::function<QString(EventIndex)>;
  BookmarksDialog(Walk& walk, Bookmarks& bookmarks, Edits& edits, PlaceWords words, QWidget* parent = nullptr);
  QTableWidget* table() { return m_table; }

private:
  enum Column { Note, Place, ColumnCount };
  void build();
  void buildActions();
  void fill();
  void showButtons();
  void noteWritten(int row);
  EventIndex chosen() const; // NoEvent: none
  void go();
  void remove();

  Walk& m_walk;
  Bookmarks& m_bookmarks;
  Edits& m_edits;
  PlaceWords m_words;
  QTableWidget* m_table;
  QLabel* m_nothing;
  QPushButton *m_go, *m_remove;
  bool m_filling = false;
};

} // namespace sockwalk
