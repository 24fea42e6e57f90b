// A packet comes to its first hook: which connection is it of? If of none, a new one.
#include "engine/kernel/include/linux/skb_header.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/net/netfilter/nf_conntrack_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

// ---- the tuple of a packet
bool nf_ct_get_tuple(const sk_buff* skb, u32 nhoff, u32 dataoff, u8 protonum, const nf_conntrack_tuple* tuple) {
  KFUNC(nf_ct_get_tuple, skb, nhoff, dataoff, protonum, tuple);
  SIMPLIFIED("IPv4 only; of the protocols besides TCP, UDP and ICMP the addresses alone tell a flow");
  fillBytes(tuple, 0, sizeof *tuple);
  u32 addresses[2];
  u16 ports[2];
  if (!skb_header_copy(skb, nhoff + u32(offsetof(iphdr, saddr)), addresses, 8)) return call.result(false);
  set(tuple->src.l3num, AF_INET);
  set(tuple->src.u3.ip, addresses[0]);
  set(tuple->dst.u3.ip, addresses[1]);
  set(tuple->dst.protonum, protonum);
  set(tuple->dst.dir, IP_CT_DIR_ORIGINAL);
  if (protonum == IPPROTO_ICMP) return call.result(icmp_pkt_to_tuple(skb, dataoff, tuple));
  if (protonum != IPPROTO_TCP && protonum != IPPROTO_UDP) return call.result(true);
  if (!skb_header_copy(skb, dataoff, ports, sizeof ports)) return call.result(false);
  set(tuple->src.u.all, ports[0]);
  set(tuple->dst.u.all, ports[1]);
  return call.result(true);
}

// Where the transport header begins; 0: a later fragment, which has none, or nothing that can be read.
static u32 get_l4proto(const sk_buff* skb, u32 nhoff, u8* protocol) {
  KFUNC(get_l4proto, skb, nhoff);
  u8 header[sizeof(iphdr)];
  if (!skb_header_copy(skb, nhoff, header, sizeof header)) return call.result(0u);
  const auto* ip = reinterpret_cast<const iphdr*>(header);
  if (ip->frag_off & htons(IP_OFFSET)) return call.result(0u);
  *protocol = ip->protocol;
  const u32 dataoff = nhoff + ip->ihl * 4u;
  return call.result(dataoff > skb->len ? 0u : dataoff);
}

bool nf_ct_get_tuplepr(const sk_buff* skb, u32 nhoff, const nf_conntrack_tuple* tuple) {
  KFUNC(nf_ct_get_tuplepr, skb, nhoff, tuple);
  u8 protocol = 0;
  const u32 dataoff = get_l4proto(skb, nhoff, &protocol);
  return call.result(dataoff && nf_ct_get_tuple(skb, nhoff, dataoff, protocol, tuple));
}

bool nf_ct_invert_tuple(const nf_conntrack_tuple* inverse, const nf_conntrack_tuple* orig) {
  KFUNC(nf_ct_invert_tuple, inverse, orig);
  fillBytes(inverse, 0, sizeof *inverse);
  set(inverse->src.l3num, orig->src.l3num);
  copy(&inverse->src.u3, &orig->dst.u3);
  copy(&inverse->dst.u3, &orig->src.u3);
  set(inverse->dst.dir, !orig->dst.dir);
  set(inverse->dst.protonum, orig->dst.protonum);
  if (orig->dst.protonum == IPPROTO_ICMP) return call.result(nf_conntrack_invert_icmp_tuple(inverse, orig));
  set(inverse->src.u.all, orig->dst.u.all);
  set(inverse->dst.u.all, orig->src.u.all);
  return call.result(true);
}

// ---- a new connection
static bool nf_ct_ecache_ext_add(const nf_conn* ct) {
  KFUNC(nf_ct_ecache_ext_add, ct);
  SIMPLIFIED("nobody listens for events of connections");
  return call.result(true);
}

static const nf_conntrack_tuple_hash* init_conntrack(const net* net, const nf_conntrack_tuple* tuple, u32 hash) {
  KFUNC(init_conntrack, net, tuple, hash);
  SIMPLIFIED("no helpers, no expected connections, no extensions but NAT's");
  OnStack<nf_conntrack_tuple> back;
  if (!nf_ct_invert_tuple(back, tuple)) return call.result<const nf_conntrack_tuple_hash*>(nullptr);
  const nf_conn* ct = __nf_conntrack_alloc(net, tuple, back, GFP_ATOMIC, hash);
  if (IS_ERR(ct)) return call.result(ERR_PTR<nf_conntrack_tuple_hash>(PTR_ERR(ct)));
  nf_ct_ecache_ext_add(ct);
  refcount_set(&ct->ct_general.use, 1);
  NOTE("conntrack.new", ct, tuple->src.u3.ip, tuple->dst.u3.ip, tuple->dst.protonum);
  return call.result(&ct->tuplehash[IP_CT_DIR_ORIGINAL]);
}

