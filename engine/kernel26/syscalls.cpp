#include "engine/kernel26/syscalls.h"
#include "engine/kernel26/include/linux/kernel.h"

namespace sockwalk::kernel26 {

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

// A set of 32 bits: what came later cannot be in it.
void setCapability(const task_struct& task, u32 capability, bool has) {
  const u32 bit = capability < 32 ? 1u << capability : 0;
  set(task.cap_effective, has ? task.cap_effective | bit : task.cap_effective & ~bit);
}

u64 descriptorsOf(const task_struct& task) { return Arena::address(task.files.get()); }

} // namespace sockwalk::kernel26
