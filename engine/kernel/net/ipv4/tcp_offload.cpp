// GRO for TCP: segments of one connection that follow one another are joined into one, which climbs in their place.
#include "engine/kernel/include/net/gro.h"
#include "engine/kernel/include/net/protocol.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/tcp_offload_internal.h"
#include "engine/memory/constants/skbuff.h"

namespace sockwalk::kernel {

static const tcphdr* groHeader(const sk_buff* skb, u32 off, u32 len) {
  return reinterpret_cast<const tcphdr*>(skb_gro_header(skb, off + len, off));
}

// The waiting segment of the same connection, if any; the others are crossed off.
static const sk_buff* sameConnection(const list_head* head, const tcphdr* th) {
  for (const sk_buff* p : list_for_each_entry(sk_buff, list, head)) {
    if (!NAPI_GRO_CB(p)->same_flow) continue;
    if (tcp_hdr(p)->source == th->source && tcp_hdr(p)->dest == th->dest) return p;
    set(NAPI_GRO_CB(p), napi_gro_cb::bit::same_flow, 0);
  }
  return nullptr;
}

// Does `skb` continue `p` with a header that differs in nothing but FIN and PSH?
static bool continues(const sk_buff* p, const sk_buff* skb, const tcphdr* th) {
  const napi_gro_cb* cb = NAPI_GRO_CB(p);
  const tcphdr* th2 = tcp_hdr(p);
  const u32 flags = ntohl(tcp_flag_word(th)), flags2 = ntohl(tcp_flag_word(th2));
  if (cb->flush || flags & TCP_FLAG_CWR || th->ack_seq != th2->ack_seq) return false;
  if ((flags ^ flags2) & ~(TCP_FLAG_CWR | TCP_FLAG_FIN | TCP_FLAG_PSH)) return false;
  if (std::memcmp(th + 1, th2 + 1, th->doff * 4u - sizeof *th) != 0) return false;
  if (cb->flush_id != 1 || cb->count != 1 || !cb->is_atomic) {
    if (cb->flush_id) return false;
  } else {
    set(cb, napi_gro_cb::bit::is_atomic, 0); // IP identifiers count up in this flow
  }
  const u32 len = skb_gro_len(skb), mss = skb_shinfo(p)->gso_size;
  if (skb_is_gso(skb) ? mss != skb_shinfo(skb)->gso_size : len - 1 >= mss) return false; // empty, or too long
  return ntohl(th2->seq) + skb_gro_len(p) == ntohl(th->seq);
}

// What of a segment's flags ends its train: they want attention, or say that no more follows for the moment.
constexpr u32 EndsTrain = TCP_FLAG_URG | TCP_FLAG_PSH | TCP_FLAG_RST | TCP_FLAG_SYN | TCP_FLAG_FIN;

// `skb` becomes a part of `train`, which takes over the flags that say "deliver".
static bool joinTrain(const sk_buff* train, const sk_buff* skb, const tcphdr* th, u32 bytes) {
  if (!train || !continues(train, skb, th) || skb_gro_receive(train, skb)) return false;
  const tcphdr* first = tcp_hdr(train);
  const u8 flags = tcp_flag_byte(first) | (tcp_flag_byte(th) & (TCPHDR_FIN | TCPHDR_PSH));
  set(reinterpret_cast<const u8*>(first)[13], flags);
  NOTE("gro.joined", train, bytes, NAPI_GRO_CB(train)->count);
  return true;
}

// Gives the waiting segment if it can take no more.
static const sk_buff* tcp_gro_receive(const list_head* head, const sk_buff* skb) {
  KFUNC(tcp_gro_receive, head, skb);
  const u32 at = skb_gro_offset(skb);
  const tcphdr* th = groHeader(skb, at, sizeof(tcphdr));
  const u32 headerSize = th ? th->doff * 4u : 0;
  if (headerSize >= sizeof *th) th = groHeader(skb, at, headerSize);
  if (!th || headerSize < sizeof *th) {
    groFlush(skb, 1);
    return call.result<const sk_buff*>(nullptr);
  }
  skb_gro_pull(skb, headerSize);
  const u32 bytes = skb_gro_len(skb), flags = ntohl(tcp_flag_word(th));
  const sk_buff* train = sameConnection(head, th);
  const u32 full = joinTrain(train, skb, th, bytes) ? u32(skb_shinfo(train)->gso_size) : 1;
  // A short segment is the last of its train.
  const napi_gro_cb* own = NAPI_GRO_CB(skb);
  const bool whole = skb_is_gso(skb) ? bytes == own->count * skb_shinfo(skb)->gso_size : bytes >= full;
  const bool ends = !whole || flags & EndsTrain;
  const sk_buff* done = train && (ends || !own->same_flow) ? train : nullptr;
  groFlush(skb, ends);
  return call.result(done);
}

// The joined segments look like a large one that a device is still to cut.
static s32 tcp_gro_complete(const sk_buff* skb) {
  KFUNC(tcp_gro_complete, skb);
  const skb_shared_info* shinfo = skb_shinfo(skb);
  set(skb->csum_start, skb->transport_header);
  set(skb->csum_offset, offsetof(tcphdr, check));
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  set(shinfo->gso_segs, NAPI_GRO_CB(skb)->count);
  const bool windowReduced = tcp_hdr(skb)->cwr;
  if (windowReduced) set(shinfo->gso_type, shinfo->gso_type | SKB_GSO_TCP_ECN);
  return call.result(0);
}

static const sk_buff* tcp4_gro_receive(const list_head* head, const sk_buff* skb) {
  KFUNC(tcp4_gro_receive, head, skb);
  const bool damaged = !NAPI_GRO_CB(skb)->flush && skb_gro_checksum_validate(skb, IPPROTO_TCP, false, 0);
  if (!damaged) return call.result(tcp_gro_receive(head, skb));
  groFlush(skb, 1);
  return call.result<const sk_buff*>(nullptr);
}

static s32 tcp4_gro_complete(const sk_buff* skb, s32 thoff) {
  KFUNC(tcp4_gro_complete, skb, thoff);
  const iphdr* iph = ip_hdr(skb);
  const u32 len = skb->len - static_cast<u32>(thoff);
  set(tcp_hdr(skb)->check, static_cast<u16>(~csum_tcpudp_magic(iph->saddr, iph->daddr, len, IPPROTO_TCP, 0)));
  const u32 fixed = NAPI_GRO_CB(skb)->is_atomic ? SKB_GSO_TCP_FIXEDID : 0;
  set(skb_shinfo(skb)->gso_type, skb_shinfo(skb)->gso_type | SKB_GSO_TCPV4 | fixed);
  return call.result(tcp_gro_complete(skb));
}

static Global<net_offload> tcpv4_offload{"tcpv4_offload"};
void image_tcp_offload() {
  set(tcpv4_offload->callbacks.gso_segment, fn<tcp4_gso_segment>);
  set(tcpv4_offload->callbacks.gro_receive, fn<tcp4_gro_receive>);
  set(tcpv4_offload->callbacks.gro_complete, fn<tcp4_gro_complete>);
}
int tcpv4_offload_init() {
  KFUNC(tcpv4_offload_init);
  return call.result(inet_add_offload(tcpv4_offload, IPPROTO_TCP));
}

} // namespace sockwalk::kernel
