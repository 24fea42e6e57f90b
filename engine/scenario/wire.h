// The wire on which eth0 of the simulated machine hangs: frames go in as interrupts, what the machine sends is kept, handed
// to the peer, and the peer's answers come back a moment later.
#pragma once
#include "engine/kernel/machine/machine.h"
#include "engine/scenario/peer.h"
#include <deque>
#include <functional>
#include <optional>

namespace sockwalk::scenario {

class Wire {
public:
  static constexpr s64 RoundTrip = 20000; // ns from a frame sent to the peer's answer

  explicit Wire(kernel::Machine& machine);
  void connect(Peer peer) { m_peer = std::move(peer); }
  Peer* peer() { return m_peer ? &*m_peer : nullptr; }

  // Frames arrive at eth0, now; all are there before the device interrupts. Gives their stimulus.
  u32 inject(const std::vector<Bytes>& frames, std::string caseName = "");
  u32 inject(ByteView frame) { return inject(std::vector<Bytes>{Bytes(frame.begin(), frame.end())}); }
  // Lets the peer answer what was sent so far, and answer what comes of that.
  void settle();

  struct Sent {
    s64 time; // ns
    Bytes bytes;
  };
  std::deque<Sent>& sent() { return m_sent; }               // by the machine, not yet looked at by a script
  void keepSent(bool keep) { m_keep = keep; }                // captures and TAPs do not look
  std::function<void(std::span<const u8>)> onSent;           // who else wants to see what leaves

private:
  kernel::Machine& m_machine;
  std::optional<Peer> m_peer;
  std::deque<Sent> m_sent, m_toPeer;
  bool m_keep = false;
};

} // namespace sockwalk::scenario
