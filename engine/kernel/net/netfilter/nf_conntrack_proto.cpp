// The hooks of connection tracking, and who asks for them: they are there as long as one rule of the namespace does.
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/net/netfilter/nf_conntrack_internal.h"

namespace sockwalk::kernel {

static Global<pernet_operations> nf_conntrack_net_ops{"nf_conntrack_net_ops"};
static Global<u32> nf_conntrack_net_id{"nf_conntrack_net_id"};
static Global<nf_hook_ops[4]> ipv4_conntrack_ops{"ipv4_conntrack_ops"};
static Global<nf_hook_ops[2]> ipv4_defrag_ops{"ipv4_defrag_ops"};

const nf_conntrack_net* nf_ct_pernet(const net* net) {
  return static_cast<const nf_conntrack_net*>(net_generic_of(net, *nf_conntrack_net_id));
}

// ---- the hooks
static u32 ipv4_conntrack_in(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(ipv4_conntrack_in, priv, skb, state);
  return call.result(nf_conntrack_in(skb, state));
}
static u32 ipv4_conntrack_local(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(ipv4_conntrack_local, priv, skb, state);
  if (ip_is_fragment(ip_hdr(skb))) return call.result(u32(NF_ACCEPT)); // a raw socket's own pieces
  return call.result(nf_conntrack_in(skb, state));
}

// The last hook: no rule has dropped the packet, and so its connection begins.
static u32 nf_conntrack_confirm(const sk_buff* skb, const nf_conn* ct) {
  const bool isNew = ct && !nf_ct_is_confirmed(ct);
  return static_cast<u32>(isNew ? __nf_conntrack_confirm(skb) : int(NF_ACCEPT));
}
static u32 nf_confirm(const sk_buff* skb) {
  KFUNC(nf_confirm, skb);
  SIMPLIFIED("no helper reads what the connection carries");
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  return call.result(nf_conntrack_confirm(skb, ct));
}
u32 ipv4_confirm(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(ipv4_confirm, priv, skb, state);
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  const bool plain = ct && ctinfo != u32(IP_CT_RELATED_REPLY); // a helper reads no errors
  return call.result(plain ? nf_confirm(skb) : nf_conntrack_confirm(skb, ct));
}

// Only the first fragment has ports: the pieces are put together before anybody looks.
static u32 ipv4_conntrack_defrag(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(ipv4_conntrack_defrag, priv, skb, state);
  if (skb->_nfct || !ip_is_fragment(ip_hdr(skb))) return call.result(u32(NF_ACCEPT));
  const u32 user = state->hook == NF_INET_PRE_ROUTING ? IP_DEFRAG_CONNTRACK_IN : IP_DEFRAG_CONNTRACK_OUT;
  if (ip_defrag(state->net, skb, user)) return call.result(u32(NF_STOLEN));
  set(skb, sk_buff::bit::ignore_df, 1);
  return call.result(u32(NF_ACCEPT));
}

// ---- beginning
static int nf_conntrack_pernet_init(const net* net) {
  KFUNC(nf_conntrack_pernet_init, net);
  SIMPLIFIED("no files in /proc");
  set(net->ct.sysctl_checksum, 1);
  set(net->ct.sysctl_events, 2);
  set(net->ct.nf_ct_proto.generic.timeout, 600 * machine().options().hz);
  nf_conntrack_udp_init_net(net);
  nf_conntrack_tcp_init_net(net);
  nf_conntrack_icmp_init_net(net);
  return call.result(0);
}

int nf_conntrack_standalone_init() {
  KFUNC(nf_conntrack_standalone_init);
  if (nf_conntrack_hash->get()) return call.result(0);
  if (const int failed = nf_conntrack_init_start()) return call.result(failed);
  layHook(&ipv4_conntrack_ops[0], fn<ipv4_conntrack_in>.address(), NF_INET_PRE_ROUTING, NF_IP_PRI_CONNTRACK);
  layHook(&ipv4_conntrack_ops[1], fn<ipv4_conntrack_local>.address(), NF_INET_LOCAL_OUT, NF_IP_PRI_CONNTRACK);
  layHook(&ipv4_conntrack_ops[2], fn<ipv4_confirm>.address(), NF_INET_POST_ROUTING, NF_IP_PRI_CONNTRACK_CONFIRM);
  layHook(&ipv4_conntrack_ops[3], fn<ipv4_confirm>.address(), NF_INET_LOCAL_IN, NF_IP_PRI_CONNTRACK_CONFIRM);
  layHook(&ipv4_defrag_ops[0], fn<ipv4_conntrack_defrag>.address(), NF_INET_PRE_ROUTING, NF_IP_PRI_CONNTRACK_DEFRAG);
  layHook(&ipv4_defrag_ops[1], fn<ipv4_conntrack_defrag>.address(), NF_INET_LOCAL_OUT, NF_IP_PRI_CONNTRACK_DEFRAG);
  set(nf_conntrack_net_ops->init, fn<nf_conntrack_pernet_init>);
  setAddress(&nf_conntrack_net_ops->id, nf_conntrack_net_id.get());
  set(nf_conntrack_net_ops->size, sizeof(nf_conntrack_net));
  return call.result(register_pernet_subsys(nf_conntrack_net_ops));
}

static int nf_defrag_ipv4_enable(const net* net) {
  KFUNC(nf_defrag_ipv4_enable, net);
  if (add(net->nf.defrag_ipv4_users, 1) > 1) return call.result(0);
  return call.result(nf_register_net_hooks(net, ipv4_defrag_ops.get(), 2));
}

int nf_ct_netns_get(const net* net, u8 nfproto) {
  KFUNC(nf_ct_netns_get, net, nfproto);
  SIMPLIFIED("IPv4 only; the module nf_conntrack comes with the first rule that needs it");
  if (const int failed = nf_conntrack_standalone_init()) return call.result(failed);
  if (add(nf_ct_pernet(net)->users4, 1) > 1) return call.result(0);
  if (const int failed = nf_defrag_ipv4_enable(net)) return call.result(failed);
  NOTE("conntrack.wanted", net);
  return call.result(nf_register_net_hooks(net, ipv4_conntrack_ops.get(), 4));
}

void nf_ct_netns_put(const net* net, u8 nfproto) {
  KFUNC(nf_ct_netns_put, net, nfproto);
  SIMPLIFIED("the hook that puts fragments together stays");
  if (sub(nf_ct_pernet(net)->users4, 1) == 0) nf_unregister_net_hooks(net, ipv4_conntrack_ops.get(), 4);
}

} // namespace sockwalk::kernel
