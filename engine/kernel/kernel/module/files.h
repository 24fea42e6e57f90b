// The modules that lie on the simulated disk, in /lib/modules: what depmod and modprobe know of each, and what its file has
// for the kernel. A module's functions are compiled into the engine; without its file's image its objects are all zero.
#pragma once
#include "engine/kernel/include/linux/module.h"
#include <span>

namespace sockwalk::kernel {

struct ModuleFile {
  std::string_view name;
  std::span<const std::string_view> aliases;   // by which it can be asked for: "net-pf-38"
  void (*image)(const struct module* owner);   // what the compiler laid down in its .data; `owner`: THIS_MODULE
  void (*functions)(const struct module* mod); // its init and its exit
};
std::span<const ModuleFile> moduleFiles();
const ModuleFile* moduleFile(std::string_view nameOrAlias); // nullptr: it is not on the disk

s64 __x64_sys_finit_module(const ModuleFile& file);

// /sbin/modprobe, which the kernel starts or somebody at a shell: 0, or 1 if it found nothing or the kernel refused.
int runModprobe(std::string_view nameOrAlias);

// ---- the files
ModuleFile afAlgFile();
ModuleFile l2tpIpFile();

} // namespace sockwalk::kernel
