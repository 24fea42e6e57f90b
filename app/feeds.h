// Frames from outside while the window is open: a TAP, whose other end is this machine's kernel. Each frame becomes
// a stimulus of the session at its own time; what the simulated eth0 sends goes back to the TAP; in between the
// session's time follows the real one. While the person stands at the end of the record, the window climbs with each
// frame and each timer. Between them nothing runs here: what wakes us is a frame, a timer that is due, or the host
// bringing the interface up or down.
#pragma once
#include "engine/feed/host_link.h"
#include "engine/live/tap_feed.h"
#include "views/walk/walk.h"
#include <QElapsedTimer>
#include <QSocketNotifier>

namespace sockwalk {

class Feeds final : public QObject {
  Q_OBJECT
public:
  explicit Feeds(Walk& walk, QObject* parent = nullptr);
  ~Feeds() override;
  bool active() const { return m_feed != nullptr; }
  QString interface() const; // of the TAP; "" if none is connected
  void start(Tap tap);       // plays into the session that is open now, until another is opened
  void stop();
  bool following() const { return m_follow; }
  void setFollowing(bool follow) { m_follow = follow; }

signals:
  void stateChanged(const QString& text); // for the status line; "" when nothing is connected
  void failed(const QString& why);
  void hint(const QString& what);

private:
  std::unique_ptr<QSocketNotifier> notifier(int fd, QSocketNotifier::Type type, void (Feeds::*then)());
  void receive();
  void send();
  void timerDue();
  void linkChanged();
  void moved(bool wasAtEnd);
  void settle(); // after the session moved: what is to be waited for now, and what the status line says
  void show();
  bool atEnd() const { return m_walk.position() >= m_walk.journal().size(); }
  s64 host() const { return m_clock.nsecsElapsed(); }
  QString state() const;
  void climb();

  Walk& m_walk;
  std::unique_ptr<live::TapFeed> m_feed;
  std::unique_ptr<LinkWatch> m_watch;
  std::unique_ptr<QSocketNotifier> m_readable, m_writable, m_linkChanges;
  QElapsedTimer m_clock;
  QTimer m_due;            // goes off when the next timer of the session is due
  QTimer m_show;           // and when what came is to be shown
  bool m_wasAtEnd = false; // before it came
  bool m_up = true;
  bool m_follow = true, m_climbing = false;
  EventIndex m_stride = 1; // events a tick of the climb
  QTimer m_climber;
};

} // namespace sockwalk
