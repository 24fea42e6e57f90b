// UDP of 2.6.11, as far as a socket comes without a packet.
#include "engine/kernel26/include/net/inet.h"

namespace sockwalk::kernel26 {

Global26<proto> udp_prot{"udp_prot"};

static int udp_destroy_sock(const sock* sk) {
  KFUNC(udp_destroy_sock, sk);
  lock_sock(sk);
  release_sock(sk);
  return call.result(0);
}

static void udp_v4_unhash(const sock* sk) {
  KFUNC(udp_v4_unhash, sk);
  SIMPLIFIED("it has no port, so no packet can find it");
}

static void udp_close(const sock* sk, s32 timeout) {
  KFUNC(udp_close, sk, timeout);
  sk_common_release(sk);
}

void image_udp() {
  const proto* p = udp_prot;
  setBytes(p->name, "UDP", 4);
  set(p->close, fn<udp_close>);
  set(p->connect, unbuilt26<"ip4_datagram_connect">);
  set(p->disconnect, unbuilt26<"udp_disconnect">);
  set(p->ioctl, unbuilt26<"udp_ioctl">);
  set(p->destroy, fn<udp_destroy_sock>);
  set(p->setsockopt, unbuilt26<"udp_setsockopt">);
  set(p->getsockopt, unbuilt26<"udp_getsockopt">);
  set(p->sendmsg, unbuilt26<"udp_sendmsg">);
  set(p->recvmsg, unbuilt26<"udp_recvmsg">);
  set(p->sendpage, unbuilt26<"udp_sendpage">);
  set(p->backlog_rcv, unbuilt26<"udp_queue_rcv_skb">);
  set(p->hash, unbuilt26<"udp_v4_hash">);
  set(p->unhash, fn<udp_v4_unhash>);
  set(p->get_port, unbuilt26<"udp_v4_get_port">);
  set(p->slab_obj_size, sizeof(udp_sock));
}

} // namespace sockwalk::kernel26
