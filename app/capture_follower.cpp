#include "app/capture_follower.h"
#include <QFile>
#include <QFileInfo>
#include <QScopedValueRollback>

namespace sockwalk {
namespace {

constexpr int Pause = 500;     // ms between two openings, at least: a person wants to see something
constexpr int ShareOfTime = 4; // and so many times what the last one took

} // namespace

CaptureFollower::CaptureFollower(Walk& walk, QObject* parent) : QObject(parent), m_walk(walk) {
  m_next.setSingleShot(true);
  connect(&m_next, &QTimer::timeout, this, &CaptureFollower::goOn);
  connect(&walk, &Walk::opened, this, [this] {
    if (!m_opening) stop();
  });
  connect(&walk, &Walk::moved, this, &CaptureFollower::look);
  connect(&walk, &Walk::recordingChanged, this, [this](bool recording) {
    if (!recording && !m_opening) walked();
  });
}

void CaptureFollower::follow(std::unique_ptr<LiveRecording> recording) {
  stop();
  m_recording = std::move(recording);
  connect(m_recording.get(), &LiveRecording::grew, this, &CaptureFollower::look);
  connect(m_recording.get(), &LiveRecording::ended, this, &CaptureFollower::failed);
  look();
}

void CaptureFollower::stop() {
  if (!active()) return;
  m_next.stop();
  m_recording.reset();
  emit stateChanged(QString());
}

void CaptureFollower::look() {
  if (!active()) return;
  if (!m_next.isActive()) m_next.start(0);
  emit stateChanged(state());
}

void CaptureFollower::goOn() {
  const EventIndex at = m_walk.position();
  if (!hasMore() || at < m_walk.journal().size() || m_walk.recording()) return;
  QFile file(m_recording->file());
  if (!file.open(QIODevice::ReadOnly)) return emit failed(file.fileName() + ": " + file.errorString());
  std::vector<scenario::SessionStimulus> stimuli = m_walk.session().stimuli();
  for (scenario::SessionStimulus& stimulus : stimuli)
    if (auto* capture = std::get_if<scenario::CaptureStimulus>(&stimulus))
      capture->bytes = file.readAll().toStdString();
  auto longer = scenario::Session::open(std::move(stimuli), m_walk.session().setup());
  if (!longer) return emit failed(QString::fromStdString(longer.error().message));
  m_took.start();
  {
    const QScopedValueRollback ours(m_opening, true);
    m_walk.open(std::move(*longer), at);
  }
  if (!m_walk.recording()) walked();
}

void CaptureFollower::walked() {
  if (!active() || !m_took.isValid()) return;
  m_next.start(std::max(Pause, int(m_took.elapsed()) * ShareOfTime));
  m_took.invalidate();
  m_walk.toEnd();
}

qint64 CaptureFollower::walkedBytes() const {
  for (const scenario::SessionStimulus& stimulus : m_walk.session().stimuli())
    if (const auto* capture = std::get_if<scenario::CaptureStimulus>(&stimulus)) return qint64(capture->bytes.size());
  return 0;
}
bool CaptureFollower::hasMore() const { return QFileInfo(m_recording->file()).size() > walkedBytes(); }

QString CaptureFollower::state() const {
  const QString text = tr("Live capture %1").arg(m_recording->state());
  return hasMore() ? tr("%1; the newest are walked when you go to the end").arg(text) : text;
}

} // namespace sockwalk
