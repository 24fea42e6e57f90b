// Netlink's groups: who wants to hear of what. A socket keeps a bit for each group that it joined; the table keeps the sum of
// them, so that the kernel need not even write a message that nobody would hear.
#include "engine/kernel/net/netlink/af_netlink.h"

namespace sockwalk::kernel {

// Is there anybody who listens to this group? `sk` is the kernel's own socket of the protocol.
int netlink_has_listeners(const sock* sk, u32 group) {
  KFUNC(netlink_has_listeners, sk, group);
  BUG_ON(!netlink_is_kernel(sk));
  return call.result(static_cast<int>(anybodyIn(tableOf(sk), group)));
}

static const u64* krealloc(const u64* old, u32 size, u32 used, u32 flags) {
  KFUNC(krealloc, size, flags);
  const auto* larger = reinterpret_cast<const u64*>(kmallocBuffer(size, flags | __GFP_ZERO));
  if (larger && old) setBytes(larger, old, used);
  if (larger) kfree(old);
  return call.result(larger);
}

// Room for a bit of each group that the protocol has by now.
int netlink_realloc_groups(const sock* sk) {
  KFUNC(netlink_realloc_groups, sk);
  const netlink_sock* nlk = nlk_sk(sk);
  const netlink_table* table = tableOf(sk);
  if (!table->registered) return call.result(-ENOENT);
  if (nlk->ngroups >= table->groups) return call.result(0);
  const u64* bits = krealloc(nlk->groups, groupWords(table->groups) * 8, groupWords(nlk->ngroups) * 8, GFP_ATOMIC);
  if (!bits) return call.result(-ENOMEM);
  set(nlk->groups, bits);
  set(nlk->ngroups, table->groups);
  return call.result(0);
}

// Only who is in a group stands on the list that messages to groups go along.
void netlink_update_subscriptions(const sock* sk, u32 subscriptions) {
  KFUNC(netlink_update_subscriptions, sk, subscriptions);
  const netlink_sock* nlk = nlk_sk(sk);
  const bool before = nlk->subscriptions, after = subscriptions;
  if (before && !after) hlist_del_init(&sk->sk_bind_node);
  if (!before && after) hlist_add_head(&sk->sk_bind_node, &tableOf(sk)->mc_list);
  set(nlk->subscriptions, subscriptions);
}

void netlink_update_listeners(const sock* sk) {
  KFUNC(netlink_update_listeners, sk);
  const netlink_table* table = tableOf(sk);
  const listeners* sum = table->listeners;
  if (!sum) return;
  for (u32 word = 0; word < groupWords(table->groups); ++word) {
    u64 anybody = 0;
    for (const struct sock* member = firstMember(table); member; member = nextMember(member)) {
      const netlink_sock* nlk = nlk_sk(member);
      if (word < groupWords(nlk->ngroups)) anybody |= nlk->groups.get()[word];
    }
    set(sum->masks[word], anybody);
  }
}

void netlink_update_socket_mc(const netlink_sock* nlk, u32 group, bool is_new) {
  KFUNC(netlink_update_socket_mc, nlk, group, is_new);
  const u64& word = nlk->groups.get()[(group - 1) / 64];
  const u64 bit = 1ull << (group - 1) % 64;
  const u32 others = nlk->subscriptions - (word & bit ? 1 : 0);
  set(word, is_new ? word | bit : word & ~bit);
  netlink_update_subscriptions(&nlk->sk, others + is_new);
  netlink_update_listeners(&nlk->sk);
}

} // namespace sockwalk::kernel
