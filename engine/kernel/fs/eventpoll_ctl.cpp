// The calls of epoll: epoll_create(2), epoll_ctl(2), epoll_wait(2).
#include "engine/kernel/fs/eventpoll_internal.h"
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/pid.h"
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

constexpr int EP_MAX_EVENTS = INT32_MAX / static_cast<int>(sizeof(epoll_event));

// Instances that watch instances form a graph; a generation marks what a walk through it has seen.
static Global<u64> loop_check_gen{"loop_check_gen"};
static Global<kptr<eventpoll>> inserting_into{"inserting_into"};
// The files that a walk has met below the new item, through their heads; the last one's next is EP_UNACTIVE.
static Global<kptr<epitems_head>> tfile_check_list{"tfile_check_list"};
void image_check_list() { setRaw(tfile_check_list.get(), EP_UNACTIVE); }

// ---- the tree, by file and number
static int ep_cmp_ffd(const file* file, s32 fd, const epitem* epi) {
  const u64 a = Arena::address(file), b = Arena::address(fileOf(epi));
  return a > b ? 1 : a < b ? -1 : fd - fdOf(epi);
}

static const epitem* ep_find(const eventpoll* ep, const file* file, int fd) {
  for (const rb_node* n = ep->rbr.rb_root.rb_node; n;) {
    const int order = ep_cmp_ffd(file, fd, itemOfNode(n));
    if (!order) return itemOfNode(n);
    n = order > 0 ? n->rb_right.get() : n->rb_left.get();
  }
  return nullptr;
}

static void ep_rbtree_insert(const eventpoll* ep, const epitem* epi) {
  const kptr<rb_node>* link = &ep->rbr.rb_root.rb_node;
  const rb_node* parent = nullptr;
  bool smallest = true;
  while (*link) {
    parent = *link;
    const bool right = ep_cmp_ffd(fileOf(epi), fdOf(epi), itemOfNode(parent)) > 0;
    if (right) smallest = false;
    link = right ? &parent->rb_right : &parent->rb_left;
  }
  rb_link_node(&epi->rbn, parent, link);
  if (smallest) set(ep->rbr.rb_leftmost, &epi->rbn);
  rb_insert_color(&epi->rbn, &ep->rbr.rb_root);
}

// ---- how deep instances watch instances
static int reverse_path_check_proc(const hlist_head* refs, int depth) {
  KFUNC(reverse_path_check_proc, refs, depth);
  SIMPLIFIED("paths are not counted, only how long they are");
  if (depth > EP_MAX_NESTS) return call.result(-1);
  for (const hlist_node* n = refs->first; n; n = n->next) {
    const hlist_head* upwards = &container_of(n, epitem, fllink)->ep->refs;
    if (!hlist_empty(upwards) && reverse_path_check_proc(upwards, depth + 1)) return call.result(-1);
  }
  return call.result(0);
}

