// TCP's sockets, for who asks which there are: listeners stand in one hash table, connections of any state in another.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/sock_diag.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/include/net/request_sock.h"
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
static int inet_twsk_diag_fill(const sock* sk, const sk_buff* skb, const netlink_callback* cb, u32 flags,
                               bool net_admin) {
  KFUNC(inet_twsk_diag_fill, sk, skb, cb, flags, net_admin);
  const auto* tw = reinterpret_cast<const inet_timewait_sock*>(sk);
  const nlmsghdr* nlh;
  const inet_diag_msg* r = smallMessage(sk, skb, cb, flags, &nlh);
  if (!r) return call.result(-EMSGSIZE);
  set(r->idiag_state, tw->tw_substate);
  set(r->idiag_timer, 3);
  const u64 now = machine().jiffies(), end = tw->tw_timer.expires;
  set(r->idiag_expires, end > now ? (end - now) * 1000 / machine().options().hz : 0);
  if (net_admin && nla_put_u32(skb, INET_DIAG_MARK, tw->tw_mark)) {
    nlmsg_cancel(skb, nlh);
    return call.result(-EMSGSIZE);
  }
  nlmsg_end(skb, nlh);
  return call.result(0);
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
  const u64 now = machine().jiffies(), end = req->rsk_timer.expires;
  set(r->idiag_expires, end > now ? (end - now) * 1000 / machine().options().hz : 0);
  if (net_admin && nla_put_u32(skb, INET_DIAG_MARK, inet_rsk(req)->ir_mark)) {
    nlmsg_cancel(skb, nlh);
    return call.result(-EMSGSIZE);
  }
  nlmsg_end(skb, nlh);
  return call.result(0);
}

static int sk_diag_fill(const sock* sk, const sk_buff* skb, const netlink_callback* cb, const inet_diag_req_v2* r,
                        u32 flags, bool net_admin) {
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
  const auto fits = [](u16 asked, u16 is) { return !asked || asked == is; };
  if (sock_net(sk) != sock_net(s.skb->sk) || !(s.states & tcpf(state))) return false;
  if (s.r->sdiag_family != AF_UNSPEC && s.r->sdiag_family != sk->sk_family) return false;
  return fits(s.r->id.idiag_sport, htons(sk->sk_num)) && fits(s.r->id.idiag_dport, sk->sk_dport);
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

static void inet_diag_dump_icsk(const inet_hashinfo* hashinfo, const sk_buff* skb, const netlink_callback* cb,
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

static void tcp_diag_dump(const sk_buff* skb, const netlink_callback* cb, const inet_diag_req_v2* r) {
  KFUNC(tcp_diag_dump, skb, cb, r);
  inet_diag_dump_icsk(tcp_hashinfo, skb, cb, r);
}

// ---- one, by its addresses and ports. They are those of its own side first.
static const sock* inet_diag_find_one_icsk(const net* net, const inet_hashinfo* hashinfo, const inet_diag_req_v2* req) {
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
