#include "views/eras/other_walk.h"
#include "views/walk/walk.h"
#include <QElapsedTimer>

namespace sockwalk {

OtherWalk::OtherWalk(Walk& walk, QObject* parent) : QObject(parent), m_walk(walk) {
  connect(&m_timer, &QTimer::timeout, this, &OtherWalk::playSlice);
}

void OtherWalk::forget() {
  m_timer.stop();
  m_other.reset();
  m_both.reset();
  m_refusal.clear();
  m_stimuli = 0;
  ++m_version;
}

// A walk that has grown by hand is played from its beginning again: it is short.
void OtherWalk::keepUp() {
  const size_t stimuli = m_walk.journal().stimuli().size();
  if (m_walk.recording() || m_stimuli == stimuli) return;
  forget();
  m_stimuli = stimuli;
  auto other = tell::sessionOfOtherEra(m_walk.session());
  if (!other) return void(m_refusal = other.error().message);
  m_other = std::move(*other);
  m_timer.start(0);
  playSlice();
}

void OtherWalk::playSlice() {
  constexpr int Slice = 10; // ms
  QElapsedTimer clock;
  clock.start();
  while (m_other->pending() && clock.elapsed() < Slice) m_other->runNext();
  if (m_other->pending()) return;
  m_timer.stop();
  ++m_version;
  m_both = tell::compareEras(m_walk.session(), *m_other);
  emit played();
}

} // namespace sockwalk
