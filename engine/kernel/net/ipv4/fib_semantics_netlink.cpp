// A route in words of rtnetlink: RTM_NEWROUTE and RTM_DELROUTE, for who asks and who listens.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/ipv4/fib_trie_internal.h"

namespace sockwalk::kernel {

static u32 fib_nlmsg_size(const fib_info* fi) {
  KFUNC(fib_nlmsg_size, fi);
  const u32 number = nla_total_size(4), congestionControl = nla_total_size(16); // TCP_CA_NAME_MAX
  const u32 base = NLMSG_ALIGN(sizeof(rtmsg)) + 4 * number + congestionControl;
  const u32 metrics = nla_total_size(RTAX_MAX * number);
  const fib_nh_common* hop = fib_info_nhc(fi, 0);
  const u32 gateway = hop->nhc_gw_family == AF_INET ? number : 0;
  return call.result(base + metrics + number + gateway); // with the device
}

static int fib_nexthop_info(const sk_buff* skb, const fib_nh_common* nhc, u8* flags) {
  KFUNC(fib_nexthop_info, skb, nhc);
  *flags = static_cast<u8>(nhc->nhc_flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN | RTNH_F_ONLINK | RTNH_F_OFFLOAD));
  int full = 0;
  if (nhc->nhc_gw_family == AF_INET) full |= nla_put_u32(skb, RTA_GATEWAY, nhc->nhc_gw.ipv4);
  if (const net_device* dev = nhc->nhc_dev) full |= nla_put_u32(skb, RTA_OIF, static_cast<u32>(dev->ifindex));
  return call.result(full ? -EMSGSIZE : 0);
}

static int fillRoute(const sk_buff* skb, const rtmsg* head, const fib_rt_info* fri) {
  const fib_info* fi = fri->fi;
  const auto given = [&](int type, u32 value) { return value ? nla_put_u32(skb, type, value) : 0; };
  int full = nla_put_u32(skb, RTA_TABLE, fri->tb_id);
  if (fri->dst_len) full |= nla_put_u32(skb, RTA_DST, fri->dst);
  full |= given(RTA_PRIORITY, fi->fib_priority) | rtnetlink_put_metrics(skb, fi->fib_metrics->metrics) |
          given(RTA_PREFSRC, fi->fib_prefsrc);
  u8 flags = 0;
  full |= fib_nexthop_info(skb, fib_info_nhc(fi, 0), &flags);
  set(head->rtm_flags, flags);
  return full;
}

int fib_dump_info(const sk_buff* skb, u32 portid, u32 seq, int event, const fib_rt_info* fri, u32 flags) {
  KFUNC(fib_dump_info, skb, portid, seq, event, fri, flags);
  SIMPLIFIED("a route has one next hop, and no next-hop object");
  const nlmsghdr* nlh = nlmsg_put(skb, portid, seq, event, sizeof(rtmsg), static_cast<int>(flags));
  if (!nlh) return call.result(-EMSGSIZE);
  const auto* head = nlmsg_data<rtmsg>(nlh);
  const fib_info* fi = fri->fi;
  set(head->rtm_family, AF_INET);
  set(head->rtm_dst_len, fri->dst_len);
  set(head->rtm_tos, fri->dscp);
  set(head->rtm_table, fri->tb_id < 256 ? fri->tb_id : u32(RT_TABLE_COMPAT));
  set(head->rtm_type, fri->type);
  set(head->rtm_scope, fi->fib_scope);
  set(head->rtm_protocol, fi->fib_protocol);
  if (fillRoute(skb, head, fri)) {
    nlmsg_cancel(skb, nlh);
    return call.result(-EMSGSIZE);
  }
  nlmsg_end(skb, nlh);
  return call.result(0);
}

static void describe(const fib_rt_info* fri, const fib_alias* fa, u32 key, int dst_len, u32 tb_id) {
  set(fri->fi, fa->fa_info.get());
  set(fri->tb_id, tb_id);
  set(fri->dst, key);
  set(fri->dst_len, dst_len);
  set(fri->dscp, fa->fa_dscp);
  set(fri->type, fa->fa_type);
}

