#include "engine/scenario/relive_frames.h"
#include "engine/scenario/frame_builder.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

enum OptionKind : u8 { End = 0, Nop = 1, Mss = 2, WindowScale = 3, SackPermitted = 4, Sack = 5, Stamps = 8 };

void takeOption(ByteView body, u8 kind, TcpOptions& options) {
  options.order.push_back(kind);
  if (kind == Mss && body.size() == 2) options.mss = loadBe16(body, 0);
  if (kind == WindowScale && body.size() == 1) options.windowScale = body[0];
  if (kind == SackPermitted) options.sackPermitted = true;
  if (kind == Stamps && body.size() == 8) options.stamps = {loadBe32(body, 0), loadBe32(body, 4)};
  if (kind == Sack)
    for (size_t i = 0; i + 8 <= body.size(); i += 8)
      options.sacks.emplace_back(loadBe32(body, i), loadBe32(body, i + 4));
}

Way wayOf(ByteView frame, const FrameHeaders& headers, const MacAddress& host) {
  if (!headers.ethernet || frame.size() < 14) return Way::Others;
  if (headers.ethernet->source == host) return Way::Out;
  return headers.ethernet->destination == host || isGroup(headers.ethernet->destination) ? Way::In : Way::Others;
}

void put(std::vector<u8>& bytes, size_t at, u16 value) {
  bytes[at] = static_cast<u8>(value >> 8);
  bytes[at + 1] = static_cast<u8>(value);
}

u16 pseudoSum(const Ipv4Header& ip, size_t length) { // of the pseudo header alone, not complemented
  Bytes words;
  putBe32(words, ip.source);
  putBe32(words, ip.destination);
  putBe16(words, ip.protocol);
  putBe16(words, static_cast<u16>(length));
  return static_cast<u16>(~checksumOf(words));
}

} // namespace

TcpOptions tcpOptionsOf(ByteView frame, const TcpHeader& header) {
  TcpOptions options;
  size_t at = header.offset + 20;
  const size_t end = std::min(frame.size(), header.offset + header.length);
  while (at < end && frame[at] != End) {
    const u8 kind = frame[at];
    if (kind == Nop) {
      ++at;
      continue;
    }
    const size_t length = at + 1 < end ? frame[at + 1] : 0;
    if (length < 2 || at + length > end) break;
    takeOption(frame.subspan(at + 2, length - 2), kind, options);
    at += length;
  }
  return options;
}

std::vector<HostFrame> hostFrames(const CapturePlan& plan) {
  std::vector<HostFrame> frames;
  frames.reserve(plan.file.size());
  for (size_t i = 0; i < plan.file.size(); ++i) {
    const CapturedFrame frame = plan.file.frame(i);
    HostFrame f{static_cast<u32>(i), frame.timeNs, Way::Others, frame.bytes, parseHeaders(frame.bytes)};
    f.way = wayOf(frame.bytes, f.headers, plan.host.mac);
    frames.push_back(std::move(f));
  }
  return frames;
}

FlowEnds endsOf(const HostFrame& frame) {
  const FrameHeaders& h = frame.headers;
  const u16 from = h.tcp   ? h.tcp->source
                   : h.udp ? h.udp->source
                           : u16(0),
            to = h.tcp   ? h.tcp->destination
                 : h.udp ? h.udp->destination
                         : u16(0);
  if (frame.way == Way::Out) return {h.ipv4->source, h.ipv4->destination, from, to};
  return {h.ipv4->destination, h.ipv4->source, to, from};
}

CapturedSegment segmentOf(const HostFrame& frame) {
  const TcpHeader& tcp = *frame.headers.tcp;
  const u32 length = static_cast<u32>(frame.headers.wirePayloadLength);
  const u32 counted = u32(tcp.flags & TcpSyn ? 1 : 0) + u32(tcp.flags & TcpFin ? 1 : 0);
  return {&frame, frame.way == Way::Out,         tcp.sequence, tcp.sequence + length + counted,
          length, tcpOptionsOf(frame.bytes, tcp)};
}

std::vector<u8> whole(ByteView frame, const FrameHeaders& headers) {
  std::vector<u8> bytes(frame.begin(), frame.end());
  if (!headers.ipv4 || headers.ipv4->isFragment()) return bytes;
  const Ipv4Header& ip = *headers.ipv4;
  const size_t end = ip.offset + ip.totalLength, l4 = ip.offset + ip.length;
  const bool cut = end > bytes.size();
  if (cut) bytes.resize(end);
  if (!headers.tcp && !headers.udp) return bytes;
  const size_t at = headers.tcp ? headers.tcp->offset + 16 : headers.udp->offset + 6;
  if (end < l4 || at + 2 > end) return bytes;
  const size_t length = end - l4;
  const u16 stands = loadBe16(bytes, at);
  if (headers.udp && !stands) return bytes; // it has none
  if (!cut && stands != pseudoSum(ip, length)) return bytes;
  put(bytes, at, 0);
  const u16 sum = transportChecksum(ByteView(bytes).subspan(l4, length), ip.source, ip.destination, ip.protocol);
  put(bytes, at, headers.udp && !sum ? u16(0xffff) : sum);
  return bytes;
}

// Cut as the segments must have been before they were joined: full ones, and what is left.
std::vector<std::vector<u8>> arrivals(const HostFrame& frame, u32 mtu) {
  std::vector<u8> all = whole(frame.bytes, frame.headers);
  const FrameHeaders& h = frame.headers;
  if (!h.tcp || !h.ipv4 || h.ipv4->offset + mtu >= all.size()) return {std::move(all)};
  const size_t ip = h.ipv4->offset, tcp = h.tcp->offset, data = tcp + h.tcp->length;
  const size_t most = ip + mtu - data, end = all.size();
  std::vector<std::vector<u8>> frames;
  for (size_t at = data; at < end; at += most) {
    const size_t length = std::min(most, end - at);
    std::vector<u8> f(all.begin(), all.begin() + static_cast<long>(data));
    f.insert(f.end(), all.begin() + static_cast<long>(at), all.begin() + static_cast<long>(at + length));
    const u32 seq = h.tcp->sequence + static_cast<u32>(at - data);
    put(f, ip + 2, static_cast<u16>(f.size() - ip));
    put(f, ip + 4, static_cast<u16>(h.ipv4->id + frames.size()));
    put(f, ip + 10, 0);
    put(f, ip + 10, checksumOf(ByteView(f).subspan(ip, h.ipv4->length)));
    put(f, tcp + 4, static_cast<u16>(seq >> 16));
    put(f, tcp + 6, static_cast<u16>(seq));
    if (at + length < end) f[tcp + 13] &= static_cast<u8>(~(TcpFin | TcpPsh));
    put(f, tcp + 16, 0);
    put(f, tcp + 16, transportChecksum(ByteView(f).subspan(tcp), h.ipv4->source, h.ipv4->destination, IpTcp));
    frames.push_back(std::move(f));
  }
  return frames;
}

} // namespace sockwalk::scenario
