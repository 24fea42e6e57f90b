// The ladder of one connection: which one, chosen above; the segments below.
#pragma once
#include "views/walk/view.h"

class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace sockwalk {

class EmptyPage;
class LadderCanvas;
class RecordReader;

namespace tell {
struct LadderFlow;
}

class LadderView final : public View {
  Q_OBJECT
public:
  explicit LadderView(Walk& walk, QWidget* parent = nullptr);
  ~LadderView() override;
  LadderCanvas& canvas() { return *m_canvas; }
  QComboBox* flows() { return m_choice; }
  bool follows() const; // the connection that the walk is about is shown

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void restyled() override;
  void readFlows();
  void showFlow(int flow);
  void choose(int flow);
  void showState();

  RecordReader& m_reader;
  std::vector<tell::LadderFlow> m_flows;
  int m_shown = -1;    // of m_flows
  bool m_dirty = true; // the record has grown since it was drawn
  QStackedWidget* m_pages;
  EmptyPage* m_empty;
  QComboBox* m_choice;
  QToolButton* m_follow;
  LadderCanvas* m_canvas;
};

} // namespace sockwalk
