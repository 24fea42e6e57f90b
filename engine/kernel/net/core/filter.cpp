// Filters of sockets: a program of classic BPF (Berkeley Packet Filter) that a socket has been given, and that says of
// each packet, before it is queued, how many bytes of it the socket wants; 0: it is not for this socket.
//
// A program is taken over once and checked once (filter_check.cpp); then it is run on every packet (filter_run.cpp)
// without a further check. It has no loops, so it ends; it cannot write outside its own 16 words.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

// ---- the program in the kernel's memory
static u32 bpf_classic_proglen(u32 instructions) { return instructions * u32{sizeof(sock_filter)}; }
static u32 bpf_prog_size(const bpf_prog* prog) { return sizeof(bpf_prog) + bpf_classic_proglen(prog->len); }

static const bpf_prog* bpf_prog_alloc(u32 instructions) {
  KFUNC(bpf_prog_alloc, instructions);
  const auto* prog = kzalloc<bpf_prog>(GFP_KERNEL, bpf_classic_proglen(instructions));
  if (prog) set(prog->len, instructions);
  return call.result(prog);
}
// SO_GET_FILTER gives back what was attached, whatever the kernel has made of it.
static int bpf_prog_store_orig_filter(const bpf_prog* prog) {
  KFUNC(bpf_prog_store_orig_filter, prog);
  const auto* kept = kzalloc<sock_fprog_kern>(GFP_KERNEL);
  const u32 bytes = bpf_classic_proglen(prog->len);
  const u8* copyOfIt = kept ? kmallocBuffer(bytes, GFP_KERNEL) : nullptr;
  if (!copyOfIt) return kfree(kept), call.result(-ENOMEM);
  setBytes(copyOfIt, prog->insns, bytes);
  set(kept->len, static_cast<u16>(prog->len));
  set(kept->filter, reinterpret_cast<const sock_filter*>(copyOfIt));
  set(prog->orig_prog, kept);
  return call.result(0);
}
static void __bpf_prog_release(const bpf_prog* prog) {
  KFUNC(__bpf_prog_release, prog);
  INLINED();
  if (const sock_fprog_kern* kept = prog->orig_prog) {
    kfree(kept->filter.get());
    kfree(kept);
  }
  kfree(prog);
}

static int bpf_prepare_filter(const bpf_prog* prog) {
  KFUNC(bpf_prepare_filter, prog);
  SIMPLIFIED("Linux now translates the program to eBPF and that to machine code; here it is run as it was written");
  return call.result(bpf_check_classic(prog->insns, prog->len));
}

int copy_bpf_fprog_from_user(const sock_fprog* dst, u64 src, u32 len) {
  KFUNC(copy_bpf_fprog_from_user, dst, src, len);
  sock_fprog given;
  if (len != sizeof given) return call.result(-EINVAL);
  if (copy_from_user(&given, src, sizeof given)) return call.result(-EFAULT);
  setBytes(dst, &given, sizeof given);
  return call.result(0);
}

static int takeOver(const sock_fprog* fprog, const bpf_prog* prog) {
  const u32 bytes = bpf_classic_proglen(fprog->len);
  const u8* from = userAt(fprog->filter.value, bytes);
  if (!from) return -EFAULT;
  setBytes(prog->insns, from, bytes);
  const int err = bpf_prog_store_orig_filter(prog);
  return err ? err : bpf_prepare_filter(prog);
}
static const bpf_prog* __get_filter(const sock_fprog* fprog, const sock* sk) {
  KFUNC(__get_filter, fprog, sk);
  using Program = const bpf_prog*;
  if (sock_flag(sk, SOCK_FILTER_LOCKED)) return call.result(ERR_PTR<bpf_prog>(-EPERM));
  const bool reasonable = fprog->filter.value && fprog->len && fprog->len <= BPF_MAXINSNS;
  if (!reasonable) return call.result(ERR_PTR<bpf_prog>(-EINVAL));
  const bpf_prog* prog = bpf_prog_alloc(fprog->len);
  if (!prog) return call.result(ERR_PTR<bpf_prog>(-ENOMEM));
  if (const int err = takeOver(fprog, prog)) {
    __bpf_prog_release(prog);
    return call.result(ERR_PTR<bpf_prog>(err));
  }
  return call.result(Program(prog));
}

