// Frames from outside while the window is open: a TAP, whose other end is this machine's kernel. Each frame becomes
// a stimulus of the session at its own time; what the simulated eth0 sends goes back to the TAP. While the person
// stands at the end of the record, the window climbs with each frame.
#pragma once
#include "engine/feed/tap.h"
#include "views/walk/walk.h"
#include <deque>
#include <QElapsedTimer>
#include <QSocketNotifier>

namespace sockwalk {

class Feeds final : public QObject {
  Q_OBJECT
public:
  explicit Feeds(Walk& walk, QObject* parent = nullptr);
  ~Feeds() override;
  bool active() const { return m_tap != nullptr; }
  void start(Tap tap); // plays into the session that is open now, until another is opened
  void stop();
  bool following() const { return m_follow; }
  void setFollowing(bool follow) { m_follow = follow; }

signals:
  void stateChanged(const QString& text); // for the status line; "" when nothing is connected
  void failed(const QString& why);
  void hint(const QString& what);

private:
  void readTap();
  void take(const std::vector<u8>& frame);
  void transmit(std::span<const u8> frame);
  void flush();
  void afterFrames(bool wasAtEnd);
  void climb();

  Walk& m_walk;
  std::unique_ptr<Tap> m_tap;
  std::unique_ptr<QSocketNotifier> m_readable, m_writable;
  std::deque<std::vector<u8>> m_outgoing;
  QElapsedTimer m_clock;
  s64 m_begin = 0; // simulated ns when the feed began
  quint64 m_frames = 0, m_lost = 0;
  QString m_text;
  bool m_follow = true, m_climbing = false;
  EventIndex m_stride = 1; // events a tick of the climb
  QTimer m_climber;
};

} // namespace sockwalk
