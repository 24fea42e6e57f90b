// Packet sockets: which frames they see. The hook, prot_hook, is a struct packet_type as a protocol has one: an
// EtherType, maybe a device, and the function that is handed the frames.
#include "engine/kernel/net/packet/fanout.h"
#include <cstring>

namespace sockwalk::kernel {

void __register_prot_hook(const sock* sk) {
  KFUNC(__register_prot_hook, sk);
  const packet_sock* po = pkt_sk(sk);
  if (packet_sock_flag(po, PACKET_SOCK_RUNNING)) return;
  if (po->fanout) __fanout_link(sk, po);
  else dev_add_pack(&po->prot_hook);
  sock_hold(sk); // the list points at the socket
  packet_sock_flag_set(po, PACKET_SOCK_RUNNING, true);
  NOTE("packet.hooked", sk, po->prot_hook.type, po->prot_hook.dev.get());
}
static void register_prot_hook(const sock* sk) {
  KFUNC(register_prot_hook, sk);
  INLINED();
  __register_prot_hook(sk);
}
static void synchronize_net() { KFUNC(synchronize_net); }
// sync: a frame may be on its way to the socket on another processor; waits until none is.
static void __unregister_prot_hook(const sock* sk, bool sync) {
  KFUNC(__unregister_prot_hook, sk, sync);
  const packet_sock* po = pkt_sk(sk);
  packet_sock_flag_set(po, PACKET_SOCK_RUNNING, false);
  if (po->fanout) __fanout_unlink(sk, po);
  else __dev_remove_pack(&po->prot_hook);
  refcount_dec_and_test(&sk->sk_refcnt);
  NOTE("packet.unhooked", sk);
  if (sync) synchronize_net();
}
void unregister_prot_hook(const sock* sk) {
  if (packet_sock_flag(pkt_sk(sk), PACKET_SOCK_RUNNING)) __unregister_prot_hook(sk, false);
}

// The hook cannot be changed while it is on a list: which list it is on depends on its type and device.
static void hookAnew(const sock* sk, const net_device* dev, u16 proto) {
  const packet_sock* po = pkt_sk(sk);
  if (packet_sock_flag(po, PACKET_SOCK_RUNNING)) {
    set(po->num, 0);
    __unregister_prot_hook(sk, true);
    if (dev) dev_get_by_index_rcu(sock_net(sk), dev->ifindex); // it may have gone while we waited
  }
  set(po->num, proto);
  set(po->prot_hook.type, proto);
  set(po->prot_hook.dev, dev);
  set(po->ifindex, dev ? dev->ifindex : 0);
  set(po->cached_dev, dev);
  if (!proto) return; // of no type: it only sends
  if (!dev || dev->flags & IFF_UP) return register_prot_hook(sk);
  NOTE("packet.device_down", sk, dev);
  set(sk->sk_err, ENETDOWN);
  if (!sock_flag(sk, SOCK_DEAD)) sk_error_report(sk);
}

static int bindTo(const sock* sk, const char* name, int ifindex, u16 proto) {
  const packet_sock* po = pkt_sk(sk);
  if (!proto) proto = po->num;
  const net* net = sock_net(sk);
  const net_device* dev = name      ? dev_get_by_name_rcu(net, name)
                          : ifindex ? dev_get_by_index_rcu(net, ifindex)
                                    : nullptr;
  if (!dev && (name || ifindex)) return -ENODEV;
  const bool asBefore = po->prot_hook.type == proto && po->prot_hook.dev == dev;
  if (!asBefore) hookAnew(sk, dev, proto);
  return 0;
}
static int packet_do_bind(const sock* sk, const char* name, int ifindex, u16 proto) {
  KFUNC(packet_do_bind, sk, ifindex, proto);
  lock_sock(sk);
  const bool inGroup = static_cast<bool>(pkt_sk(sk)->fanout); // all members are hooked to the same
  const int err = inGroup ? -EINVAL : bindTo(sk, name, ifindex, proto);
  release_sock(sk);
  return call.result(err);
}

s32 packet_bind(const socket* sock, const sockaddr* uaddr, s32 addr_len) {
  KFUNC(packet_bind, sock, uaddr, addr_len);
  const auto* wanted = reinterpret_cast<const sockaddr_ll*>(uaddr);
  const bool understood = addr_len >= s32{sizeof *wanted} && wanted->sll_family == AF_PACKET;
  if (!understood) return call.result(-EINVAL);
  return call.result(packet_do_bind(sock->sk, nullptr, wanted->sll_ifindex, wanted->sll_protocol));
}
// Of SOCK_PACKET: a device's name where an address would stand.
s32 packet_bind_spkt(const socket* sock, const sockaddr* uaddr, s32 addr_len) {
  KFUNC(packet_bind_spkt, sock, uaddr, addr_len);
  if (addr_len != s32{sizeof(sockaddr)}) return call.result(-EINVAL);
  char name[sizeof uaddr->sa_data_min + 1] = {};
  std::memcpy(name, uaddr->sa_data_min, sizeof uaddr->sa_data_min);
  return call.result(packet_do_bind(sock->sk, name, 0, 0));
}

// ---- what it is bound to
s32 packet_getname(const socket* sock, const sockaddr* uaddr, s32 peer) {
  KFUNC(packet_getname, sock, uaddr, peer);
  if (peer) return call.result(-EOPNOTSUPP); // there is no other end
  const packet_sock* po = pkt_sk(sock->sk);
  const auto* told = reinterpret_cast<const sockaddr_ll*>(uaddr);
  const int ifindex = po->ifindex;
  const net_device* dev = dev_get_by_index_rcu(sock_net(sock->sk), ifindex);
  set(told->sll_family, AF_PACKET);
  set(told->sll_ifindex, ifindex);
  set(told->sll_protocol, po->num);
  set(told->sll_pkttype, 0);
  set(told->sll_hatype, dev ? dev->type : 0);
  set(told->sll_halen, dev ? dev->addr_len : 0);
  if (dev) setBytes(told->sll_addr, dev->dev_addr.get(), dev->addr_len);
  return call.result(static_cast<s32>(LinkAddressBegin + told->sll_halen));
}
s32 packet_getname_spkt(const socket* sock, const sockaddr* uaddr, s32 peer) {
  KFUNC(packet_getname_spkt, sock, uaddr, peer);
  if (peer) return call.result(-EOPNOTSUPP);
  const net_device* dev = dev_get_by_index_rcu(sock_net(sock->sk), pkt_sk(sock->sk)->ifindex);
  set(uaddr->sa_family, AF_PACKET);
  fillBytes(uaddr->sa_data_min, 0, sizeof uaddr->sa_data_min);
  if (dev) setBytes(uaddr->sa_data_min, dev->name, sizeof uaddr->sa_data_min - 1);
  return call.result(s32{sizeof *uaddr});
}

} // namespace sockwalk::kernel
