#include "engine/tell/objects/specs.h"
#include <map>

namespace sockwalk::tell {

namespace {

using R = RowSpec;
constexpr R taskRows[] = {{"pid", "pid"}, {"comm", "comm"}, {"files", "files"}};
constexpr R filesRows[] = {{"count", "count", R::Number}, {"next_fd", "next_fd"}, {"fdt", "fdt"}};
constexpr R fdtableRows[] = {{"max_fds", "max_fds"}}; // and a row for each open descriptor
constexpr R fileRows[] = {{"f_op", "f_op"},
                          {"f_flags", "f_flags", R::Flags},
                          {"f_count", "f_count", R::Number},
                          {"f_path.dentry", "f_path.dentry"},
                          {"f_inode", "f_inode"},
                          {"private_data", "private_data"}};
constexpr R dentryRows[] = {{"d_inode", "d_inode"}, {"d_op", "d_op"}, {"d_sb", "d_sb"}};
constexpr R inodeRows[] = {{"i_ino", "i_ino"}, {"i_mode", "i_mode", R::Mode}, {"i_count", "i_count", R::Number}};
constexpr R socketRows[] = {{"state", "state"},
                            {"type", "type"},
                            {"flags", "flags"},
                            {"file", "file", R::Value, true},
                            {"sk", "sk"},
                            {"ops", "ops"},
                            {"wq", "wq.wait.head", R::Waiters, true, true}};
constexpr R sockRows[] = {
    {"sk_state", "__sk_common.skc_state"},
    {"sk_family", "__sk_common.skc_family"},
    {"sk_type", "sk_type"},
    {"sk_protocol", "sk_protocol"},
    {"sk_prot", "__sk_common.skc_prot"},
    {"sk_num", "__sk_common.skc_num", R::Number},
    {"sk_dport", "__sk_common.skc_dport", R::Port, false, true},
    {"sk_net", "__sk_common.skc_net", R::Space, false, true},
    {"sk_refcnt", "__sk_common.skc_refcnt", R::Number},
    {"sk_rcvbuf", "sk_rcvbuf"},
    {"sk_receive_queue", "sk_receive_queue", R::Queue},
    {"peer", "peer", R::Value, false, false, "unix_sock"},
    {"listener", "listener", R::Value, true, true, "unix_sock"},
    {"addr", "addr", R::Value, false, true, "unix_sock"},
    {"path.dentry", "path.dentry", R::Value, false, true, "unix_sock"},
    {"nr_fds", "scm_stat.nr_fds", R::Number, false, true, "unix_sock"},
    {"oob_skb", "oob_skb", R::Value, false, true, "unix_sock"},
    {"peer_wait", "peer_wq.wait.head", R::Waiters, true, true, "unix_sock"},
    {"out_of_order_queue", "out_of_order_queue", R::Tree, false, true, "tcp_sock"},
    {"sk_backlog", "sk_backlog.head", R::Value, false, true},
    {"sk_write_queue", "sk_write_queue", R::Queue, false, true},
    {"tcp_rtx_queue", "tcp_rtx_queue", R::Tree, false, true},
    {"sk_error_queue", "sk_error_queue", R::Queue, false, true},
    {Words("accept queue"), "icsk_accept_queue.rskq_accept_head", R::Value, false, true, "inet_connection_sock"},
    {"sk_ack_backlog", "sk_ack_backlog", R::Number, false, true},
    {Words("next on chain"), "__sk_common.skc_nulls_node.next", R::Chain, true, true},
    {"sk_wq", "sk_wq", R::Value, true},
    {"sk_socket", "sk_socket", R::Value, true}};
// A local socket's name, and the open files that a message carries (and a row for each of them).
constexpr R nameRows[] = {{"len", "len"}, {"refcnt", "refcnt", R::Number}};
constexpr R passedRows[] = {{"count", "count"}, {"count_unix", "count_unix"}};
// What a SYN leaves behind until it is a connection that was accepted.
constexpr R requestRows[] = {{"rsk_state", "__req_common.skc_state"},
                             {"ir_num", "__req_common.skc_num", R::Number},
                             {"ir_rmt_port", "__req_common.skc_dport", R::Port},
                             {"rsk_refcnt", "__req_common.skc_refcnt", R::Number},
                             {"sk", "sk"},
                             {"dl_next", "dl_next", R::Value, false, true},
                             {Words("next on chain"), "__req_common.skc_nulls_node.next", R::Chain, true, true},
                             {"rsk_listener", "__req_common.skc_listener", R::Value, true}};
// What a closed connection leaves behind, so that late segments find somebody.
constexpr R timewaitRows[] = {{"tw_state", "__tw_common.skc_state"},
                              {"tw_num", "__tw_common.skc_num", R::Number},
                              {"tw_dport", "__tw_common.skc_dport", R::Port},
                              {"tw_refcnt", "__tw_common.skc_refcnt", R::Number},
                              {"tw_timer", "tw_timer.expires", R::Number},
                              {Words("next on chain"), "__tw_common.skc_nulls_node.next", R::Chain, true, true}};
constexpr R skbRows[] = {{"len", "len"},
                         {"data_len", "data_len"},
                         {"seq", "cb", R::Sequence, false, true},
                         {"users", "users", R::Number},
                         {"fp", "cb", R::Passed, false, true},
                         {"next", "next", R::Value, false, false, nullptr, R::OnList},
                         {Words("colour"), "rbnode.__rb_parent_color", R::Colour, false, false, nullptr, R::OnTree},
                         {"rb_left", "rbnode.rb_left", R::Value, false, true, nullptr, R::OnTree},
                         {"rb_right", "rbnode.rb_right", R::Value, false, true, nullptr, R::OnTree},
                         {"sk", "sk", R::Value, true},
                         {"dev", "dev", R::Value, false, true, nullptr, R::OnList}};
constexpr R neighbourRows[] = {
    {"nud_state", "nud_state"}, {"refcnt", "refcnt", R::Number}, {"dev", "dev"}, {"arp_queue", "arp_queue", R::Queue}};
constexpr R deviceRows[] = {
    {"name", "name"}, {"ifindex", "ifindex"}, {"mtu", "mtu"}, {"nd_net", "nd_net", R::Space, false, true}};
constexpr R eventpollRows[] = {
    {"rbr", "rbr.rb_root", R::Tree}, {"rdllist", "rdllist", R::List}, {"wq", "wq.head", R::Waiters, true, true}};
constexpr R epitemRows[] = {{"fd", "ffd.fd"},
                            {"events", "event.events", R::Events},
                            {Words("colour"), "rbn.__rb_parent_color", R::Colour},
                            {"rb_left", "rbn.rb_left", R::Value, false, true},
                            {"rb_right", "rbn.rb_right", R::Value, false, true},
                            {"rdllink", "rdllink", R::Link, false, true},
                            {"pwqlist", "pwqlist", R::Value, false, true},
                            {"file", "ffd.file", R::Value, true}};
constexpr R pollEntryRows[] = {
    {"func", "wait.func"}, {"next", "next", R::Value, false, true}, {"whead", "whead", R::Value, true}};
// Of 2.6: a file finds its socket by its name and its inode, and a sock's number stands in the larger inet_sock.
constexpr R files26Rows[] = {{"count", "count", R::Number}, {"next_fd", "next_fd"}, {"max_fds", "max_fds"}};
constexpr R file26Rows[] = {
    {"f_op", "f_op"}, {"f_flags", "f_flags", R::Flags}, {"f_count", "f_count", R::Number}, {"f_dentry", "f_dentry"}};
constexpr R socket26Rows[] = {
    {"state", "state"}, {"type", "type"}, {"flags", "flags"},      {"file", "file", R::Value, true},
    {"sk", "sk"},       {"ops", "ops"},   {"passcred", "passcred"}};
constexpr R sock26Rows[] = {{"sk_state", "__sk_common.skc_state"},
                            {"sk_family", "__sk_common.skc_family"},
                            {"sk_type", "sk_type"},
                            {"sk_protocol", "sk_protocol"},
                            {"sk_prot", "sk_prot"},
                            {"sk_slab", "sk_slab"},
                            {"num", "num", R::Number, false, true, "2.6/inet_sock"},
                            {"sk_refcnt", "__sk_common.skc_refcnt", R::Number},
                            {"sk_rcvbuf", "sk_rcvbuf"},
                            {"sk_receive_queue", "sk_receive_queue.qlen", R::Number},
                            {"sk_sleep", "sk_sleep", R::Value, true},
                            {"sk_socket", "sk_socket", R::Value, true}};
constexpr R hashinfoRows[] = {{"ehash_mask", "ehash_mask"}}; // and a row for each bucket that is not empty

constexpr CardSpec specs[] = {
    {"task_struct", nullptr, nullptr, Layer::User, 0, taskRows},
    {"files_struct", nullptr, nullptr, Layer::Vfs, 0, filesRows},
    {"fdtable", "files_struct", "fdtab", Layer::Vfs, 0, fdtableRows},
    {"fdtable", nullptr, nullptr, Layer::Vfs, 0, fdtableRows},
    {"file", nullptr, nullptr, Layer::Vfs, 1, fileRows},
    {"dentry", nullptr, nullptr, Layer::Vfs, 1, dentryRows},
    {"socket", "socket_alloc", "socket", Layer::Socket, 1, socketRows},
    {"inode", "socket_alloc", "vfs_inode", Layer::Vfs, 1, inodeRows},
    {"inode", nullptr, nullptr, Layer::Vfs, 1, inodeRows},
    {"eventpoll", nullptr, nullptr, Layer::Vfs, 1, eventpollRows},
    {"epitem", nullptr, nullptr, Layer::Vfs, 2, epitemRows},
    {"eppoll_entry", nullptr, nullptr, Layer::Vfs, 3, pollEntryRows},
    {"inet_hashinfo", nullptr, nullptr, Layer::Transport, 3, hashinfoRows},
    {"sock", nullptr, nullptr, Layer::Transport, 2, sockRows, true},
    {"request_sock", nullptr, nullptr, Layer::Transport, 3, requestRows, true},
    {"inet_timewait_sock", nullptr, nullptr, Layer::Transport, 2, timewaitRows, true},
    {"sk_buff", nullptr, nullptr, Layer::Link, 3, skbRows},
    {"sk_buff", "sk_buff_fclones", "skb1", Layer::Link, 3, skbRows, false, nullptr, ""},
    {"sk_buff", "sk_buff_fclones", "skb2", Layer::Link, 3, skbRows, false, "users", "skb2 of "},
    {"unix_address", nullptr, nullptr, Layer::Socket, 3, nameRows},
    {"scm_fp_list", nullptr, nullptr, Layer::Vfs, 4, passedRows},
    {"neighbour", nullptr, nullptr, Layer::Link, 3, neighbourRows},
    {"net_device", nullptr, nullptr, Layer::Device, 4, deviceRows},
    {"2.6/task_struct", nullptr, nullptr, Layer::User, 0, taskRows},
    {"2.6/files_struct", nullptr, nullptr, Layer::Vfs, 0, files26Rows},
    {"2.6/file", nullptr, nullptr, Layer::Vfs, 1, file26Rows},
    {"2.6/dentry", nullptr, nullptr, Layer::Vfs, 1, dentryRows},
    {"2.6/socket", "2.6/socket_alloc", "socket", Layer::Socket, 1, socket26Rows},
    {"2.6/inode", "2.6/socket_alloc", "vfs_inode", Layer::Vfs, 1, inodeRows},
    {"2.6/sock", nullptr, nullptr, Layer::Transport, 2, sock26Rows, true},
};

} // namespace

std::span<const CardSpec> cardSpecs() { return specs; }

std::vector<const CardSpec*> specsFor(TypeId type) {
  std::vector<const CardSpec*> out;
  const LayoutInfo* layout = layoutOf(type);
  if (!layout) return out;
  for (const CardSpec& spec : specs) {
    const std::string_view wanted = spec.holder ? spec.holder : spec.type;
    if (wanted == layout->name || (spec.base && beginsWith(*layout, wanted))) out.push_back(&spec);
  }
  return out;
}

// Looked up by their names once: the graph is read at every step.
Field fieldOf(const RowSpec& row, const CardSpec& card) {
  static const auto fields = [] {
    std::map<std::pair<const RowSpec*, const CardSpec*>, Field> out;
    for (const CardSpec& spec : specs)
      for (const RowSpec& of : spec.rows) out[{&of, &spec}] = fieldAt(of.of ? of.of : spec.type, of.path);
    return out;
  }();
  return fields.at({&row, &card});
}

} // namespace sockwalk::tell
