#include "views/walk/words.h"
#include "engine/feed/summary.h"
#include "engine/journal/queries.h"
#include "engine/memory/structures.h"
#include "engine/scenario/constants.h"
#include "views/walk/member_words.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <cstring>
#include <QCoreApplication>

namespace sockwalk {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Words", text); }

// "net, &sock->sk, f(a, b)" as its parts.
QStringList argumentNames(std::string_view names) {
  QStringList out;
  QString part;
  int depth = 0;
  for (char c : names) {
    depth += c == '(' || c == '<' ? 1 : c == ')' || c == '>' ? -1 : 0;
    if (c == ',' && depth <= 0) out << part.trimmed(), part.clear();
    else part += c;
  }
  if (!part.trimmed().isEmpty()) out << part.trimmed();
  return out;
}
// Where simulated memory lies (engine/memory/arena.h); a small negative number is no address.
bool isAddress(u64 v) {
  const u64 high = v >> 32;
  return high == 0xffff8880 || high == 0xffffc900 || high == 0xffffea00 || high == 0x7f00 ||
         (high == 0xffffffff && u32(v) >= Arena::TextBegin && u32(v) < Arena::DataEnd);
}

QString callSentence(const Playhead& at, EventIndex event) {
  const Journal& j = at.journal();
  const Event& e = j[event];
  const FunctionInfo& f = j.function(e);
  const QStringList names = argumentNames(f.argumentNames);
  const auto values = j.arguments(e);
  QStringList words;
  for (size_t i = 0; i < values.size() && words.size() < 4; ++i) {
    const bool pointer = i < f.argumentTypes.size() && !f.argumentTypes[i].empty();
    const std::string name = i < size_t(names.size()) ? names[int(i)].toStdString() : std::string();
    words << argumentWords(at, name, values[i], pointer);
  }
  if (words.isEmpty()) return tr("%1() is called.").arg(text(f.name));
  return tr("%1() is called with %2.").arg(text(f.name), words.join(QStringLiteral(", ")));
}

// ---- what the small functions that move a buffer's edges did, told when they return

struct Mover {
  std::string_view function, member; // the member of sk_buff that it moves
  const char* text;                  // %1 function, %2 bytes, %3 from, %4 to
};
const Mover movers[] = {
    {"skb_push", "data", QT_TRANSLATE_NOOP("Words", "%1(%2) moved data from %3 to %4: room for %5.")},
    {"__skb_push", "data", QT_TRANSLATE_NOOP("Words", "%1(%2) moved data from %3 to %4: room for %5.")},
    {"skb_pull", "data",
     QT_TRANSLATE_NOOP("Words", "%1(%2) moved data from %3 to %4: %5 is behind it, still in the buffer.")},
    {"__skb_pull", "data",
     QT_TRANSLATE_NOOP("Words", "%1(%2) moved data from %3 to %4: %5 is behind it, still in the buffer.")},
    {"skb_pull_inline", "data",
     QT_TRANSLATE_NOOP("Words", "%1(%2) moved data from %3 to %4: %5 is behind it, still in the buffer.")},
    {"skb_pull_rcsum", "data",
     QT_TRANSLATE_NOOP("Words", "%1(%2) moved data from %3 to %4: %5 is behind it, still in the buffer.")},
    {"eth_skb_pull_mac", "data",
     QT_TRANSLATE_NOOP("Words", "%1(%2) moved data from %3 to %4: %5 is behind it, still in the buffer.")},
    {"skb_put", "tail", QT_TRANSLATE_NOOP("Words", "%1(%2) moved tail from %3 to %4: room for data at the end.")},
    {"__skb_put", "tail", QT_TRANSLATE_NOOP("Words", "%1(%2) moved tail from %3 to %4: room for data at the end.")},
    {"skb_reserve", "data",
     QT_TRANSLATE_NOOP("Words", "%1(%2) moved data and tail from %3 to %4: headroom for headers to come.")},
    {"skb_trim", "tail", QT_TRANSLATE_NOOP("Words", "%1(%2) moved tail from %3 to %4: what stood behind is cut off.")},
    {"__skb_trim", "tail",
     QT_TRANSLATE_NOOP("Words", "%1(%2) moved tail from %3 to %4: what stood behind is cut off.")},
};

// Whose header it is, told by the function that asked.
QString headerOf(const Journal& j, EventIndex call, u64 bytes) {
  for (EventIndex c = j.callerOf(call); c != NoEvent; c = j.callerOf(c)) {
    const std::string_view f = j.function(j[c]).name, file = j.function(j[c]).file;
    if (f.substr(0, 3) == "skb" || f.substr(0, 5) == "__skb" || f == "pskb_trim_rcsum") continue;
    const auto has = [&](std::string_view part) { return file.find(part) != file.npos || f.find(part) != f.npos; };
    if (bytes == 14 || has("ethernet") || has("eth_")) return tr("the Ethernet header");
    if (has("tcp")) return tr("the TCP header");
    if (has("udp")) return tr("the UDP header");
    if (has("icmp")) return tr("the ICMP header");
    if (has("arp")) return tr("the ARP packet");
    if (has("ip_") || has("/ip")) return tr("the IP header");
    break;
  }
  return bytesText(s64(bytes));
}

u32 memberOffset(std::string_view structure, std::string_view member) {
  if (const LayoutInfo* l = layoutNamed(structure))
    for (const MemberInfo& m : l->members)
      if (m.name == member) return m.offset;
  return 0;
}

QString moverSentence(const Playhead& at, EventIndex call, EventIndex end) {
  const Journal& j = at.journal();
  const FunctionInfo& f = j.function(j[call]);
  for (const Mover& m : movers) {
    if (m.function != f.name) continue;
    int argument;
    const auto values = j.arguments(j[call]);
    if (!takesBuffer(f, argument) || argument >= int(values.size())) return {};
    const u32 skb = u32(values[argument]), field = skb + memberOffset("sk_buff", m.member);
    const u64 bytes = values.size() > 1 ? values[1] : 14;
    u64 head = 0;
    std::memcpy(&head, at.memory().at(skb + memberOffset("sk_buff", "head")), sizeof head);
    // Small functions: their writes are a few events on.
    for (EventIndex i = call; i < end && i < call + 64; ++i) {
      if (j[i].type != EventType::Write || j[i].where != field) continue;
      const auto c = j.change(j[i]);
      u64 before = 0, after = 0;
      std::memcpy(&before, c.oldBytes, c.size);
      std::memcpy(&after, c.newBytes, c.size);
      if (m.member == "data") before = u32(before - head), after = u32(after - head);
      return tr(m.text)
          .arg(text(f.name))
          .arg(bytes)
          .arg(before)
          .arg(after)
          .replace(QLatin1String("%5"), headerOf(j, call, bytes));
    }
  }
  return {};
}

QString returnSentence(const Playhead& at, EventIndex event) {
  const Journal& j = at.journal();
  const Event& e = j[event];
  const QString moved = moverSentence(at, e.where, event);
  if (!moved.isEmpty()) return moved;
  const QString name = text(j.function(j[e.where]).name);
  return e.a ? tr("%1() returns %2.").arg(name, resultText(at, e.data)) : tr("%1() returns.").arg(name);
}

QString writeSentence(const Playhead& at, const Event& e) {
  const auto c = at.journal().change(e);
  const u64 address = Arena::addressOf(c.offset);
  const NamedMember member = memberAt(at, address, c.size);
  if (c.size > 8 || !c.oldBytes || !c.newBytes) return tr("%1 is written, %2.").arg(member.text, bytesText(c.size));
  const QString now = memberValue(at, member, c.newBytes, c.size), before = memberValue(at, member, c.oldBytes, c.size);
  if (now == before) return tr("%1 is set to %2, which it was already.").arg(member.text, now);
  return tr("%1 is set to %2; it was %3.").arg(member.text, now, before);
}

QString fillSentence(const Playhead& at, const Event& e) {
  const auto c = at.journal().change(e);
  const QString where = memberText(at, Arena::addressOf(c.offset), c.size);
  if (!c.fillValue) return tr("%1 is set to zero, %2.").arg(where, bytesText(c.size));
  return tr("%1 is filled with 0x%2, %3.").arg(where).arg(c.fillValue, 2, 16, QLatin1Char('0')).arg(bytesText(c.size));
}

QString cacheName(const Journal& j, u32 index) {
  return index < j.caches().size() ? QString::fromStdString(j.caches()[index].name) : QString::number(index);
}
QString allocSentence(const Journal& j, EventIndex event) {
  const Allocation* a = j.allocationBornAt(event);
  if (!a) return {};
  return tr("%1 is born in the slab %2, %3.")
      .arg(QString::fromStdString(objectOf(*a).name), cacheName(j, a->cache), bytesText(a->size));
}
QString freeSentence(const Journal& j, const Event& e) {
  const Allocation* a = j.allocationBornAt(u32(e.data) - 1);
  if (!a) return tr("An object is freed.");
  return tr("%1 is freed: its %2 go back to the slab %3.")
      .arg(QString::fromStdString(objectOf(*a).name), bytesText(a->size), cacheName(j, a->cache));
}
QString slabSentence(const Journal& j, const Event& e) {
  PageRecord page;
  std::memcpy(&page, j.payload(e.data), sizeof page);
  const QString pages = page.pages == 1 ? tr("a fresh page") : tr("%1 fresh pages").arg(page.pages);
  return tr("The slab cache %1 gets %2 for objects of %3.")
      .arg(cacheName(j, page.cache), pages, bytesText(page.objectSize));
}

QString tableSentence(const Playhead& at, const Event& e) {
  return tr("The call goes through %1, which points at %2.")
      .arg(memberText(at, Arena::addressOf(e.where), 8), addressWords(at, e.data));
}

QString contextSentence(const Context& c) {
  switch (c.kind) {
  case Context::Boot: return tr("The kernel boots.");
  case Context::Task: return tr("Task %1 (pid %2) runs.").arg(QString::fromStdString(c.name)).arg(c.task);
  case Context::Softirq: return tr("A softirq runs: the work that an interrupt left for later.");
  case Context::Idle: return tr("Nothing is left to do: the processor is idle.");
  }
  return {};
}

QString packetSentence(const Playhead& at, const Event& e) {
  const Journal& j = at.journal();
  const ByteView frame = j.frame(e);
  const FrameSummary s = summarize(frame, u32(frame.size()));
  const char* text = e.type == EventType::PacketIn ? QT_TRANSLATE_NOOP("Words", "A frame of %1 arrives on %2: %3.")
                                                   : QT_TRANSLATE_NOOP("Words", "A frame of %1 leaves by %2: %3.");
  return tr(text).arg(bytesText(s64(frame.size())), deviceName(at, e), QString::fromStdString(s.info));
}

QString timerSentence(const Playhead& at, EventIndex event) {
  const Event& e = at.journal()[event];
  const QString who = memberText(at, Arena::addressOf(e.where), 40); // struct timer_list
  if (e.type == EventType::TimerFire) return tr("The timer %1 fires.").arg(who);
  if (e.type == EventType::TimerCancel) return tr("The timer %1 is stopped.").arg(who);
  return tr("The timer %1 is set to fire in %2.").arg(who, durationText(s64(e.data) - at.journal().timeAt(event)));
}

} // namespace

