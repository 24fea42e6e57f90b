// The hooks of local sockets, and of the files that bear their names.
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/security.h"

namespace sockwalk::kernel {

int security_unix_stream_connect(const sock* sock, const struct sock* other, const struct sock* newsk) {
  KFUNC(security_unix_stream_connect, sock, other, newsk);
  return call.result(0);
}
int security_unix_may_send(const socket* sock, const socket* other) {
  KFUNC(security_unix_may_send, sock, other);
  return call.result(0);
}
void security_socket_getpeersec_dgram(const socket* sock) { KFUNC(security_socket_getpeersec_dgram, sock); }

// Landlock's part, which other modules have not.
static int hook_path_mknod(const path* dir, const dentry* dentry) {
  KFUNC(hook_path_mknod, dir, dentry);
  return call.result(0);
}
int security_path_mknod(const path* dir, const dentry* dentry) {
  KFUNC(security_path_mknod, dir, dentry);
  return call.result(hook_path_mknod(dir, dentry));
}
static int hook_path_unlink(const path* dir, const dentry* dentry) {
  KFUNC(hook_path_unlink, dir, dentry);
  return call.result(0);
}
int security_path_unlink(const path* dir, const dentry* dentry) {
  KFUNC(security_path_unlink, dir, dentry);
  return call.result(hook_path_unlink(dir, dentry));
}

} // namespace sockwalk::kernel
