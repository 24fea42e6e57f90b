// Connection tracking: of every flow that passes, UDP, TCP, ICMP and others, one entry, struct nf_conn. It has two tuples
// (addresses, ports, protocol), one for each direction, and stands under both in one hash table of all namespaces. A packet
// is looked up at its first hook; of a new flow the entry is made there, and put into the table at the last one, once no
// rule has dropped the packet. Nothing of this happens until a rule asks for it: nf_ct_netns_get().
//
// Addresses and ports are in network byte order; timeouts are jiffies, relative until the entry is in the table.
// Source: include/net/netfilter/nf_conntrack*.h, net/netfilter/nf_conntrack_{core,proto,proto_udp,proto_icmp,proto_tcp}.c.
#pragma once
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/linux/netfilter/nf_conntrack_common.h"

namespace sockwalk::kernel {

extern Global<kptr<hlist_nulls_head>> nf_conntrack_hash; // the table; nullptr until something is tracked
extern Global<u32> nf_conntrack_htable_size;             // its buckets

// ---- of a packet
inline const nf_conn* nf_ct_get(const sk_buff* skb, u32* ctinfo) {
  *ctinfo = static_cast<u32>(skb->_nfct & NFCT_INFOMASK);
  return reinterpret_cast<const nf_conn*>(skb_nfct(skb));
}
inline void nf_ct_set(const sk_buff* skb, const nf_conn* ct, u32 ctinfo) {
  set(skb->_nfct, Arena::address(ct) | ctinfo);
}
inline u32 CTINFO2DIR(u32 ctinfo) {
  return ctinfo >= u32(IP_CT_ESTABLISHED_REPLY) ? u32(IP_CT_DIR_REPLY) : u32(IP_CT_DIR_ORIGINAL);
}

// ---- of an entry
inline u32 directionOf(const nf_conntrack_tuple_hash* h) { return h->tuple.dst.dir; }
inline const nf_conn* nf_ct_tuplehash_to_ctrack(const nf_conntrack_tuple_hash* h) {
  return reinterpret_cast<const nf_conn*>(reinterpret_cast<const u8*>(h - directionOf(h)) -
                                          offsetof(nf_conn, tuplehash));
}
inline const net* nf_ct_net(const nf_conn* ct) { return ct->ct_net.net; }
inline u8 nf_ct_protonum(const nf_conn* ct) { return ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.dst.protonum; }
inline bool hasStatus(const nf_conn* ct, u64 bits) { return ct->status & bits; }
inline void addStatus(const nf_conn* ct, u64 bits) { set(ct->status, ct->status | bits); }
inline bool nf_ct_is_confirmed(const nf_conn* ct) { return hasStatus(ct, IPS_CONFIRMED); }
inline u32 nfct_time_stamp() { return static_cast<u32>(machine().jiffies()); }
inline s32 timeLeft(const nf_conn* ct) {
  return static_cast<s32>(ct->timeout - nfct_time_stamp());
} // of a confirmed one
inline void nf_ct_put(const nf_conn* ct) {
  if (ct) nf_conntrack_put(&ct->ct_general);
}

// ---- tuples
bool nf_ct_get_tuple(const sk_buff* skb, u32 nhoff, u32 dataoff, u8 protonum, const nf_conntrack_tuple* tuple);
bool nf_ct_get_tuplepr(const sk_buff* skb, u32 nhoff, const nf_conntrack_tuple* tuple);
bool nf_ct_invert_tuple(const nf_conntrack_tuple* inverse, const nf_conntrack_tuple* orig); // false: it has none
bool nf_ct_tuple_equal(const nf_conntrack_tuple* a, const nf_conntrack_tuple* b);
// Does another entry have this tuple?
bool nf_conntrack_tuple_taken(const nf_conntrack_tuple* tuple, const nf_conn* ignored_conntrack);

// ---- the table. The ones found are held: nf_ct_put().
const nf_conntrack_tuple_hash* nf_conntrack_find_get(const net* net, const nf_conntrack_tuple* tuple);
u32 hash_conntrack_raw(const nf_conntrack_tuple* tuple, const net* net);
const nf_conn* __nf_conntrack_alloc(const net* net, const nf_conntrack_tuple* orig, const nf_conntrack_tuple* repl,
                                    u32 gfp, u32 hash); // an ERR_PTR: -ENOMEM
void nf_conntrack_alter_reply(const nf_conn* ct, const nf_conntrack_tuple* newreply);
int __nf_conntrack_confirm(const sk_buff* skb); // NF_ACCEPT, or NF_DROP: another one was there first
bool nf_ct_kill(const nf_conn* ct);             // false: it is dying already
bool nf_ct_kill_acct(const nf_conn* ct, u32 ctinfo, const sk_buff* skb);
// The connection lives on for so long from now.
void __nf_ct_refresh_acct(const nf_conn* ct, u32 ctinfo, const sk_buff* skb, u32 extra_jiffies);

// ---- hooks
u32 nf_conntrack_in(const sk_buff* skb, const nf_hook_state* state);
// A rule of this namespace asks for connections, or no longer does.
int nf_ct_netns_get(const net* net, u8 nfproto);
void nf_ct_netns_put(const net* net, u8 nfproto);
const nf_conntrack_net* nf_ct_pernet(const net* net);

// ---- the protocols: what the packet means to its connection. 1 (NF_ACCEPT), or the negative of a verdict for one that does
// not belong to it.
int nf_conntrack_udp_packet(const nf_conn* ct, const sk_buff* skb, u32 dataoff, u32 ctinfo, const nf_hook_state* state);
int nf_conntrack_icmp_packet(const nf_conn* ct, const sk_buff* skb, u32 ctinfo, const nf_hook_state* state);
int nf_conntrack_tcp_packet(const nf_conn* ct, const sk_buff* skb, u32 dataoff, u32 ctinfo, const nf_hook_state* state);
int nf_conntrack_icmpv4_error(const sk_buff* skb, u32 dataoff, const nf_hook_state* state);
bool icmp_pkt_to_tuple(const sk_buff* skb, u32 dataoff, const nf_conntrack_tuple* tuple);
bool nf_conntrack_invert_icmp_tuple(const nf_conntrack_tuple* tuple, const nf_conntrack_tuple* orig);
void nf_conntrack_tcp_set_closing(const nf_conn* ct);
void nf_conntrack_tcp_init_net(const net* net);
void nf_conntrack_udp_init_net(const net* net);
void nf_conntrack_icmp_init_net(const net* net);

} // namespace sockwalk::kernel
