// The calls of the kernel of 2.6, as scripts make them: inside Machine::systemCall(). Addresses are those of user memory,
// as Machine::userMemory() gives it.
#pragma once
#include "engine/kernel/machine/machine.h"

namespace sockwalk::kernel26 {

s64 sys_socketcall(int call, u64 args); // args: user memory with as many words as the call has arguments
int sys_close(u32 fd);

// What the C library of then makes of socket(): the arguments, as words in the program's memory, and the one system call
// for all that sockets do.
s64 viaSocketcall(int call, std::initializer_list<u64> arguments);

struct task_struct;
void setCapability(const task_struct& task, u32 capability, bool has);
u64 descriptorsOf(const task_struct& task); // the address of its table

} // namespace sockwalk::kernel26
