// What a machine asks of the kernel that it runs: there are two, that of 6.1 and the small one of 2.6 (engine/kernel26).
#pragma once
#include "engine/base/era.h"

namespace sockwalk::kernel {

struct Task;
enum class Descriptors : unsigned char;

struct Software {
  void (*start)();                                                          // start_kernel()
  void (*newTask)(Task& task, const Task* parent, Descriptors descriptors); // gives it its task_struct
  void (*leaveKernel)(Task& task); // on the way back to user mode: signals, which may end it
  void (*releaseTask)(Task& task); // it has ended: its task_struct goes
};
extern const Software Linux61, Linux26; // init/main.cpp of either
inline const Software& softwareOf(Era era) { return era == Era::Linux61 ? Linux61 : Linux26; }

} // namespace sockwalk::kernel
