// Those who listen are told. The three kinds of chain differ in how they are locked, and nothing else.
#include "engine/kernel/include/linux/notifier.h"
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

int atomic_notifier_call_chain(u64 val, const void* v, NotifierCall listeners) {
  KFUNC(atomic_notifier_call_chain, val, v);
  return call.result(listeners ? listeners(val, v) : 0);
}
int blocking_notifier_call_chain(u64 val, const void* v, NotifierCall listeners) {
  KFUNC(blocking_notifier_call_chain, val, v);
  return call.result(listeners ? listeners(val, v) : 0);
}
int raw_notifier_call_chain(u64 val, const void* v, NotifierCall listeners) {
  KFUNC(raw_notifier_call_chain, val, v);
  return call.result(listeners ? listeners(val, v) : 0);
}

} // namespace sockwalk::kernel
