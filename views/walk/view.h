// What every view is: a widget that reads one walk. The base hears the walk and the theme and tells the view by four
// words (opened, moved, recorded, restyled) and a fifth for the object that the person looks at; a view says what it
// wants of the window by typed signals, and knows neither the window nor another view. A view that stands behind another
// rests: it hears where the playhead is when it comes to the front.
//
// A view registers itself in its own folder, and the window, `sockwalk shot` and the menus find it there:
//
//   static const ViewRegistration registered{{"queues", QT_TRANSLATE_NOOP("Views", "Queues"), ViewPlace::Stage, 50,
//                                             {900, 560}, makeView<QueuesView>}};
#pragma once
#include "engine/tell/step_changes.h"
#include "views/walk/walk.h"
#include <QSize>
#include <QWidget>
#include <span>

class QLineEdit;

namespace sockwalk {

class View : public QWidget {
  Q_OBJECT
public:
  explicit View(Walk& walk, QWidget* parent = nullptr);
  // What heads the view, one line: it stands in the view, or, taken out of it, in the title of the dock around it, which
  // then says nothing twice. nullptr: the view has none.
  QWidget* heading() const { return m_heading; }
  // Ctrl+F: a line in which to find something in it, or to leave out the rest. false: there is nothing to find here.
  virtual bool find() { return false; }

signals:
  void openRequested();                 // the empty view's button: choose something to open
  void viewWanted(const QString& name); // the person asks to see another view
  void focusWanted(quint64 address);    // ... and this object in it
  void failed(const QString& why);      // for the window's banner

protected:
  static void focusLine(QLineEdit* line); // to be typed over
  void showEvent(QShowEvent* event) override;
  virtual void opened() {}   // another session: forget everything
  virtual void recorded() {} // the journal grew
  // The playhead is at `to`. `jump`: not by a step, so draw the truth at once, without motion.
  virtual void moved(EventIndex from, EventIndex to, bool jump);
  virtual void focused(u64 address); // 0: nothing is looked at any more
  virtual void restyled() {}         // colours or the size of type changed
  // What led to the moment, of what moved() is told: the moment's own last step, however the playhead came there; after
  // a step over, all that happened meanwhile.
  tell::StepRange lastStep(EventIndex from, EventIndex to, bool jump) const;

  Walk& m_walk;
  QWidget* m_heading = nullptr;

private:
  bool isBehind() const; // not seen, in a window that is, or that was put away

  bool m_missed = false; // the playhead moved while it rested
};

// Where the window puts a view.
enum class ViewPlace { Left, Stage, Right, Bottom };

struct ViewInfo {
  const char* name;  // of the command line and of saved layouts
  const char* title; // of the context "Views"
  ViewPlace place;
  int order;  // among those of the same place
  QSize size; // px, what the view fits best in
  View* (*create)(Walk&, QWidget*);
};

class ViewRegistration {
public:
  explicit ViewRegistration(const ViewInfo& info);
};

template <class V> View* makeView(Walk& walk, QWidget* parent) { return new V(walk, parent); }

// All registered views, by place and order.
std::span<const ViewInfo> registeredViews();

} // namespace sockwalk
