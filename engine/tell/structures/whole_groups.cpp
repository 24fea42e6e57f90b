// Every member of the large structures, in the groups in which a person thinks of them: of a sk_buff the four that books
// have (how the data lie, what is said of every packet, what single features keep there, functions), of a sock who it is,
// its queues, memory, timers and callbacks.
#include "engine/tell/structures/group_tables.h"
#include "engine/tell/structures/group_titles.h"
#include "engine/tell/structures/groups.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

using namespace titles;

struct NamedGroup {
  const char* title;
  std::string_view members; // with blanks between
};

// ---- struct sock and those that begin with it
constexpr NamedGroup Common[] = {
    {Identity,
     "skc_addrpair skc_daddr skc_rcv_saddr skc_hash skc_u16hashes skc_portpair skc_dport skc_num skc_family "
     "skc_ipv6only skc_bound_dev_if skc_prot skc_net skc_net_refcnt skc_v6_daddr skc_v6_rcv_saddr skc_cookie"},
    {State, "skc_state skc_reuse skc_reuseport skc_refcnt skc_flags"},
    {Pointers, "skc_listener skc_tw_dr"},
    {Receiving, "skc_rcv_wnd skc_window_clamp skc_tw_rcv_nxt"},
    {Sending, "skc_tw_snd_nxt"},
    {Steering, "skc_tx_queue_mapping skc_rx_queue_mapping skc_incoming_cpu skc_rxhash"},
    {Lists, "skc_bind_node skc_portaddr_node skc_node skc_nulls_node"}};
constexpr NamedGroup Sock[] = {
    {Identity, "sk_type sk_protocol sk_uid sk_peer_pid sk_peer_cred"},
    {State, "sk_err sk_err_soft sk_shutdown sk_userlocks sk_disconnects sk_kern_sock"},
    {Pointers, "sk_rx_dst sk_rx_dst_ifindex sk_rx_dst_cookie sk_wq sk_wq_raw sk_dst_cache sk_dst_pending_confirm "
               "sk_prot_creator sk_socket sk_user_data"},
    {Queues, "sk_error_queue sk_receive_queue sk_backlog sk_send_head tcp_rtx_queue sk_write_queue sk_peek_off "
             "sk_ack_backlog sk_max_ack_backlog sk_drops"},
    {Memory, "sk_forward_alloc sk_reserved_mem sk_rcvbuf sk_rcvlowat sk_omem_alloc sk_sndbuf sk_wmem_queued "
             "sk_wmem_alloc sk_write_pending sk_frag sk_use_task_frag sk_allocation sk_memcg"},
    {Timers, "sk_sndtimeo sk_timer mptcp_retransmit_timer sk_lingertime sk_rcvtimeo"},
    {Callbacks, "sk_state_change sk_data_ready sk_write_space sk_error_report sk_backlog_rcv sk_validate_xmit_skb "
                "sk_destruct"},
    {Options, "sk_priority sk_mark sk_no_check_tx sk_no_check_rx sk_txrehash sk_txhash"},
    {Sending, "sk_tsq_flags sk_pacing_status sk_pacing_rate sk_max_pacing_rate sk_pacing_shift sk_route_caps "
              "sk_gso_type sk_gso_max_size sk_gso_disabled sk_gso_max_segs sk_zckey"},
    {Stamps, "sk_bind_phc sk_stamp sk_tsflags sk_tskey sk_clockid sk_txtime_deadline_mode sk_txtime_report_errors "
             "sk_txtime_unused"},
    {BusyPolling, "sk_ll_usec sk_napi_id sk_prefer_busy_poll sk_busy_poll_budget"},
    {Hooks, "sk_filter sk_policy sk_security sk_cgrp_data sk_reuseport_cb sk_bpf_storage"},
    {Lists, "sk_bind2_node"},
    {Locks, "sk_lock sk_callback_lock sk_peer_lock sk_rcu ns_tracker"}};
constexpr NamedGroup Inet[] = {
    {Identity, "pinet6 inet_saddr inet_sport inet_id local_port_range"},
    {State, "is_icsk defer_connect"},
    {Options, "uc_ttl cmsg_flags inet_opt tos min_ttl mc_ttl pmtudisc recverr freebind hdrincl mc_loop transparent "
              "mc_all nodefrag bind_address_no_port recverr_rfc4884 rcv_tos convert_csum uc_index mc_index mc_addr "
              "mc_list"},
    {Sending, "cork"}};
