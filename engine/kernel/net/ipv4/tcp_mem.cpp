// The memory of all TCP sockets together, and whether it is short. Above tcp_mem[1] pages every socket gets less:
// windows stop growing and queues are collapsed, until the total falls below tcp_mem[0].
#include "engine/kernel/include/linux/jiffies.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

Global<s64> tcp_memory_allocated{"tcp_memory_allocated"};
Global<u64> tcp_memory_pressure{"tcp_memory_pressure"};
Global<s64[3]> sysctl_tcp_mem{"sysctl_tcp_mem"};
Global<percpu_counter> tcp_sockets_allocated{"tcp_sockets_allocated"};

void tcp_enter_memory_pressure(const sock* sk) {
  KFUNC(tcp_enter_memory_pressure, sk);
  if (!*tcp_memory_pressure) set(*tcp_memory_pressure, machine().jiffies());
}

void tcp_leave_memory_pressure(const sock* sk) {
  KFUNC(tcp_leave_memory_pressure, sk);
  if (*tcp_memory_pressure) set(*tcp_memory_pressure, 0);
}

void image_tcp_mem() {
  constexpr s64 pages = 262144 / 16; // a sixteenth of a machine with 1 GiB
  set(sysctl_tcp_mem[0], pages / 4 * 3);
  set(sysctl_tcp_mem[1], pages);
  set(sysctl_tcp_mem[2], pages / 4 * 3 * 2);
  set(tcp_prot->memory_allocated, tcp_memory_allocated);
  set(tcp_prot->memory_pressure, tcp_memory_pressure);
  set(tcp_prot->sysctl_mem, sysctl_tcp_mem.get());
  set(tcp_prot->sockets_allocated, tcp_sockets_allocated);
  set(tcp_prot->enter_memory_pressure, fn<tcp_enter_memory_pressure>);
  set(tcp_prot->leave_memory_pressure, fn<tcp_leave_memory_pressure>);
}

} // namespace sockwalk::kernel
