#include "engine/scenario/script_context.h"
#include "engine/scenario/call_table26.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/net_commands.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

constexpr u16 DefaultPort = 8080;
constexpr u32 TunLocal = 0xc0a80001, TunGateway = 0xc0a80002, TunRemote = 0xc0000201; // packetdrill's own addresses

template <class T> bool has(const Script& script) {
  return std::any_of(script.events.begin(), script.events.end(),
                     [](const Event& e) { return std::holds_alternative<T>(e.action); });
}

// Packets without a link are packetdrill's: they travel over tun0. Whole frames need a wire.
bool overTun(const Script& script) {
  return script.link == Link::Tun || (!script.link && has<Packet>(script) && !has<Frame>(script));
}

u32 addressOption(const Script& script, const char* name, u32 otherwise) {
  const auto text = script.option(name);
  const auto address = text ? ipv4Address(*text) : std::nullopt;
  return address ? *address : otherwise;
}

u16 portOption(const Script& script, const char* name) {
  const auto text = script.option(name);
  return text ? static_cast<u16>(std::atoi(text->c_str())) : DefaultPort;
}

Ends endsOf(const Script& script, const kernel::MachineOptions& options) {
  Ends ends;
  std::copy_n(options.mac, 6, ends.localMac.begin());
  ends.remoteMac = Peer::DefaultMac;
  ends.local = {options.address, portOption(script, "bind_port")};
  ends.remote = {options.tun ? addressOption(script, "remote_ip", TunRemote) : options.gateway,
                 portOption(script, "connect_port")};
  if (!twoHosts(script)) return ends;
  ends.local.address = ClientAddress;
  ends.remote.address = ServerAddress;
  return ends;
}

} // namespace

bool namesPackets(const Script& script) { return has<Packet>(script) || has<Frame>(script); }
bool twoHosts(const Script& script) { return script.link == Link::Veth || script.link == Link::Wire; }

// A machine without devices: what has any effect there is few.
static Result<kernel::MachineOptions> machineOf26(const Script& script) {
  if (const std::string why = refusedBy26(script); !why.empty()) return Error{script.file + ": " + why};
  kernel::MachineOptions options;
  options.era = Era::Linux26;
  options.hz = script.hz.value_or(1000); // i386 of 2.6 ticked so often
  options.ethernet = false;
  options.address = options.gateway = 0;
  return options;
}

Result<kernel::MachineOptions> machineFor(const Script& script) {
  if (script.era == Era::Linux26) return machineOf26(script);
  kernel::MachineOptions options;
  if (script.option("ip_version").value_or("ipv4") == "ipv6")
    return Error{script.file + ": --ip_version=ipv6: this kernel speaks IPv4 only"};
  const bool tun = overTun(script);
  options.hz = script.hz.value_or(tun ? 1000 : 250);
  options.recorded = recordedOf(script.machine.value_or(MachineKind::Plain));
  if (twoHosts(script)) { // their devices are made, and get addresses, once the machine runs
    options.ethernet = script.link == Link::Wire;
    options.nics = 2;
    options.address = options.gateway = 0;
  }
  if (tun) {
    options.tun = true;
    options.ethernet = false;
    options.address = addressOption(script, "local_ip", TunLocal);
    options.prefix = 16;
    options.gateway = addressOption(script, "gateway_ip", TunGateway);
    if (options.gateway == options.address) ++options.gateway;
  }
  return options;
}

ScriptContext::ScriptContext(Script s, Stage& stage_)
    : script(std::move(s)), stage(stage_), ends(endsOf(script, stage_.machine.options())),
      connections(ends.local, ends.remote), home(twoHosts(script) ? "client" : "") {}

std::string ScriptContext::refusal(const Action& action) const {
  return machine().era() == Era::Linux26 ? refusedBy26(action) : std::string();
}

void ScriptContext::fail(Position at, const std::string& what) {
  stage.failures.push_back({script.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + what,
                            stage.lastStimulus()});
}

} // namespace sockwalk::scenario
