#include "engine/memory/macro_names.h"

namespace sockwalk {
namespace {

constexpr std::string_view Sk = "__sk_common", Request = "__req_common", TimeWait = "__tw_common";

constexpr MacroName Names[] = {
    // struct sock
    {Sk, "sk_node", "skc_node"},
    {Sk, "sk_nulls_node", "skc_nulls_node"},
    {Sk, "sk_refcnt", "skc_refcnt"},
    {Sk, "sk_tx_queue_mapping", "skc_tx_queue_mapping"},
    {Sk, "sk_rx_queue_mapping", "skc_rx_queue_mapping"},
    {Sk, "sk_hash", "skc_hash"},
    {Sk, "sk_portpair", "skc_portpair"},
    {Sk, "sk_num", "skc_num"},
    {Sk, "sk_dport", "skc_dport"},
    {Sk, "sk_addrpair", "skc_addrpair"},
    {Sk, "sk_daddr", "skc_daddr"},
    {Sk, "sk_rcv_saddr", "skc_rcv_saddr"},
    {Sk, "sk_family", "skc_family"},
    {Sk, "sk_state", "skc_state"},
    {Sk, "sk_reuse", "skc_reuse"},
    {Sk, "sk_reuseport", "skc_reuseport"},
    {Sk, "sk_ipv6only", "skc_ipv6only"},
    {Sk, "sk_net_refcnt", "skc_net_refcnt"},
    {Sk, "sk_bound_dev_if", "skc_bound_dev_if"},
    {Sk, "sk_bind_node", "skc_bind_node"},
    {Sk, "sk_prot", "skc_prot"},
    {Sk, "sk_net", "skc_net"},
    {Sk, "sk_v6_daddr", "skc_v6_daddr"},
    {Sk, "sk_v6_rcv_saddr", "skc_v6_rcv_saddr"},
    {Sk, "sk_cookie", "skc_cookie"},
    {Sk, "sk_incoming_cpu", "skc_incoming_cpu"},
    {Sk, "sk_flags", "skc_flags"},
    {Sk, "sk_rxhash", "skc_rxhash"},
    // struct inet_sock, udp_sock
    {Sk, "inet_daddr", "skc_daddr"},
    {Sk, "inet_rcv_saddr", "skc_rcv_saddr"},
    {Sk, "inet_dport", "skc_dport"},
    {Sk, "inet_num", "skc_num"},
    {Sk, "udp_port_hash", "skc_u16hashes"},
    {Sk, "udp_portaddr_hash", "skc_u16hashes"},
    {Sk, "udp_portaddr_node", "skc_portaddr_node"},
    // struct request_sock, inet_request_sock
    {Request, "rsk_refcnt", "skc_refcnt"},
    {Request, "rsk_hash", "skc_hash"},
    {Request, "rsk_listener", "skc_listener"},
    {Request, "rsk_window_clamp", "skc_window_clamp"},
    {Request, "rsk_rcv_wnd", "skc_rcv_wnd"},
    {Request, "ir_loc_addr", "skc_rcv_saddr"},
    {Request, "ir_num", "skc_num"},
    {Request, "ir_rmt_addr", "skc_daddr"},
    {Request, "ir_rmt_port", "skc_dport"},
    {Request, "ir_v6_rmt_addr", "skc_v6_daddr"},
    {Request, "ir_v6_loc_addr", "skc_v6_rcv_saddr"},
    {Request, "ir_iif", "skc_bound_dev_if"},
    {Request, "ir_cookie", "skc_cookie"},
    {Request, "ireq_net", "skc_net"},
    {Request, "ireq_state", "skc_state"},
    {Request, "ireq_family", "skc_family"},
    // struct inet_timewait_sock
    {TimeWait, "tw_family", "skc_family"},
    {TimeWait, "tw_state", "skc_state"},
    {TimeWait, "tw_reuse", "skc_reuse"},
    {TimeWait, "tw_reuseport", "skc_reuseport"},
    {TimeWait, "tw_ipv6only", "skc_ipv6only"},
    {TimeWait, "tw_bound_dev_if", "skc_bound_dev_if"},
    {TimeWait, "tw_node", "skc_nulls_node"},
    {TimeWait, "tw_bind_node", "skc_bind_node"},
    {TimeWait, "tw_refcnt", "skc_refcnt"},
    {TimeWait, "tw_hash", "skc_hash"},
    {TimeWait, "tw_prot", "skc_prot"},
    {TimeWait, "tw_net", "skc_net"},
    {TimeWait, "tw_daddr", "skc_daddr"},
    {TimeWait, "tw_v6_daddr", "skc_v6_daddr"},
    {TimeWait, "tw_rcv_saddr", "skc_rcv_saddr"},
    {TimeWait, "tw_v6_rcv_saddr", "skc_v6_rcv_saddr"},
    {TimeWait, "tw_dport", "skc_dport"},
    {TimeWait, "tw_num", "skc_num"},
    {TimeWait, "tw_cookie", "skc_cookie"},
    {TimeWait, "tw_dr", "skc_tw_dr"},
    {TimeWait, "tw_rcv_nxt", "skc_tw_rcv_nxt"},
    {TimeWait, "tw_snd_nxt", "skc_tw_snd_nxt"},
};

} // namespace

std::span<const MacroName> macroNames() { return Names; }

std::vector<std::string_view> macrosFor(std::string_view holder, std::string_view member) {
  std::vector<std::string_view> found;
  for (const MacroName& name : Names)
    if (name.holder == holder && name.member == member) found.push_back(name.macro);
  return found;
}

} // namespace sockwalk
