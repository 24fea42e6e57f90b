// A live capture on its way into a file: frames that pass an interface are written as they come, so that the file can be
// walked meanwhile and kept afterwards.
#pragma once
#include "engine/feed/host_link.h"
#include "engine/feed/live_capture.h"
#include <memory>
#include <QObject>
#include <QSocketNotifier>

namespace sockwalk {

class LiveRecording final : public QObject {
  Q_OBJECT
public:
  // Into a file of its own, in the user's data folder. `options.recordTo` is set here.
  static Result<std::unique_ptr<LiveRecording>> start(const QString& interface, LiveCapture::Options options);
  QString file() const { return m_file; }
  quint64 frames() const { return m_frames; }
  QString state() const; // "lo: 1,234 frames, 3 lost"

signals:
  void grew();                    // or the interface went down, or came up again: state() says so
  void ended(const QString& why); // by itself: the interface went away, the disk is full

private:
  LiveRecording(LiveCapture capture, QString file);
  void read();
  void linkChanged();

  LiveCapture m_capture;
  QString m_file;
  QSocketNotifier m_notifier;
  LinkWatch m_watch;
  std::unique_ptr<QSocketNotifier> m_linkChanges;
  bool m_down = false;
  quint64 m_frames = 0;
};

} // namespace sockwalk