static const epitems_head* firstListed() {
  return tfile_check_list->value == EP_UNACTIVE ? nullptr : tfile_check_list->get();
}
static const epitems_head* listedAfter(const epitems_head* head) {
  return head->next.value == EP_UNACTIVE ? nullptr : head->next.get();
}
static void list_file(const file* f) {
  const auto* head = container_of(f->f_ep.get(), epitems_head, epitems);
  if (head->next) return; // it is on the list
  setRaw(&head->next, tfile_check_list->value);
  set(*tfile_check_list, head);
}
static bool reverse_path_check() {
  for (const epitems_head* head = firstListed(); head; head = listedAfter(head))
    if (reverse_path_check_proc(&head->epitems, 0)) return true;
  return false;
}
// A file that lost its last watcher meanwhile has left its head to the list.
static void clear_tfile_check_list() {
  while (const epitems_head* head = firstListed()) {
    setRaw(tfile_check_list.get(), head->next.value);
    if (hlist_empty(&head->epitems)) kmem_cache_free(head);
    else set(head->next, nullptr);
  }
}
static int ep_loop_check_proc(const eventpoll* ep, int depth) {
  KFUNC(ep_loop_check_proc, ep, depth);
  if (ep->gen == *loop_check_gen) return call.result(static_cast<int>(ep->loop_check_depth));
  set(ep->gen, *loop_check_gen);
  int deepest = 0;
  for (const rb_node* n = rb_first_cached(&ep->rbr); n && deepest <= EP_MAX_NESTS; n = rb_next(n)) {
    const file* f = fileOf(itemOfNode(n));
    if (!is_file_epoll(f)) {
      list_file(f);
      continue;
    }
    const eventpoll* next = eventpollOf(f);
    const bool loop = next == inserting_into->get() || depth > EP_MAX_NESTS;
    deepest = loop ? EP_MAX_NESTS + 1 : std::max(deepest, ep_loop_check_proc(next, depth + 1) + 1);
  }
  set(ep->loop_check_depth, deepest);
  return call.result(deepest);
}
static int ep_get_upwards_depth_proc(const eventpoll* ep, int depth) {
  KFUNC(ep_get_upwards_depth_proc, ep, depth);
  if (ep->gen == *loop_check_gen) return call.result(static_cast<int>(ep->loop_check_depth));
  int deepest = 0;
  for (const hlist_node* n = ep->refs.first; n; n = n->next)
    deepest = std::max(deepest, ep_get_upwards_depth_proc(container_of(n, epitem, fllink)->ep, depth + 1) + 1);
  set(ep->gen, *loop_check_gen);
  set(ep->loop_check_depth, deepest);
  return call.result(deepest);
}
static int ep_loop_check(const eventpoll* ep, const eventpoll* to) {
  set(*inserting_into, ep);
  const int below = ep_loop_check_proc(to, 0);
  if (below > EP_MAX_NESTS) return -1;
  return below + 1 + ep_get_upwards_depth_proc(ep, 0) > EP_MAX_NESTS ? -1 : 0;
}

// ---- create
// It watches nothing yet, nobody waits for it, and nobody goes through what is ready; one reference, its file's.
static void beginEmpty(const eventpoll* instance) {
  for (const wait_queue_head* waiters : {&instance->wq, &instance->poll_wait}) init_waitqueue_head(waiters);
  INIT_LIST_HEAD(&instance->rdllist);
  setRaw(&instance->ovflist, EP_UNACTIVE);
  refcount_set(&instance->refcount, 1);
}
static int ep_alloc(const eventpoll** made) {
  KFUNC(ep_alloc);
  INLINED();
  const user_struct* user = get_uid(current_user());
  *made = kzalloc<eventpoll>(GFP_KERNEL);
  if (!*made) return free_uid(user), call.result(-ENOMEM);
  beginEmpty(*made);
  set((*made)->user, user);
  return call.result(0);
}

static int do_epoll_create(int flags) {
  KFUNC(do_epoll_create, flags);
  const eventpoll* made = nullptr;
  if (flags & ~static_cast<int>(O_CLOEXEC)) return call.result(-EINVAL);
  if (const int refused = ep_alloc(&made)) return call.result(refused);
  const u32 fileFlags = O_RDWR | (static_cast<u32>(flags) & O_CLOEXEC);
  const int fd = get_unused_fd_flags(fileFlags);
  if (fd < 0) {
    ep_clear_and_put(made);
    return call.result(fd);
  }
  const file* f = anon_inode_getfile("[eventpoll]", eventpoll_fops, made, static_cast<int>(fileFlags));
  if (IS_ERR(f)) {
    put_unused_fd(static_cast<u32>(fd));
    ep_clear_and_put(made);
    return call.result(static_cast<int>(PTR_ERR(f)));
  }
  set(made->file, f);
  fd_install(static_cast<u32>(fd), f);
  return call.result(fd);
}
s64 __x64_sys_epoll_create1(int flags) {
  KFUNC(__x64_sys_epoll_create1, flags);
  return call.result(s64(do_epoll_create(flags)));
}
s64 __x64_sys_epoll_create(int size) {
  KFUNC(__x64_sys_epoll_create, size);
  if (size <= 0) return call.result(s64(-EINVAL));
  return call.result(s64(do_epoll_create(0)));
}

