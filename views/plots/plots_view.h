// The plots of one TCP socket, chosen above.
#pragma once
#include "engine/tell/sockets/plots.h"
#include "views/walk/picture_view.h"

namespace sockwalk {

class PlotsCanvas;
class RecordReader;
class SocketChoice;

class PlotsView final : public PictureView {
  Q_OBJECT
public:
  explicit PlotsView(Walk& walk, QWidget* parent = nullptr);
  PlotsCanvas& canvas() { return *m_canvas; }
  SocketChoice& choice() { return *m_choice; }

private:
  void opened() override;
  void refresh() override;
  bool isAsked(const tell::PlotLine& line) const;

  RecordReader& m_reader;
  SocketChoice* m_choice;
  PlotsCanvas* m_canvas;
  std::pair<int, EventIndex> m_drawn{-1, 0}; // socket, and how much of the record
};

} // namespace sockwalk
