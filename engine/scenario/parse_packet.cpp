// Packets: `< [ect0] S. 0:0(0) ack 1 win 65535 <mss 1460>`, `> udp (100)`, `< icmp unreachable ...
// [1:11(10)]`.
#include "engine/scenario/constants.h"
#include "engine/scenario/parser_state.h"

namespace sockwalk::scenario {

namespace {

constexpr std::int64_t kMax16 = 0xffff, kMax32 = 0xffffffff;

} // namespace

Packet Parser::parsePacket() {
  Packet packet;
  packet.direction = take().isSymbol('<') ? Direction::Inbound : Direction::Outbound;
  if (atSymbol('(') || atSymbol('[')) packet.ip = parseIpInfo(packet.direction);
  for (const char* header : {"ipv4", "ipv6", "gre", "GREv0", "mpls", "encap"})
    if (atWord(header)) fail(token().position, std::string("encapsulation in ") + header + " is not simulated");
  if (acceptWord("udp")) {
    packet.body = parseUdp();
  } else if (acceptWord("icmp")) {
    packet.body = parseIcmp();
  } else {
    packet.body = parseTcp(packet.direction);
  }
  return packet;
}

Packet Parser::parseConsolePacket() {
  if (!atSymbol('<')) expected("'<' and a packet that arrives");
  Packet packet = parsePacket();
  if (!at(TokenKind::End)) expected("nothing after the packet");
  return packet;
}

IpInfo Parser::parseIpInfo(Direction direction) {
  const char close = take().isSymbol('(') ? ')' : ']';
  IpInfo info;
  do {
    parseIpInfoItem(info, direction);
  } while (acceptSymbol(','));
  expectSymbol(close, "to close the IP fields");
  return info;
}

void Parser::parseIpInfoItem(IpInfo& info, Direction direction) {
  static const std::pair<std::string_view, Ecn> kEcn[] = {{"noecn", Ecn::NotCapable},
                                                          {"ect0", Ecn::Ect0},
                                                          {"ect1", Ecn::Ect1},
                                                          {"ce", Ecn::CongestionExperienced},
                                                          {"ect01", Ecn::AnyEct}};
  for (const auto& [name, ecn] : kEcn) {
    if (!atWord(name)) continue;
    if (ecn == Ecn::AnyEct && direction == Direction::Inbound)
      fail(token().position, "ect01 may stand only in an outbound packet");
    take();
    info.ecn = ecn;
    return;
  }
  if (acceptWord("tos")) info.tos = static_cast<std::uint8_t>(expectNumber("tos", 0, 0xff));
  else if (acceptWord("ttl")) info.ttl = static_cast<std::uint8_t>(expectNumber("ttl", 0, 0xff));
  else if (acceptWord("flowlabel")) info.flowLabel = static_cast<std::uint32_t>(expectNumber("flowlabel", 0, 0xfffff));
  else expected("ect0, ect1, ect01, noecn, ce, tos, ttl or flowlabel");
}

std::optional<Ports> Parser::parsePorts() {
  if (!at(TokenKind::Integer)) return std::nullopt;
  Ports ports;
  ports.source = static_cast<std::uint16_t>(expectNumber("the source port", 0, kMax16));
  expectSymbol('>', "between source and destination port");
  ports.destination = static_cast<std::uint16_t>(expectNumber("the destination port", 0, kMax16));
  return ports;
}

// ---- TCP --------------------------------------------------------------------------------------------------

TcpPacket Parser::parseTcp(Direction direction) {
  TcpPacket tcp;
  tcp.ports = parsePorts();
  tcp.flags = parseTcpFlags();
  tcp.sequence = parseSequence();
  if (acceptWord("ack")) tcp.ack = static_cast<std::uint32_t>(expectNumber("the acknowledgment number", 0, kMax32));
  if (acceptWord("win")) tcp.window = static_cast<std::uint16_t>(expectNumber("the window", 0, kMax16));
  else if (direction == Direction::Inbound)
    expected(tcp.ack ? "'win N' (an inbound packet needs its window)"
                     : "'ack N' or 'win N' (an inbound packet needs its window)");
  if (acceptWord("urg")) tcp.urgent = static_cast<std::uint16_t>(expectNumber("the urgent pointer", 0, kMax16));
  if (atSymbol('<')) parseTcpOptions(tcp, direction);
  return tcp;
}

std::uint16_t Parser::tcpFlagLetters(const Token& word) const {
  static constexpr std::pair<char, std::uint16_t> kLetters[] = {
      {'F', tcpflag::Fin}, {'S', tcpflag::Syn}, {'R', tcpflag::Rst}, {'P', tcpflag::Psh},
      {'E', tcpflag::Ece}, {'W', tcpflag::Cwr}, {'U', tcpflag::Urg}, {'A', tcpflag::Ae}};
  std::uint16_t flags = 0;
  for (char c : word.text) {
    std::uint16_t bit = 0;
    for (const auto& [letter, value] : kLetters)
      if (letter == c) bit = value;
    if (bit == 0)
      fail(word.position, "expected TCP flags out of F S R P E W U A and '.', udp or icmp, found '" +
                              std::string(word.text.substr(0, 40)) + "'");
    flags |= bit;
  }
  return flags;
}

// Letters, then '.' for ACK, which a digit may follow: the AccECN counter in the bits AE, CWR and ECE.
std::uint16_t Parser::parseTcpFlags() {
  if (acceptSymbol('-')) return 0;
  std::uint16_t flags = 0;
  const bool letters = at(TokenKind::Word);
  if (letters) flags = tcpFlagLetters(take());
  if (acceptSymbol('.')) return flags | tcpflag::Ack;
  if (at(TokenKind::Float)) {
    const Token ace = take();
    if (ace.text.size() != 2 || ace.text[0] != '.' || ace.text[1] > '7')
      fail(ace.position, "expected a digit from 0 to 7 after '.' in the TCP flags");
    const int counter = ace.text[1] - '0';
    return static_cast<std::uint16_t>(flags | tcpflag::Ack | counter << 6);
  }
  if (!letters) expected("TCP flags such as S or P. (or '-' for none), udp or icmp");
  return flags;
}

SequenceRange Parser::parseSequence() {
  SequenceRange range;
  const Position where = token().position;
  range.start = static_cast<std::uint32_t>(expectNumber("the sequence number", 0, kMax32));
  expectSymbol(':', "between start and end of the sequence numbers");
  range.end = static_cast<std::uint32_t>(expectNumber("the end of the sequence numbers", 0, kMax32));
  expectSymbol('(', "and the payload's length");
  range.length = static_cast<std::uint16_t>(expectNumber("the payload's length", 0, kMax16));
  expectSymbol(')', "after the payload's length");
  if (static_cast<std::uint32_t>(range.start + range.length) != range.end)
    fail(where, "sequence numbers and length do not agree: " + std::to_string(range.start) + " + " +
                    std::to_string(range.length) + " is not " + std::to_string(range.end));
  return range;
}

// ---- UDP and ICMP -----------------------------------------------------------------------------------------

UdpPacket Parser::parseUdp() {
  UdpPacket udp;
  udp.ports = parsePorts();
  expectSymbol('(', "and the payload's length");
  udp.payload = static_cast<std::uint16_t>(expectNumber("the payload's length", 0, kMax16));
  expectSymbol(')', "after the payload's length");
  return udp;
}

IcmpPacket Parser::parseIcmp() {
  IcmpPacket icmp;
  icmp.version6 = runsOverIpv6();
  const Token type = expect(TokenKind::Word, "an ICMP type such as echo_request");
  auto typeNumber = icmpType(type.text, icmp.version6);
  if (!typeNumber && !icmp.version6) { // only ICMPv6 has it: a script whose command line chose IPv6
    typeNumber = icmpType(type.text, true);
    icmp.version6 = typeNumber.has_value();
  }
  if (!typeNumber)
    fail(type.position, "unknown ICMP type '" + std::string(type.text.substr(0, 40)) +
                            "'; expected echo_request, unreachable, ... or type_N");
  icmp.type = *typeNumber;
  if (at(TokenKind::Word) && !atWord("mtu") && !atWord("id")) {
    const Token code = take();
    const auto codeNumber = icmpCode(icmp.type, code.text, icmp.version6);
    if (!codeNumber)
      fail(code.position, "unknown ICMP code '" + std::string(code.text.substr(0, 40)) + "' for type " +
                              std::string(type.text) + "; expected frag_needed, ... or code_N");
    icmp.code = *codeNumber;
  }
  if (acceptWord("mtu")) icmp.mtu = static_cast<std::uint32_t>(expectNumber("mtu", 0, icmp.version6 ? kMax32 : kMax16));
  if (acceptWord("id")) icmp.id = static_cast<std::uint16_t>(expectNumber("id", 0, kMax16));
  if (acceptSymbol('[')) parseQuoted(icmp);
  return icmp;
}

void Parser::parseQuoted(IcmpPacket& icmp) {
  const bool udp = acceptWord("udp");
  if (udp || acceptWord("raw")) {
    expectSymbol('(', "and the quoted payload's length");
    const auto size = static_cast<std::uint16_t>(expectNumber("the quoted payload's length", 0, kMax16));
    expectSymbol(')', "after the quoted payload's length");
    if (udp) icmp.quoted = QuotedUdp{size};
    else icmp.quoted = QuotedRaw{size};
  } else {
    if (!at(TokenKind::Integer)) expected("START:END(LENGTH), udp (LENGTH) or raw (LENGTH) of the quoted packet");
    icmp.quoted = parseSequence();
  }
  expectSymbol(']', "to close the quoted packet");
}

} // namespace sockwalk::scenario
