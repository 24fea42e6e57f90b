// What happened in the walk, as a list of its own: the same as beside the packets, with room for its sentences. It is the
// same list whatever the walk is of, a script, a capture or a session that still lives.
#pragma once
#include "engine/tell/packets/packet_rows.h"
#include "views/walk/view.h"
#include <QTimer>

namespace sockwalk {

class FindBar;
class HappeningsPane;

class HappenedView final : public View {
  Q_OBJECT
public:
  explicit HappenedView(Walk& walk, QWidget* parent = nullptr);
  HappeningsPane& pane() { return *m_pane; }
  bool find() override;
  bool atEnd() const; // all that is recorded is told

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void recorded() override { refresh(); }
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void refresh();
  void readSlice();
  QString numberOf(int packet) const;

  HappeningsPane* m_pane;
  FindBar* m_find;
  tell::PacketRows m_frames; // of a capture: its frames have the numbers of the file
  bool m_begun = false;      // the pane has been given the journal
  QTimer m_timer;
};

} // namespace sockwalk
