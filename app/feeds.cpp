#include "app/feeds.h"

namespace sockwalk {
namespace {

constexpr int ClimbMs = 900, ClimbTick = 30; // a frame's way up is shown in about a second
constexpr s64 Millisecond = 1'000'000;       // ns
// ms between a frame and its being shown: what comes together, a handshake for instance, is answered first and drawn then.
constexpr int BeforeShown = 15;

} // namespace

Feeds::Feeds(Walk& walk, QObject* parent) : QObject(parent), m_walk(walk) {
  m_due.setSingleShot(true);
  m_due.setTimerType(Qt::PreciseTimer);
  m_clock.start();
  m_show.setSingleShot(true);
  connect(&m_show, &QTimer::timeout, this, &Feeds::show);
  connect(&m_due, &QTimer::timeout, this, &Feeds::timerDue);
  connect(&m_climber, &QTimer::timeout, this, &Feeds::climb);
  connect(&walk, &Walk::opened, this, &Feeds::stop);     // the wire was in the machine that is gone
  connect(&walk, &Walk::recorded, this, &Feeds::settle); // a call by hand may have armed a timer
}
Feeds::~Feeds() { stop(); }

QString Feeds::interface() const { return m_feed ? QString::fromStdString(m_feed->tap().interface()) : QString(); }

std::unique_ptr<QSocketNotifier> Feeds::notifier(int fd, QSocketNotifier::Type type, void (Feeds::*then)()) {
  auto made = std::make_unique<QSocketNotifier>(fd, type);
  connect(made.get(), &QSocketNotifier::activated, this, then);
  return made;
}

void Feeds::start(Tap tap) {
  stop();
  m_feed = std::make_unique<live::TapFeed>(std::move(tap), m_walk.session(), host());
  m_walk.setClock([this] { m_feed->catchUp(host()); });
  m_readable = notifier(m_feed->fd(), QSocketNotifier::Read, &Feeds::receive);
  m_writable = notifier(m_feed->fd(), QSocketNotifier::Write, &Feeds::send);
  m_watch = std::make_unique<LinkWatch>();
  if (m_watch->fd() >= 0) m_linkChanges = notifier(m_watch->fd(), QSocketNotifier::Read, &Feeds::linkChanged);
  QStringList warnings;
  for (const std::string& warning : m_feed->tap().warnings()) warnings << QString::fromStdString(warning);
  if (!warnings.isEmpty()) emit hint(warnings.join('\n'));
  m_up = m_feed->tap().check().ok();
  settle();
}

void Feeds::stop() {
  if (!m_feed) return;
  m_climber.stop();
  m_due.stop();
  m_show.stop();
  m_climbing = false;
  m_linkChanges.reset();
  m_readable.reset();
  m_writable.reset();
  m_watch.reset();
  m_walk.setClock(nullptr);
  m_feed.reset();
  emit stateChanged(QString());
}

void Feeds::receive() {
  const bool wasAtEnd = atEnd();
  const Result<bool> moved = m_feed->receive(host());
  if (!moved) {
    stop();
    return emit failed(QString::fromStdString(moved.error().message));
  }
  if (*moved) this->moved(wasAtEnd);
}

void Feeds::timerDue() {
  const bool wasAtEnd = atEnd();
  if (m_feed->tick(host())) moved(wasAtEnd);
  else settle();
}

void Feeds::send() {
  m_feed->send();
  settle();
}

// The host brought an interface up or down, made or removed one: perhaps ours.
void Feeds::linkChanged() {
  m_watch->drain();
  const bool wasUp = std::exchange(m_up, m_feed->tap().check().ok());
  if (!m_up && wasUp) emit hint(QString::fromStdString(m_feed->tap().check().error().message));
  settle();
}

void Feeds::settle() {
  if (!m_feed) return;
  m_writable->setEnabled(m_feed->waitsToSend());
  if (const auto rest = m_feed->rest(host())) m_due.start(int((*rest + Millisecond - 1) / Millisecond));
  else m_due.stop();
  emit stateChanged(state());
}

QString Feeds::state() const {
  const live::TapFeed::Counts counts = m_feed->counts();
  QString text = tr("TAP %1").arg(interface());
  if (counts.received) text += tr(": %L1 frames").arg(counts.received);
  if (counts.missed) text += tr(", %L1 lost before they were read").arg(counts.missed);
  if (counts.refused) text += tr(", %L1 not taken by the host").arg(counts.refused);
  return m_up ? text : tr("%1; the interface is down").arg(text);
}

void Feeds::moved(bool wasAtEnd) {
  settle();
  if (m_show.isActive()) return;
  m_wasAtEnd = wasAtEnd;
  m_show.start(BeforeShown);
}

void Feeds::show() {
  emit m_walk.recorded();
  const auto strideToEnd = [this] { return (m_walk.journal().size() - m_walk.position()) * ClimbTick / ClimbMs; };
  if (m_climbing) m_stride = std::max(m_stride, strideToEnd()); // frames came faster than they are shown
  if (!m_follow || m_climbing || m_walk.running() || !m_wasAtEnd) return;
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
