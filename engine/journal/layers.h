// The layer that a function belongs to, read from where its file stands: the folder is the documentation.
#pragma once
#include "engine/base/layer.h"
#include "engine/memory/symbols.h"

namespace sockwalk {

// Of the kernel's own functions; the entry of a system call is one of them, and belongs where its file stands.
Layer layerOf(const FunctionInfo& function);
// Whether a program calls it: __x64_sys_socket, which the table of system calls holds.
bool entersKernel(const FunctionInfo& function);

} // namespace sockwalk