void rtmsg_fib(int event, u32 key, const fib_alias* fa, int dst_len, u32 tb_id, const nl_info* info, u32 nlm_flags) {
  const net* net = info->nl_net;
  if (!info->nlh && !rtnl_may_be_heard(net, RTNLGRP_IPV4_ROUTE)) return;
  KFUNC(rtmsg_fib, event, key, fa, dst_len, tb_id, info, nlm_flags);
  const sk_buff* skb = nlmsg_new(fib_nlmsg_size(fa->fa_info), GFP_KERNEL);
  const nlmsghdr* asked = info->nlh;
  int failed = -ENOBUFS;
  if (skb) {
    OnStack<fib_rt_info> fri;
    describe(fri, fa, key, dst_len, tb_id);
    failed = fib_dump_info(skb, info->portid, asked ? asked->nlmsg_seq : 0, event, fri, nlm_flags);
  }
  if (failed) return kfree_skb(skb), rtnl_set_sk_err(net, RTNLGRP_IPV4_ROUTE, failed);
  rtnl_notify(skb, net, info->portid, RTNLGRP_IPV4_ROUTE, asked, GFP_KERNEL);
}

// ---- all of a table
static int fib_dump_info_fnhe(const sk_buff* skb, const fib_info* fi) {
  KFUNC(fib_dump_info_fnhe, skb, fi);
  SIMPLIFIED("what is known of single hosts behind a next hop is not told");
  return call.result(0);
}

static bool wanted(const fib_alias* fa, const fib_table* tb, const fib_dump_filter* filter) {
  const fib_info* fi = fa->fa_info;
  if (fa->tb_id != tb->tb_id) return false;
  if (!filter->filter_set) return true;
  const bool type = !filter->rt_type || fa->fa_type == filter->rt_type;
  const bool maker = !filter->protocol || fi->fib_protocol == filter->protocol;
  return type && maker && (!filter->dev || fib_info_nh_uses_dev(fi, filter->dev));
}

static int dumpLeaf(const key_vector* leaf, const fib_table* tb, const sk_buff* skb, const netlink_callback* cb,
                    const fib_dump_filter* filter) {
  const bool filtered = filter->filter_set || !filter->dump_exceptions || !filter->dump_routes;
  const u32 flags = NLM_F_MULTI | (filtered ? u32(NLM_F_DUMP_FILTERED) : 0);
  s64 place = 0;
  for (const fib_alias* fa = firstAlias(leaf); fa; fa = nextAlias(fa), ++place) {
    if (place < cb->args[4] || !wanted(fa, tb, filter)) continue;
    OnStack<fib_rt_info> fri;
    describe(fri, fa, htonl(leaf->key), KEYLENGTH - fa->fa_slen, tb->tb_id);
    const u32 portid = NETLINK_CB(cb->skb)->portid;
    if (filter->dump_routes && fib_dump_info(skb, portid, cb->nlh->nlmsg_seq, RTM_NEWROUTE, fri, flags) < 0)
      return set(cb->args[4], place), -EMSGSIZE;
    if (filter->dump_exceptions) fib_dump_info_fnhe(skb, fa->fa_info);
  }
  set(cb->args[4], 0);
  return 0;
}

// Leaf by leaf, in the order of the prefixes; 0.0.0.0/0 is the first.
int fib_table_dump(const fib_table* tb, const sk_buff* skb, const netlink_callback* cb, const fib_dump_filter* filter) {
  KFUNC(fib_table_dump, tb, skb, cb, filter);
  s64 count = cb->args[2];
  u32 key = static_cast<u32>(cb->args[3]);
  if (count && !key) return call.result(static_cast<int>(skb->len)); // the last leaf was told before
  int failed = 0;
  while (const key_vector* leaf = leaf_walk_rcu(trieOf(tb), key)) {
    failed = dumpLeaf(leaf, tb, skb, cb, filter);
    if (failed) break;
    ++count;
    key = leaf->key + 1;
    if (!key) break;
  }
  set(cb->args[2], count);
  set(cb->args[3], key);
  return call.result(failed ? failed : static_cast<int>(skb->len));
}

} // namespace sockwalk::kernel
