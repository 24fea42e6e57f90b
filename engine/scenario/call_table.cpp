#include "engine/scenario/call_table.h"
#include "engine/base/nearest.h"
#include "engine/kernel/syscalls.h"

namespace sockwalk::scenario {

namespace {

using namespace kernel;
using A = const u64*;
constexpr auto fd = [](u64 v) { return static_cast<int>(v); };

// glibc makes recv() and send() out of recvfrom() and sendto(), and select() out of pselect6(); so do we.
const CallShape Calls[] = {
    {"accept", "fAL", 'f', [](A a) { return __x64_sys_accept(fd(a[0]), a[1], a[2]); }, 3},
    {"accept4", "fALi", 'f', [](A a) { return __x64_sys_accept4(fd(a[0]), a[1], a[2], int(a[3])); }, 4},
    {"bind", "fal", 'n', [](A a) { return __x64_sys_bind(fd(a[0]), a[1], int(a[2])); }, 3},
    {"close", "f", 'x', [](A a) { return __x64_sys_close(u32(a[0])); }, 1},
    {"connect", "fal", 'n', [](A a) { return __x64_sys_connect(fd(a[0]), a[1], int(a[2])); }, 3},
    {"delete_module", "Pi", 'n', [](A a) { return __x64_sys_delete_module(a[0], u32(a[1])); }, 2},
    {"dup", "f", 'f', [](A a) { return __x64_sys_dup(u32(a[0])); }, 1},
    {"dup2", "fD", 'f', [](A a) { return __x64_sys_dup2(u32(a[0]), u32(a[1])); }, 2},
    {"dup3", "fDi", 'f', [](A a) { return __x64_sys_dup3(u32(a[0]), u32(a[1]), u32(a[2])); }, 3},
    {"epoll_create", "i", 'f', [](A a) { return __x64_sys_epoll_create(int(a[0])); }, 1},
    {"epoll_create1", "i", 'f', [](A a) { return __x64_sys_epoll_create1(int(a[0])); }, 1},
    {"epoll_ctl", "fife", 'n', [](A a) { return __x64_sys_epoll_ctl(fd(a[0]), int(a[1]), fd(a[2]), a[3]); }, 3},
    {"epoll_pwait", "fEniii", 'n',
     [](A a) { return __x64_sys_epoll_pwait(fd(a[0]), a[1], int(a[2]), int(a[3]), a[4], 8); }, 4},
    {"epoll_wait", "fEni", 'n', [](A a) { return __x64_sys_epoll_wait(fd(a[0]), a[1], int(a[2]), int(a[3])); }, 4},
    {"exit", "i", 'n', [](A a) { return __x64_sys_exit(int(a[0])); }, 1},
    {"fcntl", "fic", 'n', [](A a) { return __x64_sys_fcntl(u32(a[0]), u32(a[1]), a[2]); }, 2},
    {"getpeername", "fAL", 'n', [](A a) { return __x64_sys_getpeername(fd(a[0]), a[1], a[2]); }, 3},
    {"getsockname", "fAL", 'n', [](A a) { return __x64_sys_getsockname(fd(a[0]), a[1], a[2]); }, 3},
    {"getsockopt", "fiiVL", 'n', [](A a) { return __x64_sys_getsockopt(fd(a[0]), int(a[1]), int(a[2]), a[3], a[4]); },
     5},
    {"ioctl", "fig", 'n', [](A a) { return __x64_sys_ioctl(u32(a[0]), u32(a[1]), a[2]); }, 3},
    {"listen", "fi", 'n', [](A a) { return __x64_sys_listen(fd(a[0]), int(a[1])); }, 2},
    {"mmap", "iiiifi", 'n', [](A a) { return __x64_sys_mmap(a[0], a[1], a[2], a[3], a[4], a[5]); }, 6},
    {"open", "Pii", 'f', [](A a) { return __x64_sys_open(a[0], int(a[1]), u32(a[2])); }, 2},
    {"poll", "pni", 'n', [](A a) { return __x64_sys_poll(a[0], u32(a[1]), int(a[2])); }, 3},
    {"ppoll", "pnti", 'n', [](A a) { return __x64_sys_ppoll(a[0], u32(a[1]), a[2], a[3], 8); }, 3},
    {"pselect6", "iSSSti", 'n', [](A a) { return __x64_sys_pselect6(int(a[0]), a[1], a[2], a[3], a[4], a[5]); }, 5},
    {"read", "fwn", 'n', [](A a) { return __x64_sys_read(u32(a[0]), a[1], a[2]); }, 3},
    {"readv", "frn", 'n', [](A a) { return __x64_sys_readv(a[0], a[1], a[2]); }, 3},
    {"recv", "fwni", 'n', [](A a) { return __x64_sys_recvfrom(fd(a[0]), a[1], a[2], u32(a[3]), 0, 0); }, 4},
    {"recvfrom", "fwniAL", 'n', [](A a) { return __x64_sys_recvfrom(fd(a[0]), a[1], a[2], u32(a[3]), a[4], a[5]); }, 6},
    {"recvmsg", "fMi", 'n', [](A a) { return __x64_sys_recvmsg(fd(a[0]), a[1], u32(a[2])); }, 3},
    {"select", "iSSST", 'n', [](A a) { return __x64_sys_pselect6(int(a[0]), a[1], a[2], a[3], a[4], 0); }, 5},
    {"send", "fdni", 'n', [](A a) { return __x64_sys_sendto(fd(a[0]), a[1], a[2], u32(a[3]), 0, 0); }, 4},
    {"sendfile", "ffon", 'n', [](A a) { return __x64_sys_sendfile64(fd(a[0]), fd(a[1]), a[2], a[3]); }, 4},
    {"sendmsg", "fmi", 'n', [](A a) { return __x64_sys_sendmsg(fd(a[0]), a[1], u32(a[2])); }, 3},
    {"sendto", "fdnial", 'n', [](A a) { return __x64_sys_sendto(fd(a[0]), a[1], a[2], u32(a[3]), a[4], int(a[5])); },
     6},
    {"setsockopt", "fiivl", 'n',
     [](A a) { return __x64_sys_setsockopt(fd(a[0]), int(a[1]), int(a[2]), a[3], int(a[4])); }, 5},
    {"shutdown", "fi", 'n', [](A a) { return __x64_sys_shutdown(fd(a[0]), int(a[1])); }, 2},
    {"sigaction", "ii", 'n', [](A a) { return __x64_sys_rt_sigaction(int(a[0]), a[1]); }, 2},
    {"socket", "Fii", 'f', [](A a) { return __x64_sys_socket(int(a[0]), int(a[1]), int(a[2])); }, 3},
    {"socketpair", "Fiis", 'n', [](A a) { return __x64_sys_socketpair(int(a[0]), int(a[1]), int(a[2]), a[3]); }, 4},
    {"unlink", "P", 'n', [](A a) { return __x64_sys_unlink(a[0]); }, 1},
    {"write", "fdn", 'n', [](A a) { return __x64_sys_write(u32(a[0]), a[1], a[2]); }, 3},
    {"writev", "fWn", 'n', [](A a) { return __x64_sys_writev(a[0], a[1], a[2]); }, 3},
};

} // namespace

std::span<const CallShape> callShapes() { return Calls; }

const CallShape* callNamed(std::string_view name) {
  for (const CallShape& c : Calls)
    if (c.name == name) return &c;
  return nullptr;
}

std::string noCallNamed(const std::string& name) {
  std::vector<std::string> names;
  for (const CallShape& c : Calls) names.emplace_back(c.name);
  const std::string meant = nearest(name, names);
  return meant.empty() ? "this kernel does not have " + name + "() yet"
                       : "this kernel does not have " + name + "() yet; did you mean " + meant + "()?";
}

} // namespace sockwalk::scenario
