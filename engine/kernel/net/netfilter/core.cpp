// The netfilter: places on a packet's way where others may look at it, change it, or keep it. Each namespace has its own
// list of hooks at each place, in the order of their priorities.
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/ip_tables.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/netfilter/nf_conntrack_internal.h"

namespace sockwalk::kernel {

using hook_t = u32(const void*, const sk_buff*, const nf_hook_state*);

// The one hook of a stock Debian kernel: a security module labels what leaves. It lets everything pass.
static u32 apparmor_ip_postroute(const void*, const sk_buff*, const nf_hook_state*) { return NF_ACCEPT; }
static Global<pernet_operations> apparmor_net_ops{"apparmor_net_ops"};
static Global<nf_hook_ops> apparmor_nf_ops{"apparmor_nf_ops"};

// Behind the hooks stand pointers to what they were registered with: so their priorities are known.
static const kptr<nf_hook_ops>* nf_hook_entries_get_hook_ops(const nf_hook_entries* e) {
  return reinterpret_cast<const kptr<nf_hook_ops>*>(&e->hooks[e->num_hook_entries]);
}

// A new list with one more, in its place; readers of the old one are not disturbed.
static const nf_hook_entries* nf_hook_entries_grow(const nf_hook_entries* old, const nf_hook_ops* reg) {
  KFUNC(nf_hook_entries_grow, old, reg);
  const u32 had = old ? old->num_hook_entries : 0;
  const auto* e = kzalloc<nf_hook_entries>(GFP_KERNEL, (had + 1) * u32(sizeof(nf_hook_entry) + sizeof(u64)));
  if (!e) return call.result(e);
  set(e->num_hook_entries, had + 1);
  bool placed = false;
  for (u32 from = 0, to = 0; to <= had; ++to) {
    const bool mine = !placed && (from == had || nf_hook_entries_get_hook_ops(old)[from]->priority > reg->priority);
    const nf_hook_ops* ops = mine ? reg : nf_hook_entries_get_hook_ops(old)[from].get();
    setBytes(&e->hooks[to].hook, &ops->hook, 8);
    setBytes(&e->hooks[to].priv, &ops->priv, 8);
    set(nf_hook_entries_get_hook_ops(e)[to], ops);
    mine ? void(placed = true) : void(++from);
  }
  return call.result(e);
}

void layHook(const nf_hook_ops* ops, u64 function, u32 hook, int priority, int line) {
  setBytes(&ops->hook, &function, sizeof function, line);
  set(ops->pf, NFPROTO_IPV4, line);
  set(ops->hooknum, hook, line);
  set(ops->priority, priority, line);
}
const nf_hook_ops* allocateHooks(u32 n, int line) {
  return static_cast<const nf_hook_ops*>(
      allocateBytes(n * sizeof(nf_hook_ops), TypeName<nf_hook_ops>::index, GFP_KERNEL | __GFP_ZERO, line));
}

static int addHook(const kptr<nf_hook_entries>& pp, const nf_hook_ops* reg) {
  const nf_hook_entries* old = pp;
  const nf_hook_entries* e = nf_hook_entries_grow(old, reg);
  if (!e) return -ENOMEM;
  set(pp, e);
  kfree(old);
  return 0;
}
int nf_hook_entries_insert_raw(const kptr<nf_hook_entries>& pp, const nf_hook_ops* reg) {
  KFUNC(nf_hook_entries_insert_raw, reg);
  return call.result(addHook(pp, reg));
}

int nf_register_net_hook(const net* net, const nf_hook_ops* reg) {
  KFUNC(nf_register_net_hook, net, reg);
  SIMPLIFIED("only the hooks of IPv4 exist");
  if (const int failed = addHook(net->nf.hooks_ipv4[reg->hooknum], reg)) return call.result(failed);
  NOTE("netfilter.hooked", reg->hooknum, reg->priority);
  return call.result(0);
}

int nf_register_net_hooks(const net* net, const nf_hook_ops* reg, u32 n) {
  KFUNC(nf_register_net_hooks, net, reg, n);
  for (u32 i = 0; i < n; ++i)
    if (const int err = nf_register_net_hook(net, reg + i)) return call.result(err);
  return call.result(0);
}

// A new list with one fewer.
static void __nf_unregister_net_hook(const net* net, const nf_hook_ops* reg) {
  KFUNC(__nf_unregister_net_hook, net, reg);
  const kptr<nf_hook_entries>& pp = net->nf.hooks_ipv4[reg->hooknum];
  const nf_hook_entries *old = pp, *fewer = nullptr;
  if (!old) return;
  const auto* registered = nf_hook_entries_get_hook_ops(old);
  for (u32 i = 0; i < old->num_hook_entries; ++i) {
    if (registered[i].get() == reg) continue;
    const nf_hook_entries* grown = nf_hook_entries_grow(fewer, registered[i].get());
    kfree(fewer);
    fewer = grown;
  }
  set(pp, fewer);
  kfree(old);
}
void nf_unregister_net_hooks(const net* net, const nf_hook_ops* reg, u32 n) {
  KFUNC(nf_unregister_net_hooks, net, reg, n);
  SIMPLIFIED("the list is made anew; readers need not be waited for");
  for (u32 i = 0; i < n; ++i) __nf_unregister_net_hook(net, reg + i);
}

static int apparmor_nf_register(const net* net) {
  KFUNC(apparmor_nf_register, net);
  return call.result(nf_register_net_hooks(net, apparmor_nf_ops, 1));
}

int netfilter_init() {
  KFUNC(netfilter_init);
  layHook(apparmor_nf_ops, fn<apparmor_ip_postroute>.address(), NF_INET_POST_ROUTING, NF_IP_PRI_SELINUX_FIRST);
  set(apparmor_net_ops->init, fn<apparmor_nf_register>);
  return call.result(register_pernet_subsys(apparmor_net_ops));
}

int nf_hook_slow(const sk_buff* skb, const nf_hook_state* state, const nf_hook_entries* e, u32 s) {
  KFUNC(nf_hook_slow, skb, state, e, s);
  SIMPLIFIED("hooks may accept or drop; queueing to user space is not simulated");
  for (; s < e->num_hook_entries; ++s) {
    const nf_hook_entry* entry = &e->hooks[s];
    auto* hook = reinterpret_cast<hook_t*>(enterTableSlot(&entry->hook, entry->hook.value));
    const u32 says = hook(entry->priv, skb, state) & 0xff;
    if (says == NF_ACCEPT) continue;
    if (says == NF_STOLEN) return call.result(0);
    kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
    return call.result(-EPERM);
  }
  return call.result(1);
}

// What a hook is told of the packet's passage: which hook, from where to where, whose it is, and who goes on with it.
static void nf_hook_state_init(const nf_hook_state* state, u8 pf, u32 hook, const net* net, const sock* sk,
                               const net_device* indev, const net_device* outdev, const okfn_t& okfn) {
  set(state->hook, hook);
  set(state->pf, pf);
  set(state->in, indev);
  set(state->out, outdev);
  set(state->sk, sk);
  set(state->net, net);
  set(state->okfn, okfn);
}

int nf_hook(u8 pf, u32 hook, const net* net, const sock* sk, const sk_buff* skb, const net_device* indev,
            const net_device* outdev, const okfn_t& okfn) {
  const nf_hook_entries* head = pf == NFPROTO_IPV4 ? net->nf.hooks_ipv4[hook].get() : nullptr;
  if (!head) return 1;
  OnStack<nf_hook_state> passage;
  nf_hook_state_init(passage, pf, hook, net, sk, indev, outdev, okfn);
  return nf_hook_slow(skb, passage, head, 0);
}

// A list of packets: those that pass stay on it.
static void nf_hook_slow_list(const list_head* head, const nf_hook_state* state, const nf_hook_entries* e) {
  KFUNC(nf_hook_slow_list, head, state, e);
  OnStack<list_head> passed;
  INIT_LIST_HEAD(passed);
  for (const sk_buff* skb : list_for_each_entry(sk_buff, list, head)) {
    skb_list_del_init(skb);
    if (nf_hook_slow(skb, state, e, 0) == 1) list_add_tail(&skb->list, passed);
  }
  INIT_LIST_HEAD(head);
  for (const sk_buff* skb : list_for_each_entry(sk_buff, list, passed.get())) {
    list_del(&skb->list);
    list_add_tail(&skb->list, head);
  }
}

void NF_HOOK_LIST(u8 pf, u32 hook, const net* net, const sock* sk, const list_head* head, const net_device* indev,
                  const net_device* outdev, const okfn_t& okfn) {
  const nf_hook_entries* e = pf == NFPROTO_IPV4 ? net->nf.hooks_ipv4[hook].get() : nullptr;
  if (!e) return;
  OnStack<nf_hook_state> passage;
  nf_hook_state_init(passage, pf, hook, net, sk, indev, outdev, okfn);
  nf_hook_slow_list(head, passage, e);
}

// ---- what is asked of connection tracking, where it is there
void nf_ct_attach(const sk_buff* to, const sk_buff* skb) {
  KFUNC(nf_ct_attach, to, skb);
  if (skb->_nfct) nf_conntrack_attach(to, skb);
}
void nf_ct_set_closing(const sk_buff* skb) {
  KFUNC(nf_ct_set_closing, skb);
  if (const nf_conntrack* nfct = skb_nfct(skb)) nf_conntrack_set_closing(nfct);
}
void nf_conntrack_destroy(const nf_conntrack* nfct) {
  KFUNC(nf_conntrack_destroy, nfct);
  nf_ct_destroy(nfct);
}

} // namespace sockwalk::kernel
