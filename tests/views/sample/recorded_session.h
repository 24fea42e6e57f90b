// A session whose journal the test writes itself: call trees from kernel-truth's texts, or by hand.
#pragma once
#include "engine/scenario/session.h"

#include <string>

namespace sockwalk {

class RecordedSession final : public scenario::Session {
public:
  RecordedSession() = default;
  const Journal& journal() const override { return m_machine.journal(); }
  kernel::Machine& machine() override { return m_machine; }
  Recorder& recorder() { return m_machine.recorder(); }
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

  // A stimulus whose calls are those of an indented text, two spaces a level, "# ..." lines left out. The functions
  // must have been made known with knowFunctions() before the first session.
  void play(const std::string& stimulus, const std::string& callTree, Context::Kind kind = Context::Task);

private:
  kernel::Machine m_machine;
  scenario::MachineSetup m_setup;
  std::vector<scenario::SessionStimulus> m_stimuli;
  std::vector<scenario::Failure> m_failures;
  std::vector<std::string> m_notices;
  std::vector<scenario::Case> m_cases;
};

// Registers every function of these texts, each in the file where its name suggests it lives.
void knowFunctions(const std::string& callTree);
std::string readText(const std::string& path);

} // namespace sockwalk