// ---- add, change
// The item goes on the list of those that watch the file; a file that nobody watched gets that list now.
static int attach_epitem(const file* f, const epitem* epi) {
  KFUNC(attach_epitem, f, epi);
  INLINED();
  if (!f->f_ep) {
    const hlist_head* head;
    if (is_file_epoll(f)) head = &eventpollOf(f)->refs;
    else {
      const auto* own = kmem_cache_alloc<epitems_head>(*ephead_cache, GFP_KERNEL | __GFP_ZERO);
      if (!own) return call.result(-ENOMEM);
      head = &own->epitems;
    }
    set(f->f_ep, head);
  }
  hlist_add_head(&epi->fllink, f->f_ep);
  return call.result(0);
}

static const epitem* newItem(const eventpoll* ep, const epoll_event* event, const file* tfile, int fd) {
  auto* epi = kmem_cache_alloc<epitem>(*epi_cache, GFP_KERNEL | __GFP_ZERO);
  if (!epi) return epi;
  INIT_LIST_HEAD(&epi->rdllink);
  set(epi->ep, ep);
  setAddress(epi->ffd.file, tfile);
  setBytes(epi->ffd.fd, &fd, 4);
  copy(&epi->event, event);
  setRaw(&epi->next, EP_UNACTIVE);
  return epi;
}

static int ep_insert(const eventpoll* ep, const epoll_event* event, const file* tfile, int fd, bool full_check) {
  KFUNC(ep_insert, ep, event, tfile, fd, full_check);
  INLINED();
  SIMPLIFIED("how many descriptors a user may watch is not limited");
  countWatch(ep, 1);
  const epitem* item = newItem(ep, event, tfile, fd);
  if (!item || attach_epitem(tfile, item) < 0) {
    if (item) kmem_cache_free(item);
    countWatch(ep, -1);
    return call.result(-ENOMEM);
  }
  if (full_check && !is_file_epoll(tfile)) list_file(tfile);
  ep_rbtree_insert(ep, item);
  refcount_inc(&ep->refcount);
  if (full_check && reverse_path_check()) {
    ep_remove(ep, item);
    return call.result(-EINVAL);
  }
  OnStack<ep_pqueue> request;
  set(request->epi, item);
  set(request->pt._qproc, fn<ep_ptable_queue_proc>);
  const u32 ready = ep_item_poll(item, &request->pt, 1);
  if (!request->epi) {
    ep_remove(ep, item);
    return call.result(-ENOMEM);
  }
  if (ready && !ep_is_linked(item)) { // it is ready already
    list_add_tail(&item->rdllink, &ep->rdllist);
    NOTE("epoll.ready", item, ep);
    wakeWaiters(ep);
  }
  return call.result(0);
}

static int ep_modify(const eventpoll* ep, const epitem* epi, const epoll_event* event) {
  KFUNC(ep_modify, ep, epi, event);
  INLINED();
  OnStack<poll_table_struct> asking;
  copy(&epi->event, event);
  if (ep_item_poll(epi, asking, 1) && !ep_is_linked(epi)) {
    list_add_tail(&epi->rdllink, &ep->rdllist);
    NOTE("epoll.ready", epi, ep);
    wakeWaiters(ep);
  }
  return call.result(0);
}

// May these bits stand together?
static bool eventsValid(int op, u32 events, const file* target) {
  if (op == EPOLL_CTL_DEL || !(events & EPOLLEXCLUSIVE)) return true;
  return op == EPOLL_CTL_ADD && !is_file_epoll(target) && !(events & ~EPOLLEXCLUSIVE_OK_BITS);
}

static int changeItem(const eventpoll* ep, int op, const epitem* epi, const epoll_event* epds, const file* target,
                      int fd, bool full_check) {
  if (op != EPOLL_CTL_DEL) set(epds->events, epds->events | EPOLLERR | EPOLLHUP);
  switch (op) {
  case EPOLL_CTL_ADD: return epi ? -EEXIST : ep_insert(ep, epds, target, fd, full_check);
  case EPOLL_CTL_DEL:
    if (epi) ep_remove(ep, epi);
    return epi ? 0 : -ENOENT;
  case EPOLL_CTL_MOD:
    if (!epi) return -ENOENT;
    return epi->event.events & EPOLLEXCLUSIVE ? -EINVAL : ep_modify(ep, epi, epds);
  default: return -EINVAL;
  }
}

