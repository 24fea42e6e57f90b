// How the socket or packet that the walk is about, or that the person looks at, comes to be.
#pragma once
#include "engine/tell/birth/birth.h"
#include "views/walk/picture_view.h"

namespace sockwalk {

class BirthCanvas;
class RecordReader;

class BirthView final : public PictureView {
  Q_OBJECT
public:
  explicit BirthView(Walk& walk, QWidget* parent = nullptr);
  BirthCanvas& canvas() { return *m_canvas; }

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void refresh() override;

  RecordReader& m_reader;
  tell::BirthReader m_births;
  BirthCanvas* m_canvas;
  tell::StepRange m_step;
};

} // namespace sockwalk
