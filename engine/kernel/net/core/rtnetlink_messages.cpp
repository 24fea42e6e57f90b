// The table of who answers which message of rtnetlink, and what every message has in common.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/core/neighbour_internal.h"
#include "engine/kernel/net/core/rtnetlink_internal.h"
#include "engine/kernel/net/netlink/af_netlink.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static constexpr u32 FamilyMax = 128, Types = RTM_MAX + 1 - RTM_BASE;
using Links = kptr<rtnl_link>; // one for each type
static Global<u64[FamilyMax + 1]> rtnl_msg_handlers{"rtnl_msg_handlers"};
static Global<pernet_operations> rtnetlink_net_ops{"rtnetlink_net_ops"};

static const Links* linksOf(u32 family) {
  return family <= FamilyMax && rtnl_msg_handlers[family] ? t_arena->object<Links>(rtnl_msg_handlers[family]) : nullptr;
}
// The family's own, or, where it has none, the one for all families; nullptr: nobody answers this.
static const rtnl_link* answerer(u32 family, u32 type, bool dump) {
  for (const u32 tried : {family, u32(PF_UNSPEC)}) {
    const Links* links = linksOf(tried);
    const rtnl_link* link = links ? links[type].get() : nullptr;
    if (link && (dump ? bool(link->dumpit) : bool(link->doit))) return link;
  }
  return nullptr;
}

void rtnl_register(int protocol, int msgtype, const TypedSymbol<RtnlDoit>* doit, const TypedSymbol<RtnlDumpit>* dumpit,
                   u32 flags) {
  KFUNC(rtnl_register, protocol, msgtype, flags);
  const u64& slot = rtnl_msg_handlers[static_cast<u32>(protocol)];
  if (!slot) set(slot, Arena::address(kmallocBuffer(Types * sizeof(Links), GFP_KERNEL | __GFP_ZERO)));
  const auto* link = kzalloc<rtnl_link>(GFP_KERNEL);
  if (!slot || !link) return;
  if (doit) set(link->doit, *doit);
  if (dumpit) set(link->dumpit, *dumpit);
  set(link->flags, flags);
  set(linksOf(static_cast<u32>(protocol))[msgtype - RTM_BASE], link);
}

// ---- asking for all: the request says NLM_F_DUMP
// Of no family in particular: each that has something to tell, one after the other.
static s32 rtnl_dump_all(const sk_buff* skb, const netlink_callback* cb) {
  KFUNC(rtnl_dump_all, skb, cb);
  const u32 type = cb->nlh->nlmsg_type - u32(RTM_BASE), first = std::max<u32>(cb->family, 1);
  int result = 0;
  u32 family = first;
  for (; family <= FamilyMax; ++family) {
    const Links* links = family == PF_PACKET ? nullptr : linksOf(family);
    const rtnl_link* link = links ? links[type].get() : nullptr;
    if (!link || !link->dumpit) continue;
    if (family > first) { // a new table: from its beginning
      fillBytes(cb->args, 0, sizeof cb->args);
      set(cb->prev_seq, 0);
      set(cb->seq, 0);
    }
    result = link->dumpit(skb, cb);
    if (result) break;
  }
  set(cb->family, family);
  return call.result(skb->len ? static_cast<s32>(skb->len) : result);
}

static int startDump(const sk_buff* skb, const nlmsghdr* nlh, u32 family) {
  const rtnl_link* link = answerer(family, nlh->nlmsg_type - u32(RTM_BASE), true);
  if (!link) return -EOPNOTSUPP;
  OnStack<netlink_dump_control> control;
  set(control->dump, link->dumpit);
  if (nlh->nlmsg_type == RTM_GETLINK) set(control->min_dump_alloc, rtnl_calcit(skb, nlh));
  const sock* rtnl = sock_net(skb->sk)->rtnl;
  return netlink_dump_start(rtnl, skb, nlh, control);
}

// ---- one message
// Kinds of messages repeat every four types: new, delete, get, set. Everybody may ask.
static bool asks(const nlmsghdr* nlh) { return (nlh->nlmsg_type & 3) == 2; }

static int rtnetlink_rcv_msg(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(rtnetlink_rcv_msg, skb, nlh, extack);
  const u32 type = nlh->nlmsg_type;
  if (type > RTM_MAX) return call.result(-EOPNOTSUPP);
  if (nlmsg_len(nlh) < sizeof(rtgenmsg)) return call.result(0);
  const u32 family = nlmsg_data<rtgenmsg>(nlh)->rtgen_family;
  NOTE("netlink.request", static_cast<const sock*>(NETLINK_CB(skb)->sk), type, family);
  if (!asks(nlh) && !netlink_net_capable(skb, CAP_NET_ADMIN)) return call.result(-EPERM);
  const bool dump = asks(nlh) && nlh->nlmsg_flags & NLM_F_DUMP;
  if (dump) return call.result(startDump(skb, nlh, family));
  const rtnl_link* link = answerer(family, type - RTM_BASE, false);
  if (!link) {
    NOTE("netlink.not_built", type, family);
    return call.result(-EOPNOTSUPP);
  }
  const bool unlocked = link->flags & RTNL_FLAG_DOIT_UNLOCKED;
  if (!unlocked) takeRtnl();
  const int result = link->doit(skb, nlh, extack);
  if (!unlocked) letRtnlGo();
  return call.result(result);
}

