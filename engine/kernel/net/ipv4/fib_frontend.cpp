#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"
#include "engine/kernel/net/ipv4/fib_frontend_internal.h"
#include "engine/memory/constants/netlink.h"

namespace sockwalk::kernel {

static const fib_table* tableOf(const net* net, u32 id) {
  if (!id) id = RT_TABLE_MAIN;
  for (const hlist_node* n = net->ipv4.fib_table_hash.get()[id & (FIB_TABLE_HASHSZ - 1)].first; n; n = n->next) {
    const auto* tb = container_of(n, fib_table, tb_hlist);
    if (tb->tb_id == id) return tb;
  }
  return nullptr;
}
const fib_table* fibTable(const net* net, u32 id) { return tableOf(net, id); }
const fib_table* fib_get_table(const net* net, u32 id) { // in this file the compiler inlined it
  KFUNC(fib_get_table, net, id);
  return call.result(tableOf(net, id));
}

// The table `id`, made if there is none. The local table lives in the main one's trie until somebody adds rules:
// so one walk answers both "is it for us?" and "where to?".
const fib_table* fib_new_table(const net* net, u32 id) {
  KFUNC(fib_new_table, net, id);
  if (!id) id = RT_TABLE_MAIN;
  if (const fib_table* known = tableOf(net, id)) return call.result(known);
  const bool sharesTrie = id == RT_TABLE_LOCAL && !net->ipv4.fib_has_custom_rules;
  const fib_table* made = fib_trie_table(id, sharesTrie ? fib_new_table(net, RT_TABLE_MAIN) : nullptr);
  if (!made) return call.result(made);
  if (id == RT_TABLE_MAIN) set(net->ipv4.fib_main, made);
  if (id == RT_TABLE_DEFAULT) set(net->ipv4.fib_default, made);
  hlist_add_head(&made->tb_hlist, &net->ipv4.fib_table_hash.get()[id & (FIB_TABLE_HASHSZ - 1)]);
  return call.result(made);
}

// Asks the tables in the order of the default rules: (local and) main, then default.
int fib_lookup(const net* net, const flowi4* flp, const fib_result* res, u32 flags) {
  KFUNC(fib_lookup, net, flp, res, flags);
  INLINED();
  SIMPLIFIED("no policy routing: the default rules only");
  int outcome = -ENETUNREACH;
  for (const fib_table* table : {net->ipv4.fib_main.get(), net->ipv4.fib_default.get()})
    if (outcome && table) outcome = fib_table_lookup(table, flp, res, flags | FIB_LOOKUP_NOREF);
  return call.result(outcome == -EAGAIN ? -ENETUNREACH : outcome);
}

// RTN_LOCAL, RTN_BROADCAST, RTN_UNICAST ...: what an address is to us.
static u32 __inet_dev_addr_type(const net* net, const net_device* dev, u32 addr, u32 tb_id) {
  if (ipv4_is_zeronet(addr) || ipv4_is_lbcast(addr)) return RTN_BROADCAST;
  if (ipv4_is_multicast(addr)) return RTN_MULTICAST;
  const fib_table* table = tableOf(net, tb_id);
  if (!table) return RTN_BROADCAST;
  OnStack<flowi4> question;
  OnStack<fib_result> answer;
  set(question->daddr, addr);
  if (fib_table_lookup(table, question, answer, FIB_LOOKUP_NOREF)) return RTN_UNICAST;
  return !dev || dev == fib_info_nhc(answer->fi, 0)->nhc_dev ? answer->type : u32(RTN_UNICAST);
}

u32 inet_addr_type_table(const net* net, u32 addr, u32 tb_id) {
  KFUNC(inet_addr_type_table, net, addr, tb_id);
  return call.result(__inet_dev_addr_type(net, nullptr, addr, tb_id));
}
u32 inet_addr_type(const net* net, u32 addr) {
  KFUNC(inet_addr_type, net, addr);
  return call.result(__inet_dev_addr_type(net, nullptr, addr, RT_TABLE_LOCAL));
}
u32 inet_dev_addr_type(const net* net, const net_device* dev, u32 addr) {
  KFUNC(inet_dev_addr_type, net, dev, addr);
  const u32 table = dev ? l3mdev_fib_table_rcu(dev) : 0;
  return call.result(__inet_dev_addr_type(net, dev, addr, table ? table : u32(RT_TABLE_LOCAL)));
}
u32 inet_addr_type_dev_table(const net* net, const net_device* dev, u32 addr) {
  KFUNC(inet_addr_type_dev_table, net, dev, addr);
  const u32 table = l3mdev_fib_table_rcu(dev);
  return call.result(__inet_dev_addr_type(net, nullptr, addr, table ? table : u32(RT_TABLE_LOCAL)));
}

// The address that the sender of `skb` knows us by: what it wrote to, unless that was a broadcast.
u32 fib_compute_spec_dst(const sk_buff* skb) {
  KFUNC(fib_compute_spec_dst, skb);
  constexpr u32 kinds = RTCF_BROADCAST | RTCF_MULTICAST | RTCF_LOCAL;
  const auto* iph = reinterpret_cast<const iphdr*>(skb->head + skb->network_header);
  const bool toUsAlone = (skb_rtable(skb)->rt_flags & kinds) == RTCF_LOCAL;
  if (toUsAlone) return call.result(u32(iph->daddr));
  const net_device* dev = skb->dev;
  if (!__in_dev_get_rcu(dev)) return call.result(0u);
  if (ipv4_is_zeronet(iph->saddr)) return call.result(inet_select_addr(dev, 0, RT_SCOPE_UNIVERSE));
  OnStack<flowi4> wayBack;
  OnStack<fib_result> answer;
  set(wayBack->__fl_common.flowic_iif, LOOPBACK_IFINDEX);
  set(wayBack->__fl_common.flowic_l3mdev, l3mdev_master_ifindex_rcu(dev));
  set(wayBack->daddr, iph->saddr);
  set(wayBack->__fl_common.flowic_tos, iph->tos & IPTOS_RT_MASK);
  if (!fib_lookup(dev_net(dev), wayBack, answer, 0)) return call.result(fib_result_prefsrc(dev_net(dev), answer));
  return call.result(inet_select_addr(dev, iph->saddr, RT_SCOPE_UNIVERSE));
}

// The careful check: would an answer to `src` leave by the device that this packet came in by?
static int __fib_validate_source(u32 src, u32 dst, u8 tos, int oif, const net_device* dev, int rpf,
                                 const in_device* idev, const u32* itag) {
  KFUNC(__fib_validate_source, src, dst, tos, oif, dev, rpf, idev);
  const net* net = dev_net(dev);
  OnStack<flowi4> question;
  OnStack<fib_result> answer;
  set(question->__fl_common.flowic_l3mdev, l3mdev_master_ifindex_rcu(dev));
  set(question->__fl_common.flowic_iif, oif ? oif : LOOPBACK_IFINDEX);
  set(question->daddr, src);
  set(question->saddr, dst);
  set(question->__fl_common.flowic_tos, tos);
  const auto lastResort = [&] {
    set(*itag, 0);
    if (rpf) NOTE("route.reverse_path", src, dev, rpf != 1);
    return rpf ? -EXDEV : 0;
  };
  if (fib_lookup(net, question, answer, 0)) return call.result(lastResort());
  if (answer->type != RTN_UNICAST && (answer->type != RTN_LOCAL || !IN_DEV_ACCEPT_LOCAL(idev))) {
    NOTE("route.source_not_unicast", src, dev);
    return call.result(-EINVAL);
  }
  set(*itag, 0);
  if (fib_info_nh_uses_dev(answer->fi, dev) || (answer->type == RTN_LOCAL && dev == net->loopback_dev))
    return call.result(int(answer->nhc->nhc_scope >= RT_SCOPE_HOST));
  if (!idev->ifa_list) return call.result(lastResort());
  if (rpf == 1) {
    NOTE("route.reverse_path", src, dev, false);
    return call.result(-EXDEV);
  }
  set(question->__fl_common.flowic_oif, dev->ifindex);
  if (fib_lookup(net, question, answer, FIB_LOOKUP_IGNORE_LINKSTATE) || answer->type != RTN_UNICAST)
    return call.result(0);
  return call.result(int(answer->nhc->nhc_scope >= RT_SCOPE_HOST));
}

int fib_validate_source(const sk_buff* skb, u32 src, u32 dst, u8 tos, int oif, const net_device* dev,
                        const in_device* idev, const u32* itag) {
  KFUNC(fib_validate_source, skb, src, dst, tos, oif, dev, idev, itag);
  const net* net = dev_net(dev);
  const int rpf = IN_DEV_RPFILTER(idev);
  if (rpf || net->ipv4.fib_has_custom_local_routes || net->ipv4.fib_has_custom_rules ||
      (dev->ifindex == oif && IN_DEV_TX_REDIRECTS(idev)))
    return call.result(__fib_validate_source(src, dst, tos, oif, dev, rpf, idev, itag));
  // The quick check: nobody else may send under one of our own addresses.
  if (!IN_DEV_ACCEPT_LOCAL(idev) && inet_lookup_ifaddr_rcu(net, src)) {
    NOTE("route.source_not_unicast", src, dev);
    return call.result(-EINVAL);
  }
  set(*itag, 0);
  return call.result(0);
}

// The kernel's own routes, which come and go with addresses.
static void fib_magic(int cmd, int type, u32 dst, int dst_len, const in_ifaddr* ifa, u32 rt_priority) {
  KFUNC(fib_magic, cmd, type, dst, dst_len, ifa, rt_priority);
  l3mdev_fib_table_rcu(ifa->ifa_dev->dev);
  const net_device* dev = ifa->ifa_dev->dev;
  const net* net = dev_net(dev);
  // Other hosts are the main table's matter; what is our own, or everybody's, stands in the local one.
  const fib_table* table = fib_new_table(net, type == RTN_UNICAST ? RT_TABLE_MAIN : RT_TABLE_LOCAL);
  if (!table) return;
  OnStack<fib_config> wanted;
  set(wanted->fc_protocol, RTPROT_KERNEL);
  set(wanted->fc_type, type);
  set(wanted->fc_dst, dst);
  set(wanted->fc_dst_len, dst_len);
  set(wanted->fc_priority, rt_priority);
  set(wanted->fc_prefsrc, ifa->ifa_local);
  set(wanted->fc_oif, dev->ifindex);
  set(wanted->fc_nlinfo.nl_net, net);
  set(wanted->fc_table, table->tb_id);
  set(wanted->fc_scope, type == RTN_LOCAL ? RT_SCOPE_HOST : RT_SCOPE_LINK);
  set(wanted->fc_nlflags, NLM_F_CREATE | NLM_F_APPEND);
  if (cmd == RTM_NEWROUTE) fib_table_insert(net, table, wanted);
  else fib_table_delete(net, table, wanted);
}

// What an address of ours says about the world: that it is us, who listens to the broadcast, and that its subnet is to
// be found behind this device. Its routes give as source the primary address of the subnet.
void fib_add_ifaddr(const in_ifaddr* ifa) {
  KFUNC(fib_add_ifaddr, ifa);
  const u32 devFlags = ifa->ifa_dev->dev->flags;
  const u32 own = ifa->ifa_local, subnet = ifa->ifa_address & ifa->ifa_mask, everybody = 0xffffffff;
  const bool secondary = ifa->ifa_flags & IFA_F_SECONDARY;
  const in_ifaddr* source = secondary ? inet_ifa_byprefix(ifa->ifa_dev, subnet, ifa->ifa_mask) : ifa;
  if (!source) return;
  const auto addRoute = [source](int type, u32 dst, int length, u32 priority = 0) {
    fib_magic(RTM_NEWROUTE, type, dst, length, source, priority);
  };
  const int length = ifa->ifa_prefixlen;
  addRoute(RTN_LOCAL, own, 32);
  if (!(devFlags & IFF_UP)) return;
  if (ifa->ifa_broadcast && ifa->ifa_broadcast != everybody) {
    addRoute(RTN_BROADCAST, ifa->ifa_broadcast, 32);
    arp_invalidate(ifa->ifa_dev->dev, ifa->ifa_broadcast);
  }
  const bool alone = length == 32 && own == subnet;
  if (alone || secondary || ipv4_is_zeronet(subnet)) return;
  const int neighbours = devFlags & IFF_LOOPBACK ? RTN_LOCAL : RTN_UNICAST; // all of 127.0.0.0/8 is this host
  if (!(ifa->ifa_flags & IFA_F_NOPREFIXROUTE)) addRoute(neighbours, subnet, length, ifa->ifa_rt_priority);
  if (length >= 31) return; // of two addresses none is to spare (RFC 3021)
  addRoute(RTN_BROADCAST, subnet | ~ifa->ifa_mask, 32);
  arp_invalidate(ifa->ifa_dev->dev, subnet | ~ifa->ifa_mask);
}

static void fib_flush(const net* net) {
  KFUNC(fib_flush, net);
  u32 flushed = 0;
  for (u32 h = 0; h < FIB_TABLE_HASHSZ; ++h)
    for (const hlist_node* n = net->ipv4.fib_table_hash.get()[h].first; n; n = n->next)
      flushed += fib_table_flush(net, container_of(n, fib_table, tb_hlist), false);
  if (flushed) rt_cache_flush(net);
}

namespace {
// Which of the routes of an address that goes others on the device still need.
struct StillNeeded {
  bool local = false, broadcast = false, last = false, first = false; // last, first: of the subnet's addresses
};
StillNeeded neededByOthers(const in_device* in_dev, const in_ifaddr* gone, const in_ifaddr* source) {
  StillNeeded still;
  const u32 last = gone->ifa_address | ~gone->ifa_mask, first = gone->ifa_address & gone->ifa_mask;
  for (const in_ifaddr* other = in_dev->ifa_list; other; other = other->ifa_next) {
    if (other == gone) continue;
    const bool sameSubnet = other->ifa_mask == source->ifa_mask && inet_ifa_match(other->ifa_address, source);
    const bool secondary = other->ifa_flags & IFA_F_SECONDARY;
    if (secondary ? !sameSubnet : source->ifa_local != other->ifa_local) continue; // its routes have another source
    const bool ownSubnet =
        !secondary && other->ifa_prefixlen < 31 && !ipv4_is_zeronet(other->ifa_address & other->ifa_mask);
    const u32 theirLast = other->ifa_address | ~other->ifa_mask, theirFirst = other->ifa_address & other->ifa_mask;
    const auto uses = [&](u32 address) {
      return address == other->ifa_broadcast || (ownSubnet && (address == theirLast || address == theirFirst));
    };
    still.local |= gone->ifa_local == other->ifa_local;
    still.broadcast |= uses(gone->ifa_broadcast);
    still.last |= uses(last);
    still.first |= uses(first);
  }
  return still;
}
int fib_sync_down_addr(const net_device* dev, u32 local) {
  KFUNC(fib_sync_down_addr, dev, local);
  SIMPLIFIED("routes that others made with this address as source stay");
  l3mdev_fib_table_rcu(dev);
  return call.result(0);
}
} // namespace

// The address goes, and with it what was said because of it, as far as no other address says the same.
void fib_del_ifaddr(const in_ifaddr* ifa, const in_ifaddr* iprim) {
  KFUNC(fib_del_ifaddr, ifa, iprim);
  const in_device* in_dev = ifa->ifa_dev;
  const net_device* dev = in_dev->dev;
  const u32 last = ifa->ifa_address | ~ifa->ifa_mask, first = ifa->ifa_address & ifa->ifa_mask;
  const bool secondary = ifa->ifa_flags & IFA_F_SECONDARY;
  const in_ifaddr* source = secondary ? inet_ifa_byprefix(in_dev, first, ifa->ifa_mask) : ifa;
  if (!source) return;
  const auto dropRoute = [source](int type, u32 dst, int length) {
    fib_magic(RTM_DELROUTE, type, dst, length, source, 0);
  };
  const bool alone = first == ifa->ifa_local && ifa->ifa_prefixlen == 32;
  const bool subnet = !secondary && !ipv4_is_zeronet(first) && !alone;
  if (subnet && !(ifa->ifa_flags & IFA_F_NOPREFIXROUTE))
    dropRoute(dev->flags & IFF_LOOPBACK ? RTN_LOCAL : RTN_UNICAST, first, ifa->ifa_prefixlen);
  const StillNeeded still = neededByOthers(in_dev, ifa, source);
  if (!still.broadcast) dropRoute(RTN_BROADCAST, ifa->ifa_broadcast, 32);
  if (subnet && ifa->ifa_prefixlen < 31) {
    if (!still.last) dropRoute(RTN_BROADCAST, last, 32);
    if (!still.first) dropRoute(RTN_BROADCAST, first, 32);
  }
  if (still.local) return;
  dropRoute(RTN_LOCAL, ifa->ifa_local, 32);
  const u32 table = l3mdev_fib_table_rcu(dev);
  const u32 type = __inet_dev_addr_type(dev_net(dev), dev, ifa->ifa_local, table ? table : u32(RT_TABLE_LOCAL));
  if (type != RTN_LOCAL && fib_sync_down_addr(dev, ifa->ifa_local)) fib_flush(dev_net(dev));
}

// The device has no address left, or is down: routes by it are dead.
static void fib_disable_ip(const net_device* dev, u64 event, bool force) {
  KFUNC(fib_disable_ip, dev, event, force);
  INLINED();
  if (fib_sync_down_dev(dev, event, force)) fib_flush(dev_net(dev));
  else rt_cache_flush(dev_net(dev));
  arp_ifdown(dev);
}

int fib_inetaddr_event(u64 event, const in_ifaddr* ifa) {
  KFUNC(fib_inetaddr_event, event, ifa);
  const net_device* dev = ifa->ifa_dev->dev;
  if (event == NETDEV_UP) {
    fib_add_ifaddr(ifa);
    fib_sync_up(dev, RTNH_F_DEAD);
    atomic_inc(&dev_net(dev)->ipv4.dev_addr_genid);
    rt_cache_flush(dev_net(dev));
  } else if (event == NETDEV_DOWN) {
    fib_del_ifaddr(ifa, nullptr);
    atomic_inc(&dev_net(dev)->ipv4.dev_addr_genid);
    if (!ifa->ifa_dev->ifa_list) fib_disable_ip(dev, event, true);
    else rt_cache_flush(dev_net(dev));
  }
  return call.result(0);
}

int fib_netdev_event(u64 event, const net_device* dev) {
  KFUNC(fib_netdev_event, event, dev);
  const in_device* in_dev = __in_dev_get_rtnl(dev);
  if (in_dev && event == NETDEV_UP) {
    for (const in_ifaddr* own = in_dev->ifa_list; own; own = own->ifa_next) fib_add_ifaddr(own);
    fib_sync_up(dev, RTNH_F_DEAD);
    atomic_inc(&dev_net(dev)->ipv4.dev_addr_genid);
    rt_cache_flush(dev_net(dev));
  } else if (in_dev && event == NETDEV_DOWN) {
    fib_disable_ip(dev, event, false);
  } else if (in_dev && event == NETDEV_CHANGEMTU) {
    rt_cache_flush(dev_net(dev));
  }
  return call.result(0);
}

// ---- what `ip route` asks without a message
static void describeRoute(const fib_config* cfg, const net* net, u32 dst, u8 dst_len, u32 gw, int oif) {
  set(cfg->fc_dst, dst);
  set(cfg->fc_dst_len, dst_len);
  set(cfg->fc_oif, oif);
  set(cfg->fc_table, RT_TABLE_MAIN);
  set(cfg->fc_nlinfo.nl_net, net);
  if (gw) {
    set(cfg->fc_gw_family, 2); // AF_INET
    set(cfg->fc_gw4, gw);
  }
}
int ip_rt_add(const net* net, u32 dst, u8 dst_len, u32 gw, int oif) {
  OnStack<fib_config> cfg;
  describeRoute(cfg, net, dst, dst_len, gw, oif);
  set(cfg->fc_protocol, RTPROT_BOOT);
  set(cfg->fc_type, RTN_UNICAST);
  set(cfg->fc_nlflags, NLM_F_CREATE | NLM_F_EXCL);
  set(cfg->fc_scope, gw ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK);
  const fib_table* tb = fib_new_table(net, RT_TABLE_MAIN);
  return tb ? fib_table_insert(net, tb, cfg) : -ENOBUFS;
}
int ip_rt_del(const net* net, u32 dst, u8 dst_len, u32 gw, int oif) {
  OnStack<fib_config> cfg;
  describeRoute(cfg, net, dst, dst_len, gw, oif);
  set(cfg->fc_scope, RT_SCOPE_NOWHERE); // any
  const fib_table* tb = fib_get_table(net, RT_TABLE_MAIN);
  return tb ? fib_table_delete(net, tb, cfg) : -ESRCH;
}

static Global<pernet_operations> fib_net_ops{"fib_net_ops"};

static int fib_net_init(const net* net) {
  KFUNC(fib_net_init, net);
  SIMPLIFIED("no netlink socket, no rules");
  const u8* hash = kmallocBuffer(FIB_TABLE_HASHSZ * sizeof(hlist_head), GFP_KERNEL | __GFP_ZERO);
  if (!hash) return call.result(-ENOMEM);
  setAddress(&net->ipv4.fib_table_hash, hash);
  return call.result(0);
}

void ip_fib_init() {
  KFUNC(ip_fib_init);
  fib_trie_init();
  set(fib_net_ops->init, fn<fib_net_init>);
  register_pernet_subsys(fib_net_ops);
  fib_netlink_init();
}

} // namespace sockwalk::kernel
