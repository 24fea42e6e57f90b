// Descriptors and credentials on their way between local sockets. A sender names descriptors; what travels is the open
// files behind them, each held by a reference, and the receiver gets numbers of its own for the same files.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/af_unix.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

// ---- the sender's
// One may say of oneself only what is so, unless one has the right to become whom one names.
static int scm_check_creds(const ucred& said) {
  const cred* mine = current_cred();
  const auto isOne = [](u32 id, u32 real, u32 effective, u32 saved) {
    return id == real || id == effective || id == saved;
  };
  const bool ownPid = said.pid == static_cast<u32>(__task_pid_nr_ns(get_current()));
  if (!ownPid && !ns_capable(init_user_ns, CAP_SYS_ADMIN)) return -EPERM;
  const bool ownUid = isOne(said.uid, mine->uid.val, mine->euid.val, mine->suid.val);
  if (!ownUid && !ns_capable(mine->user_ns, CAP_SETUID)) return -EPERM;
  const bool ownGid = isOne(said.gid, mine->gid.val, mine->egid.val, mine->sgid.val);
  return ownGid || ns_capable(mine->user_ns, CAP_SETGID) ? 0 : -EPERM;
}

static bool io_is_uring_fops(const file* f) {
  KFUNC(io_is_uring_fops, f);
  return call.result(false); // there are none here
}

static const scm_fp_list* emptyList() {
  const auto* list = kmalloc<scm_fp_list>(GFP_KERNEL);
  if (!list) return nullptr;
  set(list->count, 0), set(list->count_unix, 0), set(list->max, SCM_MAX_FD);
  set(list->user, nullptr), set(list->edges, nullptr);
  set(list->inflight, false), set(list->dead, false);
  INIT_LIST_HEAD(&list->vertices);
  return list;
}

// Puts the file behind one descriptor on the list.
static int scm_fp_add(const scm_fp_list* list, s32 fd) {
  const file* f = fd < 0 ? nullptr : fget_raw(static_cast<u32>(fd));
  if (!f) return -EBADF;
  if (io_is_uring_fops(f)) return fput(f), -EINVAL;
  if (unix_get_socket(f)) add(list->count_unix, 1);
  set(list->fp[list->count], f);
  add(list->count, 1);
  return 0;
}

static int scm_fp_copy(const cmsghdr* cmsg, const scm_cookie* scm) {
  const u64 asked = (cmsg->cmsg_len - sizeof(cmsghdr)) / sizeof(s32);
  if (!asked) return 0;
  if (asked > SCM_MAX_FD) return -EINVAL;
  if (!scm->fp) set(scm->fp, emptyList());
  const scm_fp_list* list = scm->fp;
  if (!list) return -ENOMEM;
  if (list->count + static_cast<int>(asked) > list->max) return -EINVAL;
  for (u64 i = 0; i < asked; ++i) {
    s32 fd;
    std::memcpy(&fd, CMSG_DATA(cmsg) + i * sizeof fd, sizeof fd);
    if (const int wrong = scm_fp_add(list, fd)) return wrong;
  }
  if (!list->user) set(list->user, get_uid(current_user()));
  return 0;
}

static int scm_take_creds(const cmsghdr* cmsg, const scm_cookie* scm) {
  ucred said;
  if (cmsg->cmsg_len != sizeof(cmsghdr) + sizeof said) return -EINVAL;
  std::memcpy(&said, CMSG_DATA(cmsg), sizeof said);
  if (const int refused = scm_check_creds(said)) return refused;
  set(scm->creds.pid, said.pid);
  if (!scm->pid || pid_vnr(scm->pid) != static_cast<s32>(said.pid)) {
    const pid* who = find_get_pid(static_cast<int>(said.pid));
    if (!who) return -ESRCH;
    put_pid(scm->pid);
    set(scm->pid, who);
  }
  set(scm->creds.uid.val, said.uid);
  set(scm->creds.gid.val, said.gid);
  return 0;
}

static int takeOne(const socket* sock, const msghdr* msg, const cmsghdr* cmsg, const scm_cookie* scm) {
  if (!CMSG_OK(msg, cmsg)) return -EINVAL;
  if (cmsg->cmsg_level != SOL_SOCKET) return 0;
  if (cmsg->cmsg_type == SCM_RIGHTS) return sock->ops->family == PF_UNIX ? scm_fp_copy(cmsg, scm) : -EINVAL;
  return cmsg->cmsg_type == SCM_CREDENTIALS ? scm_take_creds(cmsg, scm) : -EINVAL;
}

int __scm_send(const socket* sock, const msghdr* msg, const scm_cookie* scm) {
  KFUNC(__scm_send, sock, msg, scm);
  for (const cmsghdr* each = CMSG_FIRSTHDR(msg); each; each = CMSG_NXTHDR(msg, each))
    if (const int wrong = takeOne(sock, msg, each, scm)) return scm_destroy(scm), call.result(wrong);
  if (scm->fp && !scm->fp->count) {
    kfree(scm->fp.get());
    set(scm->fp, nullptr);
  }
  return call.result(0);
}

int scm_send(const socket* sock, const msghdr* msg, const scm_cookie* scm) {
  set(scm->creds.uid.val, InvalidId);
  set(scm->creds.gid.val, InvalidId);
  security_socket_getpeersec_dgram(sock);
  return msg->msg_controllen ? __scm_send(sock, msg, scm) : 0;
}

