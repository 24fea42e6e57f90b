// Waiting for something that is done once. It may be done before anybody waits: it is counted, not signalled.
// Source: kernel/sched/completion.c.
#include "engine/kernel/include/linux/completion.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/wait.h"

namespace sockwalk::kernel {

void complete(const completion* x) {
  KFUNC(complete, x);
  add(x->done, 1);
  const list_head* waiters = &x->wait.task_list;
  if (list_empty(waiters)) return;
  const swait_queue* first = container_of(waiters->next.get(), swait_queue, task_list);
  wake_up_process(first->task);
  list_del_init(&first->task_list);
}

int wait_for_completion_state(const completion* x, u32 state) {
  KFUNC(wait_for_completion_state, x, state);
  SIMPLIFIED("a fatal signal does not end the wait");
  OnStack<swait_queue> me;
  set(me->task, get_current());
  INIT_LIST_HEAD(&me->task_list);
  while (!x->done) {
    if (list_empty(&me->task_list)) list_add_tail(&me->task_list, &x->wait.task_list);
    set(get_current()->__state, state);
    schedule_timeout(MAX_SCHEDULE_TIMEOUT);
  }
  set(get_current()->__state, TASK_RUNNING);
  if (!list_empty(&me->task_list)) list_del_init(&me->task_list);
  sub(x->done, 1);
  return call.result(0);
}

} // namespace sockwalk::kernel
