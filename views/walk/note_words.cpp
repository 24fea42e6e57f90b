// Notes: the kernel marks a moment by an id and its arguments; here are the words. The list of the ids, with what
// each argument is, stands in engine/kernel/notes.md; a test holds this table against the notes that are registered.
#include "engine/feed/summary.h"
#include "views/walk/member_words.h"
#include <QCoreApplication>
#include <algorithm>

namespace sockwalk {
namespace {

// `kinds`, one letter an argument: p object, f address family, t socket type, i protocol number, a IPv4 address,
// c capability, r route type, h EtherType, s TCP state, d drop reason, m ICMP type, g gro_result, u neighbour state,
// e error, n number; b "did it" and q object: if 0, `otherwise` is said.
struct Words {
  std::string_view id;
  const char* kinds;
  const char* text;
  const char* otherwise = nullptr;
};
const Words table[] = {
    // sockets and files
    {"socket.inode", "pp", QT_TRANSLATE_NOOP("Notes", "%1 and %2 lie side by side in one struct socket_alloc: the file system's half and the network's half of one socket.")},
    {"socket.no_family", "f", QT_TRANSLATE_NOOP("Notes", "Nobody has registered the family %1: net_families[] holds NULL there.")},
    {"socket.family", "fp", QT_TRANSLATE_NOOP("Notes", "net_families[%1] is %2: this family will make the socket.")},
    {"family.registered", "fp", QT_TRANSLATE_NOOP("Notes", "net_families[%1] is now %2: from here on socket() knows this family.")},
    {"proto.registered", "pn", QT_TRANSLATE_NOOP("Notes", "%1 is registered; each of its sockets will take %2 bytes.")},
    {"sock.joined", "pp", QT_TRANSLATE_NOOP("Notes", "%1 and %2 now point at each other: the file's side and the protocol's side of one socket.")},
    {"protocol.added", "ip", QT_TRANSLATE_NOOP("Notes", "inet_protos[%1] is now %2: received packets of that protocol go there.")},
    {"inetsw.registered", "tip", QT_TRANSLATE_NOOP("Notes", "inetsw[%1] gets an entry for %2, served by %3.")},
    {"inetsw.match", "tip", QT_TRANSLATE_NOOP("Notes", "inetsw[%1] has the answer: protocol %2, served by %3.")},
    {"inetsw.mismatch", "tii", QT_TRANSLATE_NOOP("Notes", "This entry of inetsw[%1] is for %2, but %3 was asked for: on to the next.")},
    {"inetsw.none", "ti", QT_TRANSLATE_NOOP("Notes", "inetsw[%1] has no entry for protocol %2.")},
    {"capability.missing", "c", QT_TRANSLATE_NOOP("Notes", "The task does not have the capability %1.")},
    {"net.moved", "pp", QT_TRANSLATE_NOOP("Notes", "%1 has moved to %2: it is seen only there from now on.")},
    {"veth.pair", "pp", QT_TRANSLATE_NOOP("Notes", "%1 and %2 are the two ends of one link: what one sends, the other receives.")},
    {"cable.lost", "n", QT_TRANSLATE_NOOP("Notes", "The cable loses this frame of %1 bytes.")},
    {"cable.held_back", "nn", QT_TRANSLATE_NOOP("Notes", "The cable holds this frame of %1 bytes back for %2 ns: later ones will overtake it.")},
    {"cable.doubled", "n", QT_TRANSLATE_NOOP("Notes", "The cable delivers this frame of %1 bytes twice.")},
    {"forward.to", "apn", QT_TRANSLATE_NOOP("Notes", "A router's turn: the packet to %1 goes on by %2; its time to live is %3 now.")},
    {"forward.ttl", "aa", QT_TRANSLATE_NOOP("Notes", "The packet from %1 to %2 has used up its time to live: it ends here, and its sender is told.")},
    {"forward.too_big", "nn", QT_TRANSLATE_NOOP("Notes", "%1 bytes do not pass a link that takes %2, and the packet must not be cut up (DF): its sender is told.")},
    {"route.exception", "an", QT_TRANSLATE_NOOP("Notes", "A router has told us of %1: its path takes packets of %2 bytes (0: nothing about their size).")},
    {"route.exception_learnt", "ana", QT_TRANSLATE_NOOP("Notes", "Learnt of %1: packets of %2 bytes pass (0: unknown), by the gateway %3 (0.0.0.0: the usual one).")},
    {"route.exception_expired", "a", QT_TRANSLATE_NOOP("Notes", "What was learnt of %1 is too old, and forgotten: larger packets may be tried again.")},
    {"route.redirect_ignored", "aa", QT_TRANSLATE_NOOP("Notes", "%1 wants to redirect us to %2, and is not believed.")},
    {"netfilter.hooked", "nn", QT_TRANSLATE_NOOP("Notes", "A new hook at place %1 of the netfilter, with priority %2: it sees packets from now on.")},
    {"netfilter.rule", "nnn", QT_TRANSLATE_NOOP("Notes", "The rule at offset %1 of the table matches, its packet number %2. Verdict %3: -2 accepts, -1 drops, anything else goes on with the rule at that offset.")},
    {"netfilter.rule_added", "nn", QT_TRANSLATE_NOOP("Notes", "The chain of hook %1 has one more rule, at offset %2 of the table.")},
    {"reuseport.joined", "ppn", QT_TRANSLATE_NOOP("Notes", "%1 joins %2: %3 sockets share the port now.")},
    {"reuseport.selected", "qn", QT_TRANSLATE_NOOP("Notes", "Of %2 sockets that share the port, the flow's hash chooses %1."), QT_TRANSLATE_NOOP("Notes", "None of the %2 sockets that share the port can take it.")},
    {"net.namespace", "p", QT_TRANSLATE_NOOP("Notes", "%1 is a network of its own now: its own lo, routes, hooks and settings.")},
    {"fd.reserved", "n", QT_TRANSLATE_NOOP("Notes", "%1 is the lowest free descriptor; it is taken, with no file behind it yet.")},
    {"fd.shared_table", "pn", QT_TRANSLATE_NOOP("Notes", "%2 tasks use this table of descriptors: the call holds the open file itself, since another could close it meanwhile.")},
    {"fd.limit", "nn", QT_TRANSLATE_NOOP("Notes", "Descriptor %1 would be the next, but the task may have only those below %2 (RLIMIT_NOFILE).")},
    {"signal.ignored", "nn", QT_TRANSLATE_NOOP("Notes", "Task %2 ignores signal %1.")},
    {"signal.pending", "nn", QT_TRANSLATE_NOOP("Notes", "Signal %1 is pending for task %2: a call that sleeps ends.")},
    {"signal.ends", "nn", QT_TRANSLATE_NOOP("Notes", "Signal %1 ends task %2, which has no handler for it.")},
    {"file.limit", "n", QT_TRANSLATE_NOOP("Notes", "The system's limit of %1 open files is reached.")},
    {"file.last_reference", "p", QT_TRANSLATE_NOOP("Notes", "That was the last reference to %1: it is closed on the way back to user mode.")},
    {"task.woken", "n", QT_TRANSLATE_NOOP("Notes", "Task %1 is woken.")},
    {"ping.group_refused", "nnn", QT_TRANSLATE_NOOP("Notes", "Group %1 may not open ping sockets: net.ipv4.ping_group_range is %2 to %3.")},
    {"inet.autobind", "n", QT_TRANSLATE_NOOP("Notes", "The socket has no port yet: the kernel gives it port %1.")},
    {"ip.fragment", "nnnn", QT_TRANSLATE_NOOP("Notes", "This piece is bytes %1 to %2; %3 of %4 bytes are here.")},
    {"ip.reassembled", "pn", QT_TRANSLATE_NOOP("Notes", "All pieces are here: %1 is one packet of %2 bytes again.")},
    {"ip.reassembly_timeout", "ann", QT_TRANSLATE_NOOP("Notes", "The rest of packet %2 from %1 did not come in 30 s: its %3 bytes are thrown away.")},
    {"raw.hashed", "pin", QT_TRANSLATE_NOOP("Notes", "%1 is in slot %3 of the raw table: it will get a copy of every packet of protocol %2.")},
    {"udp.hashed", "pnnn", QT_TRANSLATE_NOOP("Notes", "%1 has port %2 and is in both hash tables: slot %3 by port, slot %4 by address and port.")},
    {"udp.port_in_use", "n", QT_TRANSLATE_NOOP("Notes", "Another socket already has port %1.")},
    {"udp.lookup", "nq", QT_TRANSLATE_NOOP("Notes", "The datagram for port %1 belongs to %2."), QT_TRANSLATE_NOOP("Notes", "No socket has port %1 open.")},
    {"udp.refused", "d", QT_TRANSLATE_NOOP("Notes", "The datagram is refused: %1.")},
    {"sock.queued", "ppn", QT_TRANSLATE_NOOP("Notes", "%1 joins the receive queue of %2 with %3 bytes, to wait for whoever reads.")},
    {"sock.receive_buffer_full", "pnn", QT_TRANSLATE_NOOP("Notes", "The receive buffer of %1 is full: %2 bytes wait there, %3 are allowed.")},
    {"bind.not_local", "a", QT_TRANSLATE_NOOP("Notes", "%1 is not an address of this host.")},
    {"task.sleeps", "np", QT_TRANSLATE_NOOP("Notes", "Task %1 finds nothing to read and goes to sleep on the wait queue of %2.")},
    // buffers and reception
    {"gro.result", "g", QT_TRANSLATE_NOOP("Notes", "GRO decides: %1.")},
    {"wire.device_down", "p", QT_TRANSLATE_NOOP("Notes", "%1 is down: the frame is lost on the wire.")},
    {"wire.other_address", "p", QT_TRANSLATE_NOOP("Notes", "The frame is for another station's address: %1 lets it pass by.")},
    {"wire.ring_full", "n", QT_TRANSLATE_NOOP("Notes", "All %1 receive descriptors are taken: the frame is lost.")},
    {"wire.too_long", "nn", QT_TRANSLATE_NOOP("Notes", "A frame of %1 bytes is longer than the card takes (%2): it is lost.")},
    {"wire.too_short", "n", QT_TRANSLATE_NOOP("Notes", "%1 bytes are too few for an Ethernet header: the frame is lost.")},
    {"arp.answered", "aa", QT_TRANSLATE_NOOP("Notes", "Who has %1? We do: %2 gets our hardware address.")},
    {"ip.header_refused", "d", QT_TRANSLATE_NOOP("Notes", "The IP header is refused: %1.")},
    {"ip.bad_option", "n", QT_TRANSLATE_NOOP("Notes", "An IP option within the %1 bytes of options is malformed.")},
    {"ip.protocol", "i", QT_TRANSLATE_NOOP("Notes", "The IP header says %1: that protocol's handler takes the packet.")},
    {"ip.no_route_in", "aae", QT_TRANSLATE_NOOP("Notes", "A packet from %1 to %2 has no way in: %3.")},
    {"icmp.type", "m", QT_TRANSLATE_NOOP("Notes", "The ICMP message is: %1.")},
    {"icmp.error", "mna", QT_TRANSLATE_NOOP("Notes", "An ICMP error goes to %3: %1, code %2.")},
    {"icmp.global_limit", "mn", QT_TRANSLATE_NOOP("Notes", "The host has sent its share of ICMP errors for now: %1, code %2 is left out.")},
    {"icmp.host_limit", "mna", QT_TRANSLATE_NOOP("Notes", "%3 has had its share of ICMP errors for now: %1, code %2 is left out.")},
    {"checksum.verified", "nb", QT_TRANSLATE_NOOP("Notes", "The checksum over %1 bytes is right."), QT_TRANSLATE_NOOP("Notes", "The checksum over %1 bytes is wrong.")},
    {"receive.no_protocol", "h", QT_TRANSLATE_NOOP("Notes", "Nobody here handles the EtherType %1: the frame is dropped.")},
    // routes
    {"fib.match", "anrp", QT_TRANSLATE_NOOP("Notes", "The route %1/%2 matches: type %3, device %4.")},
    {"fib.none", "a", QT_TRANSLATE_NOOP("Notes", "No route in this table leads to %1.")},
    {"route.none", "a", QT_TRANSLATE_NOOP("Notes", "There is no route to %1.")},
    {"route.martian_source", "aap", QT_TRANSLATE_NOOP("Notes", "A packet from %1 to %2 cannot have come in by %3: its source is a martian.")},
    {"route.martian_destination", "aap", QT_TRANSLATE_NOOP("Notes", "%1 is no address that a packet from %2 may have come to by %3: a martian.")},
    {"route.not_for_us", "ap", QT_TRANSLATE_NOOP("Notes", "%1 is not ours, and %2 does not forward.")},
    {"route.input_cached", "p", QT_TRANSLATE_NOOP("Notes", "The route found last time is still good: %1.")},
    {"route.output_cached", "p", QT_TRANSLATE_NOOP("Notes", "The route found last time is still good: %1.")},
    // neighbours and queues
    {"neigh.created", "pp", QT_TRANSLATE_NOOP("Notes", "%1 is new: %2 must find out the hardware address of this neighbour.")},
    {"neigh.queued", "pp", QT_TRANSLATE_NOOP("Notes", "%1 waits until the hardware address of %2 is known.")},
    {"neigh.state", "puu", QT_TRANSLATE_NOOP("Notes", "%1 goes from %2 to %3.")},
    {"qdisc.bypass", "pp", QT_TRANSLATE_NOOP("Notes", "The queue of %2 is empty: %1 goes straight to the driver.")},
    {"bql.stop", "nn", QT_TRANSLATE_NOOP("Notes", "%1 bytes are with the card and the limit is %2: the queue stops until some are sent.")},
    // TCP
    {"tcp.port_bound", "pn", QT_TRANSLATE_NOOP("Notes", "%1 is on the bind buckets of port %2.")},
    {"tcp.port_in_use", "n", QT_TRANSLATE_NOOP("Notes", "Another socket already has port %1.")},
    {"tcp.state", "pss", QT_TRANSLATE_NOOP("Notes", "%1 goes from %2 to %3.")},
    {"tcp.congestion_control", "p", QT_TRANSLATE_NOOP("Notes", "%1 will govern this connection's speed.")},
};

const Words* wordsFor(std::string_view id) {
  const auto it = std::find_if(std::begin(table), std::end(table), [&](const Words& w) { return w.id == id; });
  return it == std::end(table) ? nullptr : it;
}

QString routeType(u64 v) {
  static const char* names[] = {"RTN_UNSPEC", "RTN_UNICAST", "RTN_LOCAL", "RTN_BROADCAST", "RTN_ANYCAST",
                                "RTN_MULTICAST", "RTN_BLACKHOLE", "RTN_UNREACHABLE", "RTN_PROHIBIT"};
  return v < std::size(names) ? QLatin1String(names[v]) : QString::number(v);
}
QString etherType(u64 v) {
  if (v == 0x0800) return QStringLiteral("ETH_P_IP");
  if (v == 0x0806) return QStringLiteral("ETH_P_ARP");
  if (v == 0x86dd) return QStringLiteral("ETH_P_IPV6");
  return QStringLiteral("0x%1").arg(v, 4, 16, QLatin1Char('0'));
}
QString tcpState(u64 v) {
  const auto name = constantName("sock_common", "skc_state", s64(v));
  return name ? QString::fromStdString(*name) : QString::number(v);
}

QString neighbourState(u64 v) {
  const auto name = constantName("neighbour", "nud_state", s64(v));
  return name ? QString::fromStdString(*name) : QString::number(v);
}
QString enumWords(std::string_view name, u64 v) {
  if (const EnumInfo* e = enumNamed(name))
    for (const EnumValue& value : e->values)
      if (value.value == s64(v)) return QString::fromUtf8(value.name.data(), qsizetype(value.name.size()));
  static const char* gro[] = {"GRO_MERGED", "GRO_MERGED_FREE", "GRO_HELD", "GRO_NORMAL", "GRO_CONSUMED"};
  return name == "gro_result" && v < std::size(gro) ? QLatin1String(gro[v]) : QString::number(v);
}

QString argument(const Playhead& at, char kind, u64 v) {
  switch (kind) {
  case 'p':
  case 'q': return addressWords(at, v);
  case 'd': return dropReasonText(u32(v));
  case 'e': return resultText(at, v);
  case 'm': return QString::fromStdString(icmpName(u8(v), 0));
  case 'g': return enumWords("gro_result", v);
  case 'u': return neighbourState(v);
  case 'f': return constantWords("AF_", s64(v));
  case 't': return constantWords("SOCK_", s64(v));
  case 'i': return constantWords("IPPROTO_", s64(v));
  case 'c': return constantWords("CAP_", s64(v));
  case 'r': return routeType(v);
  case 'h': return etherType(v);
  case 's': return tcpState(v);
  case 'a': return QStringLiteral("%1.%2.%3.%4").arg(v & 255).arg(v >> 8 & 255).arg(v >> 16 & 255).arg(v >> 24 & 255);
  default: return QString::number(s64(v));
  }
}

// An id without words yet: the id itself, readable, and its values.
QString plain(const Playhead& at, std::string_view id, std::span<const u64> values) {
  QString out = QString::fromUtf8(id.data(), qsizetype(id.size())).replace('.', QLatin1String(": ")).replace('_', ' ');
  QStringList words;
  for (u64 v : values) words << (resultText(at, v));
  return words.isEmpty() ? out + '.' : QStringLiteral("%1 (%2).").arg(out, words.join(QLatin1String(", ")));
}

} // namespace

bool noteHasWords(std::string_view id) { return wordsFor(id) != nullptr; }

QString noteSentence(const Playhead& at, EventIndex event) {
  const Journal& j = at.journal();
  const Event& e = j[event];
  if (e.type != EventType::Note) return {};
  const std::string_view id = Symbols::get().notes()[e.b]->name;
  const auto values = j.arguments(e);
  const Words* w = wordsFor(id);
  if (!w) return plain(at, id, values);
  const char* text = w->text;
  QStringList given;
  for (size_t i = 0; i < values.size() && w->kinds[given.size()]; ++i) {
    const char kind = w->kinds[given.size()];
    if ((kind == 'b' || kind == 'q') && !values[i] && w->otherwise) text = w->otherwise;
    given << argument(at, kind, values[i]);
  }
  QString out = QCoreApplication::translate("Notes", text);
  for (int n = 9; n >= 1; --n) { // one pass, so that a value that holds a %1 is not taken for a place
    const QString place = QStringLiteral("%%1").arg(n);
    out.replace(place, n <= given.size() ? given[n - 1] : QStringLiteral("?"));
  }
  return out;
}

} // namespace sockwalk
