#include "engine/scenario/call_table.h"
#include "engine/kernel/syscalls.h"

namespace sockwalk::scenario {

namespace {

using namespace kernel;
using A = const u64*;
constexpr auto fd = [](u64 v) { return static_cast<int>(v); };

// glibc makes recv() and send() out of recvfrom() and sendto(); so do we.
const CallShape Calls[] = {
    {"bind", "fal", 'n', [](A a) { return __x64_sys_bind(fd(a[0]), a[1], int(a[2])); }, 3},
    {"close", "f", 'x', [](A a) { return __x64_sys_close(u32(a[0])); }, 1},
    {"connect", "fal", 'n', [](A a) { return __x64_sys_connect(fd(a[0]), a[1], int(a[2])); }, 3},
    {"dup", "f", 'f', [](A a) { return __x64_sys_dup(u32(a[0])); }, 1},
    {"dup2", "fi", 'f', [](A a) { return __x64_sys_dup2(u32(a[0]), u32(a[1])); }, 2},
    {"fcntl", "fic", 'n', [](A a) { return __x64_sys_fcntl(u32(a[0]), u32(a[1]), a[2]); }, 2},
    {"getsockname", "fAL", 'n', [](A a) { return __x64_sys_getsockname(fd(a[0]), a[1], a[2]); }, 3},
    {"getsockopt", "fiiVL", 'n',
     [](A a) { return __x64_sys_getsockopt(fd(a[0]), int(a[1]), int(a[2]), a[3], a[4]); }, 5},
    {"ioctl", "fig", 'n', [](A a) { return __x64_sys_ioctl(u32(a[0]), u32(a[1]), a[2]); }, 3},
    {"read", "fwn", 'n', [](A a) { return __x64_sys_read(u32(a[0]), a[1], a[2]); }, 3},
    {"recv", "fwni", 'n', [](A a) { return __x64_sys_recvfrom(fd(a[0]), a[1], a[2], u32(a[3]), 0, 0); }, 4},
    {"recvfrom", "fwniAL", 'n',
     [](A a) { return __x64_sys_recvfrom(fd(a[0]), a[1], a[2], u32(a[3]), a[4], a[5]); }, 6},
    {"recvmsg", "fMi", 'n', [](A a) { return __x64_sys_recvmsg(fd(a[0]), a[1], u32(a[2])); }, 3},
    {"send", "fdni", 'n', [](A a) { return __x64_sys_sendto(fd(a[0]), a[1], a[2], u32(a[3]), 0, 0); }, 4},
    {"sendmsg", "fmi", 'n', [](A a) { return __x64_sys_sendmsg(fd(a[0]), a[1], u32(a[2])); }, 3},
    {"sendto", "fdnial", 'n',
     [](A a) { return __x64_sys_sendto(fd(a[0]), a[1], a[2], u32(a[3]), a[4], int(a[5])); }, 6},
    {"setsockopt", "fiivl", 'n',
     [](A a) { return __x64_sys_setsockopt(fd(a[0]), int(a[1]), int(a[2]), a[3], int(a[4])); }, 5},
    {"socket", "iii", 'f', [](A a) { return __x64_sys_socket(int(a[0]), int(a[1]), int(a[2])); }, 3},
    {"socketpair", "iiis", 'n', [](A a) { return __x64_sys_socketpair(int(a[0]), int(a[1]), int(a[2]), a[3]); }, 4},
    {"write", "fdn", 'n', [](A a) { return __x64_sys_write(u32(a[0]), a[1], a[2]); }, 3},
};

} // namespace

std::span<const CallShape> callShapes() { return Calls; }

const CallShape* callNamed(std::string_view name) {
  for (const CallShape& c : Calls)
    if (c.name == name) return &c;
  return nullptr;
}

} // namespace sockwalk::scenario
