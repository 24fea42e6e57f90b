// A session to which nothing is told: what is in its record, the test has put there.
#pragma once
#include "engine/scenario/session.h"

namespace sockwalk::tests {

class StillSession : public scenario::Session {
public:
  const Journal& journal() const override { return m_machine.journal(); }
  kernel::Machine& machine() override { return m_machine; }
  const scenario::MachineSetup& setup() const override { return m_setup; }
  const std::vector<scenario::SessionStimulus>& stimuli() const override { return m_stimuli; }
  bool pending() const override { return false; }
  void runNext() override {}
  double progress() const override { return 1; }
  const std::vector<scenario::Failure>& failures() const override { return m_failures; }
  const std::vector<std::string>& notices() const override { return m_notices; }
  const std::vector<scenario::Case>& cases() const override { return m_cases; }
  Result<u32> console(const std::string&) override { return Error{"nothing runs here"}; }
  void passTime(s64) override {}
  void frame(std::span<const u8>, s64) override {}

private:
  kernel::Machine m_machine;
  scenario::MachineSetup m_setup;
  std::vector<scenario::SessionStimulus> m_stimuli;
  std::vector<scenario::Failure> m_failures;
  std::vector<std::string> m_notices;
  std::vector<scenario::Case> m_cases;
};

} // namespace sockwalk::tests
