#include "engine/kernel/machine/stack_switch.h"

namespace sockwalk::kernel {

#if defined(__x86_64__)

asm(R"(
.text
.p2align 4
.globl sockwalk_switch_stack
.type sockwalk_switch_stack, @function
sockwalk_switch_stack:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size sockwalk_switch_stack, .-sockwalk_switch_stack

.p2align 4
.type sockwalk_stack_begin, @function
sockwalk_stack_begin:
  .cfi_startproc
  .cfi_undefined rip
  movq %r12, %rdi
  call *%rbx
  ud2
  .cfi_endproc
.size sockwalk_stack_begin, .-sockwalk_stack_begin
)");
extern "C" void sockwalk_stack_begin();

StackPlace freshStack(char* bottom, std::size_t size, void (*entry)(void*), void* argument) {
  auto top = reinterpret_cast<std::uintptr_t>(bottom + size) & ~std::uintptr_t(15);
  // As the switch leaves a stack: r15 r14 r13 r12 rbx rbp, then where to go on, which must find it a multiple of 16.
  auto* at = reinterpret_cast<std::uintptr_t*>(top) - 9;
  at[0] = at[1] = at[2] = at[5] = at[7] = at[8] = 0;
  at[3] = reinterpret_cast<std::uintptr_t>(argument);
  at[4] = reinterpret_cast<std::uintptr_t>(entry);
  at[6] = reinterpret_cast<std::uintptr_t>(&sockwalk_stack_begin);
  return at;
}

#else

static void begin(unsigned entryLow, unsigned entryHigh, unsigned low, unsigned high) {
  const auto whole = [](unsigned l, unsigned h) {
    return static_cast<std::uintptr_t>(l) | static_cast<std::uintptr_t>(h) << 32;
  };
  reinterpret_cast<void (*)(void*)>(whole(entryLow, entryHigh))(reinterpret_cast<void*>(whole(low, high)));
}

StackPlace freshStack(char* bottom, std::size_t size, void (*entry)(void*), void* argument) {
  StackPlace place{};
  getcontext(&place);
  place.uc_stack.ss_sp = bottom;
  place.uc_stack.ss_size = size;
  place.uc_link = nullptr;
  const auto e = reinterpret_cast<std::uintptr_t>(entry), a = reinterpret_cast<std::uintptr_t>(argument);
  makecontext(&place, reinterpret_cast<void (*)()>(&begin), 4, static_cast<unsigned>(e), static_cast<unsigned>(e >> 32),
              static_cast<unsigned>(a), static_cast<unsigned>(a >> 32));
  return place;
}

#endif

} // namespace sockwalk::kernel
