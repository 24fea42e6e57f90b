// Of protocols with connections (TCP): where their sockets stand, and what is told of one that is no full socket any more, or
// not yet. Listeners stand in one hash table, connections of any state in another.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/sock_diag.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/include/net/request_sock.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

// ---- what is no full socket any more, or not yet
static const inet_diag_msg* smallMessage(const sock* sk, const sk_buff* skb, const netlink_callback* cb, u32 flags,
                                         const nlmsghdr** nlh) {
  *nlh = nlmsg_put(skb, NETLINK_CB(cb->skb)->portid, cb->nlh->nlmsg_seq, cb->nlh->nlmsg_type, sizeof(inet_diag_msg),
                   static_cast<int>(flags));
  if (!*nlh) return nullptr;
  const auto* r = nlmsg_data<inet_diag_msg>(*nlh);
  inet_diag_msg_common_fill(r, sk);
  return r;
}
static int finish(const sk_buff* skb, const nlmsghdr* nlh, int full) {
  if (full) nlmsg_cancel(skb, nlh);
  else nlmsg_end(skb, nlh);
  return full ? -EMSGSIZE : 0;
}
// How long until the timer; 0: it is over.
static u32 milliseconds(const timer_list* timer) {
  const u64 now = machine().jiffies(), end = timer->expires;
  return static_cast<u32>(end > now ? (end - now) * 1000 / machine().options().hz : 0);
}
static int inet_twsk_diag_fill(const sock* sk, const sk_buff* skb, const netlink_callback* cb, u32 flags,
                               bool net_admin) {
  KFUNC(inet_twsk_diag_fill, sk, skb, cb, flags, net_admin);
  const auto* tw = reinterpret_cast<const inet_timewait_sock*>(sk);
  const nlmsghdr* nlh;
  const inet_diag_msg* r = smallMessage(sk, skb, cb, flags, &nlh);
  if (!r) return call.result(-EMSGSIZE);
  set(r->idiag_state, tw->tw_substate);
  set(r->idiag_timer, 3);
  set(r->idiag_expires, milliseconds(&tw->tw_timer));
  return call.result(finish(skb, nlh, net_admin ? nla_put_u32(skb, INET_DIAG_MARK, tw->tw_mark) : 0));
}
static int inet_req_diag_fill(const sock* sk, const sk_buff* skb, const netlink_callback* cb, u32 flags,
                              bool net_admin) {
  KFUNC(inet_req_diag_fill, sk, skb, cb, flags, net_admin);
  const request_sock* req = inet_reqsk(sk);
  const nlmsghdr* nlh;
  const inet_diag_msg* r = smallMessage(sk, skb, cb, flags, &nlh);
  if (!r) return call.result(-EMSGSIZE);
  set(r->idiag_state, TCP_SYN_RECV);
  set(r->idiag_timer, 1);
  set(r->idiag_retrans, req->num_retrans);
  set(r->idiag_expires, milliseconds(&req->rsk_timer));
  return call.result(finish(skb, nlh, net_admin ? nla_put_u32(skb, INET_DIAG_MARK, inet_rsk(req)->ir_mark) : 0));
}

int sk_diag_fill(const sock* sk, const sk_buff* skb, const netlink_callback* cb, const inet_diag_req_v2* r, u32 flags,
                 bool net_admin) {
  KFUNC(sk_diag_fill, sk, skb, cb, r, flags, net_admin);
  if (sk->sk_state == TCP_TIME_WAIT) return call.result(inet_twsk_diag_fill(sk, skb, cb, flags, net_admin));
  if (sk->sk_state == TCP_NEW_SYN_RECV) return call.result(inet_req_diag_fill(sk, skb, cb, flags, net_admin));
  return call.result(inet_sk_diag_fill(sk, true, skb, cb, r, flags, net_admin));
}

