#include "engine/tell/packets/packet_names.h"
#include "engine/memory/layout.h"
#include <algorithm>

namespace sockwalk::tell {

using expression::Constant;
using expression::Name;
using expression::Type;
using expression::Value;
using expression::Values;

namespace {

using Getter = void (*)(const PacketItem&, Values&);
struct Row {
  const char* word;
  Type type;
  Words about;
  Getter values;
};

void add(Values& out, s64 number) { out.push_back({number, {}}); }
void add(Values& out, ByteView bytes) {
  out.push_back({0, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}});
}

s64 macNumber(const MacAddress& mac) {
  s64 value = 0;
  for (const u8 byte : mac) value = value << 8 | byte;
  return value;
}

// Values of a header, where the frame has it.
template <auto Header, class... Read> constexpr Getter of(Read...) {
  return [](const PacketItem& p, Values& out) {
    if (const auto& header = p.headers().*Header) (add(out, static_cast<s64>(Read{}(*header))), ...);
  };
}
template <auto Header> constexpr Getter there() {
  return of<Header>([](const auto&) { return 1; });
}
constexpr auto Eth = &FrameHeaders::ethernet;
constexpr auto Arp = &FrameHeaders::arp;
constexpr auto Ip = &FrameHeaders::ipv4;
constexpr auto Icmp = &FrameHeaders::icmp;
constexpr auto Udp = &FrameHeaders::udp;
constexpr auto Tcp = &FrameHeaders::tcp;

template <u8 Flag> constexpr Getter tcpFlag() {
  return of<Tcp>([](const TcpHeader& h) { return (h.flags & Flag) != 0; });
}

constexpr auto EthSource = [](const EthernetHeader& h) { return macNumber(h.source); };
constexpr auto EthDestination = [](const EthernetHeader& h) { return macNumber(h.destination); };
constexpr auto IpSource = [](const Ipv4Header& h) { return h.source; };
constexpr auto IpDestination = [](const Ipv4Header& h) { return h.destination; };
constexpr auto UdpSource = [](const UdpHeader& h) { return h.source; };
constexpr auto UdpDestination = [](const UdpHeader& h) { return h.destination; };
constexpr auto TcpSource = [](const TcpHeader& h) { return h.source; };
constexpr auto TcpDestination = [](const TcpHeader& h) { return h.destination; };

// ---- what is not in the frame
s64 since(const PacketItem& p, int row) { return p.rows().time(p.row()) - p.rows().time(row); }

constexpr s64 Rejected = 100, Unread = 101, Judgements = 102; // besides PacketFate::Kind; from the last on Verdict

void addKind(PacketFate::Kind kind, Values& out) {
  add(out, kind);
  if (kind == PacketFate::Handled) add(out, PacketFate::Delivered); // as its row says: "delivered to TCP port 80"
}

// What became of it; of one whose bytes went into another packet, what became of that as well.
void outcome(const PacketItem& p, Values& out) {
  if (const Verdict verdict = p.rows().verdict(p.row()); verdict != Verdict::None)
    add(out, Judgements + static_cast<s64>(verdict));
  if (p.packet() < 0) return;
  PacketFate fate = p.rows().fate(p.row());
  addKind(fate.kind, out);
  if (fate.answered && fate.kind != PacketFate::Answered) add(out, PacketFate::Answered);
  if (fate.rejected) add(out, Rejected);
  if (fate.unread) add(out, Unread);
  for (int hops = 0; wentInto(fate.kind) && fate.packet >= 0 && hops < 100; ++hops) {
    fate = p.rows().packets().fate(fate.packet);
    addKind(fate.kind, out);
  }
}

void dropReasons(const PacketItem& p, Values& out) {
  const PacketFate fate = p.rows().fate(p.row());
  if (fate.kind == PacketFate::Dropped) add(out, fate.reason);
}

constexpr s64 WayIn = 0, WayOut = 1;
void way(const PacketItem& p, Values& out) {
  if (p.rows().comesIn(p.row())) add(out, WayIn);
  if (p.rows().goesOut(p.row())) add(out, WayOut);
}

void functionIds(const PacketItem& p, Values& out) {
  std::vector<u16> ids;
  p.functions(ids);
  for (const u16 id : ids) add(out, id);
}

void tcpSequence(const PacketItem& p, Values& out) {
  if (p.headers().tcp) add(out, p.rows().tcpNumbers(p.row()).sequence);
}
void tcpAcknowledgement(const PacketItem& p, Values& out) {
  if (p.headers().tcp && p.headers().tcp->flags & TcpAck) add(out, p.rows().tcpNumbers(p.row()).acknowledgement);
}
void tcpLength(const PacketItem& p, Values& out) {
  if (p.headers().tcp) add(out, static_cast<s64>(p.headers().wirePayloadLength));
}
// Of tcp.analysis.*, and what else is known of a segment only from those before it.
template <u32 Bits> void analysis(const PacketItem& p, Values& out) {
  if (p.rows().analysed(p.row()).bits & Bits) add(out, 1);
}
void tcpStream(const PacketItem& p, Values& out) {
  if (const int stream = p.rows().analysed(p.row()).stream; stream >= 0) add(out, stream);
}
void tcpWindow(const PacketItem& p, Values& out) {
  if (p.headers().tcp) add(out, static_cast<s64>(p.rows().analysed(p.row()).window));
}

// What only our kernel sent has none in a file.
void frameNumber(const PacketItem& p, Values& out) {
  if (const u32 number = p.rows().number(p.row())) add(out, number);
}
void payload(const PacketItem& p, Values& out) {
  const FrameHeaders& h = p.headers();
  if ((h.udp || h.tcp || h.icmp) && h.payloadLength) add(out, p.bytes().subspan(h.payloadOffset, h.payloadLength));
}

// clang-format off
const Row Rows[] = {
  {"frame", Type::Bytes, "all its bytes", [](const PacketItem& p, Values& out) { add(out, p.bytes()); }},
  {"frame.number", Type::Number, "its number in the list", frameNumber},
  {"frame.len", Type::Number, "bytes of the frame", [](const PacketItem& p, Values& out) { add(out, static_cast<s64>(p.bytes().size())); }},
  {"frame.time_relative", Type::Time, "since the first packet", [](const PacketItem& p, Values& out) { add(out, since(p, 0)); }},
  {"frame.time_delta", Type::Time, "since the packet before", [](const PacketItem& p, Values& out) { add(out, p.row() ? since(p, p.row() - 1) : 0); }},
  {"time", Type::Time, "since the machine was switched on", [](const PacketItem& p, Values& out) { add(out, p.rows().journal().timeAt(p.event())); }},
  {"outcome", Type::Named, "what became of it", outcome},
  {"drop.reason", Type::Named, "why it was dropped", dropReasons},
  {"func", Type::Named, "a function of the kernel that was handed its buffer", functionIds},
  {"device", Type::Text, "the device by which it came or went", [](const PacketItem& p, Values& out) { if (p.packet() >= 0) out.push_back({0, p.rows().device(p.row())}); }},
  {"way", Type::Named, "into the machine or out of it", way},
  {"stimulus", Type::Number, "the call or frame of the walk in which it came or went", [](const PacketItem& p, Values& out) { if (p.packet() >= 0) add(out, p.stimulus()); }},
  {"step", Type::Number, "the step of its call or frame in which it came or went", [](const PacketItem& p, Values& out) { if (p.packet() >= 0) add(out, p.step()); }},
  {"event", Type::Number, "the event of the record with which it came or went", [](const PacketItem& p, Values& out) { if (p.packet() >= 0) add(out, p.event()); }},
  {"eth", Type::Presence, "Ethernet", there<Eth>()},
  {"eth.src", Type::Mac, "who sent it on this link", of<Eth>(EthSource)},
  {"eth.dst", Type::Mac, "whom it is for on this link", of<Eth>(EthDestination)},
  {"eth.addr", Type::Mac, "either of the two", of<Eth>(EthSource, EthDestination)},
  {"eth.type", Type::Number, "the protocol inside", of<Eth>([](const EthernetHeader& h) { return h.type; })},
  {"arp", Type::Presence, "who has this address?", there<Arp>()},
  {"arp.opcode", Type::Number, "1 asks, 2 answers", of<Arp>([](const ArpHeader& h) { return h.operation; })},
  {"arp.src.proto_ipv4", Type::Address, "the sender's IP address", of<Arp>([](const ArpHeader& h) { return h.sender; })},
  {"arp.dst.proto_ipv4", Type::Address, "the IP address that is asked for", of<Arp>([](const ArpHeader& h) { return h.target; })},
  {"ip", Type::Presence, "IPv4", there<Ip>()},
  {"ip.src", Type::Address, "source", of<Ip>(IpSource)},
  {"ip.dst", Type::Address, "destination", of<Ip>(IpDestination)},
  {"ip.addr", Type::Address, "source or destination", of<Ip>(IpSource, IpDestination)},
  {"ip.ttl", Type::Number, "how many routers it may still pass", of<Ip>([](const Ipv4Header& h) { return h.ttl; })},
  {"ip.id", Type::Number, "which fragments belong together", of<Ip>([](const Ipv4Header& h) { return h.id; })},
  {"ip.len", Type::Number, "bytes of the IP packet", of<Ip>([](const Ipv4Header& h) { return h.totalLength; })},
  {"ip.hdr_len", Type::Number, "bytes of the IP header", of<Ip>([](const Ipv4Header& h) { return h.length; })},
  {"ip.proto", Type::Number, "the protocol inside", of<Ip>([](const Ipv4Header& h) { return h.protocol; })},
  {"ip.dsfield", Type::Number, "type of service", of<Ip>([](const Ipv4Header& h) { return h.tos; })},
  {"ip.flags.df", Type::Flag, "must not be cut into fragments", of<Ip>([](const Ipv4Header& h) { return h.dontFragment; })},
  {"ip.flags.mf", Type::Flag, "more fragments follow", of<Ip>([](const Ipv4Header& h) { return h.moreFragments; })},
  {"ip.frag_offset", Type::Number, "where the fragment belongs, in bytes", of<Ip>([](const Ipv4Header& h) { return h.fragmentOffset; })},
  {"ip.checksum", Type::Number, "of the IP header", of<Ip>([](const Ipv4Header& h) { return h.checksum; })},
  {"icmp", Type::Presence, "pings and errors", there<Icmp>()},
  {"icmp.type", Type::Number, "8 asks, 0 answers, 3 cannot be reached", of<Icmp>([](const IcmpHeader& h) { return h.type; })},
  {"icmp.code", Type::Number, "more exactly", of<Icmp>([](const IcmpHeader& h) { return h.code; })},
  {"udp", Type::Presence, "UDP", there<Udp>()},
  {"udp.port", Type::Number, "either port", of<Udp>(UdpSource, UdpDestination)},
  {"udp.srcport", Type::Number, "source port", of<Udp>(UdpSource)},
  {"udp.dstport", Type::Number, "destination port", of<Udp>(UdpDestination)},
  {"udp.length", Type::Number, "bytes, with the 8 of the header", of<Udp>([](const UdpHeader& h) { return h.length; })},
  {"udp.checksum", Type::Number, "0: there is none", of<Udp>([](const UdpHeader& h) { return h.checksum; })},
  {"tcp", Type::Presence, "TCP", there<Tcp>()},
  {"tcp.port", Type::Number, "either port", of<Tcp>(TcpSource, TcpDestination)},
  {"tcp.srcport", Type::Number, "source port", of<Tcp>(TcpSource)},
  {"tcp.dstport", Type::Number, "destination port", of<Tcp>(TcpDestination)},
  {"tcp.seq", Type::Number, "sequence number, counted from the first of the connection", tcpSequence},
  {"tcp.ack", Type::Number, "acknowledgement number, counted from the first of the connection", tcpAcknowledgement},
  {"tcp.seq_raw", Type::Number, "sequence number as it stands in the header", of<Tcp>([](const TcpHeader& h) { return h.sequence; })},
  {"tcp.ack_raw", Type::Number, "acknowledgement number as it stands in the header", of<Tcp>([](const TcpHeader& h) { return h.acknowledgement; })},
  {"tcp.len", Type::Number, "bytes of data", tcpLength},
  {"tcp.hdr_len", Type::Number, "bytes of the TCP header", of<Tcp>([](const TcpHeader& h) { return h.length; })},
  {"tcp.window_size_value", Type::Number, "the window as it stands in the header, not scaled", of<Tcp>([](const TcpHeader& h) { return h.window; })},
  {"tcp.checksum", Type::Number, "of header and data", of<Tcp>([](const TcpHeader& h) { return h.checksum; })},
  {"tcp.urgent_pointer", Type::Number, "where urgent data ends", of<Tcp>([](const TcpHeader& h) { return h.urgent; })},
  {"tcp.flags", Type::Number, "all flags as bits", of<Tcp>([](const TcpHeader& h) { return h.flags; })},
  {"tcp.flags.fin", Type::Flag, "the last of this side", tcpFlag<TcpFin>()},
  {"tcp.flags.syn", Type::Flag, "the first of this side", tcpFlag<TcpSyn>()},
  {"tcp.flags.reset", Type::Flag, "the connection is cut off", tcpFlag<TcpRst>()},
  {"tcp.flags.push", Type::Flag, "to be read at once", tcpFlag<TcpPsh>()},
  {"tcp.flags.ack", Type::Flag, "it acknowledges", tcpFlag<TcpAck>()},
  {"tcp.flags.urg", Type::Flag, "it has urgent data", tcpFlag<TcpUrg>()},
  {"tcp.flags.ece", Type::Flag, "the network was congested", tcpFlag<TcpEce>()},
  {"tcp.flags.cwr", Type::Flag, "the sender slowed down", tcpFlag<TcpCwr>()},
  {"tcp.stream", Type::Number, "connections, numbered from 0 as they appear", tcpStream},
  {"tcp.window_size", Type::Number, "the window in bytes, scaled as the handshake says", tcpWindow},
  {"tcp.analysis.flags", Type::Presence, "anything that the following say", analysis<~0u>},
  {"tcp.analysis.retransmission", Type::Presence, "sent again", analysis<TcpRetransmission | TcpFastRetransmission | TcpSpuriousRetransmission>},
  {"tcp.analysis.fast_retransmission", Type::Presence, "sent again, after duplicate acknowledgements", analysis<TcpFastRetransmission>},
  {"tcp.analysis.spurious_retransmission", Type::Presence, "sent again though it had been acknowledged", analysis<TcpSpuriousRetransmission>},
  {"tcp.analysis.duplicate_ack", Type::Presence, "the same acknowledgement again", analysis<TcpDuplicateAck>},
  {"tcp.analysis.out_of_order", Type::Presence, "overtaken on its way", analysis<TcpOutOfOrder>},
  {"tcp.analysis.lost_segment", Type::Presence, "what is before it is missing", analysis<TcpLostSegment>},
  {"tcp.analysis.ack_lost_segment", Type::Presence, "it acknowledges what was not seen", analysis<TcpAckLostSegment>},
  {"tcp.analysis.keep_alive", Type::Presence, "asks whether the other is there", analysis<TcpKeepAlive>},
  {"tcp.analysis.keep_alive_ack", Type::Presence, "the answer to that", analysis<TcpKeepAliveAck>},
  {"tcp.analysis.zero_window", Type::Presence, "no room is left", analysis<TcpZeroWindow>},
  {"tcp.analysis.zero_window_probe", Type::Presence, "asks for room", analysis<TcpZeroWindowProbe>},
  {"tcp.analysis.zero_window_probe_ack", Type::Presence, "the answer to that", analysis<TcpZeroWindowProbeAck>},
  {"tcp.analysis.window_update", Type::Presence, "there is more room, and nothing else is new", analysis<TcpWindowUpdate>},
  {"tcp.analysis.window_full", Type::Presence, "it fills the window", analysis<TcpWindowFull>},
  {"tcp.analysis.reused_ports", Type::Presence, "a new connection between the same ports", analysis<TcpReusedPorts>},
  {"data", Type::Bytes, "what stands behind the UDP, TCP or ICMP header", payload},
};
// clang-format on

Name nameOf(u32 row) { return {Rows[row].word, Rows[row].type, say(Rows[row].about), false, row, 0}; }

// ---- names of values
std::vector<Constant> outcomes() {
  std::vector<Constant> out;
  for (int kind = 0; kind <= PacketFate::Sent; ++kind)
    out.push_back({fateName(static_cast<PacketFate::Kind>(kind)), kind});
  out.push_back({"rejected", Rejected});
  out.push_back({"unread", Unread});
  for (const Verdict verdict : {Verdict::Same, Verdict::Equivalent, Verdict::Different})
    out.push_back({verdictName(verdict), Judgements + static_cast<s64>(verdict)});
  return out;
}

// NO_SOCKET, and as the kernel writes it.
std::vector<Constant> reasons() {
  constexpr std::string_view Prefix = "SKB_DROP_REASON_";
  std::vector<Constant> out;
  const EnumInfo* all = enumNamed("skb_drop_reason");
  for (const EnumValue& v : all->values)
    if (v.name.starts_with(Prefix)) out.push_back({std::string(v.name.substr(Prefix.size())), v.value});
  for (const EnumValue& v : all->values) out.push_back({std::string(v.name), v.value});
  return out;
}

std::vector<Constant> functionNames() {
  std::vector<Constant> out;
  for (const FunctionInfo* f : Symbols::get().functions())
    if (bufferArgument(*f) >= 0) out.push_back({std::string(f->name), f->id});
  std::sort(out.begin(), out.end(), [](const Constant& a, const Constant& b) { return a.word < b.word; });
  return out;
}

} // namespace

