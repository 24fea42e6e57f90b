// A stack of its own for each simulated task, so that a call that blocks can sleep in the middle and go on later.
#pragma once
#include "engine/kernel/machine/stack_switch.h"
#include <exception>
#include <functional>
#include <vector>

namespace sockwalk::kernel {

// Stacks of calls that are over serve again. Below each lies a page that nobody may touch: what runs over the end
// faults there, and does not write over the memory of somebody else.
class StackPool {
public:
  static constexpr size_t StackSize = 512 * 1024, GuardSize = 4096;

  StackPool() = default;
  ~StackPool();
  StackPool(const StackPool&) = delete;
  StackPool& operator=(const StackPool&) = delete;
  char* take(); // its lowest byte, above the guard
  void giveBack(char* stack);

private:
  std::vector<char*> m_spare;
};

class Fibre {
public:
  Fibre(std::function<void()> body, StackPool& stacks);
  ~Fibre();
  Fibre(const Fibre&) = delete;
  Fibre& operator=(const Fibre&) = delete;
  void resume();  // from outside: run the body until it suspends or ends; what it lets escape is thrown here
  void suspend(); // from inside: back to who resumed; throws FibreCancelled if the fibre is given up meanwhile
  bool finished() const { return m_finished; }
  // Where the stack is so full that no further call should begin: what is left is for what comes without asking.
  const void* limit() const { return m_stack + Reserve; }

private:
  static constexpr size_t Reserve = 64 * 1024;
  static void entry(void* self);
  void switchIn();
  std::function<void()> m_body;
  StackPool& m_stacks;
  char* m_stack;
  StackPlace m_inside{}, m_outside{};
  bool m_finished = false, m_cancelled = false;
  std::exception_ptr m_thrown;
  // What AddressSanitizer must be told when stacks are switched.
  void* m_fakeStack = nullptr;
  const void* m_outsideStack = nullptr;
  size_t m_outsideSize = 0;
};

} // namespace sockwalk::kernel
