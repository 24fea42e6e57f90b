// Control messages of IPv4: what a receiver may ask to be told of each packet (IP_PKTINFO, IP_RECVTTL, ...), what a
// sender may say for one packet only, and reading the error queue.
#include "engine/kernel/include/linux/errqueue.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

// ---- to the receiver
static void ip_cmsg_recv_pktinfo(const msghdr* msg, const sk_buff* skb) {
  const in_pktinfo* cb = controlBlock<in_pktinfo>(skb);
  const u32 info[3] = {static_cast<u32>(cb->ipi_ifindex), cb->ipi_spec_dst.s_addr, ip_hdr(skb)->daddr};
  put_cmsg(msg, SOL_IP, IP_PKTINFO, sizeof info, info);
}
static void ip_cmsg_recv_dstaddr(const msghdr* msg, const sk_buff* skb) {
  u8 sin[sizeof(sockaddr_in)] = {AF_INET, 0};
  std::memcpy(sin + 2, skb_transport_header(skb) + 2, 2); // the destination port: the second of the two
  const u32 daddr = ip_hdr(skb)->daddr;
  std::memcpy(sin + 4, &daddr, 4);
  put_cmsg(msg, SOL_IP, IP_RECVORIGDSTADDR, sizeof sin, sin);
}
static void ip_cmsg_recv_retopts(const net* net, const msghdr* msg, const sk_buff* skb) {
  const ip_options* came = &controlBlock<inet_skb_parm>(skb)->opt;
  if (!came->optlen) return;
  OnStack<ip_options_data> room;
  const ip_options* back = &room->opt.opt;
  if (__ip_options_echo(net, back, skb, came)) {
    set(msg->msg_flags, msg->msg_flags | MSG_CTRUNC);
    return;
  }
  ip_options_undo(back);
  put_cmsg(msg, SOL_IP, IP_RETOPTS, back->optlen, back->__data);
}
// The sum of the payload as the device found it: only if the device sums up whole packets.
static void ip_cmsg_recv_checksum(const msghdr* msg, const sk_buff* skb, int tlen, int offset) {
  if (skb->ip_summed != CHECKSUM_COMPLETE) return;
  u32 sum = skb->csum;
  if (offset) sum = csum_sub(sum, skb_checksum(skb, skb_transport_offset(skb) + tlen, offset, 0));
  put_cmsg(msg, SOL_IP, IP_CHECKSUM, sizeof sum, &sum);
}
static int security_socket_getpeersec_dgram(const sk_buff* skb) {
  KFUNC(security_socket_getpeersec_dgram, skb);
  return call.result(-ENOPROTOOPT);
}
void ip_cmsg_recv_offset(const msghdr* msg, const sock* sk, const sk_buff* skb, int tlen, int offset) {
  KFUNC(ip_cmsg_recv_offset, msg, sk, skb, tlen, offset);
  const u32 flags = inet_sk(sk)->cmsg_flags;
  const s32 ttl = ip_hdr(skb)->ttl;
  const u8 tos = ip_hdr(skb)->tos;
  if (flags & IP_CMSG_PKTINFO) ip_cmsg_recv_pktinfo(msg, skb);
  if (flags & IP_CMSG_TTL) put_cmsg(msg, SOL_IP, IP_TTL, sizeof ttl, &ttl);
  if (flags & IP_CMSG_TOS) put_cmsg(msg, SOL_IP, IP_TOS, 1, &tos);
  if (flags & IP_CMSG_RECVOPTS && ip_hdr(skb)->ihl > 5)
    put_cmsg(msg, SOL_IP, IP_RECVOPTS, ip_hdr(skb)->ihl * 4 - 20, ip_hdr(skb) + 1);
  if (flags & IP_CMSG_RETOPTS) ip_cmsg_recv_retopts(sock_net(sk), msg, skb);
  if (flags & IP_CMSG_PASSSEC) security_socket_getpeersec_dgram(skb); // a label, if a security module gives one
  if (flags & IP_CMSG_ORIGDSTADDR) ip_cmsg_recv_dstaddr(msg, skb);
  if (flags & IP_CMSG_CHECKSUM) ip_cmsg_recv_checksum(msg, skb, tlen, offset);
  if (flags & IP_CMSG_RECVFRAGSIZE && controlBlock<inet_skb_parm>(skb)->frag_max_size) {
    const s32 size = controlBlock<inet_skb_parm>(skb)->frag_max_size;
    put_cmsg(msg, SOL_IP, IP_RECVFRAGSIZE, sizeof size, &size);
  }
}

