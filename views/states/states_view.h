// TCP's states: the picture, and below it the moves of one socket as a list.
#pragma once
#include "views/walk/view.h"

class QListWidget;
class QStackedWidget;

namespace sockwalk {

class EmptyPage;
class RecordReader;
class SocketChoice;
class StatesCanvas;

class StatesView final : public View {
  Q_OBJECT
public:
  explicit StatesView(Walk& walk, QWidget* parent = nullptr);
  StatesCanvas& canvas() { return *m_canvas; }
  SocketChoice& choice() { return *m_choice; }
  QListWidget* moves() { return m_moves; }

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void restyled() override;
  void refresh();
  void showMoves();

  RecordReader& m_reader;
  QStackedWidget* m_pages;
  EmptyPage* m_empty;
  SocketChoice* m_choice;
  StatesCanvas* m_canvas;
  QListWidget* m_moves;
};

} // namespace sockwalk
