// The forwarding information base: the routes. A fib_table holds prefixes; a prefix (fib_alias) points at a
// fib_info, which says what to do (type, preferred source, metrics) and by which next hop (fib_nh). Many prefixes
// share one fib_info, and a next hop caches the rtable that was made of it last.
// Source: include/net/ip_fib.h, net/ipv4/fib_{frontend,semantics,trie}.c. Addresses are in network byte order.
#pragma once
#include "engine/kernel/include/net/dst.h"

namespace sockwalk::kernel {

// ---- fib_frontend
const fib_table* fib_new_table(const net* net, u32 id);
const fib_table* fib_get_table(const net* net, u32 id);
int fib_lookup(const net* net, const flowi4* flp, const fib_result* res, u32 flags);
u32 fib_compute_spec_dst(const sk_buff* skb);
// Is it believable that a packet from `src` came in by `dev`? < 0: no; > 0: the sender is on the link itself.
int fib_validate_source(const sk_buff* skb, u32 src, u32 dst, u8 tos, int oif, const net_device* dev,
                        const in_device* idev, const u32* itag);
void ip_fib_init();
int ip_rt_add(const net* net, u32 dst, u8 dst_len, u32 gw, int oif); // a route as `ip route add` gives it
int ip_rt_del(const net* net, u32 dst, u8 dst_len, u32 gw, int oif); // `ip route del`; gw, oif 0: by whatever it leads

// ---- fib_semantics
void free_fib_info(const fib_info* fi);
int fib_sync_up(const net_device* dev, u8 nh_flags);
int fib_sync_down_dev(const net_device* dev, u64 event, bool force);
u32 fib_info_update_nhc_saddr(const net* net, const fib_nh_common* nhc, u8 scope);
u32 fib_result_prefsrc(const net* net, const fib_result* res);
void fib_select_path(const net* net, const fib_result* res, const flowi4* fl4, const sk_buff* skb);
bool fib_info_nh_uses_dev(const fib_info* fi, const net_device* dev);
inline const fib_nh_common* fib_info_nhc(const fib_info* fi, int) { return &fi->fib_nh[0].nh_common; }

// ---- fib_trie
void fib_trie_init();
const fib_table* fib_trie_table(u32 id, const fib_table* alias);
int fib_table_insert(const net* net, const fib_table* tb, const fib_config* cfg);
int fib_table_delete(const net* net, const fib_table* tb, const fib_config* cfg);
int fib_table_lookup(const fib_table* tb, const flowi4* flp, const fib_result* res, int fib_flags);
const fib_alias* fib_find_alias(const hlist_head* fah, u8 slen, u8 tos, u32 prio, u32 tb_id);
int fib_table_dump(const fib_table* tb, const sk_buff* skb, const netlink_callback* cb, const fib_dump_filter* filter);
u32 fib_table_flush(const net* net, const fib_table* tb, bool flush_all); // routes that are dead; how many went

// ---- over netlink: fib_semantics_netlink.cpp, fib_frontend_netlink.cpp, route_netlink.cpp
int fib_dump_info(const sk_buff* skb, u32 portid, u32 seq, int event, const fib_rt_info* fri, u32 flags);
void rtmsg_fib(int event, u32 key, const fib_alias* fa, int dst_len, u32 tb_id, const nl_info* info, u32 nlm_flags);
void fib_netlink_init();
int inet_rtm_getroute(const sk_buff* in_skb, const nlmsghdr* nlh, const netlink_ext_ack* extack);
bool fib_lookup_good_nhc(const fib_nh_common* nhc, int fib_flags, const flowi4* flp);

} // namespace sockwalk::kernel