// Between the lookups of both files and their release.
static int controlItem(const file* f, const file* target, int op, int fd, const epoll_event* epds) {
  if (!file_can_poll(target)) return -EPERM;
  if (op != EPOLL_CTL_DEL) set(epds->events, epds->events & ~EPOLLWAKEUP);
  if (f == target || !is_file_epoll(f)) return -EINVAL;
  if (!eventsValid(op, epds->events, target)) return -EINVAL;
  const eventpoll* ep = eventpollOf(f);
  const bool full_check = op == EPOLL_CTL_ADD && (f->f_ep || ep->gen == *loop_check_gen || is_file_epoll(target));
  if (!full_check) return changeItem(ep, op, ep_find(ep, target, fd), epds, target, fd, false);
  // The new item may close a loop of instances; what the walk over them marks is valid for this call only.
  add(*loop_check_gen, 1);
  const bool loop = is_file_epoll(target) && ep_loop_check(ep, eventpollOf(target));
  const int error = loop ? -ELOOP : changeItem(ep, op, ep_find(ep, target, fd), epds, target, fd, true);
  clear_tfile_check_list();
  add(*loop_check_gen, 1);
  return error;
}

static int do_epoll_ctl(int epfd, int op, int fd, const epoll_event* epds) {
  KFUNC(do_epoll_ctl, epfd, op, fd, epds);
  int fput_f, fput_target, error = -EBADF;
  const file* watching = __fdget(static_cast<u32>(epfd), &fput_f);
  if (!watching) return call.result(error);
  if (const file* watched = __fdget(static_cast<u32>(fd), &fput_target)) {
    error = controlItem(watching, watched, op, fd, epds);
    fput_light(watched, fput_target);
  }
  fput_light(watching, fput_f);
  return call.result(error);
}
s64 __x64_sys_epoll_ctl(int epfd, int op, int fd, u64 event) {
  KFUNC(__x64_sys_epoll_ctl, epfd, op, fd, event);
  OnStack<epoll_event> epds;
  if (op != EPOLL_CTL_DEL) {
    const u8* from = userAt(event, sizeof(epoll_event));
    if (!from) return call.result(s64(-EFAULT));
    setBytes(epds, from, sizeof(epoll_event));
  }
  return call.result(s64(do_epoll_ctl(epfd, op, fd, epds)));
}

// ---- wait
// What is on the ready list is asked once more: only what is still so is told. A level-triggered item goes back on the
// list, to be asked again the next time; an edge-triggered one comes back with the next wake-up; a one-shot item is off.
static int ep_send_events(const eventpoll* ep, u64 events, int maxevents) {
  KFUNC(ep_send_events, ep, events, maxevents);
  INLINED();
  OnStack<list_head> txlist;
  OnStack<poll_table_struct> asking;
  INIT_LIST_HEAD(txlist);
  int told = 0;
  ep_start_scan(ep, txlist);
  for (const epitem* item : list_for_each_entry(epitem, rdllink, txlist)) {
    if (told >= maxevents) break;
    list_del_init(&item->rdllink);
    const u32 ready = ep_item_poll(item, asking, 1);
    if (!ready) continue;
    const u64 at = events + static_cast<u64>(told) * sizeof(epoll_event);
    if (copy_to_user(at, &ready, 4) || copy_to_user(at + 4, item->event.data, 8)) {
      list_add(&item->rdllink, txlist);
      if (!told) told = -EFAULT;
      break;
    }
    ++told;
    if (item->event.events & EPOLLONESHOT) {
      set(item->event.events, item->event.events & EP_PRIVATE_BITS);
      NOTE("epoll.oneshot", item);
    } else if (!(item->event.events & EPOLLET)) {
      list_add_tail(&item->rdllink, &ep->rdllist);
      NOTE("epoll.level", item);
    } else {
      NOTE("epoll.edge", item);
    }
  }
  ep_done_scan(ep, txlist);
  return call.result(told);
}

