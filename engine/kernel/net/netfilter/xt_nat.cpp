// The targets of the table "nat": SNAT and DNAT (xt_nat.c), MASQUERADE (xt_MASQUERADE.c), REDIRECT (xt_REDIRECT.c).
#include "engine/kernel/include/linux/netfilter/x_tables.h"
#include "engine/kernel/include/net/netfilter/nf_nat.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

static Global<xt_target> snat_reg{"xt_nat_target_reg_snat"}, dnat_reg{"xt_nat_target_reg_dnat"},
    masquerade_reg{"masquerade_tg_reg"}, redirect_reg{"redirect_tg_reg"};

static const nf_nat_ipv4_range* oldRange(const void* targinfo) {
  return &static_cast<const nf_nat_ipv4_multi_range_compat*>(targinfo)->range[0];
}
static void xt_nat_convert_range(const nf_nat_range2* to, const nf_nat_ipv4_range* from) {
  set(to->flags, from->flags);
  set(to->min_addr.ip, from->min_ip);
  set(to->max_addr.ip, from->max_ip);
  set(to->min_proto.all, from->min.all);
  set(to->max_proto.all, from->max.all);
}
static const nf_conn* connectionOf(const sk_buff* skb) {
  u32 ctinfo;
  return nf_ct_get(skb, &ctinfo);
}

static u32 xt_snat_target_v0(const sk_buff* skb, const xt_action_param* par) {
  KFUNC(xt_snat_target_v0, skb, par);
  OnStack<nf_nat_range2> range;
  xt_nat_convert_range(range, oldRange(par->targinfo.get()));
  return call.result(nf_nat_setup_info(connectionOf(skb), range, NF_NAT_MANIP_SRC));
}
static u32 xt_dnat_target_v2(const sk_buff* skb, const xt_action_param* par) {
  KFUNC(xt_dnat_target_v2, skb, par);
  const auto* range = static_cast<const nf_nat_range2*>(par->targinfo.get());
  return call.result(nf_nat_setup_info(connectionOf(skb), range, NF_NAT_MANIP_DST));
}
static u32 masquerade_tg(const sk_buff* skb, const xt_action_param* par) {
  KFUNC(masquerade_tg, skb, par);
  OnStack<nf_nat_range2> range;
  xt_nat_convert_range(range, oldRange(par->targinfo.get()));
  return call.result(nf_nat_masquerade_ipv4(skb, par->state->hook, range, par->state->out));
}
static u32 redirect_tg4(const sk_buff* skb, const xt_action_param* par) {
  KFUNC(redirect_tg4, skb, par);
  OnStack<nf_nat_range2> range;
  xt_nat_convert_range(range, oldRange(par->targinfo.get()));
  return call.result(nf_nat_redirect_ipv4(skb, range, par->state->hook));
}

// A rule that translates needs connections.
static int xt_nat_checkentry(const xt_tgchk_param* par) {
  KFUNC(xt_nat_checkentry, par);
  return call.result(nf_ct_netns_get(par->net, par->family));
}
static void xt_nat_destroy(const xt_tgdtor_param* par) {
  KFUNC(xt_nat_destroy, par);
  nf_ct_netns_put(par->net, par->family);
}

static void layTarget(const xt_target* target, std::string_view name, u8 revision, u32 size, u32 hooks) {
  xt_register_target(target, name, revision, size);
  setAddress(&target->table, machine().rodata("nat"));
  set(target->hooks, hooks);
  set(target->checkentry, fn<xt_nat_checkentry>);
  set(target->destroy, fn<xt_nat_destroy>);
}

void image_xt_nat() {
  constexpr u32 In = 1u << NF_INET_PRE_ROUTING | 1u << NF_INET_LOCAL_OUT, Out = 1u << NF_INET_POST_ROUTING;
  constexpr u32 Old = sizeof(nf_nat_ipv4_multi_range_compat);
  layTarget(snat_reg, "SNAT", 0, Old, Out | 1u << NF_INET_LOCAL_IN);
  layTarget(dnat_reg, "DNAT", 2, sizeof(nf_nat_range2), In);
  layTarget(masquerade_reg, "MASQUERADE", 0, Old, Out);
  layTarget(redirect_reg, "REDIRECT", 0, Old, In);
  set(snat_reg->target, fn<xt_snat_target_v0>);
  set(dnat_reg->target, fn<xt_dnat_target_v2>);
  set(masquerade_reg->target, fn<masquerade_tg>);
  set(redirect_reg->target, fn<redirect_tg4>);
}

} // namespace sockwalk::kernel
