#include "engine/scenario/device_commands.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/net/ipv4/tcp_metrics_internal.h"
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

// What no device here has: to switch it off changes nothing, and it cannot be switched on.
constexpr const char* Absent[] = {"ufo", "lro", "ntuple", "rxhash", "rx-gro-hw", "rx-gro-list", "tx-udp-segmentation"};

u64 switched(const Words& words, size_t i, u64 features) {
  const std::string &name = words[i], &value = words[i + 1];
  if (value != "on" && value != "off") refuse(words, "expected on or off after " + name);
  const auto known = std::find_if(std::begin(Offloads), std::end(Offloads), [&](auto& o) { return name == o.name; });
  if (known != std::end(Offloads)) return value == "on" ? features | known->features : features & ~known->features;
  const bool absent = std::find(std::begin(Absent), std::end(Absent), name) != std::end(Absent);
  if (!absent) refuse(words, "no offload is called " + name);
  if (value == "on") refuse(words, "no device here has " + name);
  return features;
}

// ethtool -K tun0 tso off gso off
void runEthtool(const Words& words, Stage& stage) {
  if (words.size() < 5 || words[1] != "-K" || words.size() % 2 == 0)
    refuse(words, "expected ethtool -K DEVICE OFFLOAD on|off");
  const net_device* dev = deviceNamed(stage, words, words[2]);
  u64 features = dev->features;
  for (size_t i = 3; i + 1 < words.size(); i += 2) features = switched(words, i, features);
  // Without checksums from the device there is nothing that could cut a big packet.
  if (!(features & NETIF_F_CSUM_MASK)) features &= ~(NETIF_F_TSO | 1ull << 17);
  stage.machine.interrupt("ethtool -K " + words[2], [=] {
    set(dev->features, features);
    set(dev->wanted_features, features);
  });
}

// What stands behind `tc qdisc VERB dev DEVICE`: [root] [handle H] KIND [limit N].
struct Discipline {
  std::string kind;
  u32 packets;
};
Discipline disciplineOf(const Words& words, size_t at, u32 otherwise) {
  Discipline d{"", otherwise};
  for (; at < words.size(); ++at) {
    const std::string& word = words[at];
    const bool paced = d.kind == "fq"; // what it is told of pacing TCP does by its own timer
    if (word == "root") continue;
    if (word == "handle" && at + 1 < words.size()) ++at;
    else if (d.kind.empty()) d.kind = word;
    else if (word == "limit" && at + 1 < words.size())
      d.packets = static_cast<u32>(std::strtoul(words[++at].c_str(), nullptr, 10));
    else if (!paced) refuse(words, "of " + d.kind + " only limit is known, found " + word);
  }
  return d;
}

// tc qdisc replace dev tun0 root pfifo limit 0: every packet is dropped.
void runTc(const Words& words, Stage& stage) {
  if (words.size() < 5 || words[1] != "qdisc" || words[3] != "dev")
    refuse(words, "expected tc qdisc add|replace|change|del dev DEVICE root KIND");
  const net_device* dev = deviceNamed(stage, words, words[4]);
  const bool remove = words[2] == "del";
  if (!remove && words[2] != "add" && words[2] != "replace" && words[2] != "change")
    refuse(words, "expected add, replace, change or del, found " + words[2]);
  const Discipline d = disciplineOf(words, 5, dev->tx_queue_len);
  if (d.kind == "fq") stage.notices.push_back("tc: fq is played as pfifo; TCP paces by its own timer");
  else if (!remove && d.kind != "pfifo")
    refuse(words, "the discipline " + (d.kind.empty() ? "(none)" : d.kind) +
                      " is not simulated; pfifo and fq are, and wire delays, loses and slows down between two hosts");
  const u32 packets = remove ? dev->tx_queue_len : d.packets;
  stage.machine.interrupt("tc qdisc " + words[2] + " on " + words[4] + ": pfifo of " + std::to_string(packets) +
                              " packets",
                          [=] { pfifo_replace_root(dev, packets); });
}

// Words of `ip` that only print something.
bool onlyShows(const Words& words) {
  const std::string& what = words.back();
  return words.size() == 2 || what == "show" || what == "list" || words[2] == "show" || words[2] == "list" ||
         words[2] == "get";
}
void runIp(const Words& words, Stage& stage) {
  const std::string what = words.size() > 1 ? words[1] : "";
  if (what == "tcp_metrics") {
    if (words.size() > 2 && words[2] == "flush")
      stage.machine.interrupt("ip tcp_metrics flush", [] { tcp_metrics_flush_all(init_net); });
    else if (!onlyShows(words)) refuse(words, "of ip tcp_metrics only flush is known");
    return;
  }
  if (what == "-6") return stage.notices.push_back("ip -6: Sockwalk's kernel speaks IPv4 only");
  const bool known = what == "link" || what == "addr" || what == "address" || what == "a" || what == "route";
  if (known && onlyShows(words)) return;
  refuse(words, "of ip these are known: netns add, link add, link set, addr add and del, route add and del, "
                "neigh add and del, tcp_metrics flush");
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
  // Fast Open; queueing disciplines of devices that are to come; what 6.1 has not, or only for old programs' sake.
  static constexpr const char* Passed[] = {"net.ipv4.tcp_fastopen", "net.ipv4.tcp_fastopen_key",
                                           "net.core.default_qdisc", "net.ipv4.tcp_ecn_option", "net.ipv4.tcp_fack"};
  return std::any_of(std::begin(Passed), std::end(Passed), [&](const char* p) { return name == p; });
}

bool setNamedSysctl(Stage& stage, const std::string& name, const std::string& value, const std::string& ns) {
  if (isPassedOver(name)) return stage.notices.push_back("the sysctl " + name + " changes nothing here"), true;
  if (name != "net.ipv4.tcp_congestion_control") return false;
  int err = 0;
  stage.machine.interrupt("sysctl " + name + "=" + value, [&] {
    const net* net = netns_get(ns.c_str());
    err = net ? tcp_set_default_congestion_control(net, value.c_str()) : -ENOENT;
  });
  if (err) throw PlayError{{}, "there is no congestion control '" + value + "' here; reno and cubic are"};
  return true;
}

} // namespace sockwalk::scenario
