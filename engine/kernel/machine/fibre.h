// A stack of its own for each simulated task, so that a call that blocks can sleep in the middle and go on later.
#pragma once
#include "engine/kernel/machine/stack_switch.h"
#include <functional>
#include <memory>
#include <vector>

namespace sockwalk::kernel {

// Stacks of calls that are over serve again.
class StackPool {
public:
  std::unique_ptr<char[]> take();
  void giveBack(std::unique_ptr<char[]> stack);

private:
  std::vector<std::unique_ptr<char[]>> m_spare;
};

class Fibre {
public:
  Fibre(std::function<void()> body, StackPool& stacks);
  ~Fibre();
  Fibre(const Fibre&) = delete;
  Fibre& operator=(const Fibre&) = delete;
  void resume();         // from outside: run the body until it suspends or ends
  static void suspend(); // from inside: back to who resumed
  static Fibre* current();
  bool finished() const { return m_finished; }

private:
  static void entry(void* self);
  std::function<void()> m_body;
  StackPool& m_stacks;
  std::unique_ptr<char[]> m_stack;
  StackPlace m_inside{}, m_outside{};
  bool m_finished = false;
  // What AddressSanitizer must be told when stacks are switched.
  void* m_fakeStack = nullptr;
  const void* m_outsideStack = nullptr;
  size_t m_outsideSize = 0;
};

} // namespace sockwalk::kernel
