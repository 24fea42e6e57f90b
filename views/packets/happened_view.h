// What happened in the walk, as a list of its own: the same as beside the packets, with room for its sentences.
#pragma once
#include "views/walk/view.h"

namespace sockwalk {

class HappeningsPane;

class HappenedView final : public View {
  Q_OBJECT
public:
  explicit HappenedView(Walk& walk, QWidget* parent = nullptr);
  HappeningsPane& pane() { return *m_pane; }

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void recorded() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void refresh();

  HappeningsPane* m_pane;
  const Journal* m_read = nullptr; // whose happenings the pane has been given
};

} // namespace sockwalk
