#include "engine/scenario/module_commands.h"
#include "engine/kernel/kernel/module/files.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/new_task.h"

namespace sockwalk::scenario {

using namespace kernel;

namespace {

std::string namesOnDisk() {
  std::string names;
  for (const ModuleFile& file : moduleFiles()) names += (names.empty() ? "" : " and ") + std::string(file.name);
  return names;
}

// Each command is a process of its own, as at a shell: one call, and it ends.
s64 callAs(Stage& stage, const std::string& program, const std::string& text, const std::function<s64(TaskId)>& body) {
  Machine& m = stage.machine;
  const TaskId task = newTask(m, program);
  const u32 made = m.systemCall(task, text, [=] { return body(task); });
  const s64 result = m.journal().stimuli()[made].result;
  m.systemCall(task, "exit(0)", [] { return __x64_sys_exit(0); });
  return result;
}

[[noreturn]] void refused(const std::string& command, s64 result) {
  throw PlayError{{}, command + ": the kernel says " + std::string(errnoName(static_cast<int>(-result)))};
}

void load(const std::string& name, Stage& stage) {
  const ModuleFile* file = moduleFile(name);
  if (!file)
    throw PlayError{{},
                    "modprobe: there is no module '" + name + "' on this machine's disk; " + namesOnDisk() + " are"};
  const std::string text = "finit_module(\"" + std::string(file->name) + ".ko\")";
  const s64 result = callAs(stage, "modprobe", text, [=](TaskId) { return __x64_sys_finit_module(*file); });
  if (result < 0 && result != -EEXIST) refused("modprobe " + name, result);
}

void unload(const std::string& name, Stage& stage) {
  const std::string text = "delete_module(\"" + name + "\", O_NONBLOCK)";
  const s64 result = callAs(stage, "rmmod", text, [&](TaskId task) {
    const void* at = machine().userMemory(task, static_cast<u32>(name.size() + 1));
    setBytes(at, name.c_str(), static_cast<u32>(name.size() + 1));
    return __x64_sys_delete_module(Arena::address(at), O_NONBLOCK);
  });
  if (result < 0) refused("rmmod " + name, result);
}

void setPath(Stage& stage, const std::string& value) {
  if (value.size() >= KMOD_PATH_LEN)
    throw PlayError{{}, "a path in kernel.modprobe has at most " + std::to_string(KMOD_PATH_LEN - 1) + " bytes"};
  stage.machine.interrupt("sysctl kernel.modprobe=" + value,
                          [&] { setBytes(modprobe_path.get(), value.c_str(), static_cast<u32>(value.size() + 1)); });
}

// Once no more modules may come or go, that is so until the machine starts anew.
void disable(Stage& stage, const std::string& value) {
  if (value != "1") throw PlayError{{}, "kernel.modules_disabled can only be set to 1, and not be taken back"};
  stage.machine.interrupt("sysctl kernel.modules_disabled=1", [] { set(*modules_disabled, 1); });
}

} // namespace

bool isModuleCommand(const std::string& name) { return name == "modprobe" || name == "rmmod"; }

void runModuleCommand(const std::vector<std::string>& words, Stage& stage) {
  const bool loads = words[0].ends_with("modprobe") && (words.size() < 2 || words[1] != "-r");
  const size_t at = words.size() > 1 && words[1] == "-r" ? 2 : 1;
  if (words.size() != at + 1)
    throw PlayError{
        {}, "expected the name of one module after " + words[0] + "; on this machine's disk are " + namesOnDisk()};
  loads ? load(words[at], stage) : unload(words[at], stage);
}

bool setModuleSysctl(Stage& stage, const std::string& name, const std::string& value) {
  if (name == "kernel.modprobe") return setPath(stage, value), true;
  if (name == "kernel.modules_disabled") return disable(stage, value), true;
  return false;
}

} // namespace sockwalk::scenario
