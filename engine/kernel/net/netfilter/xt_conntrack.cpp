// The match that asks what a packet is to its connection: -m conntrack --ctstate, -m state --state.
#include "engine/kernel/include/linux/netfilter/x_tables.h"
#include "engine/kernel/include/net/netfilter/nf_conntrack.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

static Global<xt_match> conntrack_mt_reg{"conntrack_mt_reg"};

static u32 statesOf(const sk_buff* skb) {
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  if (!ct) return ctinfo == u32(IP_CT_UNTRACKED) ? XT_CONNTRACK_STATE_UNTRACKED : XT_CONNTRACK_STATE_INVALID;
  u32 states = 1u << (ctinfo % u32(IP_CT_ESTABLISHED_REPLY) + 1);
  if (hasStatus(ct, IPS_SRC_NAT)) states |= XT_CONNTRACK_STATE_SNAT;
  if (hasStatus(ct, IPS_DST_NAT)) states |= XT_CONNTRACK_STATE_DNAT;
  return states;
}

static bool conntrack_mt(const sk_buff* skb, const xt_action_param* par, u16 state_mask, u16 status_mask) {
  KFUNC(conntrack_mt, skb, par, state_mask, status_mask);
  SIMPLIFIED("states only: addresses, ports, times of a connection are not looked at");
  return call.result((statesOf(skb) & state_mask) != 0);
}
static bool conntrack_mt_v3(const sk_buff* skb, const xt_action_param* par) {
  KFUNC(conntrack_mt_v3, skb, par);
  const auto* wanted = static_cast<const xt_conntrack_mtinfo3*>(par->matchinfo.get());
  return call.result(conntrack_mt(skb, par, wanted->state_mask, wanted->status_mask));
}

static int conntrack_mt_check(const xt_mtchk_param* par) {
  KFUNC(conntrack_mt_check, par);
  return call.result(nf_ct_netns_get(par->net, par->family));
}
static void conntrack_mt_destroy(const xt_mtdtor_param* par) {
  KFUNC(conntrack_mt_destroy, par);
  nf_ct_netns_put(par->net, par->family);
}

void image_xt_conntrack() {
  xt_register_match(conntrack_mt_reg, "conntrack", 3, sizeof(xt_conntrack_mtinfo3));
  set(conntrack_mt_reg->match, fn<conntrack_mt_v3>);
  set(conntrack_mt_reg->checkentry, fn<conntrack_mt_check>);
  set(conntrack_mt_reg->destroy, fn<conntrack_mt_destroy>);
}

} // namespace sockwalk::kernel
