// The object graph: task, files, sockets, queues, as they are born, point at one another and are freed.
#pragma once
#include "views/objects/objects_stage.h"
#include "views/walk/walk.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace sockwalk {

class ObjectsView final : public QWidget {
  Q_OBJECT
public:
  explicit ObjectsView(Walk& walk, QWidget* parent = nullptr);
  ObjectsStage& stage() { return *m_stage; }

signals:
  void openRequested(); // the empty view's button

protected:
  void resizeEvent(QResizeEvent* event) override; // more room shows more objects

private:
  void moved(EventIndex from, EventIndex to, bool jump);
  void showGraph(StepRange step, bool glide);
  StepRange lastStep() const;
  int roomOnStage() const;
  void setTitle(const ObjectGraph& graph);
  QWidget* makeEmpty();

  Walk& m_walk;
  QStackedWidget* m_pages;
  ObjectsStage* m_stage;
  QLabel *m_title, *m_emptyTitle, *m_emptyWords;
  QPushButton* m_emptyButton;
  QToolButton *m_fit, *m_clearFocus;
  StepRange m_step;
  int m_room = 0; // that the graph was read for
};

} // namespace sockwalk
