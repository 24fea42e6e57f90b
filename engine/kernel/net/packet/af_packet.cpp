// Packet sockets, AF_PACKET: whole frames, below any protocol. A socket hooks itself into the device layer
// (dev_add_pack) as IP and ARP do: it sees what comes, before or beside them, and (with ETH_P_ALL) what goes.
// Here: creation, release, the tables of functions. The parts: bind, receive, send, opt, members, ring, blocks, fill, fanout.
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/packet/fanout.h"
#include "engine/kernel/net/packet/ring.h"

namespace sockwalk::kernel {

static Global<proto> packet_proto{"packet_proto"};
static Global<proto_ops> packet_ops{"packet_ops"}, packet_ops_spkt{"packet_ops_spkt"};
static Global<net_proto_family> packet_family_ops{"packet_family_ops"};

static void __init_swait_queue_head(const swait_queue_head* q) {
  KFUNC(__init_swait_queue_head, q);
  INIT_LIST_HEAD(&q->task_list);
}

static void packet_sock_destruct(const sock* sk) {
  KFUNC(packet_sock_destruct, sk);
  skb_queue_purge(&sk->sk_error_queue);
  BUG_ON(sk_rmem_alloc_get(sk) || refcount_read(&sk->sk_wmem_alloc) || !sock_flag(sk, SOCK_DEAD));
}

static void initPacketSock(const sock* sk, int type, u16 proto) {
  const packet_sock* po = pkt_sk(sk);
  __init_swait_queue_head(&po->skb_completion.wait);
  set(sk->sk_family, PF_PACKET);
  set(po->num, proto);
  set(po->xmit, fn<dev_queue_xmit>);
  set(sk->sk_destruct, fn<packet_sock_destruct>);
  if (type == SOCK_PACKET) set(po->prot_hook.func, fn<packet_rcv_spkt>);
  else set(po->prot_hook.func, fn<packet_rcv>);
  set(po->prot_hook.af_packet_priv, sk);
  set(po->prot_hook.af_packet_net, sock_net(sk));
}

// `protocol` is in network byte order here: an EtherType. A socket made with one sees frames at once, of all devices,
// until it is bound to one: programs that want only one device's create it with 0.
static s32 packet_create(const net* net, const socket* sock, s32 protocol, s32 kern) {
  KFUNC(packet_create, net, sock, protocol, kern);
  if (!ns_capable(net->user_ns, CAP_NET_RAW)) return call.result(-EPERM);
  if (sock->type != SOCK_DGRAM && sock->type != SOCK_RAW && sock->type != SOCK_PACKET)
    return call.result(-ESOCKTNOSUPPORT);
  set(sock->state, SS_UNCONNECTED);
  const struct sock* sk = sk_alloc(net, PF_PACKET, GFP_KERNEL, packet_proto, kern);
  if (!sk) return call.result(-ENOBUFS);
  set(sock->ops, sock->type == SOCK_PACKET ? packet_ops_spkt.get() : packet_ops.get());
  sock_init_data(sock, sk);
  const u16 etherType = static_cast<u16>(protocol);
  initPacketSock(sk, sock->type, etherType);
  if (etherType) {
    set(pkt_sk(sk)->prot_hook.type, etherType);
    __register_prot_hook(sk);
  }
  sk_add_node(sk, &net->packet.sklist);
  sock_prot_inuse_add(net, packet_proto, 1);
  return call.result(0);
}

static s32 packet_release(const socket* sock) {
  KFUNC(packet_release, sock);
  const struct sock* sk = sock->sk;
  if (!sk) return call.result(0);
  const packet_sock* po = pkt_sk(sk);
  sk_del_node_init(sk);
  sock_prot_inuse_add(sock_net(sk), packet_proto, -1);
  unregister_prot_hook(sk);
  set(po->num, 0);
  set(po->cached_dev, nullptr);
  set(po->prot_hook.dev, nullptr);
  packet_flush_mclist(sk); // what was asked of devices was asked for as long as the socket lives
  lock_sock(sk);
  freeRing(sk);
  release_sock(sk);
  fanout_release(sk);
  sock_orphan(sk);
  set(sock->sk, nullptr);
  skb_queue_purge(&sk->sk_receive_queue);
  sock_put(sk);
  return call.result(0);
}

static void layOps(const proto_ops* ops) {
  set(ops->family, PF_PACKET);
  set(ops->release, fn<packet_release>);
  set(ops->bind, fn<packet_bind>);
  set(ops->connect, fn<sock_no_connect>);
  set(ops->socketpair, fn<sock_no_socketpair>);
  set(ops->accept, fn<sock_no_accept>);
  set(ops->getname, fn<packet_getname>);
  set(ops->poll, fn<packet_poll>);
  set(ops->ioctl, fn<packet_ioctl>);
  set(ops->gettstamp, fn<sock_gettstamp>);
  set(ops->listen, fn<sock_no_listen>);
  set(ops->shutdown, fn<sock_no_shutdown>);
  set(ops->setsockopt, fn<packet_setsockopt>);
  set(ops->getsockopt, fn<packet_getsockopt>);
  set(ops->sendmsg, fn<packet_sendmsg>);
  set(ops->recvmsg, fn<packet_recvmsg>);
  set(ops->mmap, unbuilt<"packet_mmap">);
  set(ops->sendpage, fn<sock_no_sendpage>);
}
// The oldest kind, SOCK_PACKET, has addresses of its own and no options.
static void layOldOps(const proto_ops* ops) {
  layOps(ops);
  set(ops->bind, fn<packet_bind_spkt>);
  set(ops->getname, fn<packet_getname_spkt>);
  set(ops->poll, fn<datagram_poll>);
  set(ops->mmap, fn<sock_no_mmap>);
  set(ops->setsockopt, nullptr);
  set(ops->getsockopt, nullptr);
  set(ops->sendmsg, fn<packet_sendmsg_spkt>);
}
void image_packet() {
  image_packet_fanout();
  layOps(packet_ops);
  layOldOps(packet_ops_spkt);
  setBytes(packet_proto->name, "PACKET", 6);
  set(packet_proto->obj_size, sizeof(packet_sock));
  set(packet_family_ops->family, PF_PACKET);
  set(packet_family_ops->create, fn<packet_create>);
}

int packet_init() {
  KFUNC(packet_init);
  SIMPLIFIED("a socket is not told when its device goes down or comes up, or leaves");
  proto_register(packet_proto, 0); // no slab of its own: kmalloc-2k
  sock_register(packet_family_ops);
  return call.result(0);
}

} // namespace sockwalk::kernel
