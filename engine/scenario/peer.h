// The far end of the wire: a small host written in plain code, so that a lone simulated machine has someone to talk to.
// It answers ARP for every address but the machine's own, ICMP echo, and sends back what arrives at its echo ports, over
// UDP and over TCP.
#pragma once
#include "engine/base/bytes.h"
#include "engine/base/types.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/scenario/peer_tcp.h"
#include <array>
#include <map>
#include <set>
#include <vector>

namespace sockwalk::scenario {

using Bytes = std::vector<u8>;
using Mac = std::array<u8, 6>;

class Peer {
public:
  static constexpr Mac DefaultMac{0x52, 0x55, 0x0a, 0x00, 0x02, 0x02};

  Peer(Mac mac, u32 machine) : m_mac(mac), m_machine(machine) {} // `machine`: its address, host byte order
  const Mac& mac() const { return m_mac; }
  void echo(u16 port) { m_echoPorts.insert(port); }
  void claims(u32 address, const Mac& mac) { m_neighbours[address] = mac; } // ARP for it gets this answer
  void answersArpOnlyFor(u32 address) { m_only = address; }
  void setAnswersPing(bool on) { m_answersPing = on; }
  // What it sends in answer to a frame that the machine sent.
  std::vector<Bytes> answer(ByteView frame);
  std::vector<Bytes> serve(); // what its TCP servers send, once they have had their turn
  // TCP is answered by the host itself, at once; a UDP echo comes from a program, a moment later. See RecordedMachine.
  static bool answersAtOnce(ByteView frame) {
    return frame.size() >= 34 && loadBe16(frame, 12) == kernel::ETH_P_IP && frame[23] == kernel::IPPROTO_TCP;
  }

private:
  struct Datagram { // an IPv4 packet's payload, whole
    u32 source, destination;
    u8 protocol;
    Bytes payload;
  };
  struct Pieces {
    Bytes payload;
    size_t have = 0, total = 0;
  };
  // "Nobody takes that": for datagrams to groups and broadcasts.
  std::vector<Bytes> unreachable(const Datagram& d, ByteView header, const Mac& back);
  std::vector<Bytes> answerArp(ByteView frame) const;
  bool reassemble(ByteView packet, Datagram& out);
  std::vector<Bytes> reply(const Datagram& to, Bytes payload, const Mac& destination);

  void packSegments(PeerTcp::Segments segments, std::vector<Bytes>& frames);

  Mac m_mac, m_machineMac{};
  u32 m_machine;
  u32 m_only = 0; // 0: it stands for any address but the machine's
  std::set<u16> m_echoPorts;
  PeerTcp m_tcp;
  std::map<u32, Mac> m_neighbours;
  bool m_answersPing = true, m_knowsMachine = false; // by ARP
  std::vector<Bytes> m_held;                         // until the machine answered ARP
  u16 m_id = 0;
  std::map<std::pair<u32, u16>, Pieces> m_pieces; // by source and identification
};

} // namespace sockwalk::scenario