// ---- from the sender
namespace {

bool valueOf(const cmsghdr* cmsg, s32* v, bool byteToo = false) {
  const u64 len = cmsg->cmsg_len - sizeof(cmsghdr);
  if (len == 4) std::memcpy(v, CMSG_DATA(cmsg), 4);
  else if (byteToo && len == 1) *v = *CMSG_DATA(cmsg);
  else return false;
  return true;
}

// Options of this one packet; the caller frees them.
int takeOptions(const sock* sk, const cmsghdr* cmsg, const ipcm_cookie* ipc) {
  const ip_options_rcu* opt = nullptr;
  const u32 len = static_cast<u32>(std::min<u64>(cmsg->cmsg_len - sizeof(cmsghdr), 40));
  if (const int err = ip_options_get(sock_net(sk), &opt, CMSG_DATA(cmsg), len)) return err;
  kfree(ipc->opt.get());
  set(ipc->opt, opt);
  return 0;
}

int takeMessage(const sock* sk, const cmsghdr* cmsg, const ipcm_cookie* ipc) {
  s32 v;
  switch (cmsg->cmsg_type) {
  case IP_RETOPTS: return takeOptions(sk, cmsg, ipc);
  case IP_PKTINFO: {
    if (cmsg->cmsg_len != sizeof(cmsghdr) + sizeof(in_pktinfo)) return -EINVAL;
    const auto* info = reinterpret_cast<const in_pktinfo*>(CMSG_DATA(cmsg));
    if (info->ipi_ifindex) set(ipc->oif, info->ipi_ifindex);
    set(ipc->addr, info->ipi_spec_dst.s_addr);
    return 0;
  }
  case IP_TTL:
    if (!valueOf(cmsg, &v) || v < 1 || v > 255) return -EINVAL;
    set(ipc->ttl, v);
    return 0;
  case IP_TOS:
    if (!valueOf(cmsg, &v, true) || v < 0 || v > 255) return -EINVAL;
    set(ipc->tos, v);
    set(ipc->priority, rt_tos2priority(static_cast<u8>(v)));
    return 0;
  case IP_PROTOCOL:
    if (!valueOf(cmsg, &v) || v < 1 || v > 255) return -EINVAL;
    set(ipc->protocol, v);
    return 0;
  default: return -EINVAL;
  }
}
} // namespace

static int takeAny(const sock* sk, const msghdr* msg, const cmsghdr* given, const ipcm_cookie* ipc) {
  if (!CMSG_OK(msg, given)) return -EINVAL;
  switch (given->cmsg_level) {
  case SOL_SOCKET: return __sock_cmsg_send(sk, msg, given, &ipc->sockc);
  case SOL_IP: return takeMessage(sk, given, ipc);
  default: return 0; // of another layer: not ours to judge
  }
}

int ip_cmsg_send(const sock* sk, const msghdr* msg, const ipcm_cookie* ipc, bool allow_ipv6) {
  KFUNC(ip_cmsg_send, sk, msg, ipc, allow_ipv6);
  for (const cmsghdr* given = CMSG_FIRSTHDR(msg); given; given = CMSG_NXTHDR(msg, given))
    if (const int err = takeAny(sk, msg, given, ipc)) return call.result(err);
  return call.result(0);
}

// ---- errors
// An ICMP message that belongs to a packet of ours: from `payload` on it is what the program had sent.
static bool queueError(const sock* sk, const sk_buff* skb) {
  skb_reset_transport_header(skb);
  return !sock_queue_err_skb(sk, skb);
}

// An ICMP message that belongs to a packet of ours: from `payload` on it is what the program had sent.
void ip_icmp_error(const sock* sk, const sk_buff* skb, int err, u16 port, u32 info, const u8* payload) {
  KFUNC(ip_icmp_error, sk, skb, err, port, info);
  skb = skb_clone(skb, GFP_ATOMIC);
  if (!skb) return;
  const icmphdr* said = icmp_hdr(skb);
  const auto* quoted = reinterpret_cast<const iphdr*>(said + 1);
  const auto addressAt = reinterpret_cast<const u8*>(&quoted->daddr) - skb_network_header(skb);
  const sock_exterr_skb* report = SKB_EXT_ERR(skb);
  set(report->ee.ee_errno, static_cast<u32>(err));
  set(report->ee.ee_origin, SO_EE_ORIGIN_ICMP);
  set(report->ee.ee_type, said->type);
  set(report->ee.ee_code, said->code);
  set(report->ee.ee_pad, 0);
  set(report->ee.ee_info, info);
  set(report->ee.ee_data, 0);
  set(report->addr_offset, static_cast<u16>(addressAt));
  set(report->port, port);
  const bool holdsPayload = skb_pull(skb, static_cast<u32>(payload - skb->data));
  if (!holdsPayload || !queueError(sk, skb)) kfree_skb(skb);
}

