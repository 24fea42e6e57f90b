// Notes in words: the kernel marks a moment by an id and its arguments, engine/kernel/notes.tsv has the sentences; here
// each argument gets its name and the sentence its language.
#include "engine/feed/summary.h"
#include "engine/kernel/note_table.h"
#include "views/walk/member_words.h"
#include "views/walk/text.h"
#include <QCoreApplication>

namespace sockwalk {
namespace {

QString numberOr(const std::string& name, u64 v) { return name.empty() ? QString::number(v) : text(name); }
QString routeType(u64 v) { return numberOr(constantText("route_types", v), v); }
QString etherType(u64 v) {
  const std::string name = constantText("ether_types", v);
  return name.empty() ? QStringLiteral("0x%1").arg(v, 4, 16, QLatin1Char('0')) : text(name);
}
QString tcpState(u64 v) { return numberOr(constantText("tcp_states", v), v); }

QString neighbourState(u64 v) { return numberOr(constantText("neighbour_states", v), v); }

QString argument(const Playhead& at, kernel::NoteKind kind, u64 v) {
  using Kind = kernel::NoteKind;
  switch (kind) {
  case Kind::Object:
  case Kind::ObjectOrNone: return addressWords(at, v);
  case Kind::DropReason: return dropReasonText(u32(v));
  case Kind::Error: return resultText(at, v);
  case Kind::IcmpType: return QString::fromStdString(icmpName(u8(v), 0));
  case Kind::GroResult: return numberOr(constantText("gro_result", v), v);
  case Kind::Neighbour: return neighbourState(v);
  case Kind::Family: return constantWords("AF_", s64(v));
  case Kind::Type: return constantWords("SOCK_", s64(v));
  case Kind::Protocol: return constantWords("IPPROTO_", s64(v));
  case Kind::Capability: return constantWords("CAP_", s64(v));
  case Kind::Route: return routeType(v);
  case Kind::EtherType: return etherType(v);
  case Kind::TcpState: return tcpState(v);
  case Kind::Address:
    return QStringLiteral("%1.%2.%3.%4").arg(v & 255).arg(v >> 8 & 255).arg(v >> 16 & 255).arg(v >> 24 & 255);
  case Kind::Whether:
  case Kind::Number: break;
  }
  return QString::number(s64(v));
}

} // namespace

QString noteSentence(const Playhead& at, EventIndex event) {
  const Journal& j = at.journal();
  const Event& e = j[event];
  if (e.type != EventType::Note) return {};
  const kernel::NoteText& note = kernel::noteText(Symbols::get().notes()[e.b]->name);
  const auto values = j.arguments(e);
  QStringList given;
  for (size_t i = 0; i < note.arguments; ++i) given << argument(at, note.kinds[i], values[i]);
  QString out = QCoreApplication::translate("Notes", note.chosen(values));
  for (int n = 9; n >= 1; --n) { // one pass, so that a value that holds a %1 is not taken for a place
    const QString place = QStringLiteral("%%1").arg(n);
    if (n <= given.size()) out.replace(place, given[n - 1]);
  }
  return out;
}

} // namespace sockwalk
