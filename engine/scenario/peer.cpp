#include "engine/scenario/peer.h"
#include "engine/feed/decode.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/scenario/frame_builder.h"
#include <algorithm>
#include <cstring>
#include <utility>

namespace sockwalk::scenario {

namespace {
constexpr size_t MaxPayload = 1480; // of one IPv4 packet in an Ethernet frame, a multiple of 8
constexpr size_t MaxPieces = 64;    // half-assembled packets that the peer remembers
} // namespace

std::vector<Bytes> Peer::answer(ByteView frame) {
  if (frame.size() < 34) return {};
  const u16 type = loadBe16(frame, 12);
  if (type == kernel::ETH_P_ARP) {
    m_knowsMachine = true;
    return loadBe16(frame, 20) == 2 ? std::exchange(m_held, {}) : answerArp(frame);
  }
  const bool group = frame[0] & 1, mine = std::equal(m_mac.begin(), m_mac.end(), frame.begin());
  Datagram d;
  if (type != kernel::ETH_P_IP || !(mine || group) || !reassemble(frame.subspan(14), d)) return {};
  Mac back;
  std::copy_n(frame.begin() + 6, 6, back.begin());
  if (group) { // a host with no service at all is not there
    if (m_echoPorts.empty()) return {};
    d.destination = (m_machine & ~0xffu) | 2; // the answer comes from the router's address
    if (d.protocol == kernel::IPPROTO_UDP && d.payload.size() >= 8) return unreachable(d, frame.subspan(14, 20), back);
    if (d.protocol != 1) return {};
  }
  if (d.protocol == kernel::IPPROTO_ICMP && m_answersPing && d.payload.size() >= 8 &&
      d.payload[0] == kernel::ICMP_ECHO) {
    Bytes echo = d.payload;
    echo[0] = echo[2] = echo[3] = 0;
    const u16 sum = internetChecksum(echo);
    echo[2] = static_cast<u8>(sum >> 8);
    echo[3] = static_cast<u8>(sum);
    return reply(d, std::move(echo), back);
  }
  if (d.protocol == kernel::IPPROTO_UDP && d.payload.size() >= 8 && m_echoPorts.count(loadBe16(d.payload, 2))) {
    const Endpoint from{d.destination, loadBe16(d.payload, 2)}, to{d.source, loadBe16(d.payload, 0)};
    return reply(d, udpDatagram(from, to, ByteView(d.payload).subspan(8)), back);
  }
  if (d.protocol == kernel::IPPROTO_TCP && d.payload.size() >= 20 &&
      !m_echoPorts.empty()) { // a host with no service at all is not there
    const Endpoint from{d.source, loadBe16(d.payload, 0)}, to{d.destination, loadBe16(d.payload, 2)};
    std::vector<Bytes> frames;
    m_machineMac = back;
    packSegments(m_tcp.answer(from, to, d.payload, m_echoPorts.count(to.port)), frames);
    return frames;
  }
  return {};
}

std::vector<Bytes> Peer::serve() {
  std::vector<Bytes> frames;
  packSegments(m_tcp.serve(), frames);
  return frames;
}

void Peer::packSegments(PeerTcp::Segments segments, std::vector<Bytes>& frames) {
  for (PeerTcp::Segment& s : segments) {
    const Datagram to{s.to.address, s.from.address, 6, {}};
    for (Bytes& frame : reply(to, std::move(s.bytes), m_machineMac)) frames.push_back(std::move(frame));
  }
}

// The recorded peer, an emulator's router, says so of datagrams to groups and broadcasts (and nothing at all of those to
// a closed port), with as much of the packet as fits 576 bytes; it asks first for the address of who it did not hear of.
std::vector<Bytes> Peer::unreachable(const Datagram& d, ByteView header, const Mac& back) {
  constexpr size_t Largest = 548;
  Bytes icmp{3, 3, 0, 0, 0, 0, 0, 0};
  icmp.insert(icmp.end(), header.begin(), header.end());
  const size_t total = header.size() + d.payload.size(); // whole, if it came in fragments
  icmp[10] = static_cast<u8>(total >> 8), icmp[11] = static_cast<u8>(total), icmp[14] = icmp[15] = 0;
  icmp.insert(icmp.end(), d.payload.begin(), d.payload.end());
  icmp.resize(std::min(icmp.size(), 8 + Largest));
  const u16 sum = internetChecksum(icmp);
  icmp[2] = static_cast<u8>(sum >> 8);
  icmp[3] = static_cast<u8>(sum);
  Ipv4Fields f{d.destination, d.source, 1};
  f.id = ++m_id;
  f.ttl = 255;
  f.tos = 0xc0;
  std::vector<Bytes> answer{ethernetFrame(back, m_mac, kernel::ETH_P_IP, ipv4Packet(f, icmp))};
  if (m_knowsMachine) return answer;
  for (Bytes& frame : answer) m_held.push_back(std::move(frame));
  Bytes arp{0, 1, 8, 0, 6, 4, 0, 1};
  arp.insert(arp.end(), m_mac.begin(), m_mac.end());
  putBe32(arp, d.destination);
  arp.resize(arp.size() + 6);
  putBe32(arp, m_machine);
  return {ethernetFrame({0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, m_mac, kernel::ETH_P_ARP, arp)};
}

std::vector<Bytes> Peer::answerArp(ByteView frame) const {
  if (frame.size() < 42 || loadBe16(frame, 20) != 1 || loadBe32(frame, 38) == m_machine) return {};
  if (m_only && loadBe32(frame, 38) != m_only) return {};
  const auto known = m_neighbours.find(loadBe32(frame, 38));
  const Mac& mac = known == m_neighbours.end() ? m_mac : known->second;
  Bytes arp{0, 1, 8, 0, 6, 4, 0, 2};
  arp.insert(arp.end(), mac.begin(), mac.end());
  arp.insert(arp.end(), frame.begin() + 38, frame.begin() + 42); // the address that was asked for
  arp.insert(arp.end(), frame.begin() + 22, frame.begin() + 32); // who asked
  Mac to;
  std::copy_n(frame.begin() + 6, 6, to.begin());
  Bytes answer = ethernetFrame(to, mac, kernel::ETH_P_ARP, arp);
  answer.resize(64); // as long as the recorded peer's
  return {answer};
}

// True if `packet` is whole, or completes one that came in pieces.
bool Peer::reassemble(ByteView packet, Datagram& out) {
  const size_t header = (packet[0] & 15) * 4u, total = loadBe16(packet, 2);
  if (packet[0] >> 4 != 4 || header < 20 || total < header || total > packet.size()) return false;
  const ByteView payload = packet.subspan(header, total - header);
  out = {loadBe32(packet, 12), loadBe32(packet, 16), packet[9], {}};
  const u16 fragment = loadBe16(packet, 6);
  const bool more = fragment & 0x2000;
  const size_t offset = (fragment & 0x1fffu) * 8;
  if (!more && !offset) {
    out.payload.assign(payload.begin(), payload.end());
    return true;
  }
  const auto key = std::make_pair(out.source, loadBe16(packet, 4));
  if (m_pieces.size() > MaxPieces) m_pieces.clear();
  Pieces& pieces = m_pieces[key];
  if (pieces.payload.size() < offset + payload.size()) pieces.payload.resize(offset + payload.size());
  std::copy(payload.begin(), payload.end(), pieces.payload.begin() + static_cast<long>(offset));
  pieces.have += payload.size();
  if (!more) pieces.total = offset + payload.size();
  if (!pieces.total || pieces.have < pieces.total) return false;
  out.payload = std::move(pieces.payload);
  m_pieces.erase(key);
  return true;
}

std::vector<Bytes> Peer::reply(const Datagram& to, Bytes payload, const Mac& destination) {
  std::vector<Bytes> frames;
  Ipv4Fields f{to.destination, to.source, to.protocol};
  f.id = ++m_id;
  for (size_t at = 0; at == 0 || at < payload.size(); at += MaxPayload) {
    const size_t n = std::min(MaxPayload, payload.size() - at);
    f.fragment = static_cast<u16>(at / 8 | (at + n < payload.size() ? 0x2000 : 0));
    frames.push_back(
        ethernetFrame(destination, m_mac, kernel::ETH_P_IP, ipv4Packet(f, ByteView(payload).subspan(at, n))));
  }
  return frames;
}

} // namespace sockwalk::scenario
