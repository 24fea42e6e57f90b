// Raw sockets send what follows the IP header, or (IP_HDRINCL) the whole packet.
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inet_send.h"
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/netfilter.h"
#include "engine/kernel/include/net/raw.h"
#include "engine/kernel/include/net/sock_send.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"

namespace sockwalk::kernel {

// The first two bytes of an ICMP message were read already, to know its type for the route.
static int raw_getfrag(const void* from, const u8* to, int offset, int len, int odd, const sk_buff* skb) {
  KFUNC(raw_getfrag, from, to, offset, len, odd, skb);
  const auto* rfv = static_cast<const raw_frag_vec*>(from);
  if (offset < rfv->hlen) {
    const int copy = std::min(rfv->hlen - offset, len);
    setBytes(to, rfv->hdr.c + offset, copy);
    if (skb->ip_summed != CHECKSUM_PARTIAL)
      set(skb->csum, csum_block_add(skb->csum, csum_partial_quiet(to, copy, 0), odd));
    odd = 0;
    offset += copy;
    to += copy;
    len -= copy;
    if (!len) return call.result(0);
  }
  offset -= rfv->hlen;
  return call.result(ip_generic_getfrag(rfv->msg, to, offset, len, odd, skb));
}

static int raw_probe_proto_opt(const raw_frag_vec* rfv, const flowi4* fl4) {
  if (fl4->__fl_common.flowic_proto != IPPROTO_ICMP) return 0;
  set(rfv->hlen, 2);
  if (!copy_from_iter_full(rfv->hdr.c, 2, &rfv->msg->msg_iter)) return -EFAULT;
  set(fl4->uli.icmpt.type, rfv->hdr.icmph.type);
  set(fl4->uli.icmpt.code, rfv->hdr.icmph.code);
  return 0;
}

// The sender wrote the IP header: only what it left at zero, the length and the checksum are filled in.
static int raw_send_hdrinc(const sock* sk, const flowi4* fl4, const msghdr* msg, u32 length, const rtable** rtp) {
  KFUNC(raw_send_hdrinc, sk, fl4, msg, length);
  const rtable* rt = *rtp;
  const net* net = sock_net(sk);
  if (length > rt->dst.dev->mtu) {
    ip_local_error(sk, EMSGSIZE, fl4->daddr, inet_sk(sk)->inet_dport, rt->dst.dev->mtu);
    return call.result(-EMSGSIZE);
  }
  if (length < sizeof(iphdr)) return call.result(-EINVAL);
  if (msg->msg_flags & MSG_PROBE) return call.result(0);
  const u32 hlen = LL_RESERVED_SPACE(rt->dst.dev);
  int err = 0;
  const sk_buff* skb = sock_alloc_send_skb(sk, length + hlen + 15, msg->msg_flags & MSG_DONTWAIT, &err);
  if (!skb) return call.result(err);
  skb_reserve(skb, hlen);
  set(skb->protocol, htons(ETH_P_IP));
  set(skb->priority, sk->sk_priority);
  skb_dst_set(skb, &rt->dst);
  *rtp = nullptr;
  skb_reset_network_header(skb);
  const iphdr* iph = ip_hdr(skb);
  skb_put(skb, length);
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  set(skb->transport_header, skb->network_header);
  if (!copy_from_iter_full(reinterpret_cast<const u8*>(iph), length, &msg->msg_iter))
    return kfree_skb(skb), call.result(-EFAULT);
  const u32 iphlen = ip_hdr_length(iph);
  if (iphlen > length || iphlen < sizeof *iph) return kfree_skb(skb), call.result(-EINVAL);
  if (!iph->saddr) set(iph->saddr, fl4->saddr);
  set(iph->check, 0);
  set(iph->tot_len, htons(static_cast<u16>(length)));
  if (!iph->id) __ip_select_ident(net, iph, 1);
  set(iph->check, ip_fast_csum(iph, iphlen / 4));
  set(skb->transport_header, skb->transport_header + iphlen);
  if (iph->protocol == IPPROTO_ICMP && length >= iphlen + sizeof(icmphdr)) icmp_out_count(net, icmp_hdr(skb)->type);
  err = nf_hook(NFPROTO_IPV4, NF_INET_LOCAL_OUT, net, sk, skb, nullptr, rt->dst.dev, fn<dst_output>);
  if (err == 1) err = dst_output(net, sk, skb);
  return call.result(err > 0 ? (err == NET_XMIT_CN ? 0 : -ENOBUFS) : err);
}

static int rawDestination(const sock* sk, const msghdr* msg, u32& daddr) {
  if (!msg->msg_namelen) {
    if (sk->sk_state != TCP_ESTABLISHED) return -EDESTADDRREQ;
    daddr = inet_sk(sk)->inet_daddr;
    return 0;
  }
  const auto* usin = skCast<sockaddr_in>(msg->msg_name.get());
  if (msg->msg_namelen < int(sizeof *usin)) return -EINVAL;
  if (usin->sin_family != AF_INET && usin->sin_family) return -EAFNOSUPPORT;
  daddr = usin->sin_addr.s_addr;
  return 0;
}

static int appendRaw(const sock* sk, const flowi4* fl4, const raw_frag_vec* rfv, u64 len, const ipcm_cookie* ipc,
                     const rtable** rt, u32 flags) {
  if (!ipc->addr) set(ipc->addr, fl4->daddr);
  lock_sock(sk);
  int err = ip_append_data(sk, fl4, raw_getfrag, rfv, static_cast<int>(len), 0, ipc, rt, flags);
  if (err) {
    ip_flush_pending_frames(sk);
  } else if (!(flags & MSG_MORE)) {
    err = ip_push_pending_frames(sk, fl4);
    if (err == -ENOBUFS && !inet_sk(sk)->recverr) err = 0;
  }
  release_sock(sk);
  return err;
}

int raw_sendmsg(const sock* sk, const msghdr* msg, u64 len) {
  KFUNC(raw_sendmsg, sk, msg, len);
  const inet_sock* inet = inet_sk(sk);
  if (len > 0xffff) return call.result(-EMSGSIZE);
  if (msg->msg_flags & MSG_OOB) return call.result(-EOPNOTSUPP);
  u32 daddr;
  if (const int err = rawDestination(sk, msg, daddr)) return call.result(err);
  OnStack<ipcm_cookie> ipc;
  OnStack<flowi4> fl4;
  OnStack<raw_frag_vec> rfv;
  ipcm_init_sk(ipc, inet);
  if (inet->hdrincl) set(ipc->protocol, IPPROTO_RAW);
  int err = msg->msg_controllen ? ip_cmsg_send(sk, msg, ipc, false) : 0;
  const ip_options_rcu* once = ipc->opt; // of this packet only (IP_RETOPTS)
  if (!err && once && inet->hdrincl) err = -EINVAL;
  if (err) return kfree(once), call.result(err);
  if (!once && !inet->hdrincl) set(ipc->opt, inet->inet_opt);
  u32 saddr = ipc->addr;
  set(ipc->addr, daddr);
  u8 tos = (ipc->tos != -1 ? int(ipc->tos) : int(inet->tos)) & IPTOS_RT_MASK;
  if (sock_flag(sk, SOCK_LOCALROUTE) || msg->msg_flags & MSG_DONTROUTE) tos |= RTO_ONLINK;
  if (ipv4_is_multicast(daddr)) {
    if (!ipc->oif) set(ipc->oif, inet->mc_index);
    if (!saddr) saddr = inet->mc_addr;
  } else if (!ipc->oif) {
    set(ipc->oif, inet->uc_index);
  }
  const u8 flags = inet_sk_flowi_flags(sk) | (inet->hdrincl ? FLOWI_FLAG_KNOWN_NH : 0);
  flowi4_init_output(fl4, ipc->oif, ipc->sockc.mark, tos, RT_SCOPE_UNIVERSE,
                     inet->hdrincl ? u8(ipc->protocol) : u8(sk->sk_protocol), flags, daddr, saddr, 0, 0,
                     sk->sk_uid.val);
  set(rfv->msg, msg);
  err = inet->hdrincl ? 0 : raw_probe_proto_opt(rfv, fl4);
  if (err) return kfree(once), call.result(err);
  security_sk_classify_flow(sk, &fl4->__fl_common);
  const rtable* rt = ip_route_output_flow(sock_net(sk), fl4, sk);
  if (IS_ERR(rt)) {
    ip_rt_put(nullptr);
    kfree(once);
    return call.result(static_cast<int>(PTR_ERR(rt)));
  }
  if (rt->rt_flags & RTCF_BROADCAST && !sock_flag(sk, SOCK_BROADCAST)) err = -EACCES;
  else if (inet->hdrincl) err = raw_send_hdrinc(sk, fl4, msg, static_cast<u32>(len), &rt);
  else err = appendRaw(sk, fl4, rfv, len, ipc, &rt, msg->msg_flags);
  ip_rt_put(rt);
  kfree(once);
  return call.result(err < 0 ? err : static_cast<int>(len));
}

} // namespace sockwalk::kernel
