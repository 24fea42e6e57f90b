// What stands on the simulated machine beside the kernel: the modules on its disk, and the program that finds and loads them.
#include "engine/kernel/kernel/module/files.h"
#include <algorithm>
#include <vector>

namespace sockwalk::kernel {

std::span<const ModuleFile> moduleFiles() {
  static const std::vector<ModuleFile> Files{afAlgFile(), l2tpIpFile()};
  return Files;
}

const ModuleFile* moduleFile(std::string_view nameOrAlias) {
  for (const ModuleFile& file : moduleFiles()) {
    const bool byAlias = std::ranges::find(file.aliases, nameOrAlias) != file.aliases.end();
    if (byAlias || file.name == nameOrAlias) return &file;
  }
  return nullptr;
}

int runModprobe(std::string_view nameOrAlias) {
  const ModuleFile* file = moduleFile(nameOrAlias);
  if (!file) return 1;
  const s64 result = __x64_sys_finit_module(*file);
  return result && result != -EEXIST;
}

} // namespace sockwalk::kernel
