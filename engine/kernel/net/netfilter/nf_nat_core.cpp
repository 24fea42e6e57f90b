// What a connection's ends become: chosen once, when its first packet passes, and written into the tuple by which answers
// are recognised.
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/linux/siphash.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/include/net/netfilter/nf_nat.h"
#include "engine/kernel/net/netfilter/nf_conntrack_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

Global<kptr<hlist_head>> nf_nat_bysource{"nf_nat_bysource"};
Global<u32> nf_nat_htable_size{"nf_nat_htable_size"};
static Global<siphash_key_t> nf_nat_hash_rnd{"nf_nat_hash_rnd"};

// ---- connections by their source
static u32 hash_by_src(const net* net, const nf_conntrack_tuple* tuple) {
  KFUNC(hash_by_src, net, tuple);
  struct {
    u8 source[sizeof(nf_conntrack_man)];
    u32 mix, protocol, zone;
  } all{};
  std::memcpy(all.source, &tuple->src, sizeof all.source);
  all.mix = net_hash_mix(net);
  all.protocol = tuple->dst.protonum;
  const u32 hash = static_cast<u32>(siphash(&all, sizeof all, nf_nat_hash_rnd));
  return call.result(static_cast<u32>(u64(hash) * *nf_nat_htable_size >> 32));
}

void nf_nat_cleanup(const nf_conn* ct) {
  KFUNC(nf_nat_cleanup_conntrack, ct);
  hlist_del_init(&ct->nat_bysource);
}

// ---- ranges
// ICMP has the number of a question in place of ports, the same in both directions.
static bool hasNumber(u8 protocol) {
  return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_ICMP;
}
static bool between(u16 value, u16 low, u16 high) { return ntohs(low) <= ntohs(value) && ntohs(value) <= ntohs(high); }

static bool l4proto_in_range(const nf_conntrack_tuple* tuple, u32 maniptype, const nf_nat_range2* range) {
  KFUNC(l4proto_in_range, tuple, maniptype, range);
  SIMPLIFIED("TCP, UDP and ICMP; other protocols have nothing to translate but addresses");
  const u8 protocol = tuple->dst.protonum;
  const bool source = protocol == IPPROTO_ICMP || maniptype == u32(NF_NAT_MANIP_SRC);
  if (!hasNumber(protocol)) return call.result(true);
  const u16 value = source ? tuple->src.u.all : tuple->dst.u.all;
  return call.result(between(value, range->min_proto.all, range->max_proto.all));
}

static bool addressFits(const nf_conntrack_tuple* tuple, const nf_nat_range2* range) {
  const u32 address = ntohl(tuple->src.u3.ip);
  return ntohl(range->min_addr.ip) <= address && address <= ntohl(range->max_addr.ip);
}
// Would this source do?
static bool nf_in_range(const nf_conntrack_tuple* tuple, const nf_nat_range2* range) {
  KFUNC(nf_in_range, tuple, range);
  if (range->flags & NF_NAT_RANGE_MAP_IPS && !addressFits(tuple, range)) return call.result(false);
  const bool anyPort = !(range->flags & NF_NAT_RANGE_PROTO_SPECIFIED);
  return call.result(anyPort || l4proto_in_range(tuple, NF_NAT_MANIP_SRC, range));
}

// The table knows what comes in: the answers to such a packet must not be another connection's.
static bool nf_nat_used_tuple(const nf_conntrack_tuple* tuple, const nf_conn* ignored) {
  OnStack<nf_conntrack_tuple> answers;
  nf_ct_invert_tuple(answers, tuple);
  return nf_conntrack_tuple_taken(answers, ignored);
}

// ---- choosing
// Another connection from the same address and port was given a source already: the same again, if it is in the range.
static bool find_appropriate_src(const net* net, const nf_conntrack_tuple* now, const nf_conntrack_tuple* chosen,
                                 const nf_nat_range2* range) {
  const hlist_head* bucket = nf_nat_bysource->get() + hash_by_src(net, now);
  for (const hlist_node* at = bucket->first; at; at = at->next) {
    const nf_conn* known = container_of(at, nf_conn, nat_bysource);
    const nf_conntrack_tuple* began = &known->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
    const bool same = began->dst.protonum == now->dst.protonum && began->src.u3.ip == now->src.u3.ip &&
                      began->src.u.all == now->src.u.all && nf_ct_net(known) == net;
    if (!same) continue;
    nf_ct_invert_tuple(chosen, &known->tuplehash[IP_CT_DIR_REPLY].tuple);
    setBytes(&chosen->dst, &now->dst, sizeof now->dst);
    if (nf_in_range(chosen, range)) return true;
  }
  return false;
}

