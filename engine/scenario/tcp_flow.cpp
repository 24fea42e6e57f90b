#include "engine/scenario/tcp_flow.h"
#include "engine/memory/constants/inet.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/frame_builder.h"
#include "engine/scenario/tcp_option_bytes.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

struct Located { // the TCP header of an IPv4 packet
  ByteView segment;
  size_t headerBytes;
};
std::optional<Located> tcpOf(ByteView packet) {
  if (packet.size() < 40 || packet[0] >> 4 != 4 || packet[9] != kernel::IPPROTO_TCP) return std::nullopt;
  const size_t ip = (packet[0] & 15) * 4u, total = loadBe16(packet, 2);
  if (ip < 20 || total < ip + 20 || total > packet.size()) return std::nullopt;
  const ByteView segment = packet.subspan(ip, total - ip);
  const size_t header = (segment[12] >> 4) * 4u;
  if (header < 20 || header > segment.size()) return std::nullopt;
  return Located{segment, header};
}

std::string numbers(const char* what, u64 expected, u64 found) {
  return std::string(what) + " is " + std::to_string(found) + ", expected " + std::to_string(expected);
}

std::string optionsText(const std::vector<TcpOption>& options) {
  std::string text;
  for (const TcpOption& o : options) text += (text.empty() ? "" : ",") + describe(o);
  return "<" + text + ">";
}

// Equal, time stamps aside: those have a rule of their own.
bool sameOptions(const std::vector<TcpOption>& a, const std::vector<TcpOption>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const TcpOption& x, const TcpOption& y) {
    return (std::holds_alternative<OptionTimestamp>(x) && std::holds_alternative<OptionTimestamp>(y)) || x == y;
  });
}

const OptionTimestamp* timeStampOf(const std::vector<TcpOption>& options) {
  for (const TcpOption& o : options)
    if (auto* stamp = std::get_if<OptionTimestamp>(&o)) return stamp;
  return nullptr;
}

} // namespace

bool TcpFlow::owns(ByteView packet) const {
  const auto tcp = tcpOf(packet);
  if (!tcp || loadBe32(packet, 12) != m_local.address || loadBe32(packet, 16) != m_remote.address) return false;
  if (loadBe16(tcp->segment, 2) != m_remote.port) return false;
  const bool syn = (tcp->segment[13] & (tcpflag::Syn | tcpflag::Ack)) == tcpflag::Syn;
  if (!m_passive && !m_localIsn) return syn && (!m_local.port || loadBe16(tcp->segment, 0) == m_local.port);
  return loadBe16(tcp->segment, 0) == m_local.port;
}

// ---- in

Bytes TcpFlow::optionBytes(const TcpPacket& line) const {
  Bytes bytes;
  for (TcpOption option : line.options) {
    if (auto* sack = std::get_if<OptionSack>(&option))
      for (auto& [left, right] : sack->blocks) left += localOffset(false), right += localOffset(false);
    if (auto* stamp = std::get_if<OptionTimestamp>(&option); stamp && line.flags & tcpflag::Ack) {
      const auto sent = m_timeStamps.find(stamp->echo);
      if (sent != m_timeStamps.end()) stamp->echo = sent->second;
      else if (m_firstTimeStamp) stamp->echo = stamp->echo - m_firstTimeStamp->first + m_firstTimeStamp->second;
    }
    appendOption(bytes, option);
  }
  return bytes;
}

Bytes TcpFlow::segment(const TcpPacket& line) {
  const bool syn = line.flags & tcpflag::Syn;
  if (syn && !m_remoteIsn) { // the far host's initial number is the script's own; a later SYN moves no numbers
    m_scriptRemoteIsn = line.sequence.start;
    m_remoteIsn = line.sequence.start;
  }
  const Bytes options = optionBytes(line);
  Bytes s;
  putBe16(s, m_remote.port);
  putBe16(s, m_local.port);
  putBe32(s, line.sequence.start + remoteOffset(syn));
  putBe32(s, line.flags & tcpflag::Ack || line.ack ? line.ack.value_or(0) + localOffset(syn) : 0);
  s.push_back(static_cast<u8>((20 + options.size()) / 4 << 4 | line.flags >> 8));
  s.push_back(static_cast<u8>(line.flags));
  putBe16(s, line.window.value_or(0));
  putBe16(s, 0);
  putBe16(s, line.urgent.value_or(0));
  s.insert(s.end(), options.begin(), options.end());
  s.resize(s.size() + line.sequence.length); // the payload: zeros
  const u16 sum = transportChecksum(s, m_remote.address, m_local.address, kernel::IPPROTO_TCP);
  s[16] = static_cast<u8>(sum >> 8);
  s[17] = static_cast<u8>(sum);
  return s;
}

