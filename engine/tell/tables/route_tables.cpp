// The routes: a trie of prefixes for each table (often one trie for several tables), and what was learnt of single
// destinations since.
#include "engine/memory/constants/inet.h"
#include "engine/tell/tables/reader.h"
#include <algorithm>

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

constexpr u64 DeepestTrie = 64;

std::string prefix(u32 key, u32 length) {
  if (!length) return "default";
  const std::string address = ipv4(__builtin_bswap32(key));
  return length == 32 ? address : address + '/' + std::to_string(length);
}

std::string tableWord(u32 id) { return plainWord("route_tables", "RT_TABLE_", id); }
std::string typeWord(u8 type) { return plainWord("route_types", "RTN_", type); }
std::string scopeWord(u8 scope) {
  return scope == RT_SCOPE_UNIVERSE ? "global" : plainWord("route_scopes", "RT_SCOPE_", scope);
}
std::string protocolWord(u8 protocol) { return plainWord("route_protocols", "RTPROT_", protocol); }

// A route as `ip route show table all` writes it.
std::string routeLine(const Reader& r, const fib_alias& fa, const fib_info& fi, u32 key) {
  std::string s = fa.fa_type == RTN_UNICAST ? std::string() : typeWord(fa.fa_type) + ' ';
  s += prefix(key, KEYLENGTH - fa.fa_slen);
  for (int n = 0; n < std::min(fi.fib_nhs, 8); ++n) {
    const fib_nh_common& nhc = fi.fib_nh[n].nh_common;
    if (fi.fib_nhs > 1) s += " nexthop";
    if (nhc.nhc_gw_family) s += " via " + ipv4(nhc.nhc_gw.ipv4);
    if (nhc.nhc_dev.value) s += " dev " + r.device(nhc.nhc_dev.get());
    if (nhc.nhc_flags & RTNH_F_DEAD) s += " dead";
    if (nhc.nhc_flags & RTNH_F_LINKDOWN) s += " linkdown";
  }
  if (fa.tb_id != RT_TABLE_MAIN) s += " table " + tableWord(fa.tb_id);
  if (fi.fib_protocol != RTPROT_BOOT) s += " proto " + protocolWord(fi.fib_protocol);
  if (fi.fib_scope) s += " scope " + scopeWord(fi.fib_scope);
  if (fi.fib_prefsrc) s += " src " + ipv4(fi.fib_prefsrc);
  if (fi.fib_priority) s += " metric " + std::to_string(fi.fib_priority);
  return s;
}

// The rtables that were made of a next hop last and stand there for whoever comes next.
Text cached(const Reader& r, const fib_info& fi) {
  if (fi.fib_nhs < 1) return {};
  const fib_nh_common& nhc = fi.fib_nh[0].nh_common;
  const u64 out = nhc.nhc_pcpu_rth_output.value ? r.at.object<kptr<void>>(nhc.nhc_pcpu_rth_output.value)->value : 0;
  const u64 in = nhc.nhc_rth_input.value;
  const Text both =
      Text::list(", ", {out ? say("%1 out", r.name(out)) : Text(), in ? say("%1 in", r.name(in)) : Text()});
  return both.empty() ? Text() : say("cached: %1", both);
}

bool cacheChanged(const Reader& r, const fib_info& fi) {
  const fib_nh_common& nhc = fi.fib_nh[0].nh_common;
  return fi.fib_nhs > 0 && (r.step.wrote(&nhc.nhc_rth_input, 8) || r.step.wrote(&nhc.nhc_flags, 1) ||
                            (nhc.nhc_pcpu_rth_output.value && r.step.wrote(u32(nhc.nhc_pcpu_rth_output.value), 8)));
}

std::string bits(u32 value, u32 count) {
  std::string out;
  for (u32 bit = count; bit-- > 0;) out += char('0' + (value >> bit & 1));
  return out;
}

struct Trie {
  const Reader& r;
  KernelTable& table;
  std::string space;
  int routes = 0, leaves = 0;

  // `path`: the bits that led here, "31:0 24:1".
  void walk(const key_vector* n, const std::string& path, u64 depth) {
    if (!n || depth > DeepestTrie) return;
    if (!n->bits) return leaf(n, path, depth);
    for (u32 child = 0; child < 1u << std::min<u8>(n->bits, 16); ++child)
      if (const key_vector* below = n->tnode[child])
        walk(below, path + (path.empty() ? "" : " ") + std::to_string(n->pos) + ':' + bits(child, n->bits), depth + 1);
  }

