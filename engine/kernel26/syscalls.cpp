#include "engine/kernel26/syscalls.h"
#include "engine/kernel26/include/linux/kernel.h"

namespace sockwalk::kernel26 {

extern Global26<u32> files_stat_max_files;

s64 viaSocketcall(int call, std::initializer_list<u64> arguments) {
  std::vector<u32> words;
  for (u64 argument : arguments) // an address is a word of its own there
    words.push_back(argument >> 32 == Arena::addressOf(Arena::UserBegin) >> 32 ? Address32::narrow(argument)
                                                                                : static_cast<u32>(argument));
  const u32 bytes = static_cast<u32>(words.size() * sizeof(u32));
  const void* room = machine().userMemory(currentTask().pid, bytes);
  setBytes(room, words.data(), bytes);
  return sys_socketcall(call, Arena::address(room));
}

void setCapability(Machine& machine, TaskId task, u32 capability, bool has) {
  EnterMachine enter(machine);
  const task_struct* t = machine.task(task).task26;
  const u32 bit = 1u << capability;
  set(t->cap_effective, has ? t->cap_effective | bit : t->cap_effective & ~bit);
}

void setMaxFiles(Machine& machine, u32 most) {
  EnterMachine enter(machine);
  set(*files_stat_max_files, most);
}

} // namespace sockwalk::kernel26
