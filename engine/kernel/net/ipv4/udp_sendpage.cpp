// A page of a file as a part of a datagram: sendfile() on a UDP socket.
#include "engine/kernel/include/linux/errqueue.h"
#include "engine/kernel/include/linux/udp.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/net/ipv4/udp_impl.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

static int ip_append_page(const sock* sk, const page* page, int offset, u64 size, int flags) {
  KFUNC(ip_append_page, sk, page, offset, size, flags);
  SIMPLIFIED("the bytes are copied, as for a device that cannot gather a packet from several places");
  return call.result(skb_queue_empty(&sk->sk_write_queue) ? -EINVAL : -EOPNOTSUPP);
}

// A page brings no destination: a datagram without bytes is begun, to the socket's peer, and stays corked.
static int beginDatagram(const sock* sk, u32 flags) {
  OnStack<msghdr> nothing;
  set(nothing->msg_flags, flags | MSG_MORE);
  return udp_sendmsg(sk, nothing, 0);
}

int udp_sendpage(const sock* sk, const page* page, s32 offset, u64 size, s32 flags) {
  KFUNC(udp_sendpage, sk, page, offset, size, flags);
  u32 how = static_cast<u32>(flags);
  if (how & MSG_SENDPAGE_NOTLAST) how |= MSG_MORE;
  const int begun = udp_sk(sk)->pending ? 0 : beginDatagram(sk, how);
  if (begun < 0) return call.result(begun);
  lock_sock(sk);
  const int appended = udp_sk(sk)->pending ? ip_append_page(sk, page, offset, size, s32(how)) : -EINVAL;
  release_sock(sk);
  if (appended != -EOPNOTSUPP) return call.result(appended);
  return call.result(static_cast<int>(sock_no_sendpage(sk->sk_socket, page, offset, size, s32(how))));
}

} // namespace sockwalk::kernel
