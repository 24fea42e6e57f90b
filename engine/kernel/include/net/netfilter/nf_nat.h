// Translation of addresses and ports (NAT). The rules of the table "nat" are asked once for each connection and each end:
// what they choose goes into the connection's tuples (nf_nat_setup_info), and every packet is rewritten so that it fits them.
// Source: include/net/netfilter/nf_nat*.h, net/netfilter/nf_nat_{core,proto,masquerade,redirect}.c.
#pragma once
#include "engine/kernel/include/net/netfilter/nf_conntrack.h"

namespace sockwalk::kernel {

extern Global<kptr<hlist_head>> nf_nat_bysource; // connections by the source that they began with; nullptr: no NAT yet
extern Global<u32> nf_nat_htable_size;

inline u32 HOOK2MANIP(u32 hook) {
  return hook == u32(NF_INET_POST_ROUTING) || hook == u32(NF_INET_LOCAL_IN) ? u32(NF_NAT_MANIP_SRC)
                                                                            : u32(NF_NAT_MANIP_DST);
}
inline bool nf_nat_initialized(const nf_conn* ct, u32 manip) {
  return hasStatus(ct, manip == u32(NF_NAT_MANIP_SRC) ? IPS_SRC_NAT_DONE : IPS_DST_NAT_DONE);
}
// Whether packets on the way `dir` are rewritten at the end `manip`: of an answer the other one, back to what it was.
inline bool isTranslated(const nf_conn* ct, u32 manip, u32 dir) {
  const bool source = manip == u32(NF_NAT_MANIP_SRC), there = dir == u32(IP_CT_DIR_ORIGINAL);
  return hasStatus(ct, source == there ? IPS_SRC_NAT : IPS_DST_NAT);
}

int nf_nat_init(); // the list of sources; 0 or -ENOMEM
// Chooses within `range` what the connection gets at this end, and writes it into its tuples. NF_ACCEPT or NF_DROP.
u32 nf_nat_setup_info(const nf_conn* ct, const nf_nat_range2* range, u32 maniptype);
// The same with an address of our own choosing and the rule's ports.
u32 setUpWithAddress(const nf_conn* ct, const nf_nat_range2* range, u32 address, u32 maniptype);
u32 nf_nat_packet(const nf_conn* ct, u32 ctinfo, u32 hooknum, const sk_buff* skb); // rewrites it as the tuples say
u32 nf_nat_inet_fn(const void* priv, const sk_buff* skb, const nf_hook_state* state);
const nf_conn_nat* nf_ct_nat_ext_add(const nf_conn* ct); // nullptr: no memory

// A packet's header becomes what `tuple` says, and that of the packet that an ICMP error quotes what its connection's is.
u32 nf_nat_manip_pkt(const sk_buff* skb, const nf_conn* ct, u32 mtype, u32 dir);
bool nf_nat_icmp_reply_translation(const sk_buff* skb, const nf_conn* ct, u32 ctinfo, u32 hooknum);
int nf_nat_register_fn(const net* net, const nf_hook_ops* ops, const nf_hook_ops* orig_nat_ops, u32 ops_count);
int nf_nat_ipv4_register_fn(const net* net, const nf_hook_ops* ops, u32 n); // who is asked at each hook: the table

u32 nf_nat_masquerade_ipv4(const sk_buff* skb, u32 hooknum, const nf_nat_range2* range, const net_device* out);
u32 nf_nat_redirect_ipv4(const sk_buff* skb, const nf_nat_range2* range, u32 hooknum);

} // namespace sockwalk::kernel
