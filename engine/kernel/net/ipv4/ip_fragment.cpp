// IPv4 reassembly (RFC 791): pieces with the same addresses, protocol and identifier wait for one another, 30 seconds
// at most.
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inet_frag.h"
#include "engine/kernel/include/net/inetpeer.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

static Global<inet_frags> ip4_frags{"ip4_frags"};
static Global<pernet_operations> ip4_frags_ops{"ip4_frags_ops"};

static void ipq_kill(const ipq* q) { inet_frag_kill(&q->q); }
static void ipq_put(const ipq* q) { inet_frag_put(&q->q); }

static void ip4_frag_init(const inet_frag_queue* q, const void* a) {
  KFUNC(ip4_frag_init, q, a);
  SIMPLIFIED("a sender whose identifiers run far ahead does not lose his oldest packet");
  copy(&q->key.v4, static_cast<const frag_v4_compare_key*>(a));
  inet_getpeer(q->fqdir->net, q->key.v4.saddr);
}

// The first piece tells its sender which packet was meant. Others could not: they have no ports.
static void reportTimeout(const net* net, const ipq* qp, const sk_buff* first) {
  set(first->dev, dev_get_by_index_rcu(net, qp->iif));
  const iphdr* iph = ip_hdr(first);
  if (first->dev && !ip_route_input_noref(first, iph->daddr, iph->saddr, iph->tos, first->dev))
    icmp_send(first, 11 /* ICMP_TIME_EXCEEDED */, 1 /* ICMP_EXC_FRAGTIME */, 0);
}

// Time is up: if the first piece is here, its sender is told (RFC 792).
static void ip_expire(const timer_list* t) {
  KFUNC(ip_expire, t);
  const auto* q = container_of(t, inet_frag_queue, timer);
  const auto* waiting = container_of(q, ipq, q);
  const sk_buff* first = nullptr;
  if (!(q->flags & INET_FRAG_COMPLETE)) {
    NOTE("ip.reassembly_timeout", q->key.v4.saddr, ntohs(q->key.v4.id), q->meat);
    ipq_kill(waiting);
    if (q->flags & INET_FRAG_FIRST_IN) first = inet_frag_pull_head(q);
    if (first) reportTimeout(q->fqdir->net, waiting, first);
  }
  if (first) kfree_skb(first);
  ipq_put(waiting);
}

void image_ip_fragment() {
  set(ip4_frags->constructor, fn<ip4_frag_init>);
  set(ip4_frags->frag_expire, fn<ip_expire>);
  set(ip4_frags->qsize, sizeof(ipq));
}
static int ipv4_frags_init_net(const net* net) {
  KFUNC(ipv4_frags_init_net, net);
  const auto* fqdir = kzalloc<struct fqdir>(GFP_KERNEL);
  if (!fqdir) return call.result(-ENOMEM);
  set(fqdir->f, ip4_frags);
  set(fqdir->net, net);
  set(fqdir->high_thresh, 4 * 1024 * 1024);
  set(fqdir->low_thresh, 3 * 1024 * 1024);
  set(fqdir->timeout, 30 * static_cast<int>(machine().options().hz)); // IP_FRAG_TIME
  set(fqdir->max_dist, 64);
  set(net->ipv4.fqdir, fqdir);
  return call.result(0);
}
void ipfrag_init() {
  KFUNC(ipfrag_init);
  set(ip4_frags->frags_cachep, kmem_cache_create("ip4-frags", sizeof(ipq)));
  set(ip4_frags_ops->init, fn<ipv4_frags_init_net>);
  register_pernet_subsys(ip4_frags_ops);
}

static const ipq* ip_find(const net* net, const iphdr* iph, u32 user, int vif) {
  OnStack<frag_v4_compare_key> wanted;
  set(wanted->saddr, iph->saddr);
  set(wanted->daddr, iph->daddr);
  set(wanted->user, user);
  set(wanted->vif, vif);
  set(wanted->id, iph->id);
  set(wanted->protocol, iph->protocol);
  const inet_frag_queue* q = inet_frag_find(net->ipv4.fqdir, wanted);
  return q ? container_of(q, ipq, q) : nullptr;
}

// All pieces are here: one packet, with one header that tells its whole length.
static int ip_frag_reasm(const ipq* qp, const sk_buff* skb, const sk_buff* prev_tail, const net_device* dev) {
  ipq_kill(qp);
  const kptr<sk_buff>* list = inet_frag_reasm_prepare(&qp->q, skb, prev_tail);
  if (!list) return -ENOMEM;
  const int len = ip_hdr(skb)->ihl * 4 + qp->q.len;
  if (len > 65535) return -E2BIG;
  inet_frag_reasm_finish(&qp->q, skb, list, qp->q.key.v4.user == IP_DEFRAG_LOCAL_DELIVER);
  set(skb->dev, dev);
  set(IPCB(skb)->frag_max_size, std::max(qp->max_df_size, qp->q.max_size));
  const iphdr* iph = ip_hdr(skb);
  set(iph->tot_len, htons(static_cast<u16>(len)));
  const bool df = qp->max_df_size == qp->q.max_size;
  if (df) set(IPCB(skb)->flags, IPCB(skb)->flags | IPSKB_FRAG_PMTU);
  set(iph->frag_off, df ? htons(IP_DF) : 0);
  ip_send_check(iph);
  set(qp->q.rb_fragments.rb_node, nullptr);
  set(qp->q.fragments_tail, nullptr);
  set(qp->q.last_run_head, nullptr);
  NOTE("ip.reassembled", skb, len);
  return 0;
}