  void leaf(const key_vector* n, const std::string& path, u64 depth) {
    ++leaves;
    int place = 0;
    for (const hlist_node* node = n->leaf.first; node && place < LongestChain; node = node->next) {
      const auto* fa = holder<fib_alias>(node, offsetof(fib_alias, fa_list));
      const fib_info* fi = fa->fa_info;
      if (!fi) break;
      TableRow row;
      row.address = Arena::address(fa);
      row.place = ++place == 1 ? say("depth %1", depth) : say("same leaf");
      row.key = routeLine(r, *fa, *fi, n->key);
      row.detail = cached(r, *fi);
      const std::string key = ipv4(__builtin_bswap32(n->key));
      row.tip = path.empty() ? say("%1, %2; leaf %3", r.name(fa), r.name(fi), key)
                             : say("%1, %2; leaf %3, reached by the bits %4", r.name(fa), r.name(fi), key, path);
      row.space = space;
      row.mark = r.mark(r.linked(*node), cacheChanged(r, *fi));
      append(table, std::move(row));
      ++routes;
    }
  }
};

template <class Each> void eachTable(const struct net* net, Each&& each) {
  const hlist_head* hash = net->ipv4.fib_table_hash;
  for (int i = 0; hash && i < int(FIB_TABLE_HASHSZ); ++i)
    for (const hlist_node* n = hash[i].first; n; n = n->next)
      each(*holder<fib_table>(n, offsetof(fib_table, tb_hlist)));
}

} // namespace

KernelTable routes(const Reader& r) {
  KernelTable t =
      tableOf("routes", say("Routes"), "net.ipv4.fib_main, a trie",
              say("By destination: the longest prefix that covers an address says what to do with it. The local table "
                  "shares the main table's trie until somebody makes rules. At each place of the trie one or more bits "
                  "of the address decide where to go on."));
  int routes = 0, leaves = 0;
  for (u64 space : r.namespaces()) {
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
  t.summary = !routes       ? say("empty")
              : leaves == 1 ? say("%1 at 1 leaf", counted("1 route", "%1 routes", routes))
                            : say("%1 at %2 leaves", counted("1 route", "%1 routes", routes), leaves);
  return t;
}

namespace {

TableRow exceptionRow(const Reader& r, const fib_nh_exception& e, Text place) {
  TableRow row;
  row.address = Arena::address(&e);
  row.place = std::move(place);
  row.key = ipv4(e.fnhe_daddr);
  row.object = r.name(&e);
  Text mtu;
  if (e.fnhe_pmtu) mtu = e.fnhe_mtu_locked ? say("path MTU %1, locked", e.fnhe_pmtu) : say("path MTU %1", e.fnhe_pmtu);
  row.state = Text::list(", ", {mtu, e.fnhe_gw ? say("gateway %1", ipv4(e.fnhe_gw)) : Text()});
  row.detail = say("until jiffy %1", e.fnhe_expires);
  row.mark = r.mark(r.step.born(&e), r.step.wrote(&e.fnhe_daddr, 28) || r.step.wrote(&e.fnhe_expires, 8));
  return row;
}

// Every route of the trie below `n`.
template <class Each> void eachRoute(const key_vector* n, u64 depth, Each&& each) {
  if (!n || depth > DeepestTrie) return;
  if (n->bits) {
    for (u32 child = 0; child < 1u << std::min<u8>(n->bits, 16); ++child)
      eachRoute(n->tnode[child].get(), depth + 1, each);
    return;
  }
  for (const hlist_node* node = n->leaf.first; node; node = node->next)
    if (const fib_info* fi = holder<fib_alias>(node, offsetof(fib_alias, fa_list))->fa_info) each(*fi);
}

// The hash table of exceptions that a next hop has.
void exceptionRows(const Reader& r, KernelTable& t, u64 exceptions, const std::string& space) {
  for (u32 i = 0; i < FNHE_HASH_SIZE; ++i) {
    int place = 0;
    for (const fib_nh_exception* e = r.at.object<fnhe_hash_bucket>(exceptions)[i].chain; e && place < LongestChain;
         e = e->fnhe_next) {
      TableRow row = exceptionRow(r, *e, bucketPlace(i, ++place));
      row.space = space;
      append(t, std::move(row));
    }
  }
}

} // namespace

KernelTable routeExceptions(const Reader& r) {
  KernelTable t = tableOf("exceptions", say("Route exceptions"), "fib_nh_common.nhc_exceptions",
                          say("What was learnt of one destination beyond its route: a smaller path MTU (ICMP: "
                              "fragmentation needed), or a better gateway (ICMP: redirect)."));
  std::vector<u64> seen; // tables of next hops that several routes share
  for (u64 space : r.namespaces())
    eachTable(r.at.object<struct net>(space), [&](const fib_table& tb) {
      if (!tb.tb_data.value) return;
      eachRoute(r.at.object<key_vector>(tb.tb_data.value)->tnode[0].get(), 0, [&](const fib_info& fi) {
        const u64 exceptions = fi.fib_nhs > 0 ? fi.fib_nh[0].nh_common.nhc_exceptions.value : 0;
        if (!exceptions || std::find(seen.begin(), seen.end(), exceptions) != seen.end()) return;
        seen.push_back(exceptions);
        exceptionRows(r, t, exceptions, r.space(space));
      });
    });
  const s64 all = s64(t.rows.size()) + t.more;
  t.summary = all ? counted("1 destination", "%1 destinations", all) : say("empty");
  return t;
}

} // namespace sockwalk::tell::tables
