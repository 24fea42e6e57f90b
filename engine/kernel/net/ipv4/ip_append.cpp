// Building a packet from what a sender gives: bytes are appended to a queue of buffers, each of which can become one
// IP packet (or fragment), and at the end the first of them gets the IP header.
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"

namespace sockwalk::kernel {

static constexpr u32 SKB_MAX_ALLOC = SKB_WITH_OVERHEAD(4 * PAGE_SIZE);
static bool ip_sk_use_pmtu(const inet_sock* inet) { return inet->pmtudisc < IP_PMTUDISC_PROBE; }
static bool ip_sk_ignore_df(const inet_sock* inet) {
  return inet->pmtudisc < IP_PMTUDISC_DO || inet->pmtudisc == IP_PMTUDISC_OMIT;
}

// A copy of the options in the cork's own memory: the first caller's may be gone when the last part comes.
static bool corkOptions(const sock* sk, const inet_cork* cork, const ip_options* given) {
  if (!cork->opt) set(cork->opt, kmalloc<ip_options>(sk->sk_allocation, 40));
  if (!cork->opt) return false;
  const u32 size = sizeof(ip_options) + given->optlen;
  u8 bytes[sizeof(ip_options) + 40];
  std::memcpy(bytes, given, size);
  setBytes(cork->opt, bytes, size);
  set(cork->flags, cork->flags | IPCORK_OPT);
  return true;
}

// Notes how the packet will be sent, so that the parts that come later agree with the first.
int ip_setup_cork(const sock* sk, const inet_cork* cork, const ipcm_cookie* ipc, const rtable** rtp) {
  KFUNC(ip_setup_cork, sk, cork, ipc);
  if (!*rtp) return call.result(-EFAULT);
  const dst_entry* dst = &(*rtp)->dst;
  set(cork->fragsize, ip_sk_use_pmtu(inet_sk(sk)) ? dst_mtu(dst) : u32(dst->dev->mtu));
  if (cork->fragsize < IPV4_MIN_MTU) return call.result(-ENETUNREACH);
  if (ipc->opt) {
    if (!corkOptions(sk, cork, &ipc->opt->opt)) return call.result(-ENOBUFS);
    set(cork->addr, ipc->addr);
  }
  set(cork->gso_size, ipc->gso_size);
  set(cork->dst, dst);
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
  u32 mtu = 0, linkRoom = 0, headerLen = 0, fullFragment = 0;
  bool paged = false, zerocopy = false;
  const ubuf_info* notice = nullptr; // MSG_ZEROCOPY: who is told when the program's pages are free again
  bool unusedReference = false;
  int summing = 0;
  u32 newlyCharged = 0;
  const net_device* dev = nullptr;
};

// How the bytes of a new fragment are divided.
struct FragmentSizes {
  u32 overhang; // what the buffer before has beyond a full fragment: it moves here
  u32 data;     // in this fragment, the transport's header and the overhang with it
  u32 paged;    // of them, what will lie in pages
  u32 room;     // to allocate
};
FragmentSizes sizesOf(const Append& a, const sk_buff* before) {
  FragmentSizes s{before ? before->len - a.fullFragment : 0, 0, 0, 0};
  const u32 all = u32(a.length) + s.overhang, most = a.mtu - a.headerLen;
  s.data = all <= most ? all : a.fullFragment - a.headerLen; // only the last may end off a multiple of eight
  const u32 whole = s.data + a.headerLen, margin = a.linkRoom + 15 + (s.data == all ? a.cork->dst->trailer_len : 0u);
  const bool gathers = a.dev->features & NETIF_F_SG;
  if (a.flags & MSG_MORE && !gathers) {
    s.room = a.mtu; // more will come, and it must fit behind what there is
  } else if (a.paged || (gathers && whole + margin >= SKB_MAX_ALLOC)) {
    s.room = a.headerLen + u32(a.transhdrlen) + s.overhang; // the bulk goes into pages
    s.paged = s.data - u32(a.transhdrlen) - s.overhang;
  } else {
    s.room = whole;
  }
  s.room += margin;
  return s;
}

// The first buffer waits for room in the socket's share; for the others twice that share is the limit.
const sk_buff* allocateFragment(const Append& a, u32 room, int* err) {
  if (a.transhdrlen) return sock_alloc_send_skb(a.sk, room, a.flags & MSG_DONTWAIT, err);
  const u32 used = u32(refcount_read(&a.sk->sk_wmem_alloc)) + a.newlyCharged;
  return used <= 2u * a.sk->sk_sndbuf ? alloc_skb(room, a.sk->sk_allocation) : nullptr;
}

// The sum of what moves goes with it.
void moveOverhang(const Append& a, const sk_buff* before, const sk_buff* skb, const u8* to, u32 overhang) {
  set(skb->csum, skb_copy_and_csum_bits(before, a.fullFragment, to, overhang));
  set(before->csum, csum_sub(before->csum, skb->csum));
  pskb_trim(before, a.fullFragment);
}

// The buffer is part of the packet now, and counts against the socket.
void enqueue(Append& a, const sk_buff* skb, bool first) {
  set(skb_shinfo(skb)->tx_flags, a.cork->tx_flags);
  set(a.cork->tx_flags, 0);
  skb_zcopy_set(skb, a.notice, &a.unusedReference);
  if (a.flags & MSG_CONFIRM && first) set(skb, sk_buff::bit::dst_pending_confirm, 1);
  if (!skb->destructor) {
    set(skb->destructor, fn<sock_wfree>);
    set(skb->sk, a.sk);
    a.newlyCharged += skb->truesize;
  }
  __skb_queue_tail(a.queue, skb);
}

// A buffer that can become a fragment: as large as one may be, with the headers' room before the data.
int newFragment(Append& a, const sk_buff* before) {
  const FragmentSizes s = sizesOf(a, before);
  int err = -ENOBUFS;
  const sk_buff* skb = allocateFragment(a, s.room, &err);
  if (!skb) return err;
  set(skb, sk_buff::bit::ip_summed, a.summing);
  set(skb->csum, 0);
  skb_reserve(skb, a.linkRoom);
  const u8* data = skb_put(skb, s.data + a.headerLen - s.paged) + a.headerLen + a.transhdrlen;
  skb_set_network_header(skb, 0);
  set(skb->transport_header, skb->network_header + a.headerLen);
  if (s.overhang) moveOverhang(a, before, skb, data, s.overhang);
  const int fresh = int(s.data) - a.transhdrlen - int(s.overhang) - int(s.paged);
  if (fresh > 0 && a.getfrag(a.from, data + s.overhang, a.offset, fresh, s.overhang, skb) < 0) {
    kfree_skb(skb);
    return -EFAULT;
  }
  a.offset += std::max(fresh, 0);
  a.length -= fresh + a.transhdrlen;
  a.transhdrlen = 0;
  a.summing = CHECKSUM_NONE;
  enqueue(a, skb, !before);
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

// Into the tailroom. What was put is taken back if the program's bytes cannot be read.
int fillTail(const Append& a, const sk_buff* skb, int copy) {
  const u32 had = skb->len;
  if (a.getfrag(a.from, skb_put(skb, copy), a.offset, copy, had, skb) >= 0) return 0;
  skb_trim(skb, had);
  return -EFAULT;
}

// Into the page that the socket, or its task, has begun; the next buffer may go on in the same page. Gives how much of
// `copy` went there, or -errno.
int fillPage(Append& a, const sk_buff* skb, int copy) {
  const page_frag* shared = sk_page_frag(a.sk);
  if (!sk_page_frag_refill(a.sk, shared)) return -ENOMEM;
  int pages = skb_shinfo(skb)->nr_frags;
  const bio_vec* last = pages ? &skb_shinfo(skb)->frags[pages - 1] : nullptr;
  const bool goesOn = last && last->bv_page == shared->page && last->bv_offset + last->bv_len == shared->offset;
  if (!goesOn) {
    if (pages == int(MAX_SKB_FRAGS)) return -EMSGSIZE;
    skb_fill_page_desc(skb, pages++, shared->page, shared->offset, 0);
    get_page(shared->page);
  }
  copy = std::min<int>(copy, shared->size - shared->offset);
  if (a.getfrag(a.from, page_address(shared->page) + shared->offset, a.offset, copy, skb->len, skb) < 0) return -EFAULT;
  add(shared->offset, copy);
  add(skb_shinfo(skb)->frags[pages - 1].bv_len, copy);
  add(skb->len, copy);
  add(skb->data_len, copy);
  add(skb->truesize, copy);
  a.newlyCharged += copy;
  return copy;
}

// Fills the last buffer further: in its tailroom, or, where the device can gather, in pages.
int fillLast(Append& a, const sk_buff* skb, int copy) {
  int err = 0;
  if (!(a.dev->features & NETIF_F_SG) && skb_tailroom(skb) >= u32(copy)) {
    err = fillTail(a, skb, copy);
  } else if (a.zerocopy) {
    return fillZerocopy(a, skb, copy);
  } else {
    copy = fillPage(a, skb, copy);
    err = std::min(copy, 0);
  }
  if (err) return err;
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
    if (copy < a.length) copy = int(a.fullFragment) - int(skb->len);
    err = copy <= 0 ? newFragment(a, skb) : fillLast(a, skb, std::min(copy, a.length));
  }
  return err;
}

// MSG_ZEROCOPY counts only with SO_ZEROCOPY, and only if the device gathers and sums; else the notice says "copied".
int startZerocopy(Append& a) {
  if (!(a.flags & MSG_ZEROCOPY) || !a.length || !sock_flag(a.sk, SOCK_ZEROCOPY)) return 0;
  const sk_buff* skb = skb_peek_tail(a.queue);
  const ubuf_info* before = skb ? skb_zcopy(skb) : nullptr;
  a.notice = msg_zerocopy_realloc(a.sk, static_cast<u64>(a.length), before);
  if (!a.notice) return -ENOBUFS;
  a.unusedReference = !before;
  if (a.dev->features & NETIF_F_SG && a.summing == CHECKSUM_PARTIAL) {
    a.paged = a.zerocopy = true;
  } else {
    set(uarg_to_msgzc(a.notice), ubuf_info_msgzc::bit::zerocopy, 0);
    skb_zcopy_set(skb, a.notice, &a.unusedReference);
  }
  return 0;
}
} // namespace

