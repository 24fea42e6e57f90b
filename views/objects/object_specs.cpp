#include "views/objects/object_specs.h"

#include <array>

namespace sockwalk {

namespace {

using R = RowSpec;
constexpr R taskRows[] = {{"pid", "pid"}, {"comm", "comm"}, {"files", "files"}};
constexpr R filesRows[] = {{"count", "count", R::Number}, {"next_fd", "next_fd"}, {"fdt", "fdt"}};
constexpr R fdtableRows[] = {{"max_fds", "max_fds"}}; // and a row for each open descriptor
constexpr R fileRows[] = {{"f_op", "f_op"},           {"f_flags", "f_flags", R::Flags},
                          {"f_count", "f_count", R::Number}, {"f_inode", "f_inode"},
                          {"private_data", "private_data"}};
constexpr R inodeRows[] = {{"i_ino", "i_ino"}, {"i_mode", "i_mode", R::Mode}, {"i_count", "i_count", R::Number}};
constexpr R socketRows[] = {{"state", "state"}, {"type", "type"}, {"flags", "flags"},
                            {"file", "file", R::Value, true}, {"sk", "sk"}, {"ops", "ops"}};
constexpr R sockRows[] = {{"sk_state", "__sk_common.skc_state"},
                          {"sk_family", "__sk_common.skc_family"},
                          {"sk_type", "sk_type"},
                          {"sk_protocol", "sk_protocol"},
                          {"sk_prot", "__sk_common.skc_prot"},
                          {"sk_num", "__sk_common.skc_num", R::Number},
                          {"sk_refcnt", "__sk_common.skc_refcnt", R::Number},
                          {"sk_rcvbuf", "sk_rcvbuf"},
                          {"sk_receive_queue", "sk_receive_queue", R::Queue},
                          {"sk_write_queue", "sk_write_queue", R::Queue},
                          {"sk_wq", "sk_wq", R::Value, true},
                          {"sk_socket", "sk_socket", R::Value, true}};
constexpr R skbRows[] = {{"len", "len"}, {"data_len", "data_len"}, {"users", "users", R::Number},
                         {"next", "next"}, {"sk", "sk", R::Value, true}, {"dev", "dev"}};
constexpr R neighbourRows[] = {{"nud_state", "nud_state"}, {"refcnt", "refcnt", R::Number}, {"dev", "dev"},
                               {"arp_queue", "arp_queue", R::Queue}};

constexpr CardSpec specs[] = {
    {"task_struct", nullptr, nullptr, Layer::User, 0, taskRows},
    {"files_struct", nullptr, nullptr, Layer::Vfs, 0, filesRows},
    {"fdtable", "files_struct", "fdtab", Layer::Vfs, 0, fdtableRows},
    {"fdtable", nullptr, nullptr, Layer::Vfs, 0, fdtableRows},
    {"file", nullptr, nullptr, Layer::Vfs, 1, fileRows},
    {"socket", "socket_alloc", "socket", Layer::Socket, 1, socketRows},
    {"inode", "socket_alloc", "vfs_inode", Layer::Vfs, 1, inodeRows},
    {"inode", nullptr, nullptr, Layer::Vfs, 1, inodeRows},
    {"sock", nullptr, nullptr, Layer::Transport, 2, sockRows},
    {"sk_buff", nullptr, nullptr, Layer::Link, 3, skbRows},
    {"sk_buff", "sk_buff_fclones", "skb1", Layer::Link, 3, skbRows},
    {"neighbour", nullptr, nullptr, Layer::Link, 3, neighbourRows},
};

// Every protocol's sock begins with a struct sock, some with an inet_sock around it.
bool beginsWithSock(const LayoutInfo& layout, int depth = 6) {
  if (layout.name == "sock") return true;
  if (depth == 0 || layout.members.empty()) return false;
  const MemberInfo& first = layout.members.front();
  const LayoutInfo* inner = first.kind == MemberKind::Struct && !first.offset ? layoutNamed(first.target) : nullptr;
  return inner && inner != &layout && beginsWithSock(*inner, depth - 1);
}

// The member `name` among those from `from` on that are deeper than `depth`; anonymous groups are seen through.
const MemberInfo* memberNamed(const LayoutInfo& layout, std::string_view name, const MemberInfo* inside) {
  auto it = inside ? layout.members.begin() + (inside - layout.members.data()) + 1 : layout.members.begin();
  for (; it != layout.members.end(); ++it) {
    if (inside && it->depth <= inside->depth) return nullptr;
    if (it->name == name) return &*it;
  }
  return nullptr;
}

} // namespace

std::span<const CardSpec> cardSpecs() { return specs; }

std::vector<const CardSpec*> specsFor(TypeId type) {
  std::vector<const CardSpec*> out;
  const LayoutInfo* layout = layoutOf(type);
  if (!layout) return out;
  const bool sock = beginsWithSock(*layout);
  for (const CardSpec& spec : specs) {
    const std::string_view wanted = spec.holder ? spec.holder : spec.type;
    if (wanted == layout->name || (sock && wanted == "sock")) out.push_back(&spec);
  }
  return out;
}

Field fieldAt(std::string_view structure, std::string_view path) {
  Field f{layoutNamed(structure), nullptr, 0};
  while (f.layout && !path.empty()) {
    const auto dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    path = dot == path.npos ? "" : path.substr(dot + 1);
    const MemberInfo* next = memberNamed(*f.layout, name, f.member);
    if (!next && f.member) { // not laid out in line: the member's own table has it
      f.base += f.member->offset;
      f.layout = layoutNamed(f.member->target);
      next = f.layout ? memberNamed(*f.layout, name, nullptr) : nullptr;
    }
    if (!next) return {};
    f.member = next;
  }
  return f;
}

} // namespace sockwalk
