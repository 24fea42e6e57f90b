// How the structures of a socket lie in one another.
#pragma once
#include "views/walk/view.h"

class QStackedWidget;

namespace sockwalk {

class ClassesCanvas;
class EmptyPage;

class ClassesView final : public View {
  Q_OBJECT
public:
  explicit ClassesView(Walk& walk, QWidget* parent = nullptr);
  ClassesCanvas& canvas() { return *m_canvas; }

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override { draw({}); }
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void focused(u64) override { draw(m_step); }
  void restyled() override;
  void draw(tell::StepRange step);

  QStackedWidget* m_pages;
  EmptyPage* m_empty;
  ClassesCanvas* m_canvas;
  tell::StepRange m_step;
};

} // namespace sockwalk
