// UDP's sockets, for who asks which there are: all stand in one hash table, by their ports.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/sock_diag.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static Global<inet_diag_handler> udp_diag_handler{"udp_diag_handler"};

// Bytes that wait to be read, and that are still on their way out.
static void udp_diag_get_info(const sock* sk, const inet_diag_msg* r, const void* into) {
  KFUNC(udp_diag_get_info, sk, r);
  (void)into;
  const int kept = static_cast<int>(reinterpret_cast<const udp_sock*>(sk)->forward_deficit);
  const int unread = sk_rmem_alloc_get(sk) - kept;
  set(r->idiag_rqueue, unread > 0 ? unread : 0);
  set(r->idiag_wqueue, sk_wmem_alloc_get(sk));
}

static bool chosen(const sock* sk, const net* net, const inet_diag_req_v2* r) {
  return r->idiag_states & tcpf(sk->sk_state) && diagMeans(r, sk, net);
}

static void udp_dump(const struct udp_table* table, const sk_buff* skb, const netlink_callback* cb,
                     const inet_diag_req_v2* r) {
  const bool net_admin = netlink_net_capable(cb->skb, CAP_NET_ADMIN);
  s64 slot = cb->args[0], from = cb->args[1];
  for (; slot <= table->mask; ++slot, from = 0) {
    s64 place = 0;
    for (const sock* sk = sk_head(&table->hash.get()[slot].head); sk; sk = sk_next(sk), ++place) {
      if (place < from || !chosen(sk, sock_net(skb->sk), r) || !inet_diag_bc_sk(sk)) continue;
      if (!inet_sk_diag_fill(sk, false, skb, cb, r, NLM_F_MULTI, net_admin)) continue;
      set(cb->args[0], slot);
      set(cb->args[1], place);
      return;
    }
  }
  set(cb->args[0], slot);
  set(cb->args[1], 0);
}
static void udp_diag_dump(const sk_buff* skb, const netlink_callback* cb, const inet_diag_req_v2* r) {
  KFUNC(udp_diag_dump, skb, cb, r);
  udp_dump(udp_table, skb, cb, r);
}

static s32 udp_diag_dump_one(const netlink_callback* cb, const inet_diag_req_v2* req) {
  KFUNC(udp_diag_dump_one, cb, req);
  const sk_buff* in_skb = cb->skb;
  const net* net = sock_net(in_skb->sk);
  const inet_diag_sockid& id = req->id;
  const sock* sk = __udp4_lib_lookup(net, id.idiag_src[0], id.idiag_sport, id.idiag_dst[0], id.idiag_dport,
                                     static_cast<int>(id.idiag_if), 0, udp_table, nullptr);
  if (!sk) return call.result(-ENOENT);
  u32 cookie[2];
  std::memcpy(cookie, &id.idiag_cookie, sizeof cookie);
  if (const int other = sock_diag_check_cookie(sk, cookie)) return call.result(other);
  const sk_buff* rep = nlmsg_new(inet_diag_msg_size(false), GFP_KERNEL);
  if (!rep) return call.result(-ENOMEM);
  const bool net_admin = netlink_net_capable(in_skb, CAP_NET_ADMIN);
  if (const int full = inet_sk_diag_fill(sk, false, rep, cb, req, 0, net_admin))
    return kfree_skb(rep), call.result(full);
  const int sent = netlink_unicast(net->diag_nlsk, rep, NETLINK_CB(in_skb)->portid, MSG_DONTWAIT);
  return call.result(sent > 0 ? 0 : sent);
}

void udp_diag_init() {
  set(udp_diag_handler->dump, fn<udp_diag_dump>);
  set(udp_diag_handler->dump_one, fn<udp_diag_dump_one>);
  set(udp_diag_handler->idiag_get_info, fn<udp_diag_get_info>);
  set(udp_diag_handler->idiag_type, IPPROTO_UDP);
  inet_diag_register(udp_diag_handler);
}

} // namespace sockwalk::kernel
