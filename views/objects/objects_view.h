// The object graph: task, files, sockets, queues, as they are born, point at one another and are freed.
#pragma once
#include "views/objects/objects_stage.h"
#include "views/walk/view.h"

class QLabel;
class QStackedWidget;
class QToolButton;

namespace sockwalk {

class ElidedLabel;

class EmptyPage;
class FindBar;

class ObjectsView final : public View {
  Q_OBJECT
public:
  explicit ObjectsView(Walk& walk, QWidget* parent = nullptr);
  QLabel* leftOut() { return m_left; } // what there was no room for
  QToolButton* showAll() { return m_all; }
  ObjectsStage& stage() { return *m_stage; }
  FindBar* findBar() { return m_find; }
  bool find() override;

protected:
  void resizeEvent(QResizeEvent* event) override; // more room shows more objects

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void focused(u64 address) override;
  void restyled() override;
  void showGraph(tell::StepRange step, bool glide);
  int roomOnStage() const;
  QWidget* leftOutLine();
  void setTitle(const tell::ObjectGraph& graph);
  void setLeftOut(const tell::ObjectGraph& graph);
  void elideLeftOut();

  QStackedWidget* m_pages;
  ObjectsStage* m_stage;
  FindBar* m_find;
  ElidedLabel* m_title;
  QLabel* m_left;
  EmptyPage* m_empty;
  QToolButton *m_fit, *m_clearFocus, *m_all;
  tell::StepRange m_step;
  int m_room = 0; // that the graph was read for
};

} // namespace sockwalk
