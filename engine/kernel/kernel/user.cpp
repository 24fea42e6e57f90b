// The accounts of users: how much of what is scarce each of them holds.
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/pid.h"

namespace sockwalk::kernel {

Global<user_struct> root_user{"root_user"};
static Global<hlist_head> uidhash_table{"uidhash_table"};

static const user_struct* accountOf(const hlist_node* node) { return container_of(node, user_struct, uidhash_node); }
static const user_struct* uid_hash_find(u32 uid) {
  for (const hlist_node* at = uidhash_table->first; at; at = at->next)
    if (accountOf(at)->uid.val == uid) return get_uid(accountOf(at));
  return nullptr;
}

const user_struct* alloc_uid(u32 uid) {
  KFUNC(alloc_uid, uid);
  SIMPLIFIED("all accounts are on one chain");
  if (!uid) return call.result(get_uid(root_user));
  if (const user_struct* known = uid_hash_find(uid)) return call.result(known);
  const auto* fresh = kzalloc<user_struct>(GFP_KERNEL);
  if (!fresh) return call.result(fresh);
  refcount_set(&fresh->__count, 1);
  set(fresh->uid.val, uid);
  hlist_add_head(&fresh->uidhash_node, uidhash_table);
  return call.result(fresh);
}

const user_struct* get_uid(const user_struct* user) {
  refcount_inc(&user->__count);
  return user;
}
void free_uid(const user_struct* user) {
  KFUNC(free_uid, user);
  if (!user || !refcount_dec_and_test(&user->__count)) return;
  hlist_del_init(&user->uidhash_node);
  kfree(user);
}

} // namespace sockwalk::kernel
