// What the sending and the receiving kernel leave to their network cards, as a capture shows it: it is made between the two.
// TSO hands the card one buffer of up to 64 KiB to cut; GRO joins what the card received into one; the checksum is the
// card's work as well, so that the field holds the sum of the pseudo header only (CHECKSUM_PARTIAL).
#include "engine/feed/decode.h"
#include "engine/feed/frame_slot.h"
#include "engine/feed/tcp_options.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sockwalk {

namespace {

void putBe16(std::span<std::uint8_t> bytes, std::size_t at, std::size_t value) {
  bytes[at] = static_cast<std::uint8_t>(value >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(value);
}

// An IPv4 length of 0 stands for "all that is here": the card writes it into each frame that it cuts.
bool repairLength(std::span<std::uint8_t> frame, std::size_t wireLength) {
  const FrameHeaders link = parseHeaders(frame);
  if (!link.ethernet || link.ethernet->type != EtherIpv4) return false;
  const std::size_t at = link.ethernet->length, header = holds(frame, at, 20) ? (frame[at] & 15) * std::size_t{4} : 0;
  if (header < 20 || !holds(frame, at, header) || frame[at] >> 4 != 4 || loadBe16(frame, at + 2)) return false;
  if (frame[at + 9] != IpTcp && frame[at + 9] != IpUdp) return false;
  putBe16(frame, at + 2, std::min<std::size_t>(wireLength - at, 0xffff));
  putBe16(frame, at + 10, 0);
  putBe16(frame, at + 10, internetChecksum(ByteView(frame).subspan(at, header)));
  return true;
}

std::uint16_t folded(std::uint32_t sum) {
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(sum);
}

// Does the field hold the pseudo header's sum, with or without its length, instead of the whole checksum?
bool isPartial(ByteView frame, const FrameHeaders& h) {
  if (!h.ipv4 || h.ipv4->isFragment() || (!h.tcp && !h.udp)) return false;
  const std::uint16_t field = h.tcp ? h.tcp->checksum : h.udp->checksum;
  const std::size_t at = h.ipv4->offset + h.ipv4->length, length = h.ipv4->totalLength - h.ipv4->length;
  if (field == 0) return false; // a UDP datagram without one
  const std::uint32_t pseudo = pseudoHeaderSum(h.ipv4->source, h.ipv4->destination, h.ipv4->protocol, length);
  const std::uint32_t withoutLength = pseudoHeaderSum(h.ipv4->source, h.ipv4->destination, h.ipv4->protocol, 0);
  if (field != folded(pseudo) && field != folded(withoutLength)) return false;
  return !holds(frame, at, length) ||
         internetChecksum(frame.subspan(at, length), pseudo) != 0; // it may be right by chance
}

using Flow = std::tuple<Ipv4Address, std::uint16_t, Ipv4Address, std::uint16_t>; // one direction of a connection
Flow flowOf(const FrameHeaders& h) { return {h.ipv4->source, h.tcp->source, h.ipv4->destination, h.tcp->destination}; }
Flow reverseOf(const FrameHeaders& h) {
  return {h.ipv4->destination, h.tcp->destination, h.ipv4->source, h.tcp->source};
}

// How long segments of each flow are on the wire: both ends say in their SYN what they take; where none was captured, the
// frames themselves tell.
class SegmentSizes {
public:
  void see(ByteView frame, const FrameHeaders& h) {
    Sizes& sizes = m_flows[flowOf(h)];
    if (h.tcp->flags & TcpSyn) sizes.mss = tcpOptionsOf(frame, *h.tcp).mss.value_or(0);
    if (h.ipv4->totalLength <= EthernetMtu) sizes.regular = std::max(sizes.regular, h.wirePayloadLength);
    if (h.wirePayloadLength == sizes.largest) ++sizes.timesLargest;
    if (h.wirePayloadLength > sizes.largest) sizes.largest = h.wirePayloadLength, sizes.timesLargest = 1;
  }

  // Of this frame's payload, in one segment.
  std::size_t of(const FrameHeaders& h) const {
    const Sizes& ours = m_flows.at(flowOf(h));
    const auto back = m_flows.find(reverseOf(h));
    const std::size_t options = h.tcp->length - 20, theirs = back == m_flows.end() ? 0 : back->second.mss;
    if (ours.mss && theirs) return std::min<std::size_t>(ours.mss, theirs) - std::min(options, std::size_t{40});
    if (h.ipv4->totalLength <= EthernetMtu) return h.wirePayloadLength;
    const std::size_t usual = EthernetMtu - 40 - options;
    // Long frames of one size, again and again, that are no multiple of a usual one: the wire took them so.
    if (ours.timesLargest > 1 && ours.largest % usual) return ours.largest;
    return ours.regular * 2 > usual ? ours.regular : usual;
  }

private:
  struct Sizes {
    std::uint16_t mss = 0;
    std::size_t regular = 0, largest = 0; // payload of frames of at most 1500 bytes, and of all
    std::size_t timesLargest = 0;
  };
  std::map<Flow, Sizes> m_flows;
};

} // namespace

OffloadCounts findOffload(std::vector<FrameSlot>& slots, std::span<std::uint8_t> bytes) {
  OffloadCounts counts;
  SegmentSizes sizes;
  for (FrameSlot& slot : slots) {
    slot.facts.lengthRepaired = repairLength(slot.in(bytes), slot.originalLength);
    const FrameHeaders h = parseHeaders(slot.in(bytes));
    if (h.tcp) sizes.see(slot.in(bytes), h);
  }
  for (FrameSlot& slot : slots) {
    const ByteView frame = slot.in(bytes);
    const FrameHeaders h = parseHeaders(frame);
    if (!h.ipv4) continue;
    slot.facts.partialChecksum = isPartial(frame, h);
    counts.partialChecksums += slot.facts.partialChecksum;
    if (slot.facts.loopback) continue; // lo takes 64 KiB at once
    const std::size_t one = h.tcp && h.wirePayloadLength ? sizes.of(h) : h.wirePayloadLength;
    if (h.tcp && one && h.wirePayloadLength > one) slot.facts.segmentSize = static_cast<std::uint16_t>(one);
    const std::size_t cut = slot.facts.segmentSize ? h.wirePayloadLength - one : 0;
    slot.facts.jumbo = h.ipv4->totalLength - cut > EthernetMtu;
    counts.buffers += slot.facts.segmentSize != 0;
    counts.jumbo += slot.facts.jumbo;
  }
  return counts;
}

} // namespace sockwalk
