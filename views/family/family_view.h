// The family of the buffer that the walk handles, or that the person looks at: who came of whom, who went into whom, and
// who shares one data area.
#pragma once
#include "engine/tell/family/buffer_family.h"
#include "views/walk/view.h"

class QStackedWidget;
class QToolButton;

namespace sockwalk {

class ElidedLabel;
class EmptyPage;
class FamilyStage;
class RecordReader;

class FamilyView final : public View {
  Q_OBJECT
public:
  explicit FamilyView(Walk& walk, QWidget* parent = nullptr);
  FamilyStage& stage() { return *m_stage; }
  const tell::BufferFamily& family() const;
  QString title() const;

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void focused(u64) override;
  void restyled() override;
  int subject() const; // the life whose family is shown; -1: none
  void draw();
  void sayTitle(const tell::BufferFamily& family);
  void sayEmpty();

  RecordReader& m_reader;
  tell::FamilyReader m_family;
  QStackedWidget* m_pages;
  EmptyPage* m_empty;
  ElidedLabel* m_title;
  QToolButton* m_fit;
  FamilyStage* m_stage;
  tell::StepRange m_step;
  int m_life = -1; // shown last
};

} // namespace sockwalk
