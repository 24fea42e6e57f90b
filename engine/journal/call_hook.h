// Something that is done at the entry of functions: what a kernel has kprobes for. The journal only offers the place; who
// hooks in asks the memory of the machine that runs whether it is meant (kernel/kernel/kprobes.cpp).
#pragma once
#include "engine/memory/symbols.h"
#include <atomic>

namespace sockwalk {

// Behind the Call event of a function: everything the hook does happens inside that call.
using CallHook = void (*)(const FunctionInfo& function, const u64* arguments, u32 count);
extern std::atomic<CallHook> callHook; // nullptr: nobody has asked for it in this program

} // namespace sockwalk
