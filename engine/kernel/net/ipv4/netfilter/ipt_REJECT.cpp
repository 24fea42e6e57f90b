// The target REJECT: the packet is dropped, and its sender is told.
#include "engine/kernel/include/linux/netfilter/x_tables.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/netfilter/nf_reject.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netfilter.h"

namespace sockwalk::kernel {

static Global<xt_target> reject_tg_reg{"reject_tg_reg"};

// The code of the ICMP error; -1: a RST.
static int codeOf(u32 with) {
  switch (with) {
  case IPT_ICMP_NET_UNREACHABLE: return ICMP_NET_UNREACH;
  case IPT_ICMP_HOST_UNREACHABLE: return ICMP_HOST_UNREACH;
  case IPT_ICMP_PROT_UNREACHABLE: return ICMP_PROT_UNREACH;
  case IPT_ICMP_NET_PROHIBITED: return ICMP_NET_ANO;
  case IPT_ICMP_HOST_PROHIBITED: return ICMP_HOST_ANO;
  case IPT_ICMP_ADMIN_PROHIBITED: return ICMP_PKT_FILTERED;
  case IPT_TCP_RESET: return -1;
  default: return ICMP_PORT_UNREACH;
  }
}

static u32 reject_tg(const sk_buff* skb, const xt_action_param* par) {
  KFUNC(reject_tg, skb, par);
  const nf_hook_state* passage = par->state;
  const int code = codeOf(static_cast<const ipt_reject_info*>(par->targinfo.get())->with);
  if (code < 0) nf_send_reset(passage->net, passage->sk, skb, passage->hook);
  else nf_send_unreach(skb, code, passage->hook);
  return call.result(u32(NF_DROP));
}

// Only what is TCP can be reset.
static int reject_tg_check(const xt_tgchk_param* par) {
  KFUNC(reject_tg_check, par);
  const auto* entry = static_cast<const ipt_entry*>(par->entryinfo.get());
  const bool reset = static_cast<const ipt_reject_info*>(par->targinfo.get())->with == IPT_TCP_RESET;
  return call.result(reset && entry->ip.proto != IPPROTO_TCP ? -EINVAL : 0);
}

void image_ipt_REJECT() {
  xt_register_target(reject_tg_reg, "REJECT", 0, sizeof(ipt_reject_info));
  setAddress(&reject_tg_reg->table, machine().rodata("filter"));
  set(reject_tg_reg->hooks, 1u << NF_INET_LOCAL_IN | 1u << NF_INET_FORWARD | 1u << NF_INET_LOCAL_OUT);
  set(reject_tg_reg->target, fn<reject_tg>);
  set(reject_tg_reg->checkentry, fn<reject_tg_check>);
}

} // namespace sockwalk::kernel
