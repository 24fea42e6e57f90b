// Everything here is built into the kernel, so an owner is always NULL: nothing is counted, and nothing can go away.
#include "engine/kernel26/include/linux/module.h"

namespace sockwalk::kernel26 {

bool try_module_get(const module* owner) {
  KFUNC(try_module_get, owner);
  return call.result(true);
}

void module_put(const module* owner) { KFUNC(module_put, owner); }

int request_module(const char* name) {
  KFUNC(request_module, name);
  SIMPLIFIED("there is no modprobe that could be started, so nothing is found");
  NOTE("then.module_missing", name);
  return call.result(-ENOENT);
}

} // namespace sockwalk::kernel26
