// The hash tables that a packet's socket is found in, and those that say which port is taken.
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/tcp.h"
#include "engine/tell/tables/reader.h"

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

constexpr u32 BindHashBucketSize = 16; // a lock and a chain; the kernel's type has no table of its own

bool isFull(const sock_common& c) { return c.skc_state != TCP_TIME_WAIT && c.skc_state != TCP_NEW_SYN_RECV; }

// What a person wants to know beside the key: whose it is, and what waits there.
Text socketDetail(const Reader& r, const sock_common& c, bool tcp) {
  if (c.skc_state == TCP_TIME_WAIT) return say("the rest of a connection, until its timer ends it");
  if (c.skc_state == TCP_NEW_SYN_RECV) return say("a request, child of %1", r.name(c.skc_listener.get()));
  const sock* sk = reinterpret_cast<const sock*>(&c);
  std::vector<Text> out;
  const auto owner = r.owners.find(Arena::address(sk->sk_socket.get()));
  out.push_back(owner == r.owners.end() ? say("no descriptor") : owner->second);
  if (!tcp && sk->sk_protocol == IPPROTO_UDP)
    out.push_back(c.skc_state == TCP_ESTABLISHED ? say("connected") : say("not connected"));
  if (tcp && c.skc_state == TCP_LISTEN)
    out.push_back(say("accept queue %1 of %2", sk->sk_ack_backlog, sk->sk_max_ack_backlog));
  else if (const u32 queued = sk->sk_receive_queue.qlen) out.push_back(say("receive queue %1", queued));
  return Text::list(", ", std::move(out));
}

TableRow socketRow(const Reader& r, const sock_common& c, Text place, bool tcp) {
  TableRow row;
  row.address = Arena::address(&c);
  row.space = r.space(c.skc_net.net.get());
  if (!r.inWords) return row;
  row.place = std::move(place);
  row.key = connection(c);
  row.object = r.name(&c);
  row.state = constantOf("sock_common", "skc_state", c.skc_state);
  row.detail = socketDetail(r, c, tcp);
  return row;
}

// Written by the step: state, addresses or ports; of a listener, its accept queue.
bool socketChanged(const Reader& r, const sock_common& c) {
  if (r.step.wrote(&c.skc_state, 1) || r.step.wrote(&c, 16)) return true;
  if (!isFull(c)) return false;
  const sock* sk = reinterpret_cast<const sock*>(&c);
  return r.step.wrote(&sk->sk_receive_queue.qlen, 4) ||
         (c.skc_state == TCP_LISTEN && r.step.wrote(&sk->sk_ack_backlog, 4));
}

template <class T> const T* tableAt(const void* base, u32 index, u32 size) {
  return reinterpret_cast<const T*>(static_cast<const u8*>(base) + u64(index) * size);
}
const inet_hashinfo* hashinfo(const Reader& r) { return r.at.global<inet_hashinfo>("tcp_hashinfo"); }

// A chain of sockets that is threaded through the member at `nodeOffset`.
template <class Node>
int socketChain(const Reader& r, KernelTable& table, const kptr<Node>& first, u32 bucket, u32 nodeOffset, bool tcp) {
  return eachOf(first, [&](const Node& node, int place) {
    const auto* c = holder<sock_common>(&node, nodeOffset);
    TableRow row = socketRow(r, *c, r.inWords ? bucketPlace(bucket, place) : Text(), tcp);
    row.mark = r.mark(r.linked(node), socketChanged(r, *c));
    append(table, std::move(row));
  });
}

} // namespace

std::string connection(const sock_common& c) {
  std::string local = endpoint(c.skc_rcv_saddr, c.skc_num);
  if (!c.skc_daddr && !c.skc_dport) return local;
  return local + " ↔ " + endpoint(c.skc_daddr, __builtin_bswap16(c.skc_dport));
}

KernelTable tcpConnections(const Reader& r) {
  KernelTable t = tableOf(
      "ehash", say("TCP connections"), "tcp_hashinfo.ehash",
      say("By local and remote address and port: where a segment finds its connection. Connections, requests that a "
          "SYN has made, and what is left of closed connections (TIME_WAIT)."));
  const inet_hashinfo* h = hashinfo(r);
  Counted found;
  const u64 buckets = h && h->ehash.value ? u64(h->ehash_mask) + 1 : 0;
  for (u32 i = 0; i < buckets; ++i)
    found.chain(socketChain(r, t, tableAt<inet_ehash_bucket>(h->ehash.get(), i, 8)->chain.first, i,
                            offsetof(sock_common, skc_nulls_node), true));
  t.summary = bucketSummary("1 entry", "%1 entries", found, buckets);
  return t;
}

