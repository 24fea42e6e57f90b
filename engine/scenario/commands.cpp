#include "engine/scenario/commands.h"
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel26/syscalls.h"
#include "engine/scenario/code.h"
#include "engine/scenario/device_commands.h"
#include "engine/scenario/module_commands.h"
#include "engine/scenario/net_commands.h"
#include "engine/scenario/ring_command.h"
#include "engine/scenario/skb_order.h"
#include "engine/scenario/sysctl_everywhere.h"
#include "engine/scenario/sysctl_place.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <sstream>

namespace sockwalk::scenario {

using namespace kernel;

namespace {

// Numbered from 0: CAP_CHOWN, as in include/uapi/linux/capability.h.
constexpr const char* Capabilities[] = {"chown",
                                        "dac_override",
                                        "dac_read_search",
                                        "fowner",
                                        "fsetid",
                                        "kill",
                                        "setgid",
                                        "setuid",
                                        "setpcap",
                                        "linux_immutable",
                                        "net_bind_service",
                                        "net_broadcast",
                                        "net_admin",
                                        "net_raw",
                                        "ipc_lock",
                                        "ipc_owner",
                                        "sys_module",
                                        "sys_rawio",
                                        "sys_chroot",
                                        "sys_ptrace",
                                        "sys_pacct",
                                        "sys_admin",
                                        "sys_boot",
                                        "sys_nice",
                                        "sys_resource",
                                        "sys_time",
                                        "sys_tty_config",
                                        "mknod",
                                        "lease",
                                        "audit_write",
                                        "audit_control",
                                        "setfcap",
                                        "mac_override",
                                        "mac_admin",
                                        "syslog",
                                        "wake_alarm",
                                        "block_suspend",
                                        "audit_read",
                                        "perfmon",
                                        "bpf",
                                        "checkpoint_restore"};

using Words = std::vector<std::string>;

// The words of one command, as a shell parts them: quotes hold a word together and go, redirections are left out.
Words wordsOf(const std::string& text) {
  Words words;
  bool inWord = false;
  char quote = 0;
  for (char c : text) {
    if (!quote && (c == ' ' || c == '\t' || c == '\r')) {
      inWord = false;
      continue;
    }
    if (!quote && c == '#' && !inWord) break;
    if (!inWord) words.emplace_back();
    inWord = true;
    if (c == quote) quote = 0;
    else if (!quote && (c == '"' || c == '\'')) quote = c;
    else words.back() += c;
  }
  return words;
}

// Where a command's output goes, if that is written: "> FILE", "2>&1", "&> FILE". Taken out of the words.
std::string takeRedirection(Words& words) {
  std::string target;
  for (size_t i = 0; i < words.size();) {
    const size_t arrow = words[i].find('>');
    if (arrow == std::string::npos || arrow > 1 ||
        (arrow == 1 && words[i][0] != '2' && words[i][0] != '&' && words[i][0] != '1')) {
      ++i;
      continue;
    }
    std::string file = words[i].substr(arrow + 1);
    words.erase(words.begin() + static_cast<long>(i));
    if (file.empty() && i < words.size()) {
      file = words[i];
      words.erase(words.begin() + static_cast<long>(i));
    }
    if (!file.starts_with("&") && file != "/dev/null") target = file;
  }
  return target;
}

// The commands of a text: they end with the line, ';' or '&&', and a backslash at its end carries a line on.
std::vector<std::string> commandsOf(const std::string& text) {
  std::vector<std::string> commands(1);
  char quote = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size() && text[i + 1] == '\n') {
      commands.back() += ' ';
      ++i;
    } else if (!quote && (c == '\n' || c == ';' || (c == '&' && i + 1 < text.size() && text[i + 1] == '&'))) {
      i += c == '&';
      commands.emplace_back();
    } else {
      if (c == quote) quote = 0;
      else if (!quote && (c == '"' || c == '\'')) quote = c;
      commands.back() += c;
    }
  }
  return commands;
}

// /proc/sys/net/ipv4/tcp_sack, net/ipv4/tcp_sack and net.ipv4.tcp_sack are the same.
std::string sysctlName(std::string name) {
  if (name.starts_with("/proc/sys/")) name.erase(0, 10);
  if (name.find('/') != name.npos) std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

// `sysctl -q -w a=b c=d`; the suites' set_sysctls.py takes the same words. -e: unknown names are passed over; --everywhere:
// of every namespace, sysctl_everywhere.h.
void runSysctl(const Words& words, Stage& stage, const std::string& ns = "") {
  const bool lenient = std::find(words.begin(), words.end(), "-e") != words.end();
  const bool everywhere = std::find(words.begin(), words.end(), "--everywhere") != words.end();
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i][0] == '-') continue;
    const size_t equals = words[i].find('=');
    if (equals == std::string::npos) throw PlayError{{}, "expected NAME=VALUE after sysctl, found '" + words[i] + "'"};
    try {
      const std::string name = sysctlName(words[i].substr(0, equals)), value = words[i].substr(equals + 1);
      if (everywhere) setSysctlEverywhere(stage, name, value);
      else setSysctl(stage, name, value, ns);
    } catch (const PlayError&) {
      if (!lenient) throw;
    }
  }
}

