// Queues and rings at the moment.
#pragma once
#include "engine/tell/live_objects.h"
#include "views/walk/picture_view.h"

namespace sockwalk {

class QueuesCanvas;

class QueuesView final : public PictureView {
  Q_OBJECT
public:
  explicit QueuesView(Walk& walk, QWidget* parent = nullptr);
  QueuesCanvas& canvas() { return *m_canvas; }

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void refresh() override;

  tell::LiveObjects m_live;
  QueuesCanvas* m_canvas;
  tell::StepRange m_step;
};

} // namespace sockwalk
