#include "engine/journal/layers.h"

namespace sockwalk {

namespace {
struct Place {
  std::string_view path;
  Layer layer;
};
// The first path that is part of the file's name decides.
constexpr Place places[] = {
    {"kernel/fs/", Layer::Vfs},
    {"drivers/net/", Layer::Device},
    {"net/ipv4/af_inet", Layer::Inet},
    {"net/ipv4/protocol", Layer::Inet},
    {"net/ipv4/devinet", Layer::Ip},
    {"net/ipv4/inet_connection", Layer::Transport},
    {"net/ipv4/inet_hash", Layer::Transport},
    {"net/ipv4/tcp", Layer::Transport},
    {"net/ipv4/udp", Layer::Transport},
    {"net/ipv4/icmp", Layer::Transport},
    {"net/ipv4/raw", Layer::Transport},
    {"net/ipv4/ping", Layer::Transport},
    {"net/ipv4/datagram", Layer::Transport},
    {"net/ipv4/arp", Layer::Link},
    {"net/ipv4/", Layer::Ip},
    {"net/netfilter", Layer::Ip},
    {"net/xfrm", Layer::Ip},
    {"net/unix", Layer::Transport},
    {"net/netlink", Layer::Transport},
    {"net/packet", Layer::Transport},
    {"net/core/dev", Layer::Link},
    {"net/core/gro", Layer::Link},
    {"net/core/neigh", Layer::Link},
    {"net/core/dst", Layer::Ip},
    {"net/ethernet", Layer::Link},
    {"net/sched", Layer::Link},
    {"net/core/", Layer::Socket},
    {"net/socket", Layer::Socket},
    {"net/", Layer::Socket},
    {"kernel/security/", Layer::Socket},
    {"kernel/mm/", Layer::Vfs},
    {"kernel/kernel/", Layer::Vfs},
    {"kernel/init/", Layer::Vfs},
    {"kernel26/fs/", Layer::Vfs},
    {"kernel26/mm/", Layer::Vfs},
    {"kernel26/kernel/", Layer::Vfs},
    {"kernel26/init/", Layer::Vfs},
    {"kernel26/arch/", Layer::Vfs},
    {"kernel26/security/", Layer::Socket},
    {"include/linux/fs", Layer::Vfs},
    {"include/linux/sched", Layer::Vfs},
    {"include/linux/netdevice", Layer::Link},
    {"include/linux/napi", Layer::Link},
    {"include/net/neigh", Layer::Link},
    {"include/net/tcp", Layer::Transport},
    {"include/net/udp", Layer::Transport},
    {"include/net/ip", Layer::Ip},
    {"include/net/route", Layer::Ip},
    {"include/net/dst", Layer::Ip},
};
} // namespace

Layer layerOf(const FunctionInfo& f) {
  for (auto& p : places)
    if (f.file.find(p.path) != f.file.npos) return p.layer;
  return Layer::Socket; // what every protocol shares: buffers, checksums, sock.h
}

bool entersKernel(const FunctionInfo& f) {
  if (f.era() == Era::Linux61) return f.name.starts_with("__x64_sys_");
  return f.name == "sys_socketcall" || f.name == "sys_close"; // sys_socket() and its like are called by the first
}

} // namespace sockwalk
