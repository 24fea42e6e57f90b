// The wire on which eth0 of the simulated machine hangs: frames go in as interrupts, what the machine sends is kept, handed
// to the peer, and the peer's answers come back a moment later. A machine with tun0 has no wire: its packets go to the
// script and come from it as they are, without a link header.
#pragma once
#include "engine/feed/summary.h"
#include "engine/kernel/machine/machine.h"
#include "engine/scenario/peer.h"
#include <deque>
#include <functional>
#include <optional>

namespace sockwalk::scenario {

constexpr u32 Eth0 = 2; // its interface index, or tun0's; lo is 1

class Wire {
public:
  static constexpr s64 RoundTrip = 20000; // ns from a frame sent to the peer's answer

  explicit Wire(kernel::Machine& machine);
  void connect(Peer peer) { m_peer = std::move(peer); }
  Peer* peer() { return m_peer ? &*m_peer : nullptr; }

  bool ethernet() const { return m_ethernet; }
  // The IPv4 packet in what was sent; empty if it is none.
  ByteView ipv4(ByteView sent) const;
  // "UDP 5353 → 7 len=5"
  std::string summary(ByteView sent) const;
  // Frames arrive at eth0, or packets at tun0, now; all are there before the device interrupts. Gives their stimulus.
  u32 inject(const std::vector<Bytes>& frames, std::string caseName = "");
  u32 inject(ByteView frame) { return inject(std::vector<Bytes>{Bytes(frame.begin(), frame.end())}); }
  // Lets the peer answer what was sent so far, and answer what comes of that.
  void settle();

  struct Sent {
    s64 time; // ns
    Bytes bytes;
  };
  std::deque<Sent>& sent() { return m_sent; }      // by the machine, not yet looked at by a script
  void keepSent(bool keep) { m_keep = keep; }      // captures and TAPs do not look
  std::function<void(std::span<const u8>)> onSent; // who else wants to see what leaves

private:
  std::string
  counted(const std::vector<Bytes>& frames); // what the first says; its TCP numbers as the packet list has them
  void count(ByteView frame);

  kernel::Machine& m_machine;
  const bool m_ethernet;
  std::optional<Peer> m_peer;
  bool answersAtOnce(ByteView frame); // it did, as on the recorded machine
  std::vector<Bytes> answersToBurst();
  std::vector<Bytes> answersTo(ByteView frame); // of the peer's kernel, and of its servers
  std::deque<Sent> m_sent, m_toPeer;
  std::vector<Bytes> m_burst; // segments that the device cuts out of one buffer: answered together
  bool m_opened = false;      // a connection, before
  bool m_keep = false;
  TcpBases m_numbers; // of all that came and went
};

} // namespace sockwalk::scenario
