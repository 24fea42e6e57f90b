#include "engine/feed/decode.h"
#include "engine/feed/summary.h"
#include <algorithm>

namespace sockwalk {

namespace {

std::string number(std::size_t value) { return std::to_string(value); }

/// Collects the fields of one layer; offsets are given relative to the layer's first byte.
class LayerFields {
public:
  LayerFields(ByteView frame, FrameLayer layer, std::string name, std::string value, std::size_t offset,
              std::size_t length)
      : m_frame(frame), m_field{std::move(name), std::move(value), 0, 0, layer, {}}, m_base(offset) {
    clip(m_field, offset, length);
  }
  FrameField& add(std::string name, std::string value, std::size_t offset, std::size_t length) {
    FrameField& field =
        m_field.children.emplace_back(FrameField{std::move(name), std::move(value), 0, 0, m_field.layer, {}});
    clip(field, m_base + offset, length);
    return field;
  }
  FrameField take() { return std::move(m_field); }

private:
  void clip(FrameField& field, std::size_t offset, std::size_t length) const {
    field.offset = std::min(offset, m_frame.size());
    field.length = std::min(length, m_frame.size() - field.offset);
  }
  ByteView m_frame;
  FrameField m_field;
  std::size_t m_base;
};

std::string checksumText(std::uint16_t value, std::uint16_t remainder) {
  return hexText(value, 4) + (remainder == 0 ? " (correct)" : " (wrong)");
}

std::string transportChecksum(ByteView frame, const Ipv4Header& ip, std::size_t offset, std::size_t length,
                              std::uint16_t value) {
  if (ip.isFragment()) return hexText(value, 4) + " (not checked: covers all fragments)";
  if (!holds(frame, offset, length)) return hexText(value, 4) + " (not checked: bytes are missing)";
  const std::uint32_t pseudo = pseudoHeaderSum(ip.source, ip.destination, ip.protocol, length);
  return checksumText(value, internetChecksum(frame.subspan(offset, length), pseudo));
}

FrameField decodeEthernet(ByteView frame, const EthernetHeader& eth) {
  LayerFields fields(frame, FrameLayer::Ethernet, "Ethernet", macText(eth.source) + " → " + macText(eth.destination), 0,
                     eth.length);
  fields.add("Destination", macText(eth.destination), 0, 6);
  fields.add("Source", macText(eth.source), 6, 6);
  for (std::size_t i = 0; i < eth.vlanCount; ++i)
    fields.add("VLAN tag", "id " + number(eth.vlanTci[i] & 0xfff) + ", priority " + number(eth.vlanTci[i] >> 13),
               12 + 4 * i, 4);
  const char* name = eth.type == EtherIpv4   ? " (IPv4)"
                     : eth.type == EtherArp  ? " (ARP)"
                     : eth.type == EtherIpv6 ? " (IPv6)"
                                             : "";
  if (eth.type < 0x0600) fields.add("Length", number(eth.type), eth.length - 2, 2);
  else fields.add("Type", hexText(eth.type, 4) + name, eth.length - 2, 2);
  return fields.take();
}

FrameField decodeArp(ByteView frame, const ArpHeader& arp) {
  const char* name = arp.operation == 1 ? "request" : arp.operation == 2 ? "reply" : "operation";
  LayerFields fields(frame, FrameLayer::Arp, "ARP", name, arp.offset, 28);
  fields.add("Hardware type", "1 (Ethernet)", 0, 2);
  fields.add("Protocol type", "0x0800 (IPv4)", 2, 2);
  fields.add("Hardware address length", "6", 4, 1);
  fields.add("Protocol address length", "4", 5, 1);
  fields.add("Operation", number(arp.operation) + " (" + name + ")", 6, 2);
  fields.add("Sender MAC", macText(arp.senderMac), 8, 6);
  fields.add("Sender IP", ipv4Text(arp.sender), 14, 4);
  fields.add("Target MAC", macText(arp.targetMac), 18, 6);
  fields.add("Target IP", ipv4Text(arp.target), 24, 4);
  return fields.take();
}

using OptionText = std::string (*)(std::uint8_t kind, ByteView option);

std::string ipv4OptionText(std::uint8_t kind, ByteView) {
  switch (kind) {
  case 7: return "Record route";
  case 68: return "Timestamp";
  case 131: return "Loose source route";
  case 137: return "Strict source route";
  case 148: return "Router alert";
  default: return "option " + number(kind);
  }
}

std::string tcpOptionText(std::uint8_t kind, ByteView option) {
  const std::size_t size = option.size();
  if (kind == 2 && size == 4) return "Maximum segment size " + number(loadBe16(option, 2));
  if (kind == 3 && size == 3) return "Window scale " + number(option[2]);
  if (kind == 4 && size == 2) return "SACK permitted";
  if (kind == 5 && size % 8 == 2) {
    std::string text = "SACK";
    for (std::size_t at = 2; at < size; at += 8)
      text += " " + number(loadBe32(option, at)) + "-" + number(loadBe32(option, at + 4));
    return text;
  }
  if (kind == 8 && size == 10)
    return "Timestamps " + number(loadBe32(option, 2)) + ", echo " + number(loadBe32(option, 6));
  return "option " + number(kind);
}

/// IPv4 and TCP share the shape of their options: 0 ends them, 1 is a no-op, others are kind, length, data.
void addOptions(ByteView frame, std::size_t base, std::size_t begin, std::size_t end, OptionText text,
                LayerFields& fields) {
  end = std::min(end, frame.size() - base);
  if (begin >= end) return;
  FrameField& options = fields.add("Options", number(end - begin) + " bytes", begin, end - begin);
  for (std::size_t at = begin; at < end;) {
    const std::uint8_t kind = frame[base + at];
    std::size_t length = 1;
    std::string value = kind == 0 ? "End of options" : "No operation";
    if (kind > 1) {
      length = at + 1 < end ? frame[base + at + 1] : 0;
      const bool fits = length >= 2 && length <= end - at;
      value =
          fits ? text(kind, frame.subspan(base + at, length)) : "option " + number(kind) + " with an impossible length";
      if (!fits) length = end - at;
    }
    options.children.push_back({"Option", value, base + at, length, options.layer, {}});
    at = kind == 0 ? end : at + length;
  }
}

FrameField decodeIpv4(ByteView frame, const Ipv4Header& ip) {
  LayerFields fields(frame, FrameLayer::Ipv4, "IPv4", ipv4Text(ip.source) + " → " + ipv4Text(ip.destination), ip.offset,
                     ip.length);
  fields.add("Version", "4", 0, 1);
  fields.add("Header length", number(ip.length) + " bytes (" + number(ip.length / 4) + " words)", 0, 1);
  fields.add("DSCP and ECN", hexText(ip.tos, 2), 1, 1);
  fields.add("Total length", number(ip.totalLength), 2, 2);
  fields.add("Identification", hexText(ip.id, 4), 4, 2);
  fields.add("Flags", ip.dontFragment ? (ip.moreFragments ? "DF,MF" : "DF") : (ip.moreFragments ? "MF" : "none"), 6, 1);
  fields.add("Fragment offset", number(ip.fragmentOffset), 6, 2);
  fields.add("Time to live", number(ip.ttl), 8, 1);
  fields.add("Protocol", number(ip.protocol) + " (" + ipProtocolName(ip.protocol) + ")", 9, 1);
  fields.add("Header checksum",
             holds(frame, ip.offset, ip.length)
                 ? checksumText(ip.checksum, internetChecksum(frame.subspan(ip.offset, ip.length)))
                 : hexText(ip.checksum, 4) + " (not checked: bytes are missing)",
             10, 2);
  fields.add("Source", ipv4Text(ip.source), 12, 4);
  fields.add("Destination", ipv4Text(ip.destination), 16, 4);
  addOptions(frame, ip.offset, 20, ip.length, ipv4OptionText, fields);
  return fields.take();
}

FrameField decodeIcmp(ByteView frame, const Ipv4Header& ip, const IcmpHeader& icmp) {
  const std::size_t length = ip.totalLength - ip.length;
  LayerFields fields(frame, FrameLayer::Icmp, "ICMP", icmpName(icmp.type, icmp.code), icmp.offset, 8);
  fields.add("Type", number(icmp.type), 0, 1);
  fields.add("Code", number(icmp.code), 1, 1);
  fields.add("Checksum",
             ip.isFragment() ? hexText(icmp.checksum, 4) + " (not checked: covers all fragments)"
             : holds(frame, icmp.offset, length)
                 ? checksumText(icmp.checksum, internetChecksum(frame.subspan(icmp.offset, length)))
                 : hexText(icmp.checksum, 4) + " (not checked: bytes are missing)",
             2, 2);
  if (icmp.type == 0 || icmp.type == 8) {
    fields.add("Identifier", number(icmp.rest >> 16), 4, 2);
    fields.add("Sequence", number(icmp.rest & 0xffff), 6, 2);
  } else if (icmp.type == 3 && icmp.code == 4) {
    fields.add("Unused", number(icmp.rest >> 16), 4, 2);
    fields.add("Next-hop MTU", number(icmp.rest & 0xffff), 6, 2); // RFC 1191
  } else if (icmp.type == 5) {
    fields.add("Gateway", ipv4Text(icmp.rest), 4, 4);
  } else {
    fields.add("Rest of header", hexText(icmp.rest, 8), 4, 4);
  }
  return fields.take();
}

FrameField decodeUdp(ByteView frame, const Ipv4Header& ip, const UdpHeader& udp) {
  LayerFields fields(frame, FrameLayer::Udp, "UDP", number(udp.source) + " → " + number(udp.destination), udp.offset,
                     8);
  fields.add("Source port", number(udp.source), 0, 2);
  fields.add("Destination port", number(udp.destination), 2, 2);
  fields.add("Length", number(udp.length), 4, 2);
  const bool fits = udp.length >= 8 && udp.length <= ip.totalLength - ip.length;
  fields.add("Checksum",
             udp.checksum == 0           ? "0x0000 (none)"
             : !fits && !ip.isFragment() ? hexText(udp.checksum, 4) + " (not checked: the length is wrong)"
                                         : transportChecksum(frame, ip, udp.offset, udp.length, udp.checksum),
             6, 2);
  return fields.take();
}

FrameField decodeTcp(ByteView frame, const Ipv4Header& ip, const TcpHeader& tcp) {
  LayerFields fields(frame, FrameLayer::Tcp, "TCP",
                     number(tcp.source) + " → " + number(tcp.destination) + " " + tcpFlagNames(tcp.flags), tcp.offset,
                     tcp.length);
  fields.add("Source port", number(tcp.source), 0, 2);
  fields.add("Destination port", number(tcp.destination), 2, 2);
  fields.add("Sequence number", number(tcp.sequence), 4, 4);
  fields.add("Acknowledgement number", number(tcp.acknowledgement), 8, 4);
  fields.add("Header length", number(tcp.length) + " bytes (" + number(tcp.length / 4) + " words)", 12, 1);
  fields.add("Flags", tcpFlagNames(tcp.flags), 13, 1);
  fields.add("Window", number(tcp.window), 14, 2);
  fields.add("Checksum", transportChecksum(frame, ip, tcp.offset, ip.totalLength - ip.length, tcp.checksum), 16, 2);
  fields.add("Urgent pointer", number(tcp.urgent), 18, 2);
  addOptions(frame, tcp.offset, 20, tcp.length, tcpOptionText, fields);
  return fields.take();
}

/// Printable bytes as they are, others as dots, at most 32 of them.
std::string preview(ByteView bytes) {
  std::string text = number(bytes.size()) + (bytes.size() == 1 ? " byte: " : " bytes: ");
  for (std::uint8_t byte : bytes.first(std::min<std::size_t>(bytes.size(), 32)))
    text += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.';
  return bytes.size() > 32 ? text + "..." : text;
}

void addRest(ByteView frame, const FrameHeaders& headers, std::vector<FrameField>& tree) {
  const std::size_t begin = headers.payloadOffset, length = headers.payloadLength, end = begin + length;
  if (length)
    tree.push_back({"Payload", preview(frame.subspan(begin, length)), begin, length, FrameLayer::Payload, {}});
  if (end < frame.size()) // Ethernet fills short frames up to 60 bytes
    tree.push_back(
        {"Padding", number(frame.size() - end) + " bytes", end, frame.size() - end, FrameLayer::Padding, {}});
}

} // namespace

std::uint16_t internetChecksum(ByteView bytes, std::uint32_t sum) {
  std::uint64_t total = sum;
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) total += loadBe16(bytes, at);
  if (at < bytes.size()) total += bytes[at] << 8;
  while (total >> 16) total = (total & 0xffff) + (total >> 16);
  return static_cast<std::uint16_t>(~total);
}

std::uint32_t pseudoHeaderSum(Ipv4Address source, Ipv4Address destination, std::uint8_t protocol, std::size_t length) {
  return (source >> 16) + (source & 0xffff) + (destination >> 16) + (destination & 0xffff) + protocol +
         static_cast<std::uint32_t>(length);
}

std::vector<FrameField> decodeFrame(ByteView frame) {
  const FrameHeaders headers = parseHeaders(frame);
  std::vector<FrameField> tree;
  if (headers.ethernet) tree.push_back(decodeEthernet(frame, *headers.ethernet));
  if (headers.arp) tree.push_back(decodeArp(frame, *headers.arp));
  if (headers.ipv4) tree.push_back(decodeIpv4(frame, *headers.ipv4));
  if (headers.icmp) tree.push_back(decodeIcmp(frame, *headers.ipv4, *headers.icmp));
  if (headers.udp) tree.push_back(decodeUdp(frame, *headers.ipv4, *headers.udp));
  if (headers.tcp) tree.push_back(decodeTcp(frame, *headers.ipv4, *headers.tcp));
  addRest(frame, headers, tree);
  return tree;
}

} // namespace sockwalk