// "40000 40001"
std::array<u32, 2> twoNumbers(const std::string& name, const std::string& value) {
  std::istringstream in(value);
  std::array<u32, 2> numbers{};
  std::string more;
  if (!(in >> numbers[0] >> numbers[1]) || in >> more)
    throw PlayError{{}, "expected two numbers for " + name + ", found '" + value + "'"};
  return numbers;
}

// Which groups may open a ping socket ("1 0" for none), and the ports that the kernel may choose from.
bool setRange(Stage& stage, const std::string& name, const std::string& value, const std::string& ns) {
  const bool ports = name == "net.ipv4.ip_local_port_range";
  if (!ports && name != "net.ipv4.ping_group_range") return false;
  const auto [from, to] = twoNumbers(name, value);
  if (ports && (from < 1024 || to > 65535 || to < from))
    throw PlayError{{},
                    "expected for " + name + " ports from 1024 to 65535, the lower one first, found '" + value + "'"};
  stage.machine.interrupt("sysctl " + name + "=" + value, [=, from = from, to = to] {
    const net* net = netns_get(ns.c_str());
    if (!net) return;
    const s32 range[2] = {static_cast<s32>(from), static_cast<s32>(to)};
    if (ports) setBytes(net->ipv4.ip_local_ports.range, range, sizeof range);
    else setBytes(net->ipv4.ping_group_range.range, range, sizeof range);
  });
  return true;
}

// What every script of packetdrill's suites begins with. (They set tcp_fack and Fast Open's sysctls besides.)
constexpr const char* Defaults =
    "net.ipv4.tcp_rmem=\"4096 540000 15728640\" net.ipv4.tcp_wmem=\"4096 262144 4194304\" net.ipv4.tcp_timestamps=1 "
    "net.ipv4.tcp_syn_retries=5 net.ipv4.tcp_synack_retries=5 net.ipv4.tcp_frto=2 net.ipv4.tcp_sack=1 "
    "net.ipv4.tcp_dsack=1 net.ipv4.tcp_reordering=3 net.ipv4.tcp_congestion_control=cubic "
    "net.ipv4.tcp_slow_start_after_idle=0 net.ipv4.tcp_early_retrans=4 net.ipv4.tcp_recovery=1 "
    "net.ipv4.tcp_tso_win_divisor=3 net.ipv4.tcp_ecn=0 net.ipv4.tcp_pacing_ss_ratio=200 "
    "net.ipv4.tcp_pacing_ca_ratio=120 net.ipv4.tcp_notsent_lowat=4294967295 net.ipv4.tcp_syncookies=1";

void sleepFor(const Words& words, Stage& stage) {
  double seconds = 0;
  const std::string& text = words.size() == 2 ? words[1] : "";
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || !(seconds >= 0) ||
      seconds > 1e6)
    throw PlayError{{}, "expected a number of seconds after sleep"};
  stage.advanceTo(stage.machine.now() + static_cast<s64>(seconds * 1e9), [&] { stage.wire.settle(); });
}

void runOne(Words words, Stage& stage) {
  const std::string target = takeRedirection(words);
  if (words.empty()) return;
  if (words[0] == "skb") {
    std::string line;
    for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
    return orderSkbCall(line, stage);
  }
  const std::string name = words[0].substr(words[0].find_last_of('/') + 1);
  if (name == "sysctl" || name == "set_sysctls.py") return runSysctl(words, stage);
  if (name == "defaults.sh") return runSysctl(wordsOf(std::string("sysctl ").append(Defaults)), stage);
  if (name == "echo" && words.size() == 2 && target.starts_with("/proc/sys/"))
    return setSysctl(stage, sysctlName(target), words[1]);
  if (name == "echo" && words.size() == 2 && target.starts_with("/sys/module/"))
    return setModuleParameter(stage, target, words[1]);
  if (name == "dd") return makeFile(words, stage);
  if (name == "ring") return runRingCommand(words, stage);
  if (isModuleCommand(name)) return runModuleCommand(words, stage);
  if (isNetCommand(words)) return runNetCommand(words, stage);
  if (name == "tc" || name == "ethtool" || name == "ip") return runDeviceCommand(words, stage);
  if (name == "sleep") return sleepFor(words, stage);
  // Nothing here that these could touch: files, and what the suites' own scripts put back at the end.
  static constexpr const char* Harmless[] = {"rm", "true", ":", "grep", "cat", "echo", "touch", "exit"};
  const bool harmless = std::any_of(std::begin(Harmless), std::end(Harmless), [&](const char* h) { return name == h; });
  if (harmless || name.starts_with("sysctl_restore")) return;
  throw PlayError{{},
                  "the command '" + words[0] +
                      "' is not played; Sockwalk knows sysctl, ip, iptables, wire, skb, ring, modprobe, rmmod, tc, ethtool "
                      "and the suites' "
                      "defaults.sh and set_sysctls.py"};
}

} // namespace

