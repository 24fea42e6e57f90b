// The questions to a security module, of which there is none: the answer is always yes. Source: include/linux/security.h.
#pragma once
#include "engine/kernel26/include/linux/kernel.h"

namespace sockwalk::kernel26 {

int security_socket_create(int family, int type, int protocol, int kern);
void security_socket_post_create(const socket* sock, int family, int type, int protocol, int kern);
int security_sk_alloc(const sock* sk, int family, u32 priority);
void security_sk_free(const sock* sk);
int security_file_alloc(const file* file);
void security_file_free(const file* file);
int capable(int cap); // 1: the running task has it

} // namespace sockwalk::kernel26