// Where the piece lies in the packet, if what it says agrees with the pieces before it: [offset, end). False: it lies.
static bool placeOf(const ipq* qp, const sk_buff* skb, int& offset, int& end) {
  const u16 field = ntohs(ip_hdr(skb)->frag_off);
  const inet_frag_queue* q = &qp->q;
  offset = (field & IP_OFFSET) << 3; // counted in eight bytes
  end = offset + static_cast<int>(skb->len) - skb_network_offset(skb) - ip_hdr(skb)->ihl * 4;
  if (!(field & IP_MF)) { // the last piece says how long the packet is
    if (end < q->len || (q->flags & INET_FRAG_LAST_IN && end != q->len)) return false;
    set(q->flags, q->flags | INET_FRAG_LAST_IN);
    set(q->len, end);
  } else {
    if (end & 7) {
      end &= ~7;
      if (skb->ip_summed != CHECKSUM_UNNECESSARY) set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
    }
    if (end > q->len) {
      if (q->flags & INET_FRAG_LAST_IN) return false;
      set(q->len, end);
    }
  }
  return end != offset;
}

static int discardQueue(const ipq* qp, const sk_buff* skb, int err) {
  inet_frag_kill(&qp->q);
  kfree_skb(skb);
  return err;
}

// What the queue learns from a piece that has found its place.
static void countPiece(const ipq* qp, const sk_buff* skb, const net_device* cameBy, bool first, u32 headerLen) {
  const inet_frag_queue* q = &qp->q;
  if (cameBy) set(qp->iif, cameBy->ifindex);
  set(q->stamp, skb->tstamp);
  add(q->meat, static_cast<int>(skb->len));
  add_frag_mem_limit(q->fqdir, skb->truesize);
  if (first) set(q->flags, q->flags | INET_FRAG_FIRST_IN);
  const u32 size = headerLen + skb->len;
  if (size > q->max_size) set(q->max_size, size);
  const bool forbidsMore = ip_hdr(skb)->frag_off & htons(IP_DF); // to be cut up further
  if (forbidsMore && size > qp->max_df_size) set(qp->max_df_size, size);
}

// Both ends are known, and as many bytes are here as lie between them.
static bool allHere(const inet_frag_queue* q) {
  return q->flags == (INET_FRAG_FIRST_IN | INET_FRAG_LAST_IN) && q->meat == q->len;
}

// The piece that came last keeps its route for the whole; on the way no buffer has one.
static int reassembleInto(const ipq* qp, const sk_buff* skb, const sk_buff* lastBefore, const net_device* dev) {
  const u64 route = skb->_skb_refdst;
  set(skb->_skb_refdst, 0);
  const int err = ip_frag_reasm(qp, skb, lastBefore, dev);
  set(skb->_skb_refdst, route);
  if (err) inet_frag_kill(&qp->q);
  return err;
}

// Puts a piece where it belongs. 0: it was the last one missing, and `skb` is the whole packet now. -EINPROGRESS: it
// waits. Anything else: it is gone, and what contradicts itself takes all the other pieces with it.
static int ip_frag_queue(const ipq* qp, const sk_buff* skb) {
  const inet_frag_queue* q = &qp->q;
  if (q->flags & INET_FRAG_COMPLETE) return kfree_skb(skb), -ENOENT;
  const u32 headerLen = ip_hdr(skb)->ihl * 4u;
  int offset, end;
  if (!placeOf(qp, skb, offset, end)) return discardQueue(qp, skb, -EINVAL);
  if (!pskb_pull(skb, static_cast<u32>(skb_network_offset(skb)) + headerLen)) return discardQueue(qp, skb, -ENOMEM);
  if (const int err = pskb_trim_rcsum(skb, static_cast<u32>(end - offset))) return discardQueue(qp, skb, err);
  const net_device* dev = skb->dev; // its place is needed for the tree
  const sk_buff* lastBefore = q->fragments_tail;
  switch (inet_frag_queue_insert(q, skb, offset, end)) {
  case IPFRAG_OK: break;
  case IPFRAG_DUP: // sent twice: no harm in that
    NOTE("ip.fragment_twice", skb);
    return kfree_skb(skb), -EINVAL;
  default: // overlaps: nobody honest cuts so (RFC 5722 says it for IPv6)
    NOTE("ip.fragment_overlaps", skb);
    return discardQueue(qp, skb, -EINVAL);
  }
  countPiece(qp, skb, dev, offset == 0, headerLen);
  NOTE("ip.fragment", offset, end, q->meat, q->len);
  if (allHere(q)) return reassembleInto(qp, skb, lastBefore, dev);
  skb_dst_drop(skb);
  skb_orphan(skb);
  return -EINPROGRESS;
}

int ip_defrag(const net* net, const sk_buff* skb, u32 user) {
  KFUNC(ip_defrag, net, skb, user);
  const int master = l3mdev_master_ifindex_rcu(skb->dev);
  const ipq* others = ip_find(net, ip_hdr(skb), user, master);
  if (!others) {
    kfree_skb(skb);
    return call.result(-ENOMEM);
  }
  const int outcome = ip_frag_queue(others, skb);
  ipq_put(others);
  return call.result(outcome);
}

} // namespace sockwalk::kernel
