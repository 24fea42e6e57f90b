// Plays one source of stimuli on a machine, a step at a time. A script and a capture are players.
#pragma once
#include "engine/kernel/drivers/net/cable.h"
#include "engine/scenario/session.h"
#include "engine/scenario/values.h"
#include "engine/scenario/wire.h"

namespace sockwalk::scenario {

inline kernel::RecordedMachine recordedOf(MachineKind kind) {
  return kind == MachineKind::Recorded ? kernel::RecordedMachine::asRecorded() : kernel::RecordedMachine();
}

class Player {
public:
  virtual ~Player() = default;
  virtual bool pending() const = 0;
  virtual void next() = 0;
  virtual double progress() const = 0; // 0 to 1
  virtual Endpoint local() const = 0;  // what `...` means on the console
  virtual Endpoint remote() const = 0;
  virtual kernel::TaskId task() const = 0; // that the console speaks for
  virtual std::optional<kernel::TaskId> taskNamed(const std::string&) const { return std::nullopt; } // made by it
  virtual const Relived* relived() const { return nullptr; } // what it makes of a capture; nullptr: it plays none
  // A packet line of the language by hand, "< P. 1:101(100) ack 1 win 257": it arrives now. Gives its stimulus.
  virtual Result<u32> packet(const std::string&) {
    return Error{"what is played here has its own packets: by hand they arrive in a script only"};
  }
};

// What players share: the machine, its wire, and where they report.
struct Stage {
  kernel::Machine machine;
  Wire wire;
  std::unique_ptr<kernel::Cable> cable; // between two hosts of this machine, if a script asked for one
  std::vector<Failure> failures;
  std::vector<Case> cases;
  std::vector<std::string> notices;
  // Sysctls that each new namespace gets, with their values.
  std::vector<std::pair<std::string, std::string>> everywhere;

  explicit Stage(const kernel::MachineOptions& options) : machine(options), wire(machine) {}
  // Time passes up to `time` (ns) a timer at a time, and `afterEach` is done behind each.
  template <class Then> void advanceTo(s64 time, Then afterEach) {
    while (machine.nextTimer() >= 0 && machine.nextTimer() <= time && !machine.panicked()) {
      machine.runUntil(machine.nextTimer());
      afterEach();
    }
    if (time > machine.now()) machine.runUntil(time);
  }
  u32 lastStimulus() const { return static_cast<u32>(machine.journal().stimuli().size()) - 1; }
};

} // namespace sockwalk::scenario