static void chooseAddress(const nf_conntrack_tuple* tuple, const nf_nat_range2* range, u32 maniptype) {
  if (!(range->flags & NF_NAT_RANGE_MAP_IPS)) return;
  const nf_inet_addr* end = maniptype == u32(NF_NAT_MANIP_SRC) ? &tuple->src.u3 : &tuple->dst.u3;
  copy(end, &range->min_addr);
}

// Which ports may be tried where a rule names none: those of the same kind, below 512, 1024, or above.
static void portsLike(u16 port, u32& first, u32& count) {
  first = port < 512 ? 1 : port < 1024 ? 600 : 1024;
  count = (port < 512 ? 512 : port < 1024 ? 1024 : 65536) - first;
}

static void nf_nat_l4proto_unique_tuple(const nf_conntrack_tuple* tuple, const nf_nat_range2* range, u32 maniptype,
                                        const nf_conn* ct) {
  KFUNC(nf_nat_l4proto_unique_tuple, tuple, range, maniptype, ct);
  INLINED();
  const u8 protocol = tuple->dst.protonum;
  const bool named = range->flags & NF_NAT_RANGE_PROTO_SPECIFIED, source = maniptype == u32(NF_NAT_MANIP_SRC);
  if (!hasNumber(protocol)) return;
  if (!named && !source && protocol != IPPROTO_ICMP) return; // a server's port says who is meant
  const u16* key = source || protocol == IPPROTO_ICMP ? &tuple->src.u.all : &tuple->dst.u.all;
  u32 first = 0, count = 65536;
  if (named) {
    first = std::min(ntohs(range->min_proto.all), ntohs(range->max_proto.all));
    count = std::max(ntohs(range->min_proto.all), ntohs(range->max_proto.all)) - first + 1;
  } else if (protocol != IPPROTO_ICMP) {
    portsLike(ntohs(*key), first, count);
  }
  for (u32 tries = std::min(count, 128u); tries; tries = tries < count && tries >= 16 ? tries / 2 : 0) {
    u16 at = static_cast<u16>(machine().random());
    for (u32 i = 0; i < tries; ++i, ++at) {
      set(*key, htons(static_cast<u16>(first + at % count)));
      if (!nf_nat_used_tuple(tuple, ct)) return;
    }
  }
}

// The tuple as it is, if that will do; what the same source was given before; or the first choice that nobody has.
static void get_unique_tuple(const nf_conntrack_tuple* chosen, const nf_conntrack_tuple* now,
                             const nf_nat_range2* range, const nf_conn* ct, u32 maniptype) {
  KFUNC(get_unique_tuple, chosen, now, range, ct, maniptype);
  INLINED();
  SIMPLIFIED("of a range of addresses the first is taken");
  const bool named = range->flags & NF_NAT_RANGE_PROTO_SPECIFIED;
  if (maniptype == u32(NF_NAT_MANIP_SRC)) {
    if (nf_in_range(now, range)) {
      if (!nf_nat_used_tuple(now, ct)) return copy(chosen, now);
    } else if (find_appropriate_src(nf_ct_net(ct), now, chosen, range) && !nf_nat_used_tuple(chosen, ct)) {
      return;
    }
  }
  copy(chosen, now);
  chooseAddress(chosen, range, maniptype);
  if (named) {
    const bool one = range->min_proto.all == range->max_proto.all;
    if (l4proto_in_range(chosen, maniptype, range) && (one || !nf_nat_used_tuple(chosen, ct))) return;
  } else if (!nf_nat_used_tuple(chosen, ct)) {
    return;
  }
  nf_nat_l4proto_unique_tuple(chosen, range, maniptype, ct);
}

// ---- writing it down
static void noteChoice(const nf_conn* ct, const nf_conntrack_tuple* chosen, u32 maniptype) {
  if (maniptype == u32(NF_NAT_MANIP_SRC)) NOTE("nat.source", ct, chosen->src.u3.ip, chosen->src.u.all);
  else NOTE("nat.destination", ct, chosen->dst.u3.ip, chosen->dst.u.all);
}