void scm_set_cred(const scm_cookie* scm, const pid* who, u32 uid, u32 gid) {
  set(scm->pid, get_pid(who));
  set(scm->creds.pid, pid_vnr(who));
  set(scm->creds.uid.val, uid);
  set(scm->creds.gid.val, gid);
}

// ---- letting go
void __scm_destroy(const scm_cookie* scm) {
  KFUNC(__scm_destroy, scm);
  const scm_fp_list* list = scm->fp;
  if (!list) return;
  set(scm->fp, nullptr);
  for (int i = list->count; i-- > 0;) fput(list->fp[i]);
  free_uid(list->user);
  kfree(list);
}

static void scm_destroy_cred(const scm_cookie* scm) {
  put_pid(scm->pid);
  set(scm->pid, nullptr);
}
void scm_destroy(const scm_cookie* scm) {
  scm_destroy_cred(scm);
  if (scm->fp) __scm_destroy(scm);
}

const scm_fp_list* scm_fp_dup(const scm_fp_list* fpl) {
  KFUNC(scm_fp_dup, fpl);
  if (!fpl) return call.result(fpl);
  const auto bytes = static_cast<u32>(offsetof(scm_fp_list, fp) + static_cast<u64>(fpl->count) * sizeof(kptr<file>));
  const auto* twin =
      static_cast<const scm_fp_list*>(allocateBytes(bytes, TypeName<scm_fp_list>::index, GFP_KERNEL, __LINE__));
  if (!twin) return call.result(twin);
  setBytes(twin, fpl, offsetof(scm_fp_list, fp));
  for (int i = 0; i < fpl->count; ++i) {
    get_file(fpl->fp[i]);
    set(twin->fp[i], fpl->fp[i].get());
  }
  set(twin->max, twin->count); // there is no room for more
  set(twin->user, get_uid(fpl->user));
  set(twin->inflight, false);
  set(twin->edges, nullptr);
  INIT_LIST_HEAD(&twin->vertices);
  return call.result(twin);
}

// ---- the receiver's
static void sockFromOutside(const file* f) {
  KFUNC(sock_from_file, f);
  call.result(sock_from_file(f));
}
void __receive_sock(const file* f) {
  KFUNC(__receive_sock, f);
  SIMPLIFIED("network classes and priorities of control groups are not kept");
  sockFromOutside(f);
}

// The heading of the control message, once it is known how many descriptors it has.
static void closeRights(const msghdr* msg, u64 at, int count) {
  const u64 header = sizeof(cmsghdr), data = static_cast<u64>(count) * sizeof(s32), length = header + data;
  const s32 what[2] = {SOL_SOCKET, SCM_RIGHTS};
  if (copy_to_user(at + sizeof length, what, sizeof what) || copy_to_user(at, &length, sizeof length)) return;
  const u64 used = std::min<u64>(header + CMSG_ALIGN(data), msg->msg_controllen);
  set(msg->msg_control_user.value, at + used);
  sub(msg->msg_controllen, used);
}

// As many as there is room for; the others are closed, and MSG_CTRUNC says that there were more.
void scm_detach_fds(const msghdr* msg, const scm_cookie* scm) {
  KFUNC(scm_detach_fds, msg, scm);
  const u64 room = msg->msg_controllen, at = msg->msg_control_user.value;
  const u64 places = room > sizeof(cmsghdr) ? (room - sizeof(cmsghdr)) / sizeof(s32) : 0;
  const int sent = scm->fp->count, most = static_cast<int>(std::min<u64>(places, static_cast<u64>(sent)));
  const u32 flags = msg->msg_flags & MSG_CMSG_CLOEXEC ? u32(O_CLOEXEC) : 0;
  int given = 0;
  while (given < most) {
    const u64 place = at + sizeof(cmsghdr) + static_cast<u64>(given) * sizeof(s32);
    if (__receive_fd(scm->fp->fp[given], place, flags) < 0) break;
    ++given;
  }
  if (given) closeRights(msg, at, given);
  if (given < sent) {
    NOTE("scm.no_room", sent - given);
    set(msg->msg_flags, msg->msg_flags | MSG_CTRUNC);
  }
  __scm_destroy(scm);
}

constexpr u32 OverflowId = 65534; // stands for whoever has no number here
static void giveCredentials(const msghdr* msg, const scm_cookie* scm) {
  const auto shown = [](u32 id) { return id == InvalidId ? OverflowId : id; };
  const ucred told{scm->creds.pid, shown(scm->creds.uid.val), shown(scm->creds.gid.val)};
  put_cmsg(msg, SOL_SOCKET, SCM_CREDENTIALS, sizeof told, &told);
}

void scm_recv(const socket* sock, const msghdr* msg, const scm_cookie* scm) {
  const bool wanted = passesCredentials(sock);
  if (!msg->msg_control_user) {
    if (wanted || scm->fp) set(msg->msg_flags, msg->msg_flags | MSG_CTRUNC);
    return scm_destroy(scm);
  }
  if (wanted) giveCredentials(msg, scm);
  scm_destroy_cred(scm);
  if (scm->fp) scm_detach_fds(msg, scm);
}

} // namespace sockwalk::kernel
