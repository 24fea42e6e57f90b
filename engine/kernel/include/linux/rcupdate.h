// Read-copy-update: what somebody may still be reading without a lock is freed a grace period later. Here a grace
// period is over when the running stimulus is. Source: include/linux/rcupdate.h, kernel/rcu/tree.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void rcu_init();
// Calls `func` with `head` after the grace period.
void call_rcu(const callback_head* head, const TypedSymbol<void(const callback_head*)>& func);
// Frees `object`, whose member `head` is, after the grace period.
void kfree_rcu(const void* object, const callback_head* head);

} // namespace sockwalk::kernel
