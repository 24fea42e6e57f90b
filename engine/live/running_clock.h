// The time of a session that is joined to the real world. A session stands still until somebody tells it how late it is;
// this says how late: simulated time goes on as the host's does, and the session is woken when its next timer is due, not
// sooner, so nothing runs while nothing happens.
//
// It reads no clock. Whoever holds it passes the host's time in (ns, of any clock that never goes back), and the session
// remembers what passed as its stimuli: played again, the record is the same.
#pragma once
#include "engine/scenario/session.h"
#include <optional>

namespace sockwalk::live {

class RunningClock {
public:
  // The session's present moment is `host`, from now on.
  RunningClock(scenario::Session& session, s64 host);

  // Simulated ns. If the session is ahead, since a person said `wait 5`, the clock goes on from there.
  s64 present(s64 host);
  // When a frame that is found waiting came: before the timer that has fallen due meanwhile. A program that was busy
  // must not make its kernel send again what has been acknowledged.
  s64 arrival(s64 host);
  // Time passes up to the present: for a person who does something now.
  void catchUp(s64 host);
  // The same if something is due.
  void tick(s64 host);
  // How long nothing is due, ns; 0: tick() has something to do. Nothing: the machine has stopped.
  std::optional<s64> rest(s64 host);

private:
  s64 wakeAt() const;

  scenario::Session& m_session;
  s64 m_ahead; // simulated time, less that of the host
};

} // namespace sockwalk::live