QString eventSentence(const Playhead& at, EventIndex event) {
  const Journal& j = at.journal();
  if (event >= j.size()) return {};
  const Event& e = j[event];
  switch (e.type) {
  case EventType::Call: return callSentence(at, event);
  case EventType::Return: return returnSentence(at, event);
  case EventType::Write: return writeSentence(at, e);
  case EventType::Fill: return fillSentence(at, e);
  case EventType::Slab: return slabSentence(j, e);
  case EventType::Alloc: return allocSentence(j, event);
  case EventType::Free: return freeSentence(j, e);
  case EventType::TableCall: return tableSentence(at, e);
  case EventType::Context: return contextSentence(j.contexts()[e.where]);
  case EventType::PacketIn:
  case EventType::PacketOut: return packetSentence(at, e);
  case EventType::Drop:
    return tr("%1 is dropped: %2.").arg(addressWords(at, Arena::addressOf(e.where)), dropReasonText(e.b));
  case EventType::TimerArm:
  case EventType::TimerFire:
  case EventType::TimerCancel: return timerSentence(at, event);
  case EventType::Note: return noteSentence(at, event);
  case EventType::Stimulus:
    return tr("The machine is told: %1.").arg(QString::fromStdString(j.stimuli()[e.where].text));
  case EventType::Panic:
    return tr("The kernel panics: %1.")
        .arg(QString::fromUtf8(reinterpret_cast<const char*>(j.payload(e.where)), qsizetype(e.data)));
  }
  return {};
}

