// What a route means: fib_info (type, scope, preferred source, metrics) and its next hops. Routes that mean the same
// share one fib_info, and so share the rtable that is cached in its next hop.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/ip_fib.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/fib_lookup.h"
#include "engine/kernel/net/ipv4/fib_semantics_internal.h"
#include <tuple>

namespace sockwalk::kernel {

static constexpr u32 InfoHashSize = 16;
static Global<hlist_head[InfoHashSize]> fib_info_hash{"fib_info_hash"};
Global<fib_prop[RTN_MAX + 1]> fib_props{"fib_props"};

void image_fib() {
  constexpr struct {
    int error;
    u8 scope;
  } props[RTN_MAX + 1] = {{0, RT_SCOPE_NOWHERE},        {0, RT_SCOPE_UNIVERSE},
                          {0, RT_SCOPE_HOST},           {0, RT_SCOPE_LINK},
                          {0, RT_SCOPE_LINK},           {0, RT_SCOPE_UNIVERSE},
                          {-EINVAL, RT_SCOPE_UNIVERSE}, {-EHOSTUNREACH, RT_SCOPE_UNIVERSE},
                          {-EACCES, RT_SCOPE_UNIVERSE}, {-EAGAIN, RT_SCOPE_UNIVERSE},
                          {-EINVAL, RT_SCOPE_NOWHERE},  {-EINVAL, RT_SCOPE_NOWHERE}};
  for (int i = 0; i <= RTN_MAX; ++i) {
    set(fib_props[i].error, props[i].error);
    set(fib_props[i].scope, props[i].scope);
  }
}

static const hlist_head* infoBucket(const fib_info* fi) {
  const u32 mix = fi->fib_protocol ^ fi->fib_scope << 3 ^ fi->fib_prefsrc ^ fi->fib_type ^ fi->fib_priority;
  return &fib_info_hash[(mix * 0x61c88647u) >> 28];
}

// All that two routes must have in common to share a fib_info, in one value. Whether a hop lives is not of it.
static auto meaningOf(const fib_info* fi) {
  const fib_nh_common& hop = fi->fib_nh[0].nh_common;
  return std::tuple(fi->fib_nhs, fi->fib_protocol, fi->fib_scope, fi->fib_prefsrc, fi->fib_priority, fi->fib_type,
                    fi->fib_tb_id, fi->fib_flags & ~RTNH_F_DEAD, hop.nhc_oif, hop.nhc_gw_family, hop.nhc_gw.ipv4,
                    hop.nhc_scope);
}

static bool sameMeaning(const fib_info* a, const fib_info* b) { return meaningOf(a) == meaningOf(b); }

// Routes through a tunnel would have to have the same; there are none.
static int lwtunnel_cmp_encap(const fib_info* fi) {
  KFUNC(lwtunnel_cmp_encap, fi);
  return call.result(0);
}
static const fib_info* fib_find_info(const fib_info* nfi) {
  for (const hlist_node* n = infoBucket(nfi)->first; n; n = n->next) {
    const auto* known = container_of(n, fib_info, fib_hash);
    if (known->fib_net == nfi->fib_net && sameMeaning(known, nfi)) {
      lwtunnel_cmp_encap(known);
      return known;
    }
  }
  return nullptr;
}

static int fib_nh_common_init(const fib_nh_common* nhc, const fib_config* cfg) {
  KFUNC(fib_nh_common_init, nhc, cfg);
  const u8* slot = kmallocBuffer(sizeof(u64), GFP_KERNEL | __GFP_ZERO);
  if (!slot) return call.result(-ENOMEM);
  setAddress(&nhc->nhc_pcpu_rth_output, slot);
  set(nhc->nhc_oif, cfg->fc_oif);
  set(nhc->nhc_gw_family, cfg->fc_gw_family);
  if (cfg->fc_gw_family) set(nhc->nhc_gw.ipv4, cfg->fc_gw4);
  set(nhc->nhc_flags, cfg->fc_flags);
  set(nhc->nhc_family, 2); // AF_INET
  set(nhc->nhc_scope, cfg->fc_scope);
  set(nhc->nhc_weight, 1);
  return call.result(0);
}

// By which device a gateway is reached, and that it is a neighbour indeed and not behind another gateway.
static int fib_check_nh_v4_gw(const net* net, const fib_nh* nh, u8 scope) {
  KFUNC(fib_check_nh_v4_gw, net, nh, scope);
  const fib_nh_common* nhc = &nh->nh_common;
  OnStack<flowi4> question;
  OnStack<fib_result> answer;
  set(question->daddr, nhc->nhc_gw.ipv4);
  set(question->__fl_common.flowic_scope, scope + 1);
  set(question->__fl_common.flowic_oif, nhc->nhc_oif);
  set(question->__fl_common.flowic_iif, LOOPBACK_IFINDEX);
  if (question->__fl_common.flowic_scope < RT_SCOPE_LINK) set(question->__fl_common.flowic_scope, RT_SCOPE_LINK);
  if (const int err = fib_lookup(net, question, answer, FIB_LOOKUP_IGNORE_LINKSTATE)) return call.result(err);
  if (answer->type != RTN_UNICAST && answer->type != RTN_LOCAL) return call.result(-EINVAL);
  set(nhc->nhc_scope, answer->scope);
  set(nhc->nhc_oif, answer->nhc->nhc_oif);
  set(nhc->nhc_dev, answer->nhc->nhc_dev);
  if (!nhc->nhc_dev) return call.result(-ENODEV);
  return call.result(nhc->nhc_dev->flags & IFF_UP ? 0 : -ENETDOWN);
}

static int fib_check_nh_nongw(const net* net, const fib_nh* nh) {
  const fib_nh_common* nhc = &nh->nh_common;
  const net_device* dev = dev_get_by_index_rcu(net, nhc->nhc_oif);
  if (!dev || !__in_dev_get_rtnl(dev)) return -ENODEV;
  if (!(dev->flags & IFF_UP)) return -ENETDOWN;
  set(nhc->nhc_dev, dev);
  set(nhc->nhc_scope, RT_SCOPE_HOST);
  if (!netif_carrier_ok(dev)) set(nhc->nhc_flags, nhc->nhc_flags | RTNH_F_LINKDOWN);
  return 0;
}

static int fib_check_nh(const net* net, const fib_nh* nh, u8 scope) {
  KFUNC(fib_check_nh, net, nh, scope);
  return call.result(nh->nh_common.nhc_gw_family ? fib_check_nh_v4_gw(net, nh, scope) : fib_check_nh_nongw(net, nh));
}

static u32 chooseSource(const net* net, const fib_nh_common* nhc, u8 scope) {
  const auto* hop = reinterpret_cast<const fib_nh*>(nhc);
  const u32 chosen = inet_select_addr(nhc->nhc_dev, nhc->nhc_gw.ipv4, scope);
  set(hop->nh_saddr, chosen);
  set(hop->nh_saddr_genid, atomic_read(&net->ipv4.dev_addr_genid));
  return chosen;
}
// The proposed source is remembered, with the number of the last change of addresses.
u32 fib_info_update_nhc_saddr(const net* net, const fib_nh_common* nhc, u8 scope) {
  KFUNC(fib_info_update_nhc_saddr, net, nhc, scope);
  return call.result(chooseSource(net, nhc, scope));
}

// The source address that a route proposes: the one written in it, else one of the outgoing device. That is chosen anew
// when this host's addresses have changed since it was chosen last.
u32 fib_result_prefsrc(const net* net, const fib_result* res) {
  KFUNC(fib_result_prefsrc, net, res);
  const fib_info* route = res->fi;
  if (const u32 written = route->fib_prefsrc) return call.result(written);
  const auto* hop = reinterpret_cast<const fib_nh*>(res->nhc.get());
  const bool upToDate = atomic_read(&net->ipv4.dev_addr_genid) == hop->nh_saddr_genid;
  return call.result(upToDate ? u32(hop->nh_saddr) : fib_info_update_nhc_saddr(net, res->nhc, route->fib_scope));
}

static const dst_metrics* ip_fib_metrics_init() {
  KFUNC(ip_fib_metrics_init);
  return call.result(dst_default_metrics.get());
}
static int fib_nh_init(const fib_nh* nh, const fib_config* cfg) {
  KFUNC(fib_nh_init, nh, cfg);
  return call.result(fib_nh_common_init(&nh->nh_common, cfg));
}
// Of several next hops each gets the share of the traffic that its weight gives it.
static void fib_rebalance(const fib_info* fi) { KFUNC(fib_rebalance, fi); }
static const net_device* dev_get_by_index(const net* net, int ifindex) {
  KFUNC(dev_get_by_index, net, ifindex);
  for (const net_device* dev : list_for_each_entry(net_device, dev_list, &net->dev_base_head))
    if (dev->ifindex == ifindex) return call.result(dev);
  return call.result<const net_device*>(nullptr);
}

// The address that the route proposes as source must be one of ours.
static bool fib_valid_prefsrc(const fib_config* cfg, u32 prefsrc) {
  if (cfg->fc_type == RTN_LOCAL && cfg->fc_dst == prefsrc) return true; // the very route that makes it ours
  return inet_addr_type_table(cfg->fc_nlinfo.nl_net, prefsrc, RT_TABLE_LOCAL) == RTN_LOCAL;
}

static int checkNextHop(const fib_info* fi, const fib_config* cfg) {
  const fib_nh* nh = &fi->fib_nh[0];
  if (cfg->fc_scope != RT_SCOPE_HOST) return fib_check_nh(fi->fib_net, nh, cfg->fc_scope);
  if (cfg->fc_gw_family) return -EINVAL;
  set(nh->nh_common.nhc_scope, RT_SCOPE_NOWHERE); // to ourselves: the device is all there is
  set(nh->nh_common.nhc_dev, dev_get_by_index(fi->fib_net, nh->nh_common.nhc_oif));
  return nh->nh_common.nhc_dev ? 0 : -ENODEV;
}

static int setUpNextHop(const fib_info* fi, const fib_config* cfg) {
  const fib_nh* nh = &fi->fib_nh[0];
  set(nh->nh_parent, fi);
  if (const int err = fib_nh_init(nh, cfg)) return err;
  if (fib_props[cfg->fc_type].error) return cfg->fc_gw_family || cfg->fc_oif ? -EINVAL : 0;
  if (const int err = checkNextHop(fi, cfg)) return err;
  if (fi->fib_prefsrc && !fib_valid_prefsrc(cfg, fi->fib_prefsrc)) return -EINVAL;
  chooseSource(fi->fib_net, &nh->nh_common, fi->fib_scope);
  fib_rebalance(fi);
  return 0;
}

static const fib_info* noInfo(int error) { return ERR_PTR<fib_info>(error); }

static void fillInfo(const fib_info* made, const fib_config* cfg) {
  set(made->fib_metrics, ip_fib_metrics_init());
  set(made->fib_net, cfg->fc_nlinfo.nl_net);
  set(made->fib_protocol, cfg->fc_protocol);
  set(made->fib_scope, cfg->fc_scope);
  set(made->fib_flags, cfg->fc_flags);
  set(made->fib_priority, cfg->fc_priority);
  set(made->fib_prefsrc, cfg->fc_prefsrc);
  set(made->fib_type, cfg->fc_type);
  set(made->fib_tb_id, cfg->fc_table);
  set(made->fib_nhs, 1);
}

// Only when it is complete can be said whether there is one like it: if so, that one serves, and this one goes.
const fib_info* fib_create_info(const fib_config* cfg) {
  KFUNC(fib_create_info, cfg);
  SIMPLIFIED("one next hop, default metrics, no next-hop objects; a hash of fixed size");
  const bool possible = cfg->fc_type <= RTN_MAX && fib_props[cfg->fc_type].scope <= cfg->fc_scope;
  if (!possible) return call.result(noInfo(-EINVAL));
  const auto* made = kzalloc<fib_info>(GFP_KERNEL, sizeof(fib_nh));
  if (!made) return call.result(noInfo(-ENOBUFS));
  fillInfo(made, cfg);
  if (const int err = setUpNextHop(made, cfg)) {
    free_fib_info(made);
    return call.result(noInfo(err));
  }
  if (const fib_info* same = fib_find_info(made)) {
    set(made->fib_dead, 1);
    free_fib_info(made);
    refcount_inc(&same->fib_treeref);
    return call.result(same);
  }
  refcount_set(&made->fib_treeref, 1);
  refcount_set(&made->fib_clntref, 1);
  hlist_add_head(&made->fib_hash, infoBucket(made));
  return call.result(made);
}

static void dropCachedRoute(const rtable* rt) {
  if (rt) dst_release(&rt->dst);
}

void free_fib_info(const fib_info* fi) {
  KFUNC(free_fib_info, fi);
  const fib_nh_common& nhc = fi->fib_nh[0].nh_common;
  if (const u64 slot = nhc.nhc_pcpu_rth_output.value) {
    const auto* out = t_arena->object<kptr<rtable>>(slot);
    dropCachedRoute(*out);
    kfree(out);
  }
  dropCachedRoute(nhc.nhc_rth_input);
  free_nh_exceptions(&nhc);
  kfree(fi);
}

void fib_release_info(const fib_info* fi) {
  KFUNC(fib_release_info, fi);
  if (!refcount_dec_and_test(&fi->fib_treeref)) return;
  hlist_del_init(&fi->fib_hash);
  set(fi->fib_dead, 1);
  if (refcount_dec_and_test(&fi->fib_clntref)) free_fib_info(fi);
}

// ---- a device goes down, or comes back: its next hops die, or live again. How many routes that changed.
template <class F> static int forRoutesBy(const net_device* dev, const F& change) {
  int changed = 0;
  for (u32 h = 0; h < InfoHashSize; ++h)
    for (const hlist_node* n = fib_info_hash[h].first; n; n = n->next) {
      const auto* fi = container_of(n, fib_info, fib_hash);
      if (fi->fib_net == dev_net(dev) && fi->fib_nh[0].nh_common.nhc_dev == dev) changed += change(fi);
    }
  return changed;
}
int fib_sync_down_dev(const net_device* dev, u64 event, bool force) {
  KFUNC(fib_sync_down_dev, dev, event, force);
  const int scope = force ? -1 : int(RT_SCOPE_NOWHERE); // a device that is down: our own addresses stay ours
  return call.result(forRoutesBy(dev, [&](const fib_info* fi) {
    const fib_nh_common& hop = fi->fib_nh[0].nh_common;
    if (hop.nhc_flags & RTNH_F_DEAD || hop.nhc_scope == scope) return 0;
    set(hop.nhc_flags, hop.nhc_flags | RTNH_F_DEAD);
    call_fib4_notifiers(FIB_EVENT_ENTRY_DEL, fi);
    set(fi->fib_flags, fi->fib_flags | RTNH_F_DEAD);
    fib_rebalance(fi);
    return 1;
  }));
}
int fib_sync_up(const net_device* dev, u8 nh_flags) {
  KFUNC(fib_sync_up, dev, nh_flags);
  if (!(dev->flags & IFF_UP)) return call.result(0);
  dev_get_flags(dev);
  return call.result(forRoutesBy(dev, [&](const fib_info* fi) {
    const fib_nh_common& hop = fi->fib_nh[0].nh_common;
    const bool dead = hop.nhc_flags & nh_flags;
    if (dead) {
      set(hop.nhc_flags, hop.nhc_flags & ~nh_flags);
      set(fi->fib_flags, fi->fib_flags & ~u32(nh_flags));
    }
    fib_rebalance(fi);
    return int(dead);
  }));
}

// ---- what a request for deletion means
bool fib_nh_match(const fib_config* cfg, const fib_info* fi) {
  KFUNC(fib_nh_match, cfg, fi);
  const fib_nh_common& hop = fi->fib_nh[0].nh_common;
  if (cfg->fc_priority && cfg->fc_priority != fi->fib_priority) return call.result(false);
  if (cfg->fc_oif && cfg->fc_oif != hop.nhc_oif) return call.result(false);
  if (!cfg->fc_gw_family) return call.result(true);
  return call.result(cfg->fc_gw_family == hop.nhc_gw_family && cfg->fc_gw4 == hop.nhc_gw.ipv4);
}
bool fib_metrics_match(const fib_config* cfg, const fib_info* fi) {
  KFUNC(fib_metrics_match, cfg, fi);
  return call.result(true); // a request with metrics was refused before
}

bool fib_info_nh_uses_dev(const fib_info* fi, const net_device* dev) {
  KFUNC(fib_info_nh_uses_dev, fi, dev);
  return call.result(fib_info_nhc(fi, 0)->nhc_dev == dev);
}

// Chooses among several paths, and with that the source address if the sender left it open.
void fib_select_path(const net* net, const fib_result* res, const flowi4* fl4, const sk_buff*) {
  KFUNC(fib_select_path, net, res, fl4);
  SIMPLIFIED("a route has one next hop: no multipath, no choice between default routes");
  if (fl4->saddr) return;
  const net_device* master = dev_get_by_index_rcu(net, fl4->__fl_common.flowic_l3mdev);
  if (!master) set(fl4->saddr, fib_result_prefsrc(net, res));
}

} // namespace sockwalk::kernel
