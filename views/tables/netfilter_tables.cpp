// Netfilter: the functions at the five places of a packet's way, and the rules of the tables that some of them walk.
#include "views/tables/table_reader.h"
#include <cstring>

namespace sockwalk::tables {

using namespace sockwalk::kernel;

namespace {

// The offset of a member in a structure of the layout tables; the rules' structures belong to a module.
u32 offsetIn(const char* structure, std::string_view member) {
  const LayoutInfo* layout = layoutNamed(structure);
  if (!layout) return 0;
  for (const MemberInfo& m : layout->members)
    if (m.name == member) return m.offset;
  return 0;
}
template <class T> T load(const Reader& r, u32 offset) {
  T v;
  std::memcpy(&v, r.at.memory().at(offset), sizeof v);
  return v;
}

QString verdictText(s32 verdict) {
  return verdict >= 0    ? QString()
         : verdict == -1 ? QStringLiteral("DROP")
         : verdict == -2 ? QStringLiteral("ACCEPT")
         : verdict == -5 ? QStringLiteral("RETURN")
                         : QString::number(verdict);
}

QString networkText(const Reader& r, u32 address, u32 mask, const char* option, bool inverted) {
  const u32 wanted = load<u32>(r, address), bits = load<u32>(r, mask);
  if (!bits) return {};
  const QString length = bits == 0xffffffff ? QString() : '/' + QString::number(__builtin_popcount(bits));
  return (inverted ? QStringLiteral("! ") : QString()) + QString::fromLatin1(option) + ' ' + addressText(wanted) +
         length;
}

QString portsText(const char* option, u16 low, u16 high) {
  if (low == 0 && high == 0xffff) return {};
  return QStringLiteral("%1 %2%3")
      .arg(QLatin1String(option))
      .arg(low)
      .arg(low == high ? QString() : QStringLiteral(":%1").arg(high));
}

// A rule as iptables(8) writes it.
QString ruleText(const Reader& r, u32 entry) {
  static const u32 src = offsetIn("ipt_ip", "src"), dst = offsetIn("ipt_ip", "dst"), smsk = offsetIn("ipt_ip", "smsk"),
                   dmsk = offsetIn("ipt_ip", "dmsk"), in = offsetIn("ipt_ip", "iniface"),
                   out = offsetIn("ipt_ip", "outiface"), proto = offsetIn("ipt_ip", "proto"),
                   inverted = offsetIn("ipt_ip", "invflags"), target = offsetIn("ipt_entry", "target_offset"),
                   elems = offsetIn("ipt_entry", "elems"), data = offsetIn("xt_entry_match", "data"),
                   verdict = offsetIn("xt_standard_target", "verdict");
  const u8 invert = load<u8>(r, entry + inverted);
  QStringList out_{networkText(r, entry + src, entry + smsk, "-s", invert & 8),
                   networkText(r, entry + dst, entry + dmsk, "-d", invert & 16)};
  const auto name = [&](u32 at) {
    const char* s = reinterpret_cast<const char*>(r.at.memory().at(at));
    return QString::fromLatin1(s, qsizetype(strnlen(s, 16)));
  };
  if (const QString dev = name(entry + in); !dev.isEmpty()) out_ << "-i " + dev;
  if (const QString dev = name(entry + out); !dev.isEmpty()) out_ << "-o " + dev;
  if (const u16 p = load<u16>(r, entry + proto)) {
    out_ << "-p " + (p == 6    ? QStringLiteral("tcp")
                     : p == 17 ? QStringLiteral("udp")
                     : p == 1  ? QStringLiteral("icmp")
                               : QString::number(p));
    const u32 match = entry + elems; // the match of TCP and that of UDP begin with the ports
    if ((p == 6 || p == 17) && load<u16>(r, entry + target) > elems)
      out_ << portsText("--sport", load<u16>(r, match + data), load<u16>(r, match + data + 2))
           << portsText("--dport", load<u16>(r, match + data + 4), load<u16>(r, match + data + 6));
  }
  const QString v = verdictText(load<s32>(r, entry + load<u16>(r, entry + target) + verdict));
  out_ << (v.isEmpty() ? words("only counts") : "-j " + v);
  out_.removeAll(QString());
  return out_.join(' ');
}

// The rules of one chain of an xt_table, behind the hook that walks them; the last one is the chain's policy.
void appendRules(const Reader& r, KernelTable& t, u32 table, u32 hook, const QString& space) {
  static const u32 priv = offsetIn("xt_table", "private"), first = offsetIn("xt_table_info", "hook_entry"),
                   last = offsetIn("xt_table_info", "underflow"), entries = offsetIn("xt_table_info", "entries"),
                   next = offsetIn("ipt_entry", "next_offset"), counters = offsetIn("ipt_entry", "counters"),
                   size = offsetIn("xt_table_info", "size");
  const u32 info = static_cast<u32>(load<u64>(r, table + priv));
  if (!info || !layoutNamed("ipt_entry")) return;
  const u32 policy = load<u32>(r, info + last + 4 * hook), end = load<u32>(r, info + size);
  int number = 0;
  for (u32 at = load<u32>(r, info + first + 4 * hook); at <= policy && at < end;) {
    const u32 entry = info + entries + at;
    TableRow row;
    row.address = Arena::addressOf(info);
    row.within = Arena::addressOf(entry);
    row.indent = 1;
    row.place = at == policy ? words("policy") : words("rule %1").arg(++number);
    row.key = ruleText(r, entry);
    const u64 packets = load<u64>(r, entry + counters), bytes = load<u64>(r, entry + counters + 8);
    row.detail = packets == 1 ? words("1 packet, %L1 bytes").arg(bytes)
                              : words("%L1 packets, %L2 bytes").arg(packets).arg(bytes);
    row.space = space;
    row.mark = r.mark(r.born(r.at.memory().at(info)), r.step.wrote(entry, 112));
    append(t, std::move(row));
    const u16 length = load<u16>(r, entry + next);
    if (!length) break;
    at += length;
  }
}

bool isRuleTable(const Reader& r, u64 address) {
  const ObjectRef object = address ? objectAt(r.at, address) : ObjectRef{};
  const LayoutInfo* layout = object ? layoutOf(object.type) : nullptr;
  return layout && layout->name == "xt_table";
}

} // namespace

KernelTable netfilterHooks(const Reader& r) {
  const ConstantGroup& hooks = *constantGroup("hooks");
  KernelTable t{"netfilter",
                words("Netfilter hooks"),
                "net.nf.hooks_ipv4",
                words("At five places of a packet's way: the functions that may look at it, drop it or keep it, in "
                      "their order."),
                {},
                {},
                0};
  int count = 0;
  for (u64 space : r.live.namespaces(r.at.position())) {
    const auto* net = r.at.object<struct net>(space);
    for (u32 hook = 0; hook < hooks.values.size(); ++hook) {
      const nf_hook_entries* entries = net->nf.hooks_ipv4[hook];
      for (u32 i = 0; entries && i < std::min<u32>(entries->num_hook_entries, 64); ++i) {
        const nf_hook_entry& entry = entries->hooks[i];
        TableRow row;
        row.address = Arena::address(entries);
        row.within = Arena::address(&entry);
        row.place = words("hook %1").arg(hook);
        row.key = text(constantText(hooks, hook));
        if (entries->num_hook_entries > 1) row.key += words(", %1 of %2").arg(i + 1).arg(entries->num_hook_entries);
        row.object = text(pointerText(r.at, entry.hook.value));
        row.state = entry.priv.value ? r.name(entry.priv.value) : QString();
        row.space = r.space(space);
        row.mark =
            r.mark(r.born(entries), r.step.wrote(&entry, sizeof entry) || r.step.wrote(&net->nf.hooks_ipv4[hook], 8));
        append(t, std::move(row));
        ++count;
        if (isRuleTable(r, entry.priv.value))
          appendRules(r, t, static_cast<u32>(entry.priv.value), hook, r.space(space));
      }
    }
  }
  t.summary = t.rows.empty() ? words("empty: packets pass five places where nobody looks at them")
              : count == 1   ? words("1 hook")
                             : words("%1 hooks").arg(count);
  if (const int rules = int(t.rows.size()) - count; rules > 0) t.summary += words(", %1 rules").arg(rules);
  return t;
}

} // namespace sockwalk::tables
