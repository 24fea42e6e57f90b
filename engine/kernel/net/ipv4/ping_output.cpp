// Ping sockets: the user writes an echo request, the kernel puts its own identifier in and sums it up.
#include "engine/kernel/include/net/inet_send.h"
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/ping.h"
#include "engine/kernel/include/net/sock_send.h"

namespace sockwalk::kernel {

namespace {
struct pingfakehdr { // what becomes the header, and the sum of the data as it is copied
  icmphdr icmph;
  const msghdr* msg;
  u32 wcheck;
};
constexpr u8 ICMP_ECHO = 8;
} // namespace

static int ping_getfrag(const void* from, const u8* to, int offset, int len, int odd, const sk_buff* skb) {
  KFUNC(ping_getfrag, from, to, offset, len, odd, skb);
  auto* pfh = const_cast<pingfakehdr*>(static_cast<const pingfakehdr*>(from));
  u32 csum = 0;
  if (!csum_and_copy_from_iter_full(to, len, csum, &pfh->msg->msg_iter)) return call.result(-EFAULT);
  pfh->wcheck = csum_block_add(pfh->wcheck, csum, offset);
  return call.result(0);
}

static int ping_common_sendmsg(int family, const msghdr* msg, u64 len, icmphdr* user_icmph) {
  KFUNC(ping_common_sendmsg, family, msg, len);
  if (len > 0xffff) return call.result(-EMSGSIZE);
  if (len < sizeof *user_icmph) return call.result(-EINVAL);
  if (msg->msg_flags & MSG_OOB) return call.result(-EOPNOTSUPP);
  OnStack<icmphdr> header;
  if (!copy_from_iter_full(reinterpret_cast<const u8*>(header.get()), sizeof(icmphdr), &msg->msg_iter))
    return call.result(-EFAULT);
  std::memcpy(static_cast<void*>(user_icmph), header.get(), sizeof(icmphdr));
  return call.result(user_icmph->type == ICMP_ECHO && user_icmph->code == 0 ? 0 : -EINVAL);
}

static int ping_v4_push_pending_frames(const sock* sk, pingfakehdr& pfh, const flowi4* fl4) {
  KFUNC(ping_v4_push_pending_frames, sk, fl4);
  const sk_buff* skb = skb_peek(&sk->sk_write_queue);
  if (!skb) return call.result(0);
  pfh.icmph.checksum = csum_fold(csum_partial(&pfh.icmph, sizeof(icmphdr), pfh.wcheck));
  setBytes(icmp_hdr(skb), &pfh.icmph, sizeof(icmphdr));
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  return call.result(ip_push_pending_frames(sk, fl4));
}

int ping_v4_sendmsg(const sock* sk, const msghdr* msg, u64 len) {
  KFUNC(ping_v4_sendmsg, sk, msg, len);
  const inet_sock* inet = inet_sk(sk);
  icmphdr user_icmph;
  if (const int err = ping_common_sendmsg(AF_INET, msg, len, &user_icmph)) return call.result(err);
  u32 daddr = inet->inet_daddr;
  if (const auto* usin = skCast<sockaddr_in>(msg->msg_name.get())) {
    if (msg->msg_namelen < int(sizeof *usin)) return call.result(-EINVAL);
    if (usin->sin_family != AF_INET) return call.result(-EAFNOSUPPORT);
    daddr = usin->sin_addr.s_addr;
  } else if (sk->sk_state != TCP_ESTABLISHED) {
    return call.result(-EDESTADDRREQ);
  }
  OnStack<ipcm_cookie> ipc;
  OnStack<flowi4> fl4;
  ipcm_init_sk(ipc, inet);
  int err = msg->msg_controllen ? ip_cmsg_send(sk, msg, ipc, false) : 0;
  const ip_options_rcu* once = ipc->opt; // of this packet only (IP_RETOPTS)
  if (err) return kfree(once), call.result(err);
  if (!once) set(ipc->opt, inet->inet_opt);
  u32 saddr = ipc->addr;
  set(ipc->addr, daddr);
  u8 tos = (ipc->tos != -1 ? int(ipc->tos) : int(inet->tos)) & IPTOS_TOS_MASK;
  if (sock_flag(sk, SOCK_LOCALROUTE) || msg->msg_flags & MSG_DONTROUTE) tos |= RTO_ONLINK;
  if (ipv4_is_multicast(daddr)) {
    if (!ipc->oif) set(ipc->oif, inet->mc_index);
    if (!saddr) saddr = inet->mc_addr;
  } else if (!ipc->oif) {
    set(ipc->oif, inet->uc_index);
  }
  flowi4_init_output(fl4, ipc->oif, ipc->sockc.mark, tos, RT_SCOPE_UNIVERSE, sk->sk_protocol, inet_sk_flowi_flags(sk),
                     daddr, saddr, 0, 0, sk->sk_uid.val);
  set(fl4->uli.icmpt.type, user_icmph.type);
  set(fl4->uli.icmpt.code, user_icmph.code);
  security_sk_classify_flow(sk, &fl4->__fl_common);
  const rtable* rt = ip_route_output_flow(sock_net(sk), fl4, sk);
  if (IS_ERR(rt)) {
    ip_rt_put(nullptr);
    kfree(once);
    return call.result(static_cast<int>(PTR_ERR(rt)));
  }
  err = rt->rt_flags & RTCF_BROADCAST && !sock_flag(sk, SOCK_BROADCAST) ? -EACCES : 0;
  if (!err) {
    if (!ipc->addr) set(ipc->addr, fl4->daddr);
    lock_sock(sk);
    pingfakehdr pfh{};
    pfh.icmph.type = user_icmph.type;
    pfh.icmph.un.echo.id = inet->inet_sport;
    pfh.icmph.un.echo.sequence = user_icmph.un.echo.sequence;
    pfh.msg = msg;
    err = ip_append_data(sk, fl4, ping_getfrag, &pfh, static_cast<int>(len), sizeof(icmphdr), ipc, &rt, msg->msg_flags);
    if (err) ip_flush_pending_frames(sk);
    else err = ping_v4_push_pending_frames(sk, pfh, fl4);
    release_sock(sk);
  }
  ip_rt_put(rt);
  kfree(once);
  return call.result(err ? err : static_cast<int>(len));
}

} // namespace sockwalk::kernel