Bytes TcpFlow::quoted(const SequenceRange& sequence) const {
  Bytes s;
  putBe16(s, m_local.port);
  putBe16(s, m_remote.port);
  putBe32(s, sequence.start + localOffset(false) -
                 (sequence.start == m_scriptLocalIsn.value_or(0) ? m_scriptLocalIsn.value_or(0) : 0));
  return s;
}

// ---- out

void TcpFlow::expect(const TcpPacket& line) {
  if (line.flags & tcpflag::Syn && (!m_scriptLocalIsn || connects(line.flags))) m_scriptLocalIsn = line.sequence.start;
}
// The SYN of connect(): the socket may have been connected before. Any other after the first moves no numbers.
bool TcpFlow::connects(u16 flags) const {
  return !m_passive && (flags & (tcpflag::Syn | tcpflag::Ack)) == tcpflag::Syn;
}

SeenSegment TcpFlow::seen(ByteView packet) {
  const Located tcp = *tcpOf(packet);
  const ByteView s = tcp.segment;
  const u16 flags = static_cast<u16>((s[12] & 1) << 8 | s[13]);
  const bool syn = flags & tcpflag::Syn;
  m_local.port = loadBe16(s, 0);
  if (connects(flags) && m_localIsn && m_localIsn != loadBe32(s, 4)) m_remoteIsn.reset();
  if (syn && (!m_localIsn || connects(flags))) m_localIsn = loadBe32(s, 4);
  SeenSegment seen;
  TcpPacket& p = seen.packet;
  p.flags = flags;
  const size_t payload = s.size() - tcp.headerBytes;
  p.sequence.start = loadBe32(s, 4) - localOffset(syn);
  p.sequence.end = p.sequence.start + static_cast<u32>(payload);
  p.sequence.length = static_cast<u16>(payload);
  if (flags & tcpflag::Ack) p.ack = loadBe32(s, 8) - remoteOffset(syn);
  p.window = loadBe16(s, 14);
  if (flags & tcpflag::Urg) p.urgent = loadBe16(s, 18);
  p.options = readOptions(s.subspan(20, tcp.headerBytes - 20), seen.unknownOption);
  for (TcpOption& option : p.options)
    if (auto* sack = std::get_if<OptionSack>(&option))
      for (auto& [left, right] : sack->blocks) left -= remoteOffset(false), right -= remoteOffset(false);
  const ByteView data = s.subspan(tcp.headerBytes);
  seen.payload.assign(data.begin(), data.end());
  return seen;
}

std::optional<std::string> TcpFlow::difference(const TcpPacket& line, const SeenSegment& seen, s64 tick,
                                               s64 tolerance) {
  const TcpPacket& p = seen.packet;
  const auto* expected = timeStampOf(line.options);
  const auto* found = timeStampOf(p.options);
  if (expected && found) {
    m_timeStamps[expected->value] = found->value;
    if (!m_firstTimeStamp) m_firstTimeStamp = {expected->value, found->value};
  }
  if (p.flags != line.flags)
    return "the flags are " + describeFlags(p.flags) + ", expected " + describeFlags(line.flags);
  if (p.sequence.start != line.sequence.start)
    return numbers("the sequence number", line.sequence.start, p.sequence.start);
  if (seen.payload.size() != line.sequence.length)
    return numbers("the payload's length", line.sequence.length, seen.payload.size());
  if (p.ack.value_or(0) != line.ack.value_or(0)) return numbers("ack", line.ack.value_or(0), p.ack.value_or(0));
  if (line.window && *p.window != *line.window) return numbers("win", *line.window, *p.window);
  if (p.urgent.value_or(0) != line.urgent.value_or(0))
    return numbers("the urgent pointer", line.urgent.value_or(0), p.urgent.value_or(0));
  if (line.anyOptions) return std::nullopt;
  if (!seen.unknownOption.empty()) return "it has " + seen.unknownOption + ", which scripts have no word for";
  if (!sameOptions(line.options, p.options))
    return "the options are " + optionsText(p.options) + ", expected " + optionsText(line.options);
  if (tick && expected && found) {
    const u32 value = found->value - m_firstTimeStamp->second + m_firstTimeStamp->first;
    const s64 off = std::abs(static_cast<s64>(static_cast<s32>(value - expected->value))) * tick;
    if (off > tolerance) return numbers("TS val", expected->value, value);
  }
  return std::nullopt;
}

} // namespace sockwalk::scenario
