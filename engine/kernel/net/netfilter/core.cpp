#include "engine/kernel/include/net/netfilter.h"
#include "engine/kernel/include/net/net_namespace.h"

namespace sockwalk::kernel {

// The one hook of a stock Debian kernel: a security module labels what leaves. It lets everything pass.
static u32 apparmor_ip_postroute(const void*, const sk_buff*, const nf_hook_state*) { return NF_ACCEPT; }
using hook_t = u32(const void*, const sk_buff*, const nf_hook_state*);

static Global<pernet_operations> apparmor_net_ops{"apparmor_net_ops"};
static int apparmor_nf_register(const net* net) {
  KFUNC(apparmor_nf_register, net);
  const auto* entries = kzalloc<nf_hook_entries>(GFP_KERNEL, sizeof(nf_hook_entry));
  if (!entries) return call.result(-ENOMEM);
  set(entries->num_hook_entries, 1);
  const u64 hook = fn<apparmor_ip_postroute>.address();
  setBytes(&entries->hooks[0].hook, &hook, sizeof hook);
  set(net->nf.hooks_ipv4[NF_INET_POST_ROUTING], entries);
  return call.result(0);
}

int netfilter_init() {
  KFUNC(netfilter_init);
  set(apparmor_net_ops->init, fn<apparmor_nf_register>);
  return call.result(register_pernet_subsys(apparmor_net_ops));
}

int nf_hook_slow(const sk_buff* skb, const nf_hook_state* state, const nf_hook_entries* e, u32 s) {
  KFUNC(nf_hook_slow, skb, state, e, s);
  SIMPLIFIED("hooks may accept or drop; queueing to user space is not simulated");
  for (; s < e->num_hook_entries; ++s) {
    const nf_hook_entry* entry = &e->hooks[s];
    auto* hook = reinterpret_cast<hook_t*>(enterTableSlot(&entry->hook, entry->hook.value));
    const u32 verdict = hook(entry->priv, skb, state) & 0xff;
    if (verdict == NF_ACCEPT) continue;
    if (verdict == NF_STOLEN) return call.result(0);
    kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
    return call.result(-EPERM);
  }
  return call.result(1);
}

int nf_hook(u8 pf, u32 hook, const net* net, const sock* sk, const sk_buff* skb, const net_device* indev,
            const net_device* outdev, const okfn_t& okfn) {
  const nf_hook_entries* head = pf == NFPROTO_IPV4 ? net->nf.hooks_ipv4[hook].get() : nullptr;
  if (!head) return 1;
  OnStack<nf_hook_state> state;
  set(state->hook, hook);
  set(state->pf, pf);
  set(state->in, indev);
  set(state->out, outdev);
  set(state->sk, sk);
  set(state->net, net);
  set(state->okfn, okfn);
  return nf_hook_slow(skb, state, head, 0);
}

void nf_ct_attach(const sk_buff* to, const sk_buff* skb) {
  KFUNC(nf_ct_attach, to, skb);
  SIMPLIFIED("no connection tracking to attach to");
}

} // namespace sockwalk::kernel