int __ip_append_data(const sock* sk, const flowi4* fl4, const sk_buff_head* queue, const inet_cork* cork,
                     getfrag_t getfrag, const void* from, int length, int transhdrlen, u32 flags) {
  KFUNC(__ip_append_data, sk, fl4, queue, cork, length, transhdrlen, flags);
  SIMPLIFIED("the datagram gets no time stamp of its transmission");
  const inet_sock* inet = inet_sk(sk);
  const u32 optionBytes = cork->opt ? cork->opt->optlen : 0;
  Append a{sk, queue, cork, getfrag, from, length, transhdrlen, flags};
  a.dev = cork->dst->dev;
  a.paged = cork->gso_size != 0;
  a.mtu = a.paged ? IP_MAX_MTU : u32(cork->fragsize);
  a.linkRoom = LL_RESERVED_SPACE(a.dev);
  a.headerLen = sizeof(iphdr) + optionBytes;
  a.fullFragment = ((a.mtu - a.headerLen) & ~7u) + a.headerLen;
  const u32 most = ip_sk_ignore_df(inet) ? IP_MAX_MTU : a.mtu;
  if (u32(cork->length + length) > most - a.headerLen) {
    ip_local_error(sk, EMSGSIZE, fl4->daddr, inet->inet_dport, a.mtu - optionBytes);
    return call.result(-EMSGSIZE);
  }
  // The device will sum up a datagram that stays whole; otherwise it is summed while it is copied.
  const bool deviceSums = a.dev->features & (NETIF_F_HW_CSUM | NETIF_F_IP_CSUM);
  const bool staysWhole = transhdrlen && length + a.headerLen <= a.mtu && (a.paged || !(flags & MSG_MORE));
  a.summing = deviceSums && staysWhole ? CHECKSUM_PARTIAL : CHECKSUM_NONE;
  if (const int err = startZerocopy(a)) return call.result(err);
  add(cork->length, length);
  const int err = appendAll(a);
  if (err) {
    if (a.notice) net_zcopy_put_abort(a.notice, a.unusedReference);
    sub(cork->length, a.length);
  }
  if (a.newlyCharged) add(sk->sk_wmem_alloc.refs.counter, a.newlyCharged);
  return call.result(err);
}