QString stoppedSentence(Walk& walk) {
  if (!walk.isOpen()) return {};
  const kernel::Machine& machine = walk.session().machine();
  if (!machine.panicked() || walk.position() < machine.stoppedAt()) return {};
  return tr("The kernel has stopped: %1.").arg(QString::fromStdString(machine.panicText()));
}

QString callText(const Playhead& at, EventIndex call) {
  const FunctionInfo& f = at.journal().function(at.journal()[call]);
  const auto values = at.journal().arguments(at.journal()[call]);
  QStringList words;
  for (size_t i = 0; i < values.size(); ++i) words << QString::fromStdString(argumentText(at, f, i, values[i]));
  return QStringLiteral("%1(%2)").arg(text(f.name), words.join(QStringLiteral(", ")));
}

QString argumentWords(const Playhead& at, std::string_view name, u64 value, bool pointer) {
  const QString label = text(name);
  if (pointer || isAddress(value)) return value ? addressWords(at, value) : tr("%1 NULL").arg(label);
  const s64 number = s64(value);
  if (name == "family" || name == "pf") return constantWords("AF_", number);
  if (name == "type" && number > 0 && number <= 10) return constantWords("SOCK_", number);
  if (name == "protocol" && number > 0 && number < 256)
    return QStringLiteral("%1 %2").arg(label, constantWords("IPPROTO_", number));
  if (name == "reason" && number >= 0) return dropReasonText(u32(number));
  if (name.find("addr") != name.npos && name.find("len") == name.npos && value <= 0xffffffff)
    return QStringLiteral("%1 %2.%3.%4.%5")
        .arg(label)
        .arg(value & 255)
        .arg(value >> 8 & 255)
        .arg(value >> 16 & 255)
        .arg(value >> 24);
  return label.isEmpty() ? QString::number(number) : QStringLiteral("%1 %2").arg(label).arg(number);
}

