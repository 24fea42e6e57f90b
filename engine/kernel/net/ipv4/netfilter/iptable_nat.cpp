// The table "nat": no packet walks it by itself; NAT asks it, for the first packet of each connection.
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/ip_tables.h"
#include "engine/kernel/include/net/netfilter/nf_nat.h"
#include "engine/kernel/net/netfilter/nf_conntrack_internal.h"

namespace sockwalk::kernel {

static int ipt_nat_register_lookups(const net* net, const xt_table* table) {
  KFUNC(ipt_nat_register_lookups, net, table);
  constexpr u32 Places[4] = {NF_INET_PRE_ROUTING, NF_INET_POST_ROUTING, NF_INET_LOCAL_OUT, NF_INET_LOCAL_IN};
  const nf_hook_ops* ops = allocateHooks(4);
  if (!ops) return call.result(-ENOMEM);
  for (u32 i = 0; i < 4; ++i) {
    const bool source = HOOK2MANIP(Places[i]) == u32(NF_NAT_MANIP_SRC);
    layHook(&ops[i], fn<ipt_do_table>.address(), Places[i], source ? NF_IP_PRI_NAT_SRC : NF_IP_PRI_NAT_DST);
    setAddress(&ops[i].priv, table);
  }
  set(table->ops, ops);
  return call.result(nf_nat_ipv4_register_fn(net, ops, 4));
}

const xt_table* iptable_nat_table_init(const net* net) {
  KFUNC(iptable_nat_table_init, net);
  constexpr u32 hooks =
      1u << NF_INET_PRE_ROUTING | 1u << NF_INET_POST_ROUTING | 1u << NF_INET_LOCAL_OUT | 1u << NF_INET_LOCAL_IN;
  const xt_table* table = nf_nat_init() ? nullptr : ipt_register_table(net, "nat", hooks, NF_IP_PRI_NAT_DST);
  if (table && ipt_nat_register_lookups(net, table)) table = nullptr;
  return call.result(table);
}

} // namespace sockwalk::kernel
