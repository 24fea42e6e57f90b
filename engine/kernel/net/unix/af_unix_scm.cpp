// What a packet of a local socket carries besides its bytes. It stands in the control block of the sk_buff: the
// sender's process, user and group, and a list of open files. The packet's destructor lets go of all of it.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/net/unix/unix_internal.h"

namespace sockwalk::kernel {

// ---- open files
// Descriptors on their way count for nobody's limit of open files, so they have a limit of their own.
static bool too_many_unix_fds() {
  const bool many = current_user()->unix_inflight > machine().options().maxOpenFiles;
  return many && !capable(CAP_SYS_RESOURCE) && !capable(CAP_SYS_ADMIN);
}

// The packet gets a list of its own: the sender's is given up when the call is over.
static int unix_attach_fds(const scm_cookie* scm, const sk_buff* skb) {
  if (too_many_unix_fds()) return -ETOOMANYREFS;
  const scm_fp_list* copied = scm_fp_dup(scm->fp);
  set(UNIXCB(skb)->fp, copied);
  if (!copied || unix_prepare_fpl(copied)) return -ENOMEM;
  NOTE("unix.files_attached", skb, copied->count);
  return 0;
}
void unix_detach_fds(const scm_cookie* scm, const sk_buff* skb) {
  const scm_fp_list* carried = UNIXCB(skb)->fp;
  set(scm->fp, carried);
  set(UNIXCB(skb)->fp, nullptr);
  unix_destroy_fpl(carried);
}
// Who peeks gets the files too, and the packet keeps them.
void unix_peek_fds(const scm_cookie* scm, const sk_buff* skb) {
  set(scm->fp, scm_fp_dup(UNIXCB(skb)->fp));
  unix_peek_fpl(scm->fp);
}

static bool carriesFiles(const sk_buff* skb) {
  const scm_fp_list* carried = UNIXCB(skb)->fp;
  return carried && carried->count;
}
void scm_stat_add(const sock* sk, const sk_buff* skb) {
  if (!carriesFiles(skb)) return;
  add(unix_sk(sk)->scm_stat.nr_fds.counter, UNIXCB(skb)->fp->count);
  unix_add_edges(UNIXCB(skb)->fp, unix_sk(sk));
}
void scm_stat_del(const sock* sk, const sk_buff* skb) {
  if (!carriesFiles(skb)) return;
  sub(unix_sk(sk)->scm_stat.nr_fds.counter, UNIXCB(skb)->fp->count);
  unix_del_edges(UNIXCB(skb)->fp);
}

// ---- the end of a packet
static void unix_destruct_scm(const sk_buff* skb) {
  OnStack<scm_cookie> scm;
  set(scm->pid, UNIXCB(skb)->pid.get());
  set(UNIXCB(skb)->pid, nullptr);
  if (UNIXCB(skb)->fp) unix_detach_fds(scm, skb);
  scm_destroy(scm);
}
static void unix_wfree(const sk_buff* skb) {
  KFUNC(unix_wfree, skb);
  unix_destruct_scm(skb);
  sock_wfree(skb);
}

// Of a write in several packets the first carries the files.
int unix_scm_to_skb(const scm_cookie* scm, const sk_buff* skb, bool send_fds) {
  KFUNC(unix_scm_to_skb, scm, skb, send_fds);
  const unix_skb_parms* parms = UNIXCB(skb);
  set(parms->pid, get_pid(scm->pid));
  set(parms->uid.val, scm->creds.uid.val);
  set(parms->gid.val, scm->creds.gid.val);
  set(parms->fp, nullptr);
  set(parms->secid, scm->secid);
  const int err = scm->fp && send_fds ? unix_attach_fds(scm, skb) : 0;
  set(skb->destructor, fn<unix_wfree>);
  return call.result(err);
}

// ---- who sent it
// Asked for by either end. A socket that is not accepted yet may be asked later, so it counts as one that wants to know.
static bool unix_passcred_enabled(const socket* sock, const struct sock* other) {
  KFUNC(unix_passcred_enabled, sock, other);
  const socket* there = other->sk_socket;
  return call.result(passesCredentials(sock) || !there || passesCredentials(there));
}

void maybe_add_creds(const sk_buff* skb, const socket* sock, const struct sock* other) {
  KFUNC(maybe_add_creds, skb, sock, other);
  const unix_skb_parms* parms = UNIXCB(skb);
  if (parms->pid || !unix_passcred_enabled(sock, other)) return;
  set(parms->pid, get_pid(task_tgid(get_current())));
  set(parms->uid.val, current_cred()->uid.val);
  set(parms->gid.val, current_cred()->gid.val);
}

int maybe_init_creds(const scm_cookie* scm, const socket* socket, const struct sock* other) {
  KFUNC(maybe_init_creds, scm, socket, other);
  OnStack<msghdr> nothing;
  const int err = scm_send(socket, nothing, scm);
  if (err || !unix_passcred_enabled(socket, other)) return call.result(err);
  scm_set_cred(scm, task_tgid(get_current()), current_cred()->uid.val, current_cred()->gid.val);
  return call.result(0);
}

bool unix_skb_scm_eq(const sk_buff* skb, const scm_cookie* scm) {
  const unix_skb_parms* parms = UNIXCB(skb);
  const bool sameUser = parms->uid.val == scm->creds.uid.val && parms->gid.val == scm->creds.gid.val;
  return sameUser && parms->pid.get() == scm->pid.get() && parms->secid == scm->secid;
}

} // namespace sockwalk::kernel
