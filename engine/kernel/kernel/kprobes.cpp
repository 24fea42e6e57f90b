#include "engine/kernel/kernel/kprobes.h"
#include "engine/journal/call_hook.h"
#include "engine/journal/queries.h"
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

// The one probe there is: at which function (its number, from 1; 0: none), what its handler calls, and with how much.
enum { Function, What, Length, ProbeMembers };
static Global<u32[ProbeMembers]> kprobe{"kprobe"};

// Ftrace brings every traced call here; the probe of this function has its handler called.
static void kprobe_ftrace_handler(const sk_buff* skb) {
  KFUNC(kprobe_ftrace_handler, skb);
  SIMPLIFIED(
      "a handler is no code that somebody has written, but one call with the sk_buff; there is one probe at a time");
  const u32 len = kprobe[Length];
  set(kprobe[Function], 0);
  switch (static_cast<SkbCall>(u32(kprobe[What]))) {
  case SkbCall::Push: skb_push(skb, len); break;
  case SkbCall::Put: skb_put(skb, len); break;
  case SkbCall::Pull: skb_pull(skb, len); break;
  }
}

static void onCall(const FunctionInfo& function, const u64* arguments, u32 count) {
  if (!t_arena || kprobe[Function] != function.id + 1u) return; // a record that no machine makes has no probes
  const int which = bufferArgument(function);
  const u64 skb = which >= 0 && which < int(count) ? arguments[which] : 0;
  if (skb) kprobe_ftrace_handler(t_arena->object<sk_buff>(skb));
}

int register_kprobe(const FunctionInfo& function, SkbCall what, u32 len) {
  KFUNC(register_kprobe);
  if (bufferArgument(function) < 0) return call.result(-EINVAL);
  if (kprobeWaits()) return call.result(-EBUSY);
  set(kprobe[What], static_cast<u32>(what));
  set(kprobe[Length], len);
  set(kprobe[Function], function.id + 1u);
  callHook = onCall;
  return call.result(0);
}

bool kprobeWaits() { return kprobe[Function] != 0; }

} // namespace sockwalk::kernel
