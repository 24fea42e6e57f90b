// How the structures of a socket lie in one another.
#pragma once
#include "views/walk/picture_view.h"

namespace sockwalk {

class ClassesCanvas;

class ClassesView final : public PictureView {
  Q_OBJECT
public:
  explicit ClassesView(Walk& walk, QWidget* parent = nullptr);
  ClassesCanvas& canvas() { return *m_canvas; }

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void refresh() override;

  ClassesCanvas* m_canvas;
  tell::StepRange m_step;
};

} // namespace sockwalk
