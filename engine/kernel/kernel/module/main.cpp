// Modules: the list of those that are loaded, who uses them, and how one comes and goes. A struct module goes through four
// states: unformed, coming (its init runs), live, going (its exit runs). Source: kernel/module/main.c.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/notifier.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/kernel/module/files.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

static Global<list_head> modules{"modules"};
Global<s32> modules_disabled{"modules_disabled"};

void image_module() { INIT_LIST_HEAD(modules); }

static std::string_view nameOf(const struct module* mod) { return reinterpret_cast<const char*>(mod->name); }
ListEntries<struct module> loadedModules() { return list_for_each_entry(struct module, list, modules); }
static const struct module* find_module_all(std::string_view name) { // those too that are still being put together
  KFUNC(find_module_all);
  for (const struct module* mod : loadedModules())
    if (nameOf(mod) == name) return call.result(mod);
  return call.result<const struct module*>(nullptr);
}
const struct module* find_module(std::string_view name) {
  KFUNC(find_module);
  return call.result(find_module_all(name));
}

// ---- who uses it
// The count is one for the module itself and one for each user; a module that is being unloaded has none at all, and
// nobody gets in any more.
bool try_module_get(const struct module* module) {
  KFUNC(try_module_get, module);
  if (!module) return call.result(true);
  const bool open = module->state != MODULE_STATE_GOING && atomic_read(&module->refcnt) > 0;
  if (open) atomic_inc(&module->refcnt);
  else NOTE("module.leaves", module);
  return call.result(open);
}
void __module_get(const struct module* module) {
  KFUNC(__module_get, module);
  if (module) atomic_inc(&module->refcnt);
}
void module_put(const struct module* module) {
  KFUNC(module_put, module);
  if (!module) return;
  BUG_ON(atomic_read(&module->refcnt) <= 0);
  atomic_add_return(-1, &module->refcnt);
}

// ---- coming
// Its init may fail, and then it is as if it had never been there.
static int do_init_module(const struct module* mod) {
  KFUNC(do_init_module, mod);
  const int failed = mod->init ? mod->init() : 0;
  if (failed) {
    set(mod->state, MODULE_STATE_GOING);
    list_del(&mod->list);
    kfree(mod);
    return call.result(failed);
  }
  set(mod->state, MODULE_STATE_LIVE);
  NOTE("module.live", mod);
  module_put(mod); // what load_module() held for the time of init
  return call.result(0);
}

static int load_module(const ModuleFile& file) {
  KFUNC(load_module);
  SIMPLIFIED(
      "the file is neither read nor checked nor linked: its functions are in the engine already, and modules that it "
      "needs are not loaded");
  if (find_module(file.name)) return call.result(-EEXIST);
  const auto* mod = kzalloc<struct module>(GFP_KERNEL);
  if (!mod) return call.result(-ENOMEM);
  set(mod->state, MODULE_STATE_UNFORMED);
  setBytes(mod->name, file.name.data(), static_cast<u32>(file.name.size()));
  INIT_LIST_HEAD(&mod->source_list);
  INIT_LIST_HEAD(&mod->target_list);
  list_add(&mod->list, modules);
  atomic_set(&mod->refcnt, MODULE_REF_BASE);
  atomic_inc(&mod->refcnt); // so that it cannot leave while it comes
  file.image(mod);
  file.functions(mod);
  set(mod->state, MODULE_STATE_COMING);
  return call.result(do_init_module(mod));
}

s64 __x64_sys_finit_module(const ModuleFile& file) {
  KFUNC(__x64_sys_finit_module);
  if (!capable(CAP_SYS_MODULE) || *modules_disabled) return call.result(s64(-EPERM));
  return call.result(s64(load_module(file)));
}

// ---- going
// Only a module that nobody uses can go. The count goes to 0 in one step, so that nobody comes in between.
static int try_stop_module(const struct module* mod) {
  if (atomic_read(&mod->refcnt) != MODULE_REF_BASE) {
    NOTE("module.in_use", mod, atomic_read(&mod->refcnt) - MODULE_REF_BASE);
    return -EWOULDBLOCK;
  }
  atomic_set(&mod->refcnt, 0);
  set(mod->state, MODULE_STATE_GOING);
  return 0;
}
static void free_module(const struct module* mod) {
  KFUNC(free_module, mod);
  SIMPLIFIED("nothing in sysfs, no symbols of others to give back, no grace period");
  list_del(&mod->list);
  kfree(mod);
}

s64 __x64_sys_delete_module(u64 name_user, u32 flags) {
  KFUNC(__x64_sys_delete_module, name_user, flags);
  SIMPLIFIED("a module that is in use is not removed by force either (O_TRUNC)");
  if (!capable(CAP_SYS_MODULE) || *modules_disabled) return call.result(s64(-EPERM));
  char name[MODULE_NAME_LEN] = {};
  for (u32 i = 0; i + 1 < MODULE_NAME_LEN; ++i) {
    if (copy_from_user(name + i, name_user + i, 1)) return call.result(s64(-EFAULT));
    if (!name[i]) break;
  }
  const struct module* mod = find_module(name);
  if (!mod) return call.result(s64(-ENOENT));
  if (mod->state != MODULE_STATE_LIVE) return call.result(s64(-EBUSY)); // it is coming or going
  if (mod->init && !mod->exit) return call.result(s64(-EBUSY));         // it cannot undo what it did
  if (const int used = try_stop_module(mod)) return call.result(s64(used));
  if (mod->exit) mod->exit();
  blocking_notifier_call_chain(MODULE_STATE_GOING, mod);
  NOTE("module.gone", mod);
  free_module(mod);
  return call.result(s64(0));
}

} // namespace sockwalk::kernel
