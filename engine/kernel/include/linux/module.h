// Modules: parts of the kernel that come and go while it runs. Who uses one holds a reference on it; what is built in has
// no struct module, and its owner is nullptr. Source: include/linux/module.h, include/linux/kmod.h, include/linux/umh.h.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/memory/constants/process.h"
#include <string>

namespace sockwalk::kernel {

constexpr u32 KMOD_PATH_LEN = 256, MODULE_NAME_LEN = 56;
constexpr int MODULE_REF_BASE = 1; // of a module that nobody uses

extern Global<u8[KMOD_PATH_LEN]> modprobe_path; // kernel.modprobe: empty, and nothing is loaded on demand
extern Global<s32> modules_disabled;            // kernel.modules_disabled: set once, for good

void __module_get(const struct module* module);   // by somebody who knows that another holds it
bool try_module_get(const struct module* module); // false: it is about to leave
void module_put(const struct module* module);
const struct module* find_module(std::string_view name);
ListEntries<struct module> loadedModules();

// Has a program of user mode look for it, and waits: 0, a negative errno, or how the program ended.
int __request_module(bool wait, const std::string& module_name);
inline int request_module(const std::string& name) { return __request_module(true, name); }

// ---- programs that the kernel starts
const subprocess_info* call_usermodehelper_setup(const char* path, const void* argv, u32 gfp_mask);
int call_usermodehelper_exec(const subprocess_info* sub_info, int wait);

} // namespace sockwalk::kernel
