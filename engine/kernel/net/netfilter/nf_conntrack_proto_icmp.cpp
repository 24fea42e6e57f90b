// ICMP: a question and its answer are a flow, told by the question's number. An error belongs to the connection that it is
// about: the packet that it quotes says which.
#include "engine/kernel/include/linux/skb_header.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/net/netfilter/nf_conntrack_internal.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netlink.h"

namespace sockwalk::kernel {

void nf_conntrack_icmp_init_net(const net* net) {
  KFUNC(nf_conntrack_icmp_init_net, net);
  set(net->ct.nf_ct_proto.icmp.timeout, 30 * machine().options().hz);
}

int answerTo(u8 type) {
  switch (type) {
  case ICMP_ECHO: return ICMP_ECHOREPLY;
  case ICMP_ECHOREPLY: return ICMP_ECHO;
  case ICMP_TIMESTAMP: return ICMP_TIMESTAMPREPLY;
  case ICMP_TIMESTAMPREPLY: return ICMP_TIMESTAMP;
  case ICMP_INFO_REQUEST: return ICMP_INFO_REPLY;
  case ICMP_INFO_REPLY: return ICMP_INFO_REQUEST;
  case ICMP_ADDRESS: return ICMP_ADDRESSREPLY;
  case ICMP_ADDRESSREPLY: return ICMP_ADDRESS;
  default: return -1;
  }
}
static bool asks(u8 type) {
  return type == ICMP_ECHO || type == ICMP_TIMESTAMP || type == ICMP_INFO_REQUEST || type == ICMP_ADDRESS;
}
static bool isErrorType(u8 type) {
  return type == ICMP_DEST_UNREACH || type == ICMP_SOURCE_QUENCH || type == ICMP_REDIRECT ||
         type == ICMP_TIME_EXCEEDED || type == ICMP_PARAMETERPROB;
}

bool icmp_pkt_to_tuple(const sk_buff* skb, u32 dataoff, const nf_conntrack_tuple* tuple) {
  KFUNC(icmp_pkt_to_tuple, skb, dataoff, tuple);
  u8 header[8];
  if (!skb_header_copy(skb, dataoff, header, sizeof header)) return call.result(false);
  u16 id;
  std::memcpy(&id, header + 4, sizeof id);
  set(tuple->dst.u.icmp.type, header[0]);
  set(tuple->src.u.icmp.id, id);
  set(tuple->dst.u.icmp.code, header[1]);
  return call.result(true);
}

bool nf_conntrack_invert_icmp_tuple(const nf_conntrack_tuple* tuple, const nf_conntrack_tuple* orig) {
  KFUNC(nf_conntrack_invert_icmp_tuple, tuple, orig);
  const int back = answerTo(orig->dst.u.icmp.type);
  if (back < 0) return call.result(false);
  set(tuple->src.u.icmp.id, orig->src.u.icmp.id);
  set(tuple->dst.u.icmp.type, back);
  set(tuple->dst.u.icmp.code, orig->dst.u.icmp.code);
  return call.result(true);
}

int nf_conntrack_icmp_packet(const nf_conn* ct, const sk_buff* skb, u32 ctinfo, const nf_hook_state* state) {
  KFUNC(nf_conntrack_icmp_packet, ct, skb, ctinfo, state);
  if (!asks(ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.dst.u.icmp.type)) return call.result(-NF_ACCEPT);
  __nf_ct_refresh_acct(ct, ctinfo, skb, nf_ct_net(ct)->ct.nf_ct_proto.icmp.timeout);
  return call.result(NF_ACCEPT);
}

// The quoted packet, turned round, is one of the connection's: that is the way the error goes. It must be for whom the
// connection's packets on that way are.
static int nf_conntrack_inet_error(const sk_buff* skb, u32 quoted, const nf_hook_state* state) {
  KFUNC(nf_conntrack_inet_error, skb, quoted, state);
  OnStack<nf_conntrack_tuple> about, turned;
  if (!nf_ct_get_tuplepr(skb, quoted, about) || !nf_ct_invert_tuple(turned, about)) return call.result(-NF_ACCEPT);
  const nf_conntrack_tuple_hash* h = nf_conntrack_find_get(state->net, turned);
  if (!h) return call.result(-NF_ACCEPT);
  const nf_conn* ct = nf_ct_tuplehash_to_ctrack(h);
  const u32 dir = directionOf(h);
  if (ct->tuplehash[dir].tuple.dst.u3.ip != ip_hdr(skb)->daddr) {
    nf_ct_put(ct);
    return call.result(-NF_ACCEPT);
  }
  nf_ct_set(skb, ct, dir == IP_CT_DIR_REPLY ? u32(IP_CT_RELATED_REPLY) : u32(IP_CT_RELATED));
  NOTE("conntrack.related", ct);
  return call.result(NF_ACCEPT);
}

int nf_conntrack_icmpv4_error(const sk_buff* skb, u32 dataoff, const nf_hook_state* state) {
  KFUNC(nf_conntrack_icmpv4_error, skb, dataoff, state);
  u8 header[8];
  if (!skb_header_copy(skb, dataoff, header, sizeof header)) return call.result(-NF_ACCEPT);
  const bool look = state->hook == NF_INET_PRE_ROUTING && state->net->ct.sysctl_checksum;
  if (look && nf_ip_checksum(skb, state->hook, dataoff, IPPROTO_ICMP)) return call.result(-NF_ACCEPT);
  if (header[0] > NR_ICMP_TYPES) return call.result(-NF_ACCEPT);
  if (!isErrorType(header[0])) return call.result(NF_ACCEPT);
  return call.result(nf_conntrack_inet_error(skb, dataoff + sizeof header, state));
}

} // namespace sockwalk::kernel
