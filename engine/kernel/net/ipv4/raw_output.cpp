// Raw sockets send what follows the IP header, or (IP_HDRINCL) the whole packet.
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/raw.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"
#include "engine/kernel/net/ipv4/raw_internal.h"
#include "engine/memory/constants/netfilter.h"

namespace sockwalk::kernel {

// The first two bytes of an ICMP message were read already, to know its type for the route: `from` stands for them and
// for what the user still holds, one behind the other.
static int raw_getfrag(const void* from, const u8* to, int offset, int len, int odd, const sk_buff* skb) {
  KFUNC(raw_getfrag, from, to, offset, len, odd, skb);
  const auto* packet = static_cast<const raw_frag_vec*>(from);
  const int known = packet->hlen, ofKnown = std::clamp(known - offset, 0, len);
  if (ofKnown) {
    setBytes(to, packet->hdr.c + offset, static_cast<u32>(ofKnown));
    const bool summedHere = skb->ip_summed != CHECKSUM_PARTIAL;
    if (summedHere) set(skb->csum, csum_block_add(skb->csum, csum_partial_quiet(to, ofKnown, 0), odd));
    if (ofKnown == len) return call.result(0);
    odd = 0;
  }
  return call.result(ip_generic_getfrag(packet->msg, to + ofKnown, offset + ofKnown - known, len - ofKnown, odd, skb));
}

static int raw_probe_proto_opt(const raw_frag_vec* rfv, const flowi4* fl4) {
  if (fl4->__fl_common.flowic_proto != IPPROTO_ICMP) return 0;
  set(rfv->hlen, 2);
  if (!copy_from_iter_full(rfv->hdr.c, 2, &rfv->msg->msg_iter)) return -EFAULT;
  set(fl4->uli.icmpt.type, rfv->hdr.icmph.type);
  set(fl4->uli.icmpt.code, rfv->hdr.icmph.code);
  return 0;
}

namespace {
// A buffer for the packet, with headroom for the link's header. nullptr: *err.
const sk_buff* roomForPacket(const sock* sk, const msghdr* msg, u32 length, const rtable* rt, int* err) {
  const u32 headroom = LL_RESERVED_SPACE(rt->dst.dev);
  const sk_buff* skb = sock_alloc_send_skb(sk, length + headroom + 15, msg->msg_flags & MSG_DONTWAIT, err);
  if (!skb) return nullptr;
  skb_reserve(skb, headroom);
  set(skb->protocol, htons(ETH_P_IP));
  set(skb->priority, sk->sk_priority);
  skb_dst_set(skb, &rt->dst);
  return skb;
}

// The bytes as the sender wrote them. -EINVAL: their header says that it is longer than all of them.
int takePacket(const sk_buff* skb, const msghdr* msg, u32 length) {
  skb_reset_network_header(skb);
  const iphdr* iph = ip_hdr(skb);
  skb_put(skb, length);
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  set(skb->transport_header, skb->network_header);
  if (!copy_from_iter_full(reinterpret_cast<const u8*>(iph), length, &msg->msg_iter)) return -EFAULT;
  const u32 header = ip_hdr_length(iph);
  return sizeof *iph <= header && header <= length ? 0 : -EINVAL;
}

// What the sender left at zero, and what only the kernel may say.
void completeHeader(const net* net, const sk_buff* skb, const flowi4* fl4, u32 length) {
  const iphdr* iph = ip_hdr(skb);
  const u32 header = ip_hdr_length(iph);
  if (!iph->saddr) set(iph->saddr, fl4->saddr);
  set(iph->check, 0);
  set(iph->tot_len, htons(static_cast<u16>(length)));
  if (!iph->id) __ip_select_ident(net, iph, 1);
  set(iph->check, ip_fast_csum(iph, header / 4));
  set(skb->transport_header, skb->transport_header + header);
  const bool icmp = iph->protocol == IPPROTO_ICMP && length >= header + sizeof(icmphdr);
  if (icmp) icmp_out_count(net, icmp_hdr(skb)->type);
}

int sendOut(const net* net, const sock* sk, const sk_buff* skb, const net_device* dev) {
  constexpr int Accepted = 1; // by every netfilter hook
  int err = nf_hook(NFPROTO_IPV4, NF_INET_LOCAL_OUT, net, sk, skb, nullptr, dev, fn<dst_output>);
  if (err == Accepted) err = dst_output(net, sk, skb);
  if (err <= 0) return err;
  return err == NET_XMIT_CN ? 0 : -ENOBUFS; // the queue dropped this one; or only warns that it will drop others
}
} // namespace

// The sender wrote the IP header: only what it left at zero, the length and the checksum are filled in.
static int raw_send_hdrinc(const sock* sk, const flowi4* fl4, const msghdr* msg, u32 length, const rtable** rtp) {
  KFUNC(raw_send_hdrinc, sk, fl4, msg, length);
  INLINED();
  const rtable* rt = *rtp;
  const net_device* dev = rt->dst.dev;
  if (length > dev->mtu) { // it is not cut up: the header is the sender's
    ip_local_error(sk, EMSGSIZE, fl4->daddr, inet_sk(sk)->inet_dport, dev->mtu);
    return call.result(-EMSGSIZE);
  }
  if (length < sizeof(iphdr)) return call.result(-EINVAL);
  if (msg->msg_flags & MSG_PROBE) return call.result(0);
  int err = 0;
  const sk_buff* skb = roomForPacket(sk, msg, length, rt, &err);
  if (!skb) return call.result(err);
  *rtp = nullptr; // the packet holds the route now
  if (msg->msg_flags & MSG_CONFIRM) set(skb, sk_buff::bit::dst_pending_confirm, 1);
  err = takePacket(skb, msg, length);
  if (err) {
    kfree_skb(skb);
    return call.result(err);
  }
  completeHeader(sock_net(sk), skb, fl4, length);
  return call.result(sendOut(sock_net(sk), sk, skb, dev));
}

static int rawDestination(const sock* sk, const msghdr* msg, u32& daddr) {
  const bool named = msg->msg_namelen;
  const auto* to = skCast<sockaddr_in>(msg->msg_name.get());
  if (!named) {
    daddr = inet_sk(sk)->inet_daddr;
    return sk->sk_state == TCP_ESTABLISHED ? 0 : -EDESTADDRREQ;
  }
  if (msg->msg_namelen < int(sizeof *to)) return -EINVAL;
  daddr = to->sin_addr.s_addr;
  const bool familyLeftOut = to->sin_family == AF_UNSPEC; // old programs do
  return familyLeftOut || to->sin_family == AF_INET ? 0 : -EAFNOSUPPORT;
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

// What goes with this packet only. *once: what is to be freed with it (IP_RETOPTS).
static int rawOptions(const inet_sock* inet, const msghdr* msg, const ipcm_cookie* options,
                      const ip_options_rcu** once) {
  ipcm_init_sk(options, inet);
  if (inet->hdrincl) set(options->protocol, IPPROTO_RAW);
  const int err = msg->msg_controllen ? ip_cmsg_send(&inet->sk, msg, options, false) : 0;
  *once = options->opt;
  if (err) return err;
  if (*once) return inet->hdrincl ? -EINVAL : 0; // who writes the header writes its options too
  if (!inet->hdrincl) set(options->opt, inet->inet_opt);
  return 0;
}

// Device, source and type of service for the route; they stand in `flow` then.
static void rawFlow(const inet_sock* inet, const msghdr* msg, u32 to, const ipcm_cookie* options, const flowi4* flow) {
  const sock* sk = &inet->sk;
  u32 from = options->addr;
  set(options->addr, to);
  const bool onLink = sock_flag(sk, SOCK_LOCALROUTE) || msg->msg_flags & MSG_DONTROUTE, group = ipv4_is_multicast(to);
  const u8 service = (options->tos != -1 ? int(options->tos) : int(inet->tos)) & IPTOS_RT_MASK;
  if (!options->oif) set(options->oif, group ? inet->mc_index : inet->uc_index);
  if (group && !from) from = inet->mc_addr;
  const u8 flags = inet_sk_flowi_flags(sk) | (inet->hdrincl ? FLOWI_FLAG_KNOWN_NH : 0);
  flowi4_init_output(flow, options->oif, options->sockc.mark, onLink ? service | RTO_ONLINK : service,
                     RT_SCOPE_UNIVERSE, static_cast<u8>(inet->hdrincl ? options->protocol : sk->sk_protocol), flags, to,
                     from, 0, 0, sk->sk_uid.val);
}

int raw_sendmsg(const sock* sk, const msghdr* msg, u64 len) {
  KFUNC(raw_sendmsg, sk, msg, len);
  const inet_sock* inet = inet_sk(sk);
  if (len > 0xffff) return call.result(-EMSGSIZE);
  if (msg->msg_flags & MSG_OOB) return call.result(-EOPNOTSUPP);
  u32 to;
  if (const int err = rawDestination(sk, msg, to)) return call.result(err);
  OnStack<ipcm_cookie> options;
  OnStack<flowi4> flow;
  OnStack<raw_frag_vec> packet;
  const ip_options_rcu* once;
  int err = rawOptions(inet, msg, options, &once);
  if (!err) {
    rawFlow(inet, msg, to, options, flow);
    set(packet->msg, msg);
    err = inet->hdrincl ? 0 : raw_probe_proto_opt(packet, flow);
  }
  if (err) {
    kfree(once);
    return call.result(err);
  }
  security_sk_classify_flow(sk, &flow->__fl_common);
  const rtable* rt = ip_route_output_flow(sock_net(sk), flow, sk);
  if (IS_ERR(rt)) {
    err = static_cast<int>(PTR_ERR(rt));
    rt = nullptr;
  } else if (rt->rt_flags & RTCF_BROADCAST && !sock_flag(sk, SOCK_BROADCAST)) {
    err = -EACCES;
  } else {
    confirmIfProbed(msg, rt, &flow->daddr);
    err = inet->hdrincl ? raw_send_hdrinc(sk, flow, msg, static_cast<u32>(len), &rt)
                        : appendRaw(sk, flow, packet, len, options, &rt, msg->msg_flags);
  }
  ip_rt_put(rt);
  kfree(once);
  return call.result(err < 0 ? err : static_cast<int>(len));
}

} // namespace sockwalk::kernel