static u32 infoOf(const nf_conntrack_tuple_hash* h, const nf_conn* ct) {
  if (directionOf(h) == IP_CT_DIR_REPLY) return IP_CT_ESTABLISHED_REPLY;
  if (hasStatus(ct, IPS_SEEN_REPLY)) return IP_CT_ESTABLISHED;
  return hasStatus(ct, IPS_EXPECTED) ? IP_CT_RELATED : IP_CT_NEW;
}

// Gives skb->_nfct its value; 0 leaves it at nothing where the packet is of no connection and begins none.
static int resolve_normal_ct(const sk_buff* skb, u32 dataoff, u8 protonum, const nf_hook_state* state) {
  KFUNC(resolve_normal_ct, skb, dataoff, protonum, state);
  INLINED();
  OnStack<nf_conntrack_tuple> tuple;
  const u32 nhoff = static_cast<u32>(skb_network_offset(skb));
  if (!nf_ct_get_tuple(skb, nhoff, dataoff, protonum, tuple)) return call.result(0);
  const u32 hash = hash_conntrack_raw(tuple, state->net);
  const nf_conntrack_tuple_hash* h = findHeld(state->net, tuple, hash);
  if (!h) h = init_conntrack(state->net, tuple, hash);
  if (!h) return call.result(0);
  if (IS_ERR(h)) return call.result(static_cast<int>(PTR_ERR(h)));
  const nf_conn* ct = nf_ct_tuplehash_to_ctrack(h);
  nf_ct_set(skb, ct, infoOf(h, ct));
  return call.result(0);
}

static int nf_conntrack_handle_packet(const nf_conn* ct, const sk_buff* skb, u32 dataoff, u32 ctinfo,
                                      const nf_hook_state* state) {
  switch (nf_ct_protonum(ct)) {
  case IPPROTO_TCP: return nf_conntrack_tcp_packet(ct, skb, dataoff, ctinfo, state);
  case IPPROTO_UDP: return nf_conntrack_udp_packet(ct, skb, dataoff, ctinfo, state);
  case IPPROTO_ICMP: return nf_conntrack_icmp_packet(ct, skb, ctinfo, state);
  default: __nf_ct_refresh_acct(ct, ctinfo, skb, nf_ct_net(ct)->ct.nf_ct_proto.generic.timeout); return NF_ACCEPT;
  }
}

// The packet's own protocol has its say. 1, or the negative of a verdict; then the packet is of no connection.
static int judge(const sk_buff* skb, u32 dataoff, const nf_hook_state* state) {
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  const int says = nf_conntrack_handle_packet(ct, skb, dataoff, ctinfo, state);
  if (says <= 0) {
    nf_ct_put(ct);
    set(skb->_nfct, 0);
    NOTE("conntrack.invalid", skb);
  } else {
    NOTE("conntrack.state", ctinfo, ct);
    if (ctinfo == u32(IP_CT_ESTABLISHED_REPLY) && !hasStatus(ct, IPS_SEEN_REPLY)) addStatus(ct, IPS_SEEN_REPLY);
  }
  return says;
}

u32 nf_conntrack_in(const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(nf_conntrack_in, skb, state);
  if (skb->_nfct) return call.result(u32(NF_ACCEPT)); // on lo the packet was here already, on its way out
  u8 protonum = 0;
  const u32 dataoff = get_l4proto(skb, static_cast<u32>(skb_network_offset(skb)), &protonum);
  if (!dataoff) return call.result(u32(NF_ACCEPT));
  if (protonum == IPPROTO_ICMP) {
    const int error = nf_conntrack_icmpv4_error(skb, dataoff, state);
    if (error <= 0) NOTE("conntrack.invalid", skb);
    if (error <= 0 || skb->_nfct) return call.result(error <= 0 ? static_cast<u32>(-error) : u32(NF_ACCEPT));
  }
  int says;
  do {
    if (resolve_normal_ct(skb, dataoff, protonum, state) < 0) return call.result(u32(NF_DROP));
    if (!skb->_nfct) return call.result(u32(NF_ACCEPT));
    says = judge(skb, dataoff, state);
  } while (says == -NF_REPEAT);
  return call.result(static_cast<u32>(says < 0 ? -says : says));
}

// ---- answers of our own to what was refused
void nf_conntrack_attach(const sk_buff* nskb, const sk_buff* skb) {
  KFUNC(nf_conntrack_attach, nskb, skb);
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  const bool there = CTINFO2DIR(ctinfo) == IP_CT_DIR_ORIGINAL;
  nf_ct_set(nskb, ct, there ? u32(IP_CT_RELATED_REPLY) : u32(IP_CT_RELATED));
  nf_conntrack_get(skb_nfct(nskb));
}
void nf_conntrack_set_closing(const nf_conntrack* nfct) {
  KFUNC(nf_conntrack_set_closing, nfct);
  const auto* ct = reinterpret_cast<const nf_conn*>(nfct);
  if (nf_ct_protonum(ct) == IPPROTO_TCP) nf_conntrack_tcp_set_closing(ct);
}

} // namespace sockwalk::kernel
