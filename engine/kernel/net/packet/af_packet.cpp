// Packet sockets, AF_PACKET: whole frames, below any protocol. Creation and release. The socket hooks itself into the
// device layer (dev_add_pack) as a protocol does.
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

static Global<proto> packet_proto{"packet_proto"};
static Global<proto_ops> packet_ops{"packet_ops"}, packet_ops_spkt{"packet_ops_spkt"};
static Global<net_proto_family> packet_family_ops{"packet_family_ops"};

static const packet_sock* pkt_sk(const sock* sk) { return reinterpret_cast<const packet_sock*>(sk); }
static bool running(const packet_sock* po) { return po->flags >> PACKET_SOCK_RUNNING & 1; }

static void __init_swait_queue_head(const swait_queue_head* q) {
  KFUNC(__init_swait_queue_head, q);
  INIT_LIST_HEAD(&q->task_list);
}

static void packet_sock_destruct(const sock* sk) {
  KFUNC(packet_sock_destruct, sk);
  skb_queue_purge(&sk->sk_error_queue);
  BUG_ON(sk_rmem_alloc_get(sk) || refcount_read(&sk->sk_wmem_alloc) || !sock_flag(sk, SOCK_DEAD));
}

static void __register_prot_hook(const sock* sk) {
  KFUNC(__register_prot_hook, sk);
  const packet_sock* packets = pkt_sk(sk);
  if (running(packets)) return;
  dev_add_pack(&packets->prot_hook);
  sock_hold(sk);
  set(packets->flags, packets->flags | 1ull << PACKET_SOCK_RUNNING);
}
static void __unregister_prot_hook(const sock* sk, bool sync) {
  KFUNC(__unregister_prot_hook, sk, sync);
  const packet_sock* packets = pkt_sk(sk);
  set(packets->flags, packets->flags & ~(1ull << PACKET_SOCK_RUNNING));
  __dev_remove_pack(&packets->prot_hook);
  refcount_dec_and_test(&sk->sk_refcnt);
}

// A frame climbs past the socket: it gives its reference back, and the frame goes on to whom else it is for.
static int passOver(const sk_buff* skb, const packet_type* pt) {
  NOTE("packet.passed_over", static_cast<const sock*>(pt->af_packet_priv.get()), skb->len);
  consume_skb(skb);
  return 0;
}
static int packet_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev) {
  KFUNC(packet_rcv, skb, dev, pt, orig_dev);
  SIMPLIFIED("the frame is not put in the socket's queue: packet sockets do not receive");
  return call.result(passOver(skb, pt));
}
static int packet_rcv_spkt(const sk_buff* skb, const net_device* dev, const packet_type* pt,
                           const net_device* orig_dev) {
  KFUNC(packet_rcv_spkt, skb, dev, pt, orig_dev);
  SIMPLIFIED("the frame is not put in the socket's queue: packet sockets do not receive");
  return call.result(passOver(skb, pt));
}

static void initPacketSock(const sock* sk, int type, u16 proto) {
  const packet_sock* po = pkt_sk(sk);
  __init_swait_queue_head(&po->skb_completion.wait);
  set(sk->sk_family, PF_PACKET);
  set(po->num, proto);
  set(po->xmit, unbuilt<"dev_queue_xmit">);
  set(sk->sk_destruct, fn<packet_sock_destruct>);
  if (type == SOCK_PACKET) set(po->prot_hook.func, fn<packet_rcv_spkt>);
  else set(po->prot_hook.func, fn<packet_rcv>);
  set(po->prot_hook.af_packet_priv, sk);
  set(po->prot_hook.af_packet_net, sock_net(sk));
}

// `protocol` is in network byte order here: an EtherType.
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
  sk_del_node_init(sk);
  sock_prot_inuse_add(sock_net(sk), packet_proto, -1);
  if (running(pkt_sk(sk))) __unregister_prot_hook(sk, false);
  set(pkt_sk(sk)->num, 0);
  lock_sock(sk);
  release_sock(sk);
  sock_orphan(sk);
  set(sock->sk, nullptr);
  skb_queue_purge(&sk->sk_receive_queue);
  sock_put(sk);
  return call.result(0);
}

static void layOps(const proto_ops* ops) {
  set(ops->family, PF_PACKET);
  set(ops->release, fn<packet_release>);
  set(ops->bind, unbuilt<"packet_bind">);
  set(ops->connect, fn<sock_no_connect>);
  set(ops->socketpair, fn<sock_no_socketpair>);
  set(ops->accept, fn<sock_no_accept>);
  set(ops->getname, unbuilt<"packet_getname">);
  set(ops->poll, unbuilt<"packet_poll">);
  set(ops->ioctl, unbuilt<"packet_ioctl">);
  set(ops->listen, fn<sock_no_listen>);
  set(ops->shutdown, fn<sock_no_shutdown>);
  set(ops->setsockopt, unbuilt<"packet_setsockopt">);
  set(ops->getsockopt, unbuilt<"packet_getsockopt">);
  set(ops->sendmsg, unbuilt<"packet_sendmsg">);
  set(ops->recvmsg, unbuilt<"packet_recvmsg">);
}
void image_packet() {
  layOps(packet_ops);
  layOps(packet_ops_spkt);
  setBytes(packet_proto->name, "PACKET", 6);
  set(packet_proto->obj_size, sizeof(packet_sock));
  set(packet_family_ops->family, PF_PACKET);
  set(packet_family_ops->create, fn<packet_create>);
}

int packet_init() {
  KFUNC(packet_init);
  proto_register(packet_proto, 0); // no slab of its own: kmalloc-2k
  sock_register(packet_family_ops);
  return call.result(0);
}

} // namespace sockwalk::kernel
