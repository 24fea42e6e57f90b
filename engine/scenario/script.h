// A scenario script as data: what the parser returns and the runner plays.
//
// The language is packetdrill's, with Sockwalk's additions in comments beginning `//@`. Everything here is a
// plain value: no behaviour, no pointer into the source text. Every part that can fail when it is run carries
// the Position at which it stood. Times are simulated nanoseconds.
#pragma once

#include "engine/base/era.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sockwalk::scenario {

/// Where something stands in the source: line and column from 1, columns in characters (a tab is one).
/// Two positions always compare equal, so that == on scripts asks "do they say the same", wherever it stands.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  bool operator==(const Position&) const { return true; }
};

// ---- expressions: the arguments and results of calls ------------------------------------------------------

struct Expression;
struct Field;

/// `...`: the runner supplies the value (an address, a buffer).
struct Ellipsis {
  bool operator==(const Ellipsis&) const = default;
};
/// Decimal or hexadecimal; values from 2^63 up appear as their 64-bit two's complement.
struct Integer {
  std::int64_t value = 0;
  bool hex = false;
  bool operator==(const Integer&) const = default;
};
struct Float {
  double value = 0;
  bool operator==(const Float&) const = default;
};
/// A symbolic constant, or in the console a variable.
struct Word {
  std::string name;
  bool operator==(const Word&) const = default;
};
/// String literal with escapes resolved; `andMore` for the form `"GET "...`.
struct Text {
  std::string bytes;
  bool andMore = false;
  bool operator==(const Text&) const = default;
};
/// `A|B|C`, always two operands or more.
struct BitOr {
  std::vector<Expression> operands;
  bool operator==(const BitOr&) const;
};
/// `NAME = value`, as in lists of netlink attributes. `value` has exactly one element.
struct Assignment {
  std::string name;
  std::vector<Expression> value;
  bool operator==(const Assignment&) const;
};
/// `htons(80)`, `inet_addr("10.0.0.1")` and their like.
struct Conversion {
  std::string function;
  std::vector<Expression> arguments;
  bool operator==(const Conversion&) const;
};
/// `[a, b]`: an array, or a value passed by reference.
struct List {
  std::vector<Expression> items;
  bool operator==(const List&) const;
};
/// `{a, b}` without field names; in msg_iov this is one iovec: base and length.
struct Braces {
  std::vector<Expression> items;
  bool operator==(const Braces&) const;
};

enum class StructKind : std::uint8_t {
  Sockaddr,      ///< sa_family [, sin_port, sin_addr]
  MsgHdr,        ///< msg_name(len), msg_iov(count), msg_flags [, msg_control]
  CmsgHdr,       ///< cmsg_level, cmsg_type, cmsg_data
  Timestamp,     ///< scm_sec, scm_nsec
  ExtendedError, ///< ee_errno, ee_origin, ee_type, ee_code, ee_info, ee_data
  PollFd,        ///< fd, events [, revents]
  EpollEvent,    ///< events and one of fd, ptr, u32, u64
  Linger,        ///< onoff, linger
  LinkAddress,   ///< sll_family [, sll_protocol, sll_ifindex, sll_hatype, sll_pkttype, sll_halen, sll_addr]
  OldAddress,    ///< spkt_family, spkt_device [, spkt_protocol]: of SOCK_PACKET
  Membership,    ///< mr_ifindex, mr_type [, mr_alen, mr_address]
  RingRequest,   ///< tp_block_size, tp_block_nr, tp_frame_size, tp_frame_nr, and of version 3 tp_retire_blk_tov ...
  PacketCounts,  ///< tp_packets, tp_drops, tp_freeze_q_cnt
  AlgAddress,    ///< salg_family, salg_type, salg_name [, salg_feat, salg_mask]: of AF_ALG
  TunnelAddress, ///< l2tp_family, l2tp_addr, l2tp_conn_id: of IPPROTO_L2TP
  SockaddrUn,    ///< sun_family [, sun_path]
  Ucred,         ///< pid, uid, gid
};

/// `{fd=3, events=POLLIN}`: its fields in the order of the language.
struct Struct {
  StructKind kind = StructKind::Sockaddr;
  std::vector<Field> fields;
  const Expression* field(const char* name) const; ///< nullptr if that optional field is not given
  bool operator==(const Struct&) const;
};

struct Expression {
  Position position;
  std::variant<Ellipsis, Integer, Float, Word, Text, BitOr, Assignment, Conversion, List, Braces, Struct> value;
  bool operator==(const Expression&) const = default;
};

struct Field {
  Position position;
  std::string name;
  std::optional<Expression> length; ///< the N of msg_iov(N) and msg_name(N)
  Expression value;
  bool operator==(const Field&) const = default;
};

// ---- packets ----------------------------------------------------------------------------------------------

enum class Direction : std::uint8_t {
  Inbound,  ///< `<`: injected into the stack
  Outbound, ///< `>`: expected from the stack
};

