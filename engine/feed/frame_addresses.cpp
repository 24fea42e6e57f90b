// Which MAC address stands for which host, once the whole file is known.
#include "engine/feed/frame_slot.h"
#include "engine/feed/link_types.h"

#include <algorithm>
#include <set>

namespace sockwalk {

namespace {

constexpr std::size_t HeaderSize = 14;

void put(std::span<std::uint8_t> frame, std::size_t at, const MacAddress& mac) {
  std::copy(mac.begin(), mac.end(), frame.begin() + static_cast<std::ptrdiff_t>(at));
}
void putDestination(std::span<std::uint8_t> frame, const MacAddress& mac) { put(frame, 0, mac); }
void putSource(std::span<std::uint8_t> frame, const MacAddress& mac) { put(frame, 6, mac); }

// The two IPv4 addresses that a frame is about, whose MACs its header names; nothing if it is neither IPv4 nor ARP.
struct Pair {
  Ipv4Address source, destination;
};
std::optional<Pair> pairOf(const FrameHeaders& headers) {
  if (headers.ipv4) return Pair{headers.ipv4->source, headers.ipv4->destination};
  if (headers.arp) return Pair{headers.arp->sender, headers.arp->target};
  return {};
}

// Links that tell the sender's address tell, in the end, the address of everybody who sent.
std::map<Ipv4Address, MacAddress> senders(const std::vector<FrameSlot>& slots, std::span<std::uint8_t> bytes) {
  std::map<Ipv4Address, MacAddress> known;
  for (const FrameSlot& slot : slots) {
    if (!slot.senderKnown) continue;
    const FrameHeaders headers = parseHeaders(slot.in(bytes));
    if (const auto pair = pairOf(headers); pair && pair->source && headers.ethernet)
      known.try_emplace(pair->source, headers.ethernet->source);
  }
  return known;
}

void fillReceivers(std::vector<FrameSlot>& slots, std::span<std::uint8_t> bytes) {
  const auto known = senders(slots, bytes);
  if (known.empty()) return;
  for (const FrameSlot& slot : slots) {
    if (!slot.facts.madeLink || slot.facts.loopback || slot.length < HeaderSize) continue;
    const std::span<std::uint8_t> frame = slot.in(bytes);
    const FrameHeaders headers = parseHeaders(frame);
    const auto pair = pairOf(headers);
    if (!pair || !headers.ethernet || isGroup(headers.ethernet->destination)) continue;
    if (const auto found = known.find(pair->destination); found != known.end()) putDestination(frame, found->second);
    if (slot.senderKnown) continue;
    if (const auto found = known.find(pair->source); found != known.end()) putSource(frame, found->second);
  }
}

// Addresses that some frame bears on both sides, though its IPv4 addresses differ.
std::set<MacAddress> tellingNobody(const std::vector<FrameSlot>& slots, std::span<std::uint8_t> bytes) {
  std::set<MacAddress> found;
  for (const FrameSlot& slot : slots) {
    if (slot.facts.loopback || slot.length < HeaderSize) continue;
    const std::span<std::uint8_t> frame = slot.in(bytes);
    if (!std::equal(frame.begin(), frame.begin() + 6, frame.begin() + 6)) continue;
    const FrameHeaders headers = parseHeaders(frame);
    if (headers.ethernet && headers.ipv4 && headers.ipv4->source != headers.ipv4->destination)
      found.insert(headers.ethernet->source);
  }
  return found;
}

} // namespace

std::size_t settleAddresses(std::vector<FrameSlot>& slots, std::span<std::uint8_t> bytes) {
  fillReceivers(slots, bytes);
  const std::set<MacAddress> nobody = tellingNobody(slots, bytes);
  std::size_t retold = 0;
  if (nobody.empty()) return retold;
  for (FrameSlot& slot : slots) {
    if (slot.facts.loopback || slot.length < HeaderSize) continue;
    const std::span<std::uint8_t> frame = slot.in(bytes);
    const FrameHeaders headers = parseHeaders(frame);
    const auto pair = pairOf(headers);
    if (!pair || !headers.ethernet) continue;
    const bool to = nobody.count(headers.ethernet->destination) != 0,
               from = nobody.count(headers.ethernet->source) != 0;
    if (to) putDestination(frame, madeMac(pair->destination));
    if (from) putSource(frame, madeMac(pair->source));
    if (!to && !from) continue;
    slot.facts.madeLink = true;
    ++retold;
  }
  return retold;
}

} // namespace sockwalk
