// Walks a capture that is still being recorded. While the person stands at the end of the walk and more frames have come,
// the session is opened again with the longer capture and whatever was typed meanwhile; it plays to the same record and
// on. A person who has gone back is left alone: what has come since is said, and waits.
#pragma once
#include "app/live_recording.h"
#include "views/walk/walk.h"
#include <QElapsedTimer>

namespace sockwalk {

class CaptureFollower final : public QObject {
  Q_OBJECT
public:
  explicit CaptureFollower(Walk& walk, QObject* parent = nullptr);
  bool active() const { return m_recording != nullptr; }
  // `recording` goes into the file of the capture that is open now; until another session is opened.
  void follow(std::unique_ptr<LiveRecording> recording);
  void stop();

signals:
  void stateChanged(const QString& text); // for the status line; "" when nothing is followed
  void failed(const QString& why);

private:
  void look();                // something has come, or the person has moved
  void goOn();                // if there is more, and the person wants to see it
  void walked();              // the longer capture is recorded to its end
  qint64 walkedBytes() const; // of the capture, so far
  bool hasMore() const;
  QString state() const;

  Walk& m_walk;
  std::unique_ptr<LiveRecording> m_recording;
  QTimer m_next;        // when goOn() may be called
  QElapsedTimer m_took; // since the session was opened again; invalid once it is recorded
  bool m_opening = false;
};

} // namespace sockwalk
