// Groups of packet sockets (PACKET_FANOUT): who is a member, and which member a frame is for.
#include "engine/kernel/include/linux/random.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/flow_dissector.h"
#include "engine/kernel/net/packet/fanout.h"
#include <algorithm>

namespace sockwalk::kernel {

static Global<list_head> fanout_list{"fanout_list"};
void image_packet_fanout() { INIT_LIST_HEAD(fanout_list); }

namespace {
constexpr u32 UsualMost = 256, PACKET_FANOUT_MAX = 65536;
// arr[], at the end of the structure, has as many places as the group may have members.
constexpr u32 ArrBegin = offsetof(packet_fanout, prot_hook) + sizeof(packet_type);
const kptr<sock>* membersOf(const packet_fanout* f) {
  return reinterpret_cast<const kptr<sock>*>(reinterpret_cast<const u8*>(f) + ArrBegin);
}
const packet_fanout* groupOf(const packet_type* pt) { return static_cast<const packet_fanout*>(pt->af_packet_priv.get()); }
} // namespace

// ---- which member
static u32 fanout_demux_lb(const packet_fanout* f, u32 num) {
  KFUNC(fanout_demux_lb, f, num);
  INLINED();
  atomic_inc(&f->rr_cur);
  return call.result(static_cast<u32>(atomic_read(&f->rr_cur)) % num);
}
static u32 fanout_demux_hash(const packet_fanout* f, const sk_buff* skb, u32 num) {
  KFUNC(fanout_demux_hash, f, skb, num);
  INLINED();
  constexpr int BitsOfHash = 32; // the hash as a fraction of the whole, so that no division is needed
  return call.result(static_cast<u32>(u64{__skb_get_hash_symmetric(skb)} * num >> BitsOfHash));
}
static u32 memberFor(const packet_fanout* f, const sk_buff* skb, u32 num) {
  switch (f->type) {
  case PACKET_FANOUT_LB: return fanout_demux_lb(f, num);
  case PACKET_FANOUT_CPU: return 0; // this machine has one
  case PACKET_FANOUT_RND: return __get_random_u32_below(num);
  case PACKET_FANOUT_QM: return skb->queue_mapping % num;
  default: return fanout_demux_hash(f, skb, num);
  }
}
static s32 packet_rcv_fanout(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev) {
  KFUNC(packet_rcv_fanout, skb, dev, pt, orig_dev);
  const packet_fanout* f = groupOf(pt);
  const u32 num = f->num_members;
  if (dev_net(dev) != f->net.net || !num) return kfree_skb(skb), call.result(0);
  const u32 index = memberFor(f, skb, num);
  const sock* sk = membersOf(f)[index];
  NOTE("packet.fanout_chosen", f, index, num, skb, sk);
  const packet_type* hook = &pkt_sk(sk)->prot_hook;
  return call.result(hook->func(skb, dev, hook, orig_dev));
}
// Whether the sender is in the group: nobody in it is shown what one of them sends.
static bool match_fanout_group(const packet_type* ptype, const sock* sk) {
  KFUNC(match_fanout_group, ptype, sk);
  return call.result(sk->__sk_common.skc_family == PF_PACKET && groupOf(ptype) == pkt_sk(sk)->fanout.get());
}

// ---- members
void __fanout_link(const sock* sk, const packet_sock* po) {
  KFUNC(__fanout_link, sk, po);
  INLINED();
  const packet_fanout* f = po->fanout;
  set(membersOf(f)[f->num_members], sk);
  add(f->num_members, 1);
  NOTE("packet.fanout_joined", sk, f, u32{f->num_members});
  if (f->num_members == 1) dev_add_pack(&f->prot_hook);
}
// The last of them takes the place that becomes free.
void __fanout_unlink(const sock* sk, const packet_sock* po) {
  KFUNC(__fanout_unlink, sk, po);
  INLINED();
  const packet_fanout* f = po->fanout;
  const kptr<sock>* members = membersOf(f);
  const u32 last = f->num_members - 1;
  u32 place = 0;
  while (place < last && members[place].get() != sk) ++place;
  BUG_ON(members[place].get() != sk);
  set(members[place], members[last].get());
  set(f->num_members, last);
  NOTE("packet.fanout_left", sk, f, last);
  if (!last) __dev_remove_pack(&f->prot_hook);
}

// ---- groups
static const packet_fanout* groupWith(const net* net, u16 id) {
  for (const list_head* at = fanout_list->next; at != fanout_list.get(); at = at->next) {
    const packet_fanout* f = container_of(at, packet_fanout, list);
    if (f->id == id && f->net.net == net) return f;
  }
  return nullptr;
}
static const packet_fanout* newGroup(const packet_sock* po, u16 id, u8 type, u32 most) {
  const u32 whole = u32{sizeof(packet_fanout)} + most * u32{sizeof(kptr<sock>)};
  const auto* f = static_cast<const packet_fanout*>(kvmalloc_node(whole, TypeName<packet_fanout>::index, GFP_KERNEL | __GFP_ZERO));
  if (!f) return nullptr;
  set(f->net.net, sock_net(&po->sk));
  set(f->id, id);
  set(f->type, type);
  set(f->max_num_members, most);
  const packet_type* hook = &f->prot_hook;
  set(hook->type, po->prot_hook.type);
  set(hook->dev, po->prot_hook.dev);
  set(hook->ignore_outgoing, po->prot_hook.ignore_outgoing);
  set(hook->func, fn<packet_rcv_fanout>);
  set(hook->af_packet_priv, f);
  set(hook->af_packet_net, sock_net(&po->sk));
  set(hook->id_match, fn<match_fanout_group>);
  list_add(&f->list, fanout_list);
  return f;
}
static int joinGroup(const sock* sk, const packet_fanout* f, u8 type) {
  const packet_sock* po = pkt_sk(sk);
  const bool alike = f->type == type && f->prot_hook.type == po->prot_hook.type && f->prot_hook.dev == po->prot_hook.dev;
  if (!packet_sock_flag(po, PACKET_SOCK_RUNNING) || !alike) return -EINVAL;
  if (static_cast<u32>(refcount_read(&f->sk_ref)) >= f->max_num_members) return -ENOSPC;
  __dev_remove_pack(&po->prot_hook);
  set(po->fanout, f);
  refcount_set(&f->sk_ref, refcount_read(&f->sk_ref) + 1);
  __fanout_link(sk, po);
  return 0;
}
static void freeGroup(const packet_fanout* f) {
  list_del(&f->list);
  kvfree(f);
}
static bool isBuilt(u32 type) {
  return type == PACKET_FANOUT_HASH || type == PACKET_FANOUT_LB || type == PACKET_FANOUT_CPU || type == PACKET_FANOUT_RND ||
         type == PACKET_FANOUT_QM;
}
int fanout_add(const sock* sk, u32 idAndType, u32 most) {
  KFUNC(fanout_add, sk, idAndType, most);
  INLINED();
  SIMPLIFIED("a group that hands over what a member has no room for (ROLLOVER), that asks a program of BPF, or that puts "
             "fragments together first, is refused (EOPNOTSUPP)");
  const auto id = static_cast<u16>(idAndType);
  const u32 type = idAndType >> 16 & 0xff, flags = idAndType >> 24;
  if (type > PACKET_FANOUT_EBPF) return call.result(-EINVAL);
  if (flags || !isBuilt(type)) return call.result(-EOPNOTSUPP);
  const packet_sock* po = pkt_sk(sk);
  if (po->fanout) return call.result(-EALREADY);
  const packet_fanout* f = groupWith(sock_net(sk), id);
  if (f && most && most != f->max_num_members) return call.result(-EINVAL);
  if (!f && most > PACKET_FANOUT_MAX) return call.result(-EINVAL);
  if (!f) f = newGroup(po, id, static_cast<u8>(type), most ? most : UsualMost);
  if (!f) return call.result(-ENOMEM);
  const int err = joinGroup(sk, f, static_cast<u8>(type));
  if (err && !refcount_read(&f->sk_ref)) freeGroup(f);
  return call.result(err);
}
void fanout_release(const sock* sk) {
  KFUNC(fanout_release, sk);
  INLINED();
  const packet_fanout* f = pkt_sk(sk)->fanout;
  if (!f) return;
  set(pkt_sk(sk)->fanout, nullptr);
  if (refcount_dec_and_test(&f->sk_ref)) freeGroup(f);
}
u32 fanoutOf(const packet_sock* po) {
  const packet_fanout* f = po->fanout;
  return f ? f->id | u32{f->type} << 16 | u32{f->flags} << 24 : 0;
}

} // namespace sockwalk::kernel
