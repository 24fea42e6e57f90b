#include "engine/scenario/sysctl_place.h"
#include "engine/memory/layout.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

// Most are called as their members are, after "sysctl_". These are not, and their members' names are no sysctls.
struct OwnName {
  std::string_view sysctl, member;
};
constexpr OwnName OwnNames[] = {{"tcp_max_syn_backlog", "max_syn_backlog"},
                                {"ip_unprivileged_port_start", "ip_prot_sock"},
                                {"ip_forward_use_pmtu", "ip_fwd_use_pmtu"},
                                {"ip_forward_update_priority", "ip_fwd_update_priority"},
                                {"igmp_link_local_mcast_reports", "igmp_llm_reports"},
                                {"tcp_no_metrics_save", "tcp_nometrics_save"},
                                {"tcp_fastopen_blackhole_timeout_sec", "tcp_fastopen_blackhole_timeout"}};

// Members that nothing asks for, since what they are about is not simulated.
constexpr std::string_view Unasked[] = {"fib_multipath_hash_fields",
                                        "fib_multipath_hash_policy",
                                        "fib_multipath_use_neigh",
                                        "fib_notify_on_flag_change",
                                        "icmp_echo_enable_probe",
                                        "ip_dynaddr",
                                        "nexthop_compat_mode",
                                        "raw_l3mdev_accept",
                                        "tcp_child_ehash_entries",
                                        "tcp_comp_sack_slack_ns",
                                        "tcp_fastopen_blackhole_timeout",
                                        "tcp_migrate_req",
                                        "udp_l3mdev_accept"};

std::string memberOf(std::string_view sysctl) {
  for (const OwnName& known : OwnNames) {
    if (sysctl == known.member) return {};
    if (sysctl == known.sysctl) return "sysctl_" + std::string(known.member);
  }
  return "sysctl_" + std::string(sysctl);
}

const MemberInfo* memberNamed(const char* type, std::string_view name) {
  const LayoutInfo* layout = layoutNamed(type);
  if (!layout) return nullptr;
  const auto found = std::ranges::find(layout->members, name, &MemberInfo::name);
  return found == layout->members.end() ? nullptr : &*found;
}

struct Folder {
  std::string_view prefix;
  const char *member, *type; // of struct net
};
constexpr Folder Folders[] = {{"net.ipv4.", "ipv4", "netns_ipv4"}, {"net.core.", "core", "netns_core"}};

} // namespace

bool sysctlIsAskedFor(const std::string& name) {
  const std::string member = memberOf(std::string_view(name).substr(name.find_last_of('.') + 1));
  return member.empty() || std::ranges::find(Unasked, std::string_view(member).substr(7)) == std::end(Unasked);
}

std::optional<SysctlPlace> sysctlPlace(const std::string& name) {
  for (const Folder& folder : Folders) {
    if (!name.starts_with(folder.prefix)) continue;
    const MemberInfo* part = memberNamed("net", folder.member);
    const MemberInfo* m = memberNamed(folder.type, memberOf(std::string_view(name).substr(folder.prefix.size())));
    if (!part || !m || m->kind == MemberKind::Pointer || m->each > 8) return {};
    const u32 count = std::max<u32>(m->count, 1);
    return SysctlPlace{part->offset + m->offset, count, count > 1 ? m->each : m->size};
  }
  return {};
}

} // namespace sockwalk::scenario
