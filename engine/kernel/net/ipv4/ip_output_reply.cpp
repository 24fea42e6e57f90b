// Answers that belong to no connection: a RST, or the acknowledgement of TIME_WAIT. They are built in a socket of the
// kernel's own, from what the packet says that they answer.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/xfrm.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"

namespace sockwalk::kernel {

static int ip_reply_glue_bits(const void* dptr, const u8* to, int offset, int len, int odd, const sk_buff* skb) {
  KFUNC(ip_reply_glue_bits, dptr, to, offset, len, odd, skb);
  const u8* from = static_cast<const u8*>(dptr) + offset;
  setBytes(to, from, static_cast<u32>(len));
  set(skb->csum, csum_block_add(skb->csum, csum_partial_quiet(from, len, 0), odd));
  return call.result(0);
}

static bool netif_index_is_l3_master(const net* net, int ifindex) { // only a VRF's device is one
  if (!ifindex) return false;
  dev_get_by_index_rcu(net, ifindex);
  return false;
}

static void ownSocket(const sock* sk, const sk_buff* skb, const ip_reply_arg* arg) {
  set(inet_sk(sk)->tos, arg->tos & ~3);
  set(sk->sk_protocol, ip_hdr(skb)->protocol);
  set(sk->sk_bound_dev_if, arg->bound_dev_if);
  set(sk->sk_sndbuf, *sysctl_wmem_default);
}

// The flow back: by the device that the packet came in by if that belongs to a VRF, and with its mark if it is to be
// reflected.
static void flowBack(const flowi4* flow, const sock* sk, const sk_buff* skb, u32 daddr, u32 saddr,
                     const ip_reply_arg* arg) {
  const net* net = sock_net(sk);
  int leaveBy = arg->bound_dev_if;
  if (!leaveBy && netif_index_is_l3_master(net, skb->skb_iif)) leaveBy = skb->skb_iif;
  const u32 reflected = net->ipv4.sysctl_fwmark_reflect ? u32(skb->mark) : 0;
  flowi4_init_output(flow, leaveBy, reflected ? reflected : u32(sk->sk_mark), arg->tos & IPTOS_TOS_MASK,
                     RT_SCOPE_UNIVERSE, ip_hdr(skb)->protocol, arg->flowi_flags, daddr, saddr, tcp_hdr(skb)->source,
                     tcp_hdr(skb)->dest, arg->uid);
  security_skb_classify_flow(skb, &flow->__fl_common);
}

// The transport's checksum, of the header that was copied and of the pseudo header that the caller summed; then off.
static void finishReply(const sock* sk, const sk_buff* reply, const ip_reply_arg* arg, u32 txhash) {
  const auto* check = reinterpret_cast<const u16*>(skb_transport_header(reply) + arg->csumoffset);
  set(*check, csum_fold(csum_add(reply->csum, arg->csum)));
  set(reply, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  if (!txhash) return;
  set(reply->hash, txhash);
  set(reply, sk_buff::bit::l4_hash, 1);
}

void ip_send_unicast_reply(const sock* sk, const sk_buff* skb, const ip_options* sopt, u32 daddr, u32 saddr,
                           const ip_reply_arg* arg, u64 transmit_time, u32 txhash) {
  KFUNC(ip_send_unicast_reply, sk, skb, sopt, daddr, saddr, txhash);
  const net* net = sock_net(sk);
  OnStack<ip_options_data> turnedRound;
  OnStack<ipcm_cookie> cookie;
  OnStack<flowi4> flow;
  if (__ip_options_echo(net, &turnedRound->opt.opt, skb, sopt)) return;
  set(cookie->tos, -1);
  set(cookie->addr, daddr);
  set(cookie->sockc.transmit_time, transmit_time);
  flowBack(flow, sk, skb, daddr, saddr, arg);
  const rtable* rt = ip_route_output_flow(net, flow, sk);
  if (IS_ERR(rt)) return;
  ownSocket(sk, skb, arg);
  set(cookie->sockc.mark, flow->__fl_common.flowic_mark);
  const inet_cork* cork = &inet_sk(sk)->cork.base;
  int err = ip_setup_cork(sk, cork, cookie, &rt);
  if (!err)
    err = __ip_append_data(sk, flow, &sk->sk_write_queue, cork, ip_reply_glue_bits, arg->header,
                           static_cast<int>(arg->len), 0, MSG_DONTWAIT);
  if (err) {
    ip_flush_pending_frames(sk);
  } else if (const sk_buff* reply = skb_peek(&sk->sk_write_queue)) {
    finishReply(sk, reply, arg, txhash);
    ip_push_pending_frames(sk, flow);
  }
  ip_rt_put(rt);
}

} // namespace sockwalk::kernel
