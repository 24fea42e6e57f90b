// The kernel's two linked lists, in simulated memory. A list_head is a ring through the objects that are on it; an
// hlist has a head of one pointer only, which halves the size of a hash table.
#pragma once
#include "engine/kernel/trace.h"

namespace sockwalk::kernel {

// The object of which `member` is a part: how a list entry becomes the thing that is on the list.
#define container_of(pointer, type, member)                                                                            \
  reinterpret_cast<const type*>(reinterpret_cast<const u8*>(pointer) - offsetof(type, member))

inline void INIT_LIST_HEAD(const list_head* list) { set(list->next, list), set(list->prev, list); }
inline bool list_empty(const list_head* head) { return head->next == head; }
inline void __list_add(const list_head* entry, const list_head* before, const list_head* after) {
  set(after->prev, entry);
  set(entry->next, after);
  set(entry->prev, before);
  set(before->next, entry);
}
inline void list_add(const list_head* entry, const list_head* head) { __list_add(entry, head, head->next); }
inline void list_add_tail(const list_head* entry, const list_head* head) { __list_add(entry, head->prev, head); }
inline void list_del(const list_head* entry) {
  const list_head *before = entry->prev, *after = entry->next;
  set(after->prev, before);
  set(before->next, after);
}
inline void list_del_init(const list_head* entry) { list_del(entry), INIT_LIST_HEAD(entry); }

// A pointer to a pointer has no type of its own in memory: its address is written as it is.
inline void setAddress(const void* field, const void* target, int line = __builtin_LINE()) {
  const u64 v = Arena::address(target);
  setBytes(field, &v, 8, line);
}
inline bool hlist_empty(const hlist_head* h) { return !h->first.value; }
inline void hlist_add_head(const hlist_node* n, const hlist_head* h) {
  const hlist_node* follower = h->first;
  set(n->next, follower);
  if (follower) setAddress(&follower->pprev, &n->next);
  set(h->first, n);
  setAddress(&n->pprev, &h->first);
}
inline bool hlist_unhashed(const hlist_node* n) {
  u64 v;
  std::memcpy(&v, &n->pprev, 8);
  return !v;
}
// A node knows the pointer that points at it, so it leaves without knowing its list.
inline void hlist_del_init(const hlist_node* n) {
  if (hlist_unhashed(n)) return;
  u64 pprev;
  std::memcpy(&pprev, &n->pprev, 8);
  const hlist_node* next = n->next;
  setBytes(t_arena->object<u8>(pprev), &n->next, 8);
  if (next) setBytes(&next->pprev, &pprev, 8);
  const u64 none = 0;
  set(n->next, nullptr);
  setBytes(&n->pprev, &none, 8);
}

// for (const sock* sk : list_entries<sock, offsetof(...)>(head)): safe against the removal of the entry at hand.
template <class T> class ListEntries {
public:
  ListEntries(const list_head* head, u32 offset) : m_head(head), m_offset(offset) {}
  struct Iterator {
    const list_head *at, *next;
    u32 offset;
    const T* operator*() const { return reinterpret_cast<const T*>(reinterpret_cast<const u8*>(at) - offset); }
    void operator++() { at = next, next = at->next; }
    bool operator!=(const Iterator& o) const { return at != o.at; }
  };
  Iterator begin() const {
    const list_head* first = m_head->next;
    return {first, first->next, m_offset};
  }
  Iterator end() const { return {m_head, nullptr, m_offset}; }

private:
  const list_head* m_head;
  u32 m_offset;
};
#define list_for_each_entry(type, member, head) ListEntries<type>(head, offsetof(type, member))

} // namespace sockwalk::kernel
