// The routing table as a trie over address bits: to find the longest prefix that covers an address, walk down by its
// bits, and where that leads nowhere, back up to the nearest shorter prefix. Local and main table share one trie as
// long as nobody made rules of their own.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/ip_fib.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/net/ipv4/fib_lookup.h"
#include "engine/kernel/net/ipv4/fib_trie_internal.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netlink.h"

namespace sockwalk::kernel {

Global<kptr<kmem_cache>> fn_alias_kmem{"fn_alias_kmem"};

void fib_trie_init() {
  KFUNC(fib_trie_init);
  set(*fn_alias_kmem, kmem_cache_create("ip_fib_alias", sizeof(fib_alias)));
  kmem_cache_create("ip_fib_trie", 40 + sizeof(key_vector));
}

// With an alias it has no trie of its own: its routes stand among the other table's.
const fib_table* fib_trie_table(u32 id, const fib_table* alias) {
  KFUNC(fib_trie_table, id, alias);
  const u32 ownTrie = alias ? 0 : sizeof(key_vector) + 8;
  const auto* made = kzalloc<fib_table>(GFP_KERNEL, ownTrie);
  if (!made) return call.result<const fib_table*>(nullptr);
  set(made->tb_id, id);
  set(made->tb_num_default, 0);
  set(made->tb_data, (alias ? alias : made)->__data);
  if (ownTrie) { // the root decides nothing yet, and its longest suffix is all of an address
    const key_vector* root = trieOf(made);
    set(root->pos, KEYLENGTH);
    set(root->slen, KEYLENGTH);
  }
  return call.result(made);
}

// A link without carrier may be passed over, if its device is set so and the question does not say otherwise.
static bool avoidedForLinkDown(const fib_nh_common* nhc, int fib_flags) {
  if (fib_flags & FIB_LOOKUP_IGNORE_LINKSTATE || !(nhc->nhc_flags & RTNH_F_LINKDOWN)) return false;
  const in_device* in_dev = __in_dev_get_rcu(nhc->nhc_dev);
  return in_dev && IN_DEV_CONF_GET(in_dev, IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN);
}

// May this next hop be used: it lives, its link is up, and it leaves by the interface that was asked for.
bool fib_lookup_good_nhc(const fib_nh_common* nhc, int fib_flags, const flowi4* flp) {
  KFUNC(fib_lookup_good_nhc, nhc, fib_flags, flp);
  const bool lives = !(nhc->nhc_flags & RTNH_F_DEAD) && !avoidedForLinkDown(nhc, fib_flags);
  const int asked = flp->__fl_common.flowic_oif;
  return call.result(lives && (!asked || asked == nhc->nhc_oif));
}

// Looks through the routes of one leaf: 0 one fits, 1 none, negative: the route itself says no.
static int checkLeaf(const fib_table* tb, const key_vector* n, u32 key, const flowi4* flp, const fib_result* res,
                     int fib_flags) {
  for (const fib_alias* fa = firstAlias(n); fa; fa = nextAlias(fa)) {
    const fib_info* fi = fa->fa_info;
    if (fa->fa_slen < KEYLENGTH && (key ^ n->key) >> fa->fa_slen) continue;
    if (fa->fa_dscp && fa->fa_dscp != flp->__fl_common.flowic_tos) continue;
    if (fi->fib_dead || fi->fib_scope < flp->__fl_common.flowic_scope) continue;
    if (!(fa->fa_state & FA_S_ACCESSED)) set(fa->fa_state, fa->fa_state | FA_S_ACCESSED); // routes may be cached now
    if (const int err = fib_props[fa->fa_type].error; err < 0) return err;
    if (fi->fib_flags & RTNH_F_DEAD) continue;
    for (int nhsel = 0; nhsel < fi->fib_nhs; ++nhsel) {
      const fib_nh_common* nhc = fib_info_nhc(fi, nhsel);
      if (!fib_lookup_good_nhc(nhc, fib_flags, flp)) continue;
      if (!(fib_flags & FIB_LOOKUP_NOREF)) refcount_inc(&fi->fib_clntref);
      set(res->prefix, htonl(n->key));
      set(res->prefixlen, KEYLENGTH - fa->fa_slen);
      set(res->nh_sel, nhsel);
      set(res->nhc, nhc);
      set(res->type, fa->fa_type);
      set(res->scope, fi->fib_scope);
      set(res->dscp, fa->fa_dscp);
      set(res->fi, fi);
      set(res->table, tb);
      set(res->fa_head, &n->leaf);
      return 0;
    }
  }
  return 1;
}

static int walkDown(const fib_table* tb, const key_vector* n, u32 key, u32 path, const flowi4* flp,
                    const fib_result* res, int fib_flags) {
  if (!n) return 1;
  if (isLeaf(n)) return checkLeaf(tb, n, key, flp, res, fib_flags);
  const u32 bit = childOf(n, path);
  const int found = walkDown(tb, n->tnode[bit], key, path, flp, res, fib_flags);
  if (found <= 0 || !bit) return found;
  // A shorter prefix has zeros where the address has ones: take the other branch, and zeros from there on.
  const u32 zeros = n->pos == 31 ? 0 : path >> (n->pos + 1) << (n->pos + 1);
  return walkDown(tb, n->tnode[0], key, zeros, flp, res, fib_flags);
}

// The most specific route for flp->daddr. 0 and *res filled, or -EAGAIN: none here, or the route's own error.
int fib_table_lookup(const fib_table* tb, const flowi4* flp, const fib_result* res, int fib_flags) {
  KFUNC(fib_table_lookup, tb, flp, res, fib_flags);
  SIMPLIFIED("one bit a level; the kernel's trie takes several at once where it is dense");
  const u32 address = ntohl(flp->daddr);
  const int found = walkDown(tb, trieOf(tb)->tnode[0], address, address, flp, res, fib_flags);
  if (found == 0) NOTE("fib.match", res->prefix, res->prefixlen, res->type, res->nhc->nhc_dev.get());
  else if (found == 1) NOTE("fib.none", flp->daddr);
  else NOTE("fib.refused", flp->daddr, found);
  return call.result(found == 1 ? -EAGAIN : found);
}

} // namespace sockwalk::kernel
