// Processes as numbers that can be held on to.
#include "engine/kernel/include/linux/pid.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/rcupdate.h"

namespace sockwalk::kernel {

static Global<kptr<kmem_cache>> pid_cachep{"init_pid_ns.pid_cachep"};

static const upid* numberOf(const pid* p) { return reinterpret_cast<const upid*>(p + 1); } // numbers[0]

const pid* alloc_pid(int nr) {
  KFUNC(alloc_pid, nr);
  SIMPLIFIED("there is one namespace of numbers; that nr is free is known");
  if (!pid_cachep->get()) set(*pid_cachep, kmem_cache_create("pid", sizeof(pid) + sizeof(upid)));
  const auto* fresh = kmem_cache_alloc<pid>(*pid_cachep, GFP_KERNEL | __GFP_ZERO);
  if (!fresh) return call.result(fresh);
  refcount_set(&fresh->count, 1);
  set(numberOf(fresh)->nr, nr);
  return call.result(fresh);
}

const pid* get_pid(const pid* p) {
  if (p) refcount_inc(&p->count);
  return p;
}
void put_pid(const pid* p) {
  if (p && refcount_dec_and_test(&p->count)) kmem_cache_free(p);
}
s32 pid_vnr(const pid* p) { return p ? numberOf(p)->nr : 0; }

const pid* find_get_pid(int nr) {
  KFUNC(find_get_pid, nr);
  const auto& tasks = machine().tasks();
  const auto found = tasks.find(static_cast<TaskId>(nr));
  const bool lives = found != tasks.end() && found->second->task;
  return call.result(lives ? get_pid(task_tgid(found->second->task)) : nullptr);
}

s32 __task_pid_nr_ns(const task_struct* task) {
  KFUNC(__task_pid_nr_ns, task);
  return call.result(task->tgid);
}

} // namespace sockwalk::kernel
