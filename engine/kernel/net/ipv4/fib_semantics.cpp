// What a route means: fib_info (type, scope, preferred source, metrics) and its next hops. Routes that mean the same
// share one fib_info, and so share the rtable that is cached in its next hop.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/ip_forward.h"

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

static bool sameMeaning(const fib_info* a, const fib_info* b) {
  const fib_nh_common &x = a->fib_nh[0].nh_common, &y = b->fib_nh[0].nh_common;
  return a->fib_nhs == b->fib_nhs && a->fib_protocol == b->fib_protocol && a->fib_scope == b->fib_scope &&
         a->fib_prefsrc == b->fib_prefsrc && a->fib_priority == b->fib_priority && a->fib_type == b->fib_type &&
         a->fib_tb_id == b->fib_tb_id && !((a->fib_flags ^ b->fib_flags) & ~RTNH_F_DEAD) &&
         (!a->fib_nhs || (x.nhc_oif == y.nhc_oif && x.nhc_gw_family == y.nhc_gw_family &&
                          x.nhc_gw.ipv4 == y.nhc_gw.ipv4 && x.nhc_scope == y.nhc_scope));
}

static const fib_info* fib_find_info(const fib_info* nfi) {
  for (const hlist_node* n = infoBucket(nfi)->first; n; n = n->next) {
    const auto* fi = container_of(n, fib_info, fib_hash);
    if (fi->fib_net == nfi->fib_net && sameMeaning(fi, nfi)) return fi;
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
  OnStack<flowi4> fl4;
  OnStack<fib_result> res;
  set(fl4->daddr, nhc->nhc_gw.ipv4);
  set(fl4->__fl_common.flowic_scope, scope + 1);
  set(fl4->__fl_common.flowic_oif, nhc->nhc_oif);
  set(fl4->__fl_common.flowic_iif, LOOPBACK_IFINDEX);
  if (fl4->__fl_common.flowic_scope < RT_SCOPE_LINK) set(fl4->__fl_common.flowic_scope, RT_SCOPE_LINK);
  if (const int err = fib_lookup(net, fl4, res, FIB_LOOKUP_IGNORE_LINKSTATE)) return call.result(err);
  if (res->type != RTN_UNICAST && res->type != RTN_LOCAL) return call.result(-EINVAL);
  set(nhc->nhc_scope, res->scope);
  set(nhc->nhc_oif, res->nhc->nhc_oif);
  set(nhc->nhc_dev, res->nhc->nhc_dev);
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

u32 fib_info_update_nhc_saddr(const net* net, const fib_nh_common* nhc, u8 scope) {
  KFUNC(fib_info_update_nhc_saddr, net, nhc, scope);
  const fib_nh* nh = reinterpret_cast<const fib_nh*>(nhc);
  set(nh->nh_saddr, inet_select_addr(nhc->nhc_dev, nhc->nhc_gw.ipv4, scope));
  set(nh->nh_saddr_genid, atomic_read(&net->ipv4.dev_addr_genid));
  return call.result(u32(nh->nh_saddr));
}

// The source address that a route proposes: the one written in it, else one of the outgoing device.
u32 fib_result_prefsrc(const net* net, const fib_result* res) {
  KFUNC(fib_result_prefsrc, net, res);
  if (res->fi->fib_prefsrc) return call.result(u32(res->fi->fib_prefsrc));
  const fib_nh* nh = reinterpret_cast<const fib_nh*>(res->nhc.get());
  if (nh->nh_saddr_genid == atomic_read(&net->ipv4.dev_addr_genid)) return call.result(u32(nh->nh_saddr));
  return call.result(fib_info_update_nhc_saddr(net, res->nhc, res->fi->fib_scope));
}

static int setUpNextHop(const fib_info* fi, const fib_config* cfg) {
  const fib_nh* nh = &fi->fib_nh[0];
  set(nh->nh_parent, fi);
  if (const int err = fib_nh_common_init(&nh->nh_common, cfg)) return err;
  if (fib_props[cfg->fc_type].error) return cfg->fc_gw_family || cfg->fc_oif ? -EINVAL : 0;
  if (cfg->fc_scope == RT_SCOPE_HOST) { // to ourselves: the device is all there is
    set(nh->nh_common.nhc_scope, RT_SCOPE_NOWHERE);
    set(nh->nh_common.nhc_dev, dev_get_by_index_rcu(fi->fib_net, nh->nh_common.nhc_oif));
    return nh->nh_common.nhc_dev ? 0 : -ENODEV;
  }
  if (const int err = fib_check_nh(fi->fib_net, nh, cfg->fc_scope)) return err;
  fib_info_update_nhc_saddr(fi->fib_net, &nh->nh_common, fi->fib_scope);
  return 0;
}

const fib_info* fib_create_info(const fib_config* cfg) {
  KFUNC(fib_create_info, cfg);
  SIMPLIFIED("one next hop, default metrics, no next-hop objects; a hash of fixed size");
  const net* net = cfg->fc_nlinfo.nl_net;
  if (cfg->fc_type > RTN_MAX || fib_props[cfg->fc_type].scope > cfg->fc_scope)
    return call.result(ERR_PTR<fib_info>(-EINVAL));
  const auto* fi = kzalloc<fib_info>(GFP_KERNEL, sizeof(fib_nh));
  if (!fi) return call.result(ERR_PTR<fib_info>(-ENOBUFS));
  set(fi->fib_metrics, dst_default_metrics);
  set(fi->fib_net, net);
  set(fi->fib_protocol, cfg->fc_protocol);
  set(fi->fib_scope, cfg->fc_scope);
  set(fi->fib_flags, cfg->fc_flags);
  set(fi->fib_priority, cfg->fc_priority);
  set(fi->fib_prefsrc, cfg->fc_prefsrc);
  set(fi->fib_type, cfg->fc_type);
  set(fi->fib_tb_id, cfg->fc_table);
  set(fi->fib_nhs, 1);
  if (const int err = setUpNextHop(fi, cfg)) {
    free_fib_info(fi);
    return call.result(ERR_PTR<fib_info>(err));
  }
  if (const fib_info* ofi = fib_find_info(fi)) {
    set(fi->fib_dead, 1);
    free_fib_info(fi);
    refcount_inc(&ofi->fib_treeref);
    return call.result(ofi);
  }
  refcount_set(&fi->fib_treeref, 1);
  refcount_set(&fi->fib_clntref, 1);
  hlist_add_head(&fi->fib_hash, infoBucket(fi));
  return call.result(fi);
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

bool fib_info_nh_uses_dev(const fib_info* fi, const net_device* dev) {
  KFUNC(fib_info_nh_uses_dev, fi, dev);
  return call.result(fib_info_nhc(fi, 0)->nhc_dev == dev);
}

// Chooses among several paths, and with that the source address if the sender left it open.
void fib_select_path(const net* net, const fib_result* res, const flowi4* fl4, const sk_buff*) {
  KFUNC(fib_select_path, net, res, fl4);
  SIMPLIFIED("a route has one next hop: no multipath, no choice between default routes");
  if (fl4->saddr) return;
  const net_device* l3mdev = dev_get_by_index_rcu(net, fl4->__fl_common.flowic_l3mdev);
  if (!l3mdev) set(fl4->saddr, fib_result_prefsrc(net, res));
}

} // namespace sockwalk::kernel
