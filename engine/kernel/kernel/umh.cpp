// Programs of user mode that the kernel itself starts. The caller describes the program, hands the description to a worker
// and sleeps; the worker makes a process of it, and when that has ended, its result is in the description and the caller
// goes on. Source: kernel/umh.c.
#include "engine/kernel/include/linux/completion.h"
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/linux/wait.h"
#include "engine/kernel/kernel/module/files.h"

namespace sockwalk::kernel {

static const char* textAt(u64 address) { return reinterpret_cast<const char*>(t_arena->object<u8>(address)); }
static const char* wordOf(const subprocess_info* info, u32 index) {
  u64 argv, word;
  std::memcpy(&argv, &info->argv, sizeof argv);
  std::memcpy(&word, t_arena->object<u8>(argv) + index * sizeof word, sizeof word);
  return textAt(word);
}

static void free_modprobe_argv(const subprocess_info* info) {
  KFUNC(free_modprobe_argv, info);
  kfree(wordOf(info, 3));
  u64 argv;
  std::memcpy(&argv, &info->argv, sizeof argv);
  kfree(t_arena->object<u8>(argv));
}
static void call_usermodehelper_freeinfo(const subprocess_info* info) {
  if (info->cleanup) info->cleanup(info);
  kfree(info);
}

// The new process: it becomes the program, which for this kernel is modprobe or nothing.
static void call_usermodehelper_exec_async(const subprocess_info* sub_info) {
  KFUNC(call_usermodehelper_exec_async, sub_info);
  SIMPLIFIED("no program is read from a disk; of what modprobe does, the calls that load a module are made");
  const bool there = std::string_view(sub_info->path.get()) == "/sbin/modprobe";
  set(sub_info->retval, there ? 0 : -ENOENT);
  if (!there) NOTE("helper.missing", sub_info->path.get());
}

// In a process of its own, which ends with it. What wait(2) would say of its end is the result.
static void helperProcess(const void* object) {
  const auto* info = static_cast<const subprocess_info*>(object);
  call_usermodehelper_exec_async(info);
  if (!info->retval) {
    constexpr int ExitCode = 8; // the bits of wait(2)'s result in which it stands
    const int failed = runModprobe(wordOf(info, 3));
    set(info->retval, failed << ExitCode);
    NOTE("helper.ended", get_current()->pid, failed);
  }
  do_exit(get_current(), info->retval);
  currentTask().ended = true;
  const completion* done = info->complete;
  set(info->complete, nullptr);
  if (done) complete(done);
}

const subprocess_info* call_usermodehelper_setup(const char* path, const void* argv, u32 gfp_mask) {
  KFUNC(call_usermodehelper_setup, path, argv, gfp_mask);
  const auto* info = kzalloc<subprocess_info>(gfp_mask);
  if (!info) return call.result(info);
  setAddress(&info->path, path);
  setAddress(&info->argv, argv);
  set(info->cleanup, fn<free_modprobe_argv>);
  return call.result(info);
}

int call_usermodehelper_exec(const subprocess_info* sub_info, int wait) {
  KFUNC(call_usermodehelper_exec, sub_info, wait);
  SIMPLIFIED(
      "the worker and the processes between it and the program are left out; a caller that is killed meanwhile waits "
      "all the same");
  BUG_ON(!machine().current()); // only a task can wait
  OnStack<completion> done;
  init_completion(done);
  set(sub_info->complete, done.get());
  set(sub_info->wait, wait);
  machine().startProcess("modprobe", Work(fn<helperProcess>, sub_info));
  wait_for_completion_state(done, TASK_WAKEKILL | TASK_UNINTERRUPTIBLE);
  const int ended = sub_info->retval;
  call_usermodehelper_freeinfo(sub_info);
  return call.result(ended);
}

} // namespace sockwalk::kernel
