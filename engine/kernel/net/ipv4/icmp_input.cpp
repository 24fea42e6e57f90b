// ICMP reception: questions are answered, errors are carried to the socket whose packet they are about.
#include "engine/kernel/include/linux/napi.h"
#include "engine/kernel/include/net/icmp_receive.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip_forward.h"
#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/include/net/ping.h"

namespace sockwalk::kernel {

void icmp_reply(const icmp_bxm* icmp_param, const sk_buff* skb); // icmp_output.cpp

// By the code of "destination unreachable" (RFC 1122 3.2.2.1 and 4.1.3.3).
const IcmpErrorMeaning icmp_err_convert[16] = {
    {ENETUNREACH, false},  {EHOSTUNREACH, false}, {ENOPROTOOPT, true},  {ECONNREFUSED, true},
    {EMSGSIZE, false},     {EOPNOTSUPP, false},   {ENETUNREACH, true},  {EHOSTDOWN, true},
    {ENONET, true},        {ENETUNREACH, true},   {EHOSTUNREACH, true}, {ENETUNREACH, false},
    {EHOSTUNREACH, false}, {EHOSTUNREACH, true},  {EHOSTUNREACH, true}, {EHOSTUNREACH, true}};

// The packet that the error quotes (its IP header and eight bytes) says whose error it is.
static void icmp_socket_deliver(const sk_buff* skb, u32 info) {
  KFUNC(icmp_socket_deliver, skb, info);
  const auto* iph = reinterpret_cast<const iphdr*>(skb->data.get());
  if (!pskb_may_pull(skb, iph->ihl * 4u + 8) || iph->protocol == IPPROTO_RAW) return;
  raw_icmp_error(skb, iph->protocol, info);
  const net_protocol* ipprot = inet_protos[iph->protocol];
  if (ipprot && ipprot->err_handler) ipprot->err_handler(skb, info);
}

static skb_drop_reason icmp_unreach(const sk_buff* skb) {
  KFUNC(icmp_unreach, skb);
  if (!pskb_may_pull(skb, sizeof(iphdr))) return call.result(SKB_DROP_REASON_NOT_SPECIFIED);
  const icmphdr* icmph = icmp_hdr(skb);
  const auto* iph = reinterpret_cast<const iphdr*>(skb->data.get());
  if (iph->ihl < 5) return call.result(SKB_DROP_REASON_IP_INHDR);
  u32 info = 0;
  if (icmph->type == ICMP_DEST_UNREACH) {
    if (icmph->code == 4 /* ICMP_FRAG_NEEDED */) info = ntohs(icmph->un.frag.mtu);
    if (icmph->code > 15) return call.result(SKB_NOT_DROPPED_YET);
  } else if (icmph->type == ICMP_PARAMETERPROB) {
    info = ntohl(icmph->un.gateway) >> 24;
  } else if (icmph->type == ICMP_TIME_EXCEEDED && icmph->code == 1 /* ICMP_EXC_FRAGTIME */) {
    return call.result(SKB_NOT_DROPPED_YET);
  }
  const net* net = dev_net(skb->dev);
  if (!net->ipv4.sysctl_icmp_ignore_bogus_error_responses &&
      inet_addr_type_dev_table(net, skb->dev, iph->daddr) == RTN_BROADCAST)
    return call.result(SKB_NOT_DROPPED_YET);
  icmp_socket_deliver(skb, info);
  return call.result(SKB_NOT_DROPPED_YET);
}

static skb_drop_reason icmp_redirect(const sk_buff* skb) {
  KFUNC(icmp_redirect, skb);
  if (skb->len < sizeof(iphdr)) return call.result(SKB_DROP_REASON_PKT_TOO_SMALL);
  if (!pskb_may_pull(skb, sizeof(iphdr))) return call.result(SKB_DROP_REASON_NOMEM);
  icmp_socket_deliver(skb, ntohl(icmp_hdr(skb)->un.gateway));
  return call.result(SKB_NOT_DROPPED_YET);
}

static bool icmp_build_probe(const sk_buff* skb, const icmphdr* icmphdr) {
  KFUNC(icmp_build_probe, skb, icmphdr);
  SIMPLIFIED("extended echo (PROBE) is never answered: it is off by default");
  return call.result(false);
}

static skb_drop_reason icmp_echo(const sk_buff* skb) {
  KFUNC(icmp_echo, skb);
  if (dev_net(skb->dev)->ipv4.sysctl_icmp_echo_ignore_all) return call.result(SKB_NOT_DROPPED_YET);
  OnStack<icmp_bxm> icmp_param;
  copy(&icmp_param->data.icmph, icmp_hdr(skb));
  set(icmp_param->skb, skb);
  set(icmp_param->offset, 0);
  set(icmp_param->data_len, skb->len);
  set(icmp_param->head_len, sizeof(icmphdr));
  if (icmp_param->data.icmph.type == ICMP_ECHO) set(icmp_param->data.icmph.type, ICMP_ECHOREPLY);
  else if (!icmp_build_probe(skb, &icmp_param->data.icmph)) return call.result(SKB_NOT_DROPPED_YET);
  icmp_reply(icmp_param, skb);
  return call.result(SKB_NOT_DROPPED_YET);
}

static u32 inet_current_timestamp() { // ms since midnight UT
  KFUNC(inet_current_timestamp);
  return call.result(htonl(static_cast<u32>(machine().now() / 1000000 % 86400000)));
}

static skb_drop_reason icmp_timestamp(const sk_buff* skb) {
  KFUNC(icmp_timestamp, skb);
  if (skb->len < 4) return call.result(SKB_DROP_REASON_NOT_SPECIFIED);
  OnStack<icmp_bxm> icmp_param;
  const u32 received = inet_current_timestamp();
  set(icmp_param->data.times[1], received);
  set(icmp_param->data.times[2], received);
  u32 originated;
  BUG_ON(skb_copy_bits(skb, 0, &originated, 4));
  set(icmp_param->data.times[0], originated);
  copy(&icmp_param->data.icmph, icmp_hdr(skb));
  set(icmp_param->data.icmph.type, ICMP_TIMESTAMP + 1);
  set(icmp_param->data.icmph.code, 0);
  set(icmp_param->skb, skb);
  set(icmp_param->offset, 0);
  set(icmp_param->data_len, 0);
  set(icmp_param->head_len, sizeof(icmphdr) + 12);
  icmp_reply(icmp_param, skb);
  return call.result(SKB_NOT_DROPPED_YET);
}

static skb_drop_reason icmp_discard(const sk_buff* skb) {
  KFUNC(icmp_discard, skb);
  return call.result(SKB_NOT_DROPPED_YET);
}

static skb_drop_reason handleType(const sk_buff* skb, u8 type) { // icmp_pointers[]
  NOTE("icmp.type", type);
  switch (type) {
  case ICMP_ECHOREPLY: return ping_rcv(skb);
  case ICMP_DEST_UNREACH:
  case ICMP_SOURCE_QUENCH:
  case ICMP_TIME_EXCEEDED:
  case ICMP_PARAMETERPROB: return icmp_unreach(skb);
  case ICMP_REDIRECT: return icmp_redirect(skb);
  case ICMP_ECHO: return icmp_echo(skb);
  case ICMP_TIMESTAMP: return icmp_timestamp(skb);
  default: return icmp_discard(skb);
  }
}

// A question to everybody is not answered: a network full of answers would be a weapon (RFC 1122 3.2.2.6).
static bool refusedAsBroadcast(const net* net, u8 type) {
  if (type == ICMP_ECHO || type == ICMP_TIMESTAMP) return net->ipv4.sysctl_icmp_echo_ignore_broadcasts;
  return type != ICMP_ADDRESS && type != ICMP_ADDRESSREPLY;
}

static skb_drop_reason icmpDispatch(const sk_buff* skb) {
  const rtable* rt = skb_rtable(skb);
  if (__skb_checksum_validate(skb, IPPROTO_ICMP, true, false, 0, 0)) return SKB_DROP_REASON_ICMP_CSUM;
  if (!pskb_pull(skb, sizeof(icmphdr))) return SKB_DROP_REASON_NOT_SPECIFIED;
  const u8 type = icmp_hdr(skb)->type;
  if (type == ICMP_EXT_ECHO) return icmp_echo(skb);
  if (type == ICMP_EXT_ECHOREPLY) return ping_rcv(skb);
  if (type > NR_ICMP_TYPES) return SKB_DROP_REASON_UNHANDLED_PROTO;
  const bool toMany = rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST);
  if (toMany && refusedAsBroadcast(dev_net(rt->dst.dev), type)) return SKB_DROP_REASON_INVALID_PROTO;
  return handleType(skb, type);
}

