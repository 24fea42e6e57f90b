#include "engine/scenario/commands.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/memory/layout.h"
#include <algorithm>
#include <charconv>
#include <sstream>

namespace sockwalk::scenario {

using namespace kernel;

namespace {

// Numbered from 0: CAP_CHOWN, as in include/uapi/linux/capability.h.
constexpr const char* Capabilities[] = {
    "chown",           "dac_override",   "dac_read_search", "fowner",         "fsetid",       "kill",
    "setgid",          "setuid",         "setpcap",         "linux_immutable", "net_bind_service", "net_broadcast",
    "net_admin",       "net_raw",        "ipc_lock",        "ipc_owner",      "sys_module",   "sys_rawio",
    "sys_chroot",      "sys_ptrace",     "sys_pacct",       "sys_admin",      "sys_boot",     "sys_nice",
    "sys_resource",    "sys_time",       "sys_tty_config",  "mknod",          "lease",        "audit_write",
    "audit_control",   "setfcap",        "mac_override",    "mac_admin",      "syslog",       "wake_alarm",
    "block_suspend",   "audit_read",     "perfmon",         "bpf",            "checkpoint_restore"};

// The words of one command, as a shell parts them: quotes hold a word together and go.
std::vector<std::string> wordsOf(const std::string& text) {
  std::vector<std::string> words;
  bool inWord = false;
  char quote = 0;
  for (char c : text) {
    if (!quote && (c == ' ' || c == '\t')) {
      inWord = false;
      continue;
    }
    if (!inWord) words.emplace_back();
    inWord = true;
    if (c == quote) quote = 0;
    else if (!quote && (c == '"' || c == '\'')) quote = c;
    else words.back() += c;
  }
  return words;
}

const MemberInfo* memberNamed(const LayoutInfo* layout, std::string_view name) {
  if (!layout) return nullptr;
  auto it = std::find_if(layout->members.begin(), layout->members.end(), [&](auto& m) { return m.name == name; });
  return it == layout->members.end() ? nullptr : &*it;
}

// `sysctl -q -w a=b c=d`; the suites' set_sysctls.py takes the same words.
void runSysctl(const std::vector<std::string>& words, Stage& stage) {
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i][0] == '-') continue;
    const size_t equals = words[i].find('=');
    if (equals == std::string::npos) throw PlayError{{}, "expected NAME=VALUE after sysctl, found '" + words[i] + "'"};
    setSysctl(stage, words[i].substr(0, equals), words[i].substr(equals + 1));
  }
}

// Which groups may open a ping socket, "1 0" for none.
void setPingGroups(Stage& stage, const std::string& value) {
  std::istringstream in(value);
  u32 from, to;
  if (!(in >> from >> to)) throw PlayError{{}, "expected two numbers for net.ipv4.ping_group_range, found '" + value + "'"};
  stage.machine.interrupt("sysctl net.ipv4.ping_group_range=" + value, [=] {
    const auto& range = init_net->ipv4.ping_group_range.range;
    set(range[0].val, from);
    set(range[1].val, to);
  });
}

} // namespace

void runCommand(const std::string& text, Stage& stage) {
  std::string line;
  std::istringstream lines(text);
  while (std::getline(lines, line, '\n')) {
    std::istringstream parts(line);
    for (std::string part; std::getline(parts, part, ';');) {
      const std::vector<std::string> words = wordsOf(part);
      if (words.empty()) continue;
      const std::string name = words[0].substr(words[0].find_last_of('/') + 1);
      if (name == "sysctl") runSysctl(words, stage);
      else if (name == "rm" || name == "true" || name == ":") continue; // nothing here that it could touch
      else throw PlayError{{}, "the command '" + words[0] + "' is not played; Sockwalk knows sysctl NAME=VALUE"};
    }
  }
}

// A sysctl of IPv4 is a member of the network namespace: net.ipv4.ip_default_ttl is init_net.ipv4.sysctl_ip_default_ttl.
void setSysctl(Stage& stage, const std::string& name, const std::string& value) {
  if (name == "net.ipv4.ping_group_range") return setPingGroups(stage, value);
  s64 number = 0;
  const auto parsed = std::from_chars(value.data(), value.data() + value.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != value.data() + value.size())
    throw PlayError{{}, "expected a number for " + name + ", found '" + value + "'"};
  if (name == "fs.file-max") return setLimit(stage, "file_max", number);
  constexpr std::string_view prefix = "net.ipv4.";
  const MemberInfo* ipv4 = memberNamed(layoutNamed("net"), "ipv4");
  const MemberInfo* member = nullptr;
  if (name.starts_with(prefix)) {
    const LayoutInfo* layout = layoutNamed("netns_ipv4");
    member = memberNamed(layout, "sysctl_" + name.substr(prefix.size()));
  }
  if (!ipv4 || !member || member->count > 1 || member->size > 8)
    throw PlayError{{}, "the sysctl " + name + " is not one that Sockwalk knows"};
  stage.machine.interrupt("sysctl " + name + "=" + value, [=] {
    const u8* at = reinterpret_cast<const u8*>(static_cast<const net*>(init_net)) + ipv4->offset + member->offset;
    setBytes(at, &number, member->size);
  });
}

void setLimit(Stage& stage, const std::string& name, s64 value) {
  const std::string text = "limit " + name + "=" + std::to_string(value);
  if (name == "file_max") {
    const DataSymbol* limit = Symbols::get().dataNamed("files_stat.max_files");
    if (!limit) throw PlayError{{}, "this kernel does not count open files"};
    stage.machine.interrupt(text, [=, &stage] {
      setBytes(stage.machine.recorder().arena().at(limit->offset), &value, sizeof value);
    });
  } else if (name == "nofile") {
    stage.machine.interrupt(text, [] {});
    stage.machine.setMaxOpenFiles(static_cast<u32>(std::min<s64>(value, 1 << 20)));
  } else {
    throw PlayError{{}, "the limit " + name + " is not one that Sockwalk knows; nofile and file_max are"};
  }
}

void setCapability(Stage& stage, TaskId pid, const std::string& name, bool on) {
  const auto it = std::find(std::begin(Capabilities), std::end(Capabilities), name);
  if (it == std::end(Capabilities)) throw PlayError{{}, "there is no capability cap_" + name};
  const u32 nr = static_cast<u32>(it - std::begin(Capabilities));
  const task_struct* task = stage.machine.task(pid).task;
  stage.machine.interrupt(std::string(on ? "grant" : "take away") + " cap_" + name, [=] {
    const cred* mine = kmalloc<cred>(GFP_KERNEL); // a task's own, since it may share what it has with others
    if (!mine) return;
    copy(mine, task->cred.get());
    set(mine->usage.counter, 2);
    const u32 word = mine->cap_effective.cap[nr / 32], bit = 1u << nr % 32;
    set(mine->cap_effective.cap[nr / 32], on ? word | bit : word & ~bit);
    set(task->cred, mine);
    set(task->real_cred, mine);
  });
}

} // namespace sockwalk::scenario
