// Modules on demand: whoever misses something asks for it by a name that says what it is ("net-pf-38"), and user mode, which
// knows where modules lie, loads what goes by that name. Then the asker looks once more. Source: kernel/kmod.c.
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

Global<u8[KMOD_PATH_LEN]> modprobe_path{"modprobe_path"};

void image_kmod() { setBytes(modprobe_path.get(), "/sbin/modprobe", 15); }

static bool current_is_async() {
  KFUNC(current_is_async);
  return call.result(false); // nothing is initialised behind anybody's back here
}

// The command line: modprobe -q -- NAME. Without -q it would complain on the terminal of whoever called socket().
static const void* commandLine(const char* name) {
  const char* words[] = {reinterpret_cast<const char*>(modprobe_path.get()), machine().rodata("-q"),
                         machine().rodata("--"), name, nullptr};
  const u8* argv = kmallocBuffer(sizeof words, GFP_KERNEL);
  for (u32 i = 0; argv && i < std::size(words); ++i) setAddress(argv + i * sizeof(u64), words[i]);
  return argv;
}

// The words outlive the call if nobody waits for the program: they are copies, and its description frees them.
static int call_modprobe(const char* module_name, int wait) {
  KFUNC(call_modprobe, module_name, wait);
  INLINED();
  const char* name = kstrdup(module_name, GFP_KERNEL);
  const void* argv = name ? commandLine(name) : nullptr;
  const auto* path = reinterpret_cast<const char*>(modprobe_path.get());
  const subprocess_info* info = argv ? call_usermodehelper_setup(path, argv, GFP_KERNEL) : nullptr;
  if (info) return call.result(call_usermodehelper_exec(info, wait | UMH_KILLABLE));
  kfree(argv);
  kfree(name);
  return call.result(-ENOMEM);
}

int __request_module(bool wait, const std::string& module_name) {
  const char* name = machine().rodata(module_name);
  KFUNC(__request_module, wait, name);
  SIMPLIFIED("how many may be on their way at once (50) is not counted");
  BUG_ON(wait && current_is_async()); // it would wait for itself
  if (!modprobe_path[0]) {            // whoever set up this machine wants nothing loaded behind his back
    NOTE("module.no_helper", name);
    return call.result(-ENOENT);
  }
  NOTE("module.requested", name);
  if (const int refused = security_kernel_module_request(name)) return call.result(refused);
  return call.result(call_modprobe(name, wait ? UMH_WAIT_PROC : UMH_WAIT_EXEC));
}

} // namespace sockwalk::kernel
