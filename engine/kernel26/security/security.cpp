#include "engine/kernel26/include/linux/security.h"

namespace sockwalk::kernel26 {

int security_socket_create(int family, int type, int protocol, int kern) {
  KFUNC(security_socket_create, family, type, protocol, kern);
  return call.result(0);
}
void security_socket_post_create(const socket* sock, int family, int type, int protocol, int kern) {
  KFUNC(security_socket_post_create, sock, family, type, protocol, kern);
}
int security_sk_alloc(const sock* sk, int family, u32 priority) {
  KFUNC(security_sk_alloc, sk, family, priority);
  return call.result(0);
}
void security_sk_free(const sock* sk) { KFUNC(security_sk_free, sk); }
int security_file_alloc(const file* file) {
  KFUNC(security_file_alloc, file);
  return call.result(0);
}
void security_file_free(const file* file) { KFUNC(security_file_free, file); }

int capable(int cap) {
  KFUNC(capable, cap);
  const int has = current()->cap_effective >> cap & 1;
  if (!has) NOTE("capability.missing", cap);
  return call.result(has);
}

} // namespace sockwalk::kernel26