int icmp_rcv(const sk_buff* skb) {
  KFUNC(icmp_rcv, skb);
  const skb_drop_reason reason = icmpDispatch(skb);
  if (!reason) {
    consume_skb(skb);
    return call.result(static_cast<int>(NET_RX_SUCCESS));
  }
  kfree_skb_reason(skb, reason);
  return call.result(static_cast<int>(NET_RX_DROP));
}

// An error about an ICMP packet of ours: about an echo request, it is the ping socket's; about an answer of the kernel's
// own, the route learns of it.
int icmp_err(const sk_buff* skb, u32 info) {
  KFUNC(icmp_err, skb, info);
  const auto* iph = reinterpret_cast<const iphdr*>(skb->data.get());
  const int offset = iph->ihl * 4;
  const auto* icmph = reinterpret_cast<const icmphdr*>(skb->data + offset);
  const u8 type = icmp_hdr(skb)->type, code = icmp_hdr(skb)->code;
  const net* net = dev_net(skb->dev);
  if (icmph->type != ICMP_ECHOREPLY) ping_err(skb, offset, info);
  else if (type == ICMP_DEST_UNREACH && code == 4 /* ICMP_FRAG_NEEDED */)
    ipv4_update_pmtu(skb, net, info, 0, IPPROTO_ICMP);
  else if (type == ICMP_REDIRECT) ipv4_redirect(skb, net, 0, IPPROTO_ICMP);
  return call.result(0);
}

} // namespace sockwalk::kernel
