// The timeline: the whole walk, or one system call of it, as nested calls over time, with the playhead.
// Time runs by events of the record, so that every step has the same room; a wait takes none.
#pragma once
#include "views/theme/find_bar.h"
#include "views/walk/view.h"

class QScrollBar;
class QToolButton;

namespace sockwalk {

class TimelineCanvas;

class TimelineView final : public View {
  Q_OBJECT
public:
  explicit TimelineView(Walk& walk, QWidget* parent = nullptr);
  TimelineCanvas& canvas() { return *m_canvas; }
  FindBar* findBar() { return m_find; }
  bool find() override;
  QSize sizeHint() const override;

public slots:
  void fit(); // the whole walk

protected:
  void resizeEvent(QResizeEvent*) override;
  void changeEvent(QEvent* event) override;

private:
  void restyled() override { showScope(); }
  void placeButtons();
  void showScope();
  FindBar::Found findCall(const QString& name, int direction);

  TimelineCanvas* m_canvas;
  FindBar* m_find;
  QScrollBar* m_bar;
  QToolButton *m_whole, *m_call;
};

} // namespace sockwalk