u32 nf_nat_setup_info(const nf_conn* ct, const nf_nat_range2* range, u32 maniptype) {
  KFUNC(nf_nat_setup_info, ct, range, maniptype);
  if (nf_ct_is_confirmed(ct)) return call.result(u32(NF_ACCEPT));
  const bool source = maniptype == u32(NF_NAT_MANIP_SRC);
  OnStack<nf_conntrack_tuple> now, chosen;
  nf_ct_invert_tuple(now, &ct->tuplehash[IP_CT_DIR_REPLY].tuple);
  get_unique_tuple(chosen, now, range, ct, maniptype);
  if (!nf_ct_tuple_equal(chosen, now)) {
    OnStack<nf_conntrack_tuple> answers;
    nf_ct_invert_tuple(answers, chosen);
    nf_conntrack_alter_reply(ct, answers);
    addStatus(ct, source ? IPS_SRC_NAT : IPS_DST_NAT);
    noteChoice(ct, chosen, maniptype);
  } else {
    NOTE("nat.none", ct, maniptype);
  }
  if (source) {
    const u32 hash = hash_by_src(nf_ct_net(ct), &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple);
    hlist_add_head(&ct->nat_bysource, nf_nat_bysource->get() + hash);
  }
  addStatus(ct, source ? IPS_SRC_NAT_DONE : IPS_DST_NAT_DONE);
  return call.result(u32(NF_ACCEPT));
}

u32 setUpWithAddress(const nf_conn* ct, const nf_nat_range2* range, u32 address, u32 maniptype) {
  OnStack<nf_nat_range2> own;
  set(own->flags, range->flags | NF_NAT_RANGE_MAP_IPS);
  set(own->min_addr.ip, address);
  set(own->max_addr.ip, address);
  set(own->min_proto.all, range->min_proto.all);
  set(own->max_proto.all, range->max_proto.all);
  return nf_nat_setup_info(ct, own, maniptype);
}

// No rule had anything to say: the address stays, and only a port that is taken is changed.
static u32 __nf_nat_alloc_null_binding(const nf_conn* ct, u32 manip) {
  KFUNC(__nf_nat_alloc_null_binding, ct, manip);
  const nf_conntrack_tuple* answers = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
  const nf_inet_addr* own = manip == u32(NF_NAT_MANIP_SRC) ? &answers->dst.u3 : &answers->src.u3;
  OnStack<nf_nat_range2> range;
  set(range->flags, NF_NAT_RANGE_MAP_IPS);
  copy(&range->min_addr, own);
  copy(&range->max_addr, own);
  return call.result(nf_nat_setup_info(ct, range, manip));
}

// ---- extensions: what an entry has besides, in a block of its own
static const void* nf_ct_ext_add(const nf_conn* ct, u32 id, u32 length) {
  KFUNC(nf_ct_ext_add, ct, id, length);
  SIMPLIFIED("one extension is all that there is room for");
  const auto* ext = kzalloc<nf_ct_ext>(GFP_ATOMIC, 128 - sizeof(nf_ct_ext));
  if (!ext) return call.result<const void*>(nullptr);
  set(ext->offset[id], sizeof(nf_ct_ext));
  set(ext->len, sizeof(nf_ct_ext) + length);
  set(ct->ext, ext);
  return call.result(static_cast<const void*>(ext->data));
}
static const nf_conn_nat* nfct_nat(const nf_conn* ct) {
  const nf_ct_ext* ext = ct->ext;
  if (!ext || !ext->offset[NF_CT_EXT_NAT]) return nullptr;
  return reinterpret_cast<const nf_conn_nat*>(reinterpret_cast<const u8*>(ext) + ext->offset[NF_CT_EXT_NAT]);
}
const nf_conn_nat* nf_ct_nat_ext_add(const nf_conn* ct) {
  KFUNC(nf_ct_nat_ext_add, ct);
  const nf_conn_nat* nat = nfct_nat(ct);
  if (!nat && !nf_ct_is_confirmed(ct))
    nat = static_cast<const nf_conn_nat*>(nf_ct_ext_add(ct, NF_CT_EXT_NAT, sizeof(nf_conn_nat)));
  return call.result(nat);
}

// ---- a packet
u32 nf_nat_packet(const nf_conn* ct, u32 ctinfo, u32 hooknum, const sk_buff* skb) {
  KFUNC(nf_nat_packet, ct, ctinfo, hooknum, skb);
  INLINED();
  const u32 manip = HOOK2MANIP(hooknum), dir = CTINFO2DIR(ctinfo);
  return call.result(isTranslated(ct, manip, dir) ? nf_nat_manip_pkt(skb, ct, manip, dir) : u32(NF_ACCEPT));
}

// The connection was masqueraded for another device: it cannot go on.
static bool leavesElsewhere(const nf_conn* ct, u32 ctinfo, const nf_hook_state* state) {
  const nf_conn_nat* nat = nfct_nat(ct);
  return nat && nat->masq_index && state->hook == NF_INET_POST_ROUTING &&
         CTINFO2DIR(ctinfo) == u32(IP_CT_DIR_ORIGINAL) && nat->masq_index != state->out->ifindex;
}