QString resultText(const Playhead& at, u64 value) {
  if (isAddress(value)) return addressWords(at, value);
  const s64 number = s64(value);
  const std::string_view error = number < 0 && number >= -4095 ? scenario::errnoName(int(number)) : "";
  return error.empty() ? QString::number(number) : QStringLiteral("-%1 (%2)").arg(text(error)).arg(-number);
}

QString systemResultText(s64 value) {
  const std::string_view error = value < 0 && value >= -4095 ? scenario::errnoName(int(value)) : "";
  return error.empty() ? QString::number(value) : QStringLiteral("-1 %1 (%2)").arg(text(error)).arg(-value);
}

// Linux counts devices in the order in which they register: the loopback is always the first.
// The names stand for files in /run/netns: an array of names, and beside it the namespaces.
QString networkName(const Playhead& at, u64 net) {
  const DataSymbol *names = Symbols::get().dataNamed("run_netns_names"), *nets = Symbols::get().dataNamed("run_netns");
  for (u32 i = 0; names && nets && i < nets->count; ++i) {
    u64 named;
    std::memcpy(&named, at.memory().at(nets->offset + 8 * i), 8);
    const char* name = reinterpret_cast<const char*>(at.memory().at(names->offset + 16 * i));
    if (named == net && named) return QString::fromLatin1(name, qsizetype(strnlen(name, 16)));
  }
  return {};
}

QString deviceName(const Playhead& at, const Event& packet) {
  if (!Journal::deviceOf(packet)) return tr("device %1").arg(packet.b);
  const auto* device = at.object<kernel::net_device>(Arena::addressOf(Journal::deviceOf(packet)));
  const char* chars = reinterpret_cast<const char*>(&device->name);
  const QString name = QString::fromLatin1(chars, qsizetype(strnlen(chars, 16)));
  const QString space = networkName(at, device->nd_net.net.value);
  if (name.isEmpty()) return tr("device %1").arg(packet.b);
  return space.isEmpty() ? name : space + ' ' + name;
}

QString dropReasonText(u32 reason) {
  if (const EnumInfo* e = enumNamed("skb_drop_reason"))
    for (const EnumValue& v : e->values)
      if (v.value == s64(reason)) return text(v.name);
  return tr("reason %1").arg(reason);
}

QString bytesText(s64 count) { return count == 1 ? tr("1 byte") : tr("%1 bytes").arg(count); }

QString durationText(s64 ns) {
  const double v = double(ns);
  if (ns < 1000) return QStringLiteral("%1 ns").arg(ns);
  if (ns < 1000000) return QStringLiteral("%1 µs").arg(v / 1e3, 0, 'f', v < 1e4 ? 2 : 1);
  if (ns < 1000000000) return QStringLiteral("%1 ms").arg(v / 1e6, 0, 'f', v < 1e7 ? 2 : 1);
  return QStringLiteral("%1 s").arg(v / 1e9, 0, 'f', 2);
}

QString timeText(s64 ns) {
  const auto three = [](s64 v) { return QStringLiteral("%1").arg(v % 1000, 3, 10, QLatin1Char('0')); };
  return QStringLiteral("%1.%2 %3 %4 s").arg(ns / 1000000000).arg(three(ns / 1000000), three(ns / 1000), three(ns));
}

} // namespace sockwalk
