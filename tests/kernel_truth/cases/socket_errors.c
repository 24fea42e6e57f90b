// Every error of socket(2) that a stock kernel can be brought to give, and how far each call gets before it.
#include "harness.h"
#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/syscall.h>

static void effective_caps(int on) {
  struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct d[2];
  syscall(SYS_capget, &h, d);
  d[0].effective = on ? d[0].permitted : 0, d[1].effective = on ? d[1].permitted : 0;
  if (syscall(SYS_capset, &h, d)) perror("! capset");
}

// The harness itself opens a file before a CASE, so a limit on files is set after that, just before tracing.
static void case_limited(const char *name, int type, int nofile, const char *file_max) {
  struct rlimit old, low;
  getrlimit(RLIMIT_NOFILE, &old);
  low = old;
  if (nofile) low.rlim_cur = nofile;
  int sysctl = open("/proc/sys/fs/file-max", O_RDWR);
  char before[32] = "";
  if (sysctl < 0 || pread(sysctl, before, 31, 0) < 0) perror("! file-max");
  tracefs_put("trace", "");
  if (file_max && pwrite(sysctl, file_max, strlen(file_max), 0) < 0) perror("! file-max");
  if (file_max) effective_caps(0); // CAP_SYS_ADMIN may pass the system's limit
  setrlimit(RLIMIT_NOFILE, &low);
  pwrite(tracing_on_fd, "1", 1, 0);
  long r = socket(AF_INET, type, 0);
  int err = errno;
  pwrite(tracing_on_fd, "0", 1, 0);
  setrlimit(RLIMIT_NOFILE, &old);
  if (file_max) effective_caps(1);
  if (file_max && pwrite(sysctl, before, strlen(before), 0) < 0) perror("! file-max back");
  close(sysctl);
  errno = err;
  trace_end(name, r);
  if (r >= 0) close(r);
}

int main(void) {
  harness_init();
  close(socket(AF_INET, SOCK_STREAM, 0)), close(socket(AF_INET, SOCK_DGRAM, 0));
  CASE("socket_rdm_esocktnosupport", socket(AF_INET, SOCK_RDM, 0));
  CASE("socket_seqpacket_esocktnosupport", socket(AF_INET, SOCK_SEQPACKET, 0));
  CASE("socket_dgram_tcp_eprotonosupport", socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP));
  CASE("socket_stream_icmp_eprotonosupport", socket(AF_INET, SOCK_STREAM, IPPROTO_ICMP));
  CASE("socket_raw_proto_0_eprotonosupport", socket(AF_INET, SOCK_RAW, 0));
  CASE("socket_proto_300_einval", socket(AF_INET, SOCK_RAW, 300));
  CASE("socket_proto_negative_einval", socket(AF_INET, SOCK_STREAM, -1));
  CASE("socket_type_0_esocktnosupport", socket(AF_INET, 0, 0));
  CASE("socket_type_11_einval", socket(AF_INET, 11, 0));
  CASE("socket_family_negative_eafnosupport", socket(-1, SOCK_STREAM, 0));
  CASE("socket_family_46_eafnosupport", socket(46, SOCK_STREAM, 0));
  CASE("socket_appletalk_eafnosupport", socket(AF_APPLETALK, SOCK_DGRAM, 0));
  CASE("socket_unspec_eafnosupport", socket(AF_UNSPEC, SOCK_DGRAM, 0));
  CASE("socket_unix_rdm_esocktnosupport", socket(AF_UNIX, SOCK_RDM, 0));
  CASE("socket_unix_proto_5_eprotonosupport", socket(AF_UNIX, SOCK_STREAM, 5));
  CASE("socket_netlink_stream_esocktnosupport", socket(AF_NETLINK, SOCK_STREAM, NETLINK_ROUTE));
  CASE("socket_netlink_proto_99_eprotonosupport", socket(AF_NETLINK, SOCK_RAW, 99));
  CASE("socket_packet_stream_esocktnosupport", socket(AF_PACKET, SOCK_STREAM, 0));
  effective_caps(0);
  CASE("socket_raw_icmp_eperm", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
  CASE("socket_packet_raw_eperm", socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)));
  CASE("socket_udp_without_capabilities", socket(AF_INET, SOCK_DGRAM, 0)); close(last);
  effective_caps(1);
  FILE *range = fopen("/proc/sys/net/ipv4/ping_group_range", "w");
  fputs("1 0", range), fclose(range);
  CASE("socket_ping_eacces", socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP));
  range = fopen("/proc/sys/net/ipv4/ping_group_range", "w");
  fputs("0 2147483647", range), fclose(range);
  case_limited("socket_tcp_emfile", SOCK_STREAM, 4, NULL);
  case_limited("socket_udp_emfile", SOCK_DGRAM, 4, NULL);
  case_limited("socket_udp_enfile", SOCK_DGRAM, 0, "0");
  case_limited("socket_tcp_enfile", SOCK_STREAM, 0, "0");
  return 0;
}
