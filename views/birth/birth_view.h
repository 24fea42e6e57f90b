// How the socket or packet that the walk is about, or that the person looks at, comes to be.
#pragma once
#include "engine/tell/birth/birth.h"
#include "views/walk/view.h"

class QStackedWidget;

namespace sockwalk {

class BirthCanvas;
class ElidedLabel;
class EmptyPage;
class RecordReader;

class BirthView final : public View {
  Q_OBJECT
public:
  explicit BirthView(Walk& walk, QWidget* parent = nullptr);
  BirthCanvas& canvas() { return *m_canvas; }
  QString title() const;

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void focused(u64) override;
  void restyled() override;
  void draw();

  RecordReader& m_reader;
  tell::BirthReader m_births;
  QStackedWidget* m_pages;
  EmptyPage* m_empty;
  ElidedLabel* m_title;
  BirthCanvas* m_canvas;
  tell::StepRange m_step;
};

} // namespace sockwalk