// An error of our own (too big for the path): only if IP_RECVERR asks for such. The buffer is a bare header, with
// nothing in it but the address that could not be reached.
void ip_local_error(const sock* sk, int err, u32 daddr, u16 port, u32 info) {
  KFUNC(ip_local_error, sk, err, daddr, port, info);
  const sk_buff* skb = inet_sk(sk)->recverr ? alloc_skb(sizeof(iphdr), GFP_ATOMIC) : nullptr;
  if (!skb) return;
  skb_put(skb, sizeof(iphdr));
  skb_reset_network_header(skb);
  set(ip_hdr(skb)->daddr, daddr);
  const sock_exterr_skb* report = SKB_EXT_ERR(skb);
  fillBytes(&report->ee, 0, sizeof report->ee);
  set(report->ee.ee_errno, static_cast<u32>(err));
  set(report->ee.ee_origin, SO_EE_ORIGIN_LOCAL);
  set(report->ee.ee_info, info);
  set(report->addr_offset, static_cast<u16>(offsetof(iphdr, daddr)));
  set(report->port, port);
  __skb_pull(skb, sizeof(iphdr)); // what the program reads has no data
  if (!queueError(sk, skb)) kfree_skb(skb);
}

// Where the packet had gone: the address inside of the packet that came back.
static void giveDestination(const sk_buff* skb, const sock_exterr_skb* serr, const msghdr* msg, s32* addr_len) {
  const auto* sin = static_cast<const sockaddr_in*>(msg->msg_name.get());
  const u8 origin = serr->ee.ee_origin;
  if (!sin || (origin != SO_EE_ORIGIN_ICMP && origin != SO_EE_ORIGIN_LOCAL && !serr->port)) return;
  u32 address;
  std::memcpy(&address, skb_network_header(skb) + serr->addr_offset, 4);
  fillBytes(sin, 0, sizeof *sin);
  set(sin->sin_family, AF_INET);
  set(sin->sin_addr.s_addr, address);
  set(sin->sin_port, serr->port);
  *addr_len = sizeof *sin;
}

// IP_RECVERR's message: what happened, and, of an ICMP error, the address of who said so behind it.
static void tellError(const sk_buff* skb, const sock_exterr_skb* report, const sock* sk, const msghdr* msg) {
  u8 told[sizeof(sock_extended_err) + sizeof(sockaddr_in)] = {};
  std::memcpy(told, &report->ee, sizeof report->ee);
  if (report->ee.ee_origin == SO_EE_ORIGIN_ICMP) {
    u8* offender = told + sizeof(sock_extended_err);
    const u32 address = ip_hdr(skb)->saddr;
    offender[0] = AF_INET;
    std::memcpy(offender + 4, &address, 4);
    if (inet_sk(sk)->cmsg_flags) ip_cmsg_recv(msg, skb);
  }
  put_cmsg(msg, SOL_IP, IP_RECVERR, sizeof told, told);
}

// MSG_ERRQUEUE: the data is what had been sent, the control message says what became of it and who said so.
int ip_recv_error(const sock* sk, const msghdr* msg, int len, s32* addr_len) {
  KFUNC(ip_recv_error, sk, msg, len);
  const sk_buff* skb = sock_dequeue_err_skb(sk);
  if (!skb) return call.result(-EAGAIN);
  const int all = static_cast<int>(skb->len), given = std::min(all, len);
  if (given < all) set(msg->msg_flags, msg->msg_flags | MSG_TRUNC);
  if (const int err = skb_copy_datagram_msg(skb, 0, msg, given)) {
    kfree_skb(skb);
    return call.result(err);
  }
  sock_recv_timestamp(msg, sk, skb);
  const sock_exterr_skb* report = SKB_EXT_ERR(skb);
  giveDestination(skb, report, msg, addr_len);
  tellError(skb, report, sk, msg);
  set(msg->msg_flags, msg->msg_flags | MSG_ERRQUEUE);
  consume_skb(skb);
  return call.result(given);
}

int inet_recv_error(const sock* sk, const msghdr* msg, int len, s32* addr_len) {
  KFUNC(inet_recv_error, sk, msg, len);
  return call.result(ip_recv_error(sk, msg, len, addr_len));
}

} // namespace sockwalk::kernel
