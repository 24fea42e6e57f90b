// The routes: a trie of prefixes for each table (often one trie for several tables), and what was learnt of single
// destinations since.
#include "views/tables/table_reader.h"

namespace sockwalk::tables {

using namespace sockwalk::kernel;

namespace {

constexpr u32 FibHashSize = 256, FnheHashSize = 2048, KeyLength = 32;
constexpr u64 DeepestTrie = 64;

QString prefixText(u32 key, u32 length) {
  if (!length) return QStringLiteral("default");
  const QString address = addressText(__builtin_bswap32(key));
  return length == 32 ? address : QStringLiteral("%1/%2").arg(address).arg(length);
}
QString tableText(u32 id) {
  return id == 255   ? QStringLiteral("local")
         : id == 254 ? QStringLiteral("main")
         : id == 253 ? QStringLiteral("default")
                     : QString::number(id);
}
QString typeText(u8 type) {
  static const char* const names[] = {"unspec",    "unicast",     "local",    "broadcast", "anycast", "multicast",
                                      "blackhole", "unreachable", "prohibit", "throw",     "nat",     "xresolve"};
  return type < std::size(names) ? QString::fromLatin1(names[type]) : QString::number(type);
}
QString scopeText(u8 scope) {
  return scope == 0     ? QStringLiteral("global")
         : scope == 200 ? QStringLiteral("site")
         : scope == 253 ? QStringLiteral("link")
         : scope == 254 ? QStringLiteral("host")
         : scope == 255 ? QStringLiteral("nowhere")
                        : QString::number(scope);
}
QString protocolText(u8 protocol) {
  static const char* const names[] = {"unspec", "redirect", "kernel", "boot", "static"};
  return protocol < std::size(names) ? QString::fromLatin1(names[protocol]) : QString::number(protocol);
}

// A route as `ip route show table all` writes it.
QString routeLine(const Reader& r, const fib_alias& fa, const fib_info& fi, u32 key) {
  QString s = fa.fa_type == 1 ? QString() : typeText(fa.fa_type) + ' ';
  s += prefixText(key, KeyLength - fa.fa_slen);
  for (int n = 0; n < std::min(fi.fib_nhs, 8); ++n) {
    const fib_nh_common& nhc = fi.fib_nh[n].nh_common;
    if (fi.fib_nhs > 1) s += QStringLiteral(" nexthop");
    if (nhc.nhc_gw_family) s += QStringLiteral(" via ") + addressText(nhc.nhc_gw.ipv4);
    if (nhc.nhc_dev.value) s += QStringLiteral(" dev ") + r.device(nhc.nhc_dev.get());
    if (nhc.nhc_flags & 1) s += QStringLiteral(" dead");
    if (nhc.nhc_flags & 16) s += QStringLiteral(" linkdown");
  }
  if (fa.tb_id != 254) s += QStringLiteral(" table ") + tableText(fa.tb_id);
  if (fi.fib_protocol != 3) s += QStringLiteral(" proto ") + protocolText(fi.fib_protocol);
  if (fi.fib_scope) s += QStringLiteral(" scope ") + scopeText(fi.fib_scope);
  if (fi.fib_prefsrc) s += QStringLiteral(" src ") + addressText(fi.fib_prefsrc);
  if (fi.fib_priority) s += QStringLiteral(" metric %1").arg(fi.fib_priority);
  return s;
}

// The rtables that were made of a next hop last and stand there for whoever comes next.
QString cachedText(const Reader& r, const fib_info& fi) {
  QStringList out;
  const fib_nh_common& nhc = fi.fib_nh[0].nh_common;
  if (fi.fib_nhs < 1) return {};
  if (nhc.nhc_pcpu_rth_output.value)
    if (const u64 rt = r.at.object<kptr<void>>(nhc.nhc_pcpu_rth_output.value)->value)
      out << words("%1 out").arg(r.name(rt));
  if (const u64 rt = nhc.nhc_rth_input.value) out << words("%1 in").arg(r.name(rt));
  return out.isEmpty() ? QString() : words("cached: ") + out.join(QStringLiteral(", "));
}

bool cacheChanged(const Reader& r, const fib_info& fi) {
  const fib_nh_common& nhc = fi.fib_nh[0].nh_common;
  return fi.fib_nhs > 0 && (r.step.wrote(&nhc.nhc_rth_input, 8) || r.step.wrote(&nhc.nhc_flags, 1) ||
                            (nhc.nhc_pcpu_rth_output.value && r.step.wrote(u32(nhc.nhc_pcpu_rth_output.value), 8)));
}

struct Trie {
  const Reader& r;
  KernelTable& table;
  QString space;
  int routes = 0, leaves = 0;

  // `path`: the bits that led here, "31:0 24:1".
  void walk(const key_vector* n, const QString& path, u64 depth) {
    if (!n || depth > DeepestTrie) return;
    if (!n->bits) return leaf(n, path, depth);
    for (u32 child = 0; child < 1u << std::min<u8>(n->bits, 16); ++child) {
      const QString step =
          QStringLiteral("%1:%2").arg(n->pos).arg(QString::number(child, 2).rightJustified(n->bits, '0'));
      walk(n->tnode[child].get(), path.isEmpty() ? step : path + ' ' + step, depth + 1);
    }
  }

