// Modules: who uses a part of the kernel holds a reference on it. Source: include/linux/module.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void __module_get(const void* module); // nullptr: the part is built in

} // namespace sockwalk::kernel
