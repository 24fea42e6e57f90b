// Network namespaces: how one comes into being, and how the parts of the network get to set theirs up in it.
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/sched.h"
#include <cstring>

namespace sockwalk::kernel {

Global<net> init_net{"init_net"};
Global<list_head> net_namespace_list{"net_namespace_list"};
static Global<list_head> pernet_list{"pernet_list"};
static Global<kptr<list_head>> first_device{"first_device"}; // in pernet_list: from here on, those that need all others
static Global<kptr<kmem_cache>> net_cachep{"net_cachep"};

// A name and the namespace that it stands for: a file in /run/netns.
static Global<u8[MaxNamedNamespaces * 16]> run_netns_names{"run_netns_names"};
static Global<kptr<net>[MaxNamedNamespaces]> run_netns { "run_netns" };

// ---- what a part has of its own in each namespace: a pointer in net->gen, at the part's number
static constexpr u32 MIN_PERNET_OPS_ID = sizeof(net_generic) / 8, GENERIC_SLOTS = 16; // the first ones are the head's
static Global<u32> net_generic_ids{"net_generic_ids"};                                // the last number that was given

static const u64* genericSlot(const net* net, u32 id) { return reinterpret_cast<const u64*>(net->gen.get()) + id; }
const void* net_generic_of(const net* net, u32 id) {
  return id && net->gen.get() ? t_arena->object<u8>(*genericSlot(net, id)) : nullptr;
}
static int net_assign_generic(const net* net, u32 id, const void* data) {
  KFUNC(net_assign_generic, net, id, data);
  if (!net->gen.get()) {
    const auto* slots = kzalloc<net_generic>(GFP_KERNEL, GENERIC_SLOTS * 8 - sizeof(net_generic));
    if (!slots) return call.result(-ENOMEM);
    set(slots->s.len, GENERIC_SLOTS);
    set(net->gen, slots);
  }
  BUG_ON(id >= GENERIC_SLOTS);
  setAddress(genericSlot(net, id), data);
  return call.result(0);
}

static int ops_init(const pernet_operations* ops, const net* net) {
  KFUNC(ops_init, ops, net);
  if (ops->id.get()) {
    const void* own = allocateBytes(static_cast<u32>(ops->size), TypeBuffer, GFP_KERNEL | __GFP_ZERO, __LINE__);
    const int failed = own ? net_assign_generic(net, *ops->id, own) : -ENOMEM;
    if (failed) return call.result(failed);
  }
  return call.result(ops->init ? ops->init(net) : 0);
}

// Every registered part makes its own of the new namespace, in the order in which they were registered.
static int setup_net(const net* net, const user_namespace* user_ns) {
  KFUNC(setup_net, net, user_ns);
  SIMPLIFIED("a namespace whose set-up fails half way is not taken down again");
  set(net->ns.count.refs.counter, 1);
  refcount_set(&net->passive, 1);
  if (net != init_net.get()) set(net->hash_mix, static_cast<u32>(machine().random())); // the first one's is zero here
  INIT_LIST_HEAD(&net->exit_list);
  set(net->user_ns, user_ns);
  for (const pernet_operations* part : list_for_each_entry(pernet_operations, list, pernet_list))
    if (const int failed = ops_init(part, net)) return call.result(failed);
  list_add_tail(&net->list, net_namespace_list);
  NOTE("net.namespace", net);
  return call.result(0);
}

static const net* net_alloc() {
  KFUNC(net_alloc);
  INLINED();
  return call.result(kmem_cache_alloc<net>(*net_cachep, GFP_KERNEL | __GFP_ZERO));
}

const net* copy_net_ns(u64 flags, const user_namespace* user_ns, const net* old_net) {
  KFUNC(copy_net_ns, flags, user_ns, old_net);
  SIMPLIFIED("namespaces are not counted and live as long as the machine");
  if (!(flags & CLONE_NEWNET)) return call.result(old_net);
  const net* fresh = net_alloc();
  const int failed = fresh ? setup_net(fresh, user_ns) : -ENOMEM;
  return call.result(failed < 0 ? ERR_PTR<struct net>(failed) : fresh);
}

void net_ns_init() {
  KFUNC(net_ns_init);
  INIT_LIST_HEAD(net_namespace_list);
  INIT_LIST_HEAD(pernet_list);
  set(*first_device, pernet_list);
  set(*net_cachep, kmem_cache_create("net_namespace", sizeof(net), 64));
  setup_net(init_net, init_net->user_ns);
}

static int __register_pernet_operations(const list_head* list, const pernet_operations* ops) {
  if (ops->id.get()) set(*ops->id, MIN_PERNET_OPS_ID - 1 + add(*net_generic_ids, 1));
  list_add_tail(&ops->list, list);
  if (!ops->init && !ops->id.get()) return 0;
  for (const net* net : list_for_each_entry(net, list, net_namespace_list))
    if (const int failed = ops_init(ops, net)) return failed;
  return 0;
}

int register_pernet_subsys(const pernet_operations* ops) {
  KFUNC(register_pernet_subsys, ops);
  return call.result(__register_pernet_operations(*first_device, ops));
}
int register_pernet_device(const pernet_operations* ops) {
  KFUNC(register_pernet_device, ops);
  const int failed = __register_pernet_operations(pernet_list, ops);
  const bool first = first_device->get() == pernet_list.get();
  if (first && !failed) set(*first_device, &ops->list);
  return call.result(failed);
}

// ---- names
static const char* nameAt(u32 i) { return reinterpret_cast<const char*>(&run_netns_names[i * 16]); }

int netns_add(const char* name) {
  if (netns_get(name)) return -EEXIST;
  u32 free = 0;
  while (free < MaxNamedNamespaces && run_netns[free].get()) ++free;
  if (free == MaxNamedNamespaces) return -ENOSPC;
  const net* net = copy_net_ns(CLONE_NEWNET, init_net->user_ns, init_net);
  if (IS_ERR(net)) return static_cast<int>(PTR_ERR(net));
  setBytes(nameAt(free), name, std::min<u32>(15, static_cast<u32>(std::strlen(name))));
  set(run_netns[free], net);
  return 0;
}

const net* netns_get(const char* name) {
  if (!*name) return init_net;
  for (u32 i = 0; i < MaxNamedNamespaces; ++i)
    if (run_netns[i].get() && !std::strncmp(nameAt(i), name, 15)) return run_netns[i];
  return nullptr;
}
const char* netns_name(const net* net) {
  for (u32 i = 0; i < MaxNamedNamespaces; ++i)
    if (run_netns[i].get() == net) return nameAt(i);
  return "";
}

static void switch_task_namespaces(const task_struct* p, const nsproxy* ns) {
  KFUNC(switch_task_namespaces, p, ns);
  const nsproxy* old = p->nsproxy;
  set(p->nsproxy, ns);
  if (old && atomic_dec_and_test(&old->count)) kfree(old);
}

int netns_enter(const task_struct* task, const net* net) {
  const auto* ns = kzalloc<nsproxy>(GFP_KERNEL);
  if (!ns) return -ENOMEM;
  copy(ns, task->nsproxy.get());
  atomic_set(&ns->count, 1);
  set(ns->net_ns, net);
  switch_task_namespaces(task, ns);
  return 0;
}

} // namespace sockwalk::kernel