// ---- on the socket: several sockets may have one filter (who is accepted inherits the listener's), so it is counted;
// and each of them pays for it from its account of options.
static bool __sk_filter_charge(const sock* sk, const sk_filter* fp) {
  const u32 size = bpf_prog_size(fp->prog);
  const auto held = static_cast<u32>(atomic_read(&sk->sk_omem_alloc));
  if (size > sysctl_optmem_max || held + size >= sysctl_optmem_max) return false;
  add(sk->sk_omem_alloc.counter, static_cast<s32>(size));
  return true;
}
static void sk_filter_release_rcu(const callback_head* rcu) { // on no processor is the program running any more
  KFUNC(sk_filter_release_rcu, rcu);
  const sk_filter* fp = container_of(rcu, sk_filter, rcu);
  __bpf_prog_release(fp->prog);
  kfree(fp);
}
static void sk_filter_release(const sk_filter* fp) {
  if (refcount_dec_and_test(&fp->refcnt)) call_rcu(&fp->rcu, fn<sk_filter_release_rcu>);
}
void sk_filter_uncharge(const sock* sk, const sk_filter* fp) {
  KFUNC(sk_filter_uncharge, sk, fp);
  sub(sk->sk_omem_alloc.counter, static_cast<s32>(bpf_prog_size(fp->prog)));
  sk_filter_release(fp);
}
bool sk_filter_charge(const sock* sk, const sk_filter* fp) {
  KFUNC(sk_filter_charge, sk, fp);
  refcount_inc(&fp->refcnt);
  const bool paid = __sk_filter_charge(sk, fp);
  if (!paid) sk_filter_release(fp);
  return call.result(paid);
}

static int __sk_attach_prog(const bpf_prog* prog, const sock* sk) {
  KFUNC(__sk_attach_prog, prog, sk);
  const auto* fp = kzalloc<sk_filter>(GFP_KERNEL);
  if (!fp) return call.result(-ENOMEM);
  set(fp->prog, prog);
  if (!__sk_filter_charge(sk, fp)) return kfree(fp), call.result(-ENOMEM);
  refcount_set(&fp->refcnt, 1);
  const sk_filter* before = sk->sk_filter;
  set(sk->sk_filter, fp);
  NOTE("filter.attached", sk, prog, prog->len);
  if (before) sk_filter_uncharge(sk, before);
  return call.result(0);
}
int sk_attach_filter(const sock_fprog* fprog, const sock* sk) {
  KFUNC(sk_attach_filter, fprog, sk);
  const bpf_prog* checked = __get_filter(fprog, sk);
  const bool refused = IS_ERR(checked);
  const int err = refused ? static_cast<int>(PTR_ERR(checked)) : __sk_attach_prog(checked, sk);
  if (err && !refused) __bpf_prog_release(checked); // no room for it on the socket's account
  return call.result(err);
}
int sk_detach_filter(const sock* sk) {
  KFUNC(sk_detach_filter, sk);
  if (sock_flag(sk, SOCK_FILTER_LOCKED)) return call.result(-EPERM);
  const sk_filter* fp = sk->sk_filter;
  if (!fp) return call.result(-ENOENT);
  set(sk->sk_filter, nullptr);
  NOTE("filter.detached", sk, fp->prog.get());
  sk_filter_uncharge(sk, fp);
  return call.result(0);
}
int sk_get_filter(const sock* sk, u8* optval, u32 len) {
  KFUNC(sk_get_filter, sk, len);
  sockopt_lock_sock(sk);
  const sk_filter* fp = sk->sk_filter;
  const sock_fprog_kern* kept = fp ? fp->prog->orig_prog.get() : nullptr;
  int answer = kept ? kept->len : 0;
  if (kept && len) { // asked without room, only the number is told
    const u32 bytes = bpf_classic_proglen(kept->len);
    if (len < kept->len) answer = -EINVAL;
    else if (!optval || !userAt(Arena::address(optval), bytes)) answer = -EFAULT;
    else setBytes(optval, kept->filter.get(), bytes);
  }
  sockopt_release_sock(sk);
  return call.result(answer);
}

// ---- the packet
// 0: the socket wants it, or as much of it as is left then. A protocol that still needs its header says so by `cap`:
// the program may trim no shorter.
int sk_filter_trim_cap(const sock* sk, const sk_buff* skb, u32 cap) {
  KFUNC(sk_filter_trim_cap, sk, skb, cap);
  SIMPLIFIED("no programs of control groups");
  if (const int err = security_sock_rcv_skb(sk, skb)) return call.result(err);
  const sk_filter* fp = sk->sk_filter;
  if (!fp) return call.result(0);
  const sock* owner = skb->sk;
  set(skb->sk, sk); // for programs that ask about the socket
  const u32 wanted = bpf_prog_run_pin_on_cpu(fp->prog, skb);
  set(skb->sk, owner);
  if (!wanted) {
    NOTE("filter.drops", sk, skb);
    return call.result(-EPERM);
  }
  const u32 left = std::max(cap, wanted);
  if (left < skb->len) NOTE("filter.trims", sk, skb, left, skb->len);
  return call.result(pskb_trim(skb, left));
}

} // namespace sockwalk::kernel
