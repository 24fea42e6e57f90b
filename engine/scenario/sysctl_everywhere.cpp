#include "engine/scenario/sysctl_everywhere.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/device_commands.h"
#include "engine/scenario/play_error.h"

namespace sockwalk::scenario {

namespace {

using namespace kernel;

std::vector<std::string> namespaces(Stage& stage) {
  EnterMachine enter(stage.machine);
  std::vector<std::string> out;
  for (const net* net : list_for_each_entry(net, list, net_namespace_list)) out.emplace_back(netns_name(net));
  return out;
}

// Of a device that this namespace may not have.
bool isOfDevice(const std::string& name) {
  constexpr std::string_view conf = "net.ipv4.conf.";
  return name.starts_with(conf) && !name.starts_with("net.ipv4.conf.all.") &&
         !name.starts_with("net.ipv4.conf.default.");
}

} // namespace

void setSysctlEverywhere(Stage& stage, const std::string& name, const std::string& value) {
  if (isPassedOver(name)) throw PlayError{{}, "the sysctl " + name + " changes nothing here"};
  std::optional<PlayError> trouble;
  int made = 0;
  for (const std::string& ns : namespaces(stage)) {
    if (!name.starts_with("net.") && made) break; // of the machine
    try {
      setSysctl(stage, name, value, ns);
      ++made;
    } catch (const PlayError& e) {
      if (!isOfDevice(name)) throw;
      trouble = e;
    }
  }
  if (!made && trouble) throw *trouble;
  if (name.starts_with("net.") && !isOfDevice(name)) stage.everywhere.emplace_back(name, value);
}

void setSysctlsOfNew(Stage& stage, const std::string& ns) {
  for (const auto& [name, value] : stage.everywhere) setSysctl(stage, name, value, ns);
}

} // namespace sockwalk::scenario
