// The system calls of the simulated kernel, as scripts and the console make them: inside Machine::systemCall().
//
//   machine.systemCall(task, "socket(AF_INET, SOCK_STREAM, 0)", [] { return __x64_sys_socket(2, 1, 0); });
//
// Addresses are those of user memory: Machine::userMemory() gives the room (fill it with setBytes()), Arena::address()
// its address. 0 is the null pointer. Results are what the kernel gives: >= 0, or -errno.
#pragma once
#include "engine/kernel/machine/machine.h"

namespace sockwalk::kernel {

s64 __x64_sys_socket(int family, int type, int protocol);
s64 __x64_sys_socketpair(int family, int type, int protocol, u64 usockvec); // usockvec: two ints
s64 __x64_sys_bind(int fd, u64 umyaddr, int addrlen);
s64 __x64_sys_getsockname(int fd, u64 usockaddr, u64 usockaddr_len);
s64 __x64_sys_getsockopt(int fd, int level, int optname, u64 optval, u64 optlen);
s64 __x64_sys_setsockopt(int fd, int level, int optname, u64 optval, int optlen);
s64 __x64_sys_recvfrom(int fd, u64 ubuf, u64 size, u32 flags, u64 addr, u64 addr_len); // recv(2): addr 0
s64 __x64_sys_recvmsg(int fd, u64 msg, u32 flags);                                     // msg: a user_msghdr
s64 __x64_sys_read(u32 fd, u64 buf, u64 count);
s64 __x64_sys_close(u32 fd);
s64 __x64_sys_dup(u32 fildes);
s64 __x64_sys_dup2(u32 oldfd, u32 newfd);
s64 __x64_sys_dup3(u32 oldfd, u32 newfd, u32 flags);
s64 __x64_sys_fcntl(u32 fd, u32 cmd, u64 arg);
s64 __x64_sys_ioctl(u32 fd, u32 cmd, u64 arg);    // FIONREAD = SIOCINQ 0x541b, SIOCOUTQ 0x5411, FIONBIO 0x5421
s64 __x64_sys_exit(int error_code);               // the task makes no calls any more
s64 __x64_sys_rt_sigaction(int sig, u64 handler); // handler: 0 default, 1 ignore, else a function of the program
// Sending (net/socket_send.cpp)
s64 __x64_sys_sendto(int fd, u64 buff, u64 len, u32 flags, u64 addr, int addr_len);
s64 __x64_sys_sendmsg(int fd, u64 msg, u32 flags);
s64 __x64_sys_write(u32 fd, u64 buf, u64 count);
s64 __x64_sys_connect(int fd, u64 uservaddr, int addrlen);

s64 __x64_sys_listen(int fd, int backlog);
s64 __x64_sys_accept(int fd, u64 upeer_sockaddr, u64 upeer_addrlen);
s64 __x64_sys_accept4(int fd, u64 upeer_sockaddr, u64 upeer_addrlen, int flags);
s64 __x64_sys_sendmmsg(int fd, u64 mmsg, u32 vlen, u32 flags); // mmsg: mmsghdrs, 64 bytes each
s64 __x64_sys_recvmmsg(int fd, u64 mmsg, u32 vlen, u32 flags, u64 timeout);
s64 __x64_sys_shutdown(int fd, int how);
s64 __x64_sys_getpeername(int fd, u64 usockaddr, u64 usockaddr_len);
s64 __x64_sys_readv(u64 fd, u64 vec, u64 vlen); // vec: iovecs, 16 bytes each
s64 __x64_sys_writev(u64 fd, u64 vec, u64 vlen);
s64 __x64_sys_sendfile64(int out_fd, int in_fd, u64 offset, u64 count);
s64 __x64_sys_open(u64 filename, int flags, u32 mode);
s64 __x64_sys_unlink(u64 pathname);
s64 __x64_sys_mmap(u64 addr, u64 len, u64 prot, u64 flags, u64 fd, u64 off);
s64 __x64_sys_delete_module(u64 name_user, u32 flags);
s64 __x64_sys_poll(u64 ufds, u32 nfds, int timeout_msecs);
s64 __x64_sys_select(int n, u64 inp, u64 outp, u64 exp, u64 tvp);
s64 __x64_sys_pselect6(int n, u64 inp, u64 outp, u64 exp, u64 tsp, u64 sig);
s64 __x64_sys_ppoll(u64 ufds, u32 nfds, u64 tsp, u64 sigmask, u64 sigsetsize);
s64 __x64_sys_epoll_create(int size);
s64 __x64_sys_epoll_create1(int flags);
s64 __x64_sys_epoll_ctl(int epfd, int op, int fd, u64 event);
s64 __x64_sys_epoll_wait(int epfd, u64 events, int maxevents, int timeout);
s64 __x64_sys_epoll_pwait(int epfd, u64 events, int maxevents, int timeout, u64 sigmask, u64 sigsetsize);

// ---- what a script sets up a task with, outside of any recorded call
// Takes all capabilities from the task and makes it user `uid`: raw sockets and low ports are then refused.
void dropPrivileges(Machine& machine, TaskId task, u32 uid = 1000);
// A signal from outside: a stimulus of its own. A task that sleeps in a call returns from it with EINTR.
void sendSignal(Machine& machine, TaskId task, int sig);
void ignoreSignal(Machine& machine, TaskId task, int sig); // as a program that begins with signal(sig, SIG_IGN)

} // namespace sockwalk::kernel
