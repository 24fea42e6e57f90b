// Making a task for somebody who plays: refused with a sentence when there are as many as the machine has memory for.
#pragma once
#include "engine/kernel/machine/machine.h"
#include "engine/scenario/play_error.h"

namespace sockwalk::scenario {

inline kernel::TaskId newTask(kernel::Machine& machine, const std::string& name, kernel::TaskId parent = 0,
                              kernel::Descriptors descriptors = kernel::Descriptors::Own) {
  if (const kernel::TaskId task = machine.createTask(name, parent, descriptors)) return task;
  throw PlayError{{},
                  "there are " + std::to_string(kernel::Machine::MostTasks) +
                      " tasks, as many as the machine has memory for: one has to end, by exit(), before '" + name +
                      "' can begin"};
}

} // namespace sockwalk::scenario
