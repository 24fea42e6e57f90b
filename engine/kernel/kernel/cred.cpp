// Who a task is and what it may do: user and group ids, and the capabilities into which root's power is divided.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/pid.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/syscalls.h"

namespace sockwalk::kernel {

Global<cred> init_cred{"init_cred"};
Global<user_namespace> init_user_ns{"init_user_ns"};
Global<nsproxy> init_nsproxy{"init_nsproxy"};
static Global<kptr<kmem_cache>> cred_jar{"cred_jar"};

static void setAllCaps(const kernel_cap_struct* caps, bool all) {
  set(caps->cap[0], all ? ~0u : 0);
  set(caps->cap[1], all ? (1u << (CAP_LAST_CAP - 31)) - 1 : 0);
}
void image_cred() {
  set(init_cred->usage.counter, 4);
  setAllCaps(&init_cred->cap_permitted, true);
  setAllCaps(&init_cred->cap_effective, true);
  setAllCaps(&init_cred->cap_bset, true);
  set(init_cred->user_ns, init_user_ns);
  refcount_set(&root_user->__count, 1);
  set(init_cred->user, root_user);
  atomic_set(&init_nsproxy->count, 1);
  set(init_nsproxy->net_ns, init_net);
  set(init_net->user_ns, init_user_ns);
}
void cred_init() {
  KFUNC(cred_init);
  set(*cred_jar, kmem_cache_create("cred_jar", sizeof(cred), 64));
}

static const cred* copyOf(const cred* whose) {
  auto* c = kmem_cache_alloc<cred>(*cred_jar, GFP_KERNEL);
  if (!c) return c;
  copy(c, whose);
  set(c->usage.counter, 1); // for both pointers of the task that will have it
  get_uid(c->user);
  return c;
}
static void becomesOf(const task_struct* task, const cred* c) {
  const cred* before = task->cred;
  set(task->cred, c);
  set(task->real_cred, c);
  put_cred(before);
}
const cred* prepare_creds() {
  KFUNC(prepare_creds);
  return call.result(copyOf(current_cred()));
}
int commit_creds(const cred* c) {
  KFUNC(commit_creds, c);
  becomesOf(get_current(), c);
  return call.result(0);
}
static void put_cred_rcu(const callback_head* rcu) {
  KFUNC(put_cred_rcu, rcu);
  const cred* unused = container_of(rcu, cred, rcu);
  free_uid(unused->user);
  kmem_cache_free(unused);
}
void put_cred(const cred* c) {
  if (!sub(c->usage.counter, 1)) call_rcu(&c->rcu, fn<put_cred_rcu>);
}

bool ns_capable(const user_namespace* ns, int cap) {
  KFUNC(ns_capable, ns, cap);
  const bool able = security_capable(current_cred(), ns, cap, 0) == 0;
  if (!able) NOTE("capability.missing", cap);
  return call.result(able);
}
bool capable(int cap) {
  KFUNC(capable, cap);
  return call.result(security_capable(current_cred(), init_user_ns, cap, 0) == 0);
}

// From now on what the user holds is on the new one's account.
static int set_user(const cred* fresh) {
  const user_struct* account = alloc_uid(fresh->uid.val);
  if (!account) return -EAGAIN;
  free_uid(fresh->user);
  set(fresh->user, account);
  return 0;
}
void dropPrivileges(Machine& m, TaskId id, u32 uid) {
  m.systemCall(id, "setuid(" + std::to_string(uid) + ")", [uid]() -> s64 {
    KFUNC(__x64_sys_setuid, uid);
    const cred* c = prepare_creds();
    if (!c) return call.result(s64(-ENOMEM));
    for (const kuid_t* who : {&c->uid, &c->suid, &c->euid, &c->fsuid}) set(who->val, uid);
    if (const int failed = set_user(c)) return put_cred(c), call.result(s64(failed));
    setAllCaps(&c->cap_permitted, false);
    setAllCaps(&c->cap_effective, false);
    return call.result(s64(commit_creds(c)));
  });
}
void changeCapability(const task_struct* task, u32 cap, bool on) {
  const cred* c = copyOf(task->cred); // it may share what it has with others
  if (!c) return;
  const u32 word = c->cap_effective.cap[cap / 32], bit = 1u << cap % 32;
  set(c->cap_effective.cap[cap / 32], on ? word | bit : word & ~bit);
  becomesOf(task, c);
}

} // namespace sockwalk::kernel
