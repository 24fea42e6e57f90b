// The commands that set networks up: `ip`, `iptables` and Sockwalk's own `wire`, in the words of the real ones.
//
//   ip [-n NS] netns add NAME                        ip netns exec NS sysctl|ip|iptables ...
//   ip [-n NS] link add NAME type veth peer name PEER
//   ip [-n NS] link set [dev] DEV [up|down] [mtu N] [netns NS] [name NAME]
//   ip [-n NS] addr add ADDRESS/PREFIX dev DEV       ip [-n NS] addr del ADDRESS[/PREFIX] dev DEV
//   ip [-n NS] route add|del default|ADDRESS[/PREFIX] [via GATEWAY] [dev DEV]
//   ip [-n NS] neigh add ADDRESS lladdr MAC dev DEV
//   ip [-n NS] neigh del ADDRESS dev DEV
//   iptables [-t filter|mangle|nat] -A CHAIN [-p udp|tcp|icmp|N] [[!] -s|-d ADDRESS[/PREFIX]] [-i|-o DEV]
//            [--sport|--dport N[:M]] [-m conntrack --ctstate STATE[,STATE]] [-m state --state STATE[,STATE]]
//            [-j ACCEPT|DROP|REJECT [--reject-with KIND]]                    (without -j: the rule only counts)
//            [-j SNAT --to-source|DNAT --to-destination [ADDRESS][:PORT[-PORT]]]
//            [-j MASQUERADE|REDIRECT [--to-ports PORT[-PORT]]]
//   iptables [-t TABLE] -P CHAIN ACCEPT|DROP         iptables [-t TABLE] -F [CHAIN]
//   wire [DEV DEV] [delay 5ms] [loss 1%] [reorder 1%] [duplicate 1%] [held 1ms] [gather 20us] [rate 1gbit] [seed 7]
#pragma once
#include "engine/scenario/player.h"

namespace sockwalk::scenario {

// Is it one of these? (`ip` has more than what is played here.)
bool isNetCommand(const std::vector<std::string>& words);
// Does it, in namespace `ns` ("": the first). Throws PlayError.
void runNetCommand(const std::vector<std::string>& words, Stage& stage, const std::string& ns = "");
// net.ipv4.ip_forward and net.ipv4.conf.DEVICE.NAME. False: it is none of these.
bool setDeviceSysctl(Stage& stage, const std::string& name, const std::string& value, const std::string& ns);

// What `//@link veth` and `//@link wire` stand for: namespaces "client" and "server", joined by a veth pair or by two
// e1000 on one cable; client 10.1.0.1/24, server 10.1.0.2/24, both devices named eth0.
constexpr u32 ClientAddress = 0x0a010001, ServerAddress = 0x0a010002;
void joinTwoHosts(Stage& stage, bool veth);

// A task named "NAME@NS", or like a namespace, lives there; any other where `home` is. Throws for an unknown namespace.
void placeTask(Stage& stage, kernel::TaskId task, const std::string& name, const std::string& home);
std::string namespaceOf(Stage& stage, kernel::TaskId task); // "" for the first one

} // namespace sockwalk::scenario
