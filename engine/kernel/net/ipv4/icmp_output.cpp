// ICMP's sending half: answers to questions, and errors about packets. Both are built in a socket of the kernel's own,
// and rationed, so that nobody can make us flood a third host.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/inetpeer.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/include/net/xfrm.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/ipv4/icmp_internal.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static Global<kptr<sock>> ipv4_icmp_sk{"ipv4_icmp_sk"}; // one for each processor in the kernel

static bool isError(int type) { return type == 3 || type == 4 || type == 5 || type == 11 || type == 12; }

static Global<pernet_operations> icmp_sk_ops{"icmp_sk_ops"};

// How many answers and errors a namespace may send, and what it does not answer.
static int icmp_sk_init(const net* net) {
  KFUNC(icmp_sk_init, net);
  const auto bit = [](int type) { return 1 << type; };
  const netns_ipv4* settings = &net->ipv4;
  set(settings->sysctl_icmp_ratelimit, machine().options().hz); // one in a second to each host
  // Rationed are: unreachable, source quench, time exceeded, parameter problem.
  set(settings->sysctl_icmp_ratemask, bit(3) | bit(4) | bit(11) | bit(12));
  set(settings->sysctl_icmp_msgs_per_sec, 1000);
  set(settings->sysctl_icmp_msgs_burst, 50);
  set(settings->sysctl_icmp_echo_ignore_broadcasts, 1);
  set(settings->sysctl_icmp_ignore_bogus_error_responses, 1);
  return call.result(0);
}

int icmp_init() {
  KFUNC(icmp_init);
  const socket* sock = nullptr;
  if (const int err = __sock_create(init_net, AF_INET, SOCK_RAW, IPPROTO_ICMP, &sock, 1)) return call.result(err);
  const struct sock* sk = sock->sk;
  set(sk->sk_allocation, GFP_ATOMIC);
  sk->sk_prot->unhash(sk); // it must not be found when packets come in
  set(sk->sk_sndbuf, 2 * SKB_TRUESIZE(64 * 1024));
  sock_set_flag(sk, SOCK_USE_WRITE_QUEUE);
  set(inet_sk(sk)->pmtudisc, IP_PMTUDISC_DONT);
  set(*ipv4_icmp_sk, sk);
  set(icmp_sk_ops->init, fn<icmp_sk_init>);
  return call.result(register_pernet_subsys(icmp_sk_ops));
}

// The socket is lent to the namespace that sends.
static const sock* icmp_xmit_lock(const net* net) {
  const sock* sk = *ipv4_icmp_sk;
  if (sock_net(sk) != net) sock_net_set(sk, net);
  return sk;
}
static void icmp_xmit_unlock(const sock* sk) {
  if (sock_net(sk) != init_net.get()) sock_net_set(sk, init_net);
}

void icmp_out_count(const net* net, u8 type) {
  KFUNC(icmp_out_count, net, type);
  SIMPLIFIED("the counters of /proc/net/snmp are not kept");
}

// ---- rations: so many in a second for all, and (icmpv4_xrlim_allow) so many for each host
static bool icmp_global_allow(const net* net) {
  KFUNC(icmp_global_allow, net);
  const netns_ipv4* ration = &net->ipv4;
  const s32 left = atomic_read(&ration->icmp_global_credit);
  if (left > 0) return call.result(true);
  // Nothing left: what has grown since the last time, counted in fiftieths of a second and for one second at most.
  const u32 now = static_cast<u32>(machine().jiffies()), second = machine().options().hz;
  const u32 since = std::min<u32>(now - ration->icmp_global_stamp, second);
  const bool muchTimePassed = since >= second / 50;
  const int grown = static_cast<int>(u64(ration->sysctl_icmp_msgs_per_sec) * since / second);
  if (!muchTimePassed || !grown) return call.result(false);
  set(ration->icmp_global_stamp, now);
  atomic_set(&ration->icmp_global_credit, std::min(left + grown, s32(ration->sysctl_icmp_msgs_burst)));
  return call.result(true);
}

static void icmp_global_consume(const net* net) { // a random cost, so that the ration cannot be counted from outside
  KFUNC(icmp_global_consume, net);
  if (const u32 cost = static_cast<u32>(machine().random() % 3)) sub(net->ipv4.icmp_global_credit.counter, cost);
}

static bool icmpv4_global_allow(const net* net, int type, int code, bool& apply_ratelimit) {
  KFUNC(icmpv4_global_allow, net, type, code);
  if (type > NR_ICMP_TYPES || (type == ICMP_DEST_UNREACH && code == ICMP_FRAG_NEEDED) ||
      !(1 << type & net->ipv4.sysctl_icmp_ratemask))
    return call.result(true);
  if (!icmp_global_allow(net)) {
    NOTE("icmp.global_limit", type, code);
    return call.result(false);
  }
  apply_ratelimit = true;
  return call.result(true);
}