int ip_append_data(const sock* sk, const flowi4* fl4, getfrag_t getfrag, const void* from, int length, int transhdrlen,
                   const ipcm_cookie* ipc, const rtable** rtp, u32 flags) {
  KFUNC(ip_append_data, sk, fl4, length, transhdrlen, ipc, flags);
  if (flags & MSG_PROBE) return call.result(0);
  const sk_buff_head* queue = &sk->sk_write_queue;
  const inet_cork* cork = &inet_sk(sk)->cork.base;
  const bool begins = skb_queue_empty(queue);
  if (begins)
    if (const int err = ip_setup_cork(sk, cork, ipc, rtp)) return call.result(err);
  // The packet has one transport header, in its first part.
  return call.result(__ip_append_data(sk, fl4, queue, cork, getfrag, from, length, begins ? transhdrlen : 0, flags));
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

static bool dontFragment(const sk_buff* skb, u8 discovery, const dst_entry* dst) {
  if (discovery == IP_PMTUDISC_DO || discovery == IP_PMTUDISC_PROBE) return true; // the program sees to the size itself
  const bool fits = skb->len <= dst_mtu(dst); // else we cut it up ourselves, and others may do so again
  return fits && discovery == IP_PMTUDISC_WANT;
}

static int timeToLive(const inet_sock* inet, const inet_cork* cork, const rtable* rt) {
  if (cork->ttl) return cork->ttl; // for this packet only
  if (rt->rt_type == RTN_MULTICAST) return inet->mc_ttl;
  return inet->uc_ttl >= 0 ? int(inet->uc_ttl) : ip4_dst_hoplimit(&rt->dst);
}

// The header's fields in their order; addresses and options come last, when the packet's number is known.
static void writeHeader(const sock* sk, const sk_buff* skb, const flowi4* fl4, const inet_cork* cork, bool df) {
  const inet_sock* inet = inet_sk(sk);
  const auto* rt = reinterpret_cast<const rtable*>(cork->dst.get());
  const int hops = timeToLive(inet, cork, rt);
  const iphdr* iph = ip_hdr(skb);
  set(iph, iphdr::bit::version, 4);
  set(iph, iphdr::bit::ihl, 5);
  set(iph->tos, cork->tos != -1 ? int(cork->tos) : int(inet->tos));
  set(iph->frag_off, df ? htons(IP_DF) : 0);
  set(iph->ttl, hops);
  set(iph->protocol, sk->sk_protocol);
  set(iph->saddr, fl4->saddr);
  set(iph->daddr, fl4->daddr);
  selectIdent(sock_net(sk), skb, sk);
  if (!(cork->flags & IPCORK_OPT) || !cork->opt) return;
  set(iph, iphdr::bit::ihl, 5 + cork->opt->optlen / 4);
  ip_options_build(skb, cork->opt, cork->addr, rt);
}

// ICMP counts what it sends by type; a raw socket's program has written its header itself.
static void countIcmp(const sock* sk, const sk_buff* skb, const flowi4* fl4) {
  const bool byProgram = sk->sk_type == SOCK_RAW && !(fl4->__fl_common.flowic_flags & FLOWI_FLAG_KNOWN_NH);
  icmp_out_count(sock_net(sk), byProgram ? u8(fl4->uli.icmpt.type) : u8(icmp_hdr(skb)->type));
}

const sk_buff* __ip_make_skb(const sock* sk, const flowi4* fl4, const sk_buff_head* queue, const inet_cork* cork) {
  KFUNC(__ip_make_skb, sk, fl4, queue, cork);
  const sk_buff* skb = __skb_dequeue(queue);
  if (!skb) return call.result(skb);
  const inet_sock* inet = inet_sk(sk);
  const dst_entry* dst = cork->dst;
  if (const int before = skb_network_offset(skb); before > 0) __skb_pull(skb, static_cast<u32>(before));
  gatherFragments(skb, queue);
  set(skb, sk_buff::bit::ignore_df, ip_sk_ignore_df(inet));
  writeHeader(sk, skb, fl4, cork, dontFragment(skb, inet->pmtudisc, dst));
  set(skb->priority, cork->tos != -1 ? u32(cork->priority) : u32(sk->sk_priority));
  set(skb->mark, cork->mark);
  set(skb->tstamp, cork->transmit_time);
  set(cork->dst, nullptr); // the packet takes the route over
  skb_dst_set(skb, dst);
  if (ip_hdr(skb)->protocol == IPPROTO_ICMP) countIcmp(sk, skb, fl4);
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
  OnStack<sk_buff_head> parts;
  __skb_queue_head_init(parts);
  set(cork->flags, 0);
  set(cork->addr, 0);
  set(cork->opt, nullptr);
  if (const int err = ip_setup_cork(sk, cork, ipc, rtp)) return call.result(ERR_PTR<sk_buff>(err));
  if (const int err = __ip_append_data(sk, fl4, parts, cork, getfrag, from, length, transhdrlen, flags)) {
    __ip_flush_pending_frames(parts, cork);
    return call.result(ERR_PTR<sk_buff>(err));
  }
  return call.result(__ip_make_skb(sk, fl4, parts, cork));
}

// What a socket sends lies in the program's memory. It is summed while it is copied, unless the device will sum it.
int ip_generic_getfrag(const void* from, const u8* to, int offset, int len, int odd, const sk_buff* skb) {
  KFUNC(ip_generic_getfrag, from, to, offset, len, odd, skb);
  const iov_iter* source = &static_cast<const msghdr*>(from)->msg_iter;
  if (skb->ip_summed == CHECKSUM_PARTIAL) return call.result(copy_from_iter_full(to, len, source) ? 0 : -EFAULT);
  u32 sum = 0;
  const bool readable = csum_and_copy_from_iter_full(to, len, sum, source);
  if (readable) set(skb->csum, csum_block_add(skb->csum, sum, odd));
  return call.result(readable ? 0 : -EFAULT);
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
