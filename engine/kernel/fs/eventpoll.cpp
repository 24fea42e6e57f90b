// epoll: a task says once what it wants to know of which descriptors; what becomes ready is put on a list, and
// epoll_wait() looks at that list only.
//
// An instance (struct eventpoll) keeps its items (struct epitem, one for each watched descriptor) in a red-black tree by
// file and number. An item leaves an entry on each wait queue of its file; when that queue is woken, ep_poll_callback()
// puts the item on the ready list and wakes who waits for the instance. Source: fs/eventpoll.c.
#include "engine/kernel/include/linux/eventpoll.h"
#include "engine/kernel/fs/eventpoll_internal.h"
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/pid.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

Global<kptr<kmem_cache>> epi_cache{"epi_cache"}, pwq_cache{"pwq_cache"}, ephead_cache{"ephead_cache"};
Global<file_operations> eventpoll_fops{"eventpoll_fops"};

// ---- things that suspend the machine: nothing here has any
static void __pm_relax(const void* ws) { KFUNC(__pm_relax, ws); }
static void wakeup_source_unregister(const void* ws) { KFUNC(wakeup_source_unregister, ws); }

// ---- entries on wait queues
static void ep_unregister_pollwait(const epitem* epi) {
  while (const eppoll_entry* entry = epi->pwqlist) {
    set(epi->pwqlist, entry->next);
    if (entry->whead) remove_wait_queue(static_cast<const wait_queue_head*>(entry->whead.get()), &entry->wait);
    kmem_cache_free(entry);
  }
}

static void ep_poll_safewake(const eventpoll* ep) {
  KFUNC(ep_poll_safewake, ep);
  INLINED();
  __wake_up(&ep->poll_wait, TASK_NORMAL, 1, EPOLLIN);
}
void wakeWaiters(const eventpoll* ep) {
  if (waitqueue_active(&ep->wq)) wake_up(&ep->wq);
  if (waitqueue_active(&ep->poll_wait)) ep_poll_safewake(ep);
}

// A watched file woke its queue: the item is ready, if it is one of the events that were asked for. Gives whether an
// exclusive waiter was served.
static s32 ep_poll_callback(const wait_queue_entry* wait, u32 mode, s32 sync, const void* key) {
  KFUNC(ep_poll_callback, wait, mode, sync);
  const epitem* item = container_of(wait, eppoll_entry, wait)->base;
  const eventpoll* instance = item->ep;
  const u32 happened = static_cast<u32>(reinterpret_cast<u64>(key)), wanted = item->event.events;
  const bool exclusive = wanted & EPOLLEXCLUSIVE;
  if (!(wanted & ~EP_PRIVATE_BITS)) { // a one-shot item that has fired is silent until it is armed anew
    NOTE("epoll.disarmed", item);
    return call.result(exclusive ? 0 : 1);
  }
  if (happened && !(happened & wanted)) return call.result(exclusive ? 0 : 1);
  if (instance->ovflist.value != EP_UNACTIVE) { // a reader is going through the list just now
    if (item->next.value == EP_UNACTIVE) {
      set(item->next, instance->ovflist);
      set(instance->ovflist, item);
    }
  } else if (!ep_is_linked(item)) {
    list_add_tail(&item->rdllink, &instance->rdllist);
    NOTE("epoll.ready", item, instance);
  }
  s32 served = 0;
  if (waitqueue_active(&instance->wq) && exclusive) {
    const u32 which = happened & EPOLLINOUT_BITS;
    served = !which || (which == EPOLLIN && wanted & EPOLLIN) || (which == EPOLLOUT && wanted & EPOLLOUT);
  }
  wakeWaiters(instance);
  return call.result(exclusive ? served : 1);
}

