// What goes with a message of a local socket besides its bytes: open files, and who sent it.
// Source: include/net/scm.h.
#pragma once
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/pid.h"

namespace sockwalk::kernel {

constexpr u32 InvalidId = ~0u; // INVALID_UID, INVALID_GID: nobody was named

int __scm_send(const socket* sock, const msghdr* msg, const scm_cookie* scm);
void __scm_destroy(const scm_cookie* scm);
void scm_detach_fds(const msghdr* msg, const scm_cookie* scm);
const scm_fp_list* scm_fp_dup(const scm_fp_list* fpl); // the same files, each with one more reference

// Begins a sender's cookie, and reads the control messages that the program gave. 0, or -errno and nothing is held.
int scm_send(const socket* sock, const msghdr* msg, const scm_cookie* scm);
// To the receiver, as far as it asked for it and has room; nothing is held afterwards.
void scm_recv(const socket* sock, const msghdr* msg, const scm_cookie* scm);
void scm_set_cred(const scm_cookie* scm, const pid* who, u32 uid, u32 gid);
void scm_destroy(const scm_cookie* scm);

inline bool passesCredentials(const socket* sock) { return sock->flags >> SOCK_PASSCRED & 1; }

} // namespace sockwalk::kernel
