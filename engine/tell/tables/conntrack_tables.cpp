// Connections as netfilter tracks them: each stands in the table twice, as its packets go and as the answers come. And where
// NAT looks for what a source was given before.
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netfilter.h"
#include "engine/tell/tables/reader.h"

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

// "udp 10.0.0.1:6000 → 10.0.0.2:7000", "icmp 10.0.0.1 → 10.0.0.2 id 4711".
std::string tupleText(const nf_conntrack_tuple& t) {
  const u8 protocol = t.dst.protonum;
  const std::string name = plainWord("protocols", "IPPROTO_", protocol) + ' ';
  const auto port = [](u16 value) { return __builtin_bswap16(value); };
  if (protocol == IPPROTO_TCP || protocol == IPPROTO_UDP)
    return name + endpoint(t.src.u3.ip, port(t.src.u.all)) + " → " + endpoint(t.dst.u3.ip, port(t.dst.u.all));
  const std::string ends = name + ipv4(t.src.u3.ip) + " → " + ipv4(t.dst.u3.ip);
  return protocol == IPPROTO_ICMP ? ends + " id " + std::to_string(port(t.src.u.icmp.id)) : ends;
}

const nf_conn& connectionOf(const nf_conntrack_tuple_hash& h) {
  return *holder<nf_conn>(&h - h.tuple.dst.dir, offsetof(nf_conn, tuplehash));
}

// What is known of the connection, and until when.
Text stateOf(const nf_conn& ct) {
  if (ct.tuplehash[0].tuple.dst.protonum == IPPROTO_TCP) return constantOf("ip_ct_tcp", "state", ct.proto.tcp.state);
  return ct.status & IPS_SEEN_REPLY ? say("answered") : say("not answered");
}

Text detailOf(const nf_conn& ct, u32 direction) {
  std::vector<Text> out{direction ? say("as the answers come") : say("as its packets go")};
  if (ct.status & IPS_ASSURED) out.push_back(say("will not make way for others"));
  if (ct.status & IPS_SRC_NAT) out.push_back(say("its source is translated"));
  if (ct.status & IPS_DST_NAT) out.push_back(say("its destination is translated"));
  return Text::list(", ", std::move(out));
}

TableRow connectionRow(const Reader& r, const nf_conn& ct, u32 direction, Text place) {
  TableRow row;
  row.address = Arena::address(&ct);
  row.space = r.space(ct.ct_net.net.get());
  if (!r.inWords) return row;
  row.place = std::move(place);
  row.key = tupleText(ct.tuplehash[direction].tuple);
  row.object = r.name(&ct);
  row.state = stateOf(ct);
  row.detail = detailOf(ct, direction);
  return row;
}

template <class T> const kptr<T>* pointerAt(const Reader& r, const char* name) { return r.at.global<kptr<T>>(name); }

} // namespace

KernelTable trackedConnections(const Reader& r) {
  KernelTable t =
      tableOf("conntrack", say("Tracked connections"), "nf_conntrack_hash",
              say("By addresses, ports and protocol: where netfilter finds the connection of a packet, if a rule "
                  "asks for connections. Each stands here twice, once for each direction."));
  const auto* table = pointerAt<hlist_nulls_head>(r, "nf_conntrack_hash");
  const u32 buckets = table && table->value ? *r.at.global<u32>("nf_conntrack_htable_size") : 0;
  Counted found;
  for (u32 i = 0; i < buckets; ++i)
    found.chain(eachOf(table->get()[i].first, [&](const hlist_nulls_node& node, int place) {
      const auto* h = holder<nf_conntrack_tuple_hash>(&node, offsetof(nf_conntrack_tuple_hash, hnnode));
      const nf_conn& ct = connectionOf(*h);
      TableRow row = connectionRow(r, ct, h->tuple.dst.dir, r.inWords ? bucketPlace(i, place) : Text());
      row.within = Arena::address(h);
      row.mark = r.mark(r.linked(node), r.step.wrote(&ct.status, 8) || r.step.wrote(&ct.timeout, 4) ||
                                            r.step.wrote(&ct.proto, sizeof ct.proto));
      append(t, std::move(row));
    }));
  t.summary =
      buckets ? bucketSummary("1 entry", "%1 entries", found, buckets) : say("empty: no rule asks for connections");
  return t;
}

KernelTable natSources(const Reader& r) {
  KernelTable t =
      tableOf("nat-sources", say("Sources that NAT knows"), "nf_nat_bysource",
              say("By the address and port that a connection began with: what the same source was given before "
                  "is given to it again."));
  const auto* table = pointerAt<hlist_head>(r, "nf_nat_bysource");
  const u32 buckets = table && table->value ? *r.at.global<u32>("nf_nat_htable_size") : 0;
  Counted found;
  for (u32 i = 0; i < buckets; ++i)
    found.chain(eachOf(table->get()[i].first, [&](const hlist_node& node, int place) {
      const nf_conn& ct = *holder<nf_conn>(&node, offsetof(nf_conn, nat_bysource));
      TableRow row = connectionRow(r, ct, 0, r.inWords ? bucketPlace(i, place) : Text());
      if (r.inWords) row.detail = say("answers come to %1", tupleText(ct.tuplehash[1].tuple));
      row.mark = r.mark(r.linked(node), r.step.wrote(&ct.tuplehash[1].tuple, sizeof(nf_conntrack_tuple)));
      append(t, std::move(row));
    }));
  t.summary =
      buckets ? bucketSummary("1 connection", "%1 connections", found, buckets) : say("empty: nothing is translated");
  return t;
}

} // namespace sockwalk::tell::tables