KernelTable tcpListeners(const Reader& r) {
  KernelTable t = tableOf("lhash2", say("TCP listeners"), "tcp_hashinfo.lhash2",
                          say("By local address and port: where a SYN finds who listens, first for its very address, "
                              "then for any address."));
  const inet_hashinfo* h = hashinfo(r);
  Counted found;
  const u64 buckets = h && h->lhash2.value ? u64(h->lhash2_mask) + 1 : 0;
  for (u32 i = 0; i < buckets; ++i)
    found.chain(socketChain(r, t, tableAt<inet_listen_hashbucket>(h->lhash2.get(), i, 16)->nulls_head.first, i,
                            offsetof(sock_common, skc_nulls_node), true));
  t.summary = bucketSummary("1 listener", "%1 listeners", found, buckets);
  return t;
}

namespace {

// bhash and bhash2 are alike: a chain of buckets for one port each, and on each of these its sockets.
struct BindTable {
  const void* table;
  u64 buckets;
  u32 ownerOffset; // of the node in struct sock
};

template <class Bucket> TableRow bindRow(const Reader& r, const Bucket& tb, Text place) {
  TableRow row;
  row.address = Arena::address(&tb);
  row.space = r.space(tb.ib_net.net.get());
  row.mark = r.mark(r.step.born(&tb), r.step.wrote(&tb.port, 4));
  if (!r.inWords) return row;
  row.place = std::move(place);
  row.object = r.name(&tb);
  if constexpr (requires { tb.fastreuse; }) {
    row.key = say("port %1", tb.port);
    row.detail = Text::list(", ", {tb.fastreuse > 0 ? say("fastreuse: all set SO_REUSEADDR") : Text(),
                                   tb.fastreuseport > 0 ? say("fastreuseport: SO_REUSEPORT") : Text()});
  } else {
    row.key = endpoint(tb.rcv_saddr, tb.port);
  }
  return row;
}

template <class Node>
void ownerRows(const Reader& r, KernelTable& table, const kptr<Node>& first, u32 offset, u64 tb, Words called) {
  eachOf(first, [&](const Node& node, int place) {
    const auto* c = holder<sock_common>(&node, offset);
    TableRow row = socketRow(r, *c, r.inWords ? say(called, place) : Text(), true);
    row.within = tb;
    row.indent = 1;
    row.mark = r.mark(r.linked(node), socketChanged(r, *c));
    append(table, std::move(row));
  });
}

template <class Bucket> Counted readBindTable(const Reader& r, KernelTable& t, const BindTable& b) {
  Counted found;
  for (u32 i = 0; i < b.buckets; ++i)
    found.chain(
        eachOf(tableAt<hlist_head>(b.table, i, BindHashBucketSize)[1].first, [&](const hlist_node& node, int place) {
          const auto* tb = holder<Bucket>(&node, offsetof(Bucket, node));
          append(t, bindRow(r, *tb, r.inWords ? bucketPlace(i, place) : Text()));
          const u64 address = Arena::address(tb);
          ownerRows(r, t, tb->owners.first, b.ownerOffset, address, Words("owner %1"));
          if constexpr (requires { tb->deathrow; }) // what is left of closed connections hangs beside the owners
            ownerRows(r, t, tb->deathrow.first, offsetof(inet_timewait_sock, tw_bind2_node), address,
                      Words("on the deathrow %1"));
        }));
  return found;
}

} // namespace

KernelTable tcpPorts(const Reader& r) {
  KernelTable t = tableOf("bhash", say("TCP ports in use"), "tcp_hashinfo.bhash",
                          say("By local port: bind() and connect() ask here whether a port is free. One "
                              "inet_bind_bucket for each port, with the sockets that share it."));
  const inet_hashinfo* h = hashinfo(r);
  const BindTable table{h ? h->bhash.get() : nullptr, h && h->bhash.value ? h->bhash_size : 0,
                        offsetof(sock_common, skc_bind_node)};
  t.summary = bucketSummary("1 port", "%1 ports", readBindTable<inet_bind_bucket>(r, t, table), table.buckets);
  return t;
}

