// poll(2) and select(2): each file is asked what can be done with it; if nothing can, the task sleeps on all their wait
// queues at once and asks again when one of them woke it.
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/errors.h"
#include "engine/memory/constants/files.h"
#include <optional>

namespace sockwalk::kernel {

constexpr u32 MostDescriptors = 1024; // RLIMIT_NOFILE as Linux sets it
constexpr s64 Second = 1'000'000'000;
constexpr s64 Forever = -1;

u64 select_estimate_accuracy(s64 timeout) {
  KFUNC(select_estimate_accuracy, timeout);
  return call.result(static_cast<u64>(std::min<s64>(timeout / 1000, Second / 10)));
}

// ---- what is left on the wait queues

// One of them has something. The task is woken only for what it asked for.
static s32 pollwake(const wait_queue_entry* wait, u32 mode, s32 sync, const void* key) {
  KFUNC(pollwake, wait, mode, sync);
  const poll_table_entry* entry = container_of(wait, poll_table_entry, wait);
  const u32 events = static_cast<u32>(reinterpret_cast<u64>(key));
  if (events && !(events & entry->key)) {
    NOTE("poll.not_asked_for", events, entry->key);
    return call.result(0);
  }
  const auto* pwq = static_cast<const poll_wqueues*>(wait->private_.get());
  set(pwq->triggered, 1);
  OnStack<wait_queue_entry> dummy;
  set(dummy->private_, pwq->polling_task.get());
  return call.result(default_wake_function(dummy, mode, sync, key));
}

static const poll_table_entry* poll_get_entry(const poll_wqueues* p) {
  if (p->inline_index < static_cast<s32>(N_INLINE_POLL_ENTRIES)) {
    const s32 at = p->inline_index;
    set(p->inline_index, at + 1);
    return &p->inline_entries[at];
  }
  const poll_table_page* table = p->table;
  constexpr u32 PerPage = (Arena::PageSize - sizeof(poll_table_page)) / sizeof(poll_table_entry);
  if (!table || table->entry == table->entries + PerPage) {
    const auto* page = reinterpret_cast<const poll_table_page*>(kmallocBuffer(Arena::PageSize, GFP_KERNEL));
    if (!page) {
      set(p->error, -ENOMEM);
      return nullptr;
    }
    set(page->entry, page->entries);
    set(page->next, table);
    set(p->table, page);
    table = page;
  }
  const poll_table_entry* entry = table->entry;
  set(table->entry, entry + 1);
  return entry;
}

// The table's function: an entry of this task's goes on the file's wait queue.
static void __pollwait(const file* filp, const struct wait_queue_head_t* address, const poll_table_struct* p) {
  KFUNC(__pollwait, filp, p);
  const poll_wqueues* table = container_of(p, poll_wqueues, pt);
  const poll_table_entry* entry = poll_get_entry(table);
  if (!entry) return;
  get_file(filp);
  set(entry->filp, filp);
  setAddress(&entry->wait_address, queueOf(address));
  set(entry->key, p->_key);
  set(entry->wait.flags, 0);
  set(entry->wait.func, fn<pollwake>);
  set(entry->wait.private_, table);
  add_wait_queue(queueOf(address), &entry->wait);
}

static void poll_initwait(const poll_wqueues* pwq) {
  KFUNC(poll_initwait, pwq);
  set(pwq->pt._qproc, fn<__pollwait>);
  set(pwq->pt._key, ~0u);
  set(pwq->polling_task, get_current());
}
static void free_poll_entry(const poll_table_entry* entry) {
  remove_wait_queue(static_cast<const wait_queue_head*>(entry->wait_address.get()), &entry->wait);
  fput(entry->filp);
}
static void poll_freewait(const poll_wqueues* pwq) {
  KFUNC(poll_freewait, pwq);
  for (s32 i = 0; i < pwq->inline_index; ++i) free_poll_entry(&pwq->inline_entries[i]);
  for (const poll_table_page* sheet = pwq->table; sheet;) {
    for (const poll_table_entry* entry = sheet->entry; entry > sheet->entries;) free_poll_entry(--entry);
    const poll_table_page* used = sheet;
    sheet = sheet->next;
    kfree(used);
  }
}
static int poll_schedule_timeout(const poll_wqueues* pwq, u32 state, s64 expires, u64 slack) {
  KFUNC(poll_schedule_timeout, pwq, state, expires);
  set(get_current()->__state, state);
  int woken = -EINTR;
  if (!pwq->triggered) woken = schedule_hrtimeout_range(expires, slack);
  set(get_current()->__state, TASK_RUNNING);
  set(pwq->triggered, 0); // what wakes us from now on is for the next sleep
  return call.result(woken);
}

// ---- poll

// One descriptor: which of the events that were asked for are there. Errors need not be asked for.
static u32 do_pollfd(const poll_wqueues* table, s32 fd, u32 events) {
  if (fd < 0) return 0;
  int needed;
  const file* opened = __fdget(static_cast<u32>(fd), &needed);
  if (!opened) return POLLNVAL;
  const u32 filter = (events & 0xffff) | EPOLLERR | EPOLLHUP;
  set(table->pt._key, filter);
  const u32 possible = vfs_poll(opened, &table->pt) & filter;
  fput_light(opened, needed);
  return possible;
}

// `timeout` in ns: 0 looks only, Forever waits for ever.
static int do_poll(u64 ufds, u32 nfds, const poll_wqueues* table, s64 timeout) {
  const poll_table_struct* asking = &table->pt;
  const s64 expires = timeout > 0 ? machine().now() + timeout : Forever;
  bool late = timeout == 0;
  if (late) set(asking->_qproc, nullptr);
  const u64 tolerance = timeout > 0 ? select_estimate_accuracy(timeout) : 0;
  for (;;) {
    int count = 0;
    for (u32 i = 0; i < nfds; ++i) {
      pollfd asked;
      copy_from_user(&asked, ufds + 8 * i, sizeof asked);
      const s16 revents = static_cast<s16>(do_pollfd(table, asked.fd, static_cast<u16>(asked.events)));
      copy_to_user(ufds + 8 * i + 6, &revents, 2);
      if (!revents) continue;
      ++count;
      set(asking->_qproc, nullptr); // there is something to tell: no more queues need be waited on
    }
    set(asking->_qproc, nullptr); // the queues are known by now
    if (!count) count = signal_pending(get_current()) ? -ERESTARTNOHAND : table->error;
    if (count || late) return count;
    NOTE("poll.sleeps", get_current()->pid, table->inline_index);
    if (!poll_schedule_timeout(table, TASK_INTERRUPTIBLE, expires, tolerance)) late = true;
  }
}

static int do_sys_poll(u64 ufds, u32 nfds, s64 timeout) {
  KFUNC(do_sys_poll, ufds, nfds, timeout);
  SIMPLIFIED("the list of descriptors is read where the program has it, not from a copy on the kernel's stack");
  if (nfds > MostDescriptors) return call.result(-EINVAL);
  if (nfds && !userAt(ufds, 8ull * nfds)) return call.result(-EFAULT);
  OnStack<poll_wqueues> table;
  poll_initwait(table);
  const int fdcount = do_poll(ufds, nfds, table, timeout);
  poll_freewait(table);
  return call.result(fdcount);
}

s64 __x64_sys_poll(u64 ufds, u32 nfds, int timeout_msecs) {
  KFUNC(__x64_sys_poll, ufds, nfds, timeout_msecs);
  const int ret = do_sys_poll(ufds, nfds, timeout_msecs < 0 ? Forever : timeout_msecs * 1'000'000ll);
  return call.result(s64(ret));
}

// ---- times

// A timespec as nanoseconds; Forever for no pointer. nullopt: it cannot be read, or is none.
static std::optional<s64> get_timespec64(u64 uts) {
  KFUNC(get_timespec64, uts);
  s64 ts[2] = {};
  copy_from_user(ts, uts, sizeof ts);
  return ts[0] * Second + ts[1];
}
static int timeoutOf(u64 uts, s64* timeout) {
  *timeout = Forever;
  if (!uts) return 0;
  if (!userAt(uts, 16)) return -EFAULT;
  *timeout = *get_timespec64(uts);
  return *timeout < 0 ? -EINVAL : 0;
}
int set_user_sigmask(u64 umask, u64 sigsetsize) {
  KFUNC(set_user_sigmask, umask, sigsetsize);
  SIMPLIFIED("the set of blocked signals stays as it is");
  return call.result(0);
}

s64 __x64_sys_ppoll(u64 ufds, u32 nfds, u64 tsp, u64 sigmask, u64 sigsetsize) {
  KFUNC(__x64_sys_ppoll, ufds, nfds, tsp, sigmask, sigsetsize);
  s64 timeout;
  if (const int err = timeoutOf(tsp, &timeout)) return call.result(s64(err));
  set_user_sigmask(sigmask, sigsetsize);
  return call.result(s64(do_sys_poll(ufds, nfds, timeout)));
}

// ---- select

namespace {
struct Sets { // read, write, exceptional: what is asked for, what is there
  static constexpr u32 Words = MostDescriptors / 64;
  u64 asked[3][Words] = {}, found[3][Words] = {};
  bool has(u32 which, u32 fd) const { return asked[which][fd / 64] >> fd % 64 & 1; }
  void add(u32 which, u32 fd) { found[which][fd / 64] |= 1ull << fd % 64; }
};
} // namespace

// What select() asks of a descriptor, in poll()'s words.
static u32 wait_key_set(const Sets& sets, u32 fd) {
  u32 key = EPOLLPRI | EPOLLERR | 0x20;
  if (sets.has(0, fd)) key |= POLLIN_SET;
  if (sets.has(1, fd)) key |= POLLOUT_SET;
  return key;
}

static int selectOne(Sets& sets, u32 fd, const poll_table_struct* wait) {
  int needed, found = 0;
  u32 mask = POLLNVAL;
  const file* f = __fdget(fd, &needed);
  if (f) {
    set(wait->_key, wait_key_set(sets, fd));
    mask = vfs_poll(f, wait);
    fput_light(f, needed);
  }
  constexpr u32 Wanted[3] = {POLLIN_SET, POLLOUT_SET, POLLEX_SET};
  for (u32 which = 0; which < 3; ++which) {
    if (!(mask & Wanted[which]) || !sets.has(which, fd)) continue;
    sets.add(which, fd);
    set(wait->_qproc, nullptr);
    ++found;
  }
  return found;
}

static int do_select(u32 n, Sets& sets, s64 timeout) {
  KFUNC(do_select, n, timeout);
  OnStack<poll_wqueues> table;
  poll_initwait(table);
  const poll_table_struct* asking = &table->pt;
  const s64 expires = timeout > 0 ? machine().now() + timeout : Forever;
  bool timed_out = timeout == 0;
  if (timed_out) set(asking->_qproc, nullptr);
  const u64 tolerance = timeout > 0 ? select_estimate_accuracy(timeout) : 0;
  int ready = 0;
  for (;;) {
    for (u32 fd = 0; fd < n; ++fd)
      if (sets.has(0, fd) || sets.has(1, fd) || sets.has(2, fd)) ready += selectOne(sets, fd, asking);
    set(asking->_qproc, nullptr);
    if (ready || timed_out || signal_pending(get_current())) break;
    if (table->error) {
      ready = table->error;
      break;
    }
    NOTE("poll.sleeps", get_current()->pid, table->inline_index);
    if (!poll_schedule_timeout(table, TASK_INTERRUPTIBLE, expires, tolerance)) timed_out = true;
  }
  poll_freewait(table);
  if (!ready && !timed_out) ready = -ERESTARTNOHAND;
  return call.result(ready);
}

// A number that is in a set and not open is an error here, unlike with poll().
static int notOpen(const Sets& sets, u32 n) {
  for (u32 fd = 0; fd < n; ++fd)
    if ((sets.has(0, fd) || sets.has(1, fd) || sets.has(2, fd)) && !files_lookup_fd(get_current()->files, fd))
      return -EBADF;
  return 0;
}

static int core_sys_select(int n, const u64 users[3], s64 timeout) {
  KFUNC(core_sys_select, n, timeout);
  if (n < 0) return call.result(-EINVAL);
  const u32 count = std::min(static_cast<u32>(n), MostDescriptors), bytes = (count + 63) / 64 * 8;
  Sets sets;
  for (int which = 0; which < 3; ++which)
    if (users[which] && copy_from_user(sets.asked[which], users[which], bytes)) return call.result(-EFAULT);
  if (const int err = notOpen(sets, count)) return call.result(err);
  const int ret = do_select(count, sets, timeout);
  if (ret < 0) return call.result(ret);
  for (int which = 0; which < 3; ++which)
    if (users[which]) copy_to_user(users[which], sets.found[which], bytes);
  return call.result(ret);
}

static s64 do_pselect(int n, u64 inp, u64 outp, u64 exp, u64 tsp, u64 sigmask) {
  KFUNC(do_pselect, n, inp, outp, exp, tsp, sigmask);
  s64 timeout;
  if (const int err = timeoutOf(tsp, &timeout)) return call.result(s64(err));
  set_user_sigmask(sigmask, 8);
  const u64 sets[3] = {inp, outp, exp};
  return call.result(s64(core_sys_select(n, sets, timeout)));
}
s64 __x64_sys_pselect6(int n, u64 inp, u64 outp, u64 exp, u64 tsp, u64 sig) {
  KFUNC(__x64_sys_pselect6, n, inp, outp, exp, tsp, sig);
  return call.result(do_pselect(n, inp, outp, exp, tsp, sig));
}

static s64 kern_select(int n, u64 inp, u64 outp, u64 exp, u64 tvp) {
  KFUNC(kern_select, n, inp, outp, exp, tvp);
  s64 timeout = Forever, tv[2];
  if (tvp) {
    if (copy_from_user(tv, tvp, sizeof tv)) return call.result(s64(-EFAULT));
    timeout = tv[0] * Second + tv[1] * 1000;
    if (timeout < 0) return call.result(s64(-EINVAL));
  }
  const u64 sets[3] = {inp, outp, exp};
  return call.result(s64(core_sys_select(n, sets, timeout)));
}
s64 __x64_sys_select(int n, u64 inp, u64 outp, u64 exp, u64 tvp) {
  KFUNC(__x64_sys_select, n, inp, outp, exp, tvp);
  return call.result(kern_select(n, inp, outp, exp, tvp));
}

} // namespace sockwalk::kernel
