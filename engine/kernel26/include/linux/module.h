// Modules: whose code is in use must stay. Source: include/linux/module.h, kernel/kmod.c.
#pragma once
#include "engine/kernel26/include/linux/kernel.h"

namespace sockwalk::kernel26 {

bool try_module_get(const module* owner); // nullptr: the code is part of the kernel itself
void module_put(const module* owner);
int request_module(const char* name); // a name in the kernel's memory

} // namespace sockwalk::kernel26