/// The two ECN bits: for an inbound packet what to set, for an outbound one what to compare.
enum class Ecn : std::uint8_t { NotCapable = 0, Ect1 = 1, Ect0 = 2, CongestionExperienced = 3, AnyEct = 4 };

struct IpInfo {
  std::optional<Ecn> ecn;
  std::optional<std::uint8_t> tos;
  std::optional<std::uint8_t> ttl;
  std::optional<std::uint32_t> flowLabel;
  bool operator==(const IpInfo&) const = default;
};

struct Ports {
  std::uint16_t source = 0;
  std::uint16_t destination = 0;
  bool operator==(const Ports&) const = default;
};

/// Bits of TcpPacket::flags, as they stand in the header (RFC 9293 section 3.1; AE is the former NS bit).
namespace tcpflag {
inline constexpr std::uint16_t Fin = 0x001, Syn = 0x002, Rst = 0x004, Psh = 0x008, Ack = 0x010, Urg = 0x020,
                               Ece = 0x040, Cwr = 0x080, Ae = 0x100;
}

struct SequenceRange {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::uint16_t length = 0;
  bool operator==(const SequenceRange&) const = default;
};

struct OptionNop {
  bool operator==(const OptionNop&) const = default;
};
struct OptionEol {
  bool operator==(const OptionEol&) const = default;
};
struct OptionMss {
  std::uint16_t value = 0;
  bool operator==(const OptionMss&) const = default;
};
struct OptionWindowScale {
  std::uint8_t shift = 0;
  bool operator==(const OptionWindowScale&) const = default;
};
struct OptionSackPermitted {
  bool operator==(const OptionSackPermitted&) const = default;
};
struct OptionSack {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks; ///< left and right edge
  bool operator==(const OptionSack&) const = default;
};
struct OptionTimestamp {
  std::uint32_t value = 0;
  std::uint32_t echo = 0;
  bool operator==(const OptionTimestamp&) const = default;
};
struct OptionMd5 {
  std::vector<std::uint8_t> digest;
  bool operator==(const OptionMd5&) const = default;
};
/// Kind 34 (RFC 7413), or the experimental kind 254 with magic 0xf989. No cookie: a request for one.
struct OptionFastOpen {
  std::vector<std::uint8_t> cookie;
  bool experimental = false;
  bool operator==(const OptionFastOpen&) const = default;
};
/// AccECN counters in the order written: names e0b, ceb, e1b with 24-bit values.
struct OptionAccEcn {
  std::vector<std::pair<std::string, std::uint32_t>> counters;
  bool operator==(const OptionAccEcn&) const = default;
};
using TcpOption = std::variant<OptionNop, OptionEol, OptionMss, OptionWindowScale, OptionSackPermitted, OptionSack,
                               OptionTimestamp, OptionMd5, OptionFastOpen, OptionAccEcn>;

/// Bytes the option takes in the header.
std::size_t encodedSize(const TcpOption& option);

struct TcpPacket {
  std::optional<Ports> ports;
  std::uint16_t flags = 0;
  SequenceRange sequence;
  std::optional<std::uint32_t> ack;
  std::optional<std::uint16_t> window; ///< the raw header field; always present inbound
  std::optional<std::uint16_t> urgent;
  bool anyOptions = false; ///< `<...>`: outbound options are not compared
  std::vector<TcpOption> options;
  bool operator==(const TcpPacket&) const = default;
};

struct UdpPacket {
  std::optional<Ports> ports;
  std::uint16_t payload = 0;
  bool operator==(const UdpPacket&) const = default;
};

/// What an ICMP error quotes of the packet it answers: TCP sequence numbers, or a UDP or raw payload's size.
struct QuotedUdp {
  std::uint16_t payload = 0;
  bool operator==(const QuotedUdp&) const = default;
};
struct QuotedRaw {
  std::uint16_t payload = 0;
  bool operator==(const QuotedRaw&) const = default;
};

struct IcmpPacket {
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  bool version6 = false; ///< type and code are ICMPv6's
  std::optional<std::uint32_t> mtu;
  std::optional<std::uint16_t> id;
  std::variant<std::monostate, SequenceRange, QuotedUdp, QuotedRaw> quoted;
  bool operator==(const IcmpPacket&) const = default;
};

struct Packet {
  Direction direction = Direction::Inbound;
  IpInfo ip;
  std::variant<TcpPacket, UdpPacket, IcmpPacket> body;
  bool operator==(const Packet&) const = default;
};

// ---- events -----------------------------------------------------------------------------------------------

enum class TimeKind : std::uint8_t {
  Unspecified,   ///< a `//@` line without a time: it happens just before the event that follows
  Absolute,      ///< T
  Relative,      ///< +T, from when the previous event finished
  Any,           ///< *
  AbsoluteRange, ///< T~T
  RelativeRange, ///< +T~+T
};

struct EventTime {
  TimeKind kind = TimeKind::Unspecified;
  std::int64_t from = 0; ///< ns
  std::int64_t to = 0;   ///< ns; the upper end of a range, else equal to `from`
  bool operator==(const EventTime&) const = default;
};

