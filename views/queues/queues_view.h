// Queues and rings at the moment.
#pragma once
#include "engine/tell/live_objects.h"
#include "views/walk/view.h"

class QStackedWidget;

namespace sockwalk {

class EmptyPage;
class QueuesCanvas;

class QueuesView final : public View {
  Q_OBJECT
public:
  explicit QueuesView(Walk& walk, QWidget* parent = nullptr);
  QueuesCanvas& canvas() { return *m_canvas; }

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void restyled() override;
  void draw(tell::StepRange step);

  tell::LiveObjects m_live;
  QStackedWidget* m_pages;
  EmptyPage* m_empty;
  QueuesCanvas* m_canvas;
  tell::StepRange m_step;
};

} // namespace sockwalk
