// A stack of its own for each simulated task, so that a call that blocks can sleep in the middle and go on later.
#pragma once
#include <functional>
#include <memory>
#include <ucontext.h>
#include <vector>

namespace sockwalk::kernel {

class Fibre {
public:
  explicit Fibre(std::function<void()> body);
  ~Fibre();
  Fibre(const Fibre&) = delete;
  Fibre& operator=(const Fibre&) = delete;
  void resume();       // from outside: run the body until it suspends or ends
  static void suspend(); // from inside: back to who resumed
  static Fibre* current();
  bool finished() const { return m_finished; }

private:
  static void entry(unsigned low, unsigned high);
  std::function<void()> m_body;
  std::unique_ptr<char[]> m_stack;
  ucontext_t m_inside{}, m_outside{};
  bool m_finished = false;
  // What AddressSanitizer must be told when stacks are switched.
  void* m_fakeStack = nullptr;
  const void* m_outsideStack = nullptr;
  size_t m_outsideSize = 0;
};

} // namespace sockwalk::kernel