struct SystemCall {
  Position position;               ///< of the name
  std::optional<std::int64_t> end; ///< ns, on the same base as the event's time: the call blocks until then
  std::string name;
  std::vector<Expression> arguments;
  Expression result;
  std::string errorName; ///< "EAGAIN"; empty: none given, and `= -1` then takes any error
  std::string note;      ///< text in parentheses; says nothing to the runner
  std::string caseName;  ///< from the `//@case` before it; empty: not recorded
  std::string task;      ///< from the last `//@task`; empty: the first task
  bool operator==(const SystemCall&) const = default;
};

/// Text between back quotes, a shell command in the original.
struct Command {
  std::string text;
  bool operator==(const Command&) const = default;
};
/// Text between `%{` and `}%`, blanks at both ends removed; `position` is where the text begins.
struct Code {
  Position position;
  std::string text;
  bool operator==(const Code&) const = default;
};
/// `//@frame`: a whole Ethernet frame, injected or expected.
struct Frame {
  Direction direction = Direction::Inbound;
  std::vector<std::uint8_t> bytes;
  bool operator==(const Frame&) const = default;
};
struct CaseMark {
  std::string name;
  bool operator==(const CaseMark&) const = default;
};
struct NoteMark {
  std::string text;
  bool operator==(const NoteMark&) const = default;
};
struct LimitChange {
  std::vector<std::pair<std::string, std::int64_t>> limits;
  bool operator==(const LimitChange&) const = default;
};
/// The `nth` allocation from now on that is made inside `function` fails.
struct FailureOrder {
  std::string function;
  std::uint32_t nth = 1;
  bool operator==(const FailureOrder&) const = default;
};
/// Capability names without "cap_", in lower case, each granted or taken away.
struct CapabilityChange {
  std::vector<std::pair<std::string, bool>> capabilities;
  bool operator==(const CapabilityChange&) const = default;
};
/// `parent`: a new task that shares its descriptors, or, forked, has copies of them; empty: one of its own.
struct TaskSwitch {
  std::string name;
  std::string parent = {};
  bool shares = false;
  bool operator==(const TaskSwitch&) const = default;
};
/// `//@signal main SIGUSR1`
struct SignalSend {
  std::string task;
  std::string signal;
  bool operator==(const SignalSend&) const = default;
};
/// A service at the far host; "echo" sends each UDP payload, and what comes over TCP, back. "alone", without a port: no
/// other host is on its wire, so nobody answers ARP for other addresses.
struct PeerService {
  std::string service;
  std::uint16_t port = 0;
  bool operator==(const PeerService&) const = default;
};

/// `//@idle 0.7`: time passes with nothing from the script. What timers do is the case that was named, or part of the one at hand.
struct Idle {
  std::int64_t duration = 0; ///< ns
  bool operator==(const Idle&) const = default;
};

using Action = std::variant<SystemCall, Packet, Command, Code, Frame, CaseMark, NoteMark, LimitChange, FailureOrder,
                            CapabilityChange, TaskSwitch, SignalSend, PeerService, Idle>;

struct Event {
  Position position; ///< of its time, or of the `//@`
  EventTime time;
  Action action;
  bool operator==(const Event&) const = default;
};

// ---- the script -------------------------------------------------------------------------------------------

/// `--name=value`; for `--define=SYMBOL=value` the symbol is apart. `quote` is '"', '`' or 0.
struct Option {
  Position position;
  std::string name;
  std::string symbol;
  std::optional<std::string> value;
  char quote = 0;
  bool operator==(const Option&) const = default;
};

enum class Link : std::uint8_t { E1000, Veth, Loopback, Tun, Wire };
inline constexpr const char* LinkNames[] = {"e1000", "veth", "lo", "tun", "wire"}; // as `//@link` has them

/// Which machine plays: one without oddities, or as slow and odd as the one that was recorded.
enum class MachineKind : std::uint8_t { Plain, Recorded };
inline constexpr const char* MachineNames[] = {"plain", "recorded"}; // as `//@machine` has them

struct Script {
  std::string file; ///< as given to the parser, for messages
  std::vector<Option> options;
  std::optional<Link> link;           ///< `//@link`; without one the runner chooses
  std::optional<std::uint32_t> hz;    ///< `//@hz`
  std::optional<MachineKind> machine; ///< `//@machine`
  std::optional<Era> era;             ///< `//@era`
  std::optional<Command> init;
  std::vector<Event> events;
  std::optional<Command> cleanup;

  /// Value of the last option of that name; "" for one without a value.
  std::optional<std::string> option(const std::string& name) const;
  bool operator==(const Script& other) const; ///< same content; the file name may differ
};

/// One line of the console: `fd = socket(AF_INET, SOCK_DGRAM, 0)`.
struct ConsoleCall {
  std::string variable; ///< empty: the result is not kept
  std::string name;
  std::vector<Expression> arguments;
  bool operator==(const ConsoleCall&) const = default;
};

} // namespace sockwalk::scenario
