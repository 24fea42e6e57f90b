#include "engine/scenario/capture_frames.h"
#include "engine/feed/headers.h"
#include "engine/scenario/frame_builder.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

constexpr size_t MacAddresses = 12;

void takeTagsOff(Bytes& frame, FrameHeaders& h) {
  if (!h.ethernet || !h.ethernet->vlanCount) return;
  const auto at = frame.begin() + MacAddresses;
  frame.erase(at, at + 4 * h.ethernet->vlanCount);
  h = parseHeaders(frame);
}

size_t endOf(const Ipv4Header& ip) { return ip.offset + ip.totalLength; }

// Of a TCP segment or a datagram that is whole.
void completeChecksum(Bytes& frame, const FrameHeaders& h) {
  const Ipv4Header& ip = *h.ipv4;
  const size_t at = ip.offset + ip.length, field = h.tcp ? at + 16 : at + 6;
  if (h.udp && !h.udp->checksum) return; // it has none
  size_t length = endOf(ip) - at;
  if (h.udp && h.udp->length >= 8) length = std::min<size_t>(length, h.udp->length);
  setBe16(frame, field, 0);
  const u16 sum = transportChecksum(ByteView(frame).subspan(at, length), ip.source, ip.destination, ip.protocol);
  setBe16(frame, field, h.udp && !sum ? 0xffff : sum);
}

// What was cut off, as far as the headers say how much that was. The card takes the rest of a short frame for padding.
bool fillUp(Bytes& frame, const FrameHeaders& h) {
  const size_t end = h.ipv4 ? endOf(*h.ipv4) : 0;
  if (end <= frame.size()) return false;
  frame.resize(end);
  return true;
}

// The segments of a buffer as they were on the wire: each with the headers, and its own part of the payload.
std::vector<Bytes> segments(const Bytes& frame, const FrameHeaders& h, size_t size) {
  constexpr u8 OnlyFirst = TcpCwr, OnlyLast = TcpFin | TcpPsh;
  const size_t payload = h.tcp->offset + h.tcp->length, end = endOf(*h.ipv4);
  const ByteView all(frame);
  std::vector<Bytes> cut;
  for (size_t from = payload; from < end; from += size) {
    const ByteView part = all.subspan(from, std::min(size, end - from));
    Bytes one(frame.begin(), frame.begin() + static_cast<long>(payload));
    one.insert(one.end(), part.begin(), part.end());
    const bool first = cut.empty(), last = from + size >= end;
    u8& flags = one[h.tcp->offset + 13];
    if (!first) flags = static_cast<u8>(flags & ~OnlyFirst);
    if (!last) flags = static_cast<u8>(flags & ~OnlyLast);
    setBe16(one, h.ipv4->offset + 2, static_cast<u32>(one.size() - h.ipv4->offset));
    setBe16(one, h.ipv4->offset + 4, h.ipv4->id + static_cast<u32>(cut.size()));
    setBe32(one, h.tcp->offset + 4, h.tcp->sequence + static_cast<u32>(from - payload));
    const FrameHeaders its = parseHeaders(one);
    completeIpChecksum(one, its.ipv4->offset, its.ipv4->length);
    completeChecksum(one, its);
    cut.push_back(std::move(one));
  }
  return cut;
}

} // namespace

std::vector<Bytes> arrivalsOf(const CapturedFrame& captured) {
  if (captured.bytes.empty()) return {};
  Bytes frame(captured.bytes.begin(), captured.bytes.end());
  FrameHeaders h = parseHeaders(frame);
  takeTagsOff(frame, h);
  const bool filled = captured.snapped() && fillUp(frame, h);
  const bool whole = h.ipv4 && !h.ipv4->isFragment() && endOf(*h.ipv4) <= frame.size();
  const bool transport = whole && (h.tcp || h.udp);
  if (transport && captured.facts.segmentSize && h.tcp) return segments(frame, h, captured.facts.segmentSize);
  if (transport && (filled || captured.facts.partialChecksum)) completeChecksum(frame, h);
  return {std::move(frame)};
}

} // namespace sockwalk::scenario
