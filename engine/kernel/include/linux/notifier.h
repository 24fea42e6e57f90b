// Chains of functions that want to hear of something. In Linux they are put on a chain at run time; here it is known who
// listens to what, and whoever tells of something names them. nullptr: nobody is on the chain.
// Source: include/linux/notifier.h.
#pragma once
#include "engine/base/types.h"

namespace sockwalk::kernel {

using NotifierCall = int (*)(u64 val, const void* v);
int atomic_notifier_call_chain(u64 val, const void* v, NotifierCall listeners = nullptr);
int blocking_notifier_call_chain(u64 val, const void* v, NotifierCall listeners = nullptr);
int raw_notifier_call_chain(u64 val, const void* v, NotifierCall listeners = nullptr);

} // namespace sockwalk::kernel
