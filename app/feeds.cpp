#include "app/feeds.h"

namespace sockwalk {
namespace {

constexpr std::size_t MostWaiting = 256;     // frames that wait for the host's queue; more are lost, as on a wire
constexpr int ClimbMs = 900, ClimbTick = 30; // a frame's way up is shown in about a second

} // namespace

Feeds::Feeds(Walk& walk, QObject* parent) : QObject(parent), m_walk(walk) {
  connect(&m_climber, &QTimer::timeout, this, &Feeds::climb);
  connect(&walk, &Walk::opened, this, &Feeds::stop); // the wire was in the machine that is gone
}
Feeds::~Feeds() { stop(); }

void Feeds::start(Tap tap) {
  stop();
  m_tap = std::make_unique<Tap>(std::move(tap));
  QStringList warnings;
  for (const std::string& warning : m_tap->warnings()) warnings << QString::fromStdString(warning);
  if (!warnings.isEmpty()) emit hint(warnings.join('\n'));
  m_readable = std::make_unique<QSocketNotifier>(m_tap->fd(), QSocketNotifier::Read);
  connect(m_readable.get(), &QSocketNotifier::activated, this, &Feeds::readTap);
  m_writable = std::make_unique<QSocketNotifier>(m_tap->fd(), QSocketNotifier::Write);
  m_writable->setEnabled(false);
  connect(m_writable.get(), &QSocketNotifier::activated, this, &Feeds::flush);
  m_walk.session().onTransmit = [this](std::span<const u8> frame) { transmit(frame); };
  m_begin = m_walk.session().machine().now();
  m_clock.start();
  m_frames = m_lost = 0;
  m_text = tr("TAP %1").arg(QString::fromStdString(m_tap->interface()));
  emit stateChanged(m_text);
}

void Feeds::stop() {
  m_climber.stop();
  m_climbing = false;
  m_readable.reset();
  m_writable.reset();
  m_outgoing.clear();
  if (m_tap && m_walk.isOpen()) m_walk.session().onTransmit = nullptr;
  m_tap.reset();
  emit stateChanged(QString());
}

// A bounded number at a time: a flood may not keep the window from answering.
void Feeds::readTap() {
  const bool wasAtEnd = m_walk.position() >= m_walk.journal().size();
  std::vector<u8> frame;
  bool any = false;
  for (int i = 0; i < 64; ++i) {
    const Result<bool> got = m_tap->read(frame);
    if (!got) {
      emit failed(QString::fromStdString(got.error().message));
      return stop();
    }
    if (!*got) break;
    take(frame);
    any = true;
  }
  if (any) afterFrames(wasAtEnd);
}

void Feeds::take(const std::vector<u8>& frame) {
  ++m_frames;
  m_walk.session().frame(frame, m_begin + m_clock.nsecsElapsed());
}

void Feeds::transmit(std::span<const u8> frame) {
  if (m_outgoing.size() >= MostWaiting) return void(++m_lost);
  m_outgoing.emplace_back(frame.begin(), frame.end());
  flush();
}
void Feeds::flush() {
  while (m_tap && !m_outgoing.empty()) {
    const Result<bool> sent = m_tap->write(m_outgoing.front());
    if (sent && !*sent) break; // the host's queue is full
    if (!sent) ++m_lost;
    m_outgoing.pop_front();
  }
  if (m_writable) m_writable->setEnabled(!m_outgoing.empty());
}

void Feeds::afterFrames(bool wasAtEnd) {
  emit m_walk.recorded();
  QString text = tr("%1: %L2 frames").arg(m_text).arg(m_frames);
  if (m_lost) text += tr(", %L1 not taken by the host").arg(m_lost);
  emit stateChanged(text);
  const auto strideToEnd = [this] { return (m_walk.journal().size() - m_walk.position()) * ClimbTick / ClimbMs; };
  if (m_climbing) m_stride = std::max(m_stride, strideToEnd()); // frames came faster than they are shown
  if (!m_follow || m_climbing || m_walk.running() || !wasAtEnd) return;
  m_climbing = true;
  m_walk.toStimulus(int(m_walk.journal().stimuli().size()) - 1);
  m_stride = std::max<EventIndex>(1, strideToEnd());
  m_climber.start(ClimbTick);
}

// In so many steps a tick that the end is reached in about a second; a person who moves meanwhile takes over.
void Feeds::climb() {
  const EventIndex end = m_walk.journal().size(), at = m_walk.position();
  if (at >= end || m_walk.running()) {
    m_climber.stop();
    m_climbing = false;
    return;
  }
  EventIndex to = at;
  while (to < at + m_stride && to < end) to = stepInto(m_walk.journal(), to, Unit::Call);
  m_walk.seek(to);
}

} // namespace sockwalk