static s32 ep_autoremove_wake_function(const wait_queue_entry* entry, u32 mode, s32 sync, const void* key) {
  KFUNC(ep_autoremove_wake_function, entry, mode, sync);
  const s32 ret = default_wake_function(entry, mode, sync, key);
  list_del_init(&entry->entry);
  return call.result(ret);
}

static bool ep_events_available(const eventpoll* ep) {
  return !list_empty(&ep->rdllist) || ep->ovflist.value != EP_UNACTIVE;
}

// Sleeps on the instance's own queue. False: the time is up and nothing came.
static bool sleepFor(const eventpoll* ep, s64 expires, u64 slack, bool* timed_out) {
  OnStack<wait_queue_entry> wait;
  init_wait(wait);
  set(wait->func, fn<ep_autoremove_wake_function>);
  set(wait->flags, WQ_FLAG_EXCLUSIVE);
  set(get_current()->__state, TASK_INTERRUPTIBLE);
  list_add_tail(&wait->entry, &ep->wq.head);
  NOTE("epoll.sleeps", get_current()->pid, ep);
  *timed_out = !schedule_hrtimeout_range(expires, slack);
  set(get_current()->__state, TASK_RUNNING);
  if (list_empty(&wait->entry)) return true; // a wake-up took it off: there is something
  list_del_init(&wait->entry);
  return !*timed_out;
}

// `timeout` in ns: 0 looks only, below 0 waits for ever.
static int ep_poll(const eventpoll* ep, u64 events, int maxevents, s64 timeout) {
  KFUNC(ep_poll, ep, events, maxevents, timeout);
  INLINED();
  const u64 tolerance = timeout > 0 ? select_estimate_accuracy(timeout) : 0;
  const s64 until = timeout > 0 ? machine().now() + timeout : -1;
  bool timed_out = timeout == 0, eavail = ep_events_available(ep);
  for (;;) {
    if (eavail)
      if (const int told = ep_send_events(ep, events, maxevents)) return call.result(told);
    if (timed_out) return call.result(0);
    if (signal_pending(get_current())) return call.result(-EINTR);
    eavail = ep_events_available(ep) || sleepFor(ep, until, tolerance, &timed_out);
  }
}

static int do_epoll_wait(int epfd, u64 events, int maxevents, s64 timeout) {
  KFUNC(do_epoll_wait, epfd, events, maxevents, timeout);
  if (maxevents <= 0 || maxevents > EP_MAX_EVENTS) return call.result(-EINVAL);
  if (events > 0x7ffffffff000 - static_cast<u64>(maxevents) * sizeof(epoll_event)) return call.result(-EFAULT);
  int needed;
  const file* opened = __fdget(static_cast<u32>(epfd), &needed);
  if (!opened) return call.result(-EBADF);
  const int found = is_file_epoll(opened) ? ep_poll(eventpollOf(opened), events, maxevents, timeout) : -EINVAL;
  fput_light(opened, needed);
  return call.result(found);
}
static int do_compat_epoll_pwait(int epfd, u64 events, int maxevents, s64 timeout, u64 sigmask, u64 sigsetsize) {
  KFUNC(do_compat_epoll_pwait, epfd, events, maxevents, timeout, sigmask, sigsetsize);
  return call.result(do_epoll_wait(epfd, events, maxevents, timeout));
}
static s64 inNanoseconds(int milliseconds) { return milliseconds < 0 ? -1 : milliseconds * 1'000'000ll; }
s64 __x64_sys_epoll_wait(int epfd, u64 events, int maxevents, int timeout) {
  KFUNC(__x64_sys_epoll_wait, epfd, events, maxevents, timeout);
  return call.result(s64(do_epoll_wait(epfd, events, maxevents, inNanoseconds(timeout))));
}
s64 __x64_sys_epoll_pwait(int epfd, u64 events, int maxevents, int timeout, u64 sigmask, u64 sigsetsize) {
  KFUNC(__x64_sys_epoll_pwait, epfd, events, maxevents, timeout, sigmask, sigsetsize);
  if (const int error = set_user_sigmask(sigmask, sigsetsize)) return call.result(s64(error));
  return call.result(s64(do_compat_epoll_pwait(epfd, events, maxevents, inNanoseconds(timeout), sigmask, sigsetsize)));
}

} // namespace sockwalk::kernel