constexpr NamedGroup Icsk[] = {
    {Queues, "icsk_accept_queue"},
    {Timers, "icsk_timeout icsk_retransmit_timer icsk_delack_timer icsk_keepalive_timer mptcp_tout_timer icsk_rto "
             "icsk_rto_min icsk_delack_max icsk_retransmits icsk_pending icsk_backoff icsk_syn_retries "
             "icsk_probes_out icsk_probes_tstamp icsk_user_timeout"},
    {Callbacks, "icsk_ca_ops icsk_af_ops icsk_ulp_ops icsk_ulp_data icsk_clean_acked icsk_sync_mss"},
    {Sending, "icsk_pmtu_cookie icsk_ext_hdr_len icsk_mtup"},
    {Receiving, "icsk_ack"},
    {Congestion, "icsk_ca_state icsk_ca_initialized icsk_ca_setsockopt icsk_ca_dst_locked icsk_ca_priv"},
    {Lists, "icsk_bind_hash icsk_bind2_hash"}};
constexpr NamedGroup Tcp[] = {
    {State, "unused"},
    {Timers, "keepalive_probes keepalive_time keepalive_intvl linger2 thin_lto"},
    {Callbacks, "af_specific"},
    {Connection, "fastopen_connect fastopen_no_cookie fastopen_client_fail repair repair_queue save_syn syn_data "
                 "syn_fastopen syn_fastopen_exp syn_fastopen_ch syn_data_acked syn_smc fastopen_req fastopen_rsk "
                 "saved_syn"},
    {Sending, "tcp_header_len gso_segs snd_nxt snd_una snd_sml lsndtime snd_wl1 snd_wnd max_window mss_cache "
              "packets_out snd_up write_seq notsent_lowat pushed_seq nonagle tsq_node tcp_tx_delay tcp_wstamp_ns "
              "pacing_timer mtu_probe mtu_info"},
    {Receiving, "pred_flags rcv_nxt copied_seq rcv_wup rcv_tstamp compressed_ack_rcv_nxt window_clamp rcv_ssthresh "
                "advmss compressed_ack compressed_ack_timer last_oow_ack_time recvmsg_inq urg_data urg_seq rx_opt "
                "rcv_wnd out_of_order_queue ooo_last_skb duplicate_sack selective_acks rcv_rtt_last_tsecr rcv_rtt_est "
                "rcvq_space ecn_flags"},
    {Congestion, "snd_ssthresh snd_cwnd snd_cwnd_cnt snd_cwnd_clamp snd_cwnd_used snd_cwnd_stamp prior_cwnd "
                 "prior_ssthresh prr_delivered prr_out max_packets_out cwnd_usage_seq is_cwnd_limited delivered "
                 "delivered_ce app_limited rate_app_limited first_tx_mstamp delivered_mstamp rate_delivered "
                 "rate_interval_us"},
    {Recovery, "tsorted_sent_queue rack dup_ack_counter tlp_retrans tlp_high_seq frto is_sack_reneg retrans_out "
               "reordering reord_seen lost lost_out sacked_out lost_skb_hint retransmit_skb_hint recv_sack_cache "
               "highest_sack lost_cnt_hint high_seq retrans_stamp undo_marker undo_retrans"},
    {RoundTrips, "tcp_clock_cache tcp_mstamp srtt_us mdev_us mdev_max_us rttvar_us rtt_seq rtt_min tsoffset"},
    {Statistics, "bytes_received segs_in data_segs_in segs_out data_segs_out bytes_sent bytes_acked dsack_dups "
                 "bytes_retrans total_retrans rcv_ooopack chrono_start chrono_stat chrono_type timeout_rehash"},
    {Hooks, "bpf_sock_ops_cb_flags bpf_chg_cc_inprogress is_mptcp smc_hs_congested md5sig_info"}};
constexpr NamedGroup Udp[] = {
    {Queues, "reader_queue"},
    {Memory, "forward_deficit"},
    {Callbacks, "encap_rcv encap_err_rcv encap_err_lookup encap_destroy gro_receive gro_complete"},
    {Options, "udp_flags encap_type pcflag pcslen pcrlen"},
    {Sending, "pending len gso_size"}};

// ---- struct sk_buff
constexpr NamedGroup Buff[] = {
    {Layout, "next prev rbnode list ll_node sk len data_len mac_len hdr_len cloned nohdr fclone head_frag pfmemalloc "
             "pp_recycle tail end head data truesize users"},
    {General, "dev dev_scratch tstamp skb_mstamp_ns cb _skb_refdst tcp_tsorted_anchor _sk_redir queue_mapping peeked "
              "headers pkt_type ignore_df ip_summed ooo_okay l4_hash sw_hash csum_valid csum_complete_sw csum_level "
              "csum_not_inet csum csum_start csum_offset dst_pending_confirm mono_delivery_time priority skb_iif hash "
              "napi_id sender_cpu alloc_cpu reserved_tailroom protocol transport_header network_header mac_header"},
    {Features, "_nfct active_extensions nf_trace wifi_acked_valid wifi_acked no_fcs encapsulation encap_hdr_csum "
               "vlan_present tc_skip_classify tc_at_ingress ndisc_nodetype ipvs_property inner_protocol_type "
               "remcsum_offload offload_fwd_mark offload_l3_fwd_mark redirected from_ingress nf_skip_egress decrypted "
               "slow_gro scm_io_uring tc_index vlan_proto vlan_tci secmark mark inner_protocol inner_ipproto "
               "inner_transport_header inner_network_header inner_mac_header extensions"},
    {Functions, "destructor"}};