static bool limitForHost(const net* net, const rtable* rt, const flowi4* fl4, int type, int code) {
  KFUNC(icmpv4_xrlim_allow, net, rt, fl4, type, code);
  const net_device* dev = rt->dst.dev;
  bool rc = true;
  if (!(dev->flags & IFF_LOOPBACK)) {
    l3mdev_master_ifindex_rcu(dev);
    rc = inet_peer_xrlim_allow(inet_getpeer(net, fl4->daddr), net->ipv4.sysctl_icmp_ratelimit);
  }
  if (rc) icmp_global_consume(net);
  else NOTE("icmp.host_limit", type, code, fl4->daddr);
  return call.result(rc);
}
static bool icmpv4_xrlim_allow(const net* net, const rtable* rt, const flowi4* fl4, int type, int code, bool apply) {
  return !apply || limitForHost(net, rt, fl4, type, code);
}

// ---- building
// The data of the answer is the question's, or the packet that the error is about.
static int icmp_glue_bits(const void* from, const u8* to, int offset, int len, int odd, const sk_buff* skb) {
  KFUNC(icmp_glue_bits, from, to, offset, len, odd, skb);
  const auto* answer = static_cast<const icmp_bxm*>(from);
  const sk_buff* cause = answer->skb;
  const bool error = isError(answer->data.icmph.type);
  set(skb->csum, csum_block_add(skb->csum, skb_copy_and_csum_bits(cause, answer->offset + offset, to, len), odd));
  if (error) nf_ct_attach(skb, cause); // it belongs to the connection that it is about
  return call.result(0);
}

