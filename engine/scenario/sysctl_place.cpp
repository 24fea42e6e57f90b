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
