// TCP's sockets, for who asks which there are. How they are found: inet_diag_icsk.cpp.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/sock_diag.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static Global<inet_diag_handler> tcp_diag_handler{"tcp_diag_handler"};

static void tcp_diag_get_info(const sock* sk, const inet_diag_msg* r, const void* into) {
  KFUNC(tcp_diag_get_info, sk, r);
  const tcp_sock* tp = tcp_sk(sk);
  if (sk->sk_state == TCP_LISTEN) { // how many wait to be accepted, and how many may
    set(r->idiag_rqueue, sk->sk_ack_backlog);
    set(r->idiag_wqueue, sk->sk_max_ack_backlog);
  } else {
    const s32 unread = static_cast<s32>(tp->rcv_nxt - tp->copied_seq);
    set(r->idiag_rqueue, unread > 0 ? unread : 0);
    set(r->idiag_wqueue, tp->write_seq - tp->snd_una);
  }
  if (into) tcp_get_info(sk, static_cast<const tcp_info*>(into));
}
static s32 tcp_diag_get_aux(const sock* sk, bool net_admin, const sk_buff* skb) {
  KFUNC(tcp_diag_get_aux, sk, net_admin, skb);
  return call.result(0); // neither MD5 keys nor protocols above TCP
}

static void tcp_diag_dump(const sk_buff* skb, const netlink_callback* cb, const inet_diag_req_v2* r) {
  KFUNC(tcp_diag_dump, skb, cb, r);
  inet_diag_dump_icsk(tcp_hashinfo, skb, cb, r);
}

static s32 tcp_diag_dump_one(const netlink_callback* cb, const inet_diag_req_v2* req) {
  KFUNC(tcp_diag_dump_one, cb, req);
  const sk_buff* in_skb = cb->skb;
  const net* net = sock_net(in_skb->sk);
  const sock* sk = inet_diag_find_one_icsk(net, tcp_hashinfo, req);
  if (IS_ERR(sk)) return call.result(static_cast<s32>(PTR_ERR(sk)));
  const bool net_admin = netlink_net_capable(in_skb, CAP_NET_ADMIN);
  const sk_buff* rep = nlmsg_new(inet_diag_msg_size(true), GFP_KERNEL);
  const int failed = rep ? sk_diag_fill(sk, rep, cb, req, 0, net_admin) : -ENOMEM;
  if (failed) kfree_skb(rep);
  const int sent = failed ? failed : netlink_unicast(net->diag_nlsk, rep, NETLINK_CB(in_skb)->portid, MSG_DONTWAIT);
  sock_gen_put(sk);
  return call.result(sent > 0 ? 0 : sent);
}

static s32 tcp_diag_destroy(const sk_buff* in_skb, const inet_diag_req_v2* req) {
  KFUNC(tcp_diag_destroy, in_skb, req);
  const sock* sk = inet_diag_find_one_icsk(sock_net(in_skb->sk), tcp_hashinfo, req);
  if (IS_ERR(sk)) return call.result(static_cast<s32>(PTR_ERR(sk)));
  const int failed = sock_diag_destroy(sk, ECONNABORTED);
  sock_gen_put(sk);
  return call.result(failed);
}

void tcp_diag_init() {
  set(tcp_diag_handler->dump, fn<tcp_diag_dump>);
  set(tcp_diag_handler->dump_one, fn<tcp_diag_dump_one>);
  set(tcp_diag_handler->idiag_get_info, fn<tcp_diag_get_info>);
  set(tcp_diag_handler->idiag_get_aux, fn<tcp_diag_get_aux>);
  set(tcp_diag_handler->destroy, fn<tcp_diag_destroy>);
  set(tcp_diag_handler->idiag_type, IPPROTO_TCP);
  set(tcp_diag_handler->idiag_info_size, sizeof(tcp_info));
  inet_diag_register(tcp_diag_handler);
}

} // namespace sockwalk::kernel
