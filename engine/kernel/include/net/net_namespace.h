// A network namespace: one struct net holds everything that one "machine" of the network has: devices, addresses,
// routes, settings, hooks. Parts of the network register what they want done for each namespace, the ones that exist
// and the ones to come. Source: include/net/net_namespace.h, net/core/net_namespace.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

extern Global<net> init_net; // the first one
extern Global<list_head> net_namespace_list;

void net_ns_init();
// Calls ops->init for every namespace there is, and for each that comes. 0 or the first error.
int register_pernet_subsys(const pernet_operations* ops);
// What a part that registered with an id has of its own in a namespace; nullptr: it has not registered yet.
const void* net_generic_of(const net* net, u32 id);
int register_pernet_device(const pernet_operations* ops); // after all that are subsystems
// The namespace of a new task: the old one, or with CLONE_NEWNET a new one, set up; an ERR_PTR if that fails.
const net* copy_net_ns(u64 flags, const user_namespace* user_ns, const net* old_net);

// ---- named, as `ip netns` does it: by a file in /run/netns that keeps the namespace alive
constexpr u32 MaxNamedNamespaces = 8;
int netns_add(const char* name);        // -EEXIST, -ENOSPC, -ENOMEM
const net* netns_get(const char* name); // nullptr: there is none; "" is the first one
const char* netns_name(const net* net); // "" for the first one and those without a name
// The task lives in `net` from now on, as after setns(2).
int netns_enter(const task_struct* task, const net* net);

inline u32 net_hash_mix(const net* net) { return net->hash_mix; }

} // namespace sockwalk::kernel
