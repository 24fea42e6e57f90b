// A booted machine with one task, for tests: makes system calls, counts what lives, and holds a call against the
// recording of the real kernel. So it is as odd as the machine that was recorded.
#pragma once
#include "engine/kernel/syscalls.h"
#include <string>
#include <string_view>

namespace sockwalk::kernel {

class KernelMachine {
public:
  explicit KernelMachine(MachineOptions options = {});

  // Runs `body` as a system call of the task: its result or -errno; INT64_MIN if the task sleeps in it.
  s64 call(std::function<s64()> body, const std::string& name = "");
  s64 callOf(TaskId id, std::function<s64()> body, const std::string& name = "");
  s64 resultOf(u32 stimulus) const;
  u64 user(const void* bytes, u32 size);           // a copy of these bytes in user memory
  u64 userRoom(u32 size);                          // zeroed
  u64 address(u32 host, u16 port, u16 family = 2); // a sockaddr_in in user memory; host and port in host order
  template <class T> T at(u64 userAddress) {
    T v;
    std::memcpy(&v, machine.recorder().arena().at(static_cast<u32>(userAddress)), sizeof v);
    return v;
  }
  // How many objects live in each slab cache, without those of the caches that fill up once and stay.
  std::map<std::string, u32> census() const { return machine.slab().census(); }
  int socket(int family, int type, int protocol, const std::string& name = "");
  s64 close(int fd, const std::string& name = "");

  // Writes calls/NAME.txt and geometry/NAME.tsv of every named stimulus to `directory`.
  void write(const std::string& directory);

  mutable Machine machine;
  TaskId task;
};

// What kernel-truth's compare says of the calls of these cases, by name.
std::map<std::string, double> scores(KernelMachine& m, const std::string& kind = "calls");

} // namespace sockwalk::kernel
