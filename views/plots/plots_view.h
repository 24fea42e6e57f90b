// The plots of one TCP socket, chosen above.
#pragma once
#include "views/walk/view.h"

class QStackedWidget;

namespace sockwalk {

class EmptyPage;
class PlotsCanvas;
class RecordReader;
class SocketChoice;

class PlotsView final : public View {
  Q_OBJECT
public:
  explicit PlotsView(Walk& walk, QWidget* parent = nullptr);
  PlotsCanvas& canvas() { return *m_canvas; }
  SocketChoice& choice() { return *m_choice; }

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void restyled() override;
  void refresh();

  RecordReader& m_reader;
  QStackedWidget* m_pages;
  EmptyPage* m_empty;
  SocketChoice* m_choice;
  PlotsCanvas* m_canvas;
  std::pair<int, EventIndex> m_drawn{-1, 0}; // socket, and how much of the record
};

} // namespace sockwalk
