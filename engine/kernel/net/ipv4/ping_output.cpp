// Ping sockets: the user writes an echo request, the kernel puts its own identifier in and sums it up.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/ping.h"
#include "engine/kernel/net/ipv4/ping_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

namespace {
struct pingfakehdr { // what becomes the header, and the sum of the data as it is copied
  icmphdr icmph;
  const msghdr* msg;
  u32 wcheck;
};
} // namespace

static int ping_getfrag(const void* from, const u8* to, int offset, int len, int odd, const sk_buff* skb) {
  KFUNC(ping_getfrag, from, to, offset, len, odd, skb);
  auto* header = const_cast<pingfakehdr*>(static_cast<const pingfakehdr*>(from));
  u32 sum = 0;
  if (!csum_and_copy_from_iter_full(to, len, sum, &header->msg->msg_iter)) return call.result(-EFAULT);
  header->wcheck = csum_block_add(header->wcheck, sum, offset);
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

// The last step of the checksum: the sum of the data, as it was copied, and that of the header.
static int ping_v4_push_pending_frames(const sock* sk, pingfakehdr& pfh, const flowi4* fl4) {
  KFUNC(ping_v4_push_pending_frames, sk, fl4);
  INLINED();
  const sk_buff* first = skb_peek(&sk->sk_write_queue);
  if (!first) return call.result(0);
  icmphdr& header = pfh.icmph;
  const u32 whole = csum_partial(&header, sizeof header, pfh.wcheck);
  header.checksum = csum_fold(whole);
  setBytes(icmp_hdr(first), &header, sizeof header);
  set(first, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  return call.result(ip_push_pending_frames(sk, fl4));
}

namespace {
// To whom: as the call says, or the peer of a connected socket.
int echoDestination(const sock* sk, const msghdr* msg, u32* to) {
  const auto* named = skCast<sockaddr_in>(msg->msg_name.get());
  *to = named ? named->sin_addr.s_addr : inet_sk(sk)->inet_daddr;
  if (!named) return sk->sk_state == TCP_ESTABLISHED ? 0 : -EDESTADDRREQ;
  if (msg->msg_namelen < int(sizeof *named)) return -EINVAL;
  return named->sin_family == AF_INET ? 0 : -EAFNOSUPPORT;
}

// What the route is asked for: device, source and type of service, and what kind of message it is.
void echoFlow(const inet_sock* inet, const msghdr* msg, u32 to, const icmphdr& request, const ipcm_cookie* options,
              const flowi4* flow) {
  const sock* sk = &inet->sk;
  u32 from = options->addr;
  set(options->addr, to);
  const bool onLink = msg->msg_flags & MSG_DONTROUTE || sock_flag(sk, SOCK_LOCALROUTE);
  const int asked = options->tos != -1 ? int(options->tos) : int(inet->tos);
  const u8 service = static_cast<u8>((asked & IPTOS_TOS_MASK) | (onLink ? RTO_ONLINK : 0));
  const bool group = ipv4_is_multicast(to); // which may have a device and a source of its own
  if (!options->oif) set(options->oif, group ? inet->mc_index : inet->uc_index);
  if (group && !from) from = inet->mc_addr;
  flowi4_init_output(flow, options->oif, options->sockc.mark, service, RT_SCOPE_UNIVERSE,
                     static_cast<u8>(sk->sk_protocol), inet_sk_flowi_flags(sk), to, from, 0, 0, sk->sk_uid.val);
  set(flow->uli.icmpt.type, request.type);
  set(flow->uli.icmpt.code, request.code);
}

// The request with our identifier in place of the user's, so that the reply finds this socket and no other.
int sendEcho(const sock* sk, const msghdr* msg, int len, const icmphdr& request, const ipcm_cookie* options,
             const flowi4* flow, const rtable** rt) {
  if (!options->addr) set(options->addr, flow->daddr);
  lock_sock(sk);
  pingfakehdr echo{};
  echo.icmph.type = request.type;
  echo.icmph.un.echo.id = inet_sk(sk)->inet_sport;
  echo.icmph.un.echo.sequence = request.un.echo.sequence;
  echo.msg = msg;
  int err = ip_append_data(sk, flow, ping_getfrag, &echo, len, sizeof(icmphdr), options, rt, msg->msg_flags);
  if (err) ip_flush_pending_frames(sk);
  else err = ping_v4_push_pending_frames(sk, echo, flow);
  release_sock(sk);
  return err;
}
} // namespace

int ping_v4_sendmsg(const sock* sk, const msghdr* msg, u64 len) {
  KFUNC(ping_v4_sendmsg, sk, msg, len);
  const inet_sock* inet = inet_sk(sk);
  icmphdr request;
  u32 to;
  if (const int err = ping_common_sendmsg(AF_INET, msg, len, &request)) return call.result(err);
  if (const int err = echoDestination(sk, msg, &to)) return call.result(err);
  OnStack<ipcm_cookie> options;
  OnStack<flowi4> flow;
  ipcm_init_sk(options, inet);
  int err = msg->msg_controllen ? ip_cmsg_send(sk, msg, options, false) : 0;
  const ip_options_rcu* once = options->opt; // of this packet only (IP_RETOPTS)
  if (err) {
    kfree(once);
    return call.result(err);
  }
  if (!once) set(options->opt, inet->inet_opt);
  echoFlow(inet, msg, to, request, options, flow);
  security_sk_classify_flow(sk, &flow->__fl_common);
  const rtable* rt = ip_route_output_flow(sock_net(sk), flow, sk);
  if (IS_ERR(rt)) {
    err = static_cast<int>(PTR_ERR(rt));
    rt = nullptr;
  } else {
    const bool forbidden = rt->rt_flags & RTCF_BROADCAST && !sock_flag(sk, SOCK_BROADCAST);
    if (!forbidden) confirmIfProbed(msg, rt, &flow->daddr);
    err = forbidden ? -EACCES : sendEcho(sk, msg, static_cast<int>(len), request, options, flow, &rt);
  }
  ip_rt_put(rt);
  kfree(once);
  return call.result(err ? err : static_cast<int>(len));
}

} // namespace sockwalk::kernel
