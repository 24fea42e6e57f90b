// The hash tables that a packet's socket is found in, and those that say which port is taken.
#include "views/tables/table_reader.h"

namespace sockwalk::tables {

using namespace sockwalk::kernel;

namespace {

constexpr u8 StateEstablished = 1, StateListen = 10, StateTimeWait = 6, StateNewSynRecv = 12;
constexpr u32 BindHashBucketSize = 16; // a lock and a chain; the kernel's type has no table of its own

// The nodes of a chain in order. An hlist ends with NULL, a "nulls" list with an odd number that names its bucket.
template <class Node, class Each> int eachOf(const kptr<Node>& first, Each&& each) {
  int place = 0;
  const kptr<Node>* link = &first;
  while (link->value && !(link->value & 1) && place < LongestChain) {
    const Node* node = link->get();
    each(*node, ++place);
    link = &node->next;
  }
  return place;
}

QString spaceOf(const Reader& r, const struct net* net) { return net ? r.space(Arena::address(net)) : QString(); }
u16 remotePort(const sock_common& c) { return __builtin_bswap16(c.skc_dport); }
bool isFull(const sock_common& c) { return c.skc_state != StateTimeWait && c.skc_state != StateNewSynRecv; }

QString connectionText(const sock_common& c) {
  const QString local = endpointText(c.skc_rcv_saddr, c.skc_num);
  if (!c.skc_daddr && !c.skc_dport) return local;
  return QStringLiteral("%1 ↔ %2").arg(local, endpointText(c.skc_daddr, remotePort(c)));
}

// What a person wants to know beside the key: whose it is, and what waits there.
QString socketDetail(const Reader& r, const sock_common& c, bool tcp) {
  if (c.skc_state == StateTimeWait) return words("the rest of a connection, until its timer ends it");
  if (c.skc_state == StateNewSynRecv) return words("a request, child of %1").arg(r.name(c.skc_listener.get()));
  const sock* sk = reinterpret_cast<const sock*>(&c);
  QStringList out;
  if (!tcp && sk->sk_protocol == 17)
    out << (c.skc_state == StateEstablished ? words("connected") : words("not connected"));
  const QString owner = r.owners.value(Arena::address(sk->sk_socket.get()));
  out.prepend(owner.isEmpty() ? words("no descriptor") : owner);
  if (tcp && c.skc_state == StateListen)
    out << words("accept queue %1 of %2").arg(sk->sk_ack_backlog).arg(sk->sk_max_ack_backlog);
  else if (const u32 queued = sk->sk_receive_queue.qlen) out << words("receive queue %1").arg(queued);
  return out.join(QStringLiteral(", "));
}

TableRow socketRow(const Reader& r, const sock_common& c, const QString& place, bool tcp) {
  TableRow row;
  row.address = Arena::address(&c);
  row.place = place;
  row.key = connectionText(c);
  row.object = r.name(&c);
  row.state = constantText("sock_common", "skc_state", c.skc_state, "state %1");
  row.detail = socketDetail(r, c, tcp);
  row.space = spaceOf(r, c.skc_net.net);
  return row;
}

// Written by the step: state, addresses or ports; of a listener, its accept queue.
bool socketChanged(const Reader& r, const sock_common& c) {
  if (r.step.wrote(&c.skc_state, 1) || r.step.wrote(&c, 16)) return true;
  if (!isFull(c)) return false;
  const sock* sk = reinterpret_cast<const sock*>(&c);
  return r.step.wrote(&sk->sk_receive_queue.qlen, 4) ||
         (c.skc_state == StateListen && r.step.wrote(&sk->sk_ack_backlog, 4));
}

struct Count {
  int entries = 0, used = 0;
  void chain(int length) {
    entries += length;
    used += length > 0;
  }
};

template <class T> const T* tableAt(const void* base, u32 index, u32 size) {
  return reinterpret_cast<const T*>(static_cast<const u8*>(base) + u64(index) * size);
}
const inet_hashinfo* hashinfo(const Reader& r) { return r.at.global<inet_hashinfo>("tcp_hashinfo"); }

// A chain of sockets that is threaded through the member at `nodeOffset`.
template <class Node>
int socketChain(const Reader& r, KernelTable& table, const kptr<Node>& first, u32 bucket, u32 nodeOffset, bool tcp) {
  return eachOf(first, [&](const Node& node, int place) {
    const auto* c = holder<sock_common>(&node, nodeOffset);
    TableRow row = socketRow(r, *c, bucketText(bucket, place), tcp);
    row.mark = r.mark(r.step.linked(node), socketChanged(r, *c));
    append(table, std::move(row));
  });
}

} // namespace

KernelTable tcpConnections(const Reader& r) {
  KernelTable t{"ehash",
                words("TCP connections"),
                "tcp_hashinfo.ehash",
                words("By local and remote address and port: where a segment finds its connection. Connections, "
                      "requests that a SYN has made, and what is left of closed connections (TIME_WAIT)."),
                {},
                {},
                0};
  const inet_hashinfo* h = hashinfo(r);
  Count count;
  const u64 buckets = h && h->ehash.value ? u64(h->ehash_mask) + 1 : 0;
  for (u32 i = 0; i < buckets; ++i)
    count.chain(socketChain(r, t, tableAt<inet_ehash_bucket>(h->ehash.get(), i, 8)->chain.first, i,
                            offsetof(sock_common, skc_nulls_node), true));
  t.summary = bucketSummary("1 entry", "%1 entries", count.entries, count.used, buckets);
  return t;
}

KernelTable tcpListeners(const Reader& r) {
  KernelTable t{"lhash2",
                words("TCP listeners"),
                "tcp_hashinfo.lhash2",
                words("By local address and port: where a SYN finds who listens, first for its very address, then for "
                      "any address."),
                {},
                {},
                0};
  const inet_hashinfo* h = hashinfo(r);
  Count count;
  const u64 buckets = h && h->lhash2.value ? u64(h->lhash2_mask) + 1 : 0;
  for (u32 i = 0; i < buckets; ++i)
    count.chain(socketChain(r, t, tableAt<inet_listen_hashbucket>(h->lhash2.get(), i, 16)->nulls_head.first, i,
                            offsetof(sock_common, skc_nulls_node), true));
  t.summary = bucketSummary("1 listener", "%1 listeners", count.entries, count.used, buckets);
  return t;
}

namespace {

// bhash and bhash2 are alike: a chain of buckets for one port each, and on each of these its sockets.
struct BindTable {
  const void* table;
  u64 buckets;
  u32 ownerOffset; // of the node in struct sock
  bool withAddress;
};

template <class Bucket> TableRow bindRow(const Reader& r, const Bucket& tb, const QString& place) {
  TableRow row;
  row.address = Arena::address(&tb);
  row.place = place;
  row.object = r.name(&tb);
  row.space = spaceOf(r, tb.ib_net.net);
  if constexpr (requires { tb.fastreuse; }) {
    row.key = words("port %1").arg(tb.port);
    QStringList shared;
    if (tb.fastreuse > 0) shared << words("fastreuse: all set SO_REUSEADDR");
    if (tb.fastreuseport > 0) shared << words("fastreuseport: SO_REUSEPORT");
    row.detail = shared.join(QStringLiteral(", "));
  } else {
    row.key = endpointText(tb.rcv_saddr, tb.port);
  }
  row.mark = r.mark(r.born(&tb), r.step.wrote(&tb.port, 4));
  return row;
}

template <class Node> void ownerRows(const Reader& r, KernelTable& table, const kptr<Node>& first, u32 offset, u64 tb) {
  eachOf(first, [&](const Node& node, int place) {
    const auto* c = holder<sock_common>(&node, offset);
    TableRow row = socketRow(r, *c, words("owner %1").arg(place), true);
    row.within = tb;
    row.indent = 1;
    row.mark = r.mark(r.step.linked(node), socketChanged(r, *c));
    append(table, std::move(row));
  });
}

template <class Bucket> void readBindTable(const Reader& r, KernelTable& t, const BindTable& b) {
  Count count;
  for (u32 i = 0; i < b.buckets; ++i)
    count.chain(
        eachOf(tableAt<hlist_head>(b.table, i, BindHashBucketSize)[1].first, [&](const hlist_node& node, int place) {
          const auto* tb = holder<Bucket>(&node, offsetof(Bucket, node));
          append(t, bindRow(r, *tb, bucketText(i, place)));
          const u64 address = Arena::address(tb);
          ownerRows(r, t, tb->owners.first, b.ownerOffset, address);
          if constexpr (requires { tb->deathrow; }) // what is left of closed connections hangs beside the owners
            ownerRows(r, t, tb->deathrow.first, offsetof(inet_timewait_sock, tw_bind2_node), address);
        }));
  t.summary = b.withAddress
                  ? bucketSummary("1 address and port", "%1 addresses and ports", count.entries, count.used, b.buckets)
                  : bucketSummary("1 port", "%1 ports", count.entries, count.used, b.buckets);
}

} // namespace

KernelTable tcpPorts(const Reader& r) {
  KernelTable t{"bhash",
                words("TCP ports in use"),
                "tcp_hashinfo.bhash",
                words("By local port: bind() and connect() ask here whether a port is free. One inet_bind_bucket for "
                      "each port, with the sockets that share it."),
                {},
                {},
                0};
  const inet_hashinfo* h = hashinfo(r);
  if (!h) return t;
  readBindTable<inet_bind_bucket>(
      r, t, {h->bhash.get(), h->bhash.value ? h->bhash_size : 0, offsetof(sock_common, skc_bind_node), false});
  return t;
}
KernelTable tcpAddresses(const Reader& r) {
  KernelTable t{"bhash2",
                words("TCP addresses and ports in use"),
                "tcp_hashinfo.bhash2",
                words("By local address and port: the same, for a port that many addresses share."),
                {},
                {},
                0};
  const inet_hashinfo* h = hashinfo(r);
  if (!h) return t;
  readBindTable<inet_bind2_bucket>(
      r, t, {h->bhash2.get(), h->bhash2.value ? h->bhash_size : 0, offsetof(sock, sk_bind2_node), true});
  return t;
}

namespace {

void readUdp(const Reader& r, KernelTable& t, bool second) {
  const auto* table = r.at.global<struct udp_table>("udp_table");
  const udp_hslot* chains = !table ? nullptr : second ? table->hash2.get() : table->hash.get();
  const u64 buckets = chains ? u64(table->mask) + 1 : 0;
  const u32 offset = second ? offsetof(sock_common, skc_portaddr_node) : offsetof(sock_common, skc_node);
  Count count;
  for (u32 i = 0; i < buckets; ++i) count.chain(socketChain(r, t, chains[i].head.first, i, offset, false));
  t.summary = bucketSummary("1 socket", "%1 sockets", count.entries, count.used, buckets);
}

// Raw and ping sockets: the "port" of the key is the protocol, or the identifier of the echoes.
void readPlain(const Reader& r, KernelTable& t, const hlist_head* heads, u32 buckets, const char* key) {
  Count count;
  for (u32 i = 0; heads && i < buckets; ++i) {
    const std::size_t before = t.rows.size();
    count.chain(socketChain(r, t, heads[i].first, i, offsetof(sock_common, skc_node), false));
    for (std::size_t row = before; row < t.rows.size(); ++row) {
      const auto* c = r.at.object<sock_common>(t.rows[row].address);
      t.rows[row].key = words(key).arg(c->skc_num);
      if (c->skc_rcv_saddr) t.rows[row].key += words(", local %1").arg(addressText(c->skc_rcv_saddr));
      if (c->skc_daddr) t.rows[row].key += QStringLiteral(" ↔ %1").arg(addressText(c->skc_daddr));
    }
  }
  t.summary = bucketSummary("1 socket", "%1 sockets", count.entries, count.used, heads ? buckets : 0);
}

} // namespace

KernelTable udpPorts(const Reader& r) {
  KernelTable t{"udp-hash",
                words("UDP by port"),
                "udp_table.hash",
                words("By local port: where bind() looks for a free one, and a datagram for its socket while few "
                      "share the bucket."),
                {},
                {},
                0};
  readUdp(r, t, false);
  return t;
}
KernelTable udpAddresses(const Reader& r) {
  KernelTable t{"udp-hash2",
                words("UDP by address and port"),
                "udp_table.hash2",
                words("By local address and port: where a datagram finds its socket, first under its very address, "
                      "then under any address."),
                {},
                {},
                0};
  readUdp(r, t, true);
  return t;
}
KernelTable rawSockets(const Reader& r) {
  KernelTable t{"raw",
                words("Raw sockets"),
                "raw_v4_hashinfo.ht",
                words("By IP protocol: each of them gets a copy of every packet of its protocol."),
                {},
                {},
                0};
  const auto* h = r.at.global<struct raw_hashinfo>("raw_v4_hashinfo");
  readPlain(r, t, h ? h->ht : nullptr, 256, QT_TRANSLATE_NOOP("TablesView", "protocol %1"));
  return t;
}
KernelTable pingSockets(const Reader& r) {
  KernelTable t{"ping",
                words("Ping sockets"),
                "ping_table.hash",
                words("By the identifier of the echo request, which is a ping socket's port."),
                {},
                {},
                0};
  const auto* h = r.at.global<struct ping_table>("ping_table");
  readPlain(r, t, h ? h->hash : nullptr, 64, QT_TRANSLATE_NOOP("TablesView", "identifier %1"));
  return t;
}

} // namespace sockwalk::tables
