#include "engine/kernel/machine/fibre.h"
#include "engine/kernel/machine/fibre_cancelled.h"
#include <new>
#include <sys/mman.h>
#include <utility>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1 // as GCC says it
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#define SWITCHING_TO(save, bottom, size) __sanitizer_start_switch_fiber(save, bottom, size)
#define SWITCHED(save, bottom, size) __sanitizer_finish_switch_fiber(save, bottom, size)
#define FRESH(bottom, size) __asan_unpoison_memory_region(bottom, size) // of what the last call left on it
#else
#define SWITCHING_TO(save, bottom, size) (void)0
#define SWITCHED(save, bottom, size) (void)0
#define FRESH(bottom, size) (void)0
#endif

namespace sockwalk::kernel {

constexpr size_t MostSpare = 16;

// ---- stacks
static void unmap(char* stack) { munmap(stack - StackPool::GuardSize, StackPool::GuardSize + StackPool::StackSize); }

StackPool::~StackPool() {
  for (char* stack : m_spare) unmap(stack);
}

char* StackPool::take() {
  if (!m_spare.empty()) {
    char* stack = m_spare.back();
    m_spare.pop_back();
    return stack;
  }
  void* got = mmap(nullptr, GuardSize + StackSize, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (got == MAP_FAILED) throw std::bad_alloc();
  if (mprotect(got, GuardSize, PROT_NONE) != 0) {
    munmap(got, GuardSize + StackSize);
    throw std::bad_alloc();
  }
  return static_cast<char*>(got) + GuardSize;
}

void StackPool::giveBack(char* stack) {
  FRESH(stack, StackSize);
  if (m_spare.size() < MostSpare) m_spare.push_back(stack);
  else unmap(stack);
}

// ---- fibres
Fibre::Fibre(std::function<void()> body, StackPool& stacks)
    : m_body(std::move(body)), m_stacks(stacks), m_stack(stacks.take()) {
  m_inside = freshStack(m_stack, StackPool::StackSize, &Fibre::entry, this);
}
// A body that sleeps is woken for the last time, to leave.
Fibre::~Fibre() {
  if (!m_finished) {
    m_cancelled = true;
    switchIn();
  }
  m_stacks.giveBack(m_stack);
}

void Fibre::entry(void* argument) {
  auto* self = static_cast<Fibre*>(argument);
  SWITCHED(nullptr, &self->m_outsideStack, &self->m_outsideSize);
  try {
    if (!self->m_cancelled) self->m_body();
  } catch (...) { // the host is out of memory: whoever resumed this fibre is told, for below here is nobody
    self->m_thrown = std::current_exception();
  }
  self->m_finished = true;
  SWITCHING_TO(nullptr, self->m_outsideStack, self->m_outsideSize);
  switchStack(self->m_inside, self->m_outside); // for good
}

void Fibre::resume() {
  switchIn();
  if (m_thrown) std::rethrow_exception(std::exchange(m_thrown, nullptr));
}

void Fibre::switchIn() {
  [[maybe_unused]] void* fake = nullptr;
  SWITCHING_TO(&fake, m_stack, StackPool::StackSize);
  switchStack(m_outside, m_inside);
  SWITCHED(fake, nullptr, nullptr);
}

void Fibre::suspend() {
  SWITCHING_TO(&m_fakeStack, m_outsideStack, m_outsideSize);
  switchStack(m_inside, m_outside);
  SWITCHED(m_fakeStack, &m_outsideStack, &m_outsideSize);
  if (m_cancelled) throw FibreCancelled{};
}

} // namespace sockwalk::kernel