constexpr GroupsOf<NamedGroup> All[] = {
    {"sock_common", Common}, {"sock", Sock},    {"inet_sock", Inet}, {"inet_connection_sock", Icsk},
    {"tcp_sock", Tcp},       {"udp_sock", Udp}, {"sk_buff", Buff}};

// In which they are shown.
constexpr const char* Order[] = {Layout,     General,  Features,   Functions,  Identity,   State,   Pointers,
                                 Queues,     Memory,   Timers,     Callbacks,  Connection, Sending, Receiving,
                                 Congestion, Recovery, RoundTrips, Statistics, Options,    Stamps,  BusyPolling,
                                 Steering,   Hooks,    Lists,      Locks,      Others};

std::span<const NamedGroup> tableOf(std::string_view structure) { return groupsIn(All, structure); }

template <class Each> void eachName(std::string_view names, Each&& each) {
  while (!names.empty()) {
    const size_t blank = std::min(names.find(' '), names.size());
    each(names.substr(0, blank));
    names.remove_prefix(std::min(blank + 1, names.size()));
  }
}

const char* titleOf(std::string_view structure, std::string_view member) {
  const char* title = Others;
  for (const NamedGroup& group : tableOf(structure))
    eachName(group.members, [&](std::string_view name) {
      if (name == member) title = group.title;
    });
  return title;
}

bool isAnonymous(const MemberInfo& m) { return m.name.starts_with('('); }

// The members that have names, wherever unions and structs without one hide them.
class Collector {
public:
  std::vector<std::pair<const char*, GroupedMember>> found;

  void take(const LayoutInfo& layout, u32 layoutOffset, const std::string& holder) {
    take(layout, layoutOffset, holder, 0, layout.members.size(), 0, layout.isUnion);
  }

private:
  void take(const LayoutInfo& layout, u32 layoutOffset, const std::string& holder, size_t from, size_t to, int depth,
            bool inUnion) {
    for (size_t i = from; i < to; ++i) {
      const MemberInfo& m = layout.members[i];
      if (m.depth != depth || (!m.size && !m.bits)) continue;
      size_t end = i + 1;
      while (end < to && layout.members[end].depth > depth) ++end;
      const LayoutInfo* inner = m.kind == MemberKind::Struct && !m.array ? layoutNamed(m.target) : nullptr;
      if (isAnonymous(m))
        take(layout, layoutOffset, holder, i + 1, end, depth + 1, inUnion || m.kind == MemberKind::Union);
      else if (inner && hasWholeGroups(*inner))
        take(*inner, layoutOffset + m.offset, holder + (holder.empty() ? "" : ".") + std::string(m.name));
      else found.push_back({titleOf(layout.name, m.name), {&layout, i, layoutOffset, holder, inUnion}});
    }
  }
};

} // namespace

bool hasWholeGroups(const LayoutInfo& structure) {
  if (!tableOf(structure.name).empty()) return true;
  if (structure.members.empty()) return false;
  const MemberInfo& first = structure.members.front();
  const LayoutInfo* inner = first.kind == MemberKind::Struct && !first.array ? layoutNamed(first.target) : nullptr;
  return inner && !first.offset && inner != &structure && hasWholeGroups(*inner);
}

std::vector<WholeGroup> wholeGroups(const LayoutInfo& structure) {
  std::vector<WholeGroup> out;
  if (!hasWholeGroups(structure)) return out;
  Collector collector;
  collector.take(structure, 0, "");
  for (const char* title : Order) {
    WholeGroup group{title, {}};
    for (const auto& [of, member] : collector.found)
      if (of == title) group.members.push_back(member);
    if (!group.members.empty()) out.push_back(std::move(group));
  }
  return out;
}

std::vector<std::string> unknownMembers(std::string_view structure) {
  std::vector<std::string> out;
  const LayoutInfo* layout = layoutNamed(structure);
  if (!layout) return {std::string(structure)};
  for (const NamedGroup& group : tableOf(structure))
    eachName(group.members, [&](std::string_view name) {
      if (std::ranges::find(layout->members, name, &MemberInfo::name) == layout->members.end()) out.emplace_back(name);
    });
  return out;
}

std::span<const std::string_view> wholeGroupedStructures() { return structuresIn<All>(); }

} // namespace sockwalk::tell