// The data is in the queue, with its sum; the header comes before it, and its checksum covers both.
static void icmp_push_reply(const sock* sk, const icmp_bxm* param, const flowi4* fl4, const ipcm_cookie* ipc,
                            const rtable** rt) {
  KFUNC(icmp_push_reply, sk, param, fl4, ipc);
  const sk_buff_head* queue = &sk->sk_write_queue;
  const int headLen = param->head_len;
  if (ip_append_data(sk, fl4, icmp_glue_bits, param, headLen + param->data_len, headLen, ipc, rt, MSG_DONTWAIT) < 0)
    return ip_flush_pending_frames(sk);
  const sk_buff* first = skb_peek(queue);
  if (!first) return;
  const icmphdr* place = icmp_hdr(first);
  u8 header[20];
  std::memcpy(header, &param->data, static_cast<size_t>(headLen));
  setBytes(place, header, static_cast<u32>(headLen));
  u32 sum = csum_partial_quiet(header, headLen, 0);
  for (const sk_buff* part = first; part != queueHead(queue); part = part->next) sum = csum_add(sum, part->csum);
  set(place->checksum, csum_fold(sum));
  set(first, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  mark(BufferMark::Answered, param->skb.get(), first);
  ip_push_pending_frames(sk, fl4);
}

static const ipcm_cookie* fillCookie(const ipcm_cookie* ipc, u32 addr) {
  set(ipc->tos, -1);
  set(ipc->addr, addr);
  return ipc;
}

void icmp_reply(const icmp_bxm* icmp_param, const sk_buff* skb) {
  KFUNC(icmp_reply, icmp_param, skb);
  const net* net = dev_net(skb_rtable(skb)->dst.dev);
  const int kind = icmp_param->data.icmph.type, code = icmp_param->data.icmph.code;
  if (__ip_options_echo(net, &icmp_param->replyopts.opt.opt, skb, &IPCB(skb)->opt)) return;
  bool rationed = false;
  const BottomHalvesOff locked;
  if (!icmpv4_global_allow(net, kind, code, rationed)) return;
  const sock* sk = icmp_xmit_lock(net);
  set(icmp_param->data.icmph.checksum, 0);
  OnStack<ipcm_cookie> cookie;
  OnStack<flowi4> flow;
  set(inet_sk(sk)->tos, ip_hdr(skb)->tos);
  fillCookie(cookie, ip_hdr(skb)->saddr);
  if (icmp_param->replyopts.opt.opt.optlen) set(cookie->opt, &icmp_param->replyopts.opt);
  set(flow->daddr, ip_hdr(skb)->saddr);
  set(flow->saddr, fib_compute_spec_dst(skb));
  set(flow->__fl_common.flowic_tos, ip_hdr(skb)->tos & IPTOS_TOS_MASK);
  set(flow->__fl_common.flowic_proto, IPPROTO_ICMP);
  set(flow->__fl_common.flowic_oif, l3mdev_master_ifindex_rcu(skb->dev));
  security_skb_classify_flow(skb, &flow->__fl_common);
  const rtable* rt = ip_route_output_key(net, flow);
  if (!IS_ERR(rt)) {
    if (icmpv4_xrlim_allow(net, rt, flow, kind, code, rationed)) icmp_push_reply(sk, icmp_param, flow, cookie, &rt);
    ip_rt_put(rt);
  }
  icmp_xmit_unlock(sk);
}

// ---- errors
// The packet only passes through: the answer to it would come in by the device that leads to its destination, and would
// be forwarded to its sender. nullptr: there is no such way.
static const rtable* routeOfForwardedAnswer(const net* net, const sk_buff* skb_in, const flowi4* answer, u8 tos,
                                            const net_device* dev) {
  OnStack<flowi4> onward;
  copy(onward.get(), answer);
  set(onward->daddr, answer->saddr);
  set(onward->saddr, answer->daddr);
  set(onward->__fl_common.flowic_oif, l3mdev_master_ifindex_rcu(dev));
  set(onward->__fl_common.flowic_flags, onward->__fl_common.flowic_flags | FLOWI_FLAG_ANYSRC);
  const rtable* rt2 = ip_route_output_key_hash(net, onward, nullptr);
  if (IS_ERR(rt2)) return nullptr;
  const u64 orefdst = skb_in->_skb_refdst; // the packet lends its place for the route of the answer
  set(skb_in->_skb_refdst, 0);
  int err = ip_route_input_noref(skb_in, answer->daddr, answer->saddr, tos, rt2->dst.dev);
  if (!err && !skb_dst_force(skb_in)) err = -EINVAL;
  dst_release(&rt2->dst);
  rt2 = skb_rtable(skb_in);
  set(skb_in->_skb_refdst, orefdst);
  if (!err && rt2 && (rt2->rt_type == RTN_LOCAL || rt2->rt_type == RTN_UNREACHABLE)) {
    dst_release(&rt2->dst);
    err = -EINVAL;
  }
  return err ? nullptr : rt2;
}

// The route back to the sender. If it is not one of our own addresses, IPsec is asked whether its policy would let an
// error take the way of the packet's answer.
static const rtable* icmp_route_lookup(const net* net, const flowi4* fl4, const sk_buff* skb_in, u32 saddr, u8 tos,
                                       int type, int code) {
  KFUNC(icmp_route_lookup, net, fl4, skb_in, saddr, tos, type, code);
  set(fl4->daddr, ip_hdr(skb_in)->saddr);
  set(fl4->saddr, saddr);
  set(fl4->__fl_common.flowic_tos, tos & IPTOS_TOS_MASK);
  set(fl4->__fl_common.flowic_proto, IPPROTO_ICMP);
  set(fl4->uli.icmpt.type, type);
  set(fl4->uli.icmpt.code, code);
  const net_device* dev = skb_in->dev ? skb_in->dev : skb_dst(skb_in)->dev;
  set(fl4->__fl_common.flowic_oif, l3mdev_master_ifindex_rcu(dev));
  security_skb_classify_flow(skb_in, &fl4->__fl_common);
  const rtable* rt = ip_route_output_key_hash(net, fl4, skb_in);
  if (IS_ERR(rt)) return call.result(rt);
  rt = reinterpret_cast<const rtable*>(xfrm_lookup(net, &rt->dst, fl4, nullptr, 0));
  if (inet_addr_type_dev_table(net, dev, fl4->daddr) == RTN_LOCAL) return call.result(rt);
  OnStack<flowi4> answer;
  __xfrm_decode_session(skb_in, answer, AF_INET, 1);
  if (inet_addr_type_dev_table(net, dev, answer->saddr) == RTN_LOCAL) {
    const rtable* rt2 = ip_route_output_key_hash(net, answer, nullptr);
    if (!IS_ERR(rt2)) xfrm_lookup(net, &rt2->dst, answer, nullptr, XFRM_LOOKUP_ICMP);
  } else if (const rtable* rt2 = routeOfForwardedAnswer(net, skb_in, answer, tos, dev)) {
    xfrm_lookup(net, &rt2->dst, answer, nullptr, XFRM_LOOKUP_ICMP);
  }
  return call.result(rt);
}

// No errors about broadcasts, later fragments, or other errors: they could multiply without end (RFC 1122 3.2.2).
static bool errorAllowedAbout(const sk_buff* skb, const rtable* rt, int type) {
  const iphdr* iph = ip_hdr(skb);
  const u8* end = reinterpret_cast<const u8*>(iph) + sizeof *iph;
  if (skb_network_header(skb) < skb->head || end > skb_tail_pointer(skb)) return false;
  if (skb->pkt_type != PACKET_HOST || rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) return false;
  if (iph->frag_off & htons(IP_OFFSET)) return false;
  if (!isError(type) || iph->protocol != IPPROTO_ICMP) return true;
  u8 inner;
  const int at = skb_network_offset(skb) + int(ip_hdr_length(iph));
  if (skb_copy_bits(skb, at, &inner, 1)) return false;
  return inner <= NR_ICMP_TYPES && !isError(inner);
}

// As much of the packet as fits into 576 bytes, which every host takes (RFC 1812 4.3.2.3). 0 or less: not even its header.
static int roomForQuote(const rtable* rt, const icmp_bxm* error) {
  const int most = static_cast<int>(std::min(dst_mtu(&rt->dst), 576u));
  return most - int(sizeof(iphdr) + sizeof(icmphdr)) - error->replyopts.opt.opt.optlen;
}

static void sendError(const sock* sk, const icmp_bxm* error, const flowi4* flow, const ipcm_cookie* cookie,
                      const rtable*& rt) {
  const int room = roomForQuote(rt, error);
  if (room <= int(sizeof(iphdr))) return;
  set(error->data_len, std::min(int(error->skb->len) - error->offset, room));
  set(error->head_len, sizeof(icmphdr));
  if (!flow->saddr) set(flow->saddr, htonl(INADDR_DUMMY));
  NOTE("icmp.error", error->data.icmph.type, error->data.icmph.code, ip_hdr(error->skb)->saddr);
  icmp_push_reply(sk, error, flow, cookie, &rt);
}

// Whom the error says it is from: whom the packet was for, if that is us. A router leaves it to the way back (0), or says
// by which of its devices the packet came.
static u32 answersAs(const net* net, const rtable* rt, const sk_buff* skb) {
  const iphdr* iph = ip_hdr(skb);
  if (rt->rt_flags & RTCF_LOCAL) return iph->daddr;
  const bool byDevice = rt_is_input_route(rt) && net->ipv4.sysctl_icmp_errors_use_inbound_ifaddr;
  const net_device* came = byDevice ? dev_get_by_index_rcu(net, rt->rt_iif ? rt->rt_iif : skb->skb_iif) : nullptr;
  return came ? inet_select_addr(came, iph->saddr, RT_SCOPE_LINK) : 0;
}

void __icmp_send(const sk_buff* skb_in, int type, int code, u32 info, const ip_options* opt) {
  KFUNC(__icmp_send, skb_in, type, code, info, opt);
  const rtable* rt = skb_rtable(skb_in);
  if (!rt || !errorAllowedAbout(skb_in, rt, type)) return;
  const net* net = dev_net(rt->dst.dev);
  const iphdr* iph = ip_hdr(skb_in);
  bool rationed = false;
  const BottomHalvesOff locked; // the socket that sends is everybody's
  const bool fromLo = skb_in->dev && skb_in->dev->flags & IFF_LOOPBACK;
  if (!fromLo && !icmpv4_global_allow(net, type, code, rationed)) return;
  const sock* sk = icmp_xmit_lock(net);
  const u32 asWhom = answersAs(net, rt, skb_in);
  const u8 service = isError(type) ? (iph->tos & IPTOS_TOS_MASK) | 0xc0 : u8(iph->tos); // 0xc0: internetwork control
  OnStack<icmp_bxm> error;
  OnStack<ipcm_cookie> cookie;
  OnStack<flowi4> flow;
  if (__ip_options_echo(net, &error->replyopts.opt.opt, skb_in, opt)) return icmp_xmit_unlock(sk);
  set(error->data.icmph.type, type);
  set(error->data.icmph.code, code);
  set(error->data.icmph.un.gateway, info);
  set(error->skb, skb_in);
  set(error->offset, skb_network_offset(skb_in));
  set(inet_sk(sk)->tos, service);
  fillCookie(cookie, iph->saddr);
  set(cookie->opt, &error->replyopts.opt);
  const rtable* wayBack = icmp_route_lookup(net, flow, skb_in, asWhom, service, type, code);
  if (IS_ERR(wayBack)) return icmp_xmit_unlock(sk);
  if (icmpv4_xrlim_allow(net, wayBack, flow, type, code, rationed)) sendError(sk, error, flow, cookie, wayBack);
  ip_rt_put(wayBack);
  icmp_xmit_unlock(sk);
}

void icmp_send(const sk_buff* skb_in, int type, int code, u32 info) {
  __icmp_send(skb_in, type, code, info, &IPCB(skb_in)->opt);
}

} // namespace sockwalk::kernel
