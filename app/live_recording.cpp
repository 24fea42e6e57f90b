#include "app/live_recording.h"
#include <QDateTime>
#include <QDir>
#include <QStandardPaths>

namespace sockwalk {

Result<std::unique_ptr<LiveRecording>> LiveRecording::start(const QString& interface, LiveCapture::Options options) {
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/captures";
  QDir().mkpath(folder);
  const QString file = QString("%1/%2-%3.pcap")
                           .arg(folder, QDateTime::currentDateTime().toString("yyyyMMdd-HHmmss-zzz"),
                                QString(interface).replace('/', '_'));
  options.recordTo = file.toStdString();
  auto capture = LiveCapture::open(interface.toStdString(), options);
  if (!capture) return capture.error();
  return std::unique_ptr<LiveRecording>(new LiveRecording(std::move(*capture), file));
}

LiveRecording::LiveRecording(LiveCapture capture, QString file)
    : m_capture(std::move(capture)), m_file(std::move(file)), m_notifier(m_capture.fd(), QSocketNotifier::Read) {
  connect(&m_notifier, &QSocketNotifier::activated, this, &LiveRecording::read);
  if (m_watch.fd() < 0) return;
  m_linkChanges = std::make_unique<QSocketNotifier>(m_watch.fd(), QSocketNotifier::Read);
  connect(m_linkChanges.get(), &QSocketNotifier::activated, this, &LiveRecording::linkChanged);
}

void LiveRecording::read() {
  const auto frames = m_capture.poll();
  if (!frames) {
    m_notifier.setEnabled(false);
    return emit ended(QString::fromStdString(frames.error().message));
  }
  if (frames->empty()) return;
  m_frames += frames->size();
  emit grew();
}

void LiveRecording::linkChanged() {
  m_watch.drain();
  const HostLink link = hostLink(m_capture.interface());
  const bool wasDown = std::exchange(m_down, link.exists && !link.up);
  if (m_down != wasDown) emit grew();
}

QString LiveRecording::state() const {
  QString text = tr("%1: %L2 frames").arg(QString::fromStdString(m_capture.interface())).arg(m_frames);
  const LiveCapture::Statistics counts = m_capture.statistics();
  if (const quint64 lost = quint64(counts.dropped) + counts.droppedByInterface) text += tr(", %L1 lost").arg(lost);
  return m_down ? tr("%1; the interface is down").arg(text) : text;
}

} // namespace sockwalk
