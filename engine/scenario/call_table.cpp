#include "engine/scenario/call_table.h"
#include "engine/kernel/syscalls.h"

// Calls that this kernel does not have yet are not there when the program is linked; callNamed() does not find them.
namespace sockwalk::kernel {
s64 __x64_sys_socket(int family, int type, int protocol) __attribute__((weak));
s64 __x64_sys_socketpair(int family, int type, int protocol, u64 usockvec) __attribute__((weak));
s64 __x64_sys_bind(int fd, u64 umyaddr, int addrlen) __attribute__((weak));
s64 __x64_sys_getsockname(int fd, u64 usockaddr, u64 usockaddr_len) __attribute__((weak));
s64 __x64_sys_getsockopt(int fd, int level, int optname, u64 optval, u64 optlen) __attribute__((weak));
s64 __x64_sys_setsockopt(int fd, int level, int optname, u64 optval, int optlen) __attribute__((weak));
s64 __x64_sys_recvfrom(int fd, u64 ubuf, u64 size, u32 flags, u64 addr, u64 addr_len) __attribute__((weak));
s64 __x64_sys_recvmsg(int fd, u64 msg, u32 flags) __attribute__((weak));
s64 __x64_sys_read(u32 fd, u64 buf, u64 count) __attribute__((weak));
s64 __x64_sys_close(u32 fd) __attribute__((weak));
s64 __x64_sys_dup(u32 fildes) __attribute__((weak));
s64 __x64_sys_dup2(u32 oldfd, u32 newfd) __attribute__((weak));
s64 __x64_sys_fcntl(u32 fd, u32 cmd, u64 arg) __attribute__((weak));
s64 __x64_sys_ioctl(u32 fd, u32 cmd, u64 arg) __attribute__((weak));
s64 __x64_sys_sendto(int fd, u64 buff, u64 len, u32 flags, u64 addr, int addr_len) __attribute__((weak));
s64 __x64_sys_sendmsg(int fd, u64 msg, u32 flags) __attribute__((weak));
s64 __x64_sys_write(u32 fd, u64 buf, u64 count) __attribute__((weak));
s64 __x64_sys_connect(int fd, u64 uservaddr, int addrlen) __attribute__((weak));
} // namespace sockwalk::kernel

namespace sockwalk::scenario {

namespace {

using namespace kernel;
using A = const u64*;
constexpr auto fd = [](u64 v) { return static_cast<int>(v); };

// glibc makes recv() and send() out of recvfrom() and sendto(); so do we.
const CallShape Calls[] = {
    {"bind", "fal", 'n', [](A a) { return __x64_sys_bind(fd(a[0]), a[1], int(a[2])); }, 3, &__x64_sys_bind != nullptr},
    {"close", "f", 'x', [](A a) { return __x64_sys_close(u32(a[0])); }, 1, &__x64_sys_close != nullptr},
    {"connect", "fal", 'n', [](A a) { return __x64_sys_connect(fd(a[0]), a[1], int(a[2])); }, 3, &__x64_sys_connect != nullptr},
    {"dup", "f", 'f', [](A a) { return __x64_sys_dup(u32(a[0])); }, 1, &__x64_sys_dup != nullptr},
    {"fcntl", "fic", 'n', [](A a) { return __x64_sys_fcntl(u32(a[0]), u32(a[1]), a[2]); }, 2, &__x64_sys_fcntl != nullptr},
    {"getsockname", "fAL", 'n', [](A a) { return __x64_sys_getsockname(fd(a[0]), a[1], a[2]); }, 3, &__x64_sys_getsockname != nullptr},
    {"getsockopt", "fiiVL", 'n',
     [](A a) { return __x64_sys_getsockopt(fd(a[0]), int(a[1]), int(a[2]), a[3], a[4]); }, 5, &__x64_sys_getsockopt != nullptr},
    {"ioctl", "fig", 'n', [](A a) { return __x64_sys_ioctl(u32(a[0]), u32(a[1]), a[2]); }, 3, &__x64_sys_ioctl != nullptr},
    {"read", "fwn", 'n', [](A a) { return __x64_sys_read(u32(a[0]), a[1], a[2]); }, 3, &__x64_sys_read != nullptr},
    {"recv", "fwni", 'n', [](A a) { return __x64_sys_recvfrom(fd(a[0]), a[1], a[2], u32(a[3]), 0, 0); }, 4, &__x64_sys_recvfrom != nullptr},
    {"recvfrom", "fwniAL", 'n',
     [](A a) { return __x64_sys_recvfrom(fd(a[0]), a[1], a[2], u32(a[3]), a[4], a[5]); }, 6, &__x64_sys_recvfrom != nullptr},
    {"recvmsg", "fMi", 'n', [](A a) { return __x64_sys_recvmsg(fd(a[0]), a[1], u32(a[2])); }, 3, &__x64_sys_recvmsg != nullptr},
    {"send", "fdni", 'n', [](A a) { return __x64_sys_sendto(fd(a[0]), a[1], a[2], u32(a[3]), 0, 0); }, 4, &__x64_sys_sendto != nullptr},
    {"sendmsg", "fmi", 'n', [](A a) { return __x64_sys_sendmsg(fd(a[0]), a[1], u32(a[2])); }, 3, &__x64_sys_sendmsg != nullptr},
    {"sendto", "fdnial", 'n',
     [](A a) { return __x64_sys_sendto(fd(a[0]), a[1], a[2], u32(a[3]), a[4], int(a[5])); }, 6, &__x64_sys_sendto != nullptr},
    {"setsockopt", "fiivl", 'n',
     [](A a) { return __x64_sys_setsockopt(fd(a[0]), int(a[1]), int(a[2]), a[3], int(a[4])); }, 5, &__x64_sys_setsockopt != nullptr},
    {"socket", "iii", 'f', [](A a) { return __x64_sys_socket(int(a[0]), int(a[1]), int(a[2])); }, 3, &__x64_sys_socket != nullptr},
    {"socketpair", "iiis", 'n', [](A a) { return __x64_sys_socketpair(int(a[0]), int(a[1]), int(a[2]), a[3]); }, 4, &__x64_sys_socketpair != nullptr},
    {"write", "fdn", 'n', [](A a) { return __x64_sys_write(u32(a[0]), a[1], a[2]); }, 3, &__x64_sys_write != nullptr},
};

} // namespace

std::span<const CallShape> callShapes() { return Calls; }

const CallShape* callNamed(std::string_view name) {
  for (const CallShape& c : Calls)
    if (c.name == name && c.built) return &c;
  return nullptr;
}

} // namespace sockwalk::scenario
