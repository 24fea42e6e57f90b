// Changing from one stack to another, which C++ has no words for. On x86-64 it is a dozen instructions: what a function
// must keep for its caller (System V ABI) goes on the old stack, and comes back from the new one. Elsewhere the C library
// does it, and asks the host kernel about signals each time.
#pragma once
#include <cstddef>
#include <cstdint>

#if !defined(__x86_64__)
#include <ucontext.h>
#endif

namespace sockwalk::kernel {

#if defined(__x86_64__)

using StackPlace = void*; // the stack pointer of a stack that does not run

extern "C" void sockwalk_switch_stack(StackPlace* save, StackPlace to);
inline void switchStack(StackPlace& save, StackPlace& to) { sockwalk_switch_stack(&save, to); }

#else

using StackPlace = ucontext_t;
inline void switchStack(StackPlace& save, StackPlace& to) { swapcontext(&save, &to); }

#endif

// A fresh stack whose first switch calls entry(argument), which never returns.
StackPlace freshStack(char* bottom, std::size_t size, void (*entry)(void*), void* argument);

} // namespace sockwalk::kernel
