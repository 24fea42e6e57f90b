// From nothing to a kernel that answers system calls: the tables that socket() later walks are filled here.
#pragma once
#include "engine/kernel/machine/machine.h"

namespace sockwalk::kernel {

void start_kernel();

} // namespace sockwalk::kernel
