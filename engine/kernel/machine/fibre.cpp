#include "engine/kernel/machine/fibre.h"
#include "engine/kernel/machine/fibre_cancelled.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1 // as GCC says it
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#define SWITCHING_TO(save, bottom, size) __sanitizer_start_switch_fiber(save, bottom, size)
#define SWITCHED(save, bottom, size) __sanitizer_finish_switch_fiber(save, bottom, size)
#define STACKS_KEPT 0 // what the last call poisoned on it would still be
#else
#define SWITCHING_TO(save, bottom, size) (void)0
#define SWITCHED(save, bottom, size) (void)0
#define STACKS_KEPT 16
#endif

namespace sockwalk::kernel {

namespace {
constexpr size_t StackSize = 512 * 1024, MostSpare = STACKS_KEPT;
thread_local Fibre* t_fibre = nullptr;
thread_local bool t_cancelling = false;
} // namespace

Fibre* Fibre::current() { return t_fibre; }

std::unique_ptr<char[]> StackPool::take() {
  if (m_spare.empty()) return std::make_unique_for_overwrite<char[]>(StackSize);
  auto stack = std::move(m_spare.back());
  m_spare.pop_back();
  return stack;
}
void StackPool::giveBack(std::unique_ptr<char[]> stack) {
  if (m_spare.size() < MostSpare) m_spare.push_back(std::move(stack));
}

Fibre::Fibre(std::function<void()> body, StackPool& stacks)
    : m_body(std::move(body)), m_stacks(stacks), m_stack(stacks.take()) {
  m_inside = freshStack(m_stack.get(), StackSize, &Fibre::entry, this);
}
// A body that sleeps is woken for the last time, to leave.
Fibre::~Fibre() {
  if (!m_finished) {
    t_cancelling = true;
    resume();
    t_cancelling = false;
  }
  m_stacks.giveBack(std::move(m_stack));
}

void Fibre::entry(void* argument) {
  auto* self = static_cast<Fibre*>(argument);
  SWITCHED(nullptr, &self->m_outsideStack, &self->m_outsideSize);
  self->m_body();
  self->m_finished = true;
  SWITCHING_TO(nullptr, self->m_outsideStack, self->m_outsideSize);
  t_fibre = nullptr;
  switchStack(self->m_inside, self->m_outside); // for good
}

void Fibre::resume() {
  Fibre* before = t_fibre;
  t_fibre = this;
  [[maybe_unused]] void* fake = nullptr;
  SWITCHING_TO(&fake, m_stack.get(), StackSize);
  switchStack(m_outside, m_inside);
  SWITCHED(fake, nullptr, nullptr);
  t_fibre = before;
}

void Fibre::suspend() {
  Fibre* self = t_fibre;
  SWITCHING_TO(&self->m_fakeStack, self->m_outsideStack, self->m_outsideSize);
  switchStack(self->m_inside, self->m_outside);
  SWITCHED(self->m_fakeStack, &self->m_outsideStack, &self->m_outsideSize);
  if (t_cancelling) throw FibreCancelled{};
}

} // namespace sockwalk::kernel