  void leaf(const key_vector* n, const QString& path, u64 depth) {
    ++leaves;
    int place = 0;
    for (const hlist_node* node = n->leaf.first; node && place < LongestChain; node = node->next) {
      const auto* fa = holder<fib_alias>(node, offsetof(fib_alias, fa_list));
      const fib_info* fi = fa->fa_info;
      if (!fi) break;
      TableRow row;
      row.address = Arena::address(fa);
      row.place = ++place == 1 ? words("depth %1").arg(depth) : words("same leaf");
      row.key = routeLine(r, *fa, *fi, n->key);
      row.detail = cachedText(r, *fi);
      row.tip = words("%1, %2; leaf %3").arg(r.name(fa), r.name(fi), addressText(__builtin_bswap32(n->key)));
      if (!path.isEmpty()) row.tip += words(", reached by the bits %1").arg(path);
      row.space = space;
      row.mark = r.mark(r.step.linked(*node), cacheChanged(r, *fi));
      append(table, std::move(row));
      ++routes;
    }
  }
};

template <class Each> void eachTable(const struct net* net, Each&& each) {
  const hlist_head* hash = net->ipv4.fib_table_hash;
  for (u32 i = 0; hash && i < FibHashSize; ++i)
    for (const hlist_node* n = hash[i].first; n; n = n->next)
      each(*holder<fib_table>(n, offsetof(fib_table, tb_hlist)));
}

} // namespace

KernelTable routes(const Reader& r) {
  KernelTable t{"routes",
                words("Routes"),
                "net.ipv4.fib_main, a trie",
                words("By destination: the longest prefix that covers an address says what to do with it. The local "
                      "table shares the main table's trie until somebody makes rules. At each place of the trie one or "
                      "more bits of the address decide where to go on."),
                {},
                {},
                0};
  int routes = 0, leaves = 0;
  for (u64 space : r.live.namespaces(r.at.position())) {
    const auto* net = r.at.object<struct net>(space);
    std::vector<u64> seen; // tables that share a trie
    eachTable(net, [&](const fib_table& tb) {
      const u64 trie = tb.tb_data.value;
      if (!trie || std::find(seen.begin(), seen.end(), trie) != seen.end()) return;
      seen.push_back(trie);
      Trie walk{r, t, r.space(space)};
      walk.walk(r.at.object<key_vector>(trie)->tnode[0].get(), {}, 0);
      routes += walk.routes, leaves += walk.leaves;
    });
  }
  t.summary = !routes ? words("empty") : words("%1 routes at %2 leaves").arg(routes).arg(leaves);
  return t;
}

namespace {

TableRow exceptionRow(const Reader& r, const fib_nh_exception& e, const QString& place) {
  TableRow row;
  row.address = Arena::address(&e);
  row.place = place;
  row.key = addressText(e.fnhe_daddr);
  row.object = r.name(&e);
  QStringList what;
  if (e.fnhe_pmtu)
    what << words("path MTU %1%2").arg(e.fnhe_pmtu).arg(e.fnhe_mtu_locked ? words(", locked") : QString());
  if (e.fnhe_gw) what << words("gateway %1").arg(addressText(e.fnhe_gw));
  row.state = what.join(QStringLiteral(", "));
  row.detail = words("until jiffy %1").arg(e.fnhe_expires);
  row.mark = r.mark(r.born(&e), r.step.wrote(&e.fnhe_daddr, 28) || r.step.wrote(&e.fnhe_expires, 8));
  return row;
}

} // namespace

KernelTable routeExceptions(const Reader& r) {
  KernelTable t{"exceptions",
                words("Route exceptions"),
                "fib_nh_common.nhc_exceptions",
                words("What was learnt of one destination beyond its route: a smaller path MTU (ICMP: fragmentation "
                      "needed), or a better gateway (ICMP: redirect)."),
                {},
                {},
                0};
  std::vector<u64> seen;
  for (u64 space : r.live.namespaces(r.at.position())) {
    const auto* net = r.at.object<struct net>(space);
    const auto each = [&](const auto& self, const key_vector* n, u64 depth) -> void {
      if (!n || depth > DeepestTrie) return;
      for (u32 child = 0; n->bits && child < 1u << std::min<u8>(n->bits, 16); ++child)
        self(self, n->tnode[child].get(), depth + 1);
      if (n->bits) return;
      for (const hlist_node* node = n->leaf.first; node; node = node->next) {
        const fib_info* fi = holder<fib_alias>(node, offsetof(fib_alias, fa_list))->fa_info;
        const u64 exceptions = fi && fi->fib_nhs > 0 ? fi->fib_nh[0].nh_common.nhc_exceptions.value : 0;
        if (!exceptions || std::find(seen.begin(), seen.end(), exceptions) != seen.end()) continue;
        seen.push_back(exceptions);
        for (u32 i = 0; i < FnheHashSize; ++i) {
          int place = 0;
          for (const fib_nh_exception* e = r.at.object<fnhe_hash_bucket>(exceptions)[i].chain;
               e && place < LongestChain; e = e->fnhe_next) {
            append(t, exceptionRow(r, *e, bucketText(i, ++place)));
            t.rows.back().space = r.space(space);
          }
        }
      }
    };
    eachTable(net, [&](const fib_table& tb) {
      if (tb.tb_data.value) each(each, r.at.object<key_vector>(tb.tb_data.value)->tnode[0].get(), 0);
    });
  }
  t.summary = t.rows.empty()       ? words("empty")
              : t.rows.size() == 1 ? words("1 destination")
                                   : words("%1 destinations").arg(t.rows.size());
  return t;
}

} // namespace sockwalk::tables