// The table's function while an item is added: an entry of the item's goes on the file's wait queue.
void ep_ptable_queue_proc(const file* file, const struct wait_queue_head_t* whead, const poll_table_struct* pt) {
  KFUNC(ep_ptable_queue_proc, file, pt);
  const ep_pqueue* request = container_of(pt, ep_pqueue, pt);
  const epitem* item = request->epi;
  if (!item) return; // an earlier allocation has failed
  auto* entry = kmem_cache_alloc<eppoll_entry>(*pwq_cache, GFP_KERNEL);
  if (!entry) {
    set(request->epi, nullptr);
    return;
  }
  set(entry->wait.flags, item->event.events & EPOLLEXCLUSIVE ? WQ_FLAG_EXCLUSIVE : 0);
  set(entry->wait.private_, nullptr);
  set(entry->wait.func, fn<ep_poll_callback>);
  setAddress(&entry->whead, queueOf(whead));
  set(entry->base, item);
  if (item->event.events & EPOLLEXCLUSIVE) list_add_tail(&entry->wait.entry, &queueOf(whead)->head);
  else add_wait_queue(queueOf(whead), &entry->wait);
  set(entry->next, item->pwqlist);
  set(item->pwqlist, entry);
}

// ---- asking an item
// The file of an item, held; nullptr: it is being closed.
static const file* epi_fget(const epitem* epi) {
  KFUNC(epi_fget, epi);
  const file* f = fileOf(epi);
  if (!f->f_count.counter) return call.result(static_cast<const file*>(nullptr));
  get_file(f);
  return call.result(f);
}

static u32 __ep_eventpoll_poll(const file* f, const poll_table_struct* wait, int depth) {
  KFUNC(__ep_eventpoll_poll, f, wait, depth);
  const eventpoll* instance = eventpollOf(f);
  u32 ready = 0;
  OnStack<list_head> txlist;
  OnStack<poll_table_struct> asking;
  INIT_LIST_HEAD(txlist);
  poll_wait(f, &instance->poll_wait, wait);
  ep_start_scan(instance, txlist);
  for (const epitem* item : list_for_each_entry(epitem, rdllink, txlist)) {
    if (ep_item_poll(item, asking, depth + 1)) {
      ready = EPOLLIN | EPOLLRDNORM;
      break;
    }
    list_del_init(&item->rdllink); // it was woken for something that has gone since
  }
  ep_done_scan(instance, txlist);
  return call.result(ready);
}
static u32 ep_eventpoll_poll(const file* f, const poll_table_struct* wait) {
  KFUNC(ep_eventpoll_poll, f, wait);
  return call.result(__ep_eventpoll_poll(f, wait, 0));
}

u32 ep_item_poll(const epitem* epi, const poll_table_struct* pt, int depth) {
  KFUNC(ep_item_poll, epi, pt, depth);
  const file* f = epi_fget(epi);
  if (!f) return call.result(0u);
  set(pt->_key, epi->event.events);
  const u32 possible = is_file_epoll(f) ? __ep_eventpoll_poll(f, pt, depth) : vfs_poll(f, pt);
  fput(f);
  return call.result(possible & epi->event.events);
}

// ---- going through the ready list
// All that is on `list`, before `at`; the list is empty then.
static void spliceBefore(const list_head* list, const list_head* at) {
  if (list_empty(list)) return;
  const list_head *first = list->next, *last = list->prev, *before = at->prev;
  set(first->prev, before);
  set(before->next, first);
  set(last->next, at);
  set(at->prev, last);
  INIT_LIST_HEAD(list);
}

// The list is taken away as a whole; what becomes ready meanwhile goes on ovflist.
void ep_start_scan(const eventpoll* ep, const list_head* txlist) {
  spliceBefore(&ep->rdllist, txlist);
  setRaw(&ep->ovflist, 0);
}
void ep_done_scan(const eventpoll* ep, const list_head* txlist) {
  KFUNC(ep_done_scan, ep, txlist);
  for (const epitem* late = ep->ovflist; late;) {
    const epitem* next = late->next;
    setRaw(&late->next, EP_UNACTIVE);
    if (!ep_is_linked(late)) list_add(&late->rdllink, &ep->rdllist); // ovflist has the newest first
    late = next;
  }
  setRaw(&ep->ovflist, EP_UNACTIVE);
  spliceBefore(txlist, ep->rdllist.next); // what is left stands first
  __pm_relax(nullptr);
  if (!list_empty(&ep->rdllist) && waitqueue_active(&ep->wq)) wake_up(&ep->wq);
}

// ---- the end of items and instances
bool ep_refcount_dec_and_test(const eventpoll* ep) {
  KFUNC(ep_refcount_dec_and_test, ep);
  return call.result(refcount_dec_and_test(&ep->refcount));
}

