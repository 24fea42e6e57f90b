// Building a packet from what a sender gives: bytes are appended to a queue of buffers, each of which can become one
// IP packet (or fragment), and at the end the first of them gets the IP header.
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/sock_send.h"
#include "engine/kernel/include/net/tcp_calls.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"

namespace sockwalk::kernel {

static constexpr u32 SKB_MAX_ALLOC = SKB_WITH_OVERHEAD(4 * PAGE_SIZE);
static bool ip_sk_use_pmtu(const inet_sock* inet) { return inet->pmtudisc < IP_PMTUDISC_PROBE; }
static bool ip_sk_ignore_df(const inet_sock* inet) {
  return inet->pmtudisc < IP_PMTUDISC_DO || inet->pmtudisc == IP_PMTUDISC_OMIT;
}

// Notes how the packet will be sent, so that the parts that come later agree with the first.
int ip_setup_cork(const sock* sk, const inet_cork* cork, const ipcm_cookie* ipc, const rtable** rtp) {
  KFUNC(ip_setup_cork, sk, cork, ipc);
  const rtable* rt = *rtp;
  if (!rt) return call.result(-EFAULT);
  set(cork->fragsize, ip_sk_use_pmtu(inet_sk(sk)) ? dst_mtu(&rt->dst) : u32(rt->dst.dev->mtu));
  if (cork->fragsize < IPV4_MIN_MTU) return call.result(-ENETUNREACH);
  if (const ip_options_rcu* opt = ipc->opt) {
    if (!cork->opt) {
      set(cork->opt, kmalloc<ip_options>(sk->sk_allocation, 40));
      if (!cork->opt) return call.result(-ENOBUFS);
    }
    u8 bytes[sizeof(ip_options) + 40];
    std::memcpy(bytes, &opt->opt, sizeof(ip_options) + opt->opt.optlen);
    setBytes(cork->opt, bytes, sizeof(ip_options) + opt->opt.optlen);
    set(cork->flags, cork->flags | IPCORK_OPT);
    set(cork->addr, ipc->addr);
  }
  set(cork->gso_size, ipc->gso_size);
  set(cork->dst, &rt->dst);
  *rtp = nullptr; // the route is the cork's now
  set(cork->length, 0);
  set(cork->ttl, ipc->ttl);
  set(cork->tos, ipc->tos);
  set(cork->mark, ipc->sockc.mark);
  set(cork->priority, ipc->priority);
  set(cork->transmit_time, ipc->sockc.transmit_time);
  set(cork->tx_flags, 0);
  return call.result(0);
}

namespace {
// What __ip_append_data() has at hand while it works.
struct Append {
  const sock* sk;
  const sk_buff_head* queue;
  const inet_cork* cork;
  getfrag_t getfrag;
  const void* from;
  int length, transhdrlen;
  u32 flags;
  int offset = 0;
  u32 mtu = 0, hh_len = 0, fragheaderlen = 0, maxfraglen = 0;
  bool paged = false, zc = false;
  const ubuf_info* uarg = nullptr; // MSG_ZEROCOPY: who is told when the program's pages are free again
  bool extra_uref = false;
  int csummode = 0;
  u32 wmem_alloc_delta = 0;
  const net_device* dev = nullptr;
};

// A buffer that can become a fragment: as large as one may be, with the headers' room before the data.
int newFragment(Append& a, const sk_buff* skb_prev) {
  const u32 fraggap = skb_prev ? skb_prev->len - a.maxfraglen : 0;
  u32 datalen = a.length + fraggap;
  if (datalen > a.mtu - a.fragheaderlen) datalen = a.maxfraglen - a.fragheaderlen;
  const u32 fraglen = datalen + a.fragheaderlen;
  u32 alloc_extra = a.hh_len + 15, alloclen = fraglen, pagedlen = 0;
  if (datalen == a.length + fraggap) alloc_extra += a.cork->dst->trailer_len;
  if (a.flags & MSG_MORE && !(a.dev->features & NETIF_F_SG)) {
    alloclen = a.mtu;
  } else if (a.paged || (fraglen + alloc_extra >= SKB_MAX_ALLOC && a.dev->features & NETIF_F_SG)) {
    alloclen = a.fragheaderlen + a.transhdrlen + fraggap; // the bulk goes into pages
    pagedlen = datalen - a.transhdrlen - fraggap;
  }
  alloclen += alloc_extra;
  const sk_buff* skb = nullptr;
  int err = -ENOBUFS;
  if (a.transhdrlen) skb = sock_alloc_send_skb(a.sk, alloclen, a.flags & MSG_DONTWAIT, &err);
  else if (u32(refcount_read(&a.sk->sk_wmem_alloc)) + a.wmem_alloc_delta <= 2u * a.sk->sk_sndbuf)
    skb = alloc_skb(alloclen, a.sk->sk_allocation);
  if (!skb) return err;
  set(skb, sk_buff::bit::ip_summed, a.csummode);
  set(skb->csum, 0);
  skb_reserve(skb, a.hh_len);
  const u8* data = skb_put(skb, fraglen - pagedlen);
  skb_set_network_header(skb, 0);
  set(skb->transport_header, skb->network_header + a.fragheaderlen);
  data += a.fragheaderlen;
  if (fraggap) { // the previous buffer was filled beyond what a fragment may have: move the rest over
    set(skb->csum, skb_copy_and_csum_bits(skb_prev, a.maxfraglen, data + a.transhdrlen, fraggap));
    set(skb_prev->csum, csum_sub(skb_prev->csum, skb->csum));
    data += fraggap;
    pskb_trim(skb_prev, a.maxfraglen);
  }
  const int copy = int(datalen) - a.transhdrlen - int(fraggap) - int(pagedlen);
  if (copy > 0 && a.getfrag(a.from, data + a.transhdrlen, a.offset, copy, fraggap, skb) < 0) {
    kfree_skb(skb);
    return -EFAULT;
  }
  a.offset += std::max(copy, 0);
  a.length -= copy + a.transhdrlen;
  a.transhdrlen = 0;
  a.csummode = CHECKSUM_NONE;
  set(skb_shinfo(skb)->tx_flags, a.cork->tx_flags);
  set(a.cork->tx_flags, 0);
  skb_zcopy_set(skb, a.uarg, &a.extra_uref);
  if (a.flags & MSG_CONFIRM && !skb_prev) set(skb, sk_buff::bit::dst_pending_confirm, 1);
  if (!skb->destructor) {
    set(skb->destructor, fn<sock_wfree>);
    set(skb->sk, a.sk);
    a.wmem_alloc_delta += skb->truesize;
  }
  __skb_queue_tail(a.queue, skb);
  return 0;
}

// The program's own pages instead of a copy.
int fillZerocopy(Append& a, const sk_buff* skb, int copy) {
  const int err = __zerocopy_sg_from_iter(static_cast<const msghdr*>(a.from), nullptr, skb,
                                          &static_cast<const msghdr*>(a.from)->msg_iter, static_cast<u64>(copy));
  if (err < 0) return err;
  a.offset += copy;
  a.length -= copy;
  return 0;
}

// Fills the last buffer further: in its tailroom, or, where the device can gather, in pages.
int fillLast(Append& a, const sk_buff* skb, int copy) {
  if (!(a.dev->features & NETIF_F_SG) && skb_tailroom(skb) >= u32(copy)) {
    const u32 off = skb->len;
    if (a.getfrag(a.from, skb_put(skb, copy), a.offset, copy, off, skb) < 0) {
      skb_trim(skb, off);
      return -EFAULT;
    }
  } else if (a.zc) {
    return fillZerocopy(a, skb, copy);
  } else {
    const page_frag* pfrag = sk_page_frag(a.sk);
    if (!sk_page_frag_refill(a.sk, pfrag)) return -ENOMEM;
    int i = skb_shinfo(skb)->nr_frags;
    const bio_vec* last = i ? &skb_shinfo(skb)->frags[i - 1] : nullptr;
    if (!last || last->bv_page != pfrag->page || last->bv_offset + last->bv_len != pfrag->offset) {
      if (i == int(MAX_SKB_FRAGS)) return -EMSGSIZE;
      skb_fill_page_desc(skb, i++, pfrag->page, pfrag->offset, 0);
      get_page(pfrag->page);
    }
    copy = std::min<int>(copy, pfrag->size - pfrag->offset);
    if (a.getfrag(a.from, page_address(pfrag->page) + pfrag->offset, a.offset, copy, skb->len, skb) < 0) return -EFAULT;
    add(pfrag->offset, copy);
    add(skb_shinfo(skb)->frags[i - 1].bv_len, copy);
    add(skb->len, copy);
    add(skb->data_len, copy);
    add(skb->truesize, copy);
    a.wmem_alloc_delta += copy;
  }
  a.offset += copy;
  a.length -= copy;
  return 0;
}

int appendAll(Append& a) {
  const sk_buff* skb = skb_peek_tail(a.queue);
  int err = skb ? 0 : newFragment(a, nullptr);
  while (!err && a.length > 0) {
    skb = skb_peek_tail(a.queue);
    int copy = int(a.mtu) - int(skb->len);
    if (copy < a.length) copy = int(a.maxfraglen) - int(skb->len);
    err = copy <= 0 ? newFragment(a, skb) : fillLast(a, skb, std::min(copy, a.length));
  }
  return err;
}

// MSG_ZEROCOPY counts only with SO_ZEROCOPY, and only if the device gathers and sums; else the notice says "copied".
int startZerocopy(Append& a) {
  if (!(a.flags & MSG_ZEROCOPY) || !a.length || !sock_flag(a.sk, SOCK_ZEROCOPY)) return 0;
  const sk_buff* skb = skb_peek_tail(a.queue);
  const ubuf_info* before = skb ? skb_zcopy(skb) : nullptr;
  a.uarg = msg_zerocopy_realloc(a.sk, static_cast<u64>(a.length), before);
  if (!a.uarg) return -ENOBUFS;
  a.extra_uref = !before;
  if (a.dev->features & NETIF_F_SG && a.csummode == CHECKSUM_PARTIAL) {
    a.paged = a.zc = true;
  } else {
    set(uarg_to_msgzc(a.uarg), ubuf_info_msgzc::bit::zerocopy, 0);
    skb_zcopy_set(skb, a.uarg, &a.extra_uref);
  }
  return 0;
}
} // namespace

int __ip_append_data(const sock* sk, const flowi4* fl4, const sk_buff_head* queue, const inet_cork* cork,
                     getfrag_t getfrag, const void* from, int length, int transhdrlen, u32 flags) {
  KFUNC(__ip_append_data, sk, fl4, queue, cork, length, transhdrlen, flags);
  SIMPLIFIED("no time stamps");
  const inet_sock* inet = inet_sk(sk);
  Append a{sk, queue, cork, getfrag, from, length, transhdrlen, flags};
  a.dev = cork->dst->dev;
  a.mtu = cork->gso_size ? IP_MAX_MTU : u32(cork->fragsize);
  a.paged = cork->gso_size != 0;
  a.hh_len = LL_RESERVED_SPACE(a.dev);
  const u32 optlen = cork->opt ? cork->opt->optlen : 0;
  a.fragheaderlen = sizeof(iphdr) + optlen;
  a.maxfraglen = ((a.mtu - a.fragheaderlen) & ~7u) + a.fragheaderlen;
  const u32 most = ip_sk_ignore_df(inet) ? IP_MAX_MTU : a.mtu;
  if (u32(cork->length + length) > most - a.fragheaderlen) {
    ip_local_error(sk, EMSGSIZE, fl4->daddr, inet->inet_dport, a.mtu - optlen);
    return call.result(-EMSGSIZE);
  }
  // The device will sum up a datagram that stays whole; otherwise it is summed while it is copied.
  a.csummode = transhdrlen && length + a.fragheaderlen <= a.mtu &&
                       a.dev->features & (NETIF_F_HW_CSUM | NETIF_F_IP_CSUM) && (!(flags & MSG_MORE) || cork->gso_size)
                   ? CHECKSUM_PARTIAL
                   : CHECKSUM_NONE;
  if (const int err = startZerocopy(a)) return call.result(err);
  add(cork->length, length);
  const int err = appendAll(a);
  if (err && a.uarg) net_zcopy_put_abort(a.uarg, a.extra_uref);
  if (err) sub(cork->length, a.length);
  if (a.wmem_alloc_delta) add(sk->sk_wmem_alloc.refs.counter, a.wmem_alloc_delta);
  return call.result(err);
}

int ip_append_data(const sock* sk, const flowi4* fl4, getfrag_t getfrag, const void* from, int length, int transhdrlen,
                   const ipcm_cookie* ipc, const rtable** rtp, u32 flags) {
  KFUNC(ip_append_data, sk, fl4, length, transhdrlen, ipc, flags);
  if (flags & MSG_PROBE) return call.result(0);
  const inet_cork* cork = &inet_sk(sk)->cork.base;
  if (skb_queue_empty(&sk->sk_write_queue)) {
    if (const int err = ip_setup_cork(sk, cork, ipc, rtp)) return call.result(err);
  } else {
    transhdrlen = 0;
  }
  return call.result(__ip_append_data(sk, fl4, &sk->sk_write_queue, cork, getfrag, from, length, transhdrlen, flags));
}

static void ip_cork_release(const inet_cork* cork) {
  set(cork->flags, cork->flags & ~IPCORK_OPT);
  kfree(cork->opt.get());
  set(cork->opt, nullptr);
  const dst_entry* dst = cork->dst;
  set(cork->dst, nullptr);
  dst_release(dst);
}

static void __ip_flush_pending_frames(const sk_buff_head* queue, const inet_cork* cork) {
  KFUNC(__ip_flush_pending_frames, queue, cork);
  while (const sk_buff* skb = __skb_dequeue(queue)) kfree_skb(skb);
  ip_cork_release(cork);
}
void ip_flush_pending_frames(const sock* sk) {
  KFUNC(ip_flush_pending_frames, sk);
  __ip_flush_pending_frames(&sk->sk_write_queue, &inet_sk(sk)->cork.base);
}

// The buffers after the first become its fragment list.
static void gatherFragments(const sk_buff* skb, const sk_buff_head* queue) {
  const kptr<sk_buff>* tail = &skb_shinfo(skb)->frag_list;
  while (const sk_buff* next = __skb_dequeue(queue)) {
    __skb_pull(next, skb_network_header_len(skb));
    set(*tail, next);
    tail = &next->next;
    add(skb->len, next->len);
    add(skb->data_len, next->len);
    add(skb->truesize, next->truesize);
    set(next->destructor, nullptr);
    set(next->sk, nullptr);
  }
}

static void selectIdent(const net* net, const sk_buff* skb, const sock* sk) {
  const iphdr* iph = ip_hdr(skb);
  const inet_sock* inet = inet_sk(sk);
  if (inet->inet_daddr) {
    set(iph->id, htons(static_cast<u16>(atomic_read(&inet->inet_id))));
    atomic_inc(&inet->inet_id);
  } else if (iph->frag_off & htons(IP_DF) && !skb->ignore_df) {
    set(iph->id, 0);
  } else {
    __ip_select_ident(net, iph, skb_shinfo(skb)->gso_segs ? skb_shinfo(skb)->gso_segs : 1);
  }
}

const sk_buff* __ip_make_skb(const sock* sk, const flowi4* fl4, const sk_buff_head* queue, const inet_cork* cork) {
  KFUNC(__ip_make_skb, sk, fl4, queue, cork);
  const sk_buff* skb = __skb_dequeue(queue);
  if (!skb) return call.result(skb);
  const inet_sock* inet = inet_sk(sk);
  const net* net = sock_net(sk);
  const auto* rt = reinterpret_cast<const rtable*>(cork->dst.get());
  if (skb_network_offset(skb) > 0) __skb_pull(skb, skb_network_offset(skb));
  gatherFragments(skb, queue);
  set(skb, sk_buff::bit::ignore_df, ip_sk_ignore_df(inet));
  const u8 discovery = inet->pmtudisc;
  const bool df = discovery == IP_PMTUDISC_DO || discovery == IP_PMTUDISC_PROBE ||
                  (skb->len <= dst_mtu(&rt->dst) && discovery == IP_PMTUDISC_WANT);
  const ip_options* opt = cork->flags & IPCORK_OPT ? cork->opt.get() : nullptr;
  const int ttl = cork->ttl                      ? cork->ttl
                  : rt->rt_type == RTN_MULTICAST ? int(inet->mc_ttl)
                  : inet->uc_ttl >= 0            ? int(inet->uc_ttl)
                                                 : ip4_dst_hoplimit(&rt->dst);
  const iphdr* iph = ip_hdr(skb);
  set(iph, iphdr::bit::version, 4);
  set(iph, iphdr::bit::ihl, 5);
  set(iph->tos, cork->tos != -1 ? int(cork->tos) : int(inet->tos));
  set(iph->frag_off, df ? htons(IP_DF) : 0);
  set(iph->ttl, ttl);
  set(iph->protocol, sk->sk_protocol);
  set(iph->saddr, fl4->saddr);
  set(iph->daddr, fl4->daddr);
  selectIdent(net, skb, sk);
  if (opt) {
    set(iph, iphdr::bit::ihl, 5 + opt->optlen / 4);
    ip_options_build(skb, opt, cork->addr, rt);
  }
  set(skb->priority, cork->tos != -1 ? u32(cork->priority) : u32(sk->sk_priority));
  set(skb->mark, cork->mark);
  set(skb->tstamp, cork->transmit_time);
  set(cork->dst, nullptr); // the packet takes the route over
  skb_dst_set(skb, &rt->dst);
  if (iph->protocol == IPPROTO_ICMP) {
    const bool raw = sk->sk_type == SOCK_RAW && !(fl4->__fl_common.flowic_flags & FLOWI_FLAG_KNOWN_NH);
    icmp_out_count(net, raw ? u8(fl4->uli.icmpt.type) : u8(icmp_hdr(skb)->type));
  }
  ip_cork_release(cork);
  return call.result(skb);
}

int ip_push_pending_frames(const sock* sk, const flowi4* fl4) {
  KFUNC(ip_push_pending_frames, sk, fl4);
  const sk_buff* skb = __ip_make_skb(sk, fl4, &sk->sk_write_queue, &inet_sk(sk)->cork.base);
  return call.result(skb ? sendBuilt(sock_net(sk), skb) : 0);
}

const sk_buff* ip_make_skb(const sock* sk, const flowi4* fl4, getfrag_t getfrag, const void* from, int length,
                           int transhdrlen, const ipcm_cookie* ipc, const rtable** rtp, const inet_cork* cork,
                           u32 flags) {
  KFUNC(ip_make_skb, sk, fl4, length, transhdrlen, ipc, cork, flags);
  if (flags & MSG_PROBE) return call.result<const sk_buff*>(nullptr);
  OnStack<sk_buff_head> queue;
  __skb_queue_head_init(queue);
  set(cork->flags, 0);
  set(cork->addr, 0);
  set(cork->opt, nullptr);
  if (const int err = ip_setup_cork(sk, cork, ipc, rtp)) return call.result(ERR_PTR<sk_buff>(err));
  if (const int err = __ip_append_data(sk, fl4, queue, cork, getfrag, from, length, transhdrlen, flags)) {
    __ip_flush_pending_frames(queue, cork);
    return call.result(ERR_PTR<sk_buff>(err));
  }
  return call.result(__ip_make_skb(sk, fl4, queue, cork));
}

int ip_generic_getfrag(const void* from, const u8* to, int offset, int len, int odd, const sk_buff* skb) {
  KFUNC(ip_generic_getfrag, from, to, offset, len, odd, skb);
  const iov_iter* iter = &static_cast<const msghdr*>(from)->msg_iter;
  if (skb->ip_summed == CHECKSUM_PARTIAL) return call.result(copy_from_iter_full(to, len, iter) ? 0 : -EFAULT);
  u32 csum = 0;
  if (!csum_and_copy_from_iter_full(to, len, csum, iter)) return call.result(-EFAULT);
  set(skb->csum, csum_block_add(skb->csum, csum, odd));
  return call.result(0);
}

void ipcm_init_sk(const ipcm_cookie* ipcm, const inet_sock* inet) {
  set(ipcm->tos, -1);
  set(ipcm->sockc.mark, inet->sk.sk_mark);
  set(ipcm->sockc.tsflags, inet->sk.sk_tsflags);
  set(ipcm->oif, inet->sk.sk_bound_dev_if);
  set(ipcm->addr, inet->inet_saddr);
  set(ipcm->protocol, inet->inet_num);
}

} // namespace sockwalk::kernel
