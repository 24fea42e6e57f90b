// The walk before a class: one picture in large type, what happens in a sentence, a question for the room; nothing else.
// It is walked by the keys of every presenter, and by a remote control:
//
//   Right, Left     a step; Page Down, Page Up: the next stop, the one before
//   Space           reveals the answer; without an open question, a step
//   G               jump to any stop       1 to 9   which picture
//   B, W            black, white           P, E, O  pen, erase, pointer
//   + and -         size of type           T        light, dark, high contrast
//   N               the teacher's window   Esc      the end
#pragma once
#include "app/presenter/presented.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <QElapsedTimer>
#include <QHash>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace sockwalk {

class Blank;
class Ink;
class PresenterNotes;
class RoomQuestion;
class View;

class PresenterWindow final : public QWidget {
  Q_OBJECT
public:
  PresenterWindow(Walk& walk, Presented& presented, const QString& view);
  ~PresenterWindow() override;

  QString view() const { return m_view; }
  void setView(const QString& name);
  Ink& ink() { return *m_ink; }
  bool blank() const;
  PresenterNotes* notes() { return m_notes; } // nullptr: not open
  void openNotes();                           // where the class does not look, if there is such a screen
  QString sentence() const;
  // The address at which a class may follow, and how many do; "": the walk is not shared.
  void setRoom(const QString& address, int followers);
  RoomQuestion& question() { return *m_question; }

signals:
  void pictureChanged(const QString& view);
  void ended();

protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

private:
  void build();
  void hearKeysOf(QWidget& widget);
  bool press(int key);
  bool walkKey(int key);
  bool lookKey(int key);
  void toStop(int stop);
  void askStop();
  void cover(bool black);
  void grow(double factor);
  void nextTheme();
  void toggleNotes();
  void tellMoment();
  void tellStop();
  void restyle();
  void tellTime();

  Walk& m_walk;
  Presented& m_presented;
  QStringList m_views;
  QHash<QString, View*> m_pictures; // made when they are first looked at
  QString m_view;
  QLabel *m_title, *m_clock, *m_sentence, *m_hint;
  QStackedWidget* m_pages;
  RoomQuestion* m_question;
  Ink* m_ink;
  Blank* m_blank;
  PresenterNotes* m_notes = nullptr;
  QElapsedTimer m_since;
  QString m_room; // what is said of it beside the clock
  const double m_scaleBefore;
  const ThemeChoice m_themeBefore;
};

} // namespace sockwalk
