// Rewriting a packet: addresses in its IP header, ports or a question's number in the header behind it, and the checksums of
// both, corrected by what has changed. Then the hooks of NAT, and what a new address means for the packet's way.
#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/netfilter/nf_nat.h"
#include "engine/kernel/include/net/xfrm.h"
#include "engine/kernel/net/core/utils.h"
#include "engine/kernel/net/netfilter/nf_conntrack_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static bool ofSource(u32 maniptype) { return maniptype == u32(NF_NAT_MANIP_SRC); }

// ---- headers
static void nf_csum_update(const sk_buff* skb, u32 iphdroff, const u16* check, const nf_conntrack_tuple* target,
                           u32 maniptype) {
  KFUNC(nf_csum_update, skb, iphdroff, target, maniptype);
  const auto* ip = reinterpret_cast<const iphdr*>(skb->data + iphdroff);
  const bool source = ofSource(maniptype);
  const u32 old = source ? ip->saddr : ip->daddr, fresh = source ? target->src.u3.ip : target->dst.u3.ip;
  inet_proto_csum_replace4(check, skb, old, fresh, true);
}

// Where a quoted packet is cut off behind its first eight bytes, its checksum is not there to be corrected.
static bool tcp_manip_pkt(const sk_buff* skb, u32 iphdroff, u32 hdroff, const nf_conntrack_tuple* target,
                          u32 maniptype) {
  const bool whole = skb->len >= hdroff + sizeof(tcphdr);
  if (skb_ensure_writable(skb, hdroff + (whole ? u32(sizeof(tcphdr)) : 8))) return false;
  const auto* header = reinterpret_cast<const tcphdr*>(skb->data + hdroff);
  const bool source = ofSource(maniptype);
  const u16& place = source ? header->source : header->dest;
  const u16 old = place, fresh = source ? target->src.u.all : target->dst.u.all;
  set(place, fresh);
  if (!whole) return true;
  nf_csum_update(skb, iphdroff, &header->check, target, maniptype);
  inet_proto_csum_replace2(&header->check, skb, old, fresh, false);
  return true;
}

static bool udp_manip_pkt(const sk_buff* skb, u32 iphdroff, u32 hdroff, const nf_conntrack_tuple* target,
                          u32 maniptype) {
  if (skb_ensure_writable(skb, hdroff + u32(sizeof(udphdr)))) return false;
  const auto* header = reinterpret_cast<const udphdr*>(skb->data + hdroff);
  const bool source = ofSource(maniptype);
  const u16& place = source ? header->source : header->dest;
  const u16 fresh = source ? target->src.u.all : target->dst.u.all;
  if (header->check) { // 0: its sender made none
    nf_csum_update(skb, iphdroff, &header->check, target, maniptype);
    inet_proto_csum_replace2(&header->check, skb, place, fresh, false);
    if (!header->check) set(header->check, 0xffff);
  }
  set(place, fresh);
  return true;
}

static bool icmp_manip_pkt(const sk_buff* skb, u32 hdroff, const nf_conntrack_tuple* target) {
  if (skb_ensure_writable(skb, hdroff + u32(sizeof(icmphdr)))) return false;
  const auto* header = reinterpret_cast<const icmphdr*>(skb->data + hdroff);
  if (answerTo(header->type) < 0) return true; // no question and no answer: it has no number
  inet_proto_csum_replace2(&header->checksum, skb, header->un.echo.id, target->src.u.icmp.id, false);
  set(header->un.echo.id, target->src.u.icmp.id);
  return true;
}

static bool l4proto_manip_pkt(const sk_buff* skb, u32 iphdroff, u32 hdroff, const nf_conntrack_tuple* target,
                              u32 maniptype) {
  KFUNC(l4proto_manip_pkt, skb, iphdroff, hdroff, target, maniptype);
  SIMPLIFIED("TCP, UDP and ICMP");
  switch (target->dst.protonum) {
  case IPPROTO_TCP: return call.result(tcp_manip_pkt(skb, iphdroff, hdroff, target, maniptype));
  case IPPROTO_UDP: return call.result(udp_manip_pkt(skb, iphdroff, hdroff, target, maniptype));
  case IPPROTO_ICMP: return call.result(icmp_manip_pkt(skb, hdroff, target));
  default: return call.result(true);
  }
}

