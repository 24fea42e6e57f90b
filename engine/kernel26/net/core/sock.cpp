// struct sock of 2.6.11: its slabs, its birth and its end.
#include "engine/kernel26/include/net/sock.h"
#include "engine/kernel26/include/linux/module.h"
#include "engine/kernel26/include/linux/security.h"

namespace sockwalk::kernel26 {

static Global26<kptr32<kmem_cache_s>> sk_cachep{"sk_cachep"};
static Global26<s32> sysctl_wmem_default{"sysctl_wmem_default"};
static Global26<s32> sysctl_rmem_default{"sysctl_rmem_default"};

// ---- memory
void sk_init() {
  KFUNC(sk_init);
  SIMPLIFIED("the buffers' sizes are those of a machine with a middling amount of memory");
  set(*sk_cachep, kmem_cache_create("sock", sizeof(sock)));
  set(*sysctl_wmem_default, 108544); // 256 packets of 256 bytes and what goes with them
  set(*sysctl_rmem_default, 108544);
}

// Each protocol has a slab of its own: its sockets are larger than a struct sock, by what only it needs.
int sk_alloc_slab(const proto* prot, const char* name) {
  KFUNC(sk_alloc_slab, prot);
  set(prot->slab, kmem_cache_create(name, static_cast<u32>(prot->slab_obj_size)));
  if (!prot->slab) return call.result(-ENOBUFS);
  NOTE("then.slab", prot, static_cast<u32>(prot->slab_obj_size));
  return call.result(0);
}
void sk_free_slab(const proto* prot) {
  KFUNC(sk_free_slab, prot);
  set(prot->slab, nullptr);
}

// The type that a slab's objects have, for whoever looks at memory: the protocols' slabs bear the names of their structures.
static TypeId typeOfSlab(const kmem_cache_s* slab) {
  const TypeId known[] = {TypeName<tcp_sock>::index, TypeName<udp_sock>::index, TypeName<raw_sock>::index};
  for (TypeId type : known)
    if (plainName(layoutOf(type)->name) == slab->name.get()) return type;
  return TypeName<sock>::index;
}

static void sock_lock_init(const sock* sk) {
  spin_lock_init(&sk->sk_lock.slock);
  spin_lock_init(&sk->sk_lock.wq.lock);
  INIT_LIST_HEAD(&sk->sk_lock.wq.task_list);
}

const sock* sk_alloc(int family, u32 priority, int zero_it, const kmem_cache_s* slab) {
  KFUNC(sk_alloc, family, priority, zero_it, slab);
  if (!slab) slab = *sk_cachep;
  const auto* sk = static_cast<const sock*>(takeFrom(slab, typeOfSlab(slab), __LINE__));
  if (!sk) return call.result(sk);
  if (zero_it) {
    set(sk->__sk_common.skc_family, family);
    sock_lock_init(sk);
  }
  set(sk->sk_slab, slab);
  if (security_sk_alloc(sk, family, priority)) {
    kmem_cache_free(sk);
    sk = nullptr;
  }
  return call.result(sk);
}

void sk_free(const sock* sk) {
  KFUNC(sk_free, sk);
  SIMPLIFIED("no filter and no time stamps can be asked for here, so there are none to be taken off");
  const module* owner = sk->sk_owner;
  if (sk->sk_destruct) sk->sk_destruct(sk);
  security_sk_free(sk);
  kmem_cache_free(sk);
  module_put(owner);
}

void sock_put(const sock* sk) {
  KFUNC(sock_put, sk);
  if (atomic_dec_and_test(&sk->__sk_common.skc_refcnt)) sk_free(sk);
}

void sk_set_owner(const sock* sk, const module* owner) {
  KFUNC(sk_set_owner, sk, owner);
  if (sk->sk_owner) panic("a socket has two owners");
  set(sk->sk_owner, owner);
}

// ---- how it begins
void init_timer(const timer_list* timer) {
  KFUNC(init_timer, timer);
  set(timer->base, nullptr);
  set(timer->magic, TimerMagic);
  spin_lock_init(&timer->lock);
}
void skb_queue_head_init(const sk_buff_head* list) {
  spin_lock_init(&list->lock);
  const auto* itself = reinterpret_cast<const sk_buff*>(list); // a ring of buffers, of which the head is one
  set(list->next, itself);
  set(list->prev, itself);
  set(list->qlen, 0);
}

// ---- what it does until its protocol says otherwise: wake whoever sleeps
static void wakeSleepers(const sock* sk) {
  const __wait_queue_head* queue = sk->sk_sleep;
  if (queue && queue->task_list.next != &queue->task_list) panic("nobody can sleep on a socket of 2.6 here");
}
static void sock_def_wakeup(const sock* sk) {
  KFUNC(sock_def_wakeup, sk);
  wakeSleepers(sk);
}
static void sock_def_readable(const sock* sk, int len) {
  KFUNC(sock_def_readable, sk, len);
  wakeSleepers(sk);
}
static void sock_def_write_space(const sock* sk) {
  KFUNC(sock_def_write_space, sk);
  wakeSleepers(sk);
}
static void sock_def_error_report(const sock* sk) {
  KFUNC(sock_def_error_report, sk);
  wakeSleepers(sk);
}
static void sock_def_destruct(const sock* sk) {
  KFUNC(sock_def_destruct, sk);
  if (sk->sk_protinfo) kfree(sk->sk_protinfo);
}
void sk_stream_write_space(const sock* sk) {
  KFUNC(sk_stream_write_space, sk);
  wakeSleepers(sk);
}

// The two halves learn of each other: from here on the file's side finds the protocol's, and the other way round.
static void joinHalves(const socket* sock, const struct sock* sk) {
  set(sk->sk_socket, sock);
  if (!sock) return;
  set(sk->sk_type, sock->type);
  set(sk->sk_sleep, &sock->wait);
  set(sock->sk, sk);
  NOTE("sock.joined", sock, sk);
}

static void defaultsOf(const sock* sk) {
  set(sk->sk_allocation, GFP_KERNEL_26);
  set(sk->sk_rcvbuf, *sysctl_rmem_default);
  set(sk->sk_sndbuf, *sysctl_wmem_default);
  set(sk->__sk_common.skc_state, TCP_CLOSE);
  set(sk->sk_zapped, 1);
  set(sk->sk_peercred.uid, ~0u);
  set(sk->sk_peercred.gid, ~0u);
  set(sk->sk_rcvlowat, 1);
  set(sk->sk_rcvtimeo, MaxScheduleTimeout);
  set(sk->sk_sndtimeo, MaxScheduleTimeout);
  set(sk->sk_stamp.tv_sec, -1);
  set(sk->sk_stamp.tv_usec, -1);
}

void sock_init_data(const socket* sock, const struct sock* sk) {
  KFUNC(sock_init_data, sock, sk);
  for (const sk_buff_head* queue : {&sk->sk_receive_queue, &sk->sk_write_queue, &sk->sk_error_queue})
    skb_queue_head_init(queue);
  init_timer(&sk->sk_timer);
  defaultsOf(sk);
  joinHalves(sock, sk);
  rwlock_init(&sk->sk_dst_lock);
  rwlock_init(&sk->sk_callback_lock);
  set(sk->sk_state_change, fn<sock_def_wakeup>);
  set(sk->sk_data_ready, fn<sock_def_readable>);
  set(sk->sk_write_space, fn<sock_def_write_space>);
  set(sk->sk_error_report, fn<sock_def_error_report>);
  set(sk->sk_destruct, fn<sock_def_destruct>);
  atomic_set(&sk->__sk_common.skc_refcnt, 1);
}

// ---- who has it
void lock_sock(const sock* sk) {
  KFUNC(lock_sock, sk);
  spin_lock(&sk->sk_lock.slock);
  if (sk->sk_lock.owner) panic("a call has the socket already, and nothing can sleep until it gives it back");
  const u32 owned = 1;
  setBytes(&sk->sk_lock.owner, &owned, sizeof owned);
  spin_unlock(&sk->sk_lock.slock);
}
void release_sock(const sock* sk) {
  KFUNC(release_sock, sk);
  SIMPLIFIED("no packet can have come meanwhile, so the backlog is empty");
  spin_lock(&sk->sk_lock.slock);
  set(sk->sk_lock.owner, nullptr);
  spin_unlock(&sk->sk_lock.slock);
}

// ---- how it ends
void sock_orphan(const sock* sk) {
  KFUNC(sock_orphan, sk);
  set(sk->sk_flags, sk->sk_flags | DeadBit);
  set(sk->sk_socket, nullptr);
  set(sk->sk_sleep, nullptr);
}

void sk_common_release(const sock* sk) {
  KFUNC(sk_common_release, sk);
  const proto* prot = sk->sk_prot;
  if (prot->destroy) prot->destroy(sk);
  prot->unhash(sk);
  sock_orphan(sk);
  sock_put(sk);
}

} // namespace sockwalk::kernel26