void runSysctlIn(const std::vector<std::string>& words, Stage& stage, const std::string& ns) {
  runSysctl(words, stage, ns);
}

// $((4 * 1460)), as a shell works it out.
static std::string workedOut(std::string text) {
  for (size_t at; (at = text.find("$((")) != text.npos;) {
    const size_t end = text.find("))", at);
    if (end == text.npos) throw PlayError{{}, "expected '))' after '$(('"};
    CodeVariables none;
    const std::string sum = text.substr(at + 3, end - at - 3);
    text.replace(at, end + 2 - at, runCode("print(" + sum + ")", {}, none).at(0));
  }
  return text;
}

void runCommand(const std::string& text, Stage& stage) {
  for (const std::string& command : commandsOf(workedOut(text))) runOne(wordsOf(command), stage);
}

void refuseUnasked(const std::string& sysctl) {
  throw PlayError{{}, "the sysctl " + sysctl + " would have no effect: nothing in Sockwalk's kernel asks for it"};
}

// The words of a value as numbers: "4096 131072 6291456", 0x70403.
static std::vector<s64> numbersOf(const std::string& name, const std::string& value) {
  std::vector<s64> numbers;
  std::istringstream in(value);
  for (std::string word; in >> word;) {
    s64 number = 0;
    const bool hex = word.starts_with("0x");
    const char *from = word.data() + (hex ? 2 : 0), *to = word.data() + word.size();
    const auto parsed = std::from_chars(from, to, number, hex ? 16 : 10);
    if (parsed.ec != std::errc() || parsed.ptr != to)
      throw PlayError{{}, "expected a number for " + name + ", found '" + word + "'"};
    numbers.push_back(number);
  }
  if (numbers.empty()) throw PlayError{{}, "expected a number for " + name};
  return numbers;
}

// What the kernel would not take.
static void checkRange(Stage& stage, const std::string& name, const std::string& value, s64 number,
                       const std::string& ns) {
  const bool backlog = name == "net.core.somaxconn", ports = name == "net.ipv4.ip_unprivileged_port_start";
  if (backlog && (number < 0 || number > INT32_MAX))
    throw PlayError{{}, "expected for " + name + " a number from 0 to 2147483647, found '" + value + "'"};
  if (!ports) return;
  EnterMachine enter(stage.machine);
  const net* space = netns_get(ns.c_str());
  const s32 chosen = space ? s32(space->ipv4.ip_local_ports.range[0]) : 65535;
  if (number < 0 || number > chosen)
    throw PlayError{{},
                    "expected for " + name + " a port from 0 to " + std::to_string(chosen) +
                        ", from where on the kernel chooses ports itself, found '" + value + "'"};
}

// A sysctl of IPv4 is a member of the network namespace: net.ipv4.ip_default_ttl is ipv4.sysctl_ip_default_ttl.
void setSysctl(Stage& stage, const std::string& name, const std::string& value, const std::string& ns) {
  if (setRange(stage, name, value, ns)) return;
  if (setDeviceSysctl(stage, name, value, ns)) return;
  if (setModuleSysctl(stage, name, value)) return;
  if (setNamedSysctl(stage, name, value, ns)) return;
  const std::vector<s64> numbers = numbersOf(name, value);
  if (name == "fs.file-max") return setLimit(stage, "file_max", numbers[0]);
  const auto place = sysctlPlace(name);
  if (!place) throw PlayError{{}, "the sysctl " + name + " is not one that Sockwalk knows"};
  if (!sysctlIsAskedFor(name)) refuseUnasked(name);
  if (numbers.size() > place->count)
    throw PlayError{{},
                    name + " has " + std::to_string(place->count) + " numbers, not " + std::to_string(numbers.size())};
  checkRange(stage, name, value, numbers[0], ns);
  stage.machine.interrupt("sysctl " + name + "=" + value, [=, place = *place] {
    const net* net = netns_get(ns.c_str());
    if (!net) return;
    const u8* at = reinterpret_cast<const u8*>(net) + place.offset;
    for (size_t i = 0; i < numbers.size(); ++i) setBytes(at + i * place.each, &numbers[i], place.each);
  });
}

void setLimit(Stage& stage, const std::string& name, s64 value) {
  const std::string text = "limit " + name + "=" + std::to_string(value);
  if (name == "file_max") {
    const DataSymbol* limit = Symbols::get().dataNamed("files_stat.max_files", stage.machine.era());
    if (!limit) throw PlayError{{}, "this kernel does not count open files"};
    stage.machine.interrupt(
        text, [=, &stage] { setBytes(stage.machine.recorder().arena().at(limit->offset), &value, limit->size); });
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
  const Task& holder = stage.machine.task(pid);
  const std::string text = std::string(on ? "grant" : "take away") + " cap_" + name;
  if (const auto* then = holder.task26)
    return void(stage.machine.interrupt(text, [=] { kernel26::setCapability(*then, nr, on); }));
  const task_struct* task = holder.task;
  if (!task) throw PlayError{{}, "the task has ended"};
  stage.machine.interrupt(text, [=] { changeCapability(task, nr, on); });
}

} // namespace sockwalk::scenario
