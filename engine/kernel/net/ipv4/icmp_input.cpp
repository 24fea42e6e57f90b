// ICMP reception: questions are answered, errors are carried to the socket whose packet they are about.
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ping.h"
#include "engine/kernel/include/net/protocol.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/net/ipv4/icmp_internal.h"

namespace sockwalk::kernel {

// By the code of "destination unreachable" (RFC 1122 3.2.2.1 and 4.1.3.3).
const IcmpErrorMeaning icmp_err_convert[16] = {
    {ENETUNREACH, false},  {EHOSTUNREACH, false}, {ENOPROTOOPT, true},  {ECONNREFUSED, true},
    {EMSGSIZE, false},     {EOPNOTSUPP, false},   {ENETUNREACH, true},  {EHOSTDOWN, true},
    {ENONET, true},        {ENETUNREACH, true},   {EHOSTUNREACH, true}, {ENETUNREACH, false},
    {EHOSTUNREACH, false}, {EHOSTUNREACH, true},  {EHOSTUNREACH, true}, {EHOSTUNREACH, true}};

// The packet that the error quotes (its IP header and eight bytes) says whose error it is.
static void icmp_socket_deliver(const sk_buff* skb, u32 info) {
  KFUNC(icmp_socket_deliver, skb, info);
  const auto* quoted = reinterpret_cast<const iphdr*>(skb->data.get());
  const u8 whose = quoted->protocol;
  const bool hasPorts = pskb_may_pull(skb, quoted->ihl * 4u + 8); // RFC 792: the header and 64 bits behind it
  if (!hasPorts || whose == IPPROTO_RAW) return;
  raw_icmp_error(skb, whose, info);
  const net_protocol* speaker = inet_protos[whose];
  if (speaker && speaker->err_handler) speaker->err_handler(skb, info);
}

namespace {
// What the error's second word means, if the error means anything to us: of "fragmentation needed" the size that passes,
// of "parameter problem" where in the header the fault is.
struct ErrorDetail {
  bool meansSomething;
  u32 info;
};
ErrorDetail detailOf(const icmphdr* said) {
  switch (said->type) {
  case ICMP_DEST_UNREACH:
    return {said->code <= NR_ICMP_UNREACH, said->code == 4 /* ICMP_FRAG_NEEDED */ ? ntohs(said->un.frag.mtu) : 0u};
  case ICMP_PARAMETERPROB: return {true, ntohl(said->un.gateway) >> 24};
  case ICMP_TIME_EXCEEDED:
    return {said->code != 1 /* ICMP_EXC_FRAGTIME */, 0}; // pieces got lost: the transport sees that
  default: return {true, 0};
  }
}

// Nobody may answer a packet to everybody with an error (RFC 1122 3.2.2). Linux has seen routers that do; unless it is
// set to look for such errors and to pass them over, which it is not by default, it takes them like any other.
bool aboutBroadcast(const sk_buff* skb, const iphdr* quoted) {
  const net* net = dev_net(skb->dev);
  if (net->ipv4.sysctl_icmp_ignore_bogus_error_responses) return false;
  return inet_addr_type_dev_table(net, skb->dev, quoted->daddr) == RTN_BROADCAST;
}
} // namespace

static skb_drop_reason icmp_unreach(const sk_buff* skb) {
  KFUNC(icmp_unreach, skb);
  if (!pskb_may_pull(skb, sizeof(iphdr))) return call.result(SKB_DROP_REASON_NOT_SPECIFIED);
  const auto* quoted = reinterpret_cast<const iphdr*>(skb->data.get());
  if (quoted->ihl < 5) return call.result(SKB_DROP_REASON_IP_INHDR);
  const ErrorDetail detail = detailOf(icmp_hdr(skb));
  if (detail.meansSomething && !aboutBroadcast(skb, quoted)) icmp_socket_deliver(skb, detail.info);
  return call.result(SKB_NOT_DROPPED_YET);
}

// "There is a better gateway": it is for the route of the packet that is quoted, which its protocol knows.
static skb_drop_reason icmp_redirect(const sk_buff* skb) {
  KFUNC(icmp_redirect, skb);
  constexpr u32 quotedHeader = sizeof(iphdr);
  const bool tooShort = skb->len < quotedHeader;
  if (tooShort || !pskb_may_pull(skb, quotedHeader))
    return call.result(tooShort ? SKB_DROP_REASON_PKT_TOO_SMALL : SKB_DROP_REASON_NOMEM);
  const u32 better = icmp_hdr(skb)->un.gateway;
  icmp_socket_deliver(skb, ntohl(better));
  return call.result(SKB_NOT_DROPPED_YET);
}

static bool icmp_build_probe(const sk_buff* skb, const icmphdr* icmphdr) {
  KFUNC(icmp_build_probe, skb, icmphdr);
  SIMPLIFIED("extended echo (PROBE) is never answered: it is off by default");
  return call.result(false);
}

// An answer is sent from the question: so much of its data, behind a header of `head_len` bytes that is new.
static void describeAnswer(const icmp_bxm* answer, const sk_buff* question, u32 dataLen, u32 headLen) {
  set(answer->skb, question);
  set(answer->offset, 0);
  set(answer->data_len, dataLen);
  set(answer->head_len, headLen);
}

// The question comes back as it is, but for its type (RFC 792).
static skb_drop_reason icmp_echo(const sk_buff* skb) {
  KFUNC(icmp_echo, skb);
  if (dev_net(skb->dev)->ipv4.sysctl_icmp_echo_ignore_all) return call.result(SKB_NOT_DROPPED_YET);
  OnStack<icmp_bxm> answer;
  const icmphdr* header = &answer->data.icmph;
  copy(header, icmp_hdr(skb));
  describeAnswer(answer, skb, skb->len, sizeof(icmphdr));
  const bool plain = header->type == ICMP_ECHO;
  if (plain) set(header->type, ICMP_ECHOREPLY);
  if (plain || icmp_build_probe(skb, header)) icmp_reply(answer, skb);
  return call.result(SKB_NOT_DROPPED_YET);
}

static u32 inet_current_timestamp() { // ms since midnight UT
  KFUNC(inet_current_timestamp);
  return call.result(htonl(static_cast<u32>(machine().now() / 1000000 % 86400000)));
}

// Three times: when the question was sent, when it came, when the answer leaves. We do not take long.
static skb_drop_reason icmp_timestamp(const sk_buff* skb) {
  KFUNC(icmp_timestamp, skb);
  if (skb->len < 4) return call.result(SKB_DROP_REASON_NOT_SPECIFIED);
  OnStack<icmp_bxm> answer;
  const u32 received = inet_current_timestamp();
  set(answer->data.times[1], received);
  set(answer->data.times[2], received);
  u32 originated;
  BUG_ON(skb_copy_bits(skb, 0, &originated, 4));
  set(answer->data.times[0], originated);
  copy(&answer->data.icmph, icmp_hdr(skb));
  set(answer->data.icmph.type, ICMP_TIMESTAMP + 1);
  set(answer->data.icmph.code, 0);
  describeAnswer(answer, skb, 0, sizeof(icmphdr) + 12);
  icmp_reply(answer, skb);
  return call.result(SKB_NOT_DROPPED_YET);
}

static skb_drop_reason icmp_discard(const sk_buff* skb) {
  KFUNC(icmp_discard, skb);
  return call.result(SKB_NOT_DROPPED_YET);
}

static skb_drop_reason handleType(const sk_buff* skb, u8 type) { // icmp_pointers[]
  NOTE("icmp.type", type, icmp_hdr(skb)->code);
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
  const skb_drop_reason why = icmpDispatch(skb);
  if (!why) {
    consume_skb(skb);
    return call.result(static_cast<int>(NET_RX_SUCCESS));
  }
  kfree_skb_reason(skb, why);
  return call.result(static_cast<int>(NET_RX_DROP));
}

// An error about an ICMP packet of ours. About an echo request, it is the ping socket's. About an answer of the kernel's
// own there is no socket to tell, but the route can learn from it.
int icmp_err(const sk_buff* skb, u32 info) {
  KFUNC(icmp_err, skb, info);
  const auto* quoted = reinterpret_cast<const iphdr*>(skb->data.get());
  const int ipBytes = quoted->ihl * 4;
  const auto* ours = reinterpret_cast<const icmphdr*>(skb->data + ipBytes);
  if (ours->type != ICMP_ECHOREPLY) {
    ping_err(skb, ipBytes, info);
    return call.result(0);
  }
  const net* net = dev_net(skb->dev);
  const icmphdr* said = icmp_hdr(skb);
  const bool tooBig = said->type == ICMP_DEST_UNREACH && said->code == 4 /* ICMP_FRAG_NEEDED */;
  if (tooBig) ipv4_update_pmtu(skb, net, info, 0, IPPROTO_ICMP);
  if (said->type == ICMP_REDIRECT) ipv4_redirect(skb, net, 0, IPPROTO_ICMP);
  return call.result(0);
}

} // namespace sockwalk::kernel
