#include "engine/feed/link_types.h"

#include <algorithm>
#include <pcap/pcap.h>

namespace sockwalk {

namespace {

using Opened = std::optional<LinkPacket>;

constexpr std::size_t EthernetHeaderSize = 14;
constexpr MacAddress Everybody{0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

LinkPacket carrying(std::uint16_t etherType, ByteView payload) {
  LinkPacket packet;
  packet.etherType = etherType;
  packet.payload = payload;
  return packet;
}

// IP without anything before it says itself which it is.
Opened openRaw(ByteView packet) {
  if (packet.empty()) return {};
  if (packet[0] >> 4 == 4) return carrying(EtherIpv4, packet);
  if (packet[0] >> 4 == 6) return carrying(EtherIpv6, packet);
  return {};
}

// The link says which it is, whatever the packet says.
Opened openIpv4(ByteView packet) { return carrying(EtherIpv4, packet); }
Opened openIpv6(ByteView packet) { return carrying(EtherIpv6, packet); }

Opened openEthernet(ByteView packet) { return carrying(0, packet); }

// Four bytes: the number of the address family in the order of the host that captured (BSD's loopback, tunnels of macOS).
Opened openNull(ByteView packet) {
  if (packet.size() < 4) return {};
  const std::uint32_t value = loadBe32(packet, 0);
  const std::uint32_t family = value > 0xffff ? value >> 24 | (value >> 8 & 0xff00) : value;
  const ByteView rest = packet.subspan(4);
  Opened opened;
  if (family == 2) opened = carrying(EtherIpv4, rest);
  if (family == 10 || family == 23 || family == 24 || family == 28 || family == 30) opened = carrying(EtherIpv6, rest);
  return opened;
}

// "Cooked" by Linux for `-i any`: who sent it to whom is told by one number, 4 being the host itself.
constexpr unsigned ToUs = 0, ToEverybody = 1, ToGroup = 2, FromUs = 4;
constexpr unsigned DeviceEther = 1, DeviceLoopback = 772; // ARPHRD_

void cook(LinkPacket& packet, unsigned kind, unsigned device, std::size_t addressLength, ByteView address) {
  if (kind == FromUs) packet.direction = FrameDirection::Out;
  if (kind == ToUs || kind == ToEverybody || kind == ToGroup) packet.direction = FrameDirection::In;
  packet.toAll = kind == ToEverybody;
  packet.loopback = device == DeviceLoopback;
  if (device != DeviceEther || addressLength != 6) return;
  std::copy_n(address.begin(), 6, packet.sender.emplace().begin());
}

Opened openCooked(ByteView packet) {
  if (packet.size() < 16) return {};
  LinkPacket opened = carrying(loadBe16(packet, 14), packet.subspan(16));
  cook(opened, loadBe16(packet, 0), loadBe16(packet, 2), loadBe16(packet, 4), packet.subspan(6));
  return opened;
}

Opened openCooked2(ByteView packet) {
  if (packet.size() < 20) return {};
  LinkPacket opened = carrying(loadBe16(packet, 0), packet.subspan(20));
  opened.device = loadBe32(packet, 4);
  cook(opened, packet[10], loadBe16(packet, 8), packet[11], packet.subspan(12));
  return opened;
}

// RFC 1661 and 1662: the address and control bytes, and the first byte of the protocol, may be left out.
Opened openPpp(ByteView packet) {
  if (packet.size() >= 2 && packet[0] == 0xff && packet[1] == 3) packet = packet.subspan(2);
  if (packet.size() < 2) return {};
  const bool one = packet[0] & 1;
  const unsigned protocol = one ? packet[0] : loadBe16(packet, 0);
  const ByteView rest = packet.subspan(one ? 1 : 2);
  if (protocol == 0x21) return carrying(EtherIpv4, rest);
  if (protocol == 0x57) return carrying(EtherIpv6, rest);
  return {};
}

// Cisco's framing of serial lines: address, control, and a protocol numbered as Ethernet does.
Opened openCiscoHdlc(ByteView packet) {
  if (packet.size() < 4) return {};
  return carrying(loadBe16(packet, 2), packet.subspan(4));
}
Opened openPppSerial(ByteView packet) {
  const bool cisco = !packet.empty() && (packet[0] == 0x0f || packet[0] == 0x8f);
  return cisco ? openCiscoHdlc(packet) : openPpp(packet);
}

// A session of PPP over Ethernet: version, code and length of six bytes, then PPP.
Opened openPppoe(ByteView packet) { return packet.size() < 6 || packet[1] ? Opened() : openPpp(packet.subspan(6)); }

Opened directed(ByteView packet, bool out, Opened (*open)(ByteView)) {
  if (packet.empty()) return {};
  Opened opened = open(packet.subspan(1));
  if (opened) opened->direction = out ? FrameDirection::Out : FrameDirection::In;
  return opened;
}
// One byte before PPP: 0 is "received".
Opened openPppWithDirection(ByteView packet) { return directed(packet, !packet.empty() && packet[0], openPpp); }

// A byte for the direction and fifteen of header compression, then IP.
Opened openSlip(ByteView packet) {
  if (packet.size() < 16) return {};
  Opened opened = openRaw(packet.subspan(16));
  if (opened) opened->direction = packet[0] ? FrameDirection::Out : FrameDirection::In;
  return opened;
}

// 12 and 14 are RAW on most systems; what OpenBSD calls 12 is its loopback.
Opened openRawOrLoop(ByteView packet) {
  const Opened raw = openRaw(packet);
  return raw ? raw : openNull(packet);
}

// RFC 2427: two bytes of address, 3 for "unnumbered", and which network protocol.
Opened openFrameRelay(ByteView packet) {
  if (packet.size() < 4 || !(packet[1] & 1) || packet[2] != 3) return {};
  if (packet[3] == 0xcc) return carrying(EtherIpv4, packet.subspan(4));
  const bool snap = packet.size() >= 10 && packet[3] == 0 && packet[4] == 0x80;
  return snap ? carrying(loadBe16(packet, 8), packet.subspan(10)) : Opened();
}

constexpr LinkType LinkTypes[] = {
    {1, "EN10MB", "Ethernet", openEthernet},
    {113, "LINUX_SLL", "tcpdump -i any", openCooked},
    {276, "LINUX_SLL2", "tcpdump -i any", openCooked2},
    {101, "RAW", "bare IP", openRaw},
    {12, "RAW", "bare IP", openRawOrLoop},
    {14, "RAW", "bare IP", openRawOrLoop},
    {228, "IPV4", "bare IPv4", openIpv4},
    {229, "IPV6", "bare IPv6", openIpv6},
    {0, "NULL", "loopback of BSD and macOS", openNull},
    {108, "LOOP", "loopback of OpenBSD", openNull},
    {9, "PPP", "a serial line", openPpp},
    {50, "PPP_SERIAL", "a serial line", openPppSerial},
    {51, "PPP_ETHER", "PPP over Ethernet", openPppoe},
    {104, "C_HDLC", "a serial line", openCiscoHdlc},
    {107, "FRELAY", "frame relay", openFrameRelay},
    {166, "PPP_PPPD", "a serial line", openPppWithDirection},
    {204, "PPP_WITH_DIR", "a serial line", openPppWithDirection},
    {8, "SLIP", "a serial line", openSlip},
};

// Kinds that people meet and that cannot be played, and what would.
struct Unplayable {
  std::uint32_t first, last;
  const char* advice;
};
constexpr const char* Wireless =
    "these are radio frames, mostly management or encrypted; capture on the wireless interface "
    "without monitor mode (tcpdump -i wlan0), where packets look like Ethernet";
constexpr const char* NoNetwork =
    "no IP packets travel there; capture a network interface of the host (tcpdump -i any)";
constexpr Unplayable Unplayables[] = {
    {105, 105, Wireless},  {119, 119, Wireless},  {127, 127, Wireless},  {163, 163, Wireless},  {187, 187, NoNetwork},
    {189, 189, NoNetwork}, {195, 195, NoNetwork}, {201, 201, NoNetwork}, {215, 216, NoNetwork}, {220, 220, NoNetwork},
    {227, 227, NoNetwork}, {230, 231, NoNetwork}, {249, 249, NoNetwork}, {251, 256, NoNetwork}, {283, 283, NoNetwork},
};

Ipv4Address addressAt(ByteView bytes, std::size_t at) { return holds(bytes, at, 4) ? loadBe32(bytes, at) : 0; }

// An IPv6 address does not fit: its last four bytes do.
MacAddress madeMac6(ByteView bytes, std::size_t at) {
  if (!holds(bytes, at, 16)) return {2, 6, 0, 0, 0, 0};
  const bool group = bytes[at] == 0xff;
  MacAddress mac{2, 6, bytes[at + 12], bytes[at + 13], bytes[at + 14], bytes[at + 15]};
  if (group) mac[0] = mac[1] = 0x33;
  return mac;
}

} // namespace

const LinkType* linkType(std::uint32_t value) {
  const auto* const found = std::ranges::find(LinkTypes, value, &LinkType::value);
  return found == std::end(LinkTypes) ? nullptr : found;
}

std::string linkTypeName(std::uint32_t value) {
  if (const LinkType* known = linkType(value)) return std::string(known->name) + " (" + known->described + ")";
  const int dlt = static_cast<int>(value);
  const char* name = pcap_datalink_val_to_name(dlt);
  const char* description = pcap_datalink_val_to_description(dlt);
  return (name ? name : std::to_string(value)) + (description ? std::string(" (") + description + ")" : "");
}

std::string playableLinkTypes() {
  std::string names;
  for (const LinkType& type : LinkTypes) {
    const std::string name = type.name;
    if (names.ends_with(name)) continue; // RAW has three numbers
    names += (names.empty() ? "" : ", ") + name;
  }
  return names;
}

std::string linkTypeAdvice(std::uint32_t value) {
  for (const Unplayable& kind : Unplayables)
    if (kind.first <= value && value <= kind.last) return kind.advice;
  return "capture on an Ethernet interface (tcpdump -i eth0) or on all of them (tcpdump -i any)";
}

MacAddress madeMac(Ipv4Address address) {
  const auto byte = [&](int shift) { return static_cast<std::uint8_t>(address >> shift); };
  if (address == 0xffffffff) return Everybody;
  if (address >> 28 == 14) return {1, 0, 0x5e, static_cast<std::uint8_t>(byte(16) & 0x7f), byte(8), byte(0)};
  return {2, 0, byte(24), byte(16), byte(8), byte(0)};
}

bool isLoopbackPair(Ipv4Address source, Ipv4Address destination) {
  return source == destination || (source >> 24 == 127 && destination >> 24 == 127);
}

std::vector<std::uint8_t> ethernetFrame(const LinkPacket& packet) {
  const ByteView rest = packet.payload;
  if (!packet.etherType) return {rest.begin(), rest.end()};
  MacAddress to{}, from{};
  if (packet.etherType == EtherIpv4) from = madeMac(addressAt(rest, 12)), to = madeMac(addressAt(rest, 16));
  if (packet.etherType == EtherIpv6) from = madeMac6(rest, 8), to = madeMac6(rest, 24);
  if (packet.etherType == EtherArp) {
    const bool asks = holds(rest, 6, 2) && loadBe16(rest, 6) == 1;
    from = madeMac(addressAt(rest, 14)), to = asks ? Everybody : madeMac(addressAt(rest, 24));
  }
  if (packet.sender) from = *packet.sender;
  if (packet.toAll) to = Everybody;
  if (packet.loopback) from = to = {};
  // Below 0x600 the number is none of Ethernet's: 802.3 frames, whose header has their length there.
  const std::size_t length = packet.etherType < 0x600 ? rest.size() : packet.etherType;
  std::vector<std::uint8_t> frame;
  frame.reserve(EthernetHeaderSize + rest.size());
  frame.insert(frame.end(), to.begin(), to.end());
  frame.insert(frame.end(), from.begin(), from.end());
  frame.push_back(static_cast<std::uint8_t>(length >> 8));
  frame.push_back(static_cast<std::uint8_t>(length));
  frame.insert(frame.end(), rest.begin(), rest.end());
  return frame;
}

} // namespace sockwalk