KernelTable tcpAddresses(const Reader& r) {
  KernelTable t = tableOf("bhash2", say("TCP addresses and ports in use"), "tcp_hashinfo.bhash2",
                          say("By local address and port: the same, for a port that many addresses share."));
  const inet_hashinfo* h = hashinfo(r);
  const BindTable table{h ? h->bhash2.get() : nullptr, h && h->bhash2.value ? h->bhash_size : 0,
                        offsetof(sock, sk_bind2_node)};
  t.summary = bucketSummary("1 address and port", "%1 addresses and ports",
                            readBindTable<inet_bind2_bucket>(r, t, table), table.buckets);
  return t;
}

namespace {

void readUdp(const Reader& r, KernelTable& t, bool second) {
  const auto* table = r.at.global<struct udp_table>("udp_table");
  const udp_hslot* chains = !table ? nullptr : second ? table->hash2.get() : table->hash.get();
  const u64 buckets = chains ? u64(table->mask) + 1 : 0;
  const u32 offset = second ? offsetof(sock_common, skc_portaddr_node) : offsetof(sock_common, skc_node);
  Counted found;
  for (u32 i = 0; i < buckets; ++i) found.chain(socketChain(r, t, chains[i].head.first, i, offset, false));
  t.summary = bucketSummary("1 socket", "%1 sockets", found, buckets);
}

// Raw and ping sockets: where others have a port they have the protocol, or the identifier of their echoes.
template <class Key> void readPlain(const Reader& r, KernelTable& t, const hlist_head* heads, u32 buckets, Key&& key) {
  Counted found;
  for (u32 i = 0; heads && i < buckets; ++i) {
    const std::size_t before = t.rows.size();
    found.chain(socketChain(r, t, heads[i].first, i, offsetof(sock_common, skc_node), false));
    for (std::size_t row = before; r.inWords && row < t.rows.size(); ++row) {
      const auto* c = r.at.object<sock_common>(t.rows[row].address);
      Text whom = key(c->skc_num);
      if (c->skc_rcv_saddr) whom = say("%1, local %2", whom, ipv4(c->skc_rcv_saddr));
      t.rows[row].key = c->skc_daddr ? Text::list(" ↔ ", {whom, ipv4(c->skc_daddr)}) : whom;
    }
  }
  t.summary = bucketSummary("1 socket", "%1 sockets", found, heads ? buckets : 0);
}

} // namespace

KernelTable udpPorts(const Reader& r) {
  KernelTable t = tableOf("udp-hash", say("UDP by port"), "udp_table.hash",
                          say("By local port: where bind() looks for a free one, and a datagram for its socket while "
                              "few share the bucket."));
  readUdp(r, t, false);
  return t;
}
KernelTable udpAddresses(const Reader& r) {
  KernelTable t = tableOf("udp-hash2", say("UDP by address and port"), "udp_table.hash2",
                          say("By local address and port: where a datagram finds its socket, first under its very "
                              "address, then under any address."));
  readUdp(r, t, true);
  return t;
}
KernelTable rawSockets(const Reader& r) {
  KernelTable t = tableOf("raw", say("Raw sockets"), "raw_v4_hashinfo.ht",
                          say("By IP protocol: each of them gets a copy of every packet of its protocol."));
  const auto* h = r.at.global<struct raw_hashinfo>("raw_v4_hashinfo");
  readPlain(r, t, h ? h->ht : nullptr, RAW_HTABLE_SIZE,
            [](u16 number) { return Text(constantName("protocols", number)); });
  return t;
}
KernelTable pingSockets(const Reader& r) {
  KernelTable t = tableOf("ping", say("Ping sockets"), "ping_table.hash",
                          say("By the identifier of the echo request, which is a ping socket's port."));
  const auto* h = r.at.global<struct ping_table>("ping_table");
  readPlain(r, t, h ? h->hash : nullptr, PING_HTABLE_SIZE, [](u16 number) { return say("identifier %1", number); });
  return t;
}

} // namespace sockwalk::tell::tables
