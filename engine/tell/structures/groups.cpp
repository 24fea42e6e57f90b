#include "engine/tell/structures/groups.h"
#include "engine/tell/structures/group_tables.h"
#include "engine/tell/structures/group_titles.h"
#include <algorithm>
#include <array>

namespace sockwalk::tell {

namespace {

using namespace titles;

template <size_t N> using Names = std::array<std::string_view, N>;

// ---- struct sock and those that begin with it
constexpr Names<9> CommonIdentity = {"skc_family", "skc_daddr",        "skc_dport",   "skc_rcv_saddr", "skc_num",
                                     "skc_prot",   "skc_bound_dev_if", "skc_net.net", "skc_hash"};
constexpr Names<4> CommonState = {"skc_state", "skc_reuse", "skc_reuseport", "skc_refcnt.refs.counter"};
constexpr MemberGroup Common[] = {{Identity, CommonIdentity}, {State, CommonState}};

constexpr Names<3> SockIdentity = {"sk_type", "sk_protocol", "sk_uid.val"};
constexpr Names<4> SockPointers = {"sk_socket", "sk_wq", "sk_dst_cache", "sk_prot_creator"};
constexpr Names<7> SockQueues = {"sk_receive_queue.qlen", "sk_write_queue.qlen", "sk_error_queue.qlen",
                                 "sk_backlog.len",        "sk_ack_backlog",      "sk_max_ack_backlog",
                                 "sk_drops.counter"};
constexpr Names<7> SockMemory = {
    "sk_rcvbuf",      "sk_backlog.rmem_alloc.counter", "sk_sndbuf",       "sk_wmem_alloc.refs.counter",
    "sk_wmem_queued", "sk_omem_alloc.counter",         "sk_forward_alloc"};
constexpr Names<4> SockTimers = {"sk_timer.expires", "sk_rcvtimeo", "sk_sndtimeo", "sk_lingertime"};
constexpr Names<6> SockCallbacks = {"sk_data_ready",   "sk_state_change", "sk_write_space",
                                    "sk_error_report", "sk_backlog_rcv",  "sk_destruct"};
constexpr Names<5> SockState = {"sk_err", "sk_err_soft", "sk_shutdown", "sk_userlocks", "sk_lock.owned"};
constexpr MemberGroup Sock[] = {{Identity, SockIdentity},  {State, SockState},   {Pointers, SockPointers},
                                {Queues, SockQueues},      {Memory, SockMemory}, {Timers, SockTimers},
                                {Callbacks, SockCallbacks}};

constexpr Names<2> InetIdentity = {"inet_saddr", "inet_sport"};
constexpr Names<6> InetOptions = {"uc_ttl", "tos", "pmtudisc", "recverr", "hdrincl", "mc_loop"};
constexpr MemberGroup Inet[] = {{Identity, InetIdentity}, {Options, InetOptions}};

constexpr Names<5> IcskConnection = {"icsk_accept_queue.rskq_accept_head", "icsk_bind_hash", "icsk_af_ops",
                                     "icsk_ca_ops", "icsk_pmtu_cookie"};
constexpr Names<6> IcskTimers = {"icsk_rto",
                                 "icsk_retransmits",
                                 "icsk_pending",
                                 "icsk_backoff",
                                 "icsk_retransmit_timer.expires",
                                 "icsk_delack_timer.expires"};
constexpr Names<1> IcskCongestion = {"icsk_ca_state"};
constexpr MemberGroup Icsk[] = {{Connection, IcskConnection}, {Timers, IcskTimers}, {Congestion, IcskCongestion}};

constexpr Names<6> TcpSending = {"write_seq", "snd_nxt", "snd_una", "snd_wnd", "mss_cache", "packets_out"};
constexpr Names<5> TcpReceiving = {"rcv_nxt", "copied_seq", "rcv_wnd", "rcv_wup", "out_of_order_queue.rb_node"};
constexpr Names<5> TcpCongestion = {"snd_cwnd", "snd_ssthresh", "sacked_out", "lost_out", "retrans_out"};
constexpr Names<4> TcpRoundTrips = {"srtt_us", "mdev_us", "rttvar_us", "rtt_seq"};
constexpr MemberGroup Tcp[] = {
    {Sending, TcpSending}, {Receiving, TcpReceiving}, {Congestion, TcpCongestion}, {RoundTrips, TcpRoundTrips}};

constexpr Names<3> UdpReceiving = {"reader_queue.qlen", "forward_deficit", "encap_type"};
constexpr Names<2> UdpSending = {"pending", "gso_size"};
constexpr MemberGroup Udp[] = {{Receiving, UdpReceiving}, {Sending, UdpSending}};

// ---- the socket's other side
constexpr Names<3> SocketState = {"state", "type", "flags"};
constexpr Names<4> SocketPointers = {"file", "sk", "ops", "wq.wait.head.next"};
constexpr MemberGroup Socket[] = {{State, SocketState}, {Pointers, SocketPointers}};
constexpr Names<4> InodeIdentity = {"i_ino", "i_mode", "i_uid.val", "i_sb"};
constexpr Names<2> InodeState = {"i_count.counter", "i_state"};
constexpr Names<2> InodePointers = {"i_op", "i_fop"};
constexpr MemberGroup Inode[] = {{Identity, InodeIdentity}, {State, InodeState}, {Pointers, InodePointers}};

// ---- struct sk_buff
constexpr Names<8> BuffLayout = {"head", "data", "tail", "end", "len", "data_len", "truesize", "hdr_len"};
constexpr Names<5> BuffHeaders = {"mac_header", "network_header", "transport_header", "mac_len", "protocol"};
constexpr Names<5> BuffOwnership = {"sk", "dev", "next", "destructor", "users.refs.counter"};
constexpr Names<10> BuffGeneral = {"pkt_type", "ip_summed", "csum",   "priority",    "mark",
                                   "hash",     "cb",        "tstamp", "_skb_refdst", "queue_mapping"};
constexpr Names<5> BuffState = {"cloned", "nohdr", "fclone", "pfmemalloc", "head_frag"};
constexpr MemberGroup Buff[] = {{Layout, BuffLayout},
                                {Headers, BuffHeaders},
                                {Ownership, BuffOwnership},
                                {General, BuffGeneral},
                                {State, BuffState}};

constexpr GroupsOf<MemberGroup> All[] = {
    {"sock_common", Common}, {"sock", Sock},    {"inet_sock", Inet}, {"inet_connection_sock", Icsk},
    {"tcp_sock", Tcp},       {"udp_sock", Udp}, {"socket", Socket},  {"inode", Inode},
    {"sk_buff", Buff}};

} // namespace

std::string memberShort(std::string_view path) {
  for (const std::string_view inner : {".refs.counter", ".counter", ".val", ".net"})
    if (path.ends_with(inner)) path.remove_suffix(inner.size());
  return std::string(path);
}

std::string memberOwn(std::string_view path) {
  for (const std::string_view holder : {"inet_conn.", "icsk_inet.", "inet.", "sk.", "__sk_common."})
    if (path.starts_with(holder)) path.remove_prefix(holder.size());
  return memberShort(path);
}

std::span<const MemberGroup> memberGroups(std::string_view structure) { return groupsIn(All, structure); }

std::span<const std::string_view> groupedStructures() { return structuresIn<All>(); }

} // namespace sockwalk::tell
