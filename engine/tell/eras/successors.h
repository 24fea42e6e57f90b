// What stands in 6.1 where something of another name stood in 2.6: facts that no comparison of names can find.
#pragma once
#include <string_view>

namespace sockwalk::tell {

struct Successor {
  std::string_view then, now;
};

// Functions. The entries of the two kernels are one thing here, though 2.6 has one for all calls.
inline constexpr Successor FunctionSuccessors[] = {
    {"d_alloc", "d_alloc_pseudo"},          {"generic_forget_inode", "evict"},
    {"get_empty_filp", "alloc_empty_file"}, {"get_unused_fd", "get_unused_fd_flags"},
    {"new_inode", "new_inode_pseudo"},      {"raw_v4_hash", "raw_hash_sk"},
    {"raw_v4_unhash", "raw_unhash_sk"},     {"sock_destroy_inode", "sock_free_inode"},
    {"sock_release", "__sock_release"},     {"sys_close", "__x64_sys_close"},
    {"sys_socket", "__sys_socket"},         {"tcp_destroy_sock", "inet_csk_destroy_sock"},
    {"udp_v4_unhash", "udp_lib_unhash"},
};

// Members, by their structure. `now`: the way to it from the same structure of 6.1.
struct MemberSuccessor {
  std::string_view structure, then, now;
};
inline constexpr MemberSuccessor MemberSuccessors[] = {
    {"dentry", "d_count", "d_lockref"},
    {"dentry", "d_rcu", "d_u.d_rcu"},
    {"dentry", "d_alias", "d_u.d_alias"},
    {"file", "f_dentry", "f_path.dentry"},
    {"file", "f_vfsmnt", "f_path.mnt"},
    {"file", "f_uid", "f_cred"},
    {"inet_protosw", "capability", ""}, // raw sockets are asked for CAP_NET_RAW by inet_create() itself
    {"inet_sock", "daddr", "sk.__sk_common.skc_daddr"},
    {"inet_sock", "dport", "sk.__sk_common.skc_dport"},
    {"inet_sock", "id", "inet_id"},
    {"inet_sock", "num", "sk.__sk_common.skc_num"},
    {"inet_sock", "opt", "inet_opt"},
    {"inet_sock", "rcv_saddr", "sk.__sk_common.skc_rcv_saddr"},
    {"inet_sock", "saddr", "inet_saddr"},
    {"inet_sock", "sport", "inet_sport"},
    {"inode", "i_sem", "i_rwsem"},
    {"proto", "slab_obj_size", "obj_size"},
    {"proto", "stats", "inuse_idx"},
    {"sock", "sk_no_largesend", "sk_gso_disabled"},
    {"sock", "sk_sleep", "sk_wq"},
    {"sock", "sk_peercred", "sk_peer_cred"},
    {"sock", "sk_debug", "sk_flags"}, // a bit there, as the next
    {"sock", "sk_rcvtstamp", "sk_flags"},
    {"sock", "sk_localroute", "sk_flags"},
    {"sock", "sk_zapped", "sk_flags"},
    {"sock", "sk_use_write_queue", "sk_flags"},
    {"sock", "sk_sndmsg_page", "sk_frag"},
    {"sock", "sk_owner", ""}, // the protocol's, sk_prot->owner
    {"socket", "fasync_list", "wq.fasync_list"},
    {"socket", "passcred", "flags"}, // SOCK_PASSCRED, a bit there
    {"socket", "wait", "wq.wait"},
};

} // namespace sockwalk::tell
