#include "engine/kernel/include/linux/netfilter/x_tables.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/memory/constants/netfilter.h"
#include <cstring>

namespace sockwalk::kernel {

static Global<list_head> xt_matches{"xt_matches"}, xt_targets{"xt_targets"};

static std::string_view nameIn(const char* text) { return {text, strnlen(text, 29)}; }

// ---- registered ones
template <class Entry> static const Entry* findIn(const list_head* list, std::string_view name, u8 revision) {
  for (const Entry* known : list_for_each_entry(Entry, list, list))
    if (known->revision == revision && nameIn(reinterpret_cast<const char*>(known->name)) == name) return known;
  return nullptr;
}
const xt_match* xt_find_match(std::string_view name, u8 revision) {
  KFUNC(xt_find_match, revision);
  SIMPLIFIED("the matches of all families stand in one list");
  return call.result(findIn<xt_match>(xt_matches, name, revision));
}
const xt_target* xt_find_target(std::string_view name, u8 revision) {
  KFUNC(xt_find_target, revision);
  SIMPLIFIED("the targets of all families stand in one list");
  return call.result(findIn<xt_target>(xt_targets, name, revision));
}

template <class Entry>
static void registerIn(const list_head* list, const Entry* entry, std::string_view name, u8 revision) {
  if (!list->next.value) INIT_LIST_HEAD(list);
  setBytes(entry->name, name.data(), static_cast<u32>(name.size()));
  set(entry->revision, revision);
  set(entry->family, NFPROTO_IPV4);
  list_add(&entry->list, list);
}
void xt_register_match(const xt_match* match, std::string_view name, u8 revision, u32 size) {
  registerIn(xt_matches.get(), match, name, revision);
  set(match->matchsize, size);
}
void xt_register_target(const xt_target* target, std::string_view name, u8 revision, u32 size) {
  registerIn(xt_targets.get(), target, name, revision);
  set(target->targetsize, size);
}

// ---- what a rule may ask for
static bool fits(u32 allowedHooks, u32 rulesHooks, u16 wantsProtocol, u16 protocol, const kptr<char>& wantsTable,
                 const char* table) {
  if (wantsTable.value && std::strcmp(wantsTable.get(), table)) return false;
  if (allowedHooks && rulesHooks & ~allowedHooks) return false;
  return !wantsProtocol || wantsProtocol == protocol;
}
int xt_check_match(const xt_mtchk_param* par, u16 proto) {
  KFUNC(xt_check_match, par, proto);
  const xt_match* m = par->match;
  if (!fits(m->hooks, par->hook_mask, m->proto, proto, m->table, par->table.get())) return call.result(-EINVAL);
  return call.result(m->checkentry ? m->checkentry(par) : 0);
}
int xt_check_target(const xt_tgchk_param* par, u16 proto) {
  KFUNC(xt_check_target, par, proto);
  const xt_target* t = par->target;
  if (!fits(t->hooks, par->hook_mask, t->proto, proto, t->table, par->table.get())) return call.result(-EINVAL);
  return call.result(t->checkentry ? t->checkentry(par) : 0);
}

// ---- tables
const xt_table_info* xt_alloc_table_info(u32 size) {
  KFUNC(xt_alloc_table_info, size);
  const auto* made = kzalloc<xt_table_info>(GFP_KERNEL, size);
  if (made) set(made->size, size);
  return call.result(made);
}

void xt_replace_table(const xt_table* table, const xt_table_info* info) {
  KFUNC(xt_replace_table, table, info);
  const xt_table_info* old = table->private_;
  set(table->private_, info);
  kfree(old);
}

} // namespace sockwalk::kernel