// ---- all that fit
namespace {
struct Search {
  const sk_buff* skb;
  const netlink_callback* cb;
  const inet_diag_req_v2* r;
  u32 states;
  bool net_admin;
};
bool chosen(const Search& s, const sock* sk, u32 state) {
  return s.states & tcpf(state) && diagMeans(s.r, sk, sock_net(s.skb->sk));
}
// Where the buffer was full: the next one goes on there.
bool stopAt(const Search& s, s64 bucket, s64 place) {
  set(s.cb->args[1], bucket);
  set(s.cb->args[2], place);
  return false;
}
bool tellListeners(const Search& s, const inet_hashinfo* hashinfo) {
  if (!(s.states & tcpf(TCP_LISTEN)) || s.r->id.idiag_dport) return true;
  for (s64 bucket = s.cb->args[1], from = s.cb->args[2]; bucket <= hashinfo->lhash2_mask; ++bucket, from = 0) {
    s64 place = 0;
    const sock* sk = firstOnChain(&hashinfo->lhash2.get()[bucket].nulls_head);
    for (; sk; sk = nextOnChain(sk), ++place) {
      if (place < from || !chosen(s, sk, TCP_LISTEN) || !inet_diag_bc_sk(sk)) continue;
      if (inet_sk_diag_fill(sk, true, s.skb, s.cb, s.r, NLM_F_MULTI, s.net_admin) < 0) return stopAt(s, bucket, place);
    }
  }
  return true;
}
bool tellConnections(const Search& s, const inet_hashinfo* hashinfo) {
  for (s64 bucket = s.cb->args[1], from = s.cb->args[2]; bucket <= hashinfo->ehash_mask; ++bucket, from = 0) {
    s64 place = 0;
    for (const sock* sk = firstOnChain(&hashinfo->ehash.get()[bucket].chain); sk; sk = nextOnChain(sk), ++place) {
      const auto* tw = reinterpret_cast<const inet_timewait_sock*>(sk);
      const u32 state = sk->sk_state == TCP_TIME_WAIT ? u32(tw->tw_substate) : u32(sk->sk_state);
      if (place < from || !chosen(s, sk, state) || !inet_diag_bc_sk(sk)) continue;
      sock_hold(sk);
      const int full = sk_diag_fill(sk, s.skb, s.cb, s.r, NLM_F_MULTI, s.net_admin);
      sock_gen_put(sk);
      if (full < 0) return stopAt(s, bucket, place);
    }
  }
  return stopAt(s, s64(hashinfo->ehash_mask) + 1, 0);
}
} // namespace

void inet_diag_dump_icsk(const inet_hashinfo* hashinfo, const sk_buff* skb, const netlink_callback* cb,
                         const inet_diag_req_v2* r) {
  KFUNC(inet_diag_dump_icsk, hashinfo, skb, cb, r);
  Search s{skb, cb, r, r->idiag_states, netlink_net_capable(cb->skb, CAP_NET_ADMIN)};
  if (s.states & tcpf(TCP_SYN_RECV)) s.states |= tcpf(TCP_NEW_SYN_RECV);
  if (!cb->args[0]) {
    if (!tellListeners(s, hashinfo)) return;
    set(cb->args[0], 1);
    stopAt(s, 0, 0);
  }
  if (s.states & ~tcpf(TCP_LISTEN)) tellConnections(s, hashinfo);
}

// ---- one, by its addresses and ports. They are those of its own side first.
const sock* inet_diag_find_one_icsk(const net* net, const inet_hashinfo* hashinfo, const inet_diag_req_v2* req) {
  KFUNC(inet_diag_find_one_icsk, net, hashinfo, req);
  const inet_diag_sockid& id = req->id;
  const int device = static_cast<int>(id.idiag_if);
  const u32 local = id.idiag_src[0], remote = id.idiag_dst[0];
  const u16 port = ntohs(id.idiag_sport);
  const sock* sk = __inet_lookup_established(net, hashinfo, remote, id.idiag_dport, local, port, device, 0);
  if (!sk) {
    sk = __inet_lookup_listener(net, hashinfo, nullptr, 0, remote, id.idiag_dport, local, port, device, 0);
    if (sk) sock_hold(sk);
  }
  if (!sk) return call.result(ERR_PTR<sock>(-ENOENT));
  u32 cookie[2];
  std::memcpy(cookie, &id.idiag_cookie, sizeof cookie);
  if (!sock_diag_check_cookie(sk, cookie)) return call.result(sk);
  sock_gen_put(sk);
  return call.result(ERR_PTR<sock>(-ENOENT));
}

} // namespace sockwalk::kernel
