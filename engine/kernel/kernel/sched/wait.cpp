// Wait queues and sleeping. A task that finds nothing to do puts an entry on a queue, marks itself as not running and
// calls schedule(); whoever has something for it walks the queue and wakes it.
#include "engine/kernel/include/linux/wait.h"
#include "engine/kernel/include/linux/poll.h"

namespace sockwalk::kernel {

static void setState(u32 state) { set(get_current()->__state, state); }

static void queueEntry(const wait_queue_head* wq, const wait_queue_entry* entry, u32 state, bool exclusive) {
  set(entry->flags, exclusive ? entry->flags | WQ_FLAG_EXCLUSIVE : entry->flags & ~WQ_FLAG_EXCLUSIVE);
  if (list_empty(&entry->entry)) {
    if (exclusive) list_add_tail(&entry->entry, &wq->head); // exclusive sleepers queue up: one wake-up, one of them
    else list_add(&entry->entry, &wq->head);
  }
  setState(state);
}
void prepare_to_wait(const wait_queue_head* wq, const wait_queue_entry* entry, u32 state) {
  KFUNC(prepare_to_wait, wq, entry, state);
  queueEntry(wq, entry, state, false);
}
void prepare_to_wait_exclusive(const wait_queue_head* wq, const wait_queue_entry* entry, u32 state) {
  KFUNC(prepare_to_wait_exclusive, wq, entry, state);
  queueEntry(wq, entry, state, true);
}
void finish_wait(const wait_queue_head* wq, const wait_queue_entry* entry) {
  KFUNC(finish_wait, wq, entry);
  setState(TASK_RUNNING);
  if (!list_empty(&entry->entry)) list_del_init(&entry->entry);
}
void add_wait_queue(const wait_queue_head* wq, const wait_queue_entry* entry) {
  KFUNC(add_wait_queue, wq, entry);
  set(entry->flags, entry->flags & ~WQ_FLAG_EXCLUSIVE);
  list_add(&entry->entry, &wq->head);
}
void remove_wait_queue(const wait_queue_head* wq, const wait_queue_entry* entry) {
  KFUNC(remove_wait_queue, wq, entry);
  list_del_init(&entry->entry);
}

void init_wait(const wait_queue_entry* entry) {
  set(entry->private_, get_current());
  set(entry->func, fn<autoremove_wake_function>);
  INIT_LIST_HEAD(&entry->entry);
}

void init_wait_func(const wait_queue_entry* entry,
                    const TypedSymbol<s32(const wait_queue_entry*, u32, s32, const void*)>& func) {
  set(entry->private_, get_current());
  set(entry->func, func);
  INIT_LIST_HEAD(&entry->entry);
}

static s32 try_to_wake_up(const task_struct* task, u32 mode) {
  KFUNC(try_to_wake_up, task, mode);
  if (!(task->__state & mode)) return call.result(0);
  set(task->__state, TASK_RUNNING);
  NOTE("task.woken", task->pid);
  machine().wake(machine().task(static_cast<TaskId>(task->pid)));
  return call.result(1);
}
int wake_up_process(const task_struct* task) {
  KFUNC(wake_up_process, task);
  return call.result(try_to_wake_up(task, TASK_NORMAL));
}
// A sleep that has an end: its timer wakes the task as anybody would.
static void wakeSleeper(const void* task) { try_to_wake_up(static_cast<const task_struct*>(task), TASK_NORMAL); }

s32 default_wake_function(const wait_queue_entry* entry, u32 mode, s32 flags, const void*) {
  KFUNC(default_wake_function, entry, mode, flags);
  return call.result(try_to_wake_up(static_cast<const task_struct*>(entry->private_.get()), mode));
}
s32 autoremove_wake_function(const wait_queue_entry* entry, u32 mode, s32 flags, const void* key) {
  KFUNC(autoremove_wake_function, entry, mode, flags);
  const s32 woken = default_wake_function(entry, mode, flags, key);
  if (woken) list_del_init(&entry->entry);
  return call.result(woken);
}

// Leaves a mark in the entry, so that a wake-up between the look and the sleep is not lost.
s32 woken_wake_function(const wait_queue_entry* entry, u32 mode, s32 flags, const void* key) {
  KFUNC(woken_wake_function, entry, mode, flags);
  set(entry->flags, entry->flags | WQ_FLAG_WOKEN);
  return call.result(default_wake_function(entry, mode, flags, key));
}

void __wake_up(const wait_queue_head* wq, u32 mode, int nr_exclusive, u32 key) {
  KFUNC(__wake_up, wq, mode, nr_exclusive, key);
  for (const wait_queue_entry* entry : list_for_each_entry(wait_queue_entry, entry, &wq->head)) {
    const u32 flags = entry->flags;
    const s32 woken = entry->func(entry, mode, 0, reinterpret_cast<const void*>(static_cast<u64>(key)));
    if (woken < 0 || (woken && flags & WQ_FLAG_EXCLUSIVE && !--nr_exclusive)) break;
  }
}

static void schedule() {
  KFUNC(schedule);
  machine().sleepCurrent();
}

s64 schedule_timeout(s64 timeout) {
  KFUNC(schedule_timeout, timeout);
  if (timeout == MAX_SCHEDULE_TIMEOUT) {
    schedule();
    return call.result(timeout);
  }
  if (timeout <= 0) {
    setState(TASK_RUNNING);
    return call.result(s64(0));
  }
  Machine& m = machine();
  const u64 deadline = m.jiffies() + static_cast<u64>(timeout);
  const u32 id = Arena::offsetOf(&get_current()->__state); // a task sleeps at most once at a time
  const task_struct* task = get_current();
  m.armTimer(id, m.timeOfJiffies(deadline), {fn<wakeSleeper>, task});
  schedule();
  m.cancelTimer(id);
  const s64 left = static_cast<s64>(deadline - m.jiffies());
  return call.result(left < 0 ? s64(0) : left);
}

int schedule_hrtimeout_range(s64 expires, u64 delta) {
  KFUNC(schedule_hrtimeout_range, expires, delta);
  Machine& m = machine();
  if (expires < 0) {
    schedule();
    return call.result(-EINTR);
  }
  if (expires <= m.now()) {
    setState(TASK_RUNNING);
    return call.result(0);
  }
  const task_struct* task = get_current();
  const u32 id = Arena::offsetOf(&task->__state);
  m.armTimer(id, expires, {fn<wakeSleeper>, task});
  schedule();
  const bool woken = m.cancelTimer(id); // still armed: somebody else was first
  setState(TASK_RUNNING);
  return call.result(woken ? -EINTR : 0);
}

s64 wait_woken(const wait_queue_entry* entry, u32 mode, s64 timeout) {
  KFUNC(wait_woken, entry, mode, timeout);
  setState(mode);
  if (!(entry->flags & WQ_FLAG_WOKEN)) timeout = schedule_timeout(timeout);
  setState(TASK_RUNNING);
  set(entry->flags, entry->flags & ~WQ_FLAG_WOKEN);
  return call.result(timeout);
}

} // namespace sockwalk::kernel
