// Whoever wants to know (ip monitor, routing daemons) is told of each change by a netlink message.
#include "engine/kernel/include/linux/notifier.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/net/core/neighbour_internal.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/neighbour.h"

namespace sockwalk::kernel {

int neigh_fill_info(const sk_buff* skb, const neighbour* n, u32 pid, u32 seq, int type, u32 flags) {
  KFUNC(neigh_fill_info, skb, n, pid, seq, type, flags);
  const nlmsghdr* nlh = nlmsg_put(skb, pid, seq, type, sizeof(ndmsg), static_cast<int>(flags));
  if (!nlh) return call.result(-EMSGSIZE);
  const auto* head = nlmsg_data<ndmsg>(nlh);
  set(head->ndm_family, n->ops->family);
  set(head->ndm_ifindex, n->dev->ifindex);
  set(head->ndm_state, n->nud_state);
  set(head->ndm_flags, n->flags);
  set(head->ndm_type, n->type);
  int full = nla_put(skb, NDA_DST, static_cast<int>(n->tbl->key_len), n->primary_key);
  if (n->nud_state & NUD_VALID) full |= nla_put(skb, NDA_LLADDR, n->dev->addr_len, n->ha);
  const u64 jiffies = machine().jiffies(), hz = machine().options().hz;
  const auto ago = [&](u64 when) { return static_cast<u32>((jiffies - when) * 100 / hz); }; // hundredths of a second
  const u32 probes = static_cast<u32>(atomic_read(&n->probes));
  const u32 cacheinfo[4] = {ago(n->confirmed), ago(n->used), ago(n->updated), u32(refcount_read(&n->refcnt) - 1)};
  full |= nla_put_u32(skb, NDA_PROBES, probes) | nla_put(skb, NDA_CACHEINFO, sizeof cacheinfo, cacheinfo);
  if (full) return nlmsg_cancel(skb, nlh), call.result(-EMSGSIZE);
  nlmsg_end(skb, nlh);
  return call.result(0);
}

static void __neigh_notify(const neighbour* n, int type, int flags, u32 pid) {
  KFUNC(__neigh_notify, n, type, flags, pid);
  const sk_buff* skb = alloc_skb(NeighbourMessage, GFP_ATOMIC);
  if (!skb) return rtnl_set_sk_err(dev_net(n->dev), RTNLGRP_NEIGH, -ENOBUFS);
  neigh_fill_info(skb, n, pid, 0, type, static_cast<u32>(flags));
  rtnl_notify(skb, dev_net(n->dev), 0, RTNLGRP_NEIGH, nullptr, GFP_ATOMIC);
}

static int call_netevent_notifiers(u64 val, const void* v) {
  KFUNC(call_netevent_notifiers, val, v);
  SIMPLIFIED("no driver listens to neighbour events");
  return call.result(atomic_notifier_call_chain(val, v));
}

void neigh_update_notify(const neighbour* neigh, u32 nlmsg_pid) {
  KFUNC(neigh_update_notify, neigh, nlmsg_pid);
  INLINED();
  call_netevent_notifiers(NETEVENT_NEIGH_UPDATE, neigh);
  __neigh_notify(neigh, RTM_NEWNEIGH, 0, nlmsg_pid);
}
void neigh_gone_notify(const neighbour* n) {
  __neigh_notify(n, RTM_DELNEIGH, 0, 0);
  call_netevent_notifiers(NETEVENT_NEIGH_UPDATE, n);
}

} // namespace sockwalk::kernel
