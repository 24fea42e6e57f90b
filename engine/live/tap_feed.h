// A TAP joined to a session: what the host sends there arrives at the simulated eth0, what eth0 sends goes to the host,
// and in between time passes. Front ends wait (for fd() to be readable, for rest() to be over, for room to write) and call;
// nothing here waits or reads a clock. `host` is the host's time, as for RunningClock.
#pragma once
#include "engine/feed/tap.h"
#include "engine/live/running_clock.h"
#include <deque>
#include <memory>

namespace sockwalk::live {

class TapFeed {
public:
  struct Counts {
    u64 received = 0; // frames of the host
    u64 missed = 0;   // that the host threw away before we could read them
    u64 refused = 0;  // of ours, that the host did not take
  };

  // Into the session that waits for a wire; it has to live as long as this is used, but may go before this does.
  TapFeed(Tap tap, scenario::Session& session, s64 host);

  // Frames that wait, a bounded number, then timers that are due. true: the session moved.
  Result<bool> receive(s64 host);
  // Timers that are due. true: the session moved.
  bool tick(s64 host);
  // The present moment, for a call by hand.
  void catchUp(s64 host) { m_clock.catchUp(host); }
  // How long nothing is to be done unless fd() becomes readable, ns. Nothing: for ever.
  std::optional<s64> rest(s64 host);

  int fd() const { return m_end->tap.fd(); }
  bool waitsToSend() const { return !m_end->outgoing.empty(); } // call send() when fd() is writable
  void send() { m_end->flush(); }
  const Tap& tap() const { return m_end->tap; }
  Counts counts() const { return {m_received, m_missed, m_end->refused}; }

private:
  // What the session's wire ends in. The session may outlive the feed and then sends into the void.
  struct HostEnd {
    explicit HostEnd(Tap opened) : tap(std::move(opened)) {}
    Tap tap;
    std::deque<std::vector<u8>> outgoing;
    u64 refused = 0;
    void transmit(std::span<const u8> frame);
    void flush();
  };
  void countMissed(s64 host);

  std::shared_ptr<HostEnd> m_end;
  scenario::Session& m_session;
  RunningClock m_clock;
  u64 m_received = 0, m_missed = 0;
  std::optional<s64> m_countAt; // when the host is to be asked what it threw away; nothing: no need
  s64 m_counted = 0;
};

} // namespace sockwalk::live
