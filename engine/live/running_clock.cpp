#include "engine/live/running_clock.h"
#include <algorithm>

namespace sockwalk::live {

namespace {

constexpr s64 Hour = s64(3600) * 1'000'000'000;
// A session takes no pause of more than a day: a program that was stopped for longer goes on as if it had been this.
constexpr s64 LongestPause = 12 * Hour;

} // namespace

RunningClock::RunningClock(scenario::Session& session, s64 host)
    : m_session(session), m_ahead(session.machine().now() - host) {}

s64 RunningClock::present(s64 host) {
  const s64 now = m_session.machine().now();
  const s64 time = std::clamp(host + m_ahead, now, now + LongestPause);
  m_ahead = time - host;
  return time;
}

s64 RunningClock::arrival(s64 host) {
  const s64 now = m_session.machine().now(), due = m_session.machine().nextTimer(), time = present(host);
  return due < 0 ? time : std::max(now, std::min(time, due - 1));
}

// Of the next timer; once in an hour if there is none, so that no pause becomes too long.
s64 RunningClock::wakeAt() const {
  const s64 now = m_session.machine().now(), due = m_session.machine().nextTimer();
  return due < 0 ? now + Hour : std::min(due, now + Hour);
}

void RunningClock::catchUp(s64 host) { m_session.passTime(present(host)); }

void RunningClock::tick(s64 host) {
  if (rest(host) == 0) catchUp(host);
}

std::optional<s64> RunningClock::rest(s64 host) {
  if (m_session.machine().panicked()) return std::nullopt;
  const s64 time = present(host);
  return std::max<s64>(0, wakeAt() - time);
}

} // namespace sockwalk::live
