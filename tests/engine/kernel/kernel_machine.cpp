#include "tests/engine/kernel/kernel_machine.h"
#include "engine/scenario/truth_format.h"
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace sockwalk::kernel {

static MachineOptions asRecorded(MachineOptions options) {
  options.recorded = RecordedMachine::asRecorded();
  return options;
}

KernelMachine::KernelMachine(MachineOptions options) : machine(asRecorded(options)) {
  machine.boot();
  task = machine.createTask("test");
}

s64 KernelMachine::resultOf(u32 stimulus) const {
  const Stimulus& s = machine.journal().stimuli()[stimulus];
  return s.finished ? s.result : INT64_MIN;
}

s64 KernelMachine::callOf(TaskId id, std::function<s64()> body, const std::string& name) {
  const u32 stimulus = machine.systemCall(id, name, std::move(body), name);
  return machine.busy(id) ? INT64_MIN : machine.journal().stimuli()[stimulus].result;
}
s64 KernelMachine::call(std::function<s64()> body, const std::string& name) {
  return callOf(task, std::move(body), name);
}

u64 KernelMachine::userRoom(u32 size) {
  EnterMachine enter(machine);
  const void* room = machine.userMemory(task, size);
  fillBytes(room, 0, size);
  return Arena::address(room);
}
u64 KernelMachine::user(const void* bytes, u32 size) {
  EnterMachine enter(machine);
  const void* room = machine.userMemory(task, size);
  setBytes(room, bytes, size);
  return Arena::address(room);
}
u64 KernelMachine::address(u32 host, u16 port, u16 family) {
  u8 bytes[16] = {};
  std::memcpy(bytes, &family, 2);
  const u16 p = __builtin_bswap16(port);
  const u32 h = __builtin_bswap32(host);
  std::memcpy(bytes + 2, &p, 2);
  std::memcpy(bytes + 4, &h, 4);
  return user(bytes, sizeof bytes);
}
int KernelMachine::socket(int family, int type, int protocol, const std::string& name) {
  return static_cast<int>(call([=] { return __x64_sys_socket(family, type, protocol); }, name));
}
s64 KernelMachine::close(int fd, const std::string& name) {
  return call([=] { return __x64_sys_close(static_cast<u32>(fd)); }, name);
}

void KernelMachine::write(const std::string& directory) {
  namespace fs = std::filesystem;
  fs::create_directories(directory + "/calls");
  fs::create_directories(directory + "/geometry");
  const Journal& j = machine.journal();
  Playhead playhead(j);
  for (u32 i = 0; i < j.stimuli().size(); ++i) {
    const std::string& name = j.stimuli()[i].name;
    if (name.empty() || name == "boot") continue;
    std::ofstream(directory + "/calls/" + name + ".txt") << scenario::callsText(j, i, name);
    const std::string geometry = scenario::geometryText(playhead, i);
    if (!geometry.empty()) std::ofstream(directory + "/geometry/" + name + ".tsv") << geometry;
  }
}

std::map<std::string, double> scores(KernelMachine& m, const std::string& kind) {
  namespace fs = std::filesystem;
  const std::string directory =
      fs::temp_directory_path().string() + "/sockwalk_kernel_test." + std::to_string(getpid());
  fs::remove_all(directory);
  m.write(directory);
  std::map<std::string, double> result;
  FILE* out = popen(("python3 -B " SOCKWALK_TRUTH "/compare " + directory).c_str(), "r");
  std::array<char, 512> line;
  while (out && std::fgets(line.data(), line.size(), out)) {
    std::istringstream words(line.data());
    double score;
    std::string k, name, missing;
    if (words >> score >> k >> name && k == kind && !(words >> missing)) result[name] = score;
  }
  if (out) pclose(out);
  if (!getenv("SOCKWALK_KEEP")) fs::remove_all(directory);
  return result;
}

} // namespace sockwalk::kernel