static bool nf_nat_ipv4_manip_pkt(const sk_buff* skb, u32 iphdroff, const nf_conntrack_tuple* target, u32 maniptype) {
  KFUNC(nf_nat_ipv4_manip_pkt, skb, iphdroff, target, maniptype);
  if (skb_ensure_writable(skb, iphdroff + u32(sizeof(iphdr)))) return call.result(false);
  const auto header = [&] { return reinterpret_cast<const iphdr*>(skb->data + iphdroff); };
  if (!l4proto_manip_pkt(skb, iphdroff, iphdroff + header()->ihl * 4u, target, maniptype)) return call.result(false);
  const bool source = ofSource(maniptype);
  const iphdr* ip = header(); // it may have moved
  const u32& place = source ? ip->saddr : ip->daddr;
  const u32 fresh = source ? target->src.u3.ip : target->dst.u3.ip;
  csum_replace4(ip->check, place, fresh);
  set(place, fresh);
  NOTE("nat.packet", skb, maniptype, fresh, source ? target->src.u.all : target->dst.u.all);
  return call.result(true);
}

// What the answers to this packet look like is what it must look like, turned round.
u32 nf_nat_manip_pkt(const sk_buff* skb, const nf_conn* ct, u32 mtype, u32 dir) {
  KFUNC(nf_nat_manip_pkt, skb, ct, mtype, dir);
  OnStack<nf_conntrack_tuple> target;
  nf_ct_invert_tuple(target, &ct->tuplehash[!dir].tuple);
  return call.result(nf_nat_ipv4_manip_pkt(skb, 0, target, mtype) ? u32(NF_ACCEPT) : u32(NF_DROP));
}

// An error quotes a packet as it was when it was refused. Its sender knows it by other addresses: both are rewritten, the
// quoted packet at its other end, since it went the other way.
static bool translateQuoted(const sk_buff* skb, const nf_conn* ct, u32 manip, u32 dir, u32 hdrlen) {
  const nf_conntrack_tuple* answers = &ct->tuplehash[!dir].tuple;
  if (!nf_nat_ipv4_manip_pkt(skb, hdrlen + u32(sizeof(icmphdr)), answers, !manip)) return false;
  if (skb->ip_summed != CHECKSUM_PARTIAL) {
    const auto* icmp = reinterpret_cast<const icmphdr*>(skb->data + hdrlen);
    set(icmp->checksum, 0);
    set(icmp->checksum, csum_fold(skb_checksum(skb, int(hdrlen), int(skb->len - hdrlen), 0)));
  }
  OnStack<nf_conntrack_tuple> target;
  nf_ct_invert_tuple(target, answers);
  set(target->dst.protonum, IPPROTO_ICMP);
  return nf_nat_ipv4_manip_pkt(skb, 0, target, manip);
}

bool nf_nat_icmp_reply_translation(const sk_buff* skb, const nf_conn* ct, u32 ctinfo, u32 hooknum) {
  KFUNC(nf_nat_icmp_reply_translation, skb, ct, ctinfo, hooknum);
  const u32 manip = HOOK2MANIP(hooknum), dir = CTINFO2DIR(ctinfo), hdrlen = ip_hdr_length(ip_hdr(skb));
  if (skb_ensure_writable(skb, hdrlen + u32(sizeof(icmphdr) + sizeof(iphdr)))) return call.result(false);
  if (nf_ip_checksum(skb, hooknum, hdrlen, IPPROTO_ICMP)) return call.result(false);
  const auto* icmp = reinterpret_cast<const icmphdr*>(skb->data + hdrlen);
  if (icmp->type == ICMP_REDIRECT) { // a way is no matter of those whose addresses are not their own
    const bool settled = nf_nat_initialized(ct, NF_NAT_MANIP_SRC) && nf_nat_initialized(ct, NF_NAT_MANIP_DST);
    if (!settled || hasStatus(ct, IPS_SRC_NAT | IPS_DST_NAT)) return call.result(false);
  }
  return call.result(!isTranslated(ct, manip, dir) || translateQuoted(skb, ct, manip, dir, hdrlen));
}

// ---- hooks
static u32 nf_nat_ipv4_fn(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  const bool related = ct && (ctinfo == u32(IP_CT_RELATED) || ctinfo == u32(IP_CT_RELATED_REPLY));
  if (!related || ip_hdr(skb)->protocol != IPPROTO_ICMP) return nf_nat_inet_fn(priv, skb, state);
  return nf_nat_icmp_reply_translation(skb, ct, ctinfo, state->hook) ? NF_ACCEPT : NF_DROP;
}

// A new destination: whatever route the packet had is not its own any more.
static u32 nf_nat_ipv4_pre_routing(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(nf_nat_ipv4_pre_routing, priv, skb, state);
  const u32 was = ip_hdr(skb)->daddr, says = nf_nat_ipv4_fn(priv, skb, state);
  if (says == u32(NF_ACCEPT) && was != ip_hdr(skb)->daddr) skb_dst_drop(skb);
  return call.result(says);
}

