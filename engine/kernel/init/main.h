// From nothing to a kernel that answers system calls: the tables that socket() later walks are filled here.
#pragma once
#include "engine/kernel/machine/machine.h"

namespace sockwalk::kernel {

void start_kernel();
// `parent`: whose descriptors it shares or copies; nullptr: it starts with a terminal only.
const task_struct* new_task(const Task& task, const task_struct* parent,
                            Descriptors descriptors); // a process as fork would leave it: its own files, init's network

} // namespace sockwalk::kernel
