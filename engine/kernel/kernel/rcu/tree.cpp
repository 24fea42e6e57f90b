// Callbacks that wait for the end of a grace period: a list through the objects themselves, run by a softirq.
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

static Global<kptr<callback_head>> rcu_cblist_head{"rcu_cblist.head"}, rcu_cblist_tail{"rcu_cblist.tail"};

static void rcu_do_batch() {
  KFUNC(rcu_do_batch);
  while (const callback_head* head = rcu_cblist_head->get()) {
    set(*rcu_cblist_head, head->next);
    if (!head->next.get()) set(*rcu_cblist_tail, nullptr);
    head->func(head);
  }
}

static void rcu_core_si(const softirq_action* h) {
  KFUNC(rcu_core_si, h);
  rcu_do_batch();
}

void rcu_init() {
  KFUNC(rcu_init);
  open_softirq(RCU_SOFTIRQ, fn<rcu_core_si>);
}

void call_rcu(const callback_head* head, const TypedSymbol<void(const callback_head*)>& func) {
  KFUNC(call_rcu, head);
  SIMPLIFIED("there is no grace period to wait for: the callback runs when the call in progress is over");
  set(head->func, func);
  set(head->next, nullptr);
  if (const callback_head* last = rcu_cblist_tail->get()) set(last->next, head);
  else set(*rcu_cblist_head, head);
  set(*rcu_cblist_tail, head);
  machine().raiseAtEnd(RCU_SOFTIRQ);
}

static void kfree_callback(const callback_head* head) {
  kfree(t_arena->at(t_arena->objectAround(Arena::offsetOf(head))));
}
void kfree_rcu(const void* object, const callback_head* head) {
  if (object) call_rcu(head, fn<kfree_callback>);
}

} // namespace sockwalk::kernel
