// Two minutes on the real window: a stop for each of its parts, where a bubble says what the part is for and which key to
// press. The key does what it always does; the bubble waits for it and then says what has come of it. The tour walks a
// small walk of its own; the window puts aside what was open and brings it back (main_window_tour.cpp).
#pragma once
#include "app/session_files.h"
#include "app/tour_stops.h"
#include <QList>
#include <QObject>
#include <QTimer>

namespace sockwalk {

class MainWindow;
class TourBubble;
class TourFrame;

class Tour final : public QObject {
  Q_OBJECT
public:
  explicit Tour(MainWindow& window);
  static Result<OpenedSession> walk(const scenario::MachineSetup& setup); // what it walks through

  bool running() const { return m_running; }
  int stop() const { return m_stop; }
  int stopCount() const { return int(m_stops.size()); }
  TourBubble& bubble() { return *m_bubble; }
  QRect target() const; // what it speaks of, in the window's coordinates

  // The person was asked once whether they want it; it is never asked again.
  static bool wasOffered();
  static void setOffered();

public slots:
  void start();
  void next();
  void back();
  void leave();

signals:
  void ended();

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void show(int stop);
  void sayAgain(); // another language, another theme
  void waitForDeed();
  void done();
  void place();
  bool leavesWith(QEvent* event) const;

  MainWindow& m_window;
  TourBubble* m_bubble;
  TourFrame* m_frame;
  std::vector<TourStop> m_stops;
  QList<QMetaObject::Connection> m_waits;
  QTimer m_place;  // the window lays itself out first
  QString m_after; // what came of the key; "" as long as it was not pressed
  int m_stop = 0;
  bool m_running = false;
};

} // namespace sockwalk