// The tables that NAT asks, one after the other, until one has chosen.
static u32 askTables(const void* priv, const sk_buff* skb, const nf_conn* ct, const nf_hook_state* state) {
  const nf_hook_entries* tables = static_cast<const nf_nat_lookup_hook_priv*>(priv)->entries;
  const u32 manip = HOOK2MANIP(state->hook);
  for (u32 i = 0; tables && i < tables->num_hook_entries; ++i) {
    const nf_hook_entry* entry = &tables->hooks[i];
    using hook_t = u32(const void*, const sk_buff*, const nf_hook_state*);
    auto* hook = reinterpret_cast<hook_t*>(enterTableSlot(&entry->hook, entry->hook.value));
    if (const u32 says = hook(entry->priv, skb, state); says != u32(NF_ACCEPT)) return says;
    if (nf_nat_initialized(ct, manip)) return NF_ACCEPT;
  }
  return __nf_nat_alloc_null_binding(ct, manip);
}

u32 nf_nat_inet_fn(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(nf_nat_inet_fn, priv, skb, state);
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  if (!ct) return call.result(u32(NF_ACCEPT)); // of no connection: there is nothing to go by
  const bool begins = ctinfo == u32(IP_CT_NEW) || ctinfo == u32(IP_CT_RELATED) || ctinfo == u32(IP_CT_RELATED_REPLY);
  if (begins && !nf_nat_initialized(ct, HOOK2MANIP(state->hook))) {
    if (const u32 says = askTables(priv, skb, ct, state); says != u32(NF_ACCEPT)) return call.result(says);
  } else if (leavesElsewhere(ct, ctinfo, state)) {
    nf_ct_kill_acct(ct, ctinfo, skb);
    return call.result(u32(NF_DROP));
  }
  return call.result(nf_nat_packet(ct, ctinfo, state->hook, skb));
}

// ---- beginning
static Global<pernet_operations> nat_net_ops{"nat_net_ops"};
static Global<u32> nat_net_id{"nat_net_id"};

int nf_nat_init() {
  KFUNC(nf_nat_init);
  if (nf_nat_bysource->get()) return call.result(0);
  if (const int failed = nf_conntrack_standalone_init()) return call.result(failed);
  const u32 size = *nf_conntrack_htable_size;
  const void* room =
      kvmalloc_node(size * sizeof(hlist_head), TypeName<hlist_head>::index, GFP_KERNEL | __GFP_ZERO, __LINE__);
  if (!room) return call.result(-ENOMEM);
  set(*nf_nat_htable_size, size);
  set(*nf_nat_bysource, static_cast<const hlist_head*>(room));
  const u64 key[2] = {machine().random(), machine().random()};
  setBytes(nf_nat_hash_rnd, key, sizeof key);
  setAddress(&nat_net_ops->id, nat_net_id.get());
  set(nat_net_ops->size, sizeof(nat_net));
  return call.result(register_pernet_subsys(nat_net_ops));
}

// Who is asked at each place: the first time NAT's own hooks are put there.
int nf_nat_register_fn(const net* net, const nf_hook_ops* ops, const nf_hook_ops* orig_nat_ops, u32 ops_count) {
  KFUNC(nf_nat_register_fn, net, ops, orig_nat_ops, ops_count);
  const auto* all = static_cast<const nat_net*>(net_generic_of(net, *nat_net_id));
  const nf_nat_hooks_net* own = &all->nat_proto_net[NFPROTO_IPV4];
  if (!own->nat_hook_ops.get()) {
    const nf_hook_ops* hooks = allocateHooks(ops_count);
    if (!hooks) return call.result(-ENOMEM);
    for (u32 i = 0; i < ops_count; ++i) {
      copy(&hooks[i], &orig_nat_ops[i]);
      const auto* asks = kzalloc<nf_nat_lookup_hook_priv>(GFP_KERNEL);
      if (!asks) return call.result(-ENOMEM);
      setAddress(&hooks[i].priv, asks);
    }
    set(own->nat_hook_ops, hooks);
    if (const int failed = nf_register_net_hooks(net, hooks, ops_count)) return call.result(failed);
  }
  u32 place = 0;
  while (orig_nat_ops[place].hooknum != ops->hooknum) ++place;
  const auto* asks = static_cast<const nf_nat_lookup_hook_priv*>(own->nat_hook_ops.get()[place].priv.get());
  add(own->users, 1);
  return call.result(nf_hook_entries_insert_raw(asks->entries, ops));
}

} // namespace sockwalk::kernel
