// Modules: all of this kernel is built in, so nothing can be unloaded and the count is of nobody.
#include "engine/kernel/include/linux/module.h"

namespace sockwalk::kernel {

void __module_get(const void* module) { KFUNC(__module_get, module); }

} // namespace sockwalk::kernel
