// The ladder of one connection: which one, chosen above; the segments below.
#pragma once
#include "views/walk/picture_view.h"

class QComboBox;
class QToolButton;

namespace sockwalk {

class LadderCanvas;
class RecordReader;

namespace tell {
struct LadderFlow;
}

class LadderView final : public PictureView {
  Q_OBJECT
public:
  explicit LadderView(Walk& walk, QWidget* parent = nullptr);
  ~LadderView() override;
  LadderCanvas& canvas() { return *m_canvas; }
  QComboBox* flows() { return m_choice; }
  bool follows() const; // the connection that the walk is about is shown

private:
  void opened() override;
  void refresh() override;
  void readFlows();
  void showFlow(int flow);
  int flowOf(u64 socket) const; // -1: it has none
  void showState();

  RecordReader& m_reader;
  std::vector<tell::LadderFlow> m_flows;
  int m_shown = -1; // of m_flows
  std::unique_ptr<Playhead> m_past;
  bool m_dirty = true; // the record has grown since it was drawn
  QComboBox* m_choice;
  QToolButton* m_follow;
  LadderCanvas* m_canvas;
};

} // namespace sockwalk
