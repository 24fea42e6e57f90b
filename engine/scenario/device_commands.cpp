#include "engine/scenario/device_commands.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/syscalls.h"
#include "engine/scenario/new_task.h"
#include <algorithm>
#include <charconv>

namespace sockwalk::scenario {

using namespace kernel;

namespace {

using Words = std::vector<std::string>;

[[noreturn]] void refuse(const Words& words, const std::string& why) {
  std::string text;
  for (const std::string& w : words) text += (text.empty() ? "" : " ") + w;
  throw PlayError{{}, "the command '" + text + "' is not played: " + why};
}

const net_device* deviceNamed(Stage& stage, const Words& words, const std::string& name) {
  EnterMachine enter(stage.machine);
  if (const net_device* dev = __dev_get_by_name(init_net, name.c_str())) return dev;
  refuse(words, "this machine has no device " + name);
}

// Features by ethtool's words.
constexpr struct {
  const char* name;
  u64 features;
} Offloads[] = {
    {"tso", NETIF_F_TSO | 1ull << 17}, {"gso", NETIF_F_GSO},   {"gro", NETIF_F_GRO},
    {"tx", NETIF_F_HW_CSUM},           {"rx", NETIF_F_RXCSUM}, {"sg", NETIF_F_SG},
};

// ethtool -K tun0 tso off gso off
void runEthtool(const Words& words, Stage& stage) {
  if (words.size() < 5 || words[1] != "-K" || words.size() % 2 == 0)
    refuse(words, "expected ethtool -K DEVICE OFFLOAD on|off");
  const net_device* dev = deviceNamed(stage, words, words[2]);
  u64 features = dev->features;
  for (size_t i = 3; i + 1 < words.size(); i += 2) {
    const auto* known =
        std::find_if(std::begin(Offloads), std::end(Offloads), [&](auto& o) { return words[i] == o.name; });
    if (known == std::end(Offloads)) continue; // ufo, lro: nothing has them here
    features = words[i + 1] == "on" ? features | known->features : features & ~known->features;
  }
  // Without checksums from the device there is nothing that could cut a big packet.
  if (!(features & NETIF_F_CSUM_MASK)) features &= ~(NETIF_F_TSO | 1ull << 17);
  stage.machine.interrupt("ethtool -K " + words[2], [=] {
    set(dev->features, features);
    set(dev->wanted_features, features);
  });
}

// tc qdisc replace dev tun0 root pfifo limit 0: every packet is dropped. Any other kind becomes a pfifo, too.
void runTc(const Words& words, Stage& stage) {
  const auto at = std::find(words.begin(), words.end(), "dev");
  if (words.size() < 3 || words[1] != "qdisc" || at == words.end() || at + 1 == words.end())
    refuse(words, "expected tc qdisc add|replace|change|del dev DEVICE root KIND");
  const net_device* dev = deviceNamed(stage, words, at[1]);
  const auto limit = std::find(words.begin(), words.end(), "limit");
  u32 packets = dev->tx_queue_len;
  if (limit != words.end() && limit + 1 != words.end())
    packets = static_cast<u32>(std::strtoul(limit[1].c_str(), nullptr, 10));
  if (std::find(words.begin(), words.end(), "fq") != words.end())
    stage.notices.push_back("tc: fq is played as pfifo; TCP paces by its own timer");
  stage.machine.interrupt("tc qdisc " + words[2] + " on " + at[1] + ": pfifo of " + std::to_string(packets) +
                              " packets",
                          [=] { pfifo_replace_root(dev, packets); });
}

void runIp(const Words& words, Stage& stage) {
  if (words.size() > 1 && words[1] == "tcp_metrics") return; // nothing is remembered of earlier connections
  if (words.size() > 1 && (words[1] == "-6" || words[1] == "link" || words[1] == "addr")) return;
  refuse(words, "of ip only tcp_metrics is known");
}

} // namespace

void runDeviceCommand(const Words& words, Stage& stage) {
  const std::string name = words[0].substr(words[0].find_last_of('/') + 1);
  if (name == "ethtool") runEthtool(words, stage);
  else if (name == "tc") runTc(words, stage);
  else runIp(words, stage);
}

void setModuleParameter(Stage& stage, const std::string& path, const std::string& value) {
  const std::string name = path.substr(path.find_last_of('/') + 1);
  if (name == "hystart_detect" && value == "3") return; // both ways to detect are on here, always
  const DataSymbol* symbol = Symbols::get().dataNamed(name);
  s64 number = 0;
  const auto parsed = std::from_chars(value.data(), value.data() + value.size(), number);
  if (!symbol || symbol->size > 8 || parsed.ec != std::errc()) throw PlayError{{}, "there is no parameter " + path};
  stage.machine.interrupt("echo " + value + " > " + path, [=, &stage] {
    setBytes(stage.machine.recorder().arena().at(symbol->offset), &number, symbol->size);
  });
}

// A process of its own writes the file.
void makeFile(const Words& words, Stage& stage) {
  u64 size = 1, count = 1;
  std::string path;
  for (const std::string& w : words) {
    if (w.starts_with("bs=")) size = std::strtoull(w.c_str() + 3, nullptr, 10);
    if (w.starts_with("count=")) count = std::strtoull(w.c_str() + 6, nullptr, 10);
    if (w.starts_with("of=")) path = w.substr(3);
  }
  const u64 bytes = size * count;
  if (path.empty() || bytes > 1 << 20) refuse(words, "expected dd bs=N count=M of=PATH, of at most 1 MiB");
  Machine& m = stage.machine;
  const TaskId task = newTask(m, "dd");
  const void* name = m.userMemory(task, static_cast<u32>(path.size() + 1));
  const void* zeros = m.userMemory(task, static_cast<u32>(bytes));
  constexpr int Create = 0100 | 01; // O_CREAT | O_WRONLY
  const auto call = [&](const std::string& text, const std::function<s64()>& body) {
    return m.journal().stimuli()[m.systemCall(task, text, body)].result;
  };
  const s64 fd = call("open(\"" + path + "\", O_CREAT|O_WRONLY, 0600)", [&] {
    setBytes(name, path.c_str(), static_cast<u32>(path.size() + 1));
    return __x64_sys_open(Arena::address(name), Create, 0600);
  });
  if (fd < 0) refuse(words, "the file cannot be made");
  call("write(" + std::to_string(fd) + ", ..., " + std::to_string(bytes) + ")",
       [&] { return __x64_sys_write(static_cast<u32>(fd), Arena::address(zeros), bytes); });
  call("exit(0)", [] { return __x64_sys_exit(0); });
}

bool isPassedOver(const std::string& name) {
  // Keys of Fast Open cookies; queueing disciplines of devices that are to come; what 6.1 has not.
  static constexpr const char* Passed[] = {"net.ipv4.tcp_fastopen_key", "net.core.default_qdisc",
                                           "net.ipv4.tcp_ecn_option", "net.ipv4.tcp_fack"};
  return std::any_of(std::begin(Passed), std::end(Passed), [&](const char* p) { return name == p; });
}

bool setNamedSysctl(Stage& stage, const std::string& name, const std::string& value, const std::string& ns) {
  if (name != "net.ipv4.tcp_congestion_control") return isPassedOver(name);
  int err = 0;
  stage.machine.interrupt("sysctl " + name + "=" + value, [&] {
    const net* net = netns_get(ns.c_str());
    err = net ? tcp_set_default_congestion_control(net, value.c_str()) : -ENOENT;
  });
  if (err) throw PlayError{{}, "there is no congestion control '" + value + "' here; reno and cubic are"};
  return true;
}

} // namespace sockwalk::scenario