std::optional<Name> PacketVocabulary::find(std::string_view word) const {
  for (u32 row = 0; row < std::size(Rows); ++row)
    if (word == Rows[row].word) return nameOf(row);
  return {};
}

std::vector<Name> PacketVocabulary::names() const {
  std::vector<Name> out;
  for (u32 row = 0; row < std::size(Rows); ++row) out.push_back(nameOf(row));
  return out;
}

std::vector<Constant> PacketVocabulary::constants(const Name& name) const {
  static const std::vector<Constant> functions = functionNames();
  if (name.word == "func") return functions;
  if (name.word == "outcome") return outcomes();
  if (name.word == "drop.reason") return reasons();
  if (name.word == "way") return {{"in", WayIn}, {"out", WayOut}};
  if (name.word == "eth.type") return {{"ETH_P_IP", EtherIpv4}, {"ETH_P_ARP", EtherArp}, {"ETH_P_IPV6", EtherIpv6}};
  if (name.word == "ip.proto") return {{"IPPROTO_ICMP", IpIcmp}, {"IPPROTO_TCP", IpTcp}, {"IPPROTO_UDP", IpUdp}};
  if (name.word == "tcp.flags")
    return {{"FIN", TcpFin}, {"SYN", TcpSyn}, {"RST", TcpRst}, {"PSH", TcpPsh},
            {"ACK", TcpAck}, {"URG", TcpUrg}, {"ECE", TcpEce}, {"CWR", TcpCwr}};
  return {};
}

static bool asksFor(const expression::Expression& expression, std::initializer_list<std::string_view> words) {
  const auto names = expression.names();
  return std::any_of(names.begin(), names.end(),
                     [&](const Name& name) { return std::find(words.begin(), words.end(), name.word) != words.end(); });
}
bool PacketVocabulary::asksForFunctions(const expression::Expression& e) { return asksFor(e, {"func"}); }
bool PacketVocabulary::asksForFate(const expression::Expression& e) {
  return asksFor(e, {"func", "outcome", "drop.reason"});
}

void PacketItem::show(int row) { show(row, m_rows.bytes(row)); }
void PacketItem::show(int row, ByteView bytes) {
  m_row = row;
  m_bytes = bytes;
  m_headers = parseHeaders(m_bytes);
}

void PacketItem::values(const Name& name, Values& out) const { Rows[name.id].values(*this, out); }

void PacketItem::functions(std::vector<u16>& out) const {
  if (packet() >= 0) m_functions.of(m_rows.packets(), packet(), out);
}

int PacketItem::step() const { return m_steps.of(m_rows.journal(), stimulus(), Unit::Call).before(event() + 1); }

} // namespace sockwalk::tell