static u32 nf_nat_ipv4_local_in(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(nf_nat_ipv4_local_in, priv, skb, state);
  const u32 was = ip_hdr(skb)->saddr, says = nf_nat_ipv4_fn(priv, skb, state);
  if (says == u32(NF_ACCEPT) && skb->sk.get() && was != ip_hdr(skb)->saddr) skb_orphan(skb);
  return call.result(says);
}

static int nf_xfrm_me_harder(const net* net, const sk_buff* skb) {
  KFUNC(nf_xfrm_me_harder, net, skb);
  OnStack<flowi4> flow;
  if (const int failed = __xfrm_decode_session(skb, flow, AF_INET, 0)) return call.result(failed);
  if (!skb_dst_force(skb)) return call.result(-EHOSTUNREACH);
  const dst_entry* dst = xfrm_lookup(net, skb_dst(skb), flow, skb->sk, 0);
  if (IS_ERR(dst)) return call.result(static_cast<int>(PTR_ERR(dst)));
  set(skb->_skb_refdst, Arena::address(dst));
  return call.result(0);
}

struct Ends { // of the packet's own direction, and of the answers
  const nf_conntrack_tuple *here, *answers;
};
static Ends endsOf(const nf_conn* ct, u32 ctinfo) {
  const u32 dir = CTINFO2DIR(ctinfo);
  return {&ct->tuplehash[dir].tuple, &ct->tuplehash[!dir].tuple};
}

// A new source may be another policy's business.
static u32 nf_nat_ipv4_out(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(nf_nat_ipv4_out, priv, skb, state);
  const u32 says = nf_nat_ipv4_fn(priv, skb, state);
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  if (says != u32(NF_ACCEPT) || !ct) return call.result(says);
  const Ends ends = endsOf(ct, ctinfo);
  const bool port = ends.here->dst.protonum != IPPROTO_ICMP && ends.here->src.u.all != ends.answers->dst.u.all;
  const bool changed = port || ends.here->src.u3.ip != ends.answers->dst.u3.ip;
  return call.result(changed && nf_xfrm_me_harder(state->net, skb) < 0 ? u32(NF_DROP) : says);
}

// A packet of our own with a new destination was routed for the old one.
static u32 nf_nat_ipv4_local_fn(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(nf_nat_ipv4_local_fn, priv, skb, state);
  const u32 says = nf_nat_ipv4_fn(priv, skb, state);
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  if (says != u32(NF_ACCEPT) || !ct) return call.result(says);
  const Ends ends = endsOf(ct, ctinfo);
  int failed = 0;
  if (ends.here->dst.u3.ip != ends.answers->src.u3.ip)
    failed = ip_route_me_harder(state->net, state->sk, skb, RTN_UNSPEC);
  else if (ends.here->dst.protonum != IPPROTO_ICMP && ends.here->dst.u.all != ends.answers->src.u.all)
    failed = nf_xfrm_me_harder(state->net, skb);
  return call.result(failed < 0 ? u32(NF_DROP) : says);
}

static Global<nf_hook_ops[4]> nf_nat_ipv4_ops{"nf_nat_ipv4_ops"};

int nf_nat_ipv4_register_fn(const net* net, const nf_hook_ops* ops, u32 n) {
  KFUNC(nf_nat_ipv4_register_fn, net, ops, n);
  if (!nf_nat_ipv4_ops[0].hook.value) {
    layHook(&nf_nat_ipv4_ops[0], fn<nf_nat_ipv4_pre_routing>.address(), NF_INET_PRE_ROUTING, NF_IP_PRI_NAT_DST);
    layHook(&nf_nat_ipv4_ops[1], fn<nf_nat_ipv4_out>.address(), NF_INET_POST_ROUTING, NF_IP_PRI_NAT_SRC);
    layHook(&nf_nat_ipv4_ops[2], fn<nf_nat_ipv4_local_fn>.address(), NF_INET_LOCAL_OUT, NF_IP_PRI_NAT_DST);
    layHook(&nf_nat_ipv4_ops[3], fn<nf_nat_ipv4_local_in>.address(), NF_INET_LOCAL_IN, NF_IP_PRI_NAT_SRC);
  }
  for (u32 i = 0; i < n; ++i)
    if (const int failed = nf_nat_register_fn(net, &ops[i], nf_nat_ipv4_ops.get(), 4)) return call.result(failed);
  return call.result(0);
}

} // namespace sockwalk::kernel
