// The other end of one TCP connection over eth0, played by hand: it sends any segment a test wants and sees what the
// simulated kernel sends. Numbers are relative: 0 is each side's SYN, 1 its first byte.
#pragma once
#include "engine/kernel/include/net/sock.h"
#include "tests/engine/kernel/kernel_machine.h"
#include <deque>
#include <gtest/gtest.h>
#include <optional>

namespace sockwalk::kernel {

using Bytes = std::vector<u8>;

struct Segment {
  u8 flags = TCPHDR_ACK;
  u32 seq = 0, ack = 0;
  u16 window = 65000, urgent = 0;
  std::string data = {};
  std::optional<u32> tsval = {}; // the timestamp option
  u32 tsecr = 0;
  std::vector<std::pair<u32, u32>> sack = {}; // relative to whoever the blocks tell of
  // of a SYN only
  std::optional<u16> mss = {};
  std::optional<u8> scale = {};
  bool sackPermitted = false;
  bool is(u8 f) const { return (flags & f) == f; }
};

Segment synWithSack(u16 window = 65000); // MSS 1000, SACK permitted

class TcpPeer : public testing::Test {
protected:
  explicit TcpPeer(MachineOptions options = {});
  // Connections that stand, by listen() and accept(), or by connect(). `peerSyn` is what we send in SYN or SYN-ACK.
  void accepted(Segment peerSyn);
  void connected(Segment peerSynAck);
  void accepted() { accepted(synWithSack()); }
  void connected() { connected(synWithSack()); }
  void begin(bool listening);      // up to the listener, or to our kernel's SYN
  void handshake(Segment peerSyn); // with that listener, to the end of accept()

  void receive(Segment s); // arrives at eth0
  void data(u32 seq, const std::string& bytes, u8 flags = TCPHDR_ACK | TCPHDR_PSH);
  void ack(u32 number, u16 window = 65000, std::vector<std::pair<u32, u32>> sack = {});
  Segment next(); // the oldest segment that our kernel sent and nobody looked at
  bool silent() const { return m_sent.empty(); }
  void clear() { m_sent.clear(); }
  std::vector<Segment> all(); // and all of them
  void pass(s64 milliseconds);

  std::string read(u32 size = 4096, u32 flags = 0);
  s64 readResult(u32 size = 4096, u32 flags = 0);
  s64 write(const std::string& bytes);
  s64 shutdown(int how);
  s64 setInt(int level, int option, int value); // of the connection, or of the listener before there is one
  s64 close();
  const tcp_sock* tp(); // of the connection
  const sock* sk() { return skCast<sock>(tp()); }
  int state() { return sk()->sk_state; }
  std::string held(const rb_root* root); // "5001-6001 7001-8001": the peer's numbers in the tree

  KernelMachine k;
  EnterMachine m_enter;
  int m_fd = -1, m_listener = -1;
  bool m_stamped = false; // send timestamps: the handshake agreed on them
  s64 m_roundTrip = 0;    // ms that the handshake takes
  u32 m_clock = 1000;     // the peer's, ms
  u32 m_theirIsn = 0;     // our kernel's
  u16 m_peerPort = 5555;  // where the peer sends from
  int m_backlog = 8;      // of the listener
  u32 m_ourPort = 0;

private:
  u32 m_lastTsval = 0;
  u16 m_id = 0;
  std::deque<Segment> m_sent;
  void saw(const u8* frame, u32 size);
  const tcp_sock* m_tp = nullptr;
};

} // namespace sockwalk::kernel
