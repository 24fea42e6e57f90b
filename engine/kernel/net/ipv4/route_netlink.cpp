// RTM_GETROUTE for one destination (`ip route get`): the kernel looks the route up as it would for a packet, and tells it.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/ipv4/fib_lookup.h"
#include "engine/kernel/net/ipv4/route_internal.h"

namespace sockwalk::kernel {

static constexpr AttributeRule QuestionRules[] = {{RTA_DST, 4},  {RTA_SRC, 4}, {RTA_IIF, 4},   {RTA_OIF, 4},
                                                  {RTA_MARK, 4}, {RTA_UID, 4}, {RTA_SPORT, 2}, {RTA_DPORT, 2}};

static int inet_rtm_valid_getroute_req(const sk_buff* skb, const nlmsghdr* nlh, Attributes& tb,
                                       const netlink_ext_ack* extack) {
  KFUNC(inet_rtm_valid_getroute_req, skb, nlh, extack);
  INLINED();
  const bool strict = netlink_strict_get_check(skb);
  if (const int bad = nlmsg_parse(nlh, sizeof(rtmsg), tb, {RTA_MAX, QuestionRules, strict}, extack))
    return call.result(bad);
  const auto* head = nlmsg_data<rtmsg>(nlh);
  const bool lengths = strict && ((tb[RTA_DST] && head->rtm_dst_len != 32) || (tb[RTA_SRC] && head->rtm_src_len != 32));
  if (lengths) NL_SET_ERR_MSG(extack, "ipv4: rtm_src_len and rtm_dst_len must be 32 for IPv4");
  return call.result(lengths ? -EINVAL : 0);
}

// A packet as it would be: the routing code may look at its headers.
static const sk_buff* inet_rtm_getroute_build_skb(const flowi4* fl4) {
  const sk_buff* skb = alloc_skb(NLMSG_GOODSIZE, GFP_KERNEL);
  if (!skb) return nullptr;
  skb_reset_mac_header(skb);
  skb_reset_network_header(skb);
  set(skb->protocol, htons(ETH_P_IP));
  const auto* ip = reinterpret_cast<const iphdr*>(skb_put(skb, sizeof(iphdr)));
  fillBytes(ip, 0, sizeof(iphdr));
  set(ip, iphdr::bit::version, 4);
  set(ip, iphdr::bit::ihl, 5);
  set(ip->protocol, fl4->__fl_common.flowic_proto);
  set(ip->saddr, fl4->saddr);
  set(ip->daddr, fl4->daddr);
  skb_set_transport_header(skb, static_cast<int>(skb->len));
  const auto* udp = reinterpret_cast<const udphdr*>(skb_put(skb, sizeof(udphdr)));
  fillBytes(udp, 0, sizeof(udphdr));
  set(udp->len, htons(sizeof(udphdr)));
  return skb;
}

static void askFlow(const flowi4* fl4, const rtmsg* head, const Attributes& tb) {
  const auto number = [&](u32 type) { return tb[type] ? nla_get<u32>(tb[type]) : 0u; };
  set(fl4->daddr, number(RTA_DST));
  set(fl4->saddr, number(RTA_SRC));
  set(fl4->__fl_common.flowic_tos, head->rtm_tos & IPTOS_RT_MASK);
  set(fl4->__fl_common.flowic_oif, number(RTA_OIF));
  set(fl4->__fl_common.flowic_mark, number(RTA_MARK));
  set(fl4->__fl_common.flowic_uid.val, tb[RTA_UID] ? number(RTA_UID) : u32(current_cred()->uid.val));
  set(fl4->__fl_common.flowic_proto, IPPROTO_UDP);
  set(fl4->__fl_common.flowic_iif, LOOPBACK_IFINDEX);
}

static int rt_fill_info(const rtable* rt, u32 dst, u32 src, u32 table_id, const flowi4* fl4, const sk_buff* skb,
                        const nlmsghdr* asked, u32 portid) {
  KFUNC(rt_fill_info, rt, dst, src, table_id, fl4, skb, portid);
  const nlmsghdr* nlh = nlmsg_put(skb, portid, asked->nlmsg_seq, RTM_NEWROUTE, sizeof(rtmsg), 0);
  if (!nlh) return call.result(-EMSGSIZE);
  const auto* head = nlmsg_data<rtmsg>(nlh);
  set(head->rtm_family, AF_INET);
  set(head->rtm_dst_len, 32);
  set(head->rtm_tos, fl4->__fl_common.flowic_tos);
  set(head->rtm_table, table_id < 256 ? table_id : u32(RT_TABLE_COMPAT));
  int full = nla_put_u32(skb, RTA_TABLE, table_id);
  set(head->rtm_type, rt->rt_type);
  set(head->rtm_flags, (rt->rt_flags & ~0xffffu) | RTM_F_CLONED);
  full |= nla_put_u32(skb, RTA_DST, dst);
  if (src) {
    set(head->rtm_src_len, 32);
    full |= nla_put_u32(skb, RTA_SRC, src);
  }
  if (const net_device* dev = rt->dst.dev) full |= nla_put_u32(skb, RTA_OIF, static_cast<u32>(dev->ifindex));
  if (!rt->rt_is_input && fl4->saddr != src) full |= nla_put_u32(skb, RTA_PREFSRC, fl4->saddr);
  if (rt->rt_uses_gateway && rt->rt_gw_family == AF_INET) full |= nla_put_u32(skb, RTA_GATEWAY, rt->rt_gw4);
  const s64 expires = rt->dst.expires ? static_cast<s64>(rt->dst.expires - machine().jiffies()) : 0;
  u32 metrics[RTAX_MAX];
  std::memcpy(metrics, t_arena->object<u32>(rt->dst._metrics & ~u64(3)), sizeof metrics);
  if (rt->rt_pmtu && expires > 0) metrics[RTAX_MTU - 1] = rt->rt_pmtu;
  full |= rtnetlink_put_metrics(skb, metrics);
  if (const u32 marked = fl4->__fl_common.flowic_mark) full |= nla_put_u32(skb, RTA_MARK, marked);
  full |= nla_put_u32(skb, RTA_UID, fl4->__fl_common.flowic_uid.val);
  full |= rtnl_put_cacheinfo(skb, &rt->dst, 0, std::max<s64>(expires, 0), static_cast<u32>(rt->dst.error));
  if (full) return nlmsg_cancel(skb, nlh), call.result(-EMSGSIZE);
  nlmsg_end(skb, nlh);
  return call.result(0);
}

static int tellMatch(const sk_buff* skb, const fib_result* res, const rtable* rt, u32 table_id, const nlmsghdr* nlh,
                     u32 portid) {
  if (!res->fi) return fib_props[res->type].error ? fib_props[res->type].error : -EHOSTUNREACH;
  OnStack<fib_rt_info> fri;
  set(fri->fi, res->fi.get());
  set(fri->tb_id, table_id);
  set(fri->dst, res->prefix);
  set(fri->dst_len, res->prefixlen);
  set(fri->dscp, res->dscp);
  set(fri->type, rt->rt_type);
  return fib_dump_info(skb, portid, nlh->nlmsg_seq, RTM_NEWROUTE, fri, 0);
}

int inet_rtm_getroute(const sk_buff* in_skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(inet_rtm_getroute, in_skb, nlh, extack);
  SIMPLIFIED("only for packets of this host, not for ones that came in by a device (RTA_IIF); UDP's ports are 0");
  const net* net = sock_net(in_skb->sk);
  Attributes tb;
  if (const int bad = inet_rtm_valid_getroute_req(in_skb, nlh, tb, extack)) return call.result(bad);
  if (tb[RTA_IIF]) {
    NOTE("netlink.route_not_built", nlh->nlmsg_type, RTA_IIF);
    return call.result(-EOPNOTSUPP);
  }
  const auto* head = nlmsg_data<rtmsg>(nlh);
  OnStack<flowi4> fl4;
  OnStack<fib_result> res;
  askFlow(fl4, head, tb);
  const u32 dst = fl4->daddr, src = fl4->saddr, asker = NETLINK_CB(in_skb)->portid;
  const sk_buff* skb = inet_rtm_getroute_build_skb(fl4);
  if (!skb) return call.result(-ENOBUFS);
  set(skb->dev, net->loopback_dev.get());
  const rtable* rt = ip_route_output_key_hash_rcu(net, fl4, res, skb);
  if (IS_ERR(rt)) return kfree_skb(skb), call.result(static_cast<int>(PTR_ERR(rt)));
  skb_dst_set(skb, &rt->dst);
  u32 table = RT_TABLE_MAIN;
  const fib_table* found = res->table;
  if (head->rtm_flags & RTM_F_LOOKUP_TABLE) table = found ? found->tb_id : 0;
  skb_trim(skb, 0); // the answer goes into the same buffer
  skb_reset_network_header(skb);
  skb_reset_transport_header(skb);
  skb_reset_mac_header(skb);
  const int failed = head->rtm_flags & RTM_F_FIB_MATCH ? tellMatch(skb, res, rt, table, nlh, asker)
                                                       : rt_fill_info(rt, dst, src, table, fl4, skb, nlh, asker);
  if (failed) return kfree_skb(skb), call.result(failed);
  return call.result(rtnl_unicast(skb, net, asker));
}

} // namespace sockwalk::kernel
