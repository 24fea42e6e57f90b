#include "engine/kernel/machine/fibre.h"
#include "engine/kernel/machine/fibre_cancelled.h"
#include <cstdint>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#define SWITCHING_TO(save, bottom, size) __sanitizer_start_switch_fiber(save, bottom, size)
#define SWITCHED(save, bottom, size) __sanitizer_finish_switch_fiber(save, bottom, size)
#else
#define SWITCHING_TO(save, bottom, size) (void)0
#define SWITCHED(save, bottom, size) (void)0
#endif

namespace sockwalk::kernel {

namespace {
constexpr size_t StackSize = 512 * 1024;
thread_local Fibre* t_fibre = nullptr;
thread_local bool t_cancelling = false;
} // namespace

Fibre* Fibre::current() { return t_fibre; }

Fibre::Fibre(std::function<void()> body)
    : m_body(std::move(body)), m_stack(std::make_unique_for_overwrite<char[]>(StackSize)) {
  getcontext(&m_inside);
  m_inside.uc_stack.ss_sp = m_stack.get();
  m_inside.uc_stack.ss_size = StackSize;
  m_inside.uc_link = nullptr;
  const auto self = reinterpret_cast<std::uintptr_t>(this);
  makecontext(&m_inside, reinterpret_cast<void (*)()>(&Fibre::entry), 2, static_cast<unsigned>(self),
              static_cast<unsigned>(self >> 32));
}
// A body that sleeps is woken for the last time, to leave.
Fibre::~Fibre() {
  if (m_finished) return;
  t_cancelling = true;
  resume();
  t_cancelling = false;
}

void Fibre::entry(unsigned low, unsigned high) {
  auto* self = reinterpret_cast<Fibre*>(static_cast<std::uintptr_t>(low) | static_cast<std::uintptr_t>(high) << 32);
  SWITCHED(nullptr, &self->m_outsideStack, &self->m_outsideSize);
  self->m_body();
  self->m_finished = true;
  SWITCHING_TO(nullptr, self->m_outsideStack, self->m_outsideSize);
  t_fibre = nullptr;
  setcontext(&self->m_outside);
}

void Fibre::resume() {
  Fibre* before = t_fibre;
  t_fibre = this;
  [[maybe_unused]] void* fake = nullptr;
  SWITCHING_TO(&fake, m_stack.get(), StackSize);
  swapcontext(&m_outside, &m_inside);
  SWITCHED(fake, nullptr, nullptr);
  t_fibre = before;
}

void Fibre::suspend() {
  Fibre* self = t_fibre;
  SWITCHING_TO(&self->m_fakeStack, self->m_outsideStack, self->m_outsideSize);
  swapcontext(&self->m_inside, &self->m_outside);
  SWITCHED(self->m_fakeStack, &self->m_outsideStack, &self->m_outsideSize);
  if (t_cancelling) throw FibreCancelled{};
}

} // namespace sockwalk::kernel
