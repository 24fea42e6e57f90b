// Routes over rtnetlink: what `ip route` asks, adds, replaces and deletes.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/net/ip_fib.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/ipv4/fib_frontend_internal.h"

namespace sockwalk::kernel {

static constexpr AttributeRule RouteRules[] = {{RTA_DST, 4},      {RTA_OIF, 4},   {RTA_GATEWAY, 4},
                                               {RTA_PRIORITY, 4}, {RTA_TABLE, 4}, {RTA_PREFSRC, 4}};
static int parseRoute(const nlmsghdr* nlh, Attributes& tb, bool strict, const netlink_ext_ack* extack) {
  return nlmsg_parse(nlh, sizeof(rtmsg), tb, {RTA_MAX, RouteRules, strict}, extack);
}

static void takeHead(const fib_config* cfg, const rtmsg* head) {
  set(cfg->fc_dscp, head->rtm_tos);
  set(cfg->fc_dst_len, head->rtm_dst_len);
  set(cfg->fc_table, head->rtm_table);
  set(cfg->fc_protocol, head->rtm_protocol);
  set(cfg->fc_scope, head->rtm_scope);
  set(cfg->fc_type, head->rtm_type);
  set(cfg->fc_flags, head->rtm_flags);
}
static void takeAttributes(const fib_config* cfg, const Attributes& tb) {
  const auto take = [&](u32 type, const auto& field) {
    if (tb[type]) set(field, nla_get<u32>(tb[type]));
  };
  take(RTA_DST, cfg->fc_dst);
  take(RTA_OIF, cfg->fc_oif);
  take(RTA_GATEWAY, cfg->fc_gw4);
  take(RTA_PRIORITY, cfg->fc_priority);
  take(RTA_PREFSRC, cfg->fc_prefsrc);
  take(RTA_TABLE, cfg->fc_table);
  if (cfg->fc_gw4) set(cfg->fc_gw_family, AF_INET);
  if (!cfg->fc_table) set(cfg->fc_table, RT_TABLE_MAIN);
}

// The request as the routing table's own words.
static int rtm_to_fib_config(const sk_buff* skb, const nlmsghdr* nlh, const fib_config* cfg,
                             const netlink_ext_ack* extack) {
  KFUNC(rtm_to_fib_config, skb, nlh, cfg, extack);
  const auto refuse = [&](const char* why) {
    NL_SET_ERR_MSG(extack, why);
    return call.result(-EINVAL);
  };
  Attributes tb;
  if (const int bad = parseRoute(nlh, tb, false, extack)) return call.result(bad);
  const auto* head = nlmsg_data<rtmsg>(nlh);
  if (head->rtm_tos & 3) return refuse("Invalid dsfield (tos): ECN bits must be 0");
  takeHead(cfg, head);
  set(cfg->fc_nlflags, nlh->nlmsg_flags);
  set(cfg->fc_nlinfo.portid, NETLINK_CB(skb)->portid);
  set(cfg->fc_nlinfo.nlh, nlh);
  set(cfg->fc_nlinfo.nl_net, sock_net(skb->sk));
  if (cfg->fc_type > RTN_MAX) return refuse("Invalid route type");
  takeAttributes(cfg, tb);
  if (cfg->fc_dst_len > 32) return refuse("Invalid prefix length");
  const bool beyond = cfg->fc_dst_len < 32 && ntohl(cfg->fc_dst) << cfg->fc_dst_len;
  if (beyond) return refuse("Invalid prefix for given prefix length");
  for (const int kind : {RTA_MULTIPATH, RTA_METRICS, RTA_FLOW, RTA_NH_ID})
    if (tb[static_cast<u32>(kind)]) {
      NOTE("netlink.route_not_built", nlh->nlmsg_type, kind);
      return call.result(-EOPNOTSUPP);
    }
  return call.result(0);
}

static int inet_rtm_newroute(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(inet_rtm_newroute, skb, nlh, extack);
  const net* net = sock_net(skb->sk);
  OnStack<fib_config> cfg;
  if (const int bad = rtm_to_fib_config(skb, nlh, cfg, extack)) return call.result(bad);
  const fib_table* table = fib_new_table(net, cfg->fc_table);
  if (!table) return call.result(-ENOBUFS);
  const int failed = fib_table_insert(net, table, cfg);
  if (!failed && cfg->fc_type == RTN_LOCAL) set(net->ipv4.fib_has_custom_local_routes, true);
  return call.result(failed);
}

static int inet_rtm_delroute(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(inet_rtm_delroute, skb, nlh, extack);
  const net* net = sock_net(skb->sk);
  OnStack<fib_config> cfg;
  if (const int bad = rtm_to_fib_config(skb, nlh, cfg, extack)) return call.result(bad);
  const fib_table* table = fibTable(net, cfg->fc_table);
  if (!table) return NL_SET_ERR_MSG(extack, "FIB table does not exist"), call.result(-ESRCH);
  return call.result(fib_table_delete(net, table, cfg));
}

// ---- asking for all
static int ip_valid_fib_dump_req(const net* net, const netlink_callback* cb, const fib_dump_filter* filter) {
  KFUNC(ip_valid_fib_dump_req, net, cb, filter);
  rtnl_is_locked();
  const auto refuse = [&](const char* why) {
    NL_SET_ERR_MSG(cb->extack, why);
    return call.result(-EINVAL);
  };
  Attributes tb;
  if (const int bad = parseRoute(cb->nlh, tb, true, cb->extack)) return call.result(bad);
  const auto* head = nlmsg_data<rtmsg>(cb->nlh);
  if (head->rtm_dst_len || head->rtm_src_len || head->rtm_tos || head->rtm_scope)
    return refuse("Invalid values in header for FIB dump request");
  if (head->rtm_flags & ~u32(RTM_F_CLONED | RTM_F_PREFIX)) return refuse("Invalid flags for FIB dump request");
  set(head->rtm_flags & RTM_F_CLONED ? filter->dump_routes : filter->dump_exceptions, false);
  set(filter->flags, head->rtm_flags);
  set(filter->protocol, head->rtm_protocol);
  set(filter->rt_type, head->rtm_type);
  set(filter->table_id, tb[RTA_TABLE] ? nla_get<u32>(tb[RTA_TABLE]) : u32(head->rtm_table));
  for (u32 type = 0; type <= RTA_MAX; ++type)
    if (tb[type] && type != RTA_TABLE && type != RTA_OIF) return refuse("Unsupported attribute in dump request");
  if (tb[RTA_OIF]) {
    set(filter->dev, __dev_get_by_index(net, nla_get<int>(tb[RTA_OIF])));
    if (!filter->dev) return call.result(-ENODEV);
  }
  const bool anything = filter->flags || filter->protocol || filter->rt_type || filter->table_id || filter->dev;
  set(filter->filter_set, anything);
  if (anything) set(cb->answer_flags, NLM_F_DUMP_FILTERED);
  return call.result(0);
}

static int dumpTables(const net* net, const sk_buff* skb, const netlink_callback* cb, const fib_dump_filter* filter) {
  s64 bucket = cb->args[0], place = cb->args[1];
  bool first = true;
  for (; bucket < FIB_TABLE_HASHSZ; ++bucket, place = 0) {
    s64 at = 0;
    for (const hlist_node* n = net->ipv4.fib_table_hash.get()[bucket].first; n; n = n->next, ++at) {
      if (at < place) continue;
      if (!first)
        fillBytes(&cb->args[2], 0, sizeof cb->args - 2 * sizeof cb->args[0]); // a new table: from its beginning
      first = false;
      if (fib_table_dump(container_of(n, fib_table, tb_hlist), skb, cb, filter) >= 0) continue;
      set(cb->args[0], bucket);
      set(cb->args[1], at);
      return skb->len ? static_cast<int>(skb->len) : -EMSGSIZE;
    }
  }
  set(cb->args[0], bucket);
  set(cb->args[1], 0);
  return static_cast<int>(skb->len);
}

static int inet_dump_fib(const sk_buff* skb, const netlink_callback* cb) {
  KFUNC(inet_dump_fib, skb, cb);
  const net* net = sock_net(skb->sk);
  OnStack<fib_dump_filter> filter;
  set(filter->dump_routes, true);
  set(filter->dump_exceptions, true);
  if (cb->strict_check) {
    if (const int bad = ip_valid_fib_dump_req(net, cb, filter)) return call.result(bad);
  } else if (nlmsg_len(cb->nlh) >= sizeof(rtmsg)) {
    set(filter->flags, nlmsg_data<rtmsg>(cb->nlh)->rtm_flags & (RTM_F_PREFIX | RTM_F_CLONED));
  }
  if (filter->flags & RTM_F_PREFIX) return call.result(static_cast<int>(skb->len)); // IPv6 has such
  if (!filter->table_id) return call.result(dumpTables(net, skb, cb, filter));
  const fib_table* table = fibTable(net, filter->table_id);
  if (!table) return NL_SET_ERR_MSG(cb->extack, "ipv4: FIB table does not exist"), call.result(-ENOENT);
  const int result = fib_table_dump(table, skb, cb, filter);
  return call.result(skb->len ? static_cast<int>(skb->len) : result);
}

void fib_netlink_init() {
  rtnl_register(PF_INET, RTM_NEWROUTE, &fn<inet_rtm_newroute>, nullptr);
  rtnl_register(PF_INET, RTM_DELROUTE, &fn<inet_rtm_delroute>, nullptr);
  rtnl_register(PF_INET, RTM_GETROUTE, &fn<inet_rtm_getroute>, &fn<inet_dump_fib>, RTNL_FLAG_DOIT_UNLOCKED);
}

} // namespace sockwalk::kernel
