// TCP's states: the picture, and below it the moves of one socket as a list.
#pragma once
#include "engine/tell/sockets/state_machine.h"
#include "views/walk/picture_view.h"

class QListWidget;

namespace sockwalk {

class RecordReader;
class SocketChoice;
class StatesCanvas;

class StatesView final : public PictureView {
  Q_OBJECT
public:
  explicit StatesView(Walk& walk, QWidget* parent = nullptr);
  StatesCanvas& canvas() { return *m_canvas; }
  SocketChoice& choice() { return *m_choice; }
  QListWidget* moves() { return m_moves; }

private:
  void opened() override;
  void refresh() override;
  void showMoves();
  bool isAsked(const tell::StateWay& way) const;
  void fitMoves();

  RecordReader& m_reader;
  SocketChoice* m_choice;
  StatesCanvas* m_canvas;
  QListWidget* m_moves;
};

} // namespace sockwalk