void ep_free(const eventpoll* ep) {
  KFUNC(ep_free, ep);
  INLINED();
  free_uid(ep->user);
  wakeup_source_unregister(nullptr);
  kfree(ep);
}

// The file forgets the item; with its last one, it forgets that it is watched at all.
static void ep_remove_file(const epitem* epi, const file* f) {
  KFUNC(ep_remove_file, epi->ep.get(), epi, f);
  const hlist_head* watchers = f->f_ep;
  const bool last = watchers->first == &epi->fllink && !epi->fllink.next;
  if (last) set(f->f_ep, nullptr);
  hlist_del_init(&epi->fllink);
  if (!last || is_file_epoll(f)) return; // an instance has the head within itself
  const auto* head = container_of(watchers, epitems_head, epitems);
  if (!head->next) kmem_cache_free(head); // else a check for loops still has it, and frees it
}

static void epi_rcu_free(const callback_head* head) {
  KFUNC(epi_rcu_free, head);
  kmem_cache_free(container_of(head, epitem, rcu));
}
static bool ep_remove_epi(const eventpoll* ep, const epitem* epi) {
  KFUNC(ep_remove_epi, ep, epi);
  if (ep->rbr.rb_leftmost == &epi->rbn) set(ep->rbr.rb_leftmost, rb_next(&epi->rbn));
  rb_erase(&epi->rbn, &ep->rbr.rb_root);
  if (ep_is_linked(epi)) list_del_init(&epi->rdllink);
  wakeup_source_unregister(nullptr);
  call_rcu(&epi->rcu, fn<epi_rcu_free>);
  countWatch(ep, -1);
  return call.result(true);
}

void ep_remove(const eventpoll* ep, const epitem* epi) {
  KFUNC(ep_remove, ep, epi);
  ep_unregister_pollwait(epi);
  const file* f = epi->dying ? nullptr : epi_fget(epi);
  if (!f) return;
  ep_remove_file(epi, f);
  if (ep_remove_epi(ep, epi)) ep_refcount_dec_and_test(ep);
  fput(f);
}

void ep_clear_and_put(const eventpoll* ep) {
  KFUNC(ep_clear_and_put, ep);
  if (waitqueue_active(&ep->poll_wait)) ep_poll_safewake(ep);
  for (const rb_node* n = rb_first_cached(&ep->rbr); n; n = rb_next(n)) ep_unregister_pollwait(itemOfNode(n));
  for (const rb_node* n = rb_first_cached(&ep->rbr); n;) {
    const rb_node* next = rb_next(n);
    ep_remove(ep, itemOfNode(n));
    n = next;
  }
  if (ep_refcount_dec_and_test(ep)) ep_free(ep);
}

static s32 ep_eventpoll_release(const inode* inode, const file* f) {
  KFUNC(ep_eventpoll_release, inode, f);
  if (const eventpoll* instance = eventpollOf(f)) ep_clear_and_put(instance);
  return call.result(0);
}

// A watched file is closed without having been taken out: its items go now.
void eventpoll_release_file(const file* f) {
  KFUNC(eventpoll_release_file, f);
  while (f->f_ep && f->f_ep->first) {
    const epitem* item = container_of(f->f_ep->first.get(), epitem, fllink);
    const eventpoll* instance = item->ep;
    NOTE("epoll.file_closed", item, instance);
    set(item->dying, true);
    ep_unregister_pollwait(item);
    ep_remove_file(item, f);
    if (ep_remove_epi(instance, item) && ep_refcount_dec_and_test(instance)) ep_free(instance);
  }
}

void image_eventpoll() {
  image_check_list();
  set(eventpoll_fops->release, fn<ep_eventpoll_release>);
  set(eventpoll_fops->poll, fn<ep_eventpoll_poll>);
  set(eventpoll_fops->llseek, unbuilt<"noop_llseek">);
  set(eventpoll_fops->show_fdinfo, unbuilt<"ep_show_fdinfo">);
}

void eventpoll_init() {
  KFUNC(eventpoll_init);
  set(*epi_cache, kmem_cache_create("eventpoll_epi", sizeof(epitem), 64));
  set(*pwq_cache, kmem_cache_create("eventpoll_pwq", sizeof(eppoll_entry)));
  set(*ephead_cache, kmem_cache_create("ep_head", sizeof(epitems_head)));
}

} // namespace sockwalk::kernel