static void rtnetlink_rcv(const sk_buff* skb) {
  KFUNC(rtnetlink_rcv, skb);
  netlink_rcv_skb(skb, rtnetlink_rcv_msg);
}

// Groups that tell of all namespaces are for administrators only.
static s32 rtnetlink_bind(const net* net, s32 group) {
  KFUNC(rtnetlink_bind, net, group);
  const bool restricted = group == RTNLGRP_IPV4_MROUTE_R || group == RTNLGRP_IPV6_MROUTE_R;
  return call.result(restricted && !ns_capable(net->user_ns, CAP_NET_ADMIN) ? -EPERM : 0);
}

// ---- telling
int rtnl_unicast(const sk_buff* skb, const net* net, u32 pid) {
  KFUNC(rtnl_unicast, skb, net, pid);
  const int sent = netlink_unicast(net->rtnl, skb, pid, MSG_DONTWAIT);
  return call.result(sent > 0 ? 0 : sent);
}
void rtnl_notify(const sk_buff* skb, const net* net, u32 pid, u32 group, const nlmsghdr* nlh, u32 flags) {
  KFUNC(rtnl_notify, skb, net, pid, group, nlh, flags);
  nlmsg_notify(net->rtnl, skb, pid, group, nlh && nlh->nlmsg_flags & NLM_F_ECHO, flags);
}
bool rtnl_may_be_heard(const net* net, u32 group) {
  return net->rtnl && (machine().current() || anybodyIn(tableOf(net->rtnl), group));
}
void rtnl_set_sk_err(const net* net, u32 group, int error) {
  KFUNC(rtnl_set_sk_err, net, group, error);
  netlink_set_err(net->rtnl, 0, group, error);
}

// ---- what messages about routes have in common
// How old it is and who uses it; the times are in hundredths of a second.
int rtnl_put_cacheinfo(const sk_buff* skb, const dst_entry* dst, u32 id, s64 expires, u32 error) {
  KFUNC(rtnl_put_cacheinfo, skb, dst, id, expires, error);
  OnStack<rta_cacheinfo> info;
  const u64 hz = machine().options().hz;
  const auto hundredths = [hz](u64 jiffies) { return static_cast<u32>(jiffies * 100 / hz); };
  set(info->rta_error, error);
  set(info->rta_id, id);
  if (dst) {
    set(info->rta_lastuse, hundredths(machine().jiffies() - dst->lastuse));
    set(info->rta_used, dst->__use);
    set(info->rta_clntref, atomic_read(&dst->__refcnt));
  }
  if (expires) set(info->rta_expires, hundredths(static_cast<u64>(expires)));
  return call.result(nla_put(skb, RTA_CACHEINFO, sizeof(rta_cacheinfo), info.get()));
}

int rtnetlink_put_metrics(const sk_buff* skb, const u32* metrics) {
  KFUNC(rtnetlink_put_metrics, skb);
  if (metrics == dst_default_metrics->metrics) return call.result(0);
  const nlattr* nest = nla_nest_start(skb, RTA_METRICS);
  if (!nest) return call.result(-EMSGSIZE);
  bool any = false;
  for (int i = 0; i < RTAX_MAX; ++i) {
    if (!metrics[i]) continue;
    any = true;
    if (nla_put_u32(skb, i + 1, metrics[i])) return nla_nest_cancel(skb, nest), call.result(-EMSGSIZE);
  }
  if (any) nla_nest_end(skb, nest);
  else nla_nest_cancel(skb, nest);
  return call.result(0);
}

// ---- start
static s32 rtnetlink_net_init(const net* net) {
  KFUNC(rtnetlink_net_init, net);
  OnStack<netlink_kernel_cfg> cfg;
  set(cfg->groups, RTNLGRP_MAX);
  set(cfg->input, fn<rtnetlink_rcv>);
  set(cfg->flags, NL_CFG_F_NONROOT_RECV);
  set(cfg->bind, fn<rtnetlink_bind>);
  const sock* own = netlink_kernel_create(net, NETLINK_ROUTE, cfg);
  if (!own) return call.result(-ENOMEM);
  set(net->rtnl, own);
  return call.result(0);
}

void rtnetlink_init() {
  KFUNC(rtnetlink_init);
  set(rtnetlink_net_ops->init, fn<rtnetlink_net_init>);
  register_pernet_subsys(rtnetlink_net_ops);
  rtnl_links_init();
  neigh_init();
  for (const int asked : {RTM_GETADDR, RTM_GETROUTE, RTM_GETNETCONF})
    rtnl_register(PF_UNSPEC, asked, nullptr, &fn<rtnl_dump_all>);
}

} // namespace sockwalk::kernel
