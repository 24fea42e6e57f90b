// What the kernel asks /sbin/modprobe for: families and protocols that nobody has registered. Recorded with --on-demand:
// the modules named there lie on the guest's disk, and it has a modprobe.
#include "harness.h"
#include <linux/if_alg.h>
#include <sys/mman.h>
#include <sys/syscall.h>
static void put(const char* path, const char* text) {
  int fd = open(path, O_WRONLY | O_TRUNC);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) printf("! %s <- %s: %s\n", path, text, strerror(errno));
  close(fd);
}
static void modprobe(const char* path) { put("/proc/sys/kernel/modprobe", path); }
static long gone(const char* name) { return syscall(SYS_delete_module, name, O_NONBLOCK); }
int main(void) {
  harness_init();
  char own[20]; // modprobe's calls would stand among ours
  snprintf(own, sizeof own, "%d", getpid());
  tracefs_put("set_ftrace_pid", own);
  close(socket(AF_INET, SOCK_DGRAM, 0));

  CASE("module_not_on_disk", socket(21, SOCK_SEQPACKET, 0));
  CASE("module_not_on_disk_again", socket(21, SOCK_SEQPACKET, 0));
  CASE("module_protocol_not_on_disk", socket(AF_INET, SOCK_STREAM, 132));
  CASE("module_inet_type_not_on_disk", socket(AF_INET, SOCK_SEQPACKET, 0));
  CASE("module_inet_rdm_eprotonosupport", socket(AF_INET, SOCK_DGRAM, 200));
  modprobe("/sbin/nothing");
  CASE("module_no_modprobe", socket(21, SOCK_SEQPACKET, 0));
  modprobe("\n");
  CASE("module_modprobe_empty", socket(38, SOCK_SEQPACKET, 0));
  CASE("module_modprobe_empty_protocol", socket(AF_INET, SOCK_DGRAM, 115));
  modprobe("/sbin/modprobe");

  int a = -1, l = -1;
  CASE("module_family_loaded", a = socket(38, SOCK_SEQPACKET, 0));
  CASE("module_family_close", close(a));
  CASE("module_family_there", a = socket(38, SOCK_SEQPACKET, 0));
  CASE("alg_socket_stream_esocktnosupport", socket(38, SOCK_STREAM, 0));
  CASE("alg_socket_protocol_eprotonosupport", socket(38, SOCK_SEQPACKET, 1));
  struct sockaddr_alg hash = {.salg_family = AF_ALG, .salg_type = "hash", .salg_name = "sha1"};
  CASE("alg_bind_type_not_on_disk", bind(a, SA(hash)));
  hash.salg_feat = 0x10;
  CASE("alg_bind_flags_einval", bind(a, SA(hash)));
  CASE("alg_accept_without_type_einval", accept(a, 0, 0));
  CASE("alg_setsockopt_enoprotoopt", setsockopt(a, 279, 1, "abcd", 4));
  CASE("alg_listen_eopnotsupp", listen(a, 1));
  CASE("alg_connect_eopnotsupp", connect(a, SA(hash)));
  CASE("alg_shutdown_eopnotsupp", shutdown(a, 2));
  socklen_t len = sizeof hash;
  CASE("alg_getsockname_eopnotsupp", getsockname(a, (void*)&hash, &len));
  CASE("alg_send_eopnotsupp", send(a, buf, 10, 0));
  CASE("alg_recv_eopnotsupp", recv(a, buf, 10, 0));
  CASE("alg_mmap_enodev", mmap(0, 4096, PROT_READ, MAP_SHARED, a, 0) == MAP_FAILED ? -1 : 0);
  CASE("alg_ioctl", ioctl(a, 0x541b, &len));
  CASE("alg_poll", poll(&(struct pollfd){a, POLLIN, 0}, 1, 0));
  int two[2];
  CASE("alg_socketpair_eopnotsupp", socketpair(38, SOCK_SEQPACKET, 0, two));
  CASE("module_rmmod_in_use", gone("af_alg"));
  close(a);
  usleep(200000);
  CASE("module_rmmod", gone("af_alg"));
  CASE("module_rmmod_enoent", gone("af_alg"));

  CASE("module_protocol_loaded", l = socket(AF_INET, SOCK_DGRAM, 115));
  CASE("l2tp_ip_close", close(l));
  CASE("module_protocol_there", l = socket(AF_INET, SOCK_DGRAM, 115));
  close(l);
  CASE("module_netlink_not_on_disk", socket(AF_NETLINK, SOCK_RAW, 20));
  return 0;
}
