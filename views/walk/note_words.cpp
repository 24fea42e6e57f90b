// Notes: the kernel marks a moment by an id and its arguments; here are the words. The list of the ids, with what
// each argument is, stands in engine/kernel/notes.md; a test holds this table against the notes that are registered.
#include "views/walk/member_words.h"
#include <QCoreApplication>
#include <algorithm>

namespace sockwalk {
namespace {

// `kinds`, one letter an argument: p object, f address family, t socket type, i protocol number, a IPv4 address,
// c capability, r route type, h EtherType, s TCP state, n number, b "did it": if 0, `otherwise` is said.
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
    {"fd.reserved", "n", QT_TRANSLATE_NOOP("Notes", "%1 is the lowest free descriptor; it is taken, with no file behind it yet.")},
    {"fd.limit", "nn", QT_TRANSLATE_NOOP("Notes", "Descriptor %1 would be the next, but the task may have only those below %2 (RLIMIT_NOFILE).")},
    {"file.limit", "n", QT_TRANSLATE_NOOP("Notes", "The system's limit of %1 open files is reached.")},
    {"file.last_reference", "p", QT_TRANSLATE_NOOP("Notes", "That was the last reference to %1: it is closed on the way back to user mode.")},
    {"task.woken", "n", QT_TRANSLATE_NOOP("Notes", "Task %1 is woken.")},
    // buffers and reception
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
    // TCP
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

QString argument(const Playhead& at, char kind, u64 v) {
  switch (kind) {
  case 'p': return addressWords(at, v);
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
    if (kind == 'b' && !values[i] && w->otherwise) text = w->otherwise;
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
